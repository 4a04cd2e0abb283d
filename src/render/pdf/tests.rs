//! The promises of the PDF and of the Typst project, on a tree with every kind of block.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::config::Config;
use crate::fonts::{FontRequest, FontSet};
use crate::render::pdf::{Pdf, TypstProject};
use crate::render::{Asset, Assets, Backend, Engine, Job, Note, RenderError, Rendered, Templates};
use crate::tree::{Block, Heading, Inline, Proceedings, Speaker, Speech, assign_ids};

const RICH: &str = include_str!("../../../tests/fixtures/pdf-rich-tree.json");

/// Characters that mean something to Typst, to XML or to templates.
const HOSTILE: &str = r#"#import "x": * 和 $x$ 与 {{ 名 }} <script>alert(1)</script> ]]> \ @a `码` -- --- ... *星* _线_ = // 注 /* 注 */ ~ '单' "双" &amp;"#;

fn fonts() -> &'static FontSet {
    static FONTS: OnceLock<FontSet> = OnceLock::new();
    FONTS.get_or_init(|| FontSet::find(&FontRequest::from_environment()).expect("the shipped fonts"))
}

fn rich() -> Proceedings {
    let mut tree = Proceedings::from_json(RICH).expect("the fixture is a tree");
    assign_ids(&mut tree);
    tree
}

fn one_speech(paragraphs: &[&str]) -> Proceedings {
    let mut speech = Speech::new(Heading::of_clauses(vec!["上一句话".into(), "下一句话".into()]));
    speech.speakers = vec![Speaker::named("甘棠")];
    speech.body = paragraphs.iter().map(|p| Block::paragraph(vec![Inline::text(*p)], None)).collect();
    let mut tree = Proceedings { title: "书名".into(), speeches: vec![speech], ..Proceedings::default() };
    assign_ids(&mut tree);
    tree
}

/// A small red picture.
fn picture() -> Asset {
    let bytes = include_bytes!("../../../tests/fixtures/point.png").to_vec();
    Asset { bytes, media_type: "image/png", ending: "png", width: 8, height: 8 }
}

fn render(backend: &dyn Backend, tree: &Proceedings, templates: &Templates) -> Result<Rendered, RenderError> {
    let assets: Assets = [("pics/灯 一.png".to_owned(), picture())].into_iter().collect();
    let config = Config::default();
    backend.render(&Job::new(tree, &config, fonts(), templates, &assets))
}

fn project(tree: &Proceedings) -> BTreeMap<String, Vec<u8>> {
    let rendered = render(&TypstProject, tree, &Templates::default()).expect("a project");
    rendered.artifacts.into_iter().map(|a| (a.path, a.bytes)).collect()
}

#[cfg(feature = "pdf")]
fn pdf(tree: &Proceedings) -> Rendered {
    render(&Pdf, tree, &Templates::default()).expect("a document")
}

#[test]
fn a_project_is_files_with_safe_names() {
    let files = project(&rich());
    assert!(files.contains_key("main.typ") && files.contains_key("data.json"));
    assert!(files.contains_key("assets/picture-01.png"));
    for path in files.keys() {
        assert!(path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-_".contains(&b)), "{path}");
        assert!(!path.starts_with('/') && !path.contains(".."), "{path}");
    }
}

#[test]
fn text_is_data() {
    let files = project(&one_speech(&[HOSTILE]));
    let data: serde_json::Value = serde_json::from_slice(&files["data.json"]).expect("data is JSON");
    let text = &data["tree"]["speeches"][0]["body"][0]["inlines"][0]["text"];
    assert_eq!(text.as_str(), Some(HOSTILE));
    let templates = files.iter().filter(|(path, _)| path.ends_with(".typ"));
    for (path, bytes) in templates {
        let code = String::from_utf8_lossy(bytes);
        assert!(!code.contains("eval(") && !code.contains("甘棠"), "{path}");
    }
}

#[test]
fn a_missing_picture_is_told_of_and_its_caption_printed() {
    let rendered = render(&TypstProject, &rich(), &Templates::default()).expect("a project");
    assert!(rendered.notes.contains(&Note::PictureMissing { src: "不在的.png".into() }));
    assert!(!rendered.notes.contains(&Note::PictureMissing { src: "pics/灯 一.png".into() }));
}

#[test]
fn a_character_without_a_glyph_is_a_note_and_a_stand_in() {
    let tree = one_speech(&["字🏮字\u{E000}字\u{1}字\u{FEFF}"]);
    let rendered = render(&TypstProject, &tree, &Templates::default()).expect("a project");
    let met: Vec<char> = rendered
        .notes
        .iter()
        .filter_map(|n| match n {
            Note::CharacterMissing { character, nodes } => {
                assert_eq!(nodes, &[tree.speeches[0].body[0].id.clone()]);
                Some(*character)
            }
            _ => None,
        })
        .collect();
    assert_eq!(met, ['\u{E000}', '🏮']);
    let data = project(&tree).remove("data.json").expect("data");
    assert!(String::from_utf8_lossy(&data).contains("字〓字〓字字"));
}

#[test]
fn a_path_that_leads_out_of_the_project_is_refused() {
    let own = BTreeMap::from([("pdf/../../x.typ".to_owned(), String::new())]);
    let result = render(&TypstProject, &rich(), &Templates::with_own(own));
    assert!(matches!(result, Err(RenderError::Template { .. })));
}

#[test]
fn a_command_that_is_not_there_is_a_sentence() {
    let (tree, config, templates, assets) =
        (one_speech(&["话。"]), Config::default(), Templates::default(), Assets::default());
    let engine = Engine::TypstCli { program: "no-such-typst".into() };
    let job = Job { engine: &engine, ..Job::new(&tree, &config, fonts(), &templates, &assets) };
    assert!(matches!(Pdf.render(&job), Err(RenderError::EngineStart { .. })));
}

#[test]
fn what_opens_a_part_is_told_with_its_notes() {
    let files = project(&rich());
    let data: serde_json::Value = serde_json::from_slice(&files["data.json"]).expect("data is JSON");
    let part = &data["tree"]["speeches"][0]["part"];
    assert_eq!(part["intro"].as_array().map(Vec::len), Some(1));
    assert_eq!(part["intro"][0]["inlines"][1]["note"], "p1.n01");
    assert_eq!(part["notes"]["p1.n01"]["blocks"][1]["inlines"][0]["text"], "到会的有十一人。");
}

#[cfg(not(feature = "pdf"))]
#[test]
fn without_the_feature_there_is_no_embedded_engine() {
    let result = render(&Pdf, &rich(), &Templates::default());
    assert!(matches!(result, Err(RenderError::NoEmbeddedEngine)));
}

#[cfg(feature = "pdf")]
mod embedded {
    use super::*;
    use crate::tree::{BlockKind, NodeId};

    #[test]
    fn every_kind_of_block_makes_an_archival_document() {
        let rendered = pdf(&rich());
        let bytes = &rendered.artifacts[0].bytes;
        assert!(bytes.starts_with(b"%PDF-"));
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains("pdfuaid:part") && text.contains("pdfaid:conformance"));
        assert!(!rendered.notes.iter().any(|n| matches!(n, Note::Typesetter { .. })), "{:?}", rendered.notes);
    }

    #[test]
    fn the_same_bytes_on_every_run_and_with_one_thread() {
        let tree = rich();
        let first = pdf(&tree).artifacts;
        assert_eq!(first, pdf(&tree).artifacts);
        comemo::evict(0);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        assert_eq!(first, pool.install(|| pdf(&tree).artifacts));
    }

    #[test]
    fn odd_characters_never_stop_a_build() {
        let odd = "a\u{301}\u{20DD} 㛃\u{301}\u{20DD} \u{0}\u{7}\u{85}\u{200B}\u{2060}\u{AD}\u{FE0F}\u{E0100}\
                   \u{202E}\u{FFFE}\u{FFFD}\u{FDD0}\u{F8FF}\u{10FFFF}\u{1F469}\u{200D}\u{1F469} \
                   العربية हिन्दी ไทย 한국어 \t\r\n\u{2028} \u{A0}\u{3000} ﷽ \u{0338}";
        let mut tree = one_speech(&[odd, ""]);
        tree.title = odd.to_owned();
        tree.speeches[0].heading = Heading::of_clauses(vec![odd.to_owned()]);
        tree.speeches[0].speakers[0].name = odd.to_owned();
        tree.speeches[0].speakers[0].title = odd.to_owned();
        assign_ids(&mut tree);
        let rendered = pdf(&tree);
        assert!(rendered.notes.iter().any(|n| matches!(n, Note::CharacterMissing { character: 'ไ', .. })));
    }

    #[test]
    fn a_broken_picture_is_left_out() {
        let tree = rich();
        let mut broken = picture();
        broken.bytes.truncate(40);
        let assets: Assets = [("pics/灯 一.png".to_owned(), broken)].into_iter().collect();
        let (config, templates) = (Config::default(), Templates::default());
        let job = Job::new(&tree, &config, fonts(), &templates, &assets);
        let rendered = Pdf.render(&job).expect("a document");
        assert!(rendered.notes.contains(&Note::PictureMissing { src: "pics/灯 一.png".into() }));
    }

    #[test]
    fn trees_with_little_in_them_make_books_too() {
        pdf(&Proceedings::default());
        let mut tree = one_speech(&[]);
        tree.title.clear();
        tree.speeches[0].heading = Heading::of_clauses(Vec::new());
        tree.speeches[0].speakers.clear();
        assign_ids(&mut tree);
        pdf(&tree);
    }

    #[test]
    fn pages_are_the_printed_ones() {
        let tree = rich();
        let pages = pdf(&tree).pages.expect("pages are known");
        // Cover, its back, contents, its back; then page 1.
        assert_eq!(pages.first_page[&NodeId::new("lede.p01")], 1);
        assert_eq!(pages.first_page[&NodeId::new("p1")], 1);
        assert_eq!(pages.first_page[&NodeId::new("p1.p01")], 1);
        assert_eq!(pages.first_page[&NodeId::new("s01")], 1);
        let numbers: Vec<usize> = tree.speeches.iter().map(|s| pages.first_page[&s.id]).collect();
        assert!(numbers.is_sorted() && numbers[2] > 1, "{numbers:?}");
        assert_eq!(pages.first_page[&NodeId::new("p2")], numbers[2]);
        assert!(pages.count >= numbers[2] + 5, "four pages before the text, and the index after it");
        for speech in &tree.speeches {
            for block in &speech.body {
                assert!(pages.first_page.contains_key(&block.id), "{}", block.id);
                if let BlockKind::Quote(quote) = &block.kind {
                    assert!(pages.first_page.contains_key(&quote.blocks[0].id));
                }
            }
        }
    }

    #[test]
    fn a_font_nobody_has_is_an_error() {
        let main = "#set text(font: \"No Such Font\")\n字";
        let own = BTreeMap::from([("pdf/main.typ".to_owned(), main.to_owned())]);
        match render(&Pdf, &rich(), &Templates::with_own(own)) {
            Err(RenderError::Typeset { message, place }) => {
                assert!(message.contains("no such font"), "{message}");
                assert_eq!(place.as_deref(), Some("main.typ:1"));
            }
            other => panic!("{other:?}"),
        }
    }
}
