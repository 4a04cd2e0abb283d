//! A tree with one of everything, in invented words.

use crate::render::{Asset, Assets};
use crate::tree::{
    Alignment, Block, BlockKind, Cell, Figure, Heading, Inline, List, ListItem, NodeId, Note, Numbering,
    Paragraph, Part, Proceedings, Quote, Speaker, Speech, SubHeading, Table, assign_ids,
};

/// Text that must come out as it is, whatever it means to a program.
pub(super) const HOSTILE: &str =
    r#"#import "x" $x$ {{ y }} <script>alert('1')</script> ]]> \ @a `b` -- "q" &amp; &#65; <w:p/> %s"#;

fn text(t: &str) -> Inline {
    Inline::text(t)
}

fn p(t: &str) -> Block {
    Block::paragraph(vec![text(t)], None)
}

fn block(kind: BlockKind) -> Block {
    Block::new(kind, None)
}

fn sub(level: u8, label: &str, t: &str) -> Block {
    block(BlockKind::Heading(SubHeading::new(level, Some(Numbering::new(label, label)), vec![text(t)])))
}

fn note_ref(n: &str) -> Inline {
    Inline::NoteRef { note: NodeId::new(n), label: "1".into() }
}

fn note(id: &str, label: &str, blocks: Vec<Block>) -> Block {
    let mut made = block(BlockKind::Note(Note::new(label, blocks)));
    made.id = NodeId::new(id);
    made
}

fn cell(inlines: Vec<Inline>) -> Cell {
    Cell::new(inlines)
}

fn speaker(name: &str, notes: &[&str], title: &str) -> Speaker {
    let mut made = Speaker::named(name);
    made.notes = notes.iter().map(|n| (*n).to_owned()).collect();
    title.clone_into(&mut made.title);
    made
}

fn table() -> Block {
    let cells = |row: [&str; 4]| row.iter().map(|c| cell(vec![text(c)])).collect::<Vec<_>>();
    let strong = Inline::Strong { content: vec![text("合计")] };
    let mut table = Table::new(
        vec![Alignment::Start, Alignment::Center, Alignment::End, Alignment::Start],
        cells(["街道", "岗亭", "数量", "说明文字较长的一栏"]),
        vec![
            cells(["东湾", "甲", "12", "沿河三处，逐月更换一次"]),
            vec![
                cell(vec![strong]),
                cell(vec![]),
                cell(vec![text("1,024")]),
                cell(vec![text("见"), note_ref("n1")]),
            ],
        ],
    );
    table.caption = vec![text("表1 岗亭分布")];
    block(BlockKind::Table(table))
}

fn lists() -> Block {
    let inner = List::new(
        Some(7),
        vec![ListItem::new(vec![p("里层第七")]), ListItem::new(vec![p("里层第八"), p("第八的续段")])],
    );
    let bullets = List::new(
        None,
        vec![
            ListItem::new(vec![p("圆点一"), block(BlockKind::List(inner))]),
            ListItem::new(vec![p("圆点二")]),
        ],
    );
    let outer = List::new(
        Some(3),
        vec![
            ListItem::new(vec![p("外层第三"), block(BlockKind::List(bullets))]),
            ListItem::new(vec![block(BlockKind::Quote(Quote::new(vec![p("只有引文的一项")])))]),
        ],
    );
    block(BlockKind::List(outer))
}

fn inlines() -> Block {
    let content = vec![
        text("开头一句讲"),
        Inline::Strong { content: vec![text("要紧的"), Inline::Emphasis { content: vec![text("话")] }] },
        text("。接着"),
        Inline::Emphasis { content: vec![text("强调"), note_ref("n1")] },
        text("，附"),
        Inline::Link {
            href: "https://example.org/a b?q=甲&r=\"1\"#x".into(),
            content: vec![text("链接"), Inline::Strong { content: vec![text("加重")] }],
        },
        text("和"),
        Inline::Link { href: "javascript:alert(1)".into(), content: vec![text("坏链接")] },
        text("。换行"),
        Inline::Break,
        text("之后，“引号”——破折号……省略\t制表\u{3000}全角  双空格 尾"),
    ];
    block(BlockKind::Paragraph(Paragraph { lead: "开头一句讲要紧的话。".len(), inlines: content }))
}

fn first_speech() -> Speech {
    let mut speech = Speech::new(Heading::of_clauses(vec![
        "疏通滨江步道的每一处堵点难点痛点".into(),
        "让晨跑的人们一路看得见江水与日出".into(),
    ]));
    speech.heading.number = Some(Numbering::new("一、", "一"));
    speech.heading.inlines.push(note_ref("n3"));
    speech.part = Some(NodeId::new("p1"));
    speech.speakers = vec![
        speaker("龚㛃䶮", &["女", "回族"], "区政协委员，滨江小学校长"),
        speaker("解宁", &[], "区政协常委"),
    ];
    speech.body = vec![
        sub(1, "一、", "堵在何处"),
        sub(2, "（一）", "桥下"),
        sub(3, "1.", "灯"),
        sub(4, "（1）", "灯泡"),
        inlines(),
        p(HOSTILE),
        p("控制\u{1}字符\u{b}与\u{fffe}回车\r\n两种\r结尾 "),
        lists(),
        table(),
        block(BlockKind::Table(Table::new(vec![], vec![], vec![vec![cell(vec![text("无表头")])]]))),
        block(BlockKind::Quote(Quote::new(vec![p("引文一段。"), p("引文又一段。")]))),
        block(BlockKind::Figure(Figure::new("tu/a.png", "一座桥 \"老桥\" <1>", vec![text("图1 老桥")]))),
        block(BlockKind::Figure(Figure::new("tu/none.png", "", vec![text("图2 失落的图")]))),
        block(BlockKind::Figure(Figure::new("tu/a.png", "", vec![]))),
        note(
            "n3",
            "3",
            vec![p("标题的注。"), block(BlockKind::Figure(Figure::new("tu/b.jpg", "小图", vec![])))],
        ),
        note(
            "n1",
            "1",
            vec![
                Block::paragraph(
                    vec![
                        text("注一，见"),
                        Inline::Link { href: "mailto:a@example.org".into(), content: vec![text("来信")] },
                        note_ref("n2"),
                        text("。"),
                    ],
                    None,
                ),
                p("注一的第二段。"),
                table_in_note(),
            ],
        ),
        note(
            "n2",
            "2",
            vec![p("只在注里提到的注，指自己"), Block::paragraph(vec![note_ref("n2"), text("尾")], None)],
        ),
    ];
    speech
}

fn table_in_note() -> Block {
    let row = |a: &str, b: &str| vec![cell(vec![text(a)]), cell(vec![text(b)])];
    block(BlockKind::Table(Table::new(vec![], row("注中表头", "乙"), vec![row("丙", "丁")])))
}

/// The tree.
pub(super) fn tree() -> Proceedings {
    let mut tree = Proceedings {
        title: "聚焦“三条步道”建设滨江宜居新城建言汇编".into(),
        ..Proceedings::default()
    };
    tree.event = Some("滨江区政协专题协商会".into());
    tree.lede = vec![p("会议于6月举行，现将发言摘编如下。"), table()];
    tree.meta.issuer = Some("区政协<办公室>".into());
    tree.parts = vec![
        Part::new(NodeId::new("p1"), "大会发言", None),
        Part::new(NodeId::new("p2"), "书面发言 & 其他", None),
    ];
    let told = vec![text("这一组是书面发言"), note_ref("pn"), text("，未作删节。")];
    tree.parts[1].intro = vec![
        Block::paragraph(told, None),
        table(),
        note("pn", "1", vec![p("书面发言的注，按收到的先后排列。")]),
    ];
    let mut second = Speech::new(Heading::of_clauses(vec!["短题".into()]));
    second.part = Some(NodeId::new("p2"));
    second.speakers = vec![Speaker { organisation: Some("区青年联合会".into()), ..Speaker::default() }];
    second.body = vec![p("组织署名的发言。"), table()];
    let mut third = Speech::new(Heading::of_clauses(vec!["无人署名 的题".into()]));
    third.part = Some(NodeId::new("p2"));
    third.body = vec![p("没有发言人。")];
    tree.speeches = vec![first_speech(), second, third];
    assign_ids(&mut tree);
    tree
}

/// A picture of one pixel and one that is only a name.
pub(super) fn assets() -> Assets {
    let png: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0,
        0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9c,
        0x63, 0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, b'I', b'E',
        b'N', b'D', 0xae, 0x42, 0x60, 0x82,
    ];
    let asset =
        |media_type, ending, width, height| Asset { bytes: png.to_vec(), media_type, ending, width, height };
    Assets::from([
        ("tu/a.png".to_owned(), asset("image/png", "png", 4000, 1000)),
        ("tu/b.jpg".to_owned(), asset("image/jpeg", "jpg", 40, 40)),
    ])
}
