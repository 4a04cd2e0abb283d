//! The parts of a briefing that are printed when they are asked for: 报头 with its marks, the index of
//! parties and bodies, 版记 at the foot of the last even page; the status of a text that is not final, and what is
//! marked secret.

use std::path::Path;

use crate::support::{Folder, program, sample, squeezed, unzipped};

/// The text of each page without blanks.
fn pages(folder: &Folder, settings: &[&str]) -> Vec<String> {
    let path = sample();
    let mut args = vec!["build", path.to_str().unwrap(), "-o", "a.pdf", "--force"];
    args.extend(settings.iter().flat_map(|s| ["--set", s]));
    folder.run(&args).exits(0);
    let text = program("pdftotext", &["-layout", folder.join("a.pdf").to_str().unwrap(), "-"]);
    let mut pages: Vec<String> = text.split('\u{c}').map(squeezed).collect();
    // Behind the last form feed stands nothing.
    pages.pop();
    pages
}

const BRIEFING: [&str; 7] = [
    "briefing.name=澜州政协简报",
    "briefing.number=12",
    "briefing.issuer=市政协办公厅",
    "briefing.date=2026-03-12",
    "briefing.security=内部资料",
    "briefing.urgency=急件",
    "briefing.copy=1",
];

#[test]
fn the_red_head_stands_over_the_text_with_its_marks() {
    let folder = Folder::new();
    let settings = [&BRIEFING[..], &["print.parts=[\"head\"]"]].concat();
    let first = pages(&folder, &settings).remove(0);
    let mut at = 0;
    // Marks first (GB/T 9704-2012, 7.2.1 to 7.2.3), then the name, its number, who and when, the title.
    for words in
        ["内部资料", "澜州政协简报", "第12期", "市政协办公厅2026年3月12日", "围绕“一江三区”建设献计澜州"]
    {
        at += first[at..].find(words).unwrap_or_else(|| panic!("{words}: {first}"));
    }
    assert!(first.contains("急件") && first.contains("000001"), "{first}");
}

#[test]
fn paper_with_a_head_keeps_its_room_free() {
    let folder = Folder::new();
    let printed = pages(&folder, &[&BRIEFING[..], &["print.parts=[\"head\"]"]].concat());
    let free =
        pages(&folder, &[&BRIEFING[..], &["print.parts=[\"head\"]", "briefing.head=preprinted"]].concat());
    assert!(!free[0].contains("澜州政协简报") && free[0].contains("第12期"), "{}", free[0]);
    // The name's room is kept: all else stands where it stood.
    assert_eq!(free[0], printed[0].replace("澜州政协简报", ""));
    assert_eq!(free[1..], printed[1..]);
}

#[test]
fn parties_and_bodies_have_an_index() {
    let folder = Folder::new();
    let with = pages(&folder, &["print.parts=[\"parties\"]"]);
    let index = with.iter().find(|p| p.starts_with("党派和单位索引")).unwrap();
    let mut at = 0;
    // Parties in their customary order, then other bodies.
    for words in ["民盟沈怀瑾....", "致公党陆㛃....", "九三学社古丽娜·艾山....", "工商联秦守拙...."]
    {
        at += index[at..].find(words).unwrap_or_else(|| panic!("{words}: {index}"));
    }
    let without = pages(&folder, &["print.parts=[]"]);
    assert!(!without.concat().contains("党派和单位索引"));
}

/// However many pages there are, 版记 stands on an even one and is the last; behind a blank page neither has
/// a number (GB/T 9704-2012, 7.4 and 7.5).
#[test]
fn the_imprint_stands_on_the_last_even_page() {
    let folder = Folder::new();
    let distribution = ["distribution.report=[\"省政协办公厅\"]", "distribution.copies=200"];
    for parts in
        ["[]", "[\"index\"]", "[\"index\",\"parties\"]", "[\"cover\"]", "[\"cover\",\"contents\",\"index\"]"]
    {
        let printed = format!("print.parts={parts}");
        let settings = [&distribution[..], &[printed.as_str()]].concat();
        let pages = pages(&folder, &settings);
        let last = pages.last().unwrap();
        assert!(last.contains("报：省政协办公厅。") && last.contains("（共印200份）"), "{parts}: {last}");
        assert!(pages.len().is_multiple_of(2), "{parts}: {} pages", pages.len());
        assert_eq!(pages.iter().filter(|p| p.contains("共印200份")).count(), 1);
        if pages[pages.len() - 2].is_empty() {
            assert!(!last.contains('—'), "{parts}: {last}");
        }
    }
}

/// A text that is not final says so: in the file's name, below the title, across every page; the pages are
/// filled as without it.
#[test]
fn a_proof_is_not_taken_for_the_text() {
    let folder = Folder::new();
    let text = std::fs::read_to_string(sample()).unwrap();
    let head =
        |more: &str| format!("---\nbriefing:\n  signer: 高远\n  proofreader: 林平\n{more}---\n\n{text}");
    folder.write("final.md", head(""));
    folder.write("draft.md", head("  status: 征求意见稿\n"));
    folder.run(&["build", "final.md", "-f", "pdf", "-o", "out", "-q"]).exits(0);
    folder.run(&["build", "draft.md", "-o", "out", "-q"]).exits(0);
    for ending in ["pdf", "epub", "docx"] {
        assert!(folder.join(&format!("out/draft（征求意见稿）.{ending}")).is_file(), "{ending}");
    }
    let title = unzipped(&folder.join("out/draft（征求意见稿）.epub"), |n| n.ends_with("title.xhtml"));
    assert!(title.contains("（征求意见稿）"), "{title}");
    let draft = folder.join("out/draft（征求意见稿）.pdf");
    let pages = |file: &Path| {
        let printed = jianbao::verify::read_pdf(&std::fs::read(file).unwrap()).unwrap();
        let text =
            |page: &jianbao::verify::Page| page.glyphs.iter().map(|g| g.text.first()).collect::<String>();
        printed.pages.iter().map(text).collect::<Vec<_>>()
    };
    let (with, without) = (pages(&draft), pages(&folder.join("out/final.pdf")));
    assert_eq!(with.len(), without.len());
    for (k, (with, without)) in with.iter().zip(&without).enumerate() {
        // The first page has it below the title too.
        let times = if k == 0 { 2 } else { 1 };
        assert_eq!(with.matches("征求意见稿").count(), times, "page {}: {with}", k + 1);
        let plain = with.replacen("征求意见稿", "", 1).replace("（征求意见稿）", "");
        assert_eq!(plain, *without, "page {}", k + 1);
    }
    let last = without.last().unwrap();
    assert!(last.contains("签发：高远") && last.contains("校对：林平"), "{last}");
    folder.run(&["verify", "draft.md", draft.to_str().unwrap(), "-q"]).exits(0);
}

/// The Word file says so too, below its title; the line is no word of the text, and nothing can hide behind it.
#[test]
fn a_word_file_says_that_it_is_not_final() {
    let folder = Folder::new();
    let text = std::fs::read_to_string(sample()).unwrap();
    folder.write("draft.md", format!("---\nbriefing:\n  status: 征求意见稿\n---\n\n{text}"));
    folder.run(&["build", "draft.md", "-o", "draft.docx", "-q"]).exits(0);
    let document = unzipped(&folder.join("draft.docx"), |n| n == "word/document.xml");
    let paragraphs: Vec<&str> = document.split("</w:p>").collect();
    let at = paragraphs.iter().position(|p| p.contains("（征求意见稿）")).unwrap();
    assert_eq!(document.matches("征求意见稿").count(), 1);
    let style = |k: usize| paragraphs[k].split("<w:pStyle w:val=\"").nth(1).and_then(|s| s.split('"').next());
    assert_eq!(
        [style(at - 1), style(at), style(at + 1)],
        [Some("JbTitle"), Some("JbStatus"), Some("JbEvent")]
    );
    let styles = unzipped(&folder.join("draft.docx"), |n| n == "word/styles.xml");
    assert!(styles.contains("w:val=\"文稿状态\""), "{styles}");
    folder.run(&["verify", "draft.md", "draft.docx"]).exits(0);
    // Of another text, or with more than it should say, it is a line of the text.
    let said = folder.run(&["verify", sample().to_str().unwrap(), "draft.docx"]).exits(1).out();
    assert!(said.contains("征求意见稿"), "{said}");
    // Read back, it is left out and told, and the tree is that of the source.
    let ran = folder.run(&["tree", "draft.docx"]).exits(0);
    assert!(ran.err().contains("briefing.status"), "{}", ran.err());
    let tree = |json: &str| {
        let tree = jianbao::tree::Proceedings::from_json(json).unwrap();
        tree.pieces().into_iter().map(|piece| piece.text).collect::<Vec<_>>()
    };
    assert_eq!(tree(&ran.out()), tree(&folder.run(&["tree", "draft.md"]).exits(0).out()));
}

/// No e-book is made of what is marked secret; a mark that is none of those hinders nothing.
#[test]
fn what_is_secret_becomes_no_e_book() {
    let folder = Folder::new();
    let text = std::fs::read_to_string(sample()).unwrap();
    folder.write("s.md", &text);
    let secret = ["--set", "briefing.security=\"机密★5年\""];
    let said = folder.run(&[&["build", "s.md", "-o", "out"], &secret[..]].concat()).exits(0).err();
    assert!(said.contains("机密★5年") && said.contains("a mark protects nothing"), "{said}");
    assert!(folder.join("out/s.pdf").is_file() && folder.join("out/s.docx").is_file());
    assert!(!folder.join("out/s.epub").exists());
    for asked in [&["-f", "pdf,epub", "-o", "two"][..], &["-o", "two.epub"]] {
        let said = folder.run(&[&["build", "s.md"], asked, &secret].concat()).exits(1).err();
        assert!(said.contains("no e-book"), "{said}");
        assert!(!folder.join("two").exists() && !folder.join("two.epub").exists());
    }
    folder.run(&["build", "s.md", "-o", "three", "--set", "briefing.security=内部资料", "-q"]).exits(0);
    assert!(folder.join("three/s.epub").is_file());
}
