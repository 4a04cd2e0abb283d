//! Other people's programs call the outputs valid.

use std::path::Path;

use crate::support::{Folder, build, judge, program, sources};

fn built(ending: &str, check: impl Fn(&Folder, &Path)) {
    for source in sources() {
        // With a PDF in the same run the e-book marks its pages.
        let formats = if ending == "epub" { "pdf,epub" } else { ending };
        let folder = build(&source, formats);
        check(&folder, &crate::support::built(&folder, ending));
    }
}

#[test]
fn epubcheck_has_nothing_to_say() {
    built("epub", |_, book| {
        judge("epubcheck.sh", &[book]);
    });
}

#[test]
fn ace_finds_no_violation() {
    built("epub", |folder, book| {
        judge("ace.sh", &[book, &folder.join("ace")]);
    });
}

#[test]
fn the_open_xml_validator_finds_no_error() {
    built("docx", |_, book| {
        judge("ooxml.sh", &[book]);
    });
}

#[test]
fn libreoffice_opens_the_docx() {
    built("docx", |folder, book| {
        let said = judge("pages.sh", &[book, &folder.join("pages")]);
        let pages: usize = said.trim().rsplit(' ').next().unwrap().parse().unwrap();
        assert!(pages >= 3, "{said}");
    });
}

#[test]
fn qpdf_finds_the_pdf_sound_and_its_fonts_are_inside() {
    built("pdf", |_, book| {
        let path = book.to_str().unwrap();
        let said = program("qpdf", &["--check", path]);
        assert!(said.contains("No syntax or stream encoding errors"), "{said}");
        let fonts = program("pdffonts", &[path]);
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(rows.len() >= 3, "{fonts}");
        for row in rows {
            // name, type, encoding, emb, sub, uni
            let flags: Vec<&str> = row.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(flags, ["yes", "yes", "yes"], "{row}");
        }
    });
}

#[test]
fn the_pdf_says_what_it_is() {
    built("pdf", |_, book| {
        let path = book.to_str().unwrap();
        let info = program("pdfinfo", &[path]);
        let tree = |key: &str| info.lines().find(|l| l.starts_with(key)).unwrap_or_default().to_owned();
        assert!(tree("Title:").chars().count() > 20, "{info}");
        assert!(tree("Tagged:").ends_with("yes"), "{info}");
        assert!(tree("Page size:").contains("A4"), "{info}");
        let meta = program("pdfinfo", &["-meta", path]);
        assert!(
            meta.contains("<pdfaid:part>2</pdfaid:part>")
                && meta.contains("<pdfaid:conformance>A</pdfaid:conformance>"),
            "{meta}"
        );
        assert!(meta.contains("<pdfuaid:part>1</pdfuaid:part>"), "{meta}");
        let raw = program("qpdf", &["--qdf", "--object-streams=disable", path, "-"]);
        assert!(raw.contains("/Lang (zh-CN)") || raw.contains("/Lang (zh"), "language");
    });
}
