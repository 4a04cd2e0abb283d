//! `jianbao verify` proves an e-book: our own hold the text and keep the rules, one character changed anywhere in a
//! finished book is found with its place, and no file makes it panic.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jianbao::messages::{Catalog, Lang};
use jianbao::verify::{Expected, Finished, PackageError, Proof, read_epub};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Folder, build, built, fixture, judge_words, sample, sources, typed_tree_of_sample};

/// The files of an archive by name, and their order.
struct Archive(Vec<(String, Vec<u8>)>);

impl Archive {
    fn open(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut files = Vec::new();
        for k in 0..zip.len() {
            let mut file = zip.by_index(k).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            files.push((file.name().to_owned(), bytes));
        }
        Self(files)
    }

    fn text(&self, name: &str) -> String {
        let file = self.0.iter().find(|(n, _)| n.ends_with(name)).unwrap_or_else(|| panic!("no {name}"));
        String::from_utf8(file.1.clone()).unwrap()
    }

    /// The archive with another text in one file.
    fn with(&self, name: &str, text: &str) -> Vec<u8> {
        let files = self.0.iter().map(|(n, bytes)| {
            let bytes = if n.ends_with(name) { text.as_bytes() } else { bytes };
            (n.as_str(), bytes)
        });
        zipped(files)
    }

    /// The archive with a piece of a file changed.
    fn changed(&self, name: &str, from: &str, to: &str) -> Vec<u8> {
        let text = self.text(name);
        assert!(text.contains(from), "{name} holds no {from}");
        self.with(name, &text.replacen(from, to, 1))
    }
}

fn zipped<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (k, (name, bytes)) in files.enumerate() {
        let method = if k == 0 { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The sample's e-book, its printed pages marked.
fn sample_epub() -> &'static [u8] {
    static EPUB: OnceLock<Vec<u8>> = OnceLock::new();
    EPUB.get_or_init(|| std::fs::read(built(&build(&sample(), "pdf,epub"), "epub")).unwrap())
}

fn proof_of(bytes: &[u8]) -> Result<Proof, PackageError> {
    let catalog = Catalog::new(Lang::En);
    let outputs = [("a.epub".to_owned(), Finished::Epub(read_epub(bytes)?))];
    Ok(Proof::of(&outputs, typed_tree_of_sample(), &Expected::briefing(), &catalog))
}

/// The rules that are not kept.
fn broken(bytes: &[u8]) -> Vec<String> {
    let proof = proof_of(bytes).unwrap();
    proof.checks.iter().filter(|c| !c.ok).map(|c| c.id.clone()).collect()
}

fn verified(source: &Path, epub: &Path) -> (i32, String) {
    let folder = Folder::new();
    let ran = folder.run(&["verify".as_ref(), source.as_os_str(), epub.as_os_str()]);
    (ran.code(), ran.out())
}

#[test]
fn our_own_books_hold_the_text_and_keep_the_rules() {
    let clean = std::fs::read_dir(fixture("clean")).unwrap().map(|e| e.unwrap().path());
    let markdown = |p: &PathBuf| p.extension().is_some_and(|e| e == "md");
    let others = [fixture("hostile.md"), fixture("strange.md"), fixture("levels.md")];
    for source in sources().into_iter().chain(clean.filter(markdown)).chain(others) {
        for formats in ["epub", "pdf,epub"] {
            let folder = build(&source, formats);
            let (code, said) = verified(&source, &built(&folder, "epub"));
            assert_eq!(code, 0, "{} {formats}:\n{said}", source.display());
            assert_eq!(said.lines().count(), 16, "{said}");
        }
    }
    // Many files as one book.
    let folder = Folder::new();
    let many = fixture("many");
    folder.run(&["build", many.to_str().unwrap(), "-f", "epub", "-o", "o"]).exits(0);
    let (code, said) = verified(&many, &built(&folder, "epub"));
    assert_eq!(code, 0, "{said}");
}

/// Where the hanzi of a document's body begin.
fn hanzi_in(text: &str) -> Vec<usize> {
    let body = text.find("<body").unwrap_or(0);
    let mut inside = false;
    let places = text.char_indices().filter(|(at, c)| {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ => {}
        }
        !inside && *at > body && matches!(c, '\u{4e00}'..='\u{9fff}')
    });
    places.map(|(at, _)| at).collect()
}

/// Every seventh hanzi of the speeches, contents and lists is changed, lost or doubled in turn, each in a book of
/// its own: all are found.
#[test]
fn one_character_anywhere_is_found() {
    let book = Archive::open(sample_epub());
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    let names = || book.0.iter().map(|(name, _)| name.rsplit('/').next().unwrap());
    let texts = names().filter(|n| n.ends_with(".xhtml") && !["title.xhtml", "cover.xhtml"].contains(n));
    for name in texts.chain(["toc.ncx"]) {
        let text = book.text(name);
        // What a book says beside the tree: its own headings, the names of lists.
        let own =
            ["目录", "导语", "发言人索引", "按姓氏笔画", "按姓名拼音", "印刷页码", "书名页", "正文", "封面"];
        let is_own = |at: usize| {
            own.iter().any(|word| text.match_indices(word).any(|(k, w)| (k..k + w.len()).contains(&at)))
        };
        let title = text.find("<navMap").unwrap_or(0);
        let places = hanzi_in(&text).into_iter().filter(|at| !is_own(*at) && *at > title);
        for (k, at) in places.step_by(7).enumerate() {
            let c = text[at..].chars().next().unwrap();
            let (kind, with) = match k % 3 {
                0 => ("changed", "囧".to_owned()),
                1 => ("lost", String::new()),
                _ => ("doubled", format!("{c}{c}")),
            };
            let other = format!("{}{with}{}", &text[..at], &text[at + c.len_utf8()..]);
            let proof = proof_of(&book.with(name, &other)).unwrap();
            let found: Vec<_> = proof.checks.iter().flat_map(|c| &c.findings).collect();
            assert!(!proof.is_ok(), "{name} {at}: {c} {kind}");
            let part = found.iter().find(|f| f.part.as_deref().is_some_and(|p| p.ends_with(name)));
            assert!(part.is_some(), "{name} {at}: {c} {kind}: {found:?}");
            *tried.entry(kind).or_default() += 1;
        }
    }
    assert!(tried.values().sum::<usize>() > 350, "{tried:?}");
}

#[test]
fn a_difference_is_told_with_its_place_and_its_source() {
    let book = Archive::open(sample_epub());
    let text = book.text("s02.xhtml");
    let at = hanzi_in(&text)[90];
    let line = text[..at].lines().count();
    let c = text[at..].chars().next().unwrap();
    let other = format!("{}囧{}", &text[..at], &text[at + c.len_utf8()..]);
    let folder = Folder::new();
    folder.write("changed.epub", book.with("s02.xhtml", &other));
    let ran = folder.run(&["verify", sample().to_str().unwrap(), "changed.epub", "--json"]).exits(1);
    let proof: Value = serde_json::from_str(&ran.out()).unwrap();
    let checks = proof["checks"].as_array().unwrap();
    let wrong: Vec<&Value> = checks.iter().filter(|c| c["ok"] != true).collect();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!(wrong[0]["id"], "text/parity-epub");
    assert_eq!(wrong[0]["figure"], "2,303 of 2,304 characters");
    let finding = &wrong[0]["findings"][0];
    assert_eq!(wrong[0]["findings"].as_array().unwrap().len(), 1, "{wrong:?}");
    assert_eq!((&finding["part"], &finding["line"]), (&"OEBPS/s02.xhtml".into(), &line.into()));
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains(c) && message.contains('囧') && message.contains("s02."), "{message}");
    // The paragraph of the source holds the character that should stand there.
    let source = std::fs::read_to_string(sample()).unwrap();
    let span = |key: &str| usize::try_from(finding["span"][key].as_u64().unwrap()).unwrap();
    assert!(source[span("start")..span("end")].contains(c));
    let said = folder.run(&["verify", sample().to_str().unwrap(), "changed.epub"]).exits(1).out();
    assert!(said.contains(&format!("changed.epub OEBPS/s02.xhtml line {line}: ")), "{said}");
    let zh = folder.run(&["verify", sample().to_str().unwrap(), "changed.epub", "--lang", "zh-CN"]).exits(1);
    assert!(zh.out().contains(&format!("第 {line} 行")), "{}", zh.out());
}

#[test]
fn lists_pages_and_hidden_words_are_looked_at() {
    let book = Archive::open(sample_epub());
    let page = |n: usize| format!("#page-{n}\">{n}</a>");
    assert_eq!(broken(&book.changed("nav.xhtml", &page(3), "#page-3\">4</a>")), ["epub/page-list"]);
    assert_eq!(
        broken(&book.changed("nav.xhtml", &page(2), "#page-3\">2</a>")),
        ["epub/page-list", "epub/links"]
    );
    let mark = |inside: &str| book.changed("s01.xhtml", "role=\"doc-pagebreak\" aria-label=\"2\"/>", inside);
    let has_mark = book.text("s01.xhtml").contains("role=\"doc-pagebreak\" aria-label=\"2\"/>");
    assert!(has_mark, "{}", book.text("s01.xhtml"));
    assert_eq!(broken(&mark("role=\"doc-pagebreak\" aria-label=\"2\">2</span>")), ["epub/page-markers"]);
    let hidden = book.changed("stylesheet.css", "p {", ".speaker { display: none }\np {");
    assert_eq!(broken(&hidden), ["text/parity-epub"]);
    let font = book.changed("stylesheet.css", "p {", "body { font-family: serif }\np {");
    assert_eq!(broken(&font), ["epub/body-font"]);
    let dark = book.changed("stylesheet.css", "p {", "body { background: #fff; color: #111 }\np {");
    assert_eq!(broken(&dark), ["epub/colours"]);
}

/// Archives whose first entry is not the one a device looks for.
#[test]
fn mimetype_comes_first() {
    let book = Archive::open(sample_epub());
    let last = book.0.iter().skip(1).chain(book.0.iter().take(1));
    assert_eq!(broken(&zipped(last.map(|(n, b)| (n.as_str(), b.as_slice())))), ["epub/mimetype-first"]);
    assert_eq!(broken(&book.with("mimetype", "application/zip")), ["epub/mimetype-first"]);
}

/// Another program's book of the same text: read by the same rules, refused for its form.
#[test]
fn pandoc_s_book_is_measured() {
    let folder = Folder::new();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let standard = path("standard.md");
    folder.run(&["normalize", sample().to_str().unwrap(), "-o", &standard]).exits(0);
    judge_words("pandoc.sh", &["-o", &path("p.epub"), &standard]);
    let ran = folder.run(&["verify", sample().to_str().unwrap(), "p.epub", "--json"]).exits(1);
    let proof: Value = serde_json::from_str(&ran.out()).unwrap();
    let check =
        |id: &str| proof["checks"].as_array().unwrap().iter().find(|c| c["id"] == id).unwrap().clone();
    let figure = check("text/parity-epub")["figure"].as_str().unwrap().to_owned();
    let numbers: Vec<usize> = figure.split(' ').filter_map(|w| w.replace(',', "").parse().ok()).collect();
    assert!(numbers[0] * 100 >= numbers[1] * 99, "{figure}");
    for id in ["epub/index", "epub/page-list"] {
        assert_eq!(check(id)["ok"], id == "epub/page-list", "{}", check(id));
    }
}

#[test]
fn exit_codes_of_files_that_cannot_be_read() {
    let folder = Folder::new();
    let source = sample();
    let source = source.to_str().unwrap();
    let whole = sample_epub();
    let book = Archive::open(whole);
    let nested = format!("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{}", "<div>".repeat(5_000));
    let zeros = vec![b' '; 80 << 20];
    let bomb = zipped(book.0.iter().map(|(n, b)| {
        let bytes = if n.ends_with("s01.xhtml") { zeros.as_slice() } else { b.as_slice() };
        (n.as_str(), bytes)
    }));
    assert!(bomb.len() < 2_000_000);
    let cases: [(&str, Vec<u8>); 8] = [
        ("empty.epub", Vec::new()),
        ("text.epub", b"no e-book".to_vec()),
        ("cut.epub", whole[..whole.len() / 2].to_vec()),
        ("zip.epub", zipped([("a.txt", &b"a"[..])].into_iter())),
        ("bad.epub", book.changed("s01.xhtml", "</section>", "</div>")),
        ("deep.epub", book.with("s01.xhtml", &nested)),
        ("bomb.epub", bomb),
        ("lost.epub", book.changed("content.opf", "<spine", "<spin")),
    ];
    for (name, bytes) in cases {
        folder.write(name, bytes);
        let ran = folder.run(&["verify", source, name]).exits(3);
        assert!(ran.err().contains(name) && ran.err().lines().count() < 8, "{name}: {}", ran.err());
    }
    folder.run(&["verify", source, "nothing.epub"]).exits(3);
    // Entities are not opened: what they stand for is missing.
    let entity = book.changed("s02.xhtml", "<!DOCTYPE html>", "<!DOCTYPE html [<!ENTITY x \"甲\">]>");
    let entity = Archive::open(&entity).changed("s02.xhtml", "</section>", "<p>&x;</p></section>");
    assert_eq!(broken(&entity), ["text/parity-epub"]);
}

/// A PDF and an e-book at once: each rule says whose figure it gives.
#[test]
fn several_kinds_at_once() {
    let folder = build(&sample(), "pdf,epub");
    let (pdf, epub) = (built(&folder, "pdf"), built(&folder, "epub"));
    let args =
        ["verify", sample().to_str().unwrap(), pdf.to_str().unwrap(), epub.to_str().unwrap(), "--json"]
            .map(str::to_owned);
    let ran = folder.run(&args).exits(0);
    let proof: Value = serde_json::from_str(&ran.out()).unwrap();
    let ids: Vec<&str> =
        proof["checks"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 33, "{ids:?}");
    assert!(ids.contains(&"text/parity-pdf") && ids.contains(&"text/parity-epub"), "{ids:?}");
    assert_eq!(proof["inputs"].as_array().unwrap().len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens to its bytes, a book is read or refused.
    #[test]
    fn a_damaged_archive_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = sample_epub().to_vec();
        for (place, byte) in &changes {
            let k = place.index(bytes.len());
            bytes[k] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = proof_of(&bytes);
    }

    /// Damaged files in a whole archive: XML and style sheets torn, doubled, put one into the other.
    #[test]
    fn a_damaged_document_is_read_or_refused(
        file in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        piece in prop::sample::select(vec![
            "", "<", ">", "&", "&#0;", "<p>", "</p>", "<![CDATA[", "<!--", "\"", "'", "{", "}", "@media{", "\0", "\u{ffff}",
            "<a href=\"#x\" epub:type=\"noteref\">", "<nav epub:type=\"toc\">", "<ol><li><a href=\"\">甲</a></li></ol>",
            "<x:y/>", "hidden=\"\"", "\u{202e}", "<br/><br/>", "display:none",
        ]),
    ) {
        let book = Archive::open(sample_epub());
        let texts: Vec<&(String, Vec<u8>)> =
            book.0.iter().filter(|(n, b)| n != "mimetype" && std::str::from_utf8(b).is_ok()).collect();
        let (name, bytes) = texts[file.index(texts.len())];
        let text = String::from_utf8(bytes.clone()).unwrap();
        let border = |at: usize| (at..=text.len()).find(|k| text.is_char_boundary(*k)).unwrap();
        let (a, b) = (border(from.index(text.len())), border(to.index(text.len())));
        let other = format!("{}{piece}{}", &text[..a], &text[b..]);
        let _ = proof_of(&book.with(name, &other));
    }
}
