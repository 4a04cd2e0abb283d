//! What a printing house gets: body and cover apart, boxes exact, black ink for text, one ink for the red, and a
//! report that says what is in the files.

use std::path::Path;

use serde_json::Value;

use crate::support::{Folder, fixture, program, python, real_text, sample, squeezed, typst};

const MM: f64 = 72.0 / 25.4;

/// Builds for a printing house into the folder `o`.
#[track_caller]
fn pressed(source: &Path, more: &[&str]) -> Folder {
    let folder = Folder::new();
    let source = source.to_str().unwrap();
    folder.run(&[&["build", source, "-f", "pdf", "--press", "-o", "o"], more].concat()).exits(0);
    folder
}

fn report(folder: &Folder, name: &str) -> Value {
    serde_json::from_slice(&folder.read(name)).unwrap()
}

/// What somebody else's program reads in a PDF: boxes, operators of colour with their operands, colour spaces, and
/// what a file for print must not have.
fn read(pdf: &Path) -> Value {
    const SCRIPT: &str = r#"
import json, sys, pikepdf
pdf = pikepdf.open(sys.argv[1])
used, spaces = set(), set()
def walk(stream, resources, depth=0):
    for space in (resources.get('/ColorSpace', {}) or {}).values():
        spaces.add(str(space[0]) + ' ' + str(space[1]) + ' ' + str(space[2]) if space[0] == '/Separation' else str(space[0]))
    for operands, operator in pikepdf.parse_content_stream(stream):
        if str(operator) in ('g','G','rg','RG','k','K','cs','CS','sc','SC','scn','SCN','sh','BI'):
            used.add(' '.join([str(o) for o in operands if not str(o).startswith('/c')] + [str(operator)]))
    for form in (resources.get('/XObject', {}) or {}).values():
        if form.get('/Subtype') == '/Form':
            walk(form, form.get('/Resources', resources), depth + 1)
for page in pdf.pages:
    walk(page, page.Resources)
box = lambda p, k: [float(x) for x in p.obj[k]] if k in p.obj else None
print(json.dumps({
    'version': pdf.pdf_version,
    'boxes': [[box(p, '/MediaBox'), box(p, '/BleedBox'), box(p, '/TrimBox')] for p in pdf.pages],
    'used': sorted(used), 'spaces': sorted(spaces),
    'intents': '/OutputIntents' in pdf.Root,
    'links': sum(len(p.obj.get('/Annots', [])) for p in pdf.pages),
    'claims': b'pdfaid' in pdf.Root.Metadata.read_bytes() or b'pdfuaid' in pdf.Root.Metadata.read_bytes(),
    'tags': '/StructTreeRoot' in pdf.Root,
}))
"#;
    let python = python();
    let said = program(python.to_str().unwrap(), &["-c", SCRIPT, pdf.to_str().unwrap()]);
    serde_json::from_str(&said).unwrap()
}

#[track_caller]
fn boxes_are(read: &Value, width: f64, height: f64, bleed: f64) {
    let pages = read["boxes"].as_array().unwrap();
    assert!(!pages.is_empty());
    let (w, h, b) = (width * MM, height * MM, bleed * MM);
    let outer = [0.0, 0.0, w + 2.0 * b, h + 2.0 * b];
    for page in pages {
        for (k, wanted) in [outer, outer, [b, b, b + w, b + h]].into_iter().enumerate() {
            for (side, wanted) in wanted.into_iter().enumerate() {
                let found = page[k][side].as_f64().unwrap_or(f64::NAN);
                assert!((found - wanted).abs() < 0.01, "{page}: {found} is not {wanted}");
            }
        }
    }
}

fn words(values: &Value) -> Vec<&str> {
    values.as_array().unwrap().iter().filter_map(Value::as_str).collect()
}

#[test]
fn trim_and_bleed_are_exact() {
    for (profile, width, height) in [("briefing", 210.0, 297.0), ("booklet", 148.0, 210.0)] {
        for bleed in [3.0, 5.5, 0.0] {
            let set = format!("press.bleed={bleed}");
            let perfect = ["--profile", profile, "--set", &set, "--set", "press.binding=perfect"];
            let folder = pressed(&sample(), &perfect);
            let found = report(&folder, "o/sample-preflight.json");
            let spine = found["spine"]["mm"].as_f64().unwrap();
            assert_eq!((spine, found["ok"].as_bool()), (0.8, Some(true)), "{profile}");
            boxes_are(&read(&folder.join("o/sample-body.pdf")), width, height, bleed);
            boxes_are(&read(&folder.join("o/sample-cover.pdf")), 2.0 * width + spine, height, bleed);
        }
    }
}

#[test]
fn text_has_one_black_ink_and_the_red_one_of_its_own() {
    for source in [sample(), fixture("rich.md")] {
        let name = ["--set", "briefing.name=政协简报", "--set", "output_name=b"];
        let spot = ["--set", "press.spot=PANTONE 186 C", "--set", "press.cmyk=[0, 100, 80, 5]"];
        let head = ["--set", "print.parts=[\"cover\", \"head\", \"contents\", \"index\"]"];
        let folder = pressed(&source, &[&name[..], &spot, &head].concat());
        for file in ["o/b-body.pdf", "o/b-cover.pdf"] {
            let found = read(&folder.join(file));
            let allowed = ["0 0 0 1 k", "0 0 0 1 K", "cs", "CS", "1 scn", "1 SCN"];
            let used = words(&found["used"]);
            assert!(used.iter().all(|u| allowed.contains(u)), "{file}: {used:?}");
            let spaces = words(&found["spaces"]);
            assert!(spaces.iter().all(|s| *s == "/Separation /PANTONE 186 C /DeviceCMYK"), "{spaces:?}");
            // The name in red stands over the text, the red lines on the cover.
            assert!(used.contains(&"0 0 0 1 k") && !spaces.is_empty(), "{file}: {used:?}");
            assert_eq!((&found["intents"], &found["claims"]), (&false.into(), &false.into()), "{file}");
            assert_eq!((&found["links"], &found["tags"]), (&0.into(), &false.into()), "{file}");
            let said = program("qpdf", &["--check", folder.join(file).to_str().unwrap()]);
            assert!(said.contains("No syntax or stream encoding errors"), "{said}");
        }
    }
}

#[test]
fn without_a_spot_colour_the_red_is_in_process_inks() {
    let folder = pressed(&sample(), &["--set", "press.spot=", "--set", "press.cmyk=[0, 100, 80, 0]"]);
    let used = read(&folder.join("o/sample-cover.pdf"));
    assert_eq!(words(&used["used"]), ["0 0 0 1 k", "0 1 0.8 0 K"]);
    assert_eq!(report(&folder, "o/sample-preflight.json")["settings"]["spot"], Value::Null);
    let folder = pressed(&sample(), &["--profile", "large-print"]);
    assert_eq!(words(&read(&folder.join("o/sample-cover.pdf"))["used"]), ["0 0 0 1 K", "0 0 0 1 k"]);
}

/// The text of every page.
fn texts(pdf: &Path) -> Vec<String> {
    let text = program("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"]);
    // Where blanks are is the program's guess.
    let mut pages: Vec<String> = text.split('\u{c}').map(squeezed).collect();
    pages.pop();
    pages
}

#[test]
fn pages_hold_what_those_of_the_ordinary_pdf_hold() {
    let sources = [Some(sample()), Some(fixture("rich.md")), real_text()];
    for source in sources.into_iter().flatten() {
        for (profile, cover) in [("briefing", 2), ("phone", 1)] {
            let set = ["--profile", profile, "--set", "output_name=b"];
            let folder = pressed(&source, &set);
            let ordinary = ["build", source.to_str().unwrap(), "-f", "pdf", "-o", "o"];
            folder.run(&[&ordinary[..], &set].concat()).exits(0);
            let (all, body) = (texts(&folder.join("o/b.pdf")), texts(&folder.join("o/b-body.pdf")));
            assert_eq!(body.len() + cover, all.len(), "{}", source.display());
            for (k, (one, other)) in body.iter().zip(&all[cover..]).enumerate() {
                assert_eq!(one, other, "{} page {}", source.display(), k + 1);
            }
            assert_eq!(texts(&folder.join("o/b-cover.pdf")), all[..1]);
        }
    }
}

#[test]
fn the_spine_is_as_wide_as_the_leaves() {
    // Nine pages: 16 with the blanks of the last signature.
    for (paper, signature, blanks, mm) in
        [("0.1", None, 7, 0.8), ("0.5", Some("press.signature=4"), 3, 3.0), ("0.7", None, 7, 5.6)]
    {
        let paper = format!("press.paper={paper}");
        let mut set = vec!["--set", "press.binding=perfect", "--set", &paper];
        set.extend(signature.iter().flat_map(|s| ["--set", *s]));
        let folder = pressed(&sample(), &set);
        let found = report(&folder, "o/sample-preflight.json");
        let spine = &found["spine"];
        assert_eq!((spine["pages"].as_u64(), spine["blanks"].as_u64()), (Some(9), Some(blanks)), "{spine}");
        assert_eq!(spine["mm"].as_f64(), Some(mm), "{spine}");
        assert_eq!(spine["has_title"].as_bool(), Some(mm >= 5.0), "{spine}");
        let cover = program("pdftotext", &["-raw", folder.join("o/sample-cover.pdf").to_str().unwrap(), "-"]);
        // The title on the spine stands one character below the other.
        let is_upright = cover.contains("围\n绕");
        assert_eq!(is_upright, mm >= 5.0, "{cover}");
    }
}

#[test]
fn the_same_source_gives_the_same_bytes_by_both_engines_the_same_pages() {
    let (one, two) = (pressed(&sample(), &[]), pressed(&sample(), &[]));
    for name in ["o/sample-body.pdf", "o/sample-cover.pdf", "o/sample-preflight.json"] {
        assert_eq!(one.read(name), two.read(name), "{name}");
    }
    let other = Folder::new();
    let (source, engine) = (sample(), typst());
    let args =
        ["build", source.to_str().unwrap(), "-f", "pdf", "--press", "--engine", "typst-cli", "-o", "o"];
    other.run_with(&args, &[("JIANBAO_TYPST", &engine)]).exits(0);
    for name in ["o/sample-body.pdf", "o/sample-cover.pdf"] {
        let (one, two) = (one.join(name), other.join(name));
        assert_eq!((read(&one), texts(&one)), (read(&two), texts(&two)), "{name}");
    }
}

/// A picture of one colour.
fn picture(folder: &Folder, name: &str, size: u32, mode: &str) {
    let python = python();
    let path = folder.join(name);
    let script = format!(
        "from PIL import Image; Image.new('{mode}', ({size}, {size})).save(r'{}')",
        path.to_str().unwrap()
    );
    program(python.to_str().unwrap(), &["-c", &script]);
}

const SPEECH: &str = "# 书\n\n### 修好百年老街 留住街坊邻里\n\n龚㛃 市政协委员\n\n先把电线理顺。\n\n";

#[test]
fn coarse_pictures_and_colours_of_the_screen_are_told() {
    let folder = Folder::new();
    picture(&folder, "coarse.png", 300, "RGB");
    picture(&folder, "fine.png", 3000, "L");
    folder.write("s.md", format!("{SPEECH}![图](coarse.png)\n\n![图](fine.png)\n"));
    let ran = folder.run(&["build", "s.md", "-f", "pdf", "--press", "-o", "o"]).exits(0);
    let said = ran.err();
    assert!(said.contains("300×300 (72 ppi)") && said.contains("not in inks (rgb)"), "{said}");
    let found = report(&folder, "o/s-preflight.json");
    let failed: Vec<&str> = found["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["ok"] == false)
        .filter_map(|c| c["id"].as_str())
        .collect();
    assert_eq!(failed, ["inks/drawings", "pictures/resolution", "pages/signature"]);
    let inks = [0, 1].map(|k| found["files"][0]["pictures"][k]["ink"].as_str().unwrap().to_owned());
    assert_eq!(inks, ["rgb", "black"]);
}

#[test]
fn names_in_another_font_are_told() {
    let folder = Folder::new();
    folder.write("s.md", SPEECH);
    let set = ["--set", "fonts.hei=FandolFang"];
    let ran =
        folder.run(&[&["build", "s.md", "-f", "pdf", "--press", "-o", "o"], &set[..]].concat()).exits(0);
    assert!(
        ran.err().contains("\"㛃\" (U+36C3) of 龚㛃 stands in Noto Serif SC: FandolFang has not got it"),
        "{}",
        ran.err()
    );
    let found = report(&folder, "o/s-preflight.json");
    assert_eq!(found["fallbacks"][0]["role"], "hei");
    assert_eq!(found["fallbacks"][0]["names"][0], "龚㛃");
}

/// A template of one's own may bring the colours of the screen back: the files are made, a person is needed.
#[test]
fn text_in_colours_of_the_screen_is_an_error() {
    let folder = Folder::new();
    folder.write("s.md", SPEECH);
    folder.write("jianbao.toml", "sources = ['s.md']\noutput_name = 's'\n");
    let template = std::fs::read_to_string(crate::support::root().join("templates/pdf/index.typ")).unwrap();
    folder.write(
        "templates/pdf/index.typ",
        template.replace("section-title(\"发言人索引\")", "text(fill: blue)[索引]"),
    );
    let ran = folder.run(&["build", "-f", "pdf", "--press"]).exits(1);
    assert!(ran.err().contains("text in colours of the screen (rgb) on page"), "{}", ran.err());
    assert_eq!(report(&folder, "output/s-preflight.json")["ok"], false);
    assert!(folder.join("output/s-body.pdf").exists() && folder.join("output/s-cover.pdf").exists());
}

#[test]
fn a_book_without_a_cover_has_none_and_other_formats_stay_what_they_are() {
    let folder = Folder::new();
    let source = sample();
    let source = source.to_str().unwrap();
    let contents = ["--set", "print.parts=[\"contents\"]"];
    folder.run(&[&["build", source, "--press", "-o", "o"], &contents[..]].concat()).exits(0);
    let made = ["o/sample-body.pdf", "o/sample-preflight.json", "o/sample.docx", "o/sample.epub"];
    assert_eq!(folder.files(), made);
    folder.run(&["build", source, "-f", "pdf", "--press", "-o", "named.pdf"]).exits(0);
    assert!(folder.join("named-body.pdf").exists() && !folder.join("named.pdf").exists());
    folder.run(&["build", source, "-f", "epub", "--press"]).exits(2);
    folder.run(&["build", source, "-f", "pdf", "--press", "-o", "-"]).exits(2);
    for wrong in ["press.signature=6", "press.spot=Black", "press.bleed=-1", "press.binding=stapled"] {
        folder.run(&["build", source, "-f", "pdf", "--press", "--set", wrong]).exits(2);
    }
}

#[test]
fn the_body_can_be_imposed_with_its_bleed() {
    let folder = pressed(&sample(), &["--profile", "booklet"]);
    let args = ["impose", "o/sample-body.pdf", "-o", "sheets.pdf", "--printer", "press"];
    folder.run(&args).exits(0);
    let said = program("qpdf", &["--check", folder.join("sheets.pdf").to_str().unwrap()]);
    assert!(said.contains("No syntax or stream encoding errors"), "{said}");
}
