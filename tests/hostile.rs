//! Text is data: what looks like code comes out as the characters it is, in all three outputs. A file made to harm is
//! refused, or read within bounds; other people's files are read or refused.

use std::path::Path;

use proptest::prelude::*;

use crate::support::{Folder, fixture, jianbao, judge_words, pandoc_text, program, python, squeezed};

const LINES: &[&str] = &[
    "甲 #import \"x.typ\": * 乙",
    "甲 $x$ 乙 $$ y $$ 丙",
    "甲 {{ 7*7 }} {% raw %} 乙",
    "甲 <script>alert(1)</script> 乙",
    "甲 ]]> 乙 <![CDATA[ 丙",
    "甲 \\ 乙 \\n 丙",
    "甲 @a 乙 @fig:one 丙",
    "甲 `code` 乙 ``two`` 丙",
    "甲 -- 乙 --- 丙 ... 丁",
    "甲 = 乙 ~ 丙 ^ 丁 | 戊",
    "甲 \"乙\" '丙' 丁",
    "甲 #set text(red) 乙 #let x = 1",
    "甲 &lt; 乙 %PDF /* 丙 */ // 丁",
];

#[test]
fn code_comes_out_as_characters() {
    let folder = Folder::new();
    let text: String = LINES.iter().map(|l| format!("{l}\n\n")).collect();
    folder.write("s.md", format!("# 题 #let {{{{ x }}}}\n\n### 甲 <b> $1$ 乙\n\n林颂 市政协委员\n\n{text}"));
    folder.run(&["build", "s.md", "-o", "o"]).exits(0);
    let path = |ending: &str| folder.join(&format!("o/s.{ending}")).to_str().unwrap().to_owned();
    let outputs = [
        ("pdf", program("pdftotext", &["-raw", &path("pdf"), "-"])),
        ("epub", pandoc_text(path("epub").as_ref())),
        ("docx", pandoc_text(path("docx").as_ref())),
    ];
    for (format, text) in outputs {
        let text = squeezed(&text);
        for line in LINES {
            let line = line.replace("&lt;", "<").replace("\"乙\" '丙'", "“乙” ‘丙’");
            let line = squeezed(&line);
            assert!(text.contains(&line), "{format}: {line} is not in\n{text}");
        }
        assert!(text.contains("题#let{{x}}"), "{format}");
        assert!(text.contains("甲<b>$1$乙"), "{format}");
    }
}

/// A template of one's own cannot let text in as markup, and what is wrong in it is named: file, line and variable.
#[test]
fn templates_of_ones_own_let_no_text_in_as_markup() {
    let own = [
        ("{{ book.title|safe }}", "epub/title.xhtml:2 uses safe"),
        ("{% autoescape false %}{{ book.title }}{% endautoescape %}", "epub/title.xhtml:2 uses autoescape"),
        ("{{ book.tilte }}", "epub/title.xhtml:2 is wrong: undefined value (`book.tilte`)"),
    ];
    for (wrong, wanted) in own {
        let folder = Folder::new();
        folder.write("jianbao.toml", "sources = [\"s.md\"]\n");
        folder.write("s.md", "# <b>题</b>\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n");
        folder.write("templates/epub/title.xhtml", format!("<html>\n{wrong}</html>\n"));
        let said = folder.run(&["build", "-f", "epub", "-o", "o"]).exits(1).err();
        assert!(said.contains(wanted), "{wrong}: {said}");
        assert!(!folder.files().iter().any(|f| f.ends_with(".epub")), "no part of a book");
        let ran = folder.run(&["build", "-f", "epub", "-o", "o", "--lang", "zh-CN"]).exits(1);
        assert!(ran.err().contains("epub/title.xhtml:2"), "{}", ran.err());
    }
}

#[test]
fn the_hostile_fixture_makes_sound_files() {
    let folder = Folder::new();
    folder.run(&["build".as_ref(), fixture("hostile.md").as_os_str(), "-o".as_ref(), "o".as_ref()]).exits(0);
    judge_words("epubcheck.sh", &[folder.join("o/hostile.epub").to_str().unwrap()]);
    judge_words("ooxml.sh", &[folder.join("o/hostile.docx").to_str().unwrap()]);
    program("qpdf", &["--check", folder.join("o/hostile.pdf").to_str().unwrap()]);
}

#[test]
fn a_long_table_whose_head_leads_somewhere_is_set() {
    let folder = Folder::new();
    let rows: String = (0..60).map(|k| format!("|行{k}|数{k}|\n")).collect();
    let table = format!("|甲[^1]|[乙](https://example.org)|\n|-|-|\n{rows}");
    folder.write("s.md", format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n{table}\n[^1]: 注。\n"));
    folder.run(&["build", "s.md", "-o", "o"]).exits(0);
    let text = squeezed(&program("pdftotext", &["-raw", folder.join("o/s.pdf").to_str().unwrap(), "-"]));
    assert!(text.contains("行59数59") && text.contains("注。"));
}

#[test]
fn a_word_longer_than_the_line_is_printed_whole() {
    let folder = Folder::new();
    folder
        .write("s.md", format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n起始 {} 终止。\n", "x".repeat(300)));
    folder.run(&["build", "s.md", "-o", "s.pdf"]).exits(0);
    let text = program("pdftotext", &["-raw", folder.join("s.pdf").to_str().unwrap(), "-"]);
    assert_eq!(text.matches('x').count(), 300);
}

/// What is code to Typst, XML, XHTML, templates, shells or format strings. Markdown's own marks are left out: they mean
/// something in a source.
const CODE: &[&str] = &[
    "#import \"x.typ\": *",
    "#let x = 1",
    "#set text(red)",
    "#{1+1}",
    "#read(\"/etc/passwd\")",
    "#panic()",
    "#eval(\"1\")",
    "$x^2$",
    "$ sum_(k=0)^n k $",
    "@ref",
    "@fig:one",
    "/* c */",
    "// c",
    "= 标题",
    "/ 项: 词",
    "~",
    "--",
    "{{ 7*7 }}",
    "{% include 'a' %}",
    "{% raw %}",
    "{# c #}",
    "<script>alert(1)</script>",
    "</w:t></w:r>",
    "<w:br/>",
    "<?xml version='1.0'?>",
    "]]>",
    "<![CDATA[",
    "<!ENTITY x 'y'>",
    "<!DOCTYPE html>",
    "%PDF-1.7",
    "endstream endobj",
    "${HOME}",
    "$(ls)",
    "%s%n",
    "{0}",
    "{page}",
    "PAGEREF x",
    "javascript:1",
    "</text></svg>",
];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        max_shrink_iters: 40,
        rng_seed: proptest::test_runner::RngSeed::Fixed(9_899),
        ..ProptestConfig::default()
    })]

    /// Code in a title, a heading, a speaker's office and the words: read back, all three outputs hold just the text.
    #[test]
    fn a_source_never_becomes_code(
        title in prop::sample::select(CODE),
        heading in prop::sample::select(CODE),
        words in prop::collection::vec((prop::sample::select(CODE), prop::sample::select(&["甲", "乙丙", "丁"][..])), 1..12),
    ) {
        let folder = Folder::new();
        let words: String = words.iter().map(|(code, hanzi)| format!("{hanzi}{code}{hanzi}，")).collect();
        folder.write("s.md", format!(
            "# 题{title}目\n\n### 甲{heading}乙\n\n林颂 市政协委员\n\n首句。{words}尾。\n\n|甲{heading}|乙|\n|-|-|\n|{words}|丙|\n"
        ));
        folder.run(&["build", "s.md", "-o", "o"]).exits(0);
        let files = ["o/s.pdf", "o/s.epub", "o/s.docx"];
        let all = [&["verify", "s.md"], &files[..], &["--select", "text", "--json"]].concat();
        let ran = folder.run(&all);
        prop_assert_eq!(ran.code(), 0, "{}", ran.out());
        // What was compared is the source's own text: no letter of it is lost on the way to the tree.
        let tree = folder.run(&["tree", "s.md"]).exits(0).out();
        let tree = jianbao::tree::Proceedings::from_json(&tree).unwrap();
        let text: String = tree.pieces().iter().map(|p| p.text.as_str()).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let source = String::from_utf8(folder.read("s.md")).unwrap();
        prop_assert_eq!(letters(&text), letters(&source));
    }
}

/// Runs the program on a file; its exit code, its sentence, and the most memory it held, in megabytes.
fn within(folder: &Folder, args: &[&str]) -> (i32, String, usize) {
    let script = "import resource, subprocess, sys\n\
        ran = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n\
        sys.stderr.buffer.write(ran.stderr)\n\
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\n\
        sys.exit(ran.returncode if ran.returncode >= 0 else 99)\n";
    let mut command = std::process::Command::new(python());
    let done =
        command.args(["-c", script]).arg(jianbao().get_program()).args(args).current_dir(folder.path());
    let done = done.env("LC_ALL", "en_US.UTF-8").output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    let memory = String::from_utf8_lossy(&done.stdout).trim().parse().unwrap();
    (done.status.code().unwrap(), said, memory)
}

/// A Word file with one part more.
fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let links = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
        Target=\"word/document.xml\"/></Relationships>";
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let parts =
        [("[Content_Types].xml", types), ("_rels/.rels", links), ("word/document.xml", document.as_str())];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts.iter().chain(more) {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// 100 MB of one line, a million paragraphs, a million elements in one another, references without end: every reader
/// ends, within 512 MB, with the text or a sentence.
#[test]
fn files_beyond_measure_are_read_or_refused_within_bounds() {
    let head = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n";
    let web = "<html><body><h1>题</h1><h3>甲 乙</h3><p>林颂 市政协委员</p>";
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let word = [paragraph("题"), paragraph("甲乙"), paragraph("林颂 市政协委员")].concat();
    let line = "字".repeat(33_000_000);
    let long = "字".repeat(10_000_000);
    let cases: Vec<(&str, Vec<u8>, i32)> = vec![
        ("line.md", format!("{head}{line}").into(), 3),
        ("line.txt", format!("{head}{line}").into(), 3),
        ("line.html", format!("{web}<p>{line}").into(), 3),
        ("line.docx", docx(&format!("{word}{}", paragraph(&line)), &[]), 3),
        ("long.md", format!("{head}{long}").into(), 0),
        ("many.md", format!("{head}{}", "一段话。\n\n".repeat(1_000_000)).into(), 3),
        ("many.txt", format!("{head}{}", "一段话。\n".repeat(1_000_000)).into(), 3),
        ("most.txt", format!("{head}{}", "一段话。\n".repeat(390_000)).into(), 0),
        ("many.html", format!("{web}{}", "<p>一段话。</p>".repeat(1_000_000)).into(), 3),
        ("many.docx", docx(&format!("{word}{}", paragraph("一段话。").repeat(1_000_000)), &[]), 3),
        ("deep.html", format!("{web}{}字", "<div>".repeat(390_000)).into(), 0),
        (
            "deep.md",
            format!("{head}{}字\n{}字\n{}字", ">".repeat(200_000), "- ".repeat(100_000), "[".repeat(100_000))
                .into(),
            0,
        ),
        ("deep.docx", docx(&format!("{word}{}", "<w:sdt><w:sdtContent>".repeat(200_000)), &[]), 3),
        ("references.html", format!("{web}<p>{}", "&a;&amp;&#x0;".repeat(130_000)).into(), 0),
        ("bomb.docx", docx(&format!("{word}{}", " ".repeat(300_000_000)), &[]), 3),
    ];
    for (name, bytes, code) in cases {
        let folder = Folder::new();
        folder.write(name, bytes);
        let (ended, said, memory) = within(&folder, &["tree", name]);
        let said = said.lines().take(6).collect::<Vec<_>>().join("\n");
        assert_eq!(ended, code, "{name}: {said}");
        assert!(memory <= 512, "{name} took {memory} MB");
        assert!(code == 0 || said.contains(name), "{name}: {said}");
    }
}

/// Names in an archive that lead out of it, and a source that is a link: nothing is written, nothing else is read.
#[test]
fn names_and_links_lead_nowhere() {
    let folder = Folder::new();
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let word =
        [paragraph("题"), paragraph("### 甲乙"), paragraph("林颂 市政协委员"), paragraph("字。")].concat();
    let evil = [("../../evil.xml", "x"), ("/tmp/evil.xml", "x"), ("word/media/../../../evil.png", "x")];
    folder.write("in/s.docx", docx(&word, &evil));
    let before = folder.files();
    let ran = folder.run(&["import", "in/s.docx", "-o", "out/s.md"]);
    assert!(ran.code() <= 3, "{}", ran.err());
    let made: Vec<String> = folder.files().into_iter().filter(|f| !before.contains(f)).collect();
    assert!(made.iter().all(|f| f.starts_with("out/")), "{made:?}");
    // A folder of templates that is a link out is not followed.
    folder.write("book/jianbao.toml", "sources = [\"s.md\"]\n");
    folder.write("book/s.md", "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n字。\n");
    folder.write("elsewhere/title.xhtml", "{% if %}");
    std::fs::create_dir_all(folder.join("book/templates")).unwrap();
    std::os::unix::fs::symlink("../../elsewhere", folder.join("book/templates/epub")).unwrap();
    folder.run(&["build", "book", "-f", "epub"]).exits(0);
}

/// Other people's test files, where `JIANBAO_FOREIGN` names a folder of them: read or refused, never a defect.
#[test]
fn other_peoples_files_are_read_or_refused() {
    let Some(root) = std::env::var_os("JIANBAO_FOREIGN") else {
        eprintln!("skipped: JIANBAO_FOREIGN names no folder of other people's files");
        return;
    };
    let mut folders = vec![Path::new(&root).to_owned()];
    let (mut read, mut refused) = (0, 0);
    while let Some(here) = folders.pop() {
        for path in std::fs::read_dir(here).unwrap().map(|e| e.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            for command in ["tree", "check"] {
                let ran = Folder::new().run(&[command.as_ref(), path.as_os_str()]);
                assert!((0..=3).contains(&ran.code()), "{command} {}: {}", path.display(), ran.err());
                let count = if ran.code() == 3 { &mut refused } else { &mut read };
                *count += 1;
            }
        }
    }
    eprintln!("{read} runs ended with a text or without speeches, {refused} files were refused");
    assert!(read + refused > 0, "no file in {}", Path::new(&root).display());
}
