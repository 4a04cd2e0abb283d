//! The e-book's page marks stand where the printed pages of the same run turn.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{Folder, build, built, hanzi, judge, program, sample, sources, unzipped};

/// A mark: the page it names, and what stands behind it in the book.
struct Mark {
    page: usize,
    behind: String,
}

/// The entries of the page list: page and destination.
fn page_list(book: &Path) -> Vec<(usize, String)> {
    let nav = unzipped(book, |n| n.ends_with("nav.xhtml"));
    let Some((_, list)) = nav.split_once("epub:type=\"page-list\"") else { return Vec::new() };
    let links = list.split("<a href=\"").skip(1).map(|l| l.split_once("\">").unwrap());
    links.map(|(href, rest)| (rest.split('<').next().unwrap().parse().unwrap(), href.to_owned())).collect()
}

/// The text of a document without tags, notes and the marks of notes.
fn text(xhtml: &str) -> String {
    let body = xhtml.split("<section class=\"notes\"").next().unwrap();
    let mut out = String::new();
    let mut in_tag = false;
    for c in body.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out
}

fn marks(book: &Path) -> Vec<Mark> {
    let opf = unzipped(book, |n| n.ends_with("content.opf"));
    let files: Vec<&str> =
        opf.split("<itemref idref=\"").skip(1).map(|r| r.split('"').next().unwrap()).collect();
    let href = |id: &str| {
        let item = opf.split("<item ").find(|i| i.contains(&format!("id=\"{id}\""))).unwrap();
        item.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let files: Vec<String> = files.into_iter().map(href).collect();
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for file in &files {
        texts.insert(file, unzipped(book, |n| n.ends_with(&format!("/{file}"))));
    }
    let found = page_list(book).into_iter().map(|(page, href)| {
        let (file, id) = href.split_once('#').unwrap();
        let mark = format!(
            "<span id=\"{id}\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" aria-label=\"{page}\"/>"
        );
        let (_, behind) = texts[file].split_once(&mark).unwrap_or_else(|| panic!("no {mark} in {file}"));
        let mut behind = text(behind);
        for next in files
            .iter()
            .skip_while(|f| *f != file)
            .skip(1)
            .filter(|f| !["index.xhtml", "nav.xhtml"].contains(&f.as_str()))
        {
            behind += &text(texts[next.as_str()].split_once("<body").unwrap().1);
        }
        Mark { page, behind }
    });
    found.collect()
}

/// The printed pages by their numbers, without them.
fn printed(pdf: &Path) -> BTreeMap<usize, String> {
    let text = program("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
    // The number is what is printed last; profiles for screens set it without dashes.
    let page = |page: &str| {
        let (rest, last) = page.trim_end().rsplit_once('\n').unwrap_or(("", page.trim()));
        let number = last.trim().trim_start_matches('—').trim_end_matches('—').trim();
        Some((number.parse().ok()?, rest.to_owned()))
    };
    text.split('\u{c}').filter_map(page).collect()
}

/// Holds every mark against the page it names, and every page that has text against the marks. `repeated`
/// are heads of tables that stand on a page again and are no text of it. How many there are.
#[track_caller]
fn assert_marks(book: &Path, pdf: &Path, repeated: &[&str]) -> usize {
    let (marks, pages) = (marks(book), printed(pdf));
    for mark in &marks {
        let page = hanzi(&pages[&mark.page]);
        let head =
            repeated.iter().find(|head| page.starts_with(**head) && !hanzi(&mark.behind).starts_with(**head));
        let top = head.map_or(page.as_str(), |head| &page[head.len()..]);
        let behind: String = hanzi(&mark.behind).chars().take(12).collect();
        assert!(top.starts_with(&behind), "page {}: {behind} is not at the top of {top}", mark.page);
        assert_eq!(behind.chars().count(), 12);
    }
    let is_text = |page: &str| !page.starts_with("发言人索引") && !hanzi(page).is_empty();
    let first_of_index =
        pages.iter().find(|(_, p)| p.starts_with("发言人索引")).map_or(usize::MAX, |(n, _)| *n);
    let wanted: Vec<usize> =
        pages.iter().filter(|(n, p)| **n < first_of_index && is_text(p)).map(|(n, _)| *n).collect();
    assert_eq!(marks.iter().map(|m| m.page).collect::<Vec<_>>(), wanted);
    marks.len()
}

#[test]
fn what_follows_a_mark_stands_at_the_top_of_its_page() {
    for source in sources() {
        let folder = build(&source, "pdf,epub");
        let count = assert_marks(&built(&folder, "epub"), &built(&folder, "pdf"), &[]);
        eprintln!("{}: {count} of {count} marks", source.display());
        assert!(count > 3);
    }
}

/// Pages that begin inside everything: a list in a list, a quotation, a table whose head is printed again, words
/// that are strong or a link, text with notes.
fn everything() -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let words = |k: usize, n: usize| -> String {
        let number = |n: usize| [n / 1000, n / 100, n / 10, n].map(|d| DIGITS[d % 10]);
        (0..n).flat_map(|x| number(k * 37 + x).into_iter().chain("件民生实事已经办结，".chars())).collect()
    };
    let mut text =
        String::from("# 办好民生小事\n\n## 让老城住得更舒心 让新城更便利\n\n李明（市政协委员）\n\n");
    for k in 0..12 {
        text += &format!(
            "{}**{}**[{}](https://example.org/){}[^{k}]。\n\n",
            words(k, 4),
            words(k + 20, 5),
            words(k + 40, 5),
            words(k + 60, 8)
        );
        text += &format!("[^{k}]: {}。\n\n", words(k + 500, 6));
    }
    for k in 0..9 {
        text += &format!(
            "{}. {}。\n\n   - {}。\n   - {}。\n\n",
            k + 1,
            words(k + 100, 9),
            words(k + 120, 7),
            words(k + 140, 7)
        );
    }
    for k in 0..5 {
        text += &format!("> {}。\n>\n> {}。\n\n", words(k + 200, 16), words(k + 220, 16));
    }
    text += "| 序号 | 事项名称 | 完成情况说明 |\n|---|---|---|\n";
    for k in 0..40 {
        text += &format!("| {} | {} | {} |\n", k + 1, words(k + 300, 1), words(k + 350, 1 + k % 7));
    }
    text + &format!("\n{}。\n", words(400, 60))
}

#[test]
fn pages_that_begin_inside_everything() {
    for profile in ["briefing", "booklet", "16k", "large-print", "screen", "phone"] {
        let folder = Folder::new();
        let source = folder.write("a.md", everything());
        let path = source.to_str().unwrap();
        folder.run(&["build", path, "-f", "pdf,epub", "-o", "o", "--profile", profile]).exits(0);
        let (book, pdf) = (built(&folder, "epub"), built(&folder, "pdf"));
        let count = assert_marks(&book, &pdf, &["序号事项名称完成情况说明"]);
        eprintln!("{profile}: {count} of {count} marks");
        judge("epubcheck.sh", &[&book]);
    }
}

#[test]
fn without_a_cover_the_first_page_begins_with_the_title() {
    for source in sources().into_iter().filter(|s| !s.ends_with("rich.md")) {
        let folder = Folder::new();
        let path = source.to_str().unwrap();
        let args = ["build", path, "-f", "pdf,epub", "-o", "o", "--set", "print.parts=[\"contents\"]"];
        folder.run(&args).exits(0);
        let (book, pdf) = (built(&folder, "epub"), built(&folder, "pdf"));
        assert_marks(&book, &pdf, &[]);
        assert_eq!(page_list(&book)[0], (1, "title.xhtml#page-1".to_owned()));
    }
}

#[test]
fn asked_for_alone_it_is_the_same() {
    let source = sample();
    let (with, alone) = (build(&source, "pdf,epub"), Folder::new());
    let path = source.to_str().unwrap();
    alone.run(&["build", path, "-f", "epub", "-o", "o", "--page-list"]).exits(0);
    assert!(with.read("o/sample.epub") == alone.read("o/sample.epub"));
    assert_eq!(alone.files(), ["o/sample.epub"]);
    assert!(page_list(&built(&build(&source, "epub"), "epub")).is_empty(), "nobody laid out pages");
}

#[test]
fn what_the_book_says_of_its_pages() {
    let folder = build(&sample(), "pdf,epub");
    let book = built(&folder, "epub");
    let pages = page_list(&book);
    let opf = unzipped(&book, |n| n.ends_with("content.opf"));
    for wanted in [
        "<meta property=\"pageBreakSource\">",
        "<dc:source id=\"print\">",
        "<meta refines=\"#print\" property=\"source-of\">pagination</meta>",
        ">pageBreakMarkers</meta>",
        ">pageNavigation</meta>",
    ] {
        assert!(opf.contains(wanted), "{wanted}: {opf}");
    }
    let ncx = unzipped(&book, |n| n.ends_with("toc.ncx"));
    for (page, href) in &pages {
        assert!(ncx.contains(&format!("type=\"normal\" value=\"{page}\"")), "{page}: {ncx}");
        assert!(ncx.contains(&format!("<content src=\"{href}\"/>")), "{href}: {ncx}");
    }
    assert!(ncx.contains(&format!("name=\"dtb:totalPageCount\" content=\"{}\"", pages.len())));
}

#[test]
fn what_cannot_be_marked_is_refused() {
    let folder = Folder::new();
    let path = sample();
    let path = path.to_str().unwrap();
    let ran = folder.run(&["build", path, "-f", "docx", "--page-list"]).exits(2);
    assert!(ran.err().contains("epub has to be among the formats"), "{}", ran.err());
    let ran = folder.run(&["build", path, "-f", "epub", "--page-list", "--engine", "typst-cli"]).exits(2);
    assert!(ran.err().contains("--page-list needs the embedded engine"), "{}", ran.err());
}
