//! Text is data: what looks like code comes out as the characters it is, in all three outputs.

use crate::support::{Folder, fixture, judge_words, pandoc_text, program, squeezed};

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
