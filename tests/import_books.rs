//! Books of hostile words, for the promise that what `import` writes is read back.

use jianbao::tree::{
    Alignment, Block, BlockKind, Cell, Figure, Heading, Inline, List, ListItem, NodeId, Note, Numbering,
    Part, Proceedings, Quote, Speaker, Speech, SubHeading, Table, plain_text,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// What texts are made of.
const TEXTS: &[&str] = &[
    "推进改革",
    "服务。",
    "甲",
    "，",
    "“引”",
    "（一）",
    "——",
    "…",
    "、",
    "AI+",
    "2.0",
    "1,000",
    "12:30",
    "5",
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "``",
    "`a*b`",
    "[",
    "]",
    "[^1]",
    "](a)",
    "![x](y)",
    "<b>",
    "</b>",
    "<br>",
    "<!-- x -->",
    "<",
    ">",
    "&amp;",
    "&lt;",
    "&",
    "\\",
    "\\\\",
    "|",
    "#",
    "# ",
    "## ",
    "- ",
    "+ ",
    "1. ",
    "2) ",
    "> ",
    "---",
    "===",
    "~~~",
    "```",
    "+++",
    "|:-:|",
    "|-|-",
    " ",
    "  ",
    "\u{3000}",
    "\u{a0}",
    "\t",
    "é",
    "𠮷",
    "㛃",
    "🙂",
    "\u{200b}",
    "snake_case",
    "http://a.cn/b?c=1&d",
    "a@b.cn",
    "$x$",
    "{{",
    "@",
    "C:\\temp",
    "^",
    "~",
    "=",
    "don't",
    "15\"",
    "no",
    ",",
    ";",
    ":",
    "?",
    "!",
    "(",
    ")",
    "\"",
    "'",
    "甲,乙",
    "(x)",
    "\"甲\"",
    "\\,",
    "**注:**",
];

fn words() -> impl Strategy<Value = String> {
    vec(prop_oneof![1 => Just("甲乙"), 3 => select(TEXTS)], 1..6).prop_map(|pieces| pieces.concat())
}

/// A text that neither begins nor ends with a blank.
fn trimmed() -> impl Strategy<Value = String> {
    words().prop_map(|text| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned();
        if text.is_empty() { "甲".to_owned() } else { text }
    })
}

fn text_run() -> impl Strategy<Value = Inline> {
    words().prop_map(Inline::text)
}

/// Words that are more than blanks, as what is emphasised must be.
fn solid() -> impl Strategy<Value = Vec<Inline>> {
    (words(), any::<bool>()).prop_map(|(text, first)| {
        let text = match (text.trim().is_empty(), first) {
            (true, true) => format!("甲{text}"),
            (true, false) => format!("{text}甲"),
            (false, _) => text,
        };
        vec![Inline::text(text)]
    })
}

fn link(content: Vec<Inline>) -> impl Strategy<Value = Inline> {
    const HREFS: &[&str] =
        &["a", "https://a.cn/甲?b=1&c=2", "a b", "a(1)", "", "图（一）", "a?b&lt;c", "a_b*c", "<x>", "a\\*b"];
    select(HREFS).prop_map(move |href| Inline::Link { href: href.into(), content: content.clone() })
}

/// Runs as they may be nested: emphasis of one kind never stands in itself, where it would say
/// nothing, nor a link in a link.
fn run() -> impl Strategy<Value = Inline> {
    let strong = |content| Inline::Strong { content };
    let emphasis = |content| Inline::Emphasis { content };
    let mixed = || (option::of(text_run()), solid(), option::of(text_run()));
    let nested =
        mixed().prop_map(move |(a, b, c)| strong(a.into_iter().chain([emphasis(b)]).chain(c).collect()));
    let other =
        mixed().prop_map(move |(a, b, c)| emphasis(a.into_iter().chain([strong(b)]).chain(c).collect()));
    prop_oneof![
        6 => text_run(),
        2 => solid().prop_map(strong),
        2 => solid().prop_map(emphasis),
        1 => nested,
        1 => other,
        1 => solid().prop_flat_map(link),
        1 => solid().prop_flat_map(move |c| link(vec![strong(c)])),
        1 => solid().prop_flat_map(link).prop_map(move |l| emphasis(vec![l])),
        1 => Just(Inline::Break),
    ]
}

/// The runs of a paragraph: something that is neither blank nor a break at both ends.
fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    vec(run(), 1..5).prop_map(|mut runs| {
        let text = plain_text(&runs);
        if text.starts_with(char::is_whitespace) {
            runs.insert(0, Inline::text("甲"));
        }
        if text.ends_with(char::is_whitespace) {
            runs.push(Inline::text("乙"));
        }
        runs
    })
}

fn paragraph() -> impl Strategy<Value = Block> {
    inlines().prop_map(|runs| Block::paragraph(runs, None))
}

fn number() -> impl Strategy<Value = Option<Numbering>> {
    const NUMBERS: &[(&str, &str)] = &[
        ("之二", "二"),
        ("一、", "一"),
        ("（二）", "二"),
        ("1.", "1"),
        ("2．", "2"),
        ("（3）", "3"),
        ("①", "①"),
    ];
    option::of(select(NUMBERS).prop_map(|(label, value)| Numbering::new(label, value)))
}

/// A heading whose text does not begin like a number: that would be its number.
fn sub_heading(level: impl Strategy<Value = u8>) -> impl Strategy<Value = Block> {
    (level, number(), inlines()).prop_map(|(level, number, mut runs)| {
        let begins = if number.is_some() { "2.0甲" } else { "甲" };
        runs.insert(0, Inline::text(begins));
        Block::new(BlockKind::Heading(SubHeading::new(level, number, runs)), None)
    })
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![1 => Just(Cell::default()), 3 => inlines().prop_map(Cell::new)]
}

/// A caption is found by its word and number, and is no sentence.
fn caption(word: &'static str) -> impl Strategy<Value = Vec<Inline>> {
    let strong = Inline::Strong { content: vec![Inline::text("**x")] };
    prop_oneof![
        Just(vec![]),
        Just(vec![Inline::text(format!("{word}1 学校15\"\\*"))]),
        Just(vec![Inline::text(format!("{word}一 ")), strong]),
    ]
}

/// A table. `表1 …` stands above those of a body, any other caption below, marked.
fn table(caption: impl Strategy<Value = Vec<Inline>>) -> impl Strategy<Value = Block> {
    let alignment = select(&[Alignment::Start, Alignment::Center, Alignment::End][..]);
    let cells = (1usize..4).prop_flat_map(move |width| {
        (vec(alignment.clone(), width), vec(cell(), width), vec(vec(cell(), width), 0..3))
    });
    (cells, caption).prop_map(|((alignments, head, rows), caption)| {
        let mut table = Table::new(alignments, head, rows);
        table.caption = caption;
        Block::new(BlockKind::Table(table), None)
    })
}

fn figure(captions: impl Strategy<Value = Vec<Inline>>) -> impl Strategy<Value = Block> {
    const SRCS: &[&str] =
        &["a.png", "图片（一）.png", "a b/c.png", "https://a.cn/x.png?y=1&z", "a(1).png", "x_y*z.png"];
    (select(SRCS), prop_oneof![Just(String::new()), trimmed()], captions)
        .prop_map(|(src, alt, caption)| Block::new(BlockKind::Figure(Figure::new(src, alt, caption)), None))
}

fn block(depth: u32) -> BoxedStrategy<Block> {
    if depth == 0 {
        let marked = prop_oneof![3 => Just(vec![]), 1 => inlines()];
        return prop_oneof![6 => paragraph(), 1 => table(marked), 1 => figure(Just(vec![])), 1 => sub_heading(Just(4))].boxed();
    }
    let inner = move || vec(block(depth - 1), 1..4);
    let item = prop_oneof![1 => Just(vec![]), 4 => paragraph().prop_map(|p| vec![p]), 4 => inner()];
    let list = (option::of(select(&[0u64, 1, 7, 2026][..])), vec(item, 1..4)).prop_map(|(start, items)| {
        Block::new(BlockKind::List(List::new(start, items.into_iter().map(ListItem::new).collect())), None)
    });
    let quote = inner().prop_map(|blocks| Block::new(BlockKind::Quote(Quote::new(blocks)), None));
    prop_oneof![4 => block(0), 2 => list, 1 => quote].boxed()
}

/// Blocks of a body: headings stand at a level there.
fn blocks(most: usize) -> impl Strategy<Value = Vec<Block>> {
    let top = block(2).prop_filter("a level of its own", |b| !matches!(b.kind, BlockKind::Heading(_)));
    let title = trimmed().prop_map(|t| vec![Inline::text(t)]);
    let captioned = prop_oneof![table(caption("表")), table(inlines()), figure(caption("图")), figure(title)];
    vec(prop_oneof![8 => top, 1 => captioned, 1 => sub_heading(1u8..5)], 0..most)
}

/// A heading of clauses that begin and end with hanzi, so that blanks between them part them.
fn heading() -> impl Strategy<Value = Heading> {
    let clause = trimmed().prop_map(|t| format!("甲{}乙", t.replace(char::is_whitespace, "")));
    (vec(clause, 1..4), number(), any::<bool>()).prop_map(|(clauses, number, is_strong)| {
        let mut heading = Heading::of_clauses(clauses);
        heading.number = number;
        if is_strong && let Some((first, rest)) = heading.text.split_once(' ') {
            let content = vec![Inline::text(rest)];
            heading.inlines = vec![Inline::text(format!("{first} ")), Inline::Strong { content }];
        }
        heading
    })
}

fn person(name: &str, roles: &[&str], mark: &str) -> Speaker {
    let mut speaker = Speaker::named(name);
    speaker.roles = roles.iter().map(|r| (*r).to_owned()).collect();
    speaker.title = roles.join(mark);
    speaker
}

/// Speakers whom a line can name.
fn speakers() -> impl Strategy<Value = Vec<Speaker>> {
    const ROLES: &[&str] =
        &["市政协委员", "民盟市委副主委", "江城大学常务副院长", "市商会（江城，汉口）会长", "<b>公司经理"];
    const NAMES: &[&str] = &["林颂", "欧阳娜娜", "格桑·卓嘎", "古丽巴哈尔", "John Smith"];
    let roles = (1usize..4).prop_flat_map(|n| vec(select(ROLES), n));
    let one = (select(NAMES), roles, select(&["，", "、"][..]), any::<bool>()).prop_map(
        |(name, roles, mark, noted)| {
            let mut speaker = person(name, &roles, mark);
            if noted {
                speaker.notes = vec!["女".into(), "回族".into()];
            }
            vec![speaker]
        },
    );
    let joint = Just({
        let last = person("于博", &["市政协委员", "市中学校长"], "，");
        let mut first = Speaker::named("林颂");
        first.roles.clone_from(&last.roles);
        vec![first, last]
    });
    let body = select(&["市工商联", "民革市委会", "九三学社江城市委"][..]).prop_map(|body| {
        let mut speaker = Speaker::default();
        speaker.organisation = Some(body.to_owned());
        vec![speaker]
    });
    let representing = Just({
        let mut speaker = person("林颂", &[], "");
        speaker.title = "代表民革市委会".into();
        speaker.organisation = Some("民革市委会".into());
        vec![speaker]
    });
    let alone = Just(vec![Speaker::named("林颂")]);
    let line = prop_oneof![6 => one, 1 => joint, 1 => body.clone(), 1 => representing];
    prop_oneof![
        6 => line.clone(),
        1 => alone,
        1 => (line.clone(), line).prop_map(|(a, b)| [a, b].concat()),
    ]
}

/// Puts references into paragraphs and the notes they mean behind them, in the order they are met.
fn with_notes(blocks: &mut Vec<Block>, owner: &str, notes: Vec<Vec<Block>>) {
    let places: Vec<usize> =
        (0..blocks.len()).filter(|k| matches!(blocks[*k].kind, BlockKind::Paragraph(_))).collect();
    if places.is_empty() {
        return;
    }
    let mut defined = Vec::new();
    for (k, note) in notes.into_iter().enumerate() {
        let id = NodeId::new(format!("{owner}.n{:02}", k + 1));
        let label = (k + 1).to_string();
        let reference = Inline::NoteRef { note: id.clone(), label: label.clone() };
        // The last is meant twice.
        for place in [places[k.min(places.len() - 1)], places[places.len() - 1]] {
            if let BlockKind::Paragraph(p) = &mut blocks[place].kind {
                p.inlines.push(reference.clone());
            }
        }
        let mut block = Block::new(BlockKind::Note(Note::new(label, note)), None);
        block.id = id;
        defined.push(block);
    }
    blocks.extend(defined);
}

fn notes() -> impl Strategy<Value = Vec<Vec<Block>>> {
    let more = vec(block(1).prop_filter("no heading", |b| !matches!(b.kind, BlockKind::Heading(_))), 0..3);
    let note = (paragraph(), more).prop_map(|(first, more)| std::iter::once(first).chain(more).collect());
    vec(note, 0..2)
}

type Body = (Heading, Option<Vec<Speaker>>, Vec<Block>, Vec<Vec<Block>>);

fn speech() -> impl Strategy<Value = Body> {
    let headed = (heading(), option::weighted(0.8, speakers()), blocks(5), notes());
    let mut bare = Heading::of_clauses(vec![]);
    bare.inlines.clear();
    let turn = (Just(bare), turns().prop_map(Some), blocks(5), notes());
    prop_oneof![4 => headed, 1 => turn]
}

/// Speakers of a speech without a heading: who has no roles is somebody that is named nowhere else.
fn turns() -> impl Strategy<Value = Vec<Speaker>> {
    let called = select(&["沈怀瑾", "SPEAKER_00", "@江边的猫", "张", "阿依古丽"][..])
        .prop_map(|name| vec![Speaker::named(name)]);
    let voice = select(&["江城日报记者", "群众", "市教育局"][..]).prop_map(|voice| {
        let mut speaker = Speaker::default();
        speaker.organisation = Some(voice.to_owned());
        vec![speaker]
    });
    let short = Just(vec![person("周", &["主席"], "，")]);
    let roles = speakers().prop_filter("somebody with roles", |all| {
        all.iter().all(|s| !s.roles.is_empty() || s.organisation.is_some())
    });
    prop_oneof![2 => called, 2 => voice, 1 => short, 3 => roles]
}

/// A whole book. What no source in this form says, and what it is read as instead:
/// * nobody speaks at all: levels alone then tell what a speech is, and tell otherwise;
/// * an event beside parts that is not named like a meeting: the first part;
/// * parts without an event and without a lede, one alone: the event;
/// * speeches before the first part, without a lede: the event would be a part;
/// * a speech outside the parts behind them: only one that nobody speaks (`closing`).
/// * emphasis inside the same emphasis, a link inside a link, a note that nothing refers to in another
///   speech than the last.
pub(crate) fn book() -> impl Strategy<Value = Proceedings> {
    let lede = vec(paragraph(), 0..3);
    let name = trimmed().prop_map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "));
    let part = (name, vec(paragraph(), 0..2), vec(speech(), 1..3));
    let closing = option::of(blocks(3));
    let plain = || trimmed().prop_map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "));
    (plain(), option::of(plain()), lede, vec(speech(), 0..3), vec(part, 0..3), speakers(), closing).prop_map(
        |(title, event, lede, first, parts, somebody, closing)| {
            let mut tree = Proceedings::default();
            tree.title = format!("题{title}");
            tree.event = event.map(|e| format!("{e}全市专题协商会议"));
            tree.lede = lede;
            let first = if first.is_empty() && parts.is_empty() {
                vec![(Heading::of_clauses(vec!["甲".into(), "乙".into()]), None, vec![], vec![])]
            } else {
                first
            };
            let has_upper = !parts.is_empty() || closing.is_some();
            let is_unclear = has_upper && (tree.event.is_none() || !first.is_empty());
            if is_unclear && tree.lede.is_empty() {
                tree.lede.push(Block::paragraph(vec![Inline::text("导语。")], None));
            }
            for (k, (title, intro, speeches)) in parts.into_iter().enumerate() {
                let id = NodeId::new(format!("p{}", k + 1));
                let mut part = Part::new(id.clone(), format!("篇{title}"), None);
                part.intro = intro;
                tree.parts.push(part);
                tree.speeches.extend(speeches.into_iter().map(|body| (Some(id.clone()), body)).map(made));
            }
            let first = first.into_iter().map(|body| made((None, body)));
            tree.speeches.splice(0..0, first);
            if let Some(blocks) = closing {
                let mut speech = Speech::new(Heading::of_clauses(vec!["结束语 谢谢".into()]));
                speech.body = blocks;
                tree.speeches.push(speech);
            }
            // Somebody speaks at the level of speeches, and no level has more who do.
            if let Some(speech) = tree.speeches.first_mut().filter(|s| s.speakers.is_empty()) {
                speech.speakers = somebody;
            }
            let count = tree.speeches.len();
            for (k, speech) in tree.speeches.iter_mut().enumerate() {
                let (body, notes) = take_notes(&mut speech.body);
                speech.body = body;
                with_notes(
                    &mut speech.body,
                    &format!("s{:02}", k + 1),
                    if k < count { notes } else { vec![] },
                );
            }
            tree
        },
    )
}

/// Notes wait among the blocks until the speech has its number.
fn take_notes(blocks: &mut Vec<Block>) -> (Vec<Block>, Vec<Vec<Block>>) {
    let mut notes = Vec::new();
    let mut body = Vec::new();
    for block in std::mem::take(blocks) {
        match block.kind {
            BlockKind::Note(note) => notes.push(note.blocks),
            _ => body.push(block),
        }
    }
    (body, notes)
}

fn made((part, (heading, speakers, body, notes)): (Option<NodeId>, Body)) -> Speech {
    let mut speech = Speech::new(heading);
    speech.part = part;
    speech.speakers = speakers.unwrap_or_default();
    speech.body = body;
    speech.body.extend(notes.into_iter().map(|n| Block::new(BlockKind::Note(Note::new("", n)), None)));
    speech
}
