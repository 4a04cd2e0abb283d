//! Every piece of the tree's text stands in every output, unbroken and in order; both engines set
//! the same text on the same pages.

use jianbao::tree::{PieceKind, Proceedings};

use crate::support::{Folder, build, built, pandoc_text, program, sources, squeezed, typed_tree};

fn output(folder: &Folder, ending: &str) -> String {
    built(folder, ending).to_str().unwrap().to_owned()
}

/// Looks for each piece behind the one before it. Notes are furniture of the page or the chapter's
/// end in the outputs: they are looked for anywhere.
#[track_caller]
fn assert_in_order(tree: &Proceedings, text: &str, what: &str) {
    let text: Vec<char> = squeezed(text).chars().collect();
    let mut at = 0;
    let pieces = tree.pieces();
    assert!(pieces.len() > 20);
    for piece in pieces {
        let wanted: Vec<char> = squeezed(&piece.text).chars().collect();
        let is_note = piece.kind == PieceKind::Note;
        let from = if is_note { 0 } else { at };
        match (from..text.len()).find_map(|start| stands_at(&text, start, &wanted)) {
            Some(_) if is_note => {}
            Some(end) => at = end,
            None => {
                let before: String = text[at.saturating_sub(30)..at].iter().collect();
                panic!("{what}: {} {:?} is not behind …{before}: {}", piece.id, piece.kind, piece.text)
            }
        }
    }
}

/// The end of `wanted` where it stands at `start`, the marks of notes (`1`, `[1]`, `①`) inside it
/// passed over: they are furniture.
fn stands_at(text: &[char], start: usize, wanted: &[char]) -> Option<usize> {
    let mut at = start;
    for (k, c) in wanted.iter().enumerate() {
        let mark = |c: char| {
            c.is_ascii_digit()
                || matches!(c, '[' | ']' | '^' | '(' | ')' | '〔' | '〕' | '①'..='⑳' | '⁰'..='⁹' | '¹' | '²' | '³')
        };
        let mut passed = 0;
        while k > 0 && text.get(at) != Some(c) && passed < 8 && text.get(at).copied().is_some_and(mark) {
            at += 1;
            passed += 1;
        }
        if text.get(at) != Some(c) {
            return None;
        }
        at += 1;
    }
    Some(at)
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
        let text = pandoc_text(&built(&folder, "epub"));
        assert_in_order(&typed_tree(&source), &text, "epub");
    }
}

#[test]
fn the_docx_holds_the_text() {
    for source in sources() {
        let folder = build(&source, "docx");
        let text = pandoc_text(&built(&folder, "docx"));
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
