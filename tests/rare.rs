//! A rare character shows on any device: the e-book brings a font for it, and for nothing else.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use crate::support::{Folder, built, judge, pandoc_text, squeezed, tree_of, typed_tree, unzipped};

/// Rare characters in names, headings, text, notes and tables; extension A, extension B and beyond it.
const SOURCE: &str = "\
# 把𬭊江边的小事办好

## 政协槐江市第三届委员会第四次会议大会发言

### 关于𠮷安路口 改造的建议

方䶮（女） 市政协委员，槐江市第一医院医师

㛃净的街面来自每天的清扫[^1]。**㙱城旧巷**要修旧如旧。

表1 各路口情况

| 路口 | 说明 |
|---|---|
| 𠮷安 | 信号灯配时 |

[^1]: 㛃，音洁。

### 守住老巷子里的烟火气

单㛃 市政协常委

#### 一、先从𠮷安路做起

槐江的老巷子有三百年历史。
";

/// The fonts of a book by their names.
fn fonts(book: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(book).unwrap()).unwrap();
    let names: Vec<String> =
        archive.file_names().filter(|n| n.contains("/fonts/")).map(str::to_owned).collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

/// The characters a font says it has.
fn characters(font: &[u8]) -> BTreeSet<char> {
    let face = ttf_parser::Face::parse(font, 0).unwrap();
    let mut held = BTreeSet::new();
    for subtable in face.tables().cmap.unwrap().subtables.into_iter().filter(|t| t.is_unicode()) {
        subtable.codepoints(|c| held.extend(char::from_u32(c)));
    }
    // The end of a table of format 4.
    held.remove(&'\u{FFFF}');
    held
}

#[test]
fn the_book_brings_the_letters_it_needs_and_no_others() {
    let folder = Folder::new();
    let source = folder.write("a.md", SOURCE);
    let ran = folder.run(&["build", "a.md", "-f", "pdf,epub", "-o", "o"]).exits(0);
    assert!(ran.err().contains("the e-book brings letters of its own for 㙱㛃䶮𠮷𬭊"), "{}", ran.err());
    let book = built(&folder, "epub");
    let fonts = fonts(&book);
    let held: Vec<BTreeSet<char>> = fonts.iter().map(|(_, font)| characters(font)).collect();
    assert_eq!(held.iter().flatten().collect::<String>(), "㙱㛃䶮𬭊𠮷");
    assert!(fonts.iter().map(|(_, font)| font.len()).sum::<usize>() < 8_000);
    // Everywhere on the page where one stands it is marked.
    for (document, times) in
        [("title.xhtml", 1), ("nav.xhtml", 3), ("s01.xhtml", 6), ("s02.xhtml", 2), ("index.xhtml", 6)]
    {
        let xhtml = unzipped(&book, |n| n.ends_with(document));
        let body = xhtml.split_once("<body").unwrap().1;
        let rare = body.chars().filter(|c| "㙱㛃䶮𠮷𬭊".contains(*c)).count();
        let marked = body.matches("<span class=\"rare\">").count();
        assert!(marked == rare && marked >= times, "{document}: {marked} of {rare}\n{xhtml}");
    }
    judge("epubcheck.sh", &[&book]);
    judge("ace.sh", &[&book, &folder.join("ace")]);
    judge_font(&fonts, &folder);
    // The words are whole for one who reads them.
    let text = squeezed(&pandoc_text(&book));
    for speech in tree_of(&source)["speeches"].as_array().unwrap() {
        for block in speech["body"].as_array().unwrap().iter().filter(|b| b["type"] == "paragraph") {
            let words = squeezed(block["text"].as_str().unwrap());
            let sentence = words.split('。').next().unwrap();
            assert!(text.contains(sentence), "{sentence}");
        }
    }
    assert!(text.contains("关于𠮷安路口改造的建议") && text.contains("方䶮"));
}

#[test]
fn a_book_without_rare_characters_has_no_font() {
    for source in crate::support::sources() {
        let rare = typed_tree(&source).characters().iter().any(
            |c| matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{9FA6}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFD}'),
        );
        let folder = Folder::new();
        folder.run(&["build", source.to_str().unwrap(), "-f", "epub", "-o", "o"]).exits(0);
        let book = built(&folder, "epub");
        assert_eq!(fonts(&book).is_empty(), !rare, "{}", source.display());
        assert_eq!(unzipped(&book, |n| n.ends_with(".css")).contains("@font-face"), rare);
        let mut archive = zip::ZipArchive::new(std::fs::File::open(&book).unwrap()).unwrap();
        let cover = archive.by_name("OEBPS/images/cover.png").map_or(0, |f| f.compressed_size());
        let size = std::fs::metadata(&book).unwrap().len() - cover;
        eprintln!("{}: {size} bytes beside the cover", source.display());
        assert!(size < 150_000, "{}: {size} bytes beside the cover", source.display());
    }
}

/// Programs that are strict with fonts read them: fontTools takes every table apart.
fn judge_font(fonts: &[(String, Vec<u8>)], folder: &Folder) {
    for (k, (_, font)) in fonts.iter().enumerate() {
        let path = folder.write(&format!("{k}.ttf"), font);
        let read = "import sys\nfrom fontTools.ttLib import TTFont\nfont = TTFont(sys.argv[1], checkChecksums=2)\n\
            for tag in font.keys(): font[tag] if tag != 'GlyphOrder' else None\n\
            print(font['name'].getDebugName(1))";
        let output = std::process::Command::new(crate::support::python())
            .args(["-I", "-c", read])
            .arg(&path)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.starts_with("Jianbao Rare "),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
