//! The second engine: a `typst` command, run over the same project in a temporary folder.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::render::pdf::diagnostics::{Said, notes_of};
use crate::render::pdf::project::{MAIN, Project};
use crate::render::{Job, RenderError, Rendered};

/// The finished document; where its nodes stand is known to the command only.
pub(super) fn render(job: &Job<'_>, program: &Path) -> Result<Rendered, RenderError> {
    let project = super::project(job)?;
    let folder = tempfile::Builder::new()
        .prefix("jianbao-")
        .tempdir()
        .map_err(|source| RenderError::Scratch { source })?;
    let output = folder.path().join("out.pdf");
    write(&project, folder.path()).map_err(|source| RenderError::Scratch { source })?;

    let mut command = Command::new(program);
    command.arg("compile").arg("--root").arg(folder.path());
    command.args(["--ignore-system-fonts", "--ignore-embedded-fonts"]);
    for fonts in job.fonts.folders() {
        command.arg("--font-path").arg(fonts);
    }
    match job.press {
        None => command.args(["--pdf-standard", "a-2a,ua-1"]),
        Some(_) => command.args(["--pdf-standard", "1.6", "--no-pdf-tags"]),
    };
    command.args(["--diagnostic-format", "short"]);
    command.arg(folder.path().join(MAIN)).arg(&output);
    // Nothing of the surroundings may change the pages.
    for name in ["TYPST_FONT_PATHS", "TYPST_ROOT", "TYPST_FEATURES", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    let done = command
        .stdin(Stdio::null())
        .output()
        .map_err(|source| RenderError::EngineStart { program: program.to_owned(), source })?;

    let stderr = String::from_utf8_lossy(&done.stderr);
    let (errors, warnings) = parse(&stderr);
    // First the warnings: a font that is not there is the cause of most errors.
    let notes = notes_of(warnings)?;
    if !done.status.success() {
        // A typst that fails says why in its own form; another program does not.
        let is_no_typst = || {
            let said = stderr.lines().next().unwrap_or_default();
            let source = std::io::Error::other(format!("{} {said}", done.status).trim().to_owned());
            RenderError::EngineStart { program: program.to_owned(), source }
        };
        return Err(errors.into_iter().next().map_or_else(is_no_typst, RenderError::from));
    }
    let bytes = std::fs::read(&output).map_err(|_| {
        let source = std::io::Error::other("no PDF was written");
        RenderError::EngineStart { program: program.to_owned(), source }
    })?;
    let mut rendered = Rendered::document(bytes);
    rendered.notes = project.notes;
    rendered.notes.extend(notes);
    Ok(rendered)
}

fn write(project: &Project, folder: &Path) -> std::io::Result<()> {
    for (path, bytes) in &project.files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

/// Errors and warnings from lines such as `main.typ:3:1: warning: …`; other lines are tables and
/// traces that belong to the one before.
fn parse(stderr: &str) -> (Vec<Said>, Vec<Said>) {
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for line in stderr.lines() {
        for (word, list) in [("error: ", &mut errors), ("warning: ", &mut warnings)] {
            if let Some((before, message)) = line.split_once(word)
                && (before.is_empty() || before.ends_with(": "))
            {
                list.push(Said { message: message.to_owned(), place: place(before) });
                break;
            }
        }
    }
    (errors, warnings)
}

/// `main.typ:3` from `path/to/main.typ:3:1: `; the temporary folder is nobody's business.
fn place(before: &str) -> Option<String> {
    let before = before.trim_end().trim_end_matches(':');
    let mut parts = before.rsplitn(3, ':');
    let (_column, line, path) = (parts.next()?, parts.next()?, parts.next()?);
    let file = path.rsplit(['/', '\\']).next()?;
    Some(format!("{file}:{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_words_are_read() {
        let said = "../tmp/x/page.typ:12:8: warning: unknown font family: abc\nerror: cannot: do\n  x\n";
        let (errors, warnings) = parse(said);
        assert_eq!(errors, [Said { message: "cannot: do".into(), place: None }]);
        assert_eq!(warnings[0].place.as_deref(), Some("page.typ:12"));
        assert!(notes_of(warnings).is_err());
    }
}
