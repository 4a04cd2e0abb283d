//! Whole sources: shapes that offices send, and the tree a careful reader makes of them.

use crate::normalize::{Known, StructureError, normalize};
use crate::source::read;
use crate::tree::{FileId, Proceedings};

fn tree(text: &str) -> Proceedings {
    try_tree(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

fn try_tree(text: &str) -> Result<Proceedings, StructureError> {
    normalize(&mut [read(FileId(0), "a.md", text.as_bytes()).unwrap()], Known::default()).map(|n| n.tree)
}

/// `title | event | lede | part: speech(names), …`
fn outline(text: &str) -> String {
    let tree = tree(text);
    let lede: Vec<String> = tree.lede.iter().map(|b| b.text()).collect();
    let speeches: Vec<String> = tree
        .speeches
        .iter()
        .map(|s| {
            let part = tree.parts.iter().find(|p| Some(&p.id) == s.part.as_ref());
            let part = part.map_or_else(String::new, |p| format!("{}: ", p.title));
            let names: Vec<String> = s.speakers.iter().map(|s| s.display_name()).collect();
            format!("{part}{}({})", s.heading.display(), names.join("、"))
        })
        .collect();
    [tree.title, tree.event.unwrap_or_default(), lede.join("/"), speeches.join(", ")].join(" | ")
}

#[test]
fn title_event_lede_and_speeches() {
    for (text, expected) in [
        (
            "# 题\n\n## 会\n\n导语。\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n",
            "题 | 会 | 导语。 | 甲 乙(林颂)",
        ),
        ("# 题\n\n# 甲 乙\n\n林颂 市政协委员\n\n文。\n", "题 |  |  | 甲 乙(林颂)"),
        ("题\n==\n\n会\n--\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n", "题 | 会 |  | 甲 乙(林颂)"),
        ("# 题\n\n## 甲 乙\n\n文一。\n\n## 丙 丁\n\n文二。\n", "题 |  |  | 甲 乙(), 丙 丁()"),
        ("# 题\n\n### 只有一篇 没写姓名\n\n文。\n", "题 |  |  | 只有一篇 没写姓名()"),
    ] {
        assert_eq!(outline(text), expected, "{text}");
    }
}

#[test]
fn parts_and_the_event_before_them() {
    for (text, expected) in [
        (
            "# 题\n\n## 大会发言\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n\n## 书面发言\n\n### 丙 丁\n\n于博 市政协委员\n\n文。\n",
            "题 |  |  | 大会发言: 甲 乙(林颂), 书面发言: 丙 丁(于博)",
        ),
        (
            "# 题\n\n## 市政协五次会议\n\n## 大会发言\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n\n## 书面发言\n\n### 丙 丁\n\n于博 市政协委员\n\n文。\n",
            "题 | 市政协五次会议 |  | 大会发言: 甲 乙(林颂), 书面发言: 丙 丁(于博)",
        ),
        (
            "# 题\n\n## 专题一\n\n专题导语。\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n\n## 专题二\n\n### 丙 丁\n\n于博 市政协委员\n\n文。\n",
            "题 |  |  | 专题一: 甲 乙(林颂), 专题二: 丙 丁(于博)",
        ),
        (
            "# 题\n\n## 市政协第六届委员会五次会议\n\n导语。\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n\n## 书面发言\n\n### 丙 丁\n\n于博 市政协委员\n\n文。\n",
            "题 | 市政协第六届委员会五次会议 | 导语。 | 甲 乙(林颂), 书面发言: 丙 丁(于博)",
        ),
    ] {
        assert_eq!(outline(text), expected, "{text}");
    }
}

#[test]
fn a_part_that_no_speech_follows_is_a_speech() {
    let text = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n\n## 结束语\n\n谢谢大家参加这次会议。\n";
    assert_eq!(outline(text), "题 |  |  | 甲 乙(林颂), 结束语()");
}

#[test]
fn a_subtitle_belongs_to_the_heading() {
    let text = "# 题\n\n### 甲 乙\n\n——关于某事的建议\n\n林颂 市政协委员\n\n首句。文。\n";
    assert_eq!(outline(text), "题 |  |  | 甲 乙 ——关于某事的建议(林颂)");
    assert_eq!(tree(text).speeches[0].heading.clauses.len(), 3);
}

#[test]
fn a_forgotten_blank_line_under_the_speaker() {
    let tree = tree("# 题\n\n### 甲 乙\n林颂 市政协委员\n夯实基础。完善设施,\n提升能力。\n");
    assert_eq!(tree.speeches[0].speakers[0].name, "林颂");
    assert_eq!(tree.speeches[0].body[0].text(), "夯实基础。完善设施，提升能力。");
}

#[test]
fn roles_that_go_on_in_the_next_line() {
    let tree = tree("# 题\n\n### 甲 乙\n\n林颂　市政协委员,\n江城中学校长\n\n文。\n");
    let speaker = &tree.speeches[0].speakers[0];
    assert_eq!((speaker.name.as_str(), speaker.title.as_str()), ("林颂", "市政协委员，江城中学校长"));
}

#[test]
fn a_date_or_portrait_before_the_speaker() {
    let text = "# 题\n\n### 甲 乙\n\n（2026年1月7日）\n\n林颂 市政协委员\n\n文。\n";
    assert_eq!(outline(text), "题 |  |  | 甲 乙(林颂)");
    assert_eq!(tree(text).speeches[0].body.len(), 2);
}

#[test]
fn notes_stand_with_the_speech_that_refers_to_them() {
    let text = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n文一[^b]文二[^a]。\n\n### 丙 丁\n\n于博 市政协委员\n\n文三[^a]。\n\n[^a]: 注,甲\n[^b]: 注乙\n[^c]: 没人提到\n";
    let tree = tree(text);
    let notes = |k: usize| -> Vec<String> {
        let notes = tree.speeches[k].body.iter().filter(|b| b.id.as_str().contains(".n"));
        notes.map(|b| b.text()).collect()
    };
    assert_eq!(notes(0), ["注乙", "注，甲"]);
    assert_eq!(notes(1), ["注，甲", "没人提到"]);
}

#[test]
fn lines_are_joined_without_a_blank_between_hanzi() {
    let tree = tree("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n推进\n改革 and\nopening\n开放。\n");
    assert_eq!(tree.speeches[0].body[0].text(), "推进改革 and opening 开放。");
}

/// A program wraps at blanks, a page anywhere: the same line end stood for a blank or for nothing.
#[test]
fn a_line_end_between_scripts_is_what_the_file_makes_of_it() {
    for (body, text) in [
        ("以改革 and\n供给侧\n5G\n并举。", "以改革 and 供给侧 5G 并举。"),
        ("先把路\n修好，\n再用AI\n赋能。", "先把路修好，再用AI赋能。"),
        ("先把路\n修好，\n再用 AI\n赋能。", "先把路修好，再用 AI 赋能。"),
    ] {
        let tree = tree(&format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n{body}\n"));
        assert_eq!(tree.speeches[0].body[0].text(), text);
    }
}

#[test]
fn lines_of_a_title() {
    let of = |name: &str, title: &str| {
        let text = title.to_owned()
            + if name.ends_with("md") {
                "\n\n### 甲 乙\n\n林颂 市政协委员\n\n文。\n"
            } else {
                "<h3>甲 乙</h3><p>林颂 市政协委员</p><p>文。</p>"
            };
        let mut documents = [read(FileId(0), name, text.as_bytes()).unwrap()];
        normalize(&mut documents, Known::default()).unwrap().tree.title
    };
    assert_eq!(of("a.md", "在全市工作会议上的\n发言\n=="), "在全市工作会议上的发言");
    assert_eq!(of("a.md", "建书香城市\\\n做好阅览室\n=="), "建书香城市 做好阅览室");
    // A page's line end is a blank, as pandoc cuts it.
    assert_eq!(of("a.html", "<h1\nid=\"a\">建书香城市\n做好阅览室</h1>"), "建书香城市 做好阅览室");
    assert_eq!(of("a.html", "<h1>建书香城市<br>做好阅览室</h1>"), "建书香城市 做好阅览室");
}

/// pandoc cuts headings where they are long: what was a blank is one again.
#[test]
fn a_page_cut_by_pandoc_is_its_markdown() {
    let markdown =
        "# 发展 AI 产业\n\n### 推进 AI 赋能 打造 5G 高地\n\n林颂 市政协委员，TCL 公司经理\n\n用 AI 办件。\n";
    let page = "<h1\nid=\"a\">发展 AI\n产业</h1>\n<h3>推进 AI 赋能 打造 5G\n高地</h3>\n<p>林颂\n市政协委员，TCL\n公司经理</p>\n<p>用 AI\n办件。</p>";
    let of = |name: &str, text: &str| {
        let mut documents = [read(FileId(0), name, text.as_bytes()).unwrap()];
        let tree = normalize(&mut documents, Known::default()).unwrap().tree;
        let speech = &tree.speeches[0];
        (
            tree.title.clone(),
            speech.heading.clauses.clone(),
            speech.speakers[0].roles.clone(),
            speech.body[0].text(),
        )
    };
    assert_eq!(of("a.html", page), of("a.md", markdown));
}

#[test]
fn a_blank_that_is_a_reference_is_dropped_on_record() {
    let text = "<h1>题</h1><h3>甲&nbsp;&nbsp;乙</h3><p>林&nbsp;颂 市政协委员</p><p>文。</p>";
    let mut documents = [read(FileId(0), "a.html", text.as_bytes()).unwrap()];
    let tree = normalize(&mut documents, Known::default()).unwrap().tree;
    assert_eq!(
        (tree.speeches[0].heading.text.as_str(), tree.speeches[0].speakers[0].name.as_str()),
        ("甲 乙", "林颂")
    );
    let edits: Vec<_> = tree.edits.iter().map(|e| (e.before.as_str(), e.after.as_str())).collect();
    assert_eq!(edits, [("&nbsp;&nbsp;", " "), ("&nbsp;", "")]);
}

#[test]
fn what_is_missing_is_said() {
    assert!(matches!(try_tree("没有标题。\n"), Err(StructureError::NoTitle { .. })));
    assert!(matches!(try_tree("# 题\n\n## 会\n\n导语。\n"), Err(StructureError::NoSpeech { .. })));
}

#[test]
fn what_a_note_refers_to_stands_with_it() {
    let tree = tree(
        "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n文[^a]。\n\n[^a]: 见注[^b]、[^a]。\n\n[^b]: 注中的注。\n\n### 丙 丁\n\n于博 \
         市政协委员\n\n另一篇。\n",
    );
    let notes = |k: usize| -> Vec<String> {
        let notes = tree.speeches[k].body.iter().filter(|b| b.id.as_str().contains(".n"));
        notes.map(|b| b.text()).collect()
    };
    assert_eq!(notes(0), ["见注、。", "注中的注。"]);
    assert_eq!(notes(1), [""; 0]);
    let json = tree.to_json().unwrap();
    let labels = json.matches("\"label\": \"2\"").count();
    assert_eq!(labels, 2, "the note and what refers to it: {json}");
}

#[test]
fn a_note_on_the_speaker_keeps_its_mark() {
    let tree = tree("# 题\n\n### 甲 乙\n\n林颂 市政协委员[^1]\n\n文。\n\n[^1]: 注。\n");
    let head = &tree.speeches[0].heading.inlines;
    assert!(
        matches!(head.last(), Some(crate::tree::Inline::NoteRef { note, .. }) if note.as_str() == "s01.n01"),
        "{head:?}"
    );
}

#[test]
fn captions_belong_to_what_they_caption() {
    let text = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n见表1。\n\n表1 学校,数\n\n|甲|乙|\n|-|-|\n|一|二|\n\n![图](a.png)\n\n图1 近年\n\n图1表明增长。\n";
    let tree = tree(text);
    let texts: Vec<String> = tree.speeches[0].body.iter().map(|b| format!("{} {}", b.id, b.text())).collect();
    assert_eq!(
        texts,
        [
            "s01.p01 见表1。",
            "s01.t01 表1 学校，数\n甲\n乙\n一\n二",
            "s01.f01 图1 近年",
            "s01.p02 图1表明增长。"
        ]
    );
}

#[test]
fn quotations_over_lines_are_curled() {
    let wrapped = "题目\n\n林知夏 市政协委员\n\n    居民的意见放在前。一块绿地种什\n么、摆什么，住在旁边的人清楚，\"\n先议后建\"的做法可以推广，图纸\n上墙公示不少于十五天，\"大家说\n了算\"就是这个意思。这件事不难\n办，难在有人办，要有人办。\n";
    let parted = "题目\n\n林知夏 市政协委员\n\n他说:\"修路要先问人。\n问了人再动工。\"大家同意。\n";
    // Halves that are not sure stay as they are.
    let unsure = "题目\n\n林知夏 市政协委员\n\n管子要15\"。\n修路要\"先问人。\n";
    for (text, pairs, straight) in [(wrapped, 2, 0), (parted, 1, 0), (unsure, 0, 2)] {
        let mut documents = [read(FileId(0), "a.txt", text.as_bytes()).unwrap()];
        let tree = normalize(&mut documents, Known::default()).unwrap().tree;
        let body: String = tree.speeches[0].body.iter().map(|b| b.text()).collect();
        let count = |c| body.matches(c).count();
        assert_eq!((count('“'), count('”'), count('"')), (pairs, pairs, straight), "{body}");
    }
}
