//! `jianbao verify` proves a Word file: our own hold the text and keep the form, one character changed anywhere in a
//! finished file is found with its place, other programs' files are measured too, and no file makes it panic.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jianbao::messages::{Catalog, Lang};
use jianbao::verify::{Expected, Finished, PackageError, Proof, read_docx};
use proptest::prelude::*;
use serde_json::Value;

use crate::one_tree::saved_again;
use crate::support::{Folder, build, built, fixture, judge_words, sample, sources, typed_tree_of_sample};

/// The parts of a file by name.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Vec::new();
    for k in 0..zip.len() {
        let mut file = zip.by_index(k).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((file.name().to_owned(), bytes));
    }
    files
}

/// The file with another text in one part.
fn with(files: &[(String, Vec<u8>)], part: &str, text: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(if name == part { text.as_bytes() } else { bytes }).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn text(files: &[(String, Vec<u8>)], part: &str) -> String {
    let file = files.iter().find(|(name, _)| name == part).unwrap_or_else(|| panic!("no {part}"));
    String::from_utf8(file.1.clone()).unwrap()
}

fn sample_docx() -> &'static [u8] {
    static DOCX: OnceLock<Vec<u8>> = OnceLock::new();
    DOCX.get_or_init(|| std::fs::read(built(&build(&sample(), "docx"), "docx")).unwrap())
}

fn proof_of(bytes: &[u8]) -> Result<Proof, PackageError> {
    let outputs = [("a.docx".to_owned(), Finished::Docx(read_docx(bytes)?))];
    Ok(Proof::of(&outputs, typed_tree_of_sample(), &Expected::briefing(), &Catalog::new(Lang::En)))
}

/// The rules that are not kept.
fn broken(bytes: &[u8]) -> Vec<String> {
    let proof = proof_of(bytes).unwrap();
    proof.checks.iter().filter(|c| !c.ok).map(|c| c.id.clone()).collect()
}

/// The proof of a file as the program gives it, with its exit code.
fn verified(source: &Path, docx: &Path) -> (i32, Value) {
    let folder = Folder::new();
    let ran = folder.run(&["verify".as_ref(), source.as_os_str(), docx.as_os_str(), "--json".as_ref()]);
    (ran.code(), serde_json::from_str(&ran.out()).unwrap())
}

fn check<'p>(proof: &'p Value, id: &str) -> &'p Value {
    proof["checks"].as_array().unwrap().iter().find(|c| c["id"] == id).unwrap()
}

#[test]
fn our_own_files_hold_the_text_and_keep_the_form() {
    let clean = std::fs::read_dir(fixture("clean")).unwrap().map(|e| e.unwrap().path());
    let markdown = |p: &PathBuf| p.extension().is_some_and(|e| e == "md");
    let others = [fixture("hostile.md"), fixture("strange.md"), fixture("levels.md"), fixture("many")];
    for source in sources().into_iter().chain(clean.filter(markdown)).chain(others) {
        let folder = Folder::new();
        folder.run(&["build", source.to_str().unwrap(), "-f", "docx", "-o", "o"]).exits(0);
        let (code, proof) = verified(&source, &built(&folder, "docx"));
        assert_eq!(code, 0, "{}: {proof:#}", source.display());
        assert_eq!(proof["checks"].as_array().unwrap().len(), 6);
    }
}

/// Every fifth hanzi of the text is changed, lost or doubled in turn, each in a file of its own: all are found.
#[test]
fn one_character_anywhere_is_found() {
    let files = parts(sample_docx());
    let document = text(&files, "word/document.xml");
    let mut inside = false;
    let places = document.char_indices().filter(|(at, c)| {
        if *c == '<' {
            inside = document[*at..].starts_with("<w:t ") || document[*at..].starts_with("<w:t>");
        }
        inside && matches!(c, '\u{4e00}'..='\u{9fff}')
    });
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    // What a file says beside the tree: the heading of the contents.
    let own = document.find("目录").unwrap();
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    for (k, at) in places.into_iter().filter(|at| !(own..own + 6).contains(at)).step_by(5).enumerate() {
        let c = document[at..].chars().next().unwrap();
        let (kind, instead) = match k % 3 {
            0 => ("changed", "囧".to_owned()),
            1 => ("lost", String::new()),
            _ => ("doubled", format!("{c}{c}")),
        };
        let other = format!("{}{instead}{}", &document[..at], &document[at + c.len_utf8()..]);
        let proof = proof_of(&with(&files, "word/document.xml", &other)).unwrap();
        let found: Vec<_> = proof.checks.iter().flat_map(|c| &c.findings).collect();
        assert!(!proof.is_ok(), "{at}: {c} {kind}");
        assert!(found.iter().all(|f| f.part.as_deref() == Some("word/document.xml")), "{found:?}");
        *tried.entry(kind).or_default() += 1;
    }
    assert!(tried.values().sum::<usize>() > 350, "{tried:?}");
}

#[test]
fn a_difference_is_told_with_its_place_and_its_source() {
    let files = parts(sample_docx());
    let document = text(&files, "word/document.xml");
    // A character of the last paragraph.
    let at = document.char_indices().rfind(|(_, c)| matches!(c, '\u{4e00}'..='\u{9fff}')).unwrap().0;
    let c = document[at..].chars().next().unwrap();
    let other = format!("{}囧{}", &document[..at], &document[at + c.len_utf8()..]);
    let paragraph = document[..at].matches("<w:p>").count();
    let folder = Folder::new();
    folder.write("changed.docx", with(&files, "word/document.xml", &other));
    let (code, proof) = verified(&sample(), &folder.join("changed.docx"));
    assert_eq!(code, 1);
    let parity = check(&proof, "text/parity-docx");
    assert_eq!(parity["figure"], "2,303 of 2,304 characters");
    let finding = &parity["findings"][0];
    assert_eq!(parity["findings"].as_array().unwrap().len(), 1, "{parity}");
    assert_eq!((&finding["part"], &finding["paragraph"]), (&"word/document.xml".into(), &paragraph.into()));
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains(c) && message.contains('囧'), "{message}");
    let source = std::fs::read_to_string(sample()).unwrap();
    let span = |key: &str| usize::try_from(finding["span"][key].as_u64().unwrap()).unwrap();
    assert!(source[span("start")..span("end")].contains(c));
    let said = folder.run(&["verify", sample().to_str().unwrap(), "changed.docx"]).exits(1).out();
    assert!(said.contains(&format!("word/document.xml paragraph {paragraph}: ")), "{said}");
}

#[test]
fn form_is_looked_at() {
    let files = parts(sample_docx());
    let changed = |part: &str, from: &str, to: &str| {
        let text = text(&files, part);
        assert!(text.contains(from), "{part} holds no {from}");
        broken(&with(&files, part, &text.replacen(from, to, 1)))
    };
    assert_eq!(changed("word/document.xml", "w:top=\"2098\"", "w:top=\"1440\""), ["word/page"]);
    assert_eq!(
        changed("word/document.xml", "w:anchor=\"jb_s01_head\"", "w:anchor=\"jb_s02_head\""),
        ["word/contents"]
    );
    assert_eq!(changed("word/document.xml", "<w:pStyle w:val=\"JbBody\"/>", ""), ["word/styles"]);
    assert_eq!(
        changed("word/styles.xml", "<w:name w:val=\"heading 1\"/>", "<w:name w:val=\"大标题\"/>"),
        ["word/styles"]
    );
    let theme = "<w:rFonts w:asciiTheme=\"minorHAnsi\" ";
    assert_eq!(changed("word/styles.xml", "<w:rFonts ", theme), ["word/fonts"]);
    let hidden = "<w:body><w:p><w:pPr><w:pStyle w:val=\"JbBody\"/></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗话</w:t></w:r></w:p>";
    assert_eq!(changed("word/document.xml", "<w:body>", hidden), ["text/parity-docx"]);
    let rich = parts(&std::fs::read(built(&build(&fixture("rich.md"), "docx"), "docx")).unwrap());
    let text = text(&rich, "word/document.xml").replacen(
        "<w:gridCol w:w=\"1020\"/>",
        "<w:gridCol w:w=\"9020\"/>",
        1,
    );
    let folder = Folder::new();
    let wide = folder.write("wide.docx", with(&rich, "word/document.xml", &text));
    assert_eq!(check(&verified(&fixture("rich.md"), &wide).1, "word/tables")["ok"], false);
}

/// LibreOffice's copy keeps every character; pandoc's file of the same text is refused for its form.
#[test]
fn other_programs_files_are_measured() {
    let folder = build(&sample(), "docx");
    let docx = built(&folder, "docx");
    let (_, proof) = verified(&sample(), &saved_again(&folder, &docx));
    assert_eq!(check(&proof, "text/parity-docx")["ok"], true, "{proof:#}");

    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    folder.run(&["normalize", sample().to_str().unwrap(), "-o", "standard.md"]).exits(0);
    judge_words("pandoc.sh", &["-o", &path("p.docx"), &path("standard.md")]);
    let (code, proof) = verified(&sample(), &folder.join("p.docx"));
    assert_eq!(code, 1);
    assert_eq!(check(&proof, "word/page")["ok"], false, "{proof:#}");
    let figure = check(&proof, "text/parity-docx")["figure"].as_str().unwrap();
    let numbers: Vec<usize> = figure.split(' ').filter_map(|w| w.replace(',', "").parse().ok()).collect();
    assert!(numbers[0] * 100 >= numbers[1] * 99, "{figure}");
}

#[test]
fn exit_codes_of_files_that_cannot_be_read() {
    let folder = Folder::new();
    let source = sample();
    let whole = sample_docx();
    let files = parts(whole);
    let deep = format!("<w:document>{}", "<w:p>".repeat(5_000));
    let zeros = " ".repeat(80 << 20);
    let cases: [(&str, Vec<u8>); 6] = [
        ("empty.docx", Vec::new()),
        ("text.docx", b"no Word file".to_vec()),
        ("cut.docx", whole[..whole.len() / 2].to_vec()),
        ("bad.docx", with(&files, "word/document.xml", "<w:document><w:body></w:document>")),
        ("deep.docx", with(&files, "word/document.xml", &deep)),
        ("bomb.docx", with(&files, "word/document.xml", &zeros)),
    ];
    for (name, bytes) in cases {
        folder.write(name, bytes);
        let ran = folder.run(&["verify", source.to_str().unwrap(), name]).exits(3);
        assert!(ran.err().contains(name) && ran.err().lines().count() < 8, "{name}: {}", ran.err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens to its bytes, a file is read or refused.
    #[test]
    fn a_damaged_archive_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = sample_docx().to_vec();
        for (place, byte) in &changes {
            let k = place.index(bytes.len());
            bytes[k] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = proof_of(&bytes);
    }

    /// XML torn, doubled, put one into the other, in a whole archive.
    #[test]
    fn a_damaged_part_is_read_or_refused(
        part in prop::sample::select(vec!["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"]),
        from in any::<prop::sample::Index>(),
        length in 0_usize..400,
        piece in prop::sample::select(vec![
            "", "<", ">", "&", "&#0;", "<w:p>", "</w:p>", "<w:fldChar w:fldCharType=\"begin\"/>", "<w:vanish/>",
            "<w:fldChar w:fldCharType=\"end\"/>", "<w:tbl>", "<w:basedOn w:val=\"Normal\"/>", "\0", "w:w=\"-1\"",
        ]),
    ) {
        let files = parts(sample_docx());
        let text = text(&files, part);
        let border = |at: usize| (at.min(text.len())..=text.len()).find(|k| text.is_char_boundary(*k)).unwrap();
        let at = from.index(text.len());
        let other = format!("{}{piece}{}", &text[..border(at)], &text[border(at + length)..]);
        let _ = proof_of(&with(&files, part, &other));
    }
}
