//! The files for a printing house: body, cover, and what was found in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::{Book, Exit, Problem, Severity};
use crate::config::{PT_PER_MM, PressBinding, PrintPart};
use crate::fonts::{FontRole, FontSet};
use crate::messages::Say;
use crate::preflight::{
    Check, Fallback, FileReport, Finding, Grade, Report, Settings, Spine, Wanted, check, inspect,
};
use crate::render::{Artifact, Engine, Format, Job, PressPart, Rendered};
use crate::tree::{Block, Proceedings, Speaker, Speech, Visit, walk_proceedings, walk_speech};

/// Makes `<stem>-body.pdf`, `<stem>-cover.pdf` where the book has a cover, and `<stem>-preflight.json`.
///
/// The body comes first: how thick it is makes the spine.
///
/// # Errors
/// When the pages cannot be set.
pub(super) fn make(
    book: &Book,
    fonts: &FontSet,
    format: &Format,
    engine: &Engine,
    stem: &str,
) -> Result<(Rendered, Vec<Problem>), Problem> {
    let (press, page, inks) = (&book.config.press, &book.config.look.page, book.config.inks());
    let set = |part: PressPart| -> Result<(Vec<u8>, Rendered), Problem> {
        let mut job = Job::new(&book.tree, &book.config, fonts, &book.templates, &book.assets);
        job.date = book.date()?;
        job.engine = engine;
        job.press = Some(part);
        let mut rendered = format.backend.render(&job).map_err(|e| Problem::of_render(&e))?;
        let bytes = std::mem::take(&mut rendered.artifacts).into_iter().next().map(|a| a.bytes);
        Ok((bytes.unwrap_or_default(), rendered))
    };
    let look = |bytes: &[u8]| {
        let defect = |why: String| {
            let say = Say::new("defect").with("what", format!("preflight: {why}"));
            Problem::error(Exit::Defect, say).help(Say::new("defect-help"))
        };
        inspect(bytes).map_err(|error| defect(error.to_string()))
    };
    let is_glued = press.binding == PressBinding::Perfect;
    let binding = if is_glued { "perfect" } else { "saddle" };
    let signature = press.pages_of_signature();

    let (body, mut rendered) = set(PressPart::Body)?;
    let sheets = look(&body)?;
    let spine = Spine::new(sheets.pages, signature, press.paper, is_glued, PressPart::TITLE_FROM);
    let settings =
        Settings::new(binding, signature, press.paper, press.bleed, (inks.spot.clone(), inks.accent));
    let mut report = Report::new(settings, spine.clone());
    let mut problems = Vec::new();
    let points = |mm: f64| mm * PT_PER_MM;
    let wanted = |width: f64| {
        Wanted::new([points(width), points(page.height)], points(press.bleed), inks.spot.clone())
    };

    let name = format!("{stem}-body.pdf");
    let say = Say::new("press-body").with("file", &name).count("pages", sheets.pages);
    problems.push(Problem::info(say.count("blanks", spine.blanks).with("signature", signature)));
    report.add(check(&sheets, &wanted(page.width)).into_iter().map(|check| check.of(&name)));
    report.files.push(FileReport::new(&name, &body, sheets));
    rendered.artifacts.push(Artifact { path: name.clone(), bytes: body });
    report.add([signatures(&spine, signature).of(&name)]);

    if book.config.prints(PrintPart::Cover) {
        let (cover, more) = set(PressPart::Cover { spine: spine.mm })?;
        let (name, width) = (format!("{stem}-cover.pdf"), 2.0 * page.width + spine.mm);
        let sheets = look(&cover)?;
        let say = Say::new("press-cover").with("file", &name).with("width", short(width));
        let say = say.with("height", short(page.height)).with("spine", short(spine.mm));
        problems.push(Problem::info(say));
        report.add(check(&sheets, &wanted(width)).into_iter().map(|check| check.of(&name)));
        report.files.push(FileReport::new(&name, &cover, sheets));
        rendered.notes.extend(more.notes);
        rendered.artifacts.push(Artifact { path: name, bytes: cover });
    } else {
        problems.push(Problem::info(Say::new("press-no-cover")));
    }

    name_roles(&mut report, fonts);
    report.fallbacks = fallbacks(&book.tree, fonts);
    report.add([fallen_back(&report.fallbacks)]);
    problems.extend(report.checks.iter().filter(|check| !check.ok).filter_map(problem));
    problems.extend(of_names(&report.fallbacks).filter_map(name_problem));
    let name = format!("{stem}-preflight.json");
    let mut json = serde_json::to_vec_pretty(&report).map_err(|error| {
        Problem::error(Exit::Defect, Say::new("defect").with("what", error)).help(Say::new("defect-help"))
    })?;
    json.push(b'\n');
    rendered.artifacts.push(Artifact { path: name, bytes: json });
    Ok((rendered, problems))
}

/// Millimetres as people write them.
fn short(mm: f64) -> String {
    let text = format!("{mm:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn signatures(spine: &Spine, signature: usize) -> Check {
    let figure = format!("{} pages in signatures of {signature}", spine.pages);
    let blanks = (spine.blanks > 0).then(|| Finding::new(format!("{} blank pages", spine.blanks), vec![]));
    Check::new("pages/signature", Grade::Info, figure, blanks.into_iter().collect())
}

/// Only names are worth a person's time: a rare character of a text in a sister font is what it is there for.
fn of_names(fallbacks: &[Fallback]) -> impl Iterator<Item = &Fallback> {
    fallbacks.iter().filter(|fallback| !fallback.names.is_empty())
}

/// A sentence about a name's character; of one that no font has every build tells.
fn name_problem(fallback: &Fallback) -> Option<Problem> {
    let say = Say::new("press-name").with("char", &fallback.character).with("code", &fallback.code);
    let say = say.with("names", fallback.names.join(", ")).with("wanted", &fallback.wanted);
    Some(Problem::warning(say.with("used", fallback.used.as_ref()?)))
}

fn fallen_back(fallbacks: &[Fallback]) -> Check {
    let finding = |f: &Fallback| {
        Finding::new(format!("{} {} ({}): {}", f.character, f.code, f.role, f.names.join(", ")), vec![])
    };
    let figure = format!("{} characters, {} of names", fallbacks.len(), of_names(fallbacks).count());
    Check::new("fonts/names", Grade::Warning, figure, of_names(fallbacks).map(finding).collect())
}

/// A check that failed, as a sentence; what is only good to know is told otherwise.
fn problem(check: &Check) -> Option<Problem> {
    let id = match check.id.as_str() {
        "boxes/trim-and-bleed" => "press-boxes",
        "fonts/embedded" => "press-fonts",
        "inks/text" => "press-text",
        "inks/one-ink-text" => "press-one-ink",
        "inks/drawings" => "press-drawings",
        "inks/spot" => "press-spot",
        "pictures/resolution" => "press-pictures",
        _ => return None,
    };
    let whats: Vec<&str> = check.findings.iter().map(|finding| finding.what.as_str()).collect();
    let pages: BTreeSet<usize> = check.findings.iter().flat_map(|finding| &finding.pages).copied().collect();
    let say = Say { id, args: Vec::new() }
        .with("file", check.file.as_deref().unwrap_or_default())
        .with("what", whats.join("; "))
        .with("pages", ranges(&pages));
    let severity = match check.severity {
        Grade::Error => Severity::Error,
        Grade::Warning => Severity::Warning,
        _ => Severity::Info,
    };
    let exit = if severity == Severity::Error { Exit::Refused } else { Exit::Done };
    Some(Problem { severity, exit, ..Problem::info(say) })
}

/// `1-3, 7`
fn ranges(pages: &BTreeSet<usize>) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => runs.push((*page, *page)),
        }
    }
    let run = |(first, last): &(usize, usize)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

/// Says of every font in the files which roles it plays.
fn name_roles(report: &mut Report, fonts: &FontSet) {
    let named: Vec<(String, FontRole)> =
        FontRole::ALL.iter().filter_map(|role| Some((postscript(fonts, *role)?, *role))).collect();
    for font in report.files.iter_mut().flat_map(|file| &mut file.fonts) {
        // Writers may put the encoding behind the name.
        let is_it =
            |name: &str| font.name.strip_prefix(name).is_some_and(|r| r.is_empty() || r == "-Identity-H");
        font.roles = named.iter().filter(|(n, _)| is_it(n)).map(|(_, role)| role.key().to_owned()).collect();
    }
}

fn postscript(fonts: &FontSet, role: FontRole) -> Option<String> {
    let font = fonts.get(role);
    let face = ttf_parser::Face::parse(font.bytes(), font.index).ok()?;
    let names = face.names();
    let mut named = names.into_iter().filter(|n| n.name_id == ttf_parser::name_id::POST_SCRIPT_NAME);
    named.find_map(|name| name.to_string())
}

/// The characters of each role's text, with the names they stand in.
#[derive(Default)]
struct Characters {
    met: BTreeMap<(char, FontRole), BTreeSet<String>>,
}

impl Characters {
    fn add(&mut self, text: &str, role: FontRole, name: Option<&str>) {
        // Letters and marks are put into other fonts on purpose.
        for c in text.chars().filter(|c| c.is_alphabetic() && u32::from(*c) >= 0x2E80) {
            let names = self.met.entry((c, role)).or_default();
            names.extend(name.map(str::to_owned));
        }
    }
}

impl Visit for Characters {
    fn speech(&mut self, speech: &Speech) {
        self.add(&speech.heading.text, FontRole::Title, None);
        walk_speech(self, speech);
    }

    fn speaker(&mut self, speaker: &Speaker) {
        let name = speaker.display_name();
        // In contents and index names stand in 楷体, over the speech in 黑体.
        self.add(&name, FontRole::Hei, Some(&name));
        self.add(&name, FontRole::Kai, Some(&name));
        self.add(&speaker.title, FontRole::Kai, None);
    }

    fn block(&mut self, block: &Block) {
        // It has the text of what is inside it too.
        self.add(&block.text(), FontRole::Fang, None);
    }
}

/// Characters that their role's own font has not.
fn fallbacks(tree: &Proceedings, fonts: &FontSet) -> Vec<Fallback> {
    let mut characters = Characters::default();
    characters.add(&tree.title, FontRole::Title, None);
    walk_proceedings(&mut characters, tree);
    let lacking = characters.met.into_iter().filter(|((c, role), _)| !fonts.has(*role, *c));
    lacking
        .map(|((c, role), names)| {
            let used = fonts.serves(role, c).map(|role| fonts.get(role).family.as_str());
            let mut fallback = Fallback::new(c, role.key(), &fonts.get(role).family, used);
            fallback.names = names.into_iter().collect();
            fallback
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_a_row_are_told_together() {
        assert_eq!(ranges(&BTreeSet::from([1, 2, 3, 7, 9, 10])), "1-3, 7, 9-10");
        assert_eq!(ranges(&BTreeSet::new()), "");
    }

    #[test]
    fn millimetres_are_short() {
        assert_eq!((short(424.8), short(420.0), short(4.25)), ("424.8".into(), "420".into(), "4.25".into()));
    }
}
