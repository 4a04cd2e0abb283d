//! The law of `merge_law.rs` through real Word files: excerpts are sent, edited as Word edits them, with and
//! without tracking, come back with their anchors, without some, without any, and are merged.
//!
//! For every case: where all was carried out, the merged source reads as the model says, and an excerpt of it
//! as the department wrote its own. And whatever became of them, the edits told of a copy, taken out of the
//! text that was sent and put in instead, are the characters of the text that came back: no difference is
//! told twice, none is left out.

use std::collections::BTreeMap;

use jianbao::source::read;
use jianbao::tree::{FileId, Proceedings};
use serde_json::Value;

use crate::merge_law::{
    CLAUSES, Dice, Op, Paragraph, Speech, THEMES, apply, book, edit, lines, parse, place, typed, write,
};
use crate::returned::rewrite;
use crate::support::Folder;
use crate::word_paper::Paper;

const CASES: u64 = 80;

/// What else a department does to a speech.
#[derive(Clone, Debug)]
enum More {
    /// Words of a heading: of which speech, what, what instead.
    Heading(usize, String, String),
    /// A cell of its table.
    Cell(String, String),
    /// A speech goes before another.
    Order(usize, usize),
}

/// Speeches with the tables of some.
#[derive(Clone)]
struct Book {
    speeches: Vec<Speech>,
    /// By theme: rows of cells.
    tables: BTreeMap<usize, Vec<[String; 2]>>,
}

impl Book {
    fn new(dice: &mut Dice) -> Self {
        let speeches = book(dice);
        let table = |s: &Speech| {
            let row = |k: usize| [format!("{}第{k}项", THEMES[s.theme]), format!("{}处", 10 * s.theme + k)];
            (s.theme, (1..4).map(row).collect())
        };
        let tables = speeches.iter().filter(|s| s.theme % 3 == 1).map(table).collect();
        Self { speeches, tables }
    }

    fn markdown(&self, raw: &dyn Fn(&Paragraph) -> String) -> String {
        let mut out = write(&[], raw);
        for speech in &self.speeches {
            let own = write(std::slice::from_ref(speech), raw);
            out += own.split_once('\n').unwrap().1;
            if let Some(rows) = self.tables.get(&speech.theme) {
                out += "\n| 项目 | 数量 |\n|---|---|\n";
                rows.iter().for_each(|[a, b]| out += &format!("| {a} | {b} |\n"));
            }
        }
        out
    }

    fn part(&self, keep: &[usize]) -> Self {
        let speeches = self.speeches.iter().filter(|s| keep.contains(&s.theme)).cloned().collect();
        Self { speeches, tables: self.tables.clone() }
    }

    fn more(&mut self, op: &More) {
        match op {
            More::Heading(theme, old, new) => {
                let own = self.speeches.iter_mut().find(|s| s.theme == *theme).unwrap();
                own.heading = own.heading.replacen(old.as_str(), new, 1);
            }
            More::Cell(old, new) => {
                let cells = self.tables.values_mut().flatten().flatten();
                cells.filter(|c| *c == old).for_each(|c| c.clone_from(new));
            }
            More::Order(theme, before) => {
                let at = self.speeches.iter().position(|s| s.theme == *theme).unwrap();
                let own = self.speeches.remove(at);
                let at = self.speeches.iter().position(|s| s.theme == *before).unwrap();
                self.speeches.insert(at, own);
            }
        }
    }
}

/// Does an edit to a Word file's text, `speeches` being how they stand before it.
fn on_paper(paper: &mut Paper, speeches: &[Speech], op: &Op, tracks: bool) {
    let text = |id: usize| {
        let (s, k) = place(speeches, id).unwrap();
        speeches[s].body[k].text.clone()
    };
    match op {
        Op::Write(id, new) => paper.write(&text(*id), new, tracks),
        Op::Split(id, first, _) => paper.split(&text(*id), first.chars().count(), tracks),
        Op::Join(id, _) => paper.join(&text(*id), tracks),
        Op::Remove(id) => paper.remove(&text(*id), tracks),
        Op::Insert(id, new) => paper.insert(&text(*id), &new.text, tracks),
        Op::Move(id, behind) => paper.carry(&text(*id), &text(*behind), tracks),
    }
}

/// Characters counted.
fn count(text: &str, by: i64, counts: &mut BTreeMap<char, i64>) {
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_default() += by;
    }
}

fn bare(lines: &[String]) -> String {
    lines.iter().flat_map(|l| l.chars()).filter(|c| !c.is_whitespace()).collect()
}

fn tree_of_word(bytes: &[u8], title: &str) -> Proceedings {
    let mut documents = [read(FileId(0), "x.docx", bytes).unwrap()];
    let mut known = jianbao::normalize::Known::default();
    known.title = Some(title.to_owned());
    jianbao::normalize::normalize(&mut documents, known).unwrap().tree
}

#[derive(Default, Debug)]
struct Count {
    edits: u64,
    merged: u64,
    clean: u64,
    copies: u64,
}

fn case(seed: u64, counts: &mut Count) {
    let mut dice = Dice::new(seed);
    let original = Book::new(&mut dice);
    let departments = 2 + dice.below(2);
    let total = original.speeches.iter().map(|s| s.body.len()).sum::<usize>();
    let owner: Vec<usize> = (0..=total).map(|_| dice.below(departments + 1)).collect();
    let strips = dice.below(4);
    let mut fresh = 1_000;
    let mut model = original.clone();
    let folder = Folder::new();
    folder.write("s.md", original.markdown(&typed));
    let mut args: Vec<String> = ["merge", "s.md"].map(String::from).into();
    let mut copies = Vec::new();
    let mut story = format!("strips {strips}\n");
    for who in 0..departments {
        let mut keep: Vec<usize> = (0..original.speeches.len()).filter(|_| !dice.one_in(3)).collect();
        if keep.is_empty() {
            keep.push(0);
        }
        let numbers: Vec<String> = keep.iter().map(|k| (k + 1).to_string()).collect();
        let (numbers, to, own) = (numbers.join(","), format!("{who}局"), format!("{who}.docx"));
        folder.run(&["excerpt", "s.md", "--speech", &numbers, "--to", &to, "-o", &own]).exits(0);
        let sent = original.part(&keep);
        let mut mine = sent.clone();
        let before = mine.speeches.clone();
        let ops = edit(&mut mine.speeches, &|id| owner.get(id) == Some(&who), &mut dice, &mut fresh);
        let mut more = Vec::new();
        for theme in keep.iter().filter(|t| **t % departments == who) {
            let heading = &original.speeches[*theme].heading;
            let clause = heading.split(' ').next_back().unwrap().to_owned();
            if dice.one_in(3) {
                more.push(More::Heading(*theme, clause, (*dice.pick(CLAUSES)).to_owned()));
            }
            if let Some([name, number]) =
                original.tables.get(theme).and_then(|rows| rows.first()).filter(|_| dice.one_in(2))
            {
                more.push(More::Cell(name.clone(), format!("{name}（新增）")));
                more.push(More::Cell(number.clone(), format!("约{number}")));
            }
        }
        // One department alone sets speeches in another order.
        if who == 0 && keep.len() > 1 && dice.one_in(3) {
            more.push(More::Order(keep[keep.len() - 1], keep[0]));
        }
        ops.iter().for_each(|op| apply(&mut model.speeches, op));
        more.iter().for_each(|op| [&mut mine, &mut model].into_iter().for_each(|b| b.more(op)));
        story += &format!("{who}: {numbers} {ops:?} {more:?}\n");
        let path = folder.join(&own);
        let switches: Vec<bool> = ops.iter().map(|_| dice.one_in(2)).collect();
        rewrite(&path, &path.with_extension("new"), &|name, text| match name {
            "word/document.xml" => {
                let mut paper = Paper::open(&text, &format!("{who}号"));
                let mut now = before.clone();
                for (op, tracks) in ops.iter().zip(&switches) {
                    on_paper(&mut paper, &now, op, *tracks);
                    apply(&mut now, op);
                }
                for op in &more {
                    match op {
                        More::Heading(theme, old, new) => {
                            paper.rewrite(
                                &original.speeches[*theme].heading,
                                old,
                                new,
                                seed.is_multiple_of(2),
                            );
                        }
                        More::Cell(old, new) => paper.cell(old, new),
                        More::Order(theme, first) => {
                            let heading = |theme: usize| {
                                mine.speeches.iter().find(|s| s.theme == theme).unwrap().heading.clone()
                            };
                            paper.carry_speech(&heading(*theme), &heading(*first));
                        }
                    }
                }
                if strips & 1 != 0 {
                    paper.strip();
                }
                paper.written()
            }
            "docProps/custom.xml" | "customXml/item1.xml" if strips & 2 != 0 => {
                text.replace("jianbao.", "other.")
            }
            _ => text,
        });
        std::fs::rename(path.with_extension("new"), &path).unwrap();
        let came = lines(&tree_of_word(&folder.read(&own), "为美好城市建言"));
        let wanted = lines(&parse("copy.md", &mine.markdown(&|p| p.text.clone())).0);
        assert_eq!(came, wanted, "seed {seed}: what is on paper is not what was meant\n{story}");
        args.push(own.clone());
        copies.push((own, sent, came, numbers));
    }
    args.extend(["-o", "m.md", "--report", "r.json"].map(String::from));
    let ran = folder.run(&args);
    let report: Value = serde_json::from_slice(&folder.read("r.json")).unwrap();
    let told = || format!("seed {seed}\n{story}\n{}\n{report:#}", ran.err());
    let n = |name: &str| report["totals"][name].as_u64().unwrap();
    assert_eq!(n("found"), n("merged") + n("identical") + n("conflict") + n("reported"), "{}", told());
    let edits = report["edits"].as_array().unwrap();
    assert_eq!(n("found") as usize, edits.len(), "{}", told());
    counts.edits += n("found");
    counts.merged += n("merged") + n("identical");

    // The characters that were sent, with what each entry takes out and puts in, are those that came.
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    for (file, sent, came, _) in &copies {
        let mut sum = BTreeMap::new();
        count(&bare(&lines(&parse("sent.md", &sent.markdown(&|p| p.text.clone())).0)), 1, &mut sum);
        count(&bare(came), -1, &mut sum);
        for entry in edits.iter().filter(|e| e["kind"] != "order") {
            let is_own = |v: &Value| v.as_str().is_some_and(|f| f == file);
            let after = match entry["state"].as_str() {
                Some("conflict") => entry["sides"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|s| is_own(&s["file"]))
                    .map(|s| text(&s["text"])),
                _ => entry["authors"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|a| is_own(&a["file"]))
                    .then(|| text(&entry["after"])),
            };
            if let Some(after) = after {
                count(&text(&entry["before"]).replace('｜', ""), -1, &mut sum);
                count(&after.replace('｜', ""), 1, &mut sum);
            }
        }
        sum.retain(|_, n| *n != 0);
        assert!(sum.is_empty(), "{file} {sum:?}\n{}", told());
        counts.copies += 1;
    }
    if n("conflict") + n("reported") > 0 {
        if std::env::var_os("JIANBAO_SHOW").is_some() {
            for e in edits.iter().filter(|e| e["state"] == "conflict" || e["state"] == "reported") {
                eprintln!("seed {seed} strips {strips}: {e}");
            }
        }
        return;
    }
    counts.clean += 1;
    assert_eq!(ran.code(), 0, "{}", told());
    let merged = String::from_utf8(folder.read("m.md")).unwrap();
    let wanted = lines(&parse("model.md", &model.markdown(&|p| p.text.clone())).0);
    assert_eq!(lines(&parse("m.md", &merged).0), wanted, "{}\n{merged}", told());
    // Sent again, each department has its own text, with what others wrote in the same speeches.
    if seed.is_multiple_of(4) {
        let (_, _, _, numbers) = &copies[0];
        let again = if model.speeches.iter().map(|s| s.theme).eq(0..model.speeches.len()) {
            numbers.as_str()
        } else {
            "1"
        };
        folder.run(&["excerpt", "m.md", "--speech", again, "-o", "again.docx"]).exits(0);
        let themes: Vec<usize> =
            again.split(',').map(|n| model.speeches[n.parse::<usize>().unwrap() - 1].theme).collect();
        let own = lines(&parse("own.md", &model.part(&themes).markdown(&|p| p.text.clone())).0);
        assert_eq!(lines(&tree_of_word(&folder.read("again.docx"), "为美好城市建言")), own, "{}", told());
    }
}

#[test]
fn what_comes_back_in_word_is_what_was_written() {
    let mut counts = Count::default();
    for seed in 50_001..50_001 + CASES {
        case(seed, &mut counts);
    }
    let share = counts.merged as f64 / counts.edits as f64;
    eprintln!("through Word: {counts:?}, {:.2} % merged", 100.0 * share);
    assert!(share >= 0.97 && counts.clean * 10 >= CASES * 8, "{counts:?}");
}
