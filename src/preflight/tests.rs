//! Files with one thing wrong each, and the check that says so.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::*;

/// A page of 100 by 200 pt with 10 pt of bleed; `with` changes page and resources.
fn pdf(content: &str, with: impl Fn(&mut Document, &mut Dictionary, &mut Dictionary)) -> Vec<u8> {
    let mut document = Document::with_version("1.6");
    let tree = document.new_object_id();
    let content = document.add_object(Stream::new(Dictionary::new(), content.into()));
    let quad = |sides: [i64; 4]| -> Vec<Object> { sides.map(Object::Integer).into() };
    let mut page = dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => quad([0, 0, 120, 220]),
        "BleedBox" => quad([0, 0, 120, 220]),
        "TrimBox" => quad([10, 10, 110, 210]),
        "Contents" => content,
    };
    let mut resources = Dictionary::new();
    with(&mut document, &mut page, &mut resources);
    page.set("Resources", resources);
    let page = document.add_object(page);
    let kids: Vec<Object> = vec![page.into()];
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// The checks that fail, each with its first finding.
fn failed(bytes: &[u8]) -> Vec<(String, String)> {
    let wanted = Wanted::new([100.0, 200.0], 10.0, Some("RED".to_owned()));
    let checks = check(&inspect(bytes).unwrap(), &wanted);
    let failed = checks.into_iter().filter(|check| !check.ok);
    failed.map(|check| (check.id, check.findings[0].what.clone())).collect()
}

fn fails(bytes: &[u8], id: &str, what: &str) {
    assert_eq!(failed(bytes), [(id.to_owned(), what.to_owned())]);
}

#[test]
fn a_sound_page_passes() {
    let content = "0 0 0 1 k BT (a) Tj ET /s cs 1 scn 0 0 5 5 re f q 3 Tr 1 0 0 rg BT (hidden) Tj ET Q";
    let bytes = pdf(content, |_, _, resources| separation(resources, "RED"));
    assert_eq!(failed(&bytes), []);
}

fn separation(resources: &mut Dictionary, name: &str) {
    let function = dictionary! { "FunctionType" => 2, "N" => 1 };
    let space: Vec<Object> =
        vec!["Separation".into(), Object::Name(name.into()), "DeviceCMYK".into(), function.into()];
    resources.set("ColorSpace", dictionary! { "s" => space });
}

#[test]
fn boxes_are_looked_at() {
    for key in ["TrimBox", "BleedBox"] {
        let without = pdf("", |_, page, _| drop(page.remove(key.as_bytes())));
        fails(&without, "boxes/trim-and-bleed", key);
        let other = pdf("", |_, page, _| page.set(key, [1, 1, 109, 200].map(Object::Integer).to_vec()));
        fails(&other, "boxes/trim-and-bleed", key);
    }
}

#[test]
fn fonts_have_to_be_there() {
    let bytes = pdf("", |_, _, resources| {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        resources.set("Font", dictionary! { "F" => font });
    });
    fails(&bytes, "fonts/embedded", "Helvetica");
}

#[test]
fn inks_are_told_wherever_they_hide() {
    let nothing = |_: &mut Document, _: &mut Dictionary, _: &mut Dictionary| {};
    fails(&pdf("1 0 0 rg BT (a) Tj ET", nothing), "inks/text", "rgb");
    fails(&pdf("1 0 0 RG 1 Tr BT (a) Tj ET", nothing), "inks/text", "rgb");
    fails(&pdf("0.5 0.5 0.5 1 k BT (a) Tj ET", nothing), "inks/one-ink-text", "cmyk");
    fails(&pdf("1 0 0 rg 0 0 5 5 re f", nothing), "inks/drawings", "rgb");
    // What was saved comes back.
    assert_eq!(failed(&pdf("q 1 0 0 rg Q 0 0 5 5 re f", nothing)), []);
    let spot = pdf("/s CS 1 SCN 0 0 m 5 5 l S", |_, _, resources| separation(resources, "BLUE"));
    fails(&spot, "inks/spot", "spot BLUE");
    let inside = |kind: &'static str, key: &'static str, value: i64| {
        move |document: &mut Document, _: &mut Dictionary, resources: &mut Dictionary| {
            let mut form = dictionary! { "Subtype" => "Form" };
            form.set(key, value);
            let form = document.add_object(Stream::new(form, b"1 0 0 rg 0 0 5 5 re f".to_vec()));
            resources.set(kind, dictionary! { "x" => form });
        }
    };
    fails(&pdf("/x Do", inside("XObject", "FormType", 1)), "inks/drawings", "rgb");
    let pattern = pdf("/Pattern cs /x scn", inside("Pattern", "PatternType", 1));
    fails(&pattern, "inks/drawings", "rgb");
}

#[test]
fn pictures_are_measured_as_they_are_printed() {
    let picture = |content: &str| {
        pdf(content, |document, _, resources| {
            let image = dictionary! {
                "Subtype" => "Image", "Width" => 600, "Height" => 300, "ColorSpace" => "DeviceGray",
            };
            let image = document.add_object(Stream::new(image, Vec::new()));
            resources.set("XObject", dictionary! { "i" => image });
        })
    };
    // An inch is 72 pt: 600 dots on two inches are 300.
    assert_eq!(failed(&picture("q 144 0 0 72 0 0 cm /i Do Q")), []);
    assert_eq!(failed(&picture("0 144 -72 0 72 0 cm /i Do")), []);
    fails(&picture("2 0 0 2 0 0 cm 144 0 0 72 0 0 cm /i Do"), "pictures/resolution", "600×300 (150 ppi)");
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert!(inspect(b"").is_err() && inspect(b"%PDF-1.6 and no more").is_err());
}
