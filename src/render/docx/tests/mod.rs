//! Tests of the whole backend: the finished file is read back with its zip and XML readers alone.

mod rich;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use super::order::disorders;
use super::xml::{Element, Node, is_xml_char};
use super::*;
use crate::config::Config;
use crate::fonts::{FontRequest, FontSet};
use crate::render::{Assets, Note, Templates};
use crate::tree::{Block, BlockKind, Cell, Inline, PieceKind, Proceedings, Table};

type Parts = BTreeMap<String, Vec<u8>>;

fn rendered(tree: &Proceedings, assets: &Assets) -> Rendered {
    let fonts = FontSet::find(&FontRequest::from_environment()).unwrap();
    let (config, templates) = (Config::default(), Templates::default());
    Docx.render(&Job::new(tree, &config, &fonts, &templates, assets)).unwrap()
}

fn parts(tree: &Proceedings) -> Parts {
    let bytes = rendered(tree, &rich::assets()).artifacts.remove(0).bytes;
    let mut zip = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Parts::new();
    for k in 0..zip.len() {
        let mut file = zip.by_index(k).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert!(parts.insert(file.name().to_owned(), bytes).is_none());
    }
    parts
}

fn element(parts: &Parts, name: &str) -> Element {
    Element::parse(&parts[name]).unwrap()
}

fn each(root: &Element, f: &mut impl FnMut(&Element)) {
    root.clone().walk(&mut |e| f(e));
}

/// The text of an element in order: a break is a line end, so is a paragraph's end.
fn text_of(element: &Element, out: &mut String) {
    for child in element.elements().filter(|c| !is_mark(c)) {
        match child.name.as_str() {
            "w:t" => out.extend(child.children.iter().map(|n| match n {
                Node::Text(t) => t.as_str(),
                Node::Element(_) => "",
            })),
            "w:br" => out.push('\n'),
            "w:tab" if element.name == "w:r" => out.push('\t'),
            _ => text_of(child, out),
        }
    }
    if element.name == "w:p" {
        out.push('\n');
    }
}

/// A run that only holds a note's mark, which is furniture like a page number.
fn is_mark(e: &Element) -> bool {
    let style = e.child("w:rPr").and_then(|p| p.child("w:rStyle")).and_then(|s| s.get("w:val"));
    style == Some(styles::NOTE_MARK)
}

fn text_in(parts: &Parts, name: &str) -> String {
    let mut out = String::new();
    text_of(&element(parts, name), &mut out);
    out
}

/// What of a piece XML can hold, with the line ends of Unix. Clauses of a long heading and the
/// lines of a title may be broken, so line ends there count as nothing.
fn expected(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| is_xml_char(*c)).collect()
}

#[test]
fn every_piece_stands_once_and_in_order() {
    let tree = rich::tree();
    let parts = parts(&tree);
    let document = text_in(&parts, "word/document.xml");
    let (_, after_contents) = document.split_once("目录").unwrap();
    let notes = text_in(&parts, "word/footnotes.xml");
    let (mut at, mut note_at, mut seen) = (0, 0, 0);
    let flat = |s: &str| s.replace('\n', "");
    let (front, body, notes) = (flat(&document), flat(after_contents), flat(&notes));
    for piece in tree.pieces() {
        let wanted = flat(&expected(&piece.text));
        seen += 1;
        match piece.kind {
            PieceKind::Title | PieceKind::Event => assert!(front.contains(&wanted), "{wanted}"),
            PieceKind::Note if notes[note_at..].contains(&wanted) => {
                note_at += notes[note_at..].find(&wanted).unwrap() + wanted.len();
            }
            _ => {
                let found = body[at..].find(&wanted);
                at +=
                    found.unwrap_or_else(|| panic!("{wanted:?} not after {:?}", &body[..at])) + wanted.len();
            }
        }
    }
    assert!(seen > 60, "{seen}");
    for once in ["注一的第二段。", "只在注里提到的注，指自己", "引文又一段。", rich::HOSTILE]
    {
        assert_eq!(body.matches(once).count() + notes.matches(once).count(), 1, "{once}");
    }
}

#[test]
fn hanzi_of_the_text_are_the_trees() {
    let mut tree = rich::tree();
    tree.lede.clear();
    let parts = parts(&tree);
    let all = text_in(&parts, "word/document.xml") + &text_in(&parts, "word/footnotes.xml");
    let count = |s: &str| s.chars().filter(|c| *c >= '\u{2e80}' && *c != '\u{3000}').count();
    let pieces = tree.pieces();
    let in_contents: usize = pieces
        .iter()
        .filter(|p| matches!(p.kind, PieceKind::Heading | PieceKind::Part))
        .map(|p| count(&p.text))
        .sum();
    let in_tree: usize = pieces.iter().map(|p| count(&expected(&p.text))).sum();
    assert_eq!(count(&all), in_tree + in_contents + "目录".chars().count());
}

#[test]
fn long_headings_break_behind_the_space_between_clauses() {
    let document = text_in(&parts(&rich::tree()), "word/document.xml");
    assert!(document.contains("一、疏通滨江步道的每一处堵点难点痛点 \n让晨跑的人们"));
    assert!(document.contains("\n无人署名 的题\n"));
}

#[test]
fn parts_are_well_formed_and_in_order() {
    let parts = parts(&rich::tree());
    for (name, bytes) in parts.iter().filter(|(n, _)| !n.contains("/media/")) {
        let root = Element::parse(bytes).unwrap();
        assert_eq!(disorders(&root), Vec::<String>::new(), "{name}");
        each(&root, &mut |e| {
            let prefix = e.name.split_once(':').map_or("", |(p, _)| p);
            assert!(!matches!(prefix, "w14" | "mc"), "{name}: {}", e.name);
            for (key, value) in &e.attributes {
                assert!(!key.contains("Theme") || key == "w:themeFontLang", "{name}: {key}");
                assert!(!key.contains("paraId") && !key.contains("rsid"), "{name}: {key}");
                assert!(value.chars().all(is_xml_char));
            }
            if e.name == "w:t" {
                assert_eq!(e.get("xml:space"), Some("preserve"));
            }
            if e.name == "w:sdt" {
                panic!("{name} has a control");
            }
        });
    }
}

#[test]
fn names_and_numbers_are_unique() {
    let parts = parts(&rich::tree());
    let (mut names, mut ids, mut open, mut drawings) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut anchors = BTreeSet::new();
    for part in ["word/document.xml", "word/footnotes.xml"] {
        each(&element(&parts, part), &mut |e| match e.name.as_str() {
            "w:bookmarkStart" => {
                let name = e.get("w:name").unwrap().to_owned();
                assert!(name.starts_with("jb_") && name.len() <= 40);
                assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
                assert!(names.insert(name));
                assert!(ids.insert(e.get("w:id").unwrap().to_owned()));
                open.insert(e.get("w:id").unwrap().to_owned());
            }
            "w:bookmarkEnd" => assert!(open.remove(e.get("w:id").unwrap())),
            "wp:docPr" => {
                assert!(drawings.insert(e.get("id").unwrap().to_owned()));
                assert!(e.get("descr").is_some());
            }
            "w:hyperlink" => anchors.extend(e.get("w:anchor").map(str::to_owned)),
            _ => {}
        });
    }
    assert!(open.is_empty());
    assert_eq!(drawings.len(), 3);
    assert_eq!(anchors.len(), 5);
    assert!(anchors.is_subset(&names));
}

#[test]
fn relationships_lead_somewhere_and_links_are_safe() {
    let parts = parts(&rich::tree());
    let mut links = Vec::new();
    for (part, rels) in [
        ("word/document.xml", "word/_rels/document.xml.rels"),
        ("word/footnotes.xml", "word/_rels/footnotes.xml.rels"),
    ] {
        let mut known = BTreeSet::new();
        for relation in element(&parts, rels).elements() {
            assert!(known.insert(relation.get("Id").unwrap().to_owned()));
            let target = relation.get("Target").unwrap();
            if relation.get("TargetMode").is_some() {
                links.push(target.to_owned());
            } else {
                assert!(parts.contains_key(&format!("word/{target}")), "{target}");
            }
        }
        each(&element(&parts, part), &mut |e| {
            for (_, id) in e.attributes.iter().filter(|(n, _)| n == "r:id" || n == "r:embed") {
                assert!(known.contains(id), "{part}: {id}");
            }
        });
    }
    assert_eq!(links, ["https://example.org/a%20b?q=%E7%94%B2&r=%221%22#x", "mailto:a@example.org"]);
}

#[test]
fn styles_in_use_are_defined_and_headings_have_their_levels() {
    let parts = parts(&rich::tree());
    let mut defined = BTreeMap::new();
    for style in element(&parts, "word/styles.xml").elements().filter(|e| e.name == "w:style") {
        let name = style.child("w:name").and_then(|n| n.get("w:val")).unwrap().to_owned();
        defined.insert(style.get("w:styleId").unwrap().to_owned(), name);
    }
    for part in ["word/document.xml", "word/footnotes.xml", "word/footer1.xml"] {
        each(&element(&parts, part), &mut |e| {
            if e.name == "w:pStyle" || e.name == "w:rStyle" {
                assert!(defined.contains_key(e.get("w:val").unwrap()), "{:?}", e.get("w:val"));
            }
        });
    }
    assert_eq!(defined["Heading1"], "heading 1");
    assert_eq!(defined["Heading6"], "heading 6");
    assert_eq!(defined["JbBody"], "发言正文");
}

#[test]
fn head_rows_repeat_and_tables_never_touch() {
    let parts = parts(&rich::tree());
    let mut heads = 0;
    each(&element(&parts, "word/document.xml"), &mut |e| {
        heads += usize::from(e.name == "w:tblHeader");
        if e.name == "w:body" {
            let names: Vec<&str> = e.elements().map(|c| c.name.as_str()).collect();
            assert!(names.windows(2).all(|w| w[0] != "w:tbl" || w[1] == "w:p"), "{names:?}");
        }
    });
    assert_eq!(heads, 4);
}

#[test]
fn text_stands_off_the_table_before_it() {
    let mut tree = rich::tree();
    tree.lede.push(Block::paragraph(vec![Inline::text("表后的话。")], None));
    let parts = parts(&tree);
    each(&element(&parts, "word/document.xml"), &mut |e| {
        let mut text = String::new();
        text_of(e, &mut text);
        if e.name == "w:p" && text.starts_with("表后的话。") {
            let spacing = e.child("w:pPr").and_then(|p| p.child("w:spacing")).unwrap();
            assert_eq!(spacing.get("w:before"), Some("193"));
        }
    });
}

#[test]
fn a_missing_picture_is_told_and_its_caption_stays() {
    let made = rendered(&rich::tree(), &rich::assets());
    assert_eq!(made.notes, [Note::PictureMissing { src: "tu/none.png".into() }]);
    let none = rendered(&rich::tree(), &Assets::new());
    assert_eq!(none.notes.len(), 4);
}

#[test]
fn the_same_tree_gives_the_same_bytes_in_any_thread() {
    let tree = rich::tree();
    let first = rendered(&tree, &rich::assets()).artifacts;
    let again =
        std::thread::scope(|s| s.spawn(|| rendered(&tree, &rich::assets()).artifacts).join().unwrap());
    assert_eq!(first, again);
    assert!(first[0].bytes[30..].starts_with(b"[Content_Types].xml"));
}

#[test]
fn an_empty_tree_is_a_file_too() {
    let made = rendered(&Proceedings::default(), &Assets::new());
    assert!(!made.artifacts[0].bytes.is_empty());
}

#[test]
fn a_table_too_wide_for_word_becomes_lines() {
    let row = |n: usize| (0..n).map(|k| Cell::new(vec![Inline::text(format!("格{k}"))])).collect::<Vec<_>>();
    let lede = vec![Block::new(BlockKind::Table(Table::new(vec![], row(64), vec![row(3)])), None)];
    let tree = Proceedings { lede, ..Proceedings::default() };
    let parts = parts(&tree);
    assert!(text_in(&parts, "word/document.xml").starts_with("格0\t格1\t"));
    let mut tables = 0;
    each(&element(&parts, "word/document.xml"), &mut |e| tables += usize::from(e.name == "w:tbl"));
    assert_eq!(tables, 0);
}

#[test]
fn without_contents_the_text_follows_the_title_and_its_page_has_a_number() {
    let tree = rich::tree();
    let fonts = FontSet::find(&FontRequest::from_environment()).unwrap();
    let (mut config, templates, assets) = (Config::default(), Templates::default(), rich::assets());
    config.print.parts = Some(Vec::new());
    let mut made = Docx.render(&Job::new(&tree, &config, &fonts, &templates, &assets)).unwrap();
    let mut zip = ::zip::ZipArchive::new(Cursor::new(made.artifacts.remove(0).bytes)).unwrap();
    let mut bytes = Vec::new();
    zip.by_name("word/document.xml").unwrap().read_to_end(&mut bytes).unwrap();
    let document = Element::parse(&bytes).unwrap();
    each(&document, &mut |e| {
        assert!(!matches!(e.name.as_str(), "w:titlePg" | "w:pageBreakBefore"));
        assert!(!e.get("w:anchor").is_some_and(|a| a.starts_with("jb_")));
    });
}
