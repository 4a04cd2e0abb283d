//! A profile of pages is data: the built-in ones, one's own in a file or in the settings, and a
//! sentence where it cannot be.

use std::path::Path;

use crate::support::{Folder, program, sample, squeezed};

const BUILT_IN: [(&str, f64, f64); 6] = [
    ("briefing", 210.0, 297.0),
    ("booklet", 148.0, 210.0),
    ("16k", 185.0, 260.0),
    ("large-print", 210.0, 297.0),
    ("screen", 210.0, 297.0),
    ("phone", 90.0, 160.0),
];

/// Width and height of the pages, in mm.
fn page_size(pdf: &Path) -> (f64, f64) {
    let info = program("pdfinfo", &[pdf.to_str().unwrap()]);
    let line = info.lines().find(|l| l.starts_with("Page size:")).unwrap();
    let mut numbers = line.split_whitespace().filter_map(|w| w.parse::<f64>().ok());
    let mm = |pt: f64| (pt / 72.0 * 25.4 * 10.0).round() / 10.0;
    (mm(numbers.next().unwrap()), mm(numbers.next().unwrap()))
}

#[test]
fn every_built_in_profile_sets_its_page() {
    let folder = Folder::new();
    for (name, width, height) in BUILT_IN {
        let file = format!("{name}.pdf");
        let path = sample();
        folder.run(&["build", path.to_str().unwrap(), "--profile", name, "-o", &file]).exits(0);
        assert_eq!(page_size(&folder.join(&file)), (width, height), "{name}");
    }
}

#[test]
fn ones_own_profile_extends_another() {
    let folder = Folder::new();
    folder.write("s.md", std::fs::read(sample()).unwrap());
    folder.write(
        "templates/profiles/square.toml",
        "extends = 'booklet'\npage = { width = 150, height = 200 }\n",
    );
    folder.write(
        "jianbao.toml",
        "sources = ['s.md']\n[print]\nprofile = 'mine'\n[profile.mine]\nextends = 'square'\n\
         page = { width = 152.5 }\n",
    );
    folder.run(&["build", "-f", "pdf", "-o", "a.pdf"]).exits(0);
    assert_eq!(page_size(&folder.join("a.pdf")), (152.5, 200.0));
    folder.run(&["build", "-o", "b.pdf", "--profile", "square"]).exits(0);
    assert_eq!(page_size(&folder.join("b.pdf")), (150.0, 200.0));
    folder.run(&["build", "-o", "c.pdf", "--set", "profile.mine.page.height=210"]).exits(0);
    assert_eq!(page_size(&folder.join("c.pdf")), (152.5, 210.0));
}

/// What is said of a profile that cannot be, in both languages.
fn said(own: &str) -> String {
    let folder = Folder::new();
    folder.write("s.md", std::fs::read(sample()).unwrap());
    folder.write("jianbao.toml", format!("sources = ['s.md']\n{own}"));
    let mut text = String::new();
    for lang in ["zh-CN", "en"] {
        let ran = folder.run(&["build", "-f", "pdf", "--lang", lang]).exits(2);
        text += &ran.err().replace(folder.path().to_str().unwrap(), "<folder>");
    }
    assert!(!folder.files().iter().any(|f| f.ends_with(".pdf")));
    text
}

#[test]
fn what_cannot_be_is_said() {
    let mut text = String::new();
    for own in [
        "[print]\nprofile = 'bookelt'\n",
        "[print]\nprofile = 'mine'\n[profile.mine.text]\nsize = 16\n",
        "[print]\nprofile = 'mine'\n[profile.mine.text]\nrows = 40\n",
        "[print]\nprofile = 'mine'\n[profile.mine.page]\narea_width = 200\n",
        "[print]\nprofile = 'mine'\n[profile.mine.page]\nwidht = 200\n",
        "[print]\nprofile = 'mine'\n[profile.mine.folio]\nplace = 'left'\n",
        "[print]\nprofile = 'mine'\n[profile.mine.color]\naccent = 'red'\n",
        "[print]\nprofile = 'one'\n[profile.one]\nextends = 'two'\n[profile.two]\nextends = 'one'\n",
    ] {
        text += &said(own);
    }
    insta::assert_snapshot!(text);
}

/// A profile's settings do not lead out of the templates' folder.
#[test]
fn a_profiles_name_is_no_path() {
    let folder = Folder::new();
    folder.write("x.toml", "page = { width = 100 }\n");
    folder.write("jianbao.toml", "sources = ['s.md']\n[print]\nprofile = '../../x'\n");
    folder.write("s.md", std::fs::read(sample()).unwrap());
    folder.run(&["build", "-f", "pdf"]).exits(2);
}

/// A booklet's whole way: set as A5, laid out on A4 across, every page where the folded sheet needs it.
#[test]
fn a_booklet_goes_on_sheets() {
    let folder = Folder::new();
    let path = sample();
    folder.run(&["build", path.to_str().unwrap(), "--profile", "booklet", "-o", "a5.pdf"]).exits(0);
    folder.run(&["impose", "a5.pdf", "-o", "a4.pdf", "--sheet", "a4", "--layout", "saddle"]).exits(0);
    let sheets = folder.join("a4.pdf");
    assert_eq!(page_size(&sheets), (297.0, 210.0));
    program("qpdf", &["--check", sheets.to_str().unwrap()]);
    let text = program("pdftotext", &["-raw", folder.join("a5.pdf").to_str().unwrap(), "-"]);
    let mut pages: Vec<String> = text.split('\u{c}').map(squeezed).collect();
    // Behind the last form feed stands nothing.
    pages.pop();
    // Blank pages go before the last, which stays the back.
    let last = pages.pop().unwrap();
    while !(pages.len() + 1).is_multiple_of(4) {
        pages.push(String::new());
    }
    pages.push(last);
    let total = pages.len();
    let half = |side: usize, left: bool| {
        let (number, x) = ((side + 1).to_string(), if left { "0" } else { "421" });
        let area = ["-raw", "-f", &number, "-l", &number, "-x", x, "-y", "0", "-W", "421", "-H", "596"];
        let file = sheets.to_str().unwrap();
        squeezed(&program("pdftotext", &[&area[..], &[file, "-"]].concat()))
    };
    for sheet in 0..total / 4 {
        let (front, back) = (2 * sheet, 2 * sheet + 1);
        let places = [
            (front, true, total - 2 * sheet),
            (front, false, 1 + 2 * sheet),
            (back, true, 2 + 2 * sheet),
            (back, false, total - 1 - 2 * sheet),
        ];
        for (side, left, page) in places {
            assert_eq!(half(side, left), pages[page - 1], "side {side}, left {left}: page {page} of {total}");
        }
    }
}
