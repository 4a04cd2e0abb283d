//! A booklet's pages lie where folding needs them, whatever the boxes of the source.

use std::collections::BTreeMap;
use std::path::Path;

use jianbao::impose::{Blanks, ImposeError, Layout, Note, Printer, Settings, SheetSize, impose};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::support::{Folder, program};

pub(crate) const MM: f64 = 72.0 / 25.4;
const A4: (f64, f64) = (210.0, 297.0);
pub(crate) const A5: (f64, f64) = (148.0, 210.0);
/// Where every test page has its name, in mm from its lower left corner.
const AT: (f64, f64) = (40.0, 60.0);

/// A PDF to take pages from. `with` changes page `k` (from 0) after it was made.
pub(crate) fn pdf(
    pages: usize,
    size: (f64, f64),
    with: impl Fn(usize, &mut Dictionary, &mut Document),
) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let font = document.add_object(font);
    let mut kids = Vec::new();
    for k in 0..pages {
        let content = document.add_object(Stream::new(Dictionary::new(), named(k, AT)));
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => row([0.0, 0.0, size.0 * MM, size.1 * MM]),
            "Contents" => content,
        };
        with(k, &mut page, &mut document);
        kids.push(Object::Reference(document.add_object(page)));
    }
    let fonts = dictionary! { "Font" => dictionary! { "F" => font } };
    let root =
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => pages as i64, "Resources" => fonts };
    document.objects.insert(tree, root.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    written(document)
}

pub(crate) fn plain(pages: usize, size: (f64, f64)) -> Vec<u8> {
    pdf(pages, size, |_, _, _| {})
}

pub(crate) fn written(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// The name of a page, at a place in mm.
fn named(k: usize, (x, y): (f64, f64)) -> Vec<u8> {
    format!("BT /F 12 Tf {:.3} {:.3} Td (p{}) Tj ET", x * MM, y * MM, k + 1).into_bytes()
}

pub(crate) fn row(values: [f64; 4]) -> Object {
    Object::Array(values.iter().map(|v| Object::Real(*v as f32)).collect())
}

/// Words with the place of their lower left corner on each page, in mm from the page's lower left corner.
fn words(pdf: &Path) -> Vec<BTreeMap<String, (f64, f64)>> {
    let text = program("pdftotext", &["-bbox", pdf.to_str().unwrap(), "-"]);
    let number = |line: &str, key: &str| -> f64 {
        let value = line.split(&format!("{key}=\"")).nth(1).unwrap();
        value.split('"').next().unwrap().parse::<f64>().unwrap() / MM
    };
    let (mut pages, mut height) = (Vec::new(), 0.0);
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            height = number(line, "height");
            pages.push(BTreeMap::new());
        } else if line.starts_with("<word ") {
            let word = line.split('>').nth(1).unwrap().split('<').next().unwrap();
            let place = (number(line, "xMin"), height - number(line, "yMax"));
            assert!(pages.last_mut().unwrap().insert(word.to_owned(), place).is_none(), "{word} twice");
        }
    }
    pages
}

pub(crate) fn settings(layout: Layout, printer: Printer) -> Settings<'static> {
    let mut settings = Settings::default();
    (settings.layout, settings.printer) = (layout, printer);
    settings
}

pub(crate) fn sound(pdf: &Path) {
    let said = program("qpdf", &["--check", pdf.to_str().unwrap()]);
    assert!(said.contains("No syntax or stream encoding errors"), "{said}");
}

#[track_caller]
fn near(found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance, "{found} is not {wanted}");
}

/// What a person with scissors and a stapler would find, worked out from the paper, not from the plan: which
/// pages are on side `side` (from 0) of a booklet of `total` pages, left and right.
fn folded(side: usize, total: usize, signature: usize) -> (usize, usize) {
    let (sheet, per_signature) = (side / 2, signature / 4);
    let first = sheet / per_signature * signature;
    let length = signature.min(total - first);
    let low = first + (sheet % per_signature) * 2 + side % 2;
    let high = first + length - 1 - (low - first);
    if side.is_multiple_of(2) { (high, low) } else { (low, high) }
}

#[test]
fn every_page_is_where_a_folded_sheet_needs_it() {
    let folder = Folder::new();
    for pages in 1..=20_usize {
        let source = plain(pages, A5);
        let total = pages.next_multiple_of(4);
        // The book with its blanks before the last page.
        let position = |k: usize| if k + 1 == pages && pages > 1 { total - 1 } else { k };
        for (layout, signature) in [(Layout::Saddle, total), (Layout::Perfect { signature: 8 }, 8)] {
            for printer in [Printer::Office, Printer::Press] {
                let imposed = impose(&source, &settings(layout, printer)).unwrap();
                let path = folder.write("i.pdf", &imposed.bytes);
                sound(&path);
                let sides = words(&path);
                assert_eq!(sides.len(), total / 2);
                let margin = if printer == Printer::Press { 10.0 } else { 0.0 };
                // The paper, or as much as the marks need.
                let middle = f64::max(297.0, 296.0 + 2.0 * margin) / 2.0;
                let creep = if printer == Printer::Press { 0.1 } else { 0.0 };
                let mut seen = 0;
                for (side, words) in sides.iter().enumerate() {
                    let (left, right) = folded(side, total, signature);
                    let depth = (side / 2 % (signature / 4)) as f64;
                    let mut expected = BTreeMap::new();
                    for (place, x) in
                        [(left, middle - 148.0 + depth * creep), (right, middle - depth * creep)]
                    {
                        if let Some(k) = (0..pages).find(|k| position(*k) == place) {
                            expected.insert(format!("p{}", k + 1), x + AT.0);
                        }
                    }
                    assert_eq!(
                        words.keys().collect::<Vec<_>>(),
                        expected.keys().collect::<Vec<_>>(),
                        "side {side} of {pages} pages, {layout:?}, {printer:?}"
                    );
                    for (word, x) in &expected {
                        near(words[word].0, *x, 0.05);
                        // pdftotext's boxes reach a little below the line.
                        near(words[word].1, margin + AT.1, 1.5);
                        seen += 1;
                    }
                }
                assert_eq!(seen, pages);
            }
        }
    }
}

#[test]
fn a_booklet_of_a5_is_a4_across() {
    let folder = Folder::new();
    folder.write("a5.pdf", plain(6, A5));
    let ran =
        folder.run(&["impose", "a5.pdf", "-o", "out.pdf", "--sheet", "a4", "--layout", "saddle"]).exits(0);
    assert!(ran.err().contains("flipped on the short edge"), "{}", ran.err());
    assert!(ran.err().contains("2 blank pages were added after page 5"), "{}", ran.err());
    let document = Document::load(folder.join("out.pdf")).unwrap();
    for id in document.get_pages().values() {
        let page = document.get_dictionary(*id).unwrap();
        assert_eq!(page.get(b"MediaBox").unwrap(), &row([0.0, 0.0, 841.8898, 595.2756]));
    }
    let catalog = document.catalog().unwrap();
    let preferences = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert_eq!(preferences.get(b"Duplex").unwrap().as_name().unwrap(), b"DuplexFlipShortEdge");
    assert_eq!(preferences.get(b"PrintScaling").unwrap().as_name().unwrap(), b"None");
}

#[test]
fn the_sheet_follows_the_page() {
    for (size, sheet) in [(A5, SheetSize::A4), (A4, SheetSize::A3), ((185.0, 260.0), SheetSize::A3)] {
        let imposed = impose(&plain(4, size), &Settings::default()).unwrap();
        assert_eq!(imposed.sheet, sheet);
    }
    // 16 mo pages stand in the middle of the sheet and meet at the fold.
    let folder = Folder::new();
    let imposed = impose(&plain(4, (185.0, 260.0)), &Settings::default()).unwrap();
    let front = words(&folder.write("i.pdf", imposed.bytes)).remove(0);
    near(front["p1"].0, 210.0 + AT.0, 0.05);
    near(front["p4"].0, 210.0 - 185.0 + AT.0, 0.05);
    near(front["p1"].1, (297.0 - 260.0) / 2.0 + AT.1, 1.5);
    let refused = impose(&plain(4, (297.0, 420.0)), &Settings::default()).unwrap_err();
    assert_eq!(refused, ImposeError::TooLarge { width: 297.0, height: 420.0, sheet: SheetSize::A3 });
}

/// The words of a page do not move when its boxes are described otherwise.
#[test]
fn boxes_turns_and_units_are_understood() {
    let (width, height) = (A5.0 * MM, A5.1 * MM);
    type Change = fn(&mut Dictionary, &mut Document, f64, f64);
    let contents = |page: &mut Dictionary, document: &mut Document, content: Vec<u8>| {
        let id = document.add_object(Stream::new(Dictionary::new(), content));
        page.set("Contents", id);
    };
    let changes: [(&str, Change); 7] = [
        ("an origin of its own", |page, _, w, h| {
            page.set("MediaBox", row([-100.0, 50.0, w - 100.0, h + 50.0]));
        }),
        ("corners the other way round", |page, _, w, h| page.set("MediaBox", row([w, h, 0.0, 0.0]))),
        ("a crop box", |page, _, w, h| {
            page.set("MediaBox", row([-30.0, -30.0, w + 30.0, h + 30.0]));
            page.set("CropBox", row([0.0, 0.0, w, h]));
        }),
        ("a trim with bleed inside marks", |page, _, w, h| {
            page.set("MediaBox", row([-40.0, -40.0, w + 40.0, h + 40.0]));
            page.set("BleedBox", row([-9.0, -9.0, w + 9.0, h + 9.0]));
            page.set("TrimBox", row([0.0, 0.0, w, h]));
        }),
        ("a unit of half a point", |page, _, w, h| {
            page.set("MediaBox", row([0.0, 0.0, 2.0 * w, 2.0 * h]));
            page.set("UserUnit", 0.5_f32);
        }),
        ("a turn", |page, _, w, h| {
            page.set("MediaBox", row([0.0, 0.0, h, w]));
            page.set("Rotate", 90);
        }),
        ("a turn backwards and one round more", |page, _, w, h| {
            page.set("MediaBox", row([0.0, 0.0, h, w]));
            page.set("Rotate", -90 - 360);
        }),
    ];
    let folder = Folder::new();
    for (what, change) in changes {
        let source = pdf(4, A5, |k, page, document| {
            change(page, document, width, height);
            let (x, y) = (AT.0 * MM, AT.1 * MM);
            let matrix = match what {
                "an origin of its own" => format!("1 0 0 1 {} {}", x - 100.0, y + 50.0),
                "a unit of half a point" => format!("2 0 0 2 {} {}", 2.0 * x, 2.0 * y),
                "a turn" => format!("0 1 -1 0 {} {}", height - y, x),
                "a turn backwards and one round more" => format!("0 -1 1 0 {} {}", y, width - x),
                _ => format!("1 0 0 1 {x} {y}"),
            };
            contents(page, document, format!("BT /F 12 Tf {matrix} Tm (p{}) Tj ET", k + 1).into_bytes());
        });
        for printer in [Printer::Office, Printer::Press] {
            let imposed = impose(&source, &settings(Layout::Saddle, printer)).unwrap();
            let front = words(&folder.write("i.pdf", imposed.bytes)).remove(0);
            let (middle, margin) = if printer == Printer::Press { (158.0, 10.0) } else { (148.5, 0.0) };
            near(front["p1"].0, middle + AT.0, 0.05);
            near(front["p4"].0, middle - 148.0 + AT.0, 0.05);
            near(front["p1"].1, margin + AT.1, 1.5);
        }
    }
}

#[test]
fn bleed_is_kept_outside_and_not_across_the_fold() {
    let (w, h) = (A5.0 * MM, A5.1 * MM);
    let source = pdf(4, A5, |k, page, document| {
        page.set("MediaBox", row([-40.0, -40.0, w + 40.0, h + 40.0]));
        page.set("BleedBox", row([-9.0, -9.0, w + 9.0, h + 9.0]));
        page.set("TrimBox", row([0.0, 0.0, w, h]));
        let colour = if k % 2 == 0 { "1 0 0 rg" } else { "0 0 1 rg" };
        let content = format!("{colour} -40 -40 {} {} re f", w + 80.0, h + 80.0);
        let id = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        page.set("Contents", id);
    });
    let imposed = impose(&source, &settings(Layout::Saddle, Printer::Press)).unwrap();
    let folder = Folder::new();
    folder.write("i.pdf", &imposed.bytes);
    let pixel = painted(&folder, "i.pdf");
    // Millimetres from the upper left corner of the sheet: trim at 10, bleed to 6.8, the fold at 158.
    let (red, blue, white) = ([255, 0, 0], [0, 0, 255], [255, 255, 255]);
    for (x, y, colour) in [
        (157.0, 100.0, blue),
        (159.0, 100.0, red),
        (8.0, 100.0, blue),
        (5.0, 100.0, white),
        (308.0, 100.0, red),
        (311.0, 100.0, white),
        (100.0, 8.0, blue),
        (200.0, 222.0, red),
        (100.0, 5.5, white),
    ] {
        assert_eq!(pixel(x, y), colour, "{x} {y}");
    }
    let document = Document::load_mem(&imposed.bytes).unwrap();
    let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
    let boxes = |key: &[u8]| -> Vec<f64> {
        let array = page.get(key).unwrap().as_array().unwrap();
        array.iter().map(|n| f64::from(n.as_float().unwrap())).collect()
    };
    for (key, wanted) in [
        (b"TrimBox".as_slice(), [10.0, 10.0, 306.0, 220.0]),
        (b"BleedBox", [10.0 - 3.175, 10.0 - 3.175, 306.0 + 3.175, 220.0 + 3.175]),
        (b"MediaBox", [0.0, 0.0, 316.0, 230.0]),
    ] {
        for (found, wanted) in boxes(key).iter().zip(wanted) {
            near(found / MM, wanted, 0.01);
        }
    }
}

/// The colour of the first page at a place, in mm from its upper left corner.
pub(crate) fn painted(folder: &Folder, name: &str) -> impl Fn(f64, f64) -> [u8; 3] {
    let out = folder.join("painted");
    let path = folder.join(name);
    let args =
        ["-r", "127", "-f", "1", "-l", "1", "-singlefile", path.to_str().unwrap(), out.to_str().unwrap()];
    program("pdftoppm", &args);
    let ppm = folder.read("painted.ppm");
    let mut fields = Vec::new();
    let mut at = 0;
    while fields.len() < 4 {
        let end = at + ppm[at..].iter().position(u8::is_ascii_whitespace).unwrap();
        fields.push(String::from_utf8(ppm[at..end].to_vec()).unwrap());
        at = end + 1;
    }
    let width: usize = fields[1].parse().unwrap();
    move |x, y| {
        let (x, y) = ((x * 5.0) as usize, (y * 5.0) as usize);
        let start = at + (y * width + x) * 3;
        [ppm[start], ppm[start + 1], ppm[start + 2]]
    }
}

#[test]
fn an_office_printer_gets_its_margin_only_where_ink_would_be_cut() {
    let percent = |source: &[u8]| {
        let imposed = impose(source, &Settings::default()).unwrap();
        imposed.notes.iter().find_map(|n| match n {
            Note::Scaled { percent } => Some(*percent),
            _ => None,
        })
    };
    let (w, h) = (A5.0 * MM, A5.1 * MM);
    let with = |content: String| {
        pdf(4, A5, move |k, page, document| {
            if k == 2 {
                let content = format!("BT /F 12 Tf 100 100 Td (p3) Tj ET {content}");
                let id = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
                page.set("Contents", id);
            }
        })
    };
    let whole = format!("0 0 {w} {h} re");
    assert_eq!(percent(&with(String::new())), None);
    assert_eq!(percent(&with(format!("1 g {whole} f"))), None, "white paper is no ink");
    assert_eq!(
        percent(&with(format!("{whole} W n 0 0 1 1 re f 100 100 50 50 re f"))).map(f64::round),
        Some(96.0)
    );
    assert_eq!(percent(&with(format!("q 50 50 99 99 re W n {whole} f Q"))), None, "clipped away");
    assert_eq!(percent(&with(format!("0.5 g {whole} f"))).map(f64::round), Some(96.0));
    let near_edge = format!("BT /F 12 Tf {} 100 Td (edge) Tj ET", w - 10.0);
    assert_eq!(percent(&with(near_edge)).map(f64::round), Some(96.0));
    // Page 3 is on a right half: what is at its left edge is at the fold, where printers do print.
    assert_eq!(percent(&with("BT /F 12 Tf 1 100 Td (fold) Tj ET".into())), None);
    // Scaled, all of it lies inside the margin.
    let folder = Folder::new();
    let imposed = impose(&with(format!("0.5 g {whole} f")), &Settings::default()).unwrap();
    let document = Document::load_mem(&imposed.bytes).unwrap();
    let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
    let trim = page.get(b"TrimBox").unwrap().as_array().unwrap();
    assert!(f64::from(trim[1].as_float().unwrap()) >= 4.19 * MM);
    sound(&folder.write("i.pdf", imposed.bytes));
    // A press prints it as it is.
    let press = impose(&with(format!("0.5 g {whole} f")), &settings(Layout::Saddle, Printer::Press)).unwrap();
    assert!(!press.notes.iter().any(|n| matches!(n, Note::Scaled { .. })));
}

#[test]
fn several_streams_are_one_and_inherited_resources_are_found() {
    let source = pdf(3, A5, |k, page, document| {
        // The string is begun in one stream and shown in another, as some programs do.
        let first =
            document.add_object(Stream::new(Dictionary::new(), b"BT /F 12 Tf 113.386 170.079 Td".to_vec()));
        let mut second = Stream::new(Dictionary::new(), format!("(p{}) Tj ET", k + 1).into_bytes());
        second.compress().unwrap();
        let second = document.add_object(second);
        page.set("Contents", vec![Object::Reference(first), Object::Reference(second)]);
    });
    let folder = Folder::new();
    let imposed = impose(&source, &Settings::default()).unwrap();
    let sides = words(&folder.write("i.pdf", imposed.bytes));
    near(sides[0]["p1"].0, 148.5 + AT.0, 0.05);
    near(sides[1]["p2"].0, 0.5 + AT.0, 0.05);
}

#[test]
fn a_test_sheet_is_one_sheet_whose_crosses_meet() {
    let folder = Folder::new();
    folder.write("a.pdf", plain(20, A5));
    folder.run(&["impose", "a.pdf", "-o", "t.pdf", "--test-sheet"]).exits(0);
    sound(&folder.join("t.pdf"));
    let sides = words(&folder.join("t.pdf"));
    assert_eq!(sides.len(), 2);
    assert!(sides[0].contains_key("p20") && sides[0].contains_key("p1"));
    // The cross is 20 mm from the upper corner: the right one in front, the left one behind.
    let front = painted(&folder, "t.pdf");
    assert!(dark(&front, 277.0, 20.0) && !dark(&front, 20.0, 20.0) && !dark(&front, 277.0, 190.0));
    let back = folder.join("back.pdf");
    program(
        "qpdf",
        &[folder.join("t.pdf").to_str().unwrap(), "--pages", ".", "2", "--", back.to_str().unwrap()],
    );
    let back = painted(&folder, "back.pdf");
    assert!(dark(&back, 20.0, 20.0) && !dark(&back, 277.0, 20.0));
}

/// Whether something is drawn within a millimetre.
fn dark(pixel: &impl Fn(f64, f64) -> [u8; 3], x: f64, y: f64) -> bool {
    (-5..=5).any(|dx| (-5..=5).any(|dy| pixel(x + f64::from(dx) / 5.0, y + f64::from(dy) / 5.0)[0] < 128))
}

#[test]
fn the_other_binding_mirrors_and_blanks_may_stand_last() {
    let folder = Folder::new();
    folder.write("a.pdf", plain(6, A5));
    let args = ["impose", "a.pdf", "-o", "b.pdf", "--binding", "right", "--blanks", "end"];
    let said = folder.run(&args).exits(0).err();
    assert!(said.contains("after page 6"), "{said}");
    let sides = words(&folder.join("b.pdf"));
    near(sides[0]["p1"].0, 0.5 + AT.0, 0.05);
    assert_eq!(sides[0].len(), 1);
    near(sides[2]["p3"].0, 0.5 + AT.0, 0.05);
    near(sides[2]["p6"].0, 148.5 + AT.0, 0.05);
}

#[test]
fn creep_is_what_was_asked_for() {
    let folder = Folder::new();
    let mut settings = settings(Layout::Saddle, Printer::Office);
    for creep in [0.0, 0.25] {
        settings.creep = Some(creep);
        let imposed = impose(&plain(20, A5), &settings).unwrap();
        let sides = words(&folder.write("i.pdf", imposed.bytes));
        // The innermost of five sheets.
        near(sides[8]["p9"].0, 148.5 + AT.0 - 4.0 * creep, 0.05);
        near(sides[8]["p12"].0, 0.5 + AT.0 + 4.0 * creep, 0.05);
    }
}

#[test]
fn perfect_binding_has_signatures_and_their_marks() {
    let mut press = settings(Layout::Perfect { signature: 16 }, Printer::Press);
    press.blanks = Blanks::End;
    let imposed = impose(&plain(40, A5), &press).unwrap();
    let depths: Vec<(usize, usize)> = imposed.plan.sheets.iter().map(|s| (s.signature, s.depth)).collect();
    let wanted = [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3), (2, 0), (2, 1)];
    assert_eq!(depths, wanted);
    let folder = Folder::new();
    folder.write("i.pdf", &imposed.bytes);
    let pixel = painted(&folder, "i.pdf");
    // Collating bar at the fold, cut mark beside the trim, fold mark above it.
    assert!(dark(&pixel, 158.0, 32.0) && dark(&pixel, 5.0, 10.0) && dark(&pixel, 158.0, 4.0));
    assert!(!dark(&pixel, 158.0, 50.0));
}
