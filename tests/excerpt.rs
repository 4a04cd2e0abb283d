//! What is sent out holds the speeches that were asked for and nothing of the others, says what it is, and
//! takes along what is needed to merge it when it comes back, whichever program saves it on the way.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use jianbao::build::sent;
use jianbao::excerpt::{Selection, cut, numbers};
use jianbao::tree::{Base, BaseError, NodeId, PieceKind, Proceedings};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::one_tree::bare;
use crate::properties::source;
use crate::support::{
    Folder, hanzi, judge, pandoc_text, program, python, sample, sources, squeezed, tree_of, typed_tree,
    unzipped,
};

const MANIFEST: &str = r#"
sources = ["s.md"]
[briefing]
name = "政协简报"
number = 12
date = "2026-01-07"
[excerpt]
return_to = "市政协办公厅"
due = "2026-01-20"
recipients = { "市农业农村局" = "1,3", "市住房城乡建设局" = 2, "市水务局" = "1-99" }
"#;

/// A folder with the sample in it and a manifest.
fn office() -> Folder {
    let folder = Folder::new();
    folder.write("jianbao.toml", MANIFEST);
    folder.write("s.md", std::fs::read(sample()).unwrap());
    folder
}

#[track_caller]
fn sent_out(source: &Path, more: &[&str]) -> (Folder, PathBuf) {
    let folder = Folder::new();
    let out = folder.join("out.docx");
    let mut args = vec!["excerpt", source.to_str().unwrap(), "-o", out.to_str().unwrap()];
    args.extend(more);
    folder.run(&args).exits(0);
    (folder, out)
}

/// The part of a tree that `--speech` picks.
fn part(tree: &Proceedings, list: &str) -> Proceedings {
    let mut selection = Selection::default();
    selection.speeches = vec![list.to_owned()];
    cut(tree, &selection.pick(tree).unwrap())
}

/// The custom properties of a Word file.
fn pairs(word: &Path) -> Vec<(String, String)> {
    let text = unzipped(word, |n| n == "docProps/custom.xml");
    let values = text.split("<property ").skip(1).map(|p| {
        let name = p.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
        let value = p.split("<vt:lpwstr>").nth(1).map_or("", |v| v.split('<').next().unwrap());
        (name.to_owned(), value.to_owned())
    });
    values.collect()
}

fn bookmarks(word: &Path) -> BTreeSet<String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(word).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().filter(|n| n.starts_with("word/")).map(str::to_owned).collect();
    let mut found = BTreeSet::new();
    for name in names.iter().filter(|n| n.ends_with("document.xml") || n.ends_with("footnotes.xml")) {
        let text = std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
        let starts = text.split("<w:bookmarkStart ").skip(1);
        let names =
            starts.map(|b| b.split("w:name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned());
        found.extend(names.filter(|n| n.starts_with("jb_")));
    }
    found
}

/// Files saved by other programs: python-docx, LibreOffice, LibreOffice by way of odt.
fn copies(folder: &Folder, words: &[PathBuf]) -> [(&'static str, Vec<PathBuf>); 3] {
    let saved: Vec<PathBuf> = words.iter().map(|w| w.with_extension("saved.docx")).collect();
    let code = "import sys, docx\nfor a, b in zip(sys.argv[1::2], sys.argv[2::2]): docx.Document(a).save(b)";
    let mut command = Command::new(python());
    command.args(["-c", code]).args(words.iter().zip(&saved).flat_map(|(a, b)| [a, b]));
    assert!(command.status().unwrap().success());
    let direct = converted(folder, words, "docx:MS Word 2007 XML", "again");
    [("python-docx", saved), ("LibreOffice", direct), ("odt", by_way_of_odt(folder, words))]
}

/// Files converted by LibreOffice, all in one run.
fn converted(folder: &Folder, files: &[PathBuf], to: &str, into: &str) -> Vec<PathBuf> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let out = folder.join(into);
    let mut args =
        vec![profile.as_str(), "--headless", "--convert-to", to, "--outdir", out.to_str().unwrap()];
    args.extend(files.iter().map(|f| f.to_str().unwrap()));
    let soffice = std::env::var("JIANBAO_TEST_SOFFICE").unwrap_or_else(|_| "soffice".to_owned());
    program(&soffice, &args);
    let ending = to.split(':').next().unwrap();
    files.iter().map(|f| out.join(f.with_extension(ending).file_name().unwrap())).collect()
}

fn by_way_of_odt(folder: &Folder, words: &[PathBuf]) -> Vec<PathBuf> {
    let odts = converted(folder, words, "odt", "odt");
    converted(folder, &odts, "docx:MS Word 2007 XML", "by-odt")
}

#[test]
fn what_comes_back_unedited_is_what_was_sent() {
    let folder = Folder::new();
    let (mut words, mut expected) = (Vec::new(), Vec::new());
    for (k, source) in sources().iter().enumerate() {
        let whole = typed_tree(source);
        for list in ["", "1,3"] {
            let word = folder.join(&format!("{k}-{}.docx", list.len()));
            let mut args = vec!["excerpt", source.to_str().unwrap(), "-o", word.to_str().unwrap()];
            if list.is_empty() {
                expected.push(whole.clone());
            } else {
                args.extend(["--speech", list]);
                expected.push(part(&whole, list));
            }
            folder.run(&args).exits(0);
            judge("ooxml.sh", &[&word]);
            words.push(word);
        }
    }
    let marks: Vec<BTreeSet<String>> = words.iter().map(|w| bookmarks(w)).collect();
    assert!(marks.iter().all(|m| m.len() > 10));
    let all = [("ours", words.clone())].into_iter().chain(copies(&folder, &words));
    for (program, copies) in all {
        for ((copy, expected), marks) in copies.iter().zip(&expected).zip(&marks) {
            let what = format!("{program}, {}", copy.display());
            assert_eq!(Base::decode(&pairs(copy)).unwrap().tree, *expected, "{what}");
            assert_eq!(bookmarks(copy), *marks, "{what}");
            assert!(unzipped(copy, |n| n == "word/settings.xml").contains("<w:trackRevisions"), "{what}");
            if program == "odt" {
                // A numbered list with a paragraph between its items becomes two lists on this way.
                assert_eq!(texts(&typed_tree(copy)), texts(expected), "{what}");
            } else {
                let expected = without_ids(serde_json::to_value(expected).unwrap());
                same(&without_ids(tree_of(copy)), &expected, &what);
            }
        }
    }
}

/// Kind and text of every piece.
fn texts(tree: &Proceedings) -> Vec<(PieceKind, String)> {
    tree.pieces().into_iter().map(|p| (p.kind, p.text)).collect()
}

/// A tree without places, ids, and what a Word file does not hold: facts of the issue, names of pictures.
fn without_ids(tree: serde_json::Value) -> serde_json::Value {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                for key in ["id", "part", "meta", "src", "note"] {
                    map.remove(key);
                }
                map.values_mut().for_each(strip);
            }
            serde_json::Value::Array(list) => {
                list.iter_mut().for_each(strip);
                // Runs parted by an escape in the source are one in a Word file.
                let is_text =
                    |v: &serde_json::Value| v["type"] == "text" && v.as_object().unwrap().len() == 2;
                let mut k = 1;
                while k < list.len() {
                    if is_text(&list[k - 1]) && is_text(&list[k]) {
                        let more = list.remove(k)["text"].as_str().unwrap().to_owned();
                        let text = list[k - 1]["text"].as_str().unwrap().to_owned() + &more;
                        list[k - 1]["text"] = text.into();
                    } else {
                        k += 1;
                    }
                }
            }
            _ => {}
        }
    }
    let mut tree = bare(tree);
    strip(&mut tree);
    tree
}

#[track_caller]
fn same(found: &serde_json::Value, expected: &serde_json::Value, what: &str) {
    if found != expected {
        let lines = |v: &serde_json::Value| serde_json::to_string_pretty(v).unwrap();
        let (found, expected) = (lines(found), lines(expected));
        let differ: Vec<_> = found.lines().zip(expected.lines()).filter(|(a, b)| a != b).take(4).collect();
        panic!("{what}: {differ:#?}");
    }
}

/// Whatever the text is: after LibreOffice, by way of odt too, the base is the tree that was sent, and the text
/// has the same hanzi in the same order, none of them twice.
#[test]
fn any_text_comes_back_from_libreoffice() {
    const CASES: usize = 60;
    let seed = [7; 32];
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(crate::properties::config(), rng);
    let folder = Folder::new();
    let (mut words, mut trees) = (Vec::new(), Vec::new());
    for k in 0..CASES * 2 {
        let text = source().new_tree(&mut runner).unwrap().current();
        let name = format!("{k}.md");
        let path = folder.write(&name, &text);
        let word = format!("o/{k}.docx");
        if folder.run(&["excerpt", "-q", &name, "-o", &word]).code() == 0 {
            trees.push(typed_tree(&path));
            words.push(folder.join(&word));
        }
        if words.len() == CASES {
            break;
        }
    }
    assert!(words.len() > CASES / 2, "{}", words.len());
    let direct = converted(&folder, &words, "docx:MS Word 2007 XML", "again");
    let by_odt = by_way_of_odt(&folder, &words);
    for (k, tree) in trees.iter().enumerate() {
        let marks = bookmarks(&words[k]);
        for (what, copy) in [("direct", &direct[k]), ("by odt", &by_odt[k])] {
            let what = format!("{} {what}", words[k].display());
            assert_eq!(Base::decode(&pairs(copy)).unwrap().tree, *tree, "{what}");
            assert_eq!(bookmarks(copy), marks, "{what}");
            let text = |word: &Path| hanzi(&unzipped_text(word));
            assert_eq!(text(copy), text(&words[k]), "{what}");
        }
    }
}

/// The characters of the text, tags left out.
fn unzipped_text(word: &Path) -> String {
    let text = unzipped(word, |n| n == "word/document.xml");
    let runs = text.split("<w:t").skip(1).filter(|r| r.starts_with([' ', '>']));
    runs.filter_map(|r| r.split_once('>')?.1.split('<').next()).collect()
}

/// All that a file holds, unpacked: its parts, the base it takes along, and the text of a PDF.
fn everything_in(file: &Path) -> String {
    if file.extension().is_some_and(|e| e == "pdf") {
        return program("pdftotext", &["-layout", file.to_str().unwrap(), "-"]);
    }
    if !file.extension().is_some_and(|e| e == "docx" || e == "epub") {
        return String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
    }
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut all = String::new();
    for k in 0..zip.len() {
        let mut entry = zip.by_index(k).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        all += entry.name();
        all += &String::from_utf8_lossy(&bytes);
    }
    if file.extension().is_some_and(|e| e == "docx") && all.contains("docProps/custom.xml") {
        all += &Base::decode(&pairs(file)).unwrap().tree.to_json().unwrap();
    }
    all
}

#[test]
fn nothing_of_the_others_is_in_it() {
    for source in sources() {
        let whole = typed_tree(&source);
        let own = part(&whole, "3");
        let kept: String = own.pieces().iter().map(|p| squeezed(&p.text)).collect();
        let others: Vec<String> = whole
            .pieces()
            .iter()
            .map(|p| (p.kind, squeezed(&p.text)))
            // Names are short; a short cell of a table may stand in any text.
            .filter(|(kind, text)| {
                let least = if *kind == PieceKind::Speaker { 2 } else { 4 };
                hanzi(text).chars().count() >= least && !kept.contains(text.as_str())
            })
            .map(|(_, text)| text)
            .collect();
        assert!(others.len() > 10);
        let folder = Folder::new();
        let args = [
            "excerpt",
            source.to_str().unwrap(),
            "--speech",
            "3",
            "-o",
            "o",
            "-f",
            "pdf,epub,docx,markdown,typst",
        ];
        folder.run(&args).exits(0);
        let files = folder.files();
        assert!(files.iter().filter(|f| f.starts_with("o/")).count() > 10, "{files:?}");
        for file in files.iter().filter(|f| f.starts_with("o/")) {
            let text = squeezed(&everything_in(&folder.join(file)));
            // The others are templates.
            if file.ends_with("data.json") || !file.contains("-typst/") {
                assert!(text.contains("第3篇发言"), "{file}");
                let own_words = squeezed(&own.speeches[0].heading.clauses[0]);
                assert!(text.contains(&own_words), "{file}");
            }
            for other in &others {
                assert!(!text.contains(other.as_str()), "{file} holds {other}");
            }
        }
    }
}

#[test]
fn a_plain_file_holds_nothing_hidden() {
    for source in sources() {
        let (_folder, word) = sent_out(&source, &["--speech", "1,3", "--plain"]);
        judge("ooxml.sh", &[&word]);
        let zip = zip::ZipArchive::new(std::fs::File::open(&word).unwrap()).unwrap();
        let hidden: Vec<&str> =
            zip.file_names().filter(|n| n.starts_with("docProps") || n.starts_with("customXml")).collect();
        assert!(hidden.is_empty(), "{hidden:?}");
        let all = everything_in(&word);
        assert!(!all.contains("\"jb_") && !all.contains("jianbao"), "{}", source.display());
        assert!(all.contains("<w:trackRevisions/>") && !all.contains("documentProtection"));
        let expected = part(&typed_tree(&source), "1,3");
        same(&without_ids(tree_of(&word)), &without_ids(serde_json::to_value(&expected).unwrap()), "plain");
        assert!(matches!(Base::decode::<&str, &str>(&[]), Err(BaseError::Missing)));
    }
}

#[test]
fn nothing_is_locked_and_nothing_is_multiplied() {
    let (_folder, word) = sent_out(&sample(), &[]);
    let all = everything_in(&word);
    for lock in ["w:sdt", "w:documentProtection", "w:lock", "w:docVar", "asciiTheme", "eastAsiaTheme"] {
        assert!(!all.contains(lock), "{lock}");
    }
    // What another reader sees: the note and the contents once, then the text, every piece of it once.
    let text = squeezed(&pandoc_text(&word));
    let tree = typed_tree(&sample());
    for piece in tree.pieces().iter().filter(|p| p.text.chars().count() > 30) {
        assert_eq!(text.matches(&squeezed(&piece.text)).count(), 1, "{}", piece.text);
    }
    assert!(text.contains("请直接在文中改"));
}

#[test]
fn it_says_what_it_is_and_who_wants_it_back() {
    let folder = office();
    folder.run(&["excerpt", "--to", "市农业农村局", "-o", "o", "-f", "docx,markdown"]).exits(0);
    let expected = [
        "本件节选自《围绕“一江三区”建设献计澜州》（政协简报第12期，2026年1月7日），收第1、3篇发言。",
        "请市农业农村局核改后于2026年1月20日前退市政协办公厅。",
    ];
    let word = unzipped_text(&folder.join("o/s-送改-市农业农村局.docx"));
    assert!(word.starts_with(&expected.concat()), "{word}");
    let markdown = String::from_utf8(folder.read("o/s-送改-市农业农村局.md")).unwrap();
    assert!(expected.iter().all(|line| markdown.contains(line)), "{markdown}");
}

#[test]
fn what_was_sent_to_whom_is_recorded() {
    let folder = office();
    for to in ["市农业农村局", "市住房城乡建设局", "市农业农村局"] {
        folder.run(&["excerpt", "--to", to, "-o", "o"]).exits(0);
    }
    folder.run(&["excerpt", "--speech", "2", "-o", "o"]).exits(0);
    let record = sent(&folder.join("o")).unwrap();
    let told: Vec<(&str, &str, Vec<&str>)> = record
        .iter()
        .map(|s| (s.to.as_str(), s.file.as_str(), s.speeches.iter().map(NodeId::as_str).collect()))
        .collect();
    assert_eq!(
        told,
        [
            ("市农业农村局", "s-送改-市农业农村局.docx", vec!["s01", "s03"]),
            ("市住房城乡建设局", "s-送改-市住房城乡建设局.docx", vec!["s02"]),
        ]
    );
    let base = Base::decode(&pairs(&folder.join("o/s-送改-市农业农村局.docx"))).unwrap();
    assert_eq!(
        (base.excerpt.as_str(), base.to.as_deref()),
        (record[0].excerpt.as_str(), Some("市农业农村局"))
    );
    assert_eq!(record[0].due.as_deref(), Some("2026年1月20日"));
    // The source moves on: what is sent now is another excerpt, and both are known.
    let moved = std::fs::read_to_string(sample()).unwrap().replacen("织密老城", "织密全城", 1);
    folder.write("s.md", moved);
    folder.run(&["excerpt", "--to", "市农业农村局", "-o", "o"]).exits(0);
    let later = sent(&folder.join("o")).unwrap();
    assert_eq!(later.len(), 3);
    assert_ne!(later[2].excerpt, record[0].excerpt);
}

#[test]
fn a_file_a_speech() {
    let folder = office();
    folder.run(&["excerpt", "--split", "-o", "o"]).exits(0);
    let count = typed_tree(&sample()).speeches.len();
    let expected: Vec<String> = (1..=count).map(|n| format!("o/s-送改-{n:02}.docx")).collect();
    let files = folder.files();
    let made: Vec<&String> = files.iter().filter(|f| f.starts_with("o/")).collect();
    assert_eq!(made, expected.iter().collect::<Vec<_>>());
    folder.run(&["excerpt", "--split", "-o", "one.docx"]).exits(2);
    folder.run(&["excerpt", "--split", "--speech", "2", "-o", "one.docx"]).exits(0);
    assert!(folder.join("one.docx").exists());
}

#[test]
fn the_same_source_gives_the_same_bytes_and_an_edited_file_is_kept() {
    let folder = office();
    let args = ["excerpt", "--to", "市农业农村局", "-f", "docx", "-o", "o"];
    folder.run(&args).exits(0);
    let name = "o/s-送改-市农业农村局.docx";
    let first = folder.read(name);
    let again = folder.run(&args).exits(0);
    assert!(again.err().contains("unchanged"), "{}", again.err());
    assert_eq!(folder.read(name), first);
    folder.write(name, b"edited by a person");
    folder.run(&args).exits(1);
    assert_eq!(folder.read(name), b"edited by a person");
}

#[test]
fn what_is_not_there_is_named_with_what_is_nearest() {
    let folder = office();
    let mut said = String::new();
    for args in [
        &["--speaker", "沈怀谨"][..],
        &["--speaker", "张三"],
        &["--party", "民萌"],
        &["--role", "宇航员"],
        &["--topic", "航天"],
        &["--topic", "桥"],
        &["--part", "第一组"],
        &["--speech", "9-99"],
        &["--speech", "一"],
        &["--speech", "1", "--party", "九三学社"],
        &["--to", "农业农村局"],
        &["--to", "某某"],
        &["--to", "市农业农村局", "--speech", "2"],
        &["--to", "市水务局"],
    ] {
        let mut all = vec!["excerpt", "-o", "o"];
        all.extend(args);
        let ran = folder.run(&all).exits(2);
        said += &format!("$ jianbao excerpt {}\n{}\n", args.join(" "), ran.err().trim_end());
    }
    folder.run(&["excerpt", "--to", "市农业农村局", "-f", "docx", "-o", "-"]).exits(2);
    assert!(!folder.join("o").exists());
    insta::assert_snapshot!(said);
}

#[test]
fn standard_output_and_front_matter() {
    let folder = Folder::new();
    folder.write("s.md", std::fs::read(sample()).unwrap());
    let ran = folder.run(&["excerpt", "s.md", "--speech", "2", "-f", "docx", "-o", "-"]).exits(0);
    assert!(ran.0.stdout.starts_with(b"PK"));
    // Without a table anybody may be named.
    folder.run(&["excerpt", "s.md", "--speech", "2", "--to", "某局", "-o", "o"]).exits(0);
    assert_eq!(sent(&folder.join("o")).unwrap()[0].to, "某局");
    assert_eq!(numbers("1,3-5").unwrap(), [(1, 1), (3, 5)]);
}
