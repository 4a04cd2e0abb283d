//! A tree with everything in it, for the tests.

use crate::fonts::{FontRequest, FontSet};
use crate::render::{Asset, Assets, Job, Templates};
use crate::tree::{
    Alignment, Block, BlockKind, Cell, Figure, Heading, Inline, List, ListItem, NodeId, Note, Numbering,
    Part, Party, Proceedings, Quote, Speaker, Speech, SubHeading, Table, assign_ids,
};

/// What text may hold that means something to somebody.
pub(super) const HOSTILE: &[&str] = &[
    "#import \"x.typ\": *",
    "$x^2$ 与 `代码` 与 @引用",
    "{{ book.title }}{% include \"a\" %}{# b #}",
    "<script>alert(1)</script>",
    "]]> <!-- --> <![CDATA[ <?xml ?>",
    "&amp; &#x4e00; &nbsp; & < > \" '",
    "反斜线 \\ 与 -- 与 --- 与 ~ 与 *星号* 与 _下划线_",
    "“双引号”‘单引号’——破折号……省略号·间隔号",
    "稀见字：㛃、䶮、𠮷",
];

/// A configuration, fonts, templates and pictures to make a job of.
pub(super) struct Sample {
    pub(super) tree: Proceedings,
    pub(super) config: crate::config::Config,
    pub(super) fonts: FontSet,
    pub(super) templates: Templates,
    pub(super) assets: Assets,
}

impl Sample {
    /// The tree with everything.
    pub(super) fn rich() -> Self {
        Self::of(rich_tree())
    }

    /// A given tree.
    pub(super) fn of(mut tree: Proceedings) -> Self {
        assign_ids(&mut tree);
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120"><rect x="10" y="70" width="60" height="40" fill="#777"/><rect x="120" y="40" width="60" height="70" fill="#777"/><rect x="230" y="10" width="60" height="100" fill="#777"/></svg>"##;
        let chart = Asset {
            bytes: svg.as_bytes().to_vec(),
            media_type: "image/svg+xml",
            ending: "svg",
            width: 300,
            height: 120,
        };
        let mut config = crate::config::Config::default();
        config.briefing.name = Some("清河政协简报".into());
        config.briefing.number = Some("12".into());
        config.briefing.issuer = Some("政协清河市委员会办公室".into());
        config.briefing.date = Some("2026-01-07".into());
        Self {
            tree,
            config,
            fonts: FontSet::find(&FontRequest::from_environment()).unwrap(),
            templates: Templates::default(),
            assets: [("图/进度.svg".to_owned(), chart)].into(),
        }
    }

    /// The job.
    pub(super) fn job(&self) -> Job<'_> {
        Job::new(&self.tree, &self.config, &self.fonts, &self.templates, &self.assets)
    }
}

fn t(text: &str) -> Inline {
    Inline::text(text)
}

fn p(inlines: Vec<Inline>) -> Block {
    Block::paragraph(inlines, None)
}

fn h(level: u8, label: &str, value: &str, text: &str) -> Block {
    let number = (!label.is_empty()).then(|| Numbering::new(label, value));
    Block::new(BlockKind::Heading(SubHeading::new(level, number, vec![t(text)])), None)
}

fn led(lead: &str, rest: Vec<Inline>) -> Block {
    let mut inlines = vec![t(lead)];
    inlines.extend(rest);
    let mut block = p(inlines);
    if let BlockKind::Paragraph(paragraph) = &mut block.kind {
        paragraph.lead = lead.len();
    }
    block
}

fn note_ref(note: &str, label: &str) -> Inline {
    Inline::NoteRef { note: NodeId::new(note), label: label.into() }
}

fn note(id: &str, label: &str, blocks: Vec<Block>) -> Block {
    let mut block = Block::new(BlockKind::Note(Note::new(label, blocks)), None);
    block.id = NodeId::new(id);
    block
}

fn speaker(name: &str, title: &str, party: Option<Party>) -> Speaker {
    let mut speaker = Speaker::named(name);
    speaker.title = title.into();
    speaker.roles = title.split('，').filter(|r| !r.is_empty()).map(str::to_owned).collect();
    speaker.party = party;
    speaker
}

fn speech(clauses: &[&str], speakers: Vec<Speaker>, body: Vec<Block>) -> Speech {
    let mut speech = Speech::new(Heading::of_clauses(clauses.iter().map(|c| (*c).to_owned()).collect()));
    speech.speakers = speakers;
    speech.body = body;
    speech
}

fn table() -> Block {
    let cell = |text: &str| Cell::new(vec![t(text)]);
    let row = |cells: [&str; 4]| cells.iter().map(|c| cell(c)).collect::<Vec<_>>();
    let alignments = vec![Alignment::Start, Alignment::Center, Alignment::End, Alignment::Start];
    let mut last = row(["合计", "", "7.5", "三年完成"]);
    last[2] = Cell::new(vec![Inline::Strong { content: vec![t("7.5")] }]);
    let rows = vec![
        row(["老城小区改造", "2024年", "3.5", "以电梯加装和管网更新为先，居民代表全程参与"]),
        row(["滨河步道", "2025年", "4.0", "与防洪堤同步建设"]),
        last,
    ];
    let head = row(["项目", "开工", "投资（亿元）", "说明"]);
    let mut table = Table::new(alignments, head, rows);
    table.caption = vec![t("表一　近三年民生工程")];
    Block::new(BlockKind::Table(table), None)
}

fn lists() -> Block {
    let inner = List::new(
        None,
        vec![ListItem::new(vec![p(vec![t("里层第一项")])]), ListItem::new(vec![p(vec![t("里层第二项")])])],
    );
    let items = vec![
        ListItem::new(vec![p(vec![t("先摸清底数，再谈增量；")])]),
        ListItem::new(vec![
            p(vec![t("分三步走：")]),
            Block::new(BlockKind::List(inner), None),
            p(vec![t("每一步都有人负责。")]),
        ]),
    ];
    Block::new(BlockKind::List(List::new(Some(3), items)), None)
}

fn figure(src: &str, alt: &str, caption: &str) -> Block {
    let caption = if caption.is_empty() { Vec::new() } else { vec![t(caption)] };
    Block::new(BlockKind::Figure(Figure::new(src, alt, caption)), None)
}

fn inlines() -> Block {
    p(vec![
        t("这里有"),
        Inline::Strong { content: vec![t("要紧的"), Inline::Emphasis { content: vec![t("又要紧")] }] },
        t("、"),
        Inline::Emphasis { content: vec![t("着重的话")] },
        t("、"),
        Inline::Link {
            href: "https://example.org/a b?x=1&y=<2>#尾".into(),
            content: vec![t("网页"), note_ref("n1", "1")],
        },
        t("、"),
        Inline::Link { href: "javascript:alert(1)".into(), content: vec![t("不是链接")] },
        Inline::Break,
        t("换行之后，再看"),
        note_ref("n2", "2"),
        t("，又看"),
        note_ref("n1", "1"),
        t("，没有的注"),
        note_ref("nowhere", "9"),
        t("。"),
    ])
}

fn rich_tree() -> Proceedings {
    let mut tree = Proceedings {
        title: "办好民生小事 做足城市文章".into(),
        event: Some("政协清河市第九届委员会第三次会议举行大会发言".into()),
        lede: vec![
            p(vec![t("1月7日上午，清河市政协举行大会发言。"), note_ref("n0", "1"), t("现摘登如下。")]),
            note("n0", "1", vec![p(vec![t("顺序按发言先后。")])]),
        ],
        parts: vec![
            Part::new(NodeId::new("a"), "大会发言", None),
            Part::new(NodeId::new("b"), "书面发言", None),
        ],
        ..Proceedings::default()
    };
    tree.parts[0].intro = vec![
        p(vec![t("这一组谈的是家门口的事"), note_ref("n0", "1"), t("，按发言次序排列。")]),
        h(2, "", "", "组内的说明"),
        note("n0", "1", vec![p(vec![t("次序由抽签定下。")])]),
    ];
    let mut first = speech(
        &["把加装电梯这件事办到居民心坎上", "让老城住得更舒心"],
        vec![
            {
                let mut s =
                    speaker("单 㛃", "市政协常委，民盟市委会副主委，清河大学建筑学院院长", Some(Party::Cdl));
                s.notes = vec!["女".into(), "回族".into()];
                s
            },
            speaker("䶮一鸣", "市政协委员", None),
        ],
        vec![
            led("先说难处。", vec![t("楼上盼，楼下怕，钱从哪里来，事由谁来办，样样要商量。")]),
            inlines(),
            h(1, "一、", "一", "坚持党建引领"),
            p(vec![t("第一层之下直接是第三层。")]),
            h(3, "1.", "1", "跳过一层的标题"),
            p(vec![t("标题的级别不跳。")]),
            h(2, "（一）", "一", "回到第二层"),
            h(4, "", "", "没有编号的第四层"),
            lists(),
            table(),
            figure("图/进度.svg", "三年进度柱状图，一年高过一年", "图一　进度逐年加快"),
            figure("图/没有.png", "一张找不到的照片", "图二　现场"),
            Block::new(
                BlockKind::Quote(Quote::new(vec![
                    p(vec![t("有位老人说：下一次楼，好像出一趟远门。")]),
                    p(vec![t("这话说了三遍。")]),
                ])),
                None,
            ),
            note(
                "n1",
                "1",
                vec![p(vec![t("见市政协调研组材料。")]), p(vec![t("材料共二十页，数据截至去年十月。")])],
            ),
            note(
                "n2",
                "2",
                vec![p(vec![t("另一条注，"), Inline::Strong { content: vec![t("也有重点")] }, t("。")])],
            ),
        ],
    );
    first.part = Some(NodeId::new("a"));
    first.heading.number = Some(Numbering::new("一、", "一"));
    first.heading.inlines = vec![
        t("把"),
        Inline::Strong { content: vec![t("加装电梯")] },
        t("这件事办到居民心坎上"),
        note_ref("n2", "2"),
        t(" 让老城"),
        Inline::Emphasis { content: vec![t("住得更舒心")] },
    ];
    let organisation = Speaker {
        organisation: Some("市工商联".into()),
        affiliation: Some("工商联".into()),
        ..Speaker::default()
    };
    let hostile = HOSTILE.iter().map(|text| p(vec![t(text)])).collect();
    let mut second = speech(&["文字就是文字 <b>&amp;</b> {{ x }}"], vec![organisation], hostile);
    second.part = Some(NodeId::new("b"));
    let mut third = speech(&["没有署名的一篇"], vec![], vec![p(vec![t("无人署名，话照说。")])]);
    third.part = Some(NodeId::new("b"));
    let last = speech(&["尾声"], vec![speaker("单 㛃", "", None)], vec![led("全文只有一句。", vec![])]);
    tree.speeches = vec![first, second, third, last];
    tree
}
