//! Every piece of the tree's text stands in every output, unbroken and in order; both engines set
//! the same text on the same pages.

use std::path::Path;

use jianbao::tree::{PieceKind, Proceedings};

use crate::support::{Folder, built, judge_words, program, sources, squeezed, typed_tree};

fn build(source: &Path, formats: &str) -> Folder {
    let folder = Folder::new();
    folder
        .run(&[
            "build".as_ref(),
            source.as_os_str(),
            "-f".as_ref(),
            formats.as_ref(),
            "-o".as_ref(),
            "o".as_ref(),
        ])
        .exits(0);
    folder
}

fn output(folder: &Folder, ending: &str) -> String {
    built(folder, ending).to_str().unwrap().to_owned()
}

/// Looks for each piece behind the one before it. Notes are furniture of the page or the chapter's
/// end in the outputs: they are looked for anywhere.
#[track_caller]
fn assert_in_order(tree: &Proceedings, text: &str, what: &str) {
    let text = squeezed(text);
    let mut at = 0;
    let pieces = tree.pieces();
    assert!(pieces.len() > 20);
    for piece in pieces {
        let wanted = squeezed(&piece.text);
        if piece.kind == PieceKind::Note {
            assert!(text.contains(&wanted), "{what}: {} is missing: {}", piece.id, piece.text);
            continue;
        }
        match text[at..].find(&wanted) {
            Some(found) => at += found + wanted.len(),
            None => panic!(
                "{what}: {} {:?} is not behind …{}: {}",
                piece.id,
                piece.kind,
                tail(&text[..at]),
                piece.text
            ),
        }
    }
}

fn tail(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    chars[chars.len().saturating_sub(30)..].iter().collect()
}

#[test]
fn the_pdf_holds_the_text() {
    for source in sources() {
        let folder = build(&source, "pdf");
        let pdf = output(&folder, "pdf");
        let pages = program("pdftotext", &["-raw", &pdf, "-"]);
        assert_in_order(&typed_tree(&source), &without_page_furniture(&pages), "pdf");
    }
}

/// Drops the page numbers (`— 1 —`) and the marks and notes at the foot.
fn without_page_furniture(pages: &str) -> String {
    pages
        .split('\u{c}')
        .map(|page| {
            let lines: Vec<&str> = page.lines().filter(|l| !is_page_number(l)).collect();
            lines.join("\n")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_page_number(line: &str) -> bool {
    let core = line.trim().trim_start_matches('—').trim_end_matches('—').trim();
    line.trim().starts_with('—') && !core.is_empty() && core.chars().all(|c| c.is_ascii_digit())
}

#[test]
fn the_epub_holds_the_text() {
    for source in sources() {
        let folder = build(&source, "epub");
        let text = judge_words("pandoc.sh", &["-t", "plain", "--wrap=none", &output(&folder, "epub")]);
        assert_in_order(&typed_tree(&source), &text, "epub");
    }
}

#[test]
fn the_docx_holds_the_text() {
    for source in sources() {
        let folder = build(&source, "docx");
        let text = judge_words("pandoc.sh", &["-t", "plain", "--wrap=none", &output(&folder, "docx")]);
        assert_in_order(&typed_tree(&source), &text, "docx");
    }
}

/// The text of each page of a PDF.
fn pages(pdf: &str) -> Vec<String> {
    program("pdftotext", &["-raw", pdf, "-"]).split('\u{c}').map(squeezed).collect()
}

#[test]
fn both_engines_set_the_same_pages() {
    let program_of_engine = crate::support::typst();
    for source in sources() {
        let folder = Folder::new();
        let path = source.to_str().unwrap();
        folder.run(&["build", path, "-o", "a.pdf"]).exits(0);
        let env = [("JIANBAO_TYPST", program_of_engine.as_str())];
        folder.run_with(&["build", path, "-o", "b.pdf", "--engine", "typst-cli"], &env).exits(0);
        let of = |name: &str| pages(folder.join(name).to_str().unwrap());
        assert_eq!(of("a.pdf"), of("b.pdf"), "{path}");
    }
}

#[test]
fn an_exported_project_compiles_to_the_same_pages() {
    let typst = crate::support::typst();
    for source in sources() {
        let folder = Folder::new();
        let path = source.to_str().unwrap();
        folder.run(&["build", path, "-o", "a.pdf"]).exits(0);
        folder.run(&["export-typst", path, "-o", "project"]).exits(0);
        let fonts = crate::support::root().join("fonts");
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let args = [
            "compile",
            "--ignore-system-fonts",
            "--font-path",
            fonts.to_str().unwrap(),
            "--font-path",
            &at("project"),
            &at("project/main.typ"),
            &at("b.pdf"),
        ];
        program(&typst, &args);
        assert_eq!(pages(&at("a.pdf")), pages(&at("b.pdf")), "{path}");
    }
}
