//! What comes back is what was written: random edits by two to five departments on random excerpts of a
//! random source that moved on meanwhile, put together and held against a model that knows the answer.
//!
//! For every case: each edit is accounted for once; where all were carried out, the merged source reads as
//! the model says; where not, every paragraph that only one department touched reads as it wrote it or its
//! edit is told; and lines that nobody touched are the same bytes, half-width marks and line ends included.

use jianbao::merge::{Merged, Returned, State, Today, Wishes, merge};
use jianbao::normalize::{Known, normalize};
use jianbao::source::{Document, read};
use jianbao::tree::{FileId, PieceKind, Proceedings};

/// Cases of each of the four kinds below.
const CASES: u64 = 550;

/// A row of numbers from a seed (xorshift64*): the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn word(&mut self, row: &[&'static str]) -> &'static str {
        row[self.below(row.len())]
    }

    pub(crate) fn pick<'a, T>(&mut self, row: &'a [T]) -> &'a T {
        &row[self.below(row.len())]
    }
}

pub(crate) const CLAUSES: &[&str] = &[
    "先把河边的空地登记清楚",
    "由街道牵头组建看护小队",
    "每月在社区公告栏公布进度",
    "把老旧管线一次换到位",
    "对困难家庭给予租金补贴",
    "鼓励企业认养口袋公园",
    "建立问题清单和责任清单",
    "年底前完成第一批改造",
    "让孩子放学后有地方去",
    "完善夜间照明和慢行步道",
    "推动优质课程走进乡村",
    "探索共享实训基地",
    "健全数据互通的工作机制",
    "引导退休教师参与辅导",
    "在菜市场设置便民服务点",
    "开展河道水质联合监测",
    "把专家门诊延伸到社区",
    "支持非遗工坊常年开放",
    "简化小微商户的办证手续",
    "统筹安排停车位错时开放",
    "加强对快递小哥的关爱",
    "用好闲置厂房办食堂",
    "推广节水灌溉新技术",
    "组织青年志愿者定期走访",
];
pub(crate) const WORDS: &[&str] =
    &["切实", "逐步", "进一步", "全面", "稳妥", "及时", "重点", "科学", "12", "AI", "的", "和"];
const NAMES: &[&str] = &["沈怀瑾", "陆知行", "顾清和", "韩若水", "唐一舟", "宋雨桐", "程远山", "方思齐"];
pub(crate) const THEMES: &[&str] =
    &["老街改造", "河道治理", "社区养老", "乡村教育", "小微企业", "公共交通", "文化遗产", "口袋公园"];

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paragraph {
    pub(crate) id: usize,
    pub(crate) text: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Speech {
    pub(crate) theme: usize,
    pub(crate) heading: String,
    pub(crate) speaker: String,
    pub(crate) body: Vec<Paragraph>,
}

fn sentence(dice: &mut Dice) -> String {
    let mut out = String::new();
    for k in 0..1 + dice.below(3) {
        if k > 0 {
            out.push('，');
        }
        if dice.one_in(3) {
            out.push_str(dice.word(WORDS));
        }
        out.push_str(dice.word(CLAUSES));
    }
    out + dice.word(&["。", "。", "；", "！"])
}

fn paragraph(dice: &mut Dice) -> String {
    (0..1 + dice.below(3)).map(|_| sentence(dice)).collect()
}

pub(crate) fn book(dice: &mut Dice) -> Vec<Speech> {
    let mut id = 0;
    (0..2 + dice.below(5))
        .map(|k| {
            let body = (0..2 + dice.below(6)).map(|_| {
                id += 1;
                Paragraph { id, text: paragraph(dice) }
            });
            let body = body.collect();
            Speech {
                theme: k,
                heading: format!("抓好{} {}", THEMES[k], dice.word(CLAUSES)),
                speaker: format!("{} 市政协委员，市{}研究会会长", NAMES[k], THEMES[k]),
                body,
            }
        })
        .collect()
}

/// A speech as Markdown; `raw` writes each paragraph.
pub(crate) fn write(speeches: &[Speech], raw: &dyn Fn(&Paragraph) -> String) -> String {
    let mut out = String::from("# 为美好城市建言\n");
    for speech in speeches {
        out.push_str(&format!("\n### {}\n\n{}\n", speech.heading, speech.speaker));
        for paragraph in &speech.body {
            out.push_str(&format!("\n{}\n", raw(paragraph)));
        }
    }
    out
}

/// As typists write: some half-width marks, some lines cut.
pub(crate) fn typed(paragraph: &Paragraph) -> String {
    let mut text = paragraph.text.clone();
    if paragraph.id.is_multiple_of(3) {
        text = text.replace('，', ",");
    }
    if paragraph.id % 4 == 1 {
        text = text.replacen('；', "；\n", 1);
    }
    text.trim_end().to_owned()
}

pub(crate) fn parse(name: &str, text: &str) -> (Proceedings, Document) {
    let mut documents = [read(FileId(0), name, text.as_bytes()).unwrap()];
    let tree = normalize(&mut documents, Known::default()).unwrap().tree;
    let [document] = documents;
    (tree, document)
}

pub(crate) fn lines(tree: &Proceedings) -> Vec<String> {
    let pieces = tree.pieces();
    let mut out: Vec<String> = Vec::new();
    for piece in pieces {
        match (piece.kind, out.last_mut()) {
            (PieceKind::Roles, Some(last)) => *last = format!("{last} {}", piece.text),
            _ => out.push(piece.text),
        }
    }
    out
}

/// What a party does to paragraphs, by their ids, so that it can be done to its copy and to the model.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Write(usize, String),
    Split(usize, String, Paragraph),
    /// The paragraph after it is joined to it.
    Join(usize, usize),
    Remove(usize),
    Insert(usize, Paragraph),
    /// The first stands behind the second.
    Move(usize, usize),
}

pub(crate) fn place(speeches: &[Speech], id: usize) -> Option<(usize, usize)> {
    speeches
        .iter()
        .enumerate()
        .find_map(|(s, speech)| Some((s, speech.body.iter().position(|p| p.id == id)?)))
}

pub(crate) fn apply(speeches: &mut [Speech], op: &Op) {
    let at = |speeches: &[Speech], id: usize| place(speeches, id).unwrap();
    match op {
        Op::Write(id, text) => {
            let (s, k) = at(speeches, *id);
            speeches[s].body[k].text.clone_from(text);
        }
        Op::Split(id, first, rest) => {
            let (s, k) = at(speeches, *id);
            speeches[s].body[k].text.clone_from(first);
            speeches[s].body.insert(k + 1, rest.clone());
        }
        Op::Join(id, next) => {
            let (s, k) = at(speeches, *next);
            let gone = speeches[s].body.remove(k);
            let (s, k) = at(speeches, *id);
            speeches[s].body[k].text.push_str(&gone.text);
        }
        Op::Remove(id) => {
            let (s, k) = at(speeches, *id);
            speeches[s].body.remove(k);
        }
        Op::Insert(id, paragraph) => {
            let (s, k) = at(speeches, *id);
            speeches[s].body.insert(k + 1, paragraph.clone());
        }
        Op::Move(id, behind) => {
            let (s, k) = at(speeches, *id);
            let moved = speeches[s].body.remove(k);
            let (s, k) = at(speeches, *behind);
            speeches[s].body.insert(k + 1, moved);
        }
    }
}

/// Random edits of paragraphs that are the party's own, done to its copy.
pub(crate) fn edit(
    speeches: &mut [Speech],
    own: &dyn Fn(usize) -> bool,
    dice: &mut Dice,
    fresh: &mut usize,
) -> Vec<Op> {
    let mut ops = Vec::new();
    let ids: Vec<usize> =
        speeches.iter().flat_map(|s| s.body.iter().map(|p| p.id)).filter(|id| own(*id)).collect();
    for id in ids {
        if !dice.one_in(2) {
            continue;
        }
        let Some((s, at)) = place(speeches, id) else { continue };
        let chars: Vec<char> = speeches[s].body[at].text.chars().collect();
        let text = |row: &[char]| row.iter().collect::<String>();
        let mut new = |dice: &mut Dice, text: Option<String>| {
            *fresh += 1;
            Paragraph { id: *fresh, text: text.unwrap_or_else(|| paragraph(dice)) }
        };
        let a = dice.below(chars.len());
        let b = (a + 1 + dice.below(5)).min(chars.len());
        let op = match dice.below(9) {
            0 | 1 => Some(Op::Write(id, text(&chars[..a]) + dice.word(WORDS) + &text(&chars[a..]))),
            2 => (b - a < chars.len()).then(|| Op::Write(id, text(&chars[..a]) + &text(&chars[b..]))),
            3 => Some(Op::Write(id, text(&chars[..a]) + dice.word(CLAUSES) + &text(&chars[b..]))),
            4 => {
                let marks: Vec<usize> =
                    (1..chars.len() - 1).filter(|k| "。；！，".contains(chars[k - 1])).collect();
                (!marks.is_empty()).then(|| {
                    let k = *dice.pick(&marks);
                    let rest = new(dice, Some(text(&chars[k..])));
                    Op::Split(id, text(&chars[..k]), rest)
                })
            }
            5 => speeches[s].body.get(at + 1).filter(|p| own(p.id)).map(|p| Op::Join(id, p.id)),
            6 => (speeches[s].body.len() > 1).then_some(Op::Remove(id)),
            7 => Some(Op::Insert(id, new(dice, None))),
            _ => {
                let all = speeches.iter().flat_map(|s| s.body.iter().map(|p| p.id));
                let anchors: Vec<usize> = all.filter(|i| own(*i) && *i != id).collect();
                (!anchors.is_empty() && speeches[s].body.len() > 1)
                    .then(|| Op::Move(id, *dice.pick(&anchors)))
            }
        };
        if let Some(op) = op {
            apply(speeches, &op);
            ops.push(op);
        }
    }
    ops
}

#[derive(Default, Debug)]
struct Count {
    cases: usize,
    /// Edits the departments made.
    made: usize,
    /// Edits that were found: a paragraph written anew in two places is two.
    edits: usize,
    merged: usize,
    conflict: usize,
    reported: usize,
}

struct Outcome {
    merged: Merged,
    text: String,
    source: String,
    /// Source, copies and edits, for a person who looks at a failure.
    story: String,
    model: Vec<Speech>,
    /// Paragraphs that nobody touched.
    kept: Vec<Paragraph>,
    edits: usize,
}

/// One case: `anchors` leaves the base in the copies, `moved` lets the source move on, `overlap` lets two
/// departments own a paragraph.
fn case(seed: u64, anchors: bool, moved: bool, overlap: bool) -> Outcome {
    let mut dice = Dice::new(seed);
    let original = book(&mut dice);
    let departments = 2 + dice.below(4);
    let count = original.iter().map(|s| s.body.len()).sum::<usize>();
    // Whose each paragraph is: a department's, the source's own editor's, nobody's.
    let owner: Vec<usize> = (0..=count).map(|_| dice.below(departments + 2)).collect();
    let mut fresh = 1_000;
    let mut today = original.clone();
    let mut model = original.clone();
    let mut story = String::new();
    if moved {
        let ops = edit(&mut today, &|id| owner.get(id) == Some(&departments), &mut dice, &mut fresh);
        story.push_str(&format!("today {ops:?}\n"));
        ops.iter().for_each(|op| apply(&mut model, op));
    }
    let source = write(&today, &typed);
    let mut returns = Vec::new();
    let mut edits = 0;
    let mut moves = Vec::new();
    for who in 0..departments {
        let mut sent: Vec<Speech> = original.iter().filter(|_| !dice.one_in(3)).cloned().collect();
        if sent.is_empty() {
            sent.push(original[0].clone());
        }
        let base = write(&sent, &|p| p.text.clone());
        let own = |id: usize| {
            owner.get(id) == Some(&who) || overlap && owner.get(id) == Some(&((who + 1) % departments))
        };
        let ops = edit(&mut sent, &own, &mut dice, &mut fresh);
        if !overlap {
            ops.iter().for_each(|op| apply(&mut model, op));
        }
        edits += ops.len();
        moves.extend(ops.iter().filter_map(|op| if let Op::Move(id, _) = op { Some(*id) } else { None }));
        let edited = write(&sent, &|p| p.text.clone());
        story.push_str(&format!("--- {who} {ops:?}\n{base}--- became\n{edited}"));
        let (tree, document) = parse("copy.md", &edited);
        let base = anchors.then(|| parse("base.md", &base).0);
        returns.push(Returned::new(format!("{who}.docx"), base, tree, document));
    }
    let (tree, document) = parse("source.md", &source);
    let documents = [document];
    let reread = |files: &[(FileId, String)]| {
        let mut documents = [read(FileId(0), "source.md", files[0].1.as_bytes()).ok()?];
        Some(normalize(&mut documents, Known::default()).ok()?.tree)
    };
    let merged = merge(Today { tree: &tree, documents: &documents }, &returns, Wishes::default(), &reread);
    let text = merged.files[0].1.clone();
    let all: Vec<Paragraph> = model.iter().flat_map(|s| s.body.iter().cloned()).collect();
    let kept = original.into_iter().flat_map(|s| s.body);
    let kept = kept.filter(|p| !moves.contains(&p.id) && all.contains(p)).collect();
    Outcome { merged, text, source, story, model, kept, edits }
}

fn said(outcome: &Outcome) -> String {
    let mut out = format!("source:\n{}\n{}\nmerged:\n{}\n", outcome.source, outcome.story, outcome.text);
    for e in &outcome.merged.report.edits {
        out.push_str(&format!(
            "{:?} {:?} {} {:?} → {:?} {:?}\n",
            e.state, e.why, e.kind, e.before, e.after, e.sides
        ));
    }
    out
}

fn totals(seed: u64, outcome: &Outcome) {
    let t = outcome.merged.report.totals;
    assert_eq!(t.found, t.merged + t.identical + t.conflict + t.reported, "seed {seed}");
    assert_eq!(t.found, outcome.merged.report.edits.len(), "seed {seed}");
}

fn run(name: &str, seeds: std::ops::Range<u64>, anchors: bool, moved: bool) -> Count {
    let mut count = Count::default();
    for seed in seeds {
        let outcome = case(seed, anchors, moved, false);
        totals(seed, &outcome);
        let t = outcome.merged.report.totals;
        count.cases += 1;
        count.made += outcome.edits;
        count.edits += t.found;
        count.merged += t.merged + t.identical;
        count.conflict += t.conflict;
        count.reported += t.reported;
        assert!(
            outcome.edits == 0
                || t.found > 0
                || lines(&parse("a.md", &outcome.source).0) == lines(&parse("a.md", &outcome.text).0),
            "seed {seed}"
        );
        if t.conflict + t.reported == 0 {
            let wanted = lines(&parse("model.md", &write(&outcome.model, &|p| p.text.clone())).0);
            let found = lines(&parse("merged.md", &outcome.text).0);
            assert_eq!(found, wanted, "seed {seed}\n{}", said(&outcome));
        } else if std::env::var_os("JIANBAO_SHOW").is_some() {
            eprintln!("seed {seed}\n{}", said(&outcome));
        }
        // Paragraphs that are what they were are the bytes they were.
        for raw in outcome.kept.iter().map(typed).filter(|raw| outcome.source.contains(raw)) {
            let line = format!("\n{raw}\n");
            assert!(outcome.text.contains(&line), "seed {seed}: {raw}\n{}", said(&outcome));
        }
    }
    eprintln!("{name}: {count:?}, {:.2} % merged", 100.0 * count.merged as f64 / count.edits.max(1) as f64);
    count
}

#[test]
fn edits_that_do_not_touch_are_all_carried_out() {
    for (name, seed, anchors, moved, least) in [
        ("with what was sent", 1, true, false, 0.99),
        ("with what was sent, the source moved on", 10_001, true, true, 0.99),
        ("without what was sent", 20_001, false, false, 0.97),
    ] {
        let count = run(name, seed..seed + CASES, anchors, moved);
        assert!(count.merged as f64 >= least * count.edits as f64, "{name}: {count:?}");
    }
}

/// Two departments at the same paragraphs: nothing is lost, each edit is carried out, one of several, a
/// conflict with all its sides, or told.
#[test]
fn edits_that_touch_are_all_accounted_for() {
    let mut conflicts = 0;
    for seed in 30_001..30_001 + CASES {
        let outcome = case(seed, true, seed % 2 == 0, true);
        totals(seed, &outcome);
        for edit in &outcome.merged.report.edits {
            match edit.state {
                State::Conflict => {
                    conflicts += 1;
                    assert!(edit.sides.len() >= 2, "seed {seed}\n{}", said(&outcome));
                }
                State::Reported => assert!(edit.why.is_some(), "seed {seed}"),
                _ => assert!(!edit.authors.is_empty(), "seed {seed}"),
            }
        }
        parse("merged.md", &outcome.text);
    }
    assert!(conflicts > 100, "{conflicts}");
}

/// Departments in the same paragraphs, each at sentences of its own.
#[test]
fn edits_of_one_paragraph_in_different_sentences_do_not_touch() {
    let mut count = Count::default();
    for seed in 40_001..40_001 + CASES {
        let mut dice = Dice::new(seed);
        let original = book(&mut dice);
        let departments = 2 + dice.below(4);
        let mut copies = vec![original.clone(); departments];
        let mut model = original.clone();
        for (s, speech) in original.iter().enumerate() {
            for (p, paragraph) in speech.body.iter().enumerate() {
                let sentences: Vec<&str> = paragraph.text.split_inclusive(['。', '；', '！']).collect();
                let mut all: Vec<Vec<String>> =
                    vec![sentences.iter().map(|s| (*s).to_owned()).collect(); departments + 1];
                for (k, sentence) in sentences.iter().enumerate() {
                    if dice.one_in(2) {
                        continue;
                    }
                    let chars: Vec<char> = sentence.chars().collect();
                    let a = 1 + dice.below(chars.len() - 3);
                    let b = (a + dice.below(4)).min(chars.len() - 2);
                    let word = if b == a || dice.one_in(2) { dice.word(WORDS) } else { "" };
                    let new: String =
                        chars[..a].iter().collect::<String>() + word + &chars[b..].iter().collect::<String>();
                    let who = dice.below(departments);
                    count.made += usize::from(new != *sentence);
                    all[who][k].clone_from(&new);
                    all[departments][k] = new;
                }
                for (who, copy) in copies.iter_mut().enumerate() {
                    copy[s].body[p].text = all[who].concat();
                }
                model[s].body[p].text = all[departments].concat();
            }
        }
        let plain = |speeches: &[Speech]| write(speeches, &|p| p.text.clone());
        let base = parse("base.md", &plain(&original)).0;
        let returns: Vec<Returned> = copies
            .iter()
            .enumerate()
            .map(|(who, copy)| {
                let (tree, document) = parse("copy.md", &plain(copy));
                Returned::new(format!("{who}.docx"), Some(base.clone()), tree, document)
            })
            .collect();
        let (tree, document) = parse("source.md", &write(&original, &typed));
        let documents = [document];
        let reread = |files: &[(FileId, String)]| {
            let mut documents = [read(FileId(0), "source.md", files[0].1.as_bytes()).ok()?];
            Some(normalize(&mut documents, Known::default()).ok()?.tree)
        };
        let today = Today { tree: &tree, documents: &documents };
        let merged = merge(today, &returns, Wishes::default(), &reread);
        let t = merged.report.totals;
        count.cases += 1;
        count.edits += t.found;
        count.merged += t.merged + t.identical;
        count.conflict += t.conflict;
        count.reported += t.reported;
        if t.conflict + t.reported == 0 {
            let found = lines(&parse("merged.md", &merged.files[0].1).0);
            assert_eq!(found, lines(&parse("model.md", &plain(&model)).0), "seed {seed}");
        }
    }
    eprintln!(
        "in one paragraph: {count:?}, {:.2} % merged",
        100.0 * count.merged as f64 / count.edits as f64
    );
    assert!(count.merged as f64 >= 0.99 * count.edits as f64, "{count:?}");
}
