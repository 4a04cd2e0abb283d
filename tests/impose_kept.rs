//! What imposing keeps of a PDF, what it loses and says, and what it refuses.

use std::collections::BTreeMap;

use jianbao::impose::{ImposeError, Layout, Lost, Note, Printer, Settings, impose};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::impose::{A5, MM, painted, pdf, plain, row, settings, written};
use crate::support::{Folder, build, built, fixture, program, sample};

/// The bytes of each page's content, by the form that has them.
fn forms(document: &Document) -> BTreeMap<String, Stream> {
    let mut forms = BTreeMap::new();
    for page in document.get_pages().values() {
        let resources = document.get_dictionary(*page).unwrap().get(b"Resources").unwrap().as_dict().unwrap();
        for (name, form) in resources.get(b"XObject").unwrap().as_dict().unwrap() {
            let stream = document.get_object(form.as_reference().unwrap()).unwrap().as_stream().unwrap();
            forms.insert(String::from_utf8(name.clone()).unwrap(), stream.clone());
        }
    }
    forms
}

#[test]
fn content_streams_are_those_of_the_source_and_the_file_hardly_grows() {
    for source in [sample(), fixture("rich.md")] {
        let folder = build(&source, "pdf");
        let path = built(&folder, "pdf");
        let before = std::fs::read(&path).unwrap();
        for printer in [Printer::Office, Printer::Press] {
            let imposed = impose(&before, &settings(Layout::Saddle, printer)).unwrap();
            let (was, is) = (before.len(), imposed.bytes.len());
            assert!(is * 10 <= was * 11, "{was} bytes became {is}");
            let (old, new) =
                (Document::load_mem(&before).unwrap(), Document::load_mem(&imposed.bytes).unwrap());
            let forms = forms(&new);
            assert_eq!(forms.len(), old.get_pages().len());
            for (number, page) in old.get_pages() {
                let contents = old.get_page_contents(page);
                let [id] = contents.as_slice() else { panic!("{contents:?}") };
                let stream = old.get_object(*id).unwrap().as_stream().unwrap();
                let form = &forms[&format!("P{number}")];
                assert!(form.content == stream.content, "page {number} is packed as it was");
                assert_eq!(form.dict.get(b"Filter").unwrap(), stream.dict.get(b"Filter").unwrap());
            }
        }
    }
}

fn annotation(document: &mut Document, subtype: &str, flags: i64, is_drawn: bool) -> Object {
    let mut annotation = dictionary! {
        "Type" => "Annot", "Subtype" => subtype, "F" => flags, "Rect" => row([100.0, 300.0, 200.0, 340.0]),
    };
    if is_drawn {
        let dict = dictionary! { "Subtype" => "Form", "BBox" => row([0.0, 0.0, 50.0, 20.0]) };
        let picture = document.add_object(Stream::new(dict, b"0 0.6 0 rg 0 0 50 20 re f".to_vec()));
        annotation.set("AP", dictionary! { "N" => picture });
    }
    document.add_object(annotation).into()
}

#[test]
fn stamps_are_printed_and_what_is_lost_is_counted() {
    let source = pdf(4, A5, |k, page, document| {
        if k == 0 {
            let mut all =
                vec![annotation(document, "Stamp", 4, true), annotation(document, "Stamp", 4, false)];
            all.push(annotation(document, "Text", 0, true));
            all.extend((0..3).map(|_| annotation(document, "Link", 4, false)));
            all.push(annotation(document, "Widget", 4, true));
            page.set("Annots", all);
        }
    });
    let imposed = impose(&source, &Settings::default()).unwrap();
    let lost: Vec<(Lost, usize)> = imposed
        .notes
        .iter()
        .filter_map(|n| match n {
            Note::Lost { what, count } => Some((*what, *count)),
            _ => None,
        })
        .collect();
    assert_eq!(lost, [(Lost::Links, 3), (Lost::Fields, 1), (Lost::Comments, 1), (Lost::Undrawn, 1)]);
    let folder = Folder::new();
    folder.write("i.pdf", imposed.bytes);
    let pixel = painted(&folder, "i.pdf");
    // The stamp: 100 to 200 pt from the left of page 1, 300 to 340 pt from its foot.
    let (x, y) = (148.5 + 150.0 / MM, 210.0 - 320.0 / MM);
    assert_eq!(pixel(x, y), [0, 153, 0]);
    assert_eq!(pixel(x - 20.0, y), [255, 255, 255]);
    folder.write("a.pdf", source);
    let said = folder.run(&["impose", "a.pdf", "-o", "b.pdf"]).exits(0).err();
    assert!(
        said.contains("3 links; one form field") && said.contains("one comment; a.pdf keeps them"),
        "{said}"
    );
    let said = folder.run(&["impose", "a.pdf", "-o", "b.pdf", "--lang", "zh-CN"]).exits(0).err();
    assert!(said.contains("3 个链接；1 个表单域"), "{said}");
}

#[test]
fn claims_go_and_what_the_document_says_of_itself_stays() {
    let folder = build(&sample(), "pdf");
    let path = built(&folder, "pdf");
    let said = folder.run(&["impose", path.to_str().unwrap(), "-o", "o/i.pdf"]).exits(0).err();
    assert!(
        said.contains("tags;") && said.contains("bookmarks;") && said.contains("the claim to be PDF/A"),
        "{said}"
    );
    let out = folder.join("o/i.pdf");
    let out = out.to_str().unwrap();
    let (before, after) = (program("pdfinfo", &[path.to_str().unwrap()]), program("pdfinfo", &[out]));
    for key in ["Title:", "Subject:", "Keywords:"] {
        let line = |text: &str| text.lines().find(|l| l.starts_with(key)).unwrap().to_owned();
        assert_eq!(line(&before), line(&after));
    }
    assert!(after.contains("Tagged:          no"), "{after}");
    let meta = program("pdfinfo", &["-meta", out]);
    assert!(
        meta.contains("dc:title") && !meta.contains("pdfaid:part") && !meta.contains("pdfuaid:part"),
        "{meta}"
    );
    let raw = program("qpdf", &["--qdf", "--object-streams=disable", out, "-"]);
    for gone in ["/StructTreeRoot", "/StructParents", "/Outlines", "/Annots", "/PageLabels", "/MarkInfo"] {
        assert!(!raw.contains(gone), "{gone}");
    }
    assert!(raw.contains("/Lang (zh-CN)"));
}

#[test]
fn same_input_same_bytes_and_nothing_is_lost_on_the_disk() {
    let folder = Folder::new();
    folder.write("a.pdf", plain(9, A5));
    folder.run(&["impose", "a.pdf", "-o", "one.pdf", "--printer", "press"]).exits(0);
    let zone = [("TZ", "Asia/Shanghai"), ("LC_ALL", "zh_CN.UTF-8")];
    let ran = folder.run_with(&["impose", "a.pdf", "-o", "-", "--printer", "press"], &zone);
    assert_eq!(ran.code(), 0);
    assert!(ran.0.stdout == folder.read("one.pdf"));
    // Ours is replaced, a person's is not.
    folder.run(&["impose", "a.pdf", "-o", "one.pdf"]).exits(0);
    folder.write("one.pdf", "edited");
    folder.run(&["impose", "a.pdf", "-o", "one.pdf"]).exits(1);
    assert_eq!(folder.read("one.pdf"), b"edited");
    folder.run(&["impose", "a.pdf", "-o", "one.pdf", "--force"]).exits(0);
    folder.run(&["impose", "a.pdf", "-o", "./a.pdf"]).exits(2);
}

#[test]
fn events_are_those_of_the_other_commands() {
    let folder = Folder::new();
    folder.write("a.pdf", plain(9, A5));
    let lines = folder.run(&["impose", "a.pdf", "-o", "b.pdf", "--json"]).exits(0).out();
    let events: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let names: Vec<&str> = events.iter().map(|e| e["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["stage", "stage", "done"]);
    assert_eq!(
        (events[0]["stage"].as_str(), events[2]["outputs"][0].as_str()),
        (Some("impose"), Some("./b.pdf"))
    );
    folder.write("c.pdf", "%PDF-1.7 nothing");
    let lines = folder.run(&["impose", "c.pdf", "-o", "d.pdf", "--json"]).exits(3).out();
    assert!(lines.contains("\"failed\"") && lines.contains("impose-damaged"), "{lines}");
}

#[test]
fn what_cannot_be_imposed_is_refused_with_a_sentence() {
    let folder = Folder::new();
    folder.write("text.pdf", "some words");
    folder.write("a5.pdf", plain(4, A5));
    folder.write("a3.pdf", plain(4, (297.0, 420.0)));
    folder.write("none.pdf", plain(0, A5));
    let (source, locked) = (folder.join("a5.pdf"), folder.join("locked.pdf"));
    let owned = folder.join("owned.pdf");
    for (user, path) in [("secret", &locked), ("", &owned)] {
        let args =
            ["--encrypt", user, "owner", "256", "--", source.to_str().unwrap(), path.to_str().unwrap()];
        program("qpdf", &args);
    }
    for (file, more, code, said) in [
        ("text.pdf", &[][..], 3, "is not a PDF"),
        ("missing.pdf", &[], 3, "does not exist"),
        ("locked.pdf", &[], 3, "under a password"),
        ("owned.pdf", &[], 3, "under a password"),
        ("none.pdf", &[], 3, "has no pages"),
        ("a3.pdf", &[], 1, "(297 × 420 mm) do not fit on A3"),
        ("a5.pdf", &["--sheet", "a5"], 2, "--sheet"),
        ("a5.pdf", &["--layout", "perfect", "--signature", "6"], 2, "--signature"),
        ("a5.pdf", &["--signature", "8"], 2, "--layout perfect"),
        ("a5.pdf", &["--creep", "-1"], 2, "--creep"),
        ("a5.pdf", &["--creep=nan"], 2, "--creep"),
    ] {
        let mut args = vec!["impose", file, "-o", "out.pdf"];
        args.extend(more);
        let err = folder.run(&args).exits(code).err();
        assert!(err.contains(said), "{file} {more:?}: {err}");
        assert!(!folder.join("out.pdf").exists());
    }
}

/// Bytes that differ at random places; the same ones every time.
fn mutations(bytes: &[u8], count: usize) -> impl Iterator<Item = Vec<u8>> + '_ {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    (0..count).map(move |k| {
        let mut changed = bytes.to_vec();
        match k % 4 {
            0 => changed.truncate(next(bytes.len())),
            1 => {
                let (from, length) = (next(bytes.len()), next(2000));
                changed.drain(from..(from + length).min(bytes.len()));
            }
            2 => {
                // A digit for a digit keeps the file well-formed and its references wrong.
                for _ in 0..1 + next(40) {
                    let at = next(changed.len());
                    if changed[at].is_ascii_digit() {
                        changed[at] = b'0' + next(10) as u8;
                    }
                }
            }
            _ => {
                for _ in 0..1 + next(60) {
                    let at = next(changed.len());
                    changed[at] = next(256) as u8;
                }
            }
        }
        changed
    })
}

#[test]
fn damaged_files_are_refused_or_read_and_never_a_panic() {
    let folder = build(&fixture("rich.md"), "pdf");
    let real = std::fs::read(built(&folder, "pdf")).unwrap();
    let simple = pdf(6, A5, |k, page, document| {
        if k == 0 {
            let all = vec![annotation(document, "Stamp", 4, true)];
            page.set("Annots", all);
        }
    });
    let (mut refused, mut made) = (0, 0);
    for bytes in mutations(&simple, 3000).chain(mutations(&real, 200)) {
        match impose(&bytes, &Settings::default()) {
            Ok(imposed) => {
                assert!(Document::load_mem(&imposed.bytes).is_ok());
                made += 1;
            }
            Err(ImposeError::Defect { message }) => panic!("{message}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 500 && made > 500, "{refused} {made}");
    folder.write("half.pdf", &real[..real.len() / 2]);
    folder.run(&["impose", "half.pdf", "-o", "x.pdf"]).exits(3);
}

/// References that go round in circles, and a page tree without end.
#[test]
fn circles_come_to_an_end() {
    let change = |f: &dyn Fn(&mut Document, ObjectId, ObjectId)| {
        let mut document = Document::load_mem(&plain(2, A5)).unwrap();
        let tree = document.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        let page = document.get_pages()[&1];
        f(&mut document, tree, page);
        impose(&written(document), &Settings::default()).map(|i| i.plan.order.len())
    };
    let round = |document: &mut Document, tree: ObjectId, _: ObjectId| {
        document.get_dictionary_mut(tree).unwrap().set("Kids", vec![Object::Reference(tree); 2]);
    };
    assert_eq!(change(&round), Err(ImposeError::PageTree));
    // A form that draws itself, and resources that refer to their own page.
    let own = |document: &mut Document, _: ObjectId, page: ObjectId| {
        let form = document.new_object_id();
        let resources = dictionary! { "XObject" => dictionary! { "X" => form }, "Mine" => page };
        let dict = dictionary! {
            "Subtype" => "Form", "BBox" => row([0.0, 0.0, 9.0, 9.0]), "Resources" => resources.clone(),
        };
        document.objects.insert(form, Stream::new(dict, b"/X Do /X Do".to_vec()).into());
        let content = document.add_object(Stream::new(Dictionary::new(), b"/X Do".to_vec()));
        let node = document.get_dictionary_mut(page).unwrap();
        node.set("Resources", resources);
        node.set("Contents", content);
    };
    assert_eq!(change(&own), Ok(4));
}
