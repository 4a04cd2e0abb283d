//! The e-book's promises: its text is the tree's, every document is sound, the bytes are always the same.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::{CompressionMethod, ZipArchive};

use super::sample::{HOSTILE, Sample};
use super::{Epub, wellformed};
use crate::fonts::{FontRequest, FontRole, FontSet};
use crate::render::{Backend, Image, Job, Note, RenderError, Templates};
use crate::tree::{Block, Heading, Inline, NodeId, Proceedings, Speech};

fn made(job: &Job<'_>) -> Vec<u8> {
    Epub.render(job).unwrap().artifacts.remove(0).bytes
}

fn files(epub: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(epub)).unwrap();
    (0..archive.len())
        .map(|k| {
            let mut file = archive.by_index(k).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().to_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).unwrap()?;
    Some(unescape(std::str::from_utf8(&attribute.value).unwrap()).unwrap().into_owned())
}

/// The documents of the spine, in order.
fn spine(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut hrefs = BTreeMap::new();
    let mut out = Vec::new();
    let mut reader = Reader::from_str(&files["OEBPS/content.opf"]);
    loop {
        match reader.read_event().unwrap() {
            Event::Empty(tag) if tag.name().as_ref() == b"item" => {
                hrefs.insert(attribute(&tag, "id").unwrap(), attribute(&tag, "href").unwrap());
            }
            Event::Empty(tag) if tag.name().as_ref() == b"itemref" => {
                out.push(hrefs[&attribute(&tag, "idref").unwrap()].clone());
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

/// The tree's text in a document: without its head, and without what is furniture.
fn text(document: &str) -> String {
    let mut reader = Reader::from_str(document);
    let mut out = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let class = attribute(&tag, "class").unwrap_or_default();
                let furniture = ["mark", "noteref", "series", "imprint", "edition", "status", "missing"]
                    .contains(&class.as_str())
                    || attribute(&tag, "id").as_deref() == Some("lede")
                    || tag.name().as_ref() == b"head";
                if furniture {
                    reader.read_to_end(tag.name()).unwrap();
                }
            }
            Event::Text(text) => out.push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) => {
                out.push_str(&unescape(&format!("&{};", name.decode().unwrap())).unwrap());
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_book_holds_the_tree_s_text_in_its_order() {
    let sample = Sample::rich();
    let files = files(&made(&sample.job()));
    let spine = spine(&files);
    assert_eq!(spine[..5], ["title.xhtml", "nav.xhtml", "lede.xhtml", "p1.xhtml", "s01.xhtml"]);
    let furniture = ["nav.xhtml", "index.xhtml"];
    let documents = spine.iter().filter(|name| !furniture.contains(&name.as_str()));
    let got: String = documents.map(|name| text(&files[&format!("OEBPS/{name}")])).collect();
    let want: String = sample.tree.pieces().into_iter().map(|piece| piece.text).collect();
    assert_eq!(squeezed(&got), squeezed(&want));
}

#[test]
fn clauses_are_parted_by_one_space() {
    let sample = Sample::rich();
    let files = files(&made(&sample.job()));
    let speech = text(&files["OEBPS/s01.xhtml"]);
    assert!(speech.contains("一、把加装电梯这件事办到居民心坎上 让老城住得更舒心"), "{speech}");
    assert!(text(&files["OEBPS/title.xhtml"]).contains("办好民生小事 做足城市文章"));
}

#[test]
fn every_document_is_well_formed_and_every_id_unique() {
    let sample = Sample::rich();
    for (name, document) in files(&made(&sample.job())) {
        if !name.ends_with(".xhtml") && !name.ends_with(".opf") && !name.ends_with(".ncx") {
            continue;
        }
        assert_eq!(wellformed::check(&document), Ok(()), "{name}");
        let mut ids = BTreeSet::new();
        let mut targets = Vec::new();
        let mut headings = Vec::new();
        let mut reader = Reader::from_str(&document);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) | Event::Empty(tag) => {
                    if let Some(id) = attribute(&tag, "id") {
                        assert!(ids.insert(id.clone()), "{name}: {id} twice");
                    }
                    targets
                        .extend(attribute(&tag, "href").and_then(|h| Some(h.strip_prefix('#')?.to_owned())));
                    if let [b'h', rank @ b'1'..=b'6'] = tag.name().as_ref() {
                        headings.push(rank - b'0');
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        targets.iter().for_each(|id| assert!(ids.contains(id), "{name}: #{id} leads nowhere"));
        if name.ends_with(".xhtml") {
            assert_eq!(headings.iter().filter(|rank| **rank == 1).count(), 1, "{name}");
            assert!(headings.windows(2).all(|w| w[1] <= w[0] + 1), "{name}: {headings:?}");
        }
    }
}

#[test]
fn the_same_job_gives_the_same_bytes() {
    let (a, b) = (Sample::rich(), Sample::rich());
    assert_eq!(made(&a.job()), made(&b.job()));
}

#[test]
fn the_archive_is_as_readers_want_it() {
    let sample = Sample::rich();
    let epub = made(&sample.job());
    let mut archive = ZipArchive::new(Cursor::new(epub)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    assert_eq!(names[0], "mimetype");
    assert!(names[1..].is_sorted() && names.iter().all(|name| name.is_ascii()));
    for k in 0..archive.len() {
        let file = archive.by_index(k).unwrap();
        let stored = file.compression() == CompressionMethod::Stored;
        assert_eq!(stored, k == 0, "{}", file.name());
        assert_eq!(file.last_modified().unwrap().to_string(), "1980-01-01 00:00:00");
    }
}

#[test]
fn text_is_never_markup() {
    let sample = Sample::rich();
    let files = files(&made(&sample.job()));
    let document = &files["OEBPS/s02.xhtml"];
    assert!(!document.contains("<script") && !document.contains("]]>") && !document.contains("<b>"));
    let text = text(document);
    for hostile in HOSTILE {
        assert!(text.contains(hostile), "{hostile}");
    }
    assert!(files["OEBPS/toc.ncx"].contains("文字就是文字 &lt;b&gt;&amp;amp;&lt;/b&gt; {{ x }}"));
}

#[test]
fn only_web_and_mail_addresses_become_links() {
    let sample = Sample::rich();
    let document = &files(&made(&sample.job()))["OEBPS/s01.xhtml"];
    assert!(document.contains("<a href=\"https://example.org/a%20b?x=1&amp;y=%3C2%3E#尾\">网页</a>"));
    assert!(document.contains("不是链接") && !document.contains("javascript"));
}

#[test]
fn what_xml_cannot_hold_is_replaced_and_told() {
    let mut tree = Proceedings { title: "题\u{1}目".into(), ..Proceedings::default() };
    let mut speech = Speech::new(Heading::of_clauses(vec!["甲\u{B}乙".into()]));
    speech.body = vec![Block::paragraph(vec![Inline::text("丙\u{FFFE}丁\u{1}\r")], None)];
    tree.speeches = vec![speech];
    let sample = Sample::of(tree);
    let rendered = Epub.render(&sample.job()).unwrap();
    let files = files(&rendered.artifacts[0].bytes);
    assert!(files["OEBPS/s01.xhtml"].contains("丙\u{FFFD}丁\u{FFFD}&#13;"));
    assert!(files["OEBPS/content.opf"].contains("题\u{FFFD}目"));
    let replaced = |character| Note::CharacterReplaced { character };
    assert_eq!(rendered.notes, [replaced('\u{1}'), replaced('\u{B}'), replaced('\u{FFFE}')]);
}

#[test]
fn a_missing_picture_is_told_and_its_words_stay() {
    let sample = Sample::rich();
    let rendered = Epub.render(&sample.job()).unwrap();
    assert_eq!(rendered.notes[0], Note::PictureMissing { src: "图/没有.png".into() });
    let files = files(&rendered.artifacts[0].bytes);
    assert!(files["OEBPS/s01.xhtml"].contains("一张找不到的照片"));
    assert!(files["OEBPS/s01.xhtml"].contains("图二　现场"));
    assert_eq!(files.keys().filter(|name| name.starts_with("OEBPS/images/")).count(), 1);
}

#[test]
fn a_broken_template_of_the_user_s_is_named_with_its_line() {
    let own = |name: &str, text: &str| {
        let mut sample = Sample::rich();
        sample.templates = Templates::with_own([(name.to_owned(), text.to_owned())].into());
        match Epub.render(&sample.job()) {
            Err(RenderError::Template { name, line, message }) => (name, line, message),
            other => panic!("{other:?}"),
        }
    };
    let (name, line, message) = own("epub/lede.xhtml", "<html>\n\n{% if %}\n</html>");
    assert_eq!((name.as_str(), line), ("epub/lede.xhtml", Some(3)), "{message}");
    let (name, line, message) = own("epub/lede.xhtml", "<html>\n{{ lede.blokcs }}</html>");
    assert!(message.contains("`lede.blokcs`"), "{message}");
    assert_eq!((name.as_str(), line), ("epub/lede.xhtml", Some(2)));
    let (name, line, _) =
        own("epub/page.xhtml", "<html>\n{% block content %}{% endblock %}\n{{ nobody }}</html>");
    assert_eq!((name.as_str(), line), ("epub/page.xhtml", Some(3)));
    let (name, line, message) = own("epub/lede.xhtml", "{% extends \"epub/nothing.xhtml\" %}");
    assert_eq!(name, "epub/lede.xhtml", "{line:?} {message}");
    let (name, _, message) = own("epub/lede.xhtml", "<html>\n<br>\n</html>");
    assert_eq!(name, "epub/lede.xhtml");
    assert!(message.contains("line 3"), "{message}");
}

#[test]
fn no_template_lets_text_in_as_markup() {
    let refused = |name: &str, text: &str| {
        let mut sample = Sample::rich();
        sample.templates = Templates::with_own([(name.to_owned(), text.to_owned())].into());
        match Epub.render(&sample.job()) {
            Err(RenderError::Unescaped { name, line, what }) => (name, line, what),
            other => panic!("{text}: {other:?}"),
        }
    };
    let at = |line: usize, what: &'static str| ("epub/lede.xhtml".to_owned(), Some(line), what);
    let lede = |text: &str| refused("epub/lede.xhtml", text);
    assert_eq!(lede("<html>\n{{ book.title|safe }}</html>"), at(2, "safe"));
    assert_eq!(
        lede("<html>{% set a %}{{ book.title }}{% endset %}\n\n{{ a|upper|safe }}</html>"),
        at(3, "safe")
    );
    assert_eq!(lede("<html>{% filter safe %}{{ book.title }}{% endfilter %}</html>"), at(1, "safe"));
    for mode in ["false", "\"none\""] {
        let text =
            format!("<html>\n{{% autoescape {mode} %}}\n{{{{ book.title }}}}{{% endautoescape %}}</html>");
        assert_eq!(lede(&text), at(3, "autoescape"));
    }
    // In what a template takes in, too.
    let own = "<html>{% from \"epub/blocks.xhtml\" import runs %}\n{% autoescape false %}\n\
               {{ runs([{\"type\": \"text\", \"text\": \"<b>\"}]) }}{% endautoescape %}</html>";
    assert_eq!(lede(own).2, "autoescape");
}

#[test]
fn text_like_code_stays_text_in_the_user_s_own_templates() {
    let mut sample = Sample::rich();
    let own = "{% extends \"epub/page.xhtml\" %}{% block content %}{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}\
        <h1 title=\"{{ book.title }}\">{{ m(book.title) }}</h1>{% set kept %}<u>{{ book.title }}</u>{% endset %}{{ kept }}\
        {{ [book.title, kept]|join(\"<br>\") }}{{ book.title|replace(\"b\", kept)|trim|title|e }}\
        {{ \"<s>\" ~ book.title }}{% autoescape true %}{{ book.title }}{% endautoescape %}{% endblock %}";
    sample.templates = Templates::with_own([("epub/title.xhtml".to_owned(), own.to_owned())].into());
    sample.tree.title = "<script>\"x\"</script> {{ 7*7 }} {% raw %} ]]> &amp; <b>'粗'</b>".into();
    let files = files(&made(&sample.job()));
    let document = &files["OEBPS/title.xhtml"];
    assert_eq!(wellformed::check(document), Ok(()), "{document}");
    let body = document.split_once("<body").unwrap().1;
    for markup in ["<script", "<b>", "<s>", "<br>", "]]>", "49"] {
        assert!(!body.to_lowercase().contains(markup), "{markup}: {body}");
    }
    assert!(text(document).matches("{{ 7*7 }} {% raw %} ]]> &amp;").count() > 5, "{body}");
}

#[test]
fn a_note_s_mark_pops_it_up_and_the_note_stays_on_the_page() {
    let sample = Sample::rich();
    let files = files(&made(&sample.job()));
    let speech = &files["OEBPS/s01.xhtml"];
    let mark = "<a id=\"s01.n01.ref1\" class=\"duokan-footnote\" href=\"#s01.n01\" epub:type=\"noteref\" role=\"doc-noteref\">1</a>";
    assert!(speech.contains(mark), "{speech}");
    let (_, notes) = speech.split_once("<section class=\"notes\" epub:type=\"endnotes\"").unwrap();
    assert!(notes.contains("<li id=\"s01.n01\" epub:type=\"endnote\">"), "{notes}");
    assert!(notes.contains("href=\"#s01.n01.ref1\" role=\"doc-backlink\""), "{notes}");
    for (name, document) in &files {
        for hiding in ["<aside", "duokan-footnote-content", "duokan-footnote-item"] {
            assert!(!document.contains(hiding), "{name}: {hiding}");
        }
    }
}

#[test]
fn the_user_s_own_templates_win() {
    let mut sample = Sample::rich();
    let css = "p { text-indent: 0 }";
    sample.templates = Templates::with_own([("epub/style.css".to_owned(), css.to_owned())].into());
    let files = files(&made(&sample.job()));
    // Only what belongs to the fonts the book brings stands behind it.
    let behind = files["OEBPS/stylesheet.css"].strip_prefix(css).unwrap();
    assert!(
        behind.trim_start().starts_with("/* Characters that a device may have no font for. */"),
        "{behind}"
    );
}

#[test]
fn rare_characters_have_their_fonts() {
    let sample = Sample::rich();
    let rendered = Epub.render(&sample.job()).unwrap();
    let files = files(&rendered.artifacts[0].bytes);
    let opf = &files["OEBPS/content.opf"];
    for font in ["rare-1", "rare-2"] {
        assert!(
            opf.contains(&format!(
                "<item media-type=\"font/ttf\" id=\"id_fonts_{font}.ttf\" href=\"fonts/{font}.ttf\"/>"
            )),
            "{opf}"
        );
        assert!(files.contains_key(&format!("OEBPS/fonts/{font}.ttf")));
    }
    let speech = &files["OEBPS/s01.xhtml"];
    assert!(speech.contains("单 <span class=\"rare\">㛃</span>"), "{speech}");
    assert!(files["OEBPS/index.xhtml"].contains("<span class=\"rare\">䶮</span>一鸣"));
    assert!(!files["OEBPS/title.xhtml"].contains("rare"));
    let Some(Note::FontsBrought { characters, bytes }) = rendered.notes.last() else {
        panic!("{:?}", rendered.notes)
    };
    assert_eq!(characters, &['㛃', '䶮', '𠮷']);
    assert!(*bytes < 6_000, "{bytes}");
    // The rest of the text has no font.
    let (own, _) = files["OEBPS/stylesheet.css"].split_once("/* Characters that a device").unwrap();
    assert!(!own.contains("font-family") && !own.contains("@font-face"));
}

#[test]
fn a_book_without_rare_characters_brings_no_font() {
    let mut tree = Proceedings { title: "珺喆龥〇".into(), ..Proceedings::default() };
    tree.speeches = vec![Speech::new(Heading::of_clauses(vec!["囍事①".into()]))];
    let rendered = Epub.render(&Sample::of(tree).job()).unwrap();
    let files = files(&rendered.artifacts[0].bytes);
    assert_eq!(rendered.notes, []);
    assert!(files.keys().all(|name| !name.contains("font")), "{:?}", files.keys());
    assert!(!files["OEBPS/stylesheet.css"].contains("font-face"));
}

#[test]
fn a_font_that_is_not_open_stays_at_home() {
    let mut tree = Proceedings { title: "方䶮".into(), ..Proceedings::default() };
    tree.speeches = vec![Speech::new(Heading::of_clauses(vec!["题".into()]))];
    let mut sample = Sample::of(tree);
    let mut request = FontRequest::from_environment();
    // FandolFang is not under the Open Font License, and lacks the character besides.
    request.wanted = FontRole::ALL.map(|role| (role, "FandolFang".to_owned())).into();
    sample.fonts = FontSet::find(&request).unwrap();
    let rendered = Epub.render(&sample.job()).unwrap();
    assert_eq!(rendered.notes, [Note::FontsLacking { characters: vec!['䶮'] }]);
    assert!(!files(&rendered.artifacts[0].bytes)["OEBPS/title.xhtml"].contains("rare"));
}

#[test]
fn the_package_says_what_is_true() {
    let mut sample = Sample::rich();
    sample.tree.parts[1].title = "宜居".into();
    let opf = files(&made(&sample.job())).remove("OEBPS/content.opf").unwrap();
    for expected in [
        "<dc:title id=\"title\">办好民生小事 做足城市文章</dc:title>",
        "<dc:language>zh-CN</dc:language>",
        "<dc:date>2026-01-07</dc:date>",
        "<dc:publisher>政协清河市委员会办公室</dc:publisher>",
        "<dc:subject>民盟</dc:subject>",
        "<dc:subject>工商联</dc:subject>",
        "<dc:subject>宜居</dc:subject>",
        "<dc:contributor id=\"speaker-3\">市工商联</dc:contributor>",
        "<meta refines=\"#speaker-1\" property=\"role\" scheme=\"marc:relators\">spk</meta>",
        "<meta refines=\"#speaker-1\" property=\"file-as\">",
        "<meta property=\"belongs-to-collection\" id=\"series\">清河政协简报</meta>",
        "<meta property=\"dcterms:modified\">1980-01-01T00:00:00Z</meta>",
        "<meta refines=\"#series\" property=\"group-position\">12</meta>",
        "<meta property=\"schema:accessibilityFeature\">alternativeText</meta>",
        "<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>",
    ] {
        assert!(opf.contains(expected), "{expected}\n{opf}");
    }
    assert!(!opf.contains("cover") && !opf.contains("bookEdition"));
    assert!(!opf.contains("<dc:subject>大会发言"), "no topic");
    assert!(!opf.contains("<meta refines=\"#speaker-3\" property=\"file-as\">"), "an organisation");
}

#[test]
fn the_identifier_stays_while_the_text_is_mended() {
    let id = |sample: &Sample| {
        let opf = files(&made(&sample.job())).remove("OEBPS/content.opf").unwrap();
        opf.split("urn:uuid:").nth(1).unwrap()[..36].to_owned()
    };
    let (mut sample, first) = (Sample::rich(), id(&Sample::rich()));
    assert_eq!((&first[14..15], first.len()), ("8", 36));
    sample.tree.speeches[2].body.clear();
    assert_eq!(id(&sample), first);
    sample.config.briefing.edition = Some("2".into());
    sample.config.briefing.revised = Some("2026-01-20".into());
    let mut job = sample.job();
    job.date = sample.config.briefing.latest();
    let files = files(&made(&job));
    assert_eq!(id(&sample), first);
    let opf = &files["OEBPS/content.opf"];
    for said in [
        "<meta property=\"dcterms:modified\">2026-01-20T00:00:00Z</meta>",
        "<dc:date>2026-01-07</dc:date>",
        "<meta property=\"schema:bookEdition\">第2版，2026年1月20日修订</meta>",
    ] {
        assert!(opf.contains(said), "{said}\n{opf}");
    }
    assert!(files["OEBPS/title.xhtml"].contains("<p class=\"edition\">（第2版，2026年1月20日修订）</p>"));
    sample.config.briefing.number = Some("13".into());
    assert_ne!(id(&sample), first);
}

#[test]
fn date_and_cover_come_from_the_job() {
    let sample = Sample::rich();
    let cover = Image { bytes: b"\x89PNG".to_vec(), media_type: "image/png" };
    let mut job = sample.job();
    job.date = chrono::DateTime::from_timestamp(1_767_744_000, 0);
    job.cover = Some(&cover);
    let mut archive = ZipArchive::new(Cursor::new(made(&job))).unwrap();
    let mut opf = String::new();
    archive.by_name("OEBPS/content.opf").unwrap().read_to_string(&mut opf).unwrap();
    assert!(opf.contains("<meta property=\"dcterms:modified\">2026-01-07T00:00:00Z</meta>"));
    assert!(opf.contains("properties=\"cover-image\" id=\"cover-image\" href=\"images/cover.png\""), "{opf}");
    assert!(archive.by_name("OEBPS/images/cover.png").is_ok());
}

#[test]
fn an_empty_tree_is_still_a_book() {
    let sample = Sample::of(Proceedings::default());
    let files = files(&made(&sample.job()));
    assert!(files["OEBPS/nav.xhtml"].contains("href=\"title.xhtml\""));
    assert!(files["OEBPS/content.opf"].contains("会议发言汇编"));
}

#[test]
fn odd_speeches_get_sound_names() {
    let mut tree = Proceedings { title: "题".into(), ..Proceedings::default() };
    tree.speeches =
        ["", "同名", "同名"].map(|text| Speech::new(Heading::of_clauses(vec![text.into()]))).into();
    let mut sample = Sample::of(tree);
    for (speech, id) in sample.tree.speeches.iter_mut().zip(["../x", "s09", "s09"]) {
        speech.id = NodeId::new(id);
    }
    let files = files(&made(&sample.job()));
    let names: Vec<&str> = files.keys().filter_map(|name| name.strip_prefix("OEBPS/s")).collect();
    assert_eq!(names, ["01.xhtml", "09-2.xhtml", "09.xhtml", "tylesheet.css"]);
    assert!(!files["OEBPS/s01.xhtml"].contains("<h1") && !files["OEBPS/s01.xhtml"].contains(".."));
    assert!(files["OEBPS/nav.xhtml"].contains("<a href=\"s01.xhtml\"><span class=\"clause\">s01</span></a>"));
}

#[test]
fn parts_hold_their_speeches_in_both_contents() {
    let sample = Sample::rich();
    let files = files(&made(&sample.job()));
    let nav = &files["OEBPS/nav.xhtml"];
    assert_eq!(nav.matches("<ol>").count(), 4, "the contents, two parts, the landmarks: {nav}");
    assert!(nav.contains("<a epub:type=\"bodymatter\" href=\"p1.xhtml\">"));
    assert!(files["OEBPS/toc.ncx"].contains("name=\"dtb:depth\" content=\"2\""));
}
