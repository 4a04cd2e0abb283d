//! 序号跳号、重号或次序颠倒。
//!
//! 为什么：删一段、插一段之后序号最容易忘了改。看发言和小标题的序号（一、（一）1.（1）①）、段落开头的序号、段内的“一是”“第一，”“其一”，以及图号、表号。每到新的上一级就重新数起；前一条换了说法（首先、一方面）时不报。
//!
//! 例：
//!
//! ```text
//! 重点办好三件事：一是理顺电线，二是修好路面，四是请回老店。
//! ```
//!
//! 改为：
//!
//! ```text
//! 重点办好三件事：一是理顺电线，二是修好路面，三是请回老店。
//! ```
//!
//! 修改：不自动改：也可能是漏了一条。
//!
//! 依据：GB/T 9704-2012 7.3.3；校对惯例。
//! ---
//! Numbers that skip, repeat or run backwards.
//!
//! Why: they are forgotten when a paragraph is taken out or put in. Looked at are the numbers of speeches and
//! sub-headings (一、（一）1.（1）①), of paragraphs, inside a paragraph (一是, 第一， 其一), and of figures and tables.
//! They start again under each parent; where an item is opened by another word (首先, 一方面) nothing is said.
//!
//! Example:
//!
//! ```text
//! 重点办好三件事：一是理顺电线，二是修好路面，四是请回老店。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 重点办好三件事：一是理顺电线，二是修好路面，三是请回老店。
//! ```
//!
//! Fix: none: an item may be missing.
//!
//! Source: GB/T 9704-2012, 7.3.3; proof-readers' practice.

use std::ops::Range;

use crate::check::finding::Findings;
use crate::check::sequence::{Fault, Item, Lists, Style};
use crate::check::{Passage, PassageKind, Rule, Severity, Subject, numeral};
use crate::messages::Say;
use crate::normalize::number;
use crate::tree::{Block, BlockKind, Numbering, Span};

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "consistency/numbering",
    severity: Severity::Warning,
    on: true,
    file: include_str!("numbering.rs"),
    check,
};

/// The depth of a list that paragraphs open, below all headings; inside a paragraph it is one more.
const PARAGRAPH: u8 = 8;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    speeches(subject, findings);
    let mut from = 0;
    for (k, speech) in subject.tree.speeches.iter().enumerate() {
        // Passages stand in the order of the speeches.
        let rest = &subject.passages[from..];
        let start = from + rest.iter().take_while(|p| p.speech != Some(k)).count();
        let length = subject.passages[start..].iter().take_while(|p| p.speech == Some(k)).count();
        from = start + length;
        inside(&speech.body, &subject.passages[start..from], findings);
    }
    captions(subject, findings);
}

fn say(fault: Fault, here: &str, before: &str) -> Say {
    let say = match fault {
        Fault::Gap => Say::new("check-number-gap"),
        Fault::Repeated => Say::new("check-number-repeated"),
        Fault::Backwards => Say::new("check-number-backwards"),
    };
    say.with("here", here).with("before", before)
}

fn value(numbering: &Numbering) -> Option<u64> {
    let text = numbering.value.as_str();
    let circled = text.chars().next().filter(|c| matches!(c, '①'..='⑳'));
    circled.map(|c| u64::from(c as u32 - '①' as u32) + 1).or_else(|| numeral::read(text))
}

/// The numbers of the speeches. A choice out of more (一、四、九、) has gaps by nature, and a book
/// where few speeches are numbered has none.
fn speeches(subject: &Subject<'_>, findings: &mut Findings) {
    let speeches = &subject.tree.speeches;
    let mut lists = Lists::default();
    let mut faults = Vec::new();
    let mut count = 0;
    for (place, speech) in speeches.iter().enumerate() {
        let Some(numbering) = &speech.heading.number else { continue };
        let Some(value) = value(numbering) else { continue };
        count += 1;
        let style = Style::of_label(&numbering.label, &numbering.value);
        let met = lists.meet(Item { style, value, depth: 1, place });
        faults.extend(met.map(|(fault, last)| (fault, place, last.place)));
    }
    if count * 2 <= speeches.len() || faults.len() > 1 && faults.len() * 3 > count {
        return;
    }
    let label = |k: usize| speeches[k].heading.number.as_ref().map_or("", |n| n.label.as_str());
    for (fault, here, before) in faults {
        findings.push(speeches[here].heading.span, say(fault, label(here), label(before)));
    }
}

/// A number that was met in a speech.
struct Met {
    label: String,
    span: Option<Span>,
    /// The passage and the byte in it; none for headings.
    at: Option<(usize, usize)>,
}

/// The numbers inside one speech.
fn inside(body: &[Block], passages: &[Passage], findings: &mut Findings) {
    let mut lists = Lists::default();
    let mut met: Vec<Met> = Vec::new();
    let mut blocks = body.iter().filter(|b| matches!(b.kind, BlockKind::Heading(_)));
    for (k, passage) in passages.iter().enumerate() {
        match passage.kind {
            PassageKind::SubHeading => {
                // Headings in quotations are of no order.
                let Some(block) = blocks.clone().find(|b| b.id == passage.node) else { continue };
                blocks.find(|b| b.id == block.id);
                let BlockKind::Heading(h) = &block.kind else { continue };
                let Some((n, value)) = h.number.as_ref().and_then(|n| Some((n, value(n)?))) else {
                    lists.close(h.level);
                    continue;
                };
                let style = Style::of_label(&n.label, &n.value);
                met.push(Met { label: n.label.clone(), span: block.span, at: None });
                if value == 2 && !lists.has(style) {
                    findings.push(block.span, Say::new("check-number-first").with("here", &n.label));
                }
                let item = Item { style, value, depth: h.level, place: met.len() - 1 };
                tell(&mut lists, item, &met, passages, findings);
                lists.close(h.level + 1);
            }
            PassageKind::Paragraph => {
                for (style, value, range) in markers(&passage.text) {
                    let depth = if range.start == 0 { PARAGRAPH } else { PARAGRAPH + 1 };
                    met.push(Met {
                        label: passage.text[range.clone()].to_owned(),
                        span: passage.span(range.clone()),
                        at: Some((k, range.start)),
                    });
                    let item = Item { style, value, depth, place: met.len() - 1 };
                    tell(&mut lists, item, &met, passages, findings);
                }
            }
            _ => {}
        }
    }
}

fn tell(lists: &mut Lists, item: Item, met: &[Met], passages: &[Passage], findings: &mut Findings) {
    let Some((fault, last)) = lists.meet(item) else { return };
    let (here, before) = (&met[item.place], &met[last.place]);
    if is_sure(fault, item, last, here, before, passages) {
        findings.push(here.span, say(fault, &here.label, &before.label));
    }
}

/// Inside sentences an item may be opened by other words, and a list may go on a page later.
fn is_sure(fault: Fault, item: Item, last: Item, here: &Met, before: &Met, passages: &[Passage]) -> bool {
    let (Some((k, at)), Some((j, from))) = (here.at, before.at) else {
        return !item.style.is_spoken();
    };
    let both_open = at == 0 && from == 0;
    if j != k && !both_open {
        return false;
    }
    let between = |k: usize| -> &str {
        let text = passages[k].text.as_str();
        let start = if k == j { from + before.label.len() } else { 0 };
        let end = if k == here.at.map_or(0, |(k, _)| k) { at } else { text.len() };
        text.get(start..end).unwrap_or_default()
    };
    if fault != Fault::Gap {
        // 一是A。一是B in two sentences may be two lists.
        let is_new = item.value == 1 && item.style.is_spoken() && (j != k || between(k).contains('。'));
        return !is_new;
    }
    !(j..=k).any(|p| takes_a_place(between(p), last.value + 1..item.value))
}

/// Whether other words stand for the items that seem to be left out: 其次, 二、, 另.
fn takes_a_place(text: &str, missing: Range<u64>) -> bool {
    const OTHERS: &[&str] =
        &["其次", "再次", "另", "此外", "再者", "同时", "还要", "还有", "接着", "然后", "再是", "再就是"];
    OTHERS.iter().any(|w| text.contains(w))
        || numeral::all(text).any(|n| {
            let opens = text[..n.range.start]
                .chars()
                .next_back()
                .is_none_or(|c| is_border(c) || matches!(c, '第' | '其' | '（' | '('));
            missing.contains(&n.value) && opens
        })
}

fn is_border(c: char) -> bool {
    matches!(
        c,
        '。' | '；'
            | '：'
            | '，'
            | '、'
            | '！'
            | '？'
            | '\n'
            | '”'
            | '）'
            | ';'
            | ':'
            | ','
            | ' '
            | '\u{3000}'
    )
}

/// The numbers of items in a paragraph, in order.
fn markers(text: &str) -> Vec<(Style, u64, Range<usize>)> {
    let mut found = Vec::new();
    let opening = number(text).filter(|(label, _)| label.len() < text.trim_end().len());
    let mut from = 0;
    if let Some((label, value)) = opening {
        let numbering = Numbering::new(label, value);
        if let Some(v) = self::value(&numbering) {
            found.push((Style::of_label(label, value), v, 0..label.len()));
            from = label.len();
        }
    }
    let mut before = None;
    for (at, c) in text.char_indices() {
        let last = before.replace(c);
        if at < from {
            continue;
        }
        let sentence_opens =
            last.is_none_or(|c| matches!(c, '。' | '；' | '：' | '！' | '？' | '\n' | '”' | ';' | ':'));
        let marker = match c {
            '是' | '要' if last.is_some_and(numeral::is_chinese) => is_item(text, at, c),
            '第' if sentence_opens => ordinal(text, at),
            '其' if last.is_none_or(is_border) => of_them(text, at),
            '（' | '①'..='⑳' if last.is_none_or(is_border) => in_marks(text, at),
            _ => None,
        };
        if let Some((style, value, range)) = marker.filter(|(_, v, _)| (1..=10).contains(v)) {
            from = range.end;
            found.push((style, value, range));
        }
    }
    found
}

/// 一是, 二要; not 三要素, 一是一.
fn is_item(text: &str, at: usize, c: char) -> Option<(Style, u64, Range<usize>)> {
    let number = numeral::at_end(&text[..at])?;
    let opens = text[..number.range.start].chars().next_back().is_none_or(is_border);
    let end = at + c.len_utf8();
    let after = &text[end..];
    let is_other = after.starts_with(['素', '点', '件', '事', '义', '否'])
        || after.starts_with(&text[number.range.clone()]);
    (opens && !is_other && !after.is_empty()).then_some((Style::Is, number.value, number.range.start..end))
}

/// 第一， 第二是; not 第一书记, 第一、第二产业.
fn ordinal(text: &str, at: usize) -> Option<(Style, u64, Range<usize>)> {
    let start = at + '第'.len_utf8();
    let number = numeral::at_start(&text[start..])?;
    let end = start + number.range.end;
    let mut after = text[end..].chars();
    let mark = after.next()?;
    let is_mark = matches!(mark, '，' | '、' | '：' | '是' | ',' | ':') && !after.as_str().starts_with('第');
    is_mark.then_some((Style::Ordinal, number.value, at..end))
}

/// 其一，
fn of_them(text: &str, at: usize) -> Option<(Style, u64, Range<usize>)> {
    let start = at + '其'.len_utf8();
    let number = numeral::at_start(&text[start..])?;
    let end = start + number.range.end;
    let is_mark = text[end..].starts_with(['，', '：', '是', ',', ':', '、']);
    is_mark.then_some((Style::Of, number.value, at..end))
}

/// （1） or ① before an item's words.
fn in_marks(text: &str, at: usize) -> Option<(Style, u64, Range<usize>)> {
    let (label, value) = number(&text[at..])?;
    let value_of = self::value(&Numbering::new(label, value))?;
    let end = at + label.len();
    let goes_on = text[end..].chars().next().is_some_and(|c| !is_border(c));
    goes_on.then(|| (Style::of_label(label, value), value_of, at..end))
}

/// 图1, 图3; 表1, 表2. Each speech may begin anew.
fn captions(subject: &Subject<'_>, findings: &mut Findings) {
    for kind in ['图', '表'] {
        let mut last: Option<(u64, Option<usize>)> = None;
        for passage in subject.passages.iter().filter(|p| p.kind == PassageKind::Caption) {
            let Some(rest) = passage.text.strip_prefix(kind) else { continue };
            let blanks = rest.len() - rest.trim_start().len();
            let Some(number) = numeral::at_start(rest.trim_start()) else { continue };
            let end = kind.len_utf8() + blanks + number.range.end;
            // 图1-2 counts within a chapter, 图一 within nothing we know.
            if passage.text[end..].starts_with(['-', '－', '—', '–', '.', '．']) {
                continue;
            }
            let (value, speech) = (number.value, passage.speech);
            let fault = last.and_then(|(before, of)| match value {
                v if v == before + 1 => None,
                1 if of != speech => None,
                v if v == before => Some(Fault::Repeated),
                v if v < before => Some(Fault::Backwards),
                _ => Some(Fault::Gap),
            });
            if let (Some(fault), Some((before, _))) = (fault, last) {
                let say = say(fault, &passage.text[..end], &format!("{kind}{before}"));
                findings.push(passage.span(0..end).or_else(|| place_of(subject, passage)), say);
            }
            last = Some((value, speech));
        }
    }
}

/// The block a caption belongs to, where the caption's own bytes are not known.
fn place_of(subject: &Subject<'_>, passage: &Passage) -> Option<Span> {
    let speech = subject.tree.speeches.get(passage.speech?)?;
    let block = speech.body.iter().find(|b| b.id == passage.node);
    block.and_then(|b| b.span).or(speech.heading.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    fn book(text: &str) -> String {
        format!("# 建言新城\n\n### 甲事要办好\n\n林颂 市政协委员\n\n{text}\n")
    }

    #[test]
    fn wrong_numbers() {
        for (text, place) in [
            ("#### 一、上\n\n话。\n\n#### 三、下\n\n话。", "三、下"),
            ("#### 一、上\n\n话。\n\n#### 一、下\n\n话。", "一、下"),
            ("#### 一、上\n\n话。\n\n##### （一）甲\n\n话。\n\n##### （三）乙\n\n话。", "（三）乙"),
            ("#### 一、上\n\n话。\n\n#### 二、中\n\n话。\n\n#### 二、下\n\n话。", "二、下"),
            ("#### 二、上\n\n话。\n\n#### 三、下\n\n话。", "二、上"),
            ("#### 一、上\n\n话。\n\n##### （二）甲\n\n话。", "（二）甲"),
            ("办好三件事：一是修路，三是架桥。", "三是"),
            ("办好三件事：一是修路；二是架桥；二是通水。", "二是"),
            ("一要修路，二要架桥，四要通水。", "四要"),
            ("一是修路。\n\n二是架桥。\n\n四是通水。", "四是"),
            ("第一，修路。第三，架桥。", "第三"),
            ("第一，修路。\n\n第二，架桥。\n\n第四，通水。", "第四"),
            ("其一，修路；其三，架桥。", "其三"),
            ("分三步：（1）修路；（3）架桥。", "（3）"),
            ("分三步：①修路；③架桥。", "③"),
            ("（一）修路。\n\n（三）架桥。", "（三）"),
            ("![甲](a.png \"图1 甲\")\n\n话。\n\n![乙](b.png \"图3 乙\")", "![乙](b.png \"图3 乙\")"),
            ("表1 甲\n\n| 甲 |\n|---|\n| 1 |\n\n话。\n\n表1 乙\n\n| 甲 |\n|---|\n| 1 |", "表1"),
        ] {
            assert_eq!(found(&RULE, &book(text)), [place], "{text}");
        }
    }

    #[test]
    fn right_numbers_and_what_is_none() {
        for text in [
            "#### 一、上\n\n话。\n\n##### （一）甲\n\n话。\n\n##### （二）乙\n\n话。\n\n#### 二、下\n\n话。\n\n##### （一）甲\n\n话。",
            "#### 一、上\n\n话。\n\n#### 总述\n\n话。\n\n#### 一、下\n\n话。",
            "#### 一、上\n\n话。\n\n二、中\n\n#### 三、下\n\n话。",
            "一是修路，二是架桥，三是通水。再办三件事：一是种树，二是修渠。",
            "一是修路，包括：一是勘线，二是征地。\n\n二是架桥。",
            "一是修路；其次，架桥；三是通水。",
            "一方面修路，二是架桥，三是通水。",
            "第一书记要到村，第三产业要做强。",
            "第一、第二、第三产业协同发展。",
            "一是打好基础，三要素齐备。",
            "稳居全省第一，第三方评估也好。",
            "坚持一是一，二是二。",
            "（1）修路；（2）架桥。",
            "算式（3）成立，算式（1）也成立。",
            "①修路；②架桥。",
            "用心①，用情③。",
            "![甲](a.png \"图1 甲\")\n\n话。\n\n![乙](b.png \"图2 乙\")",
            "![甲](a.png \"图1-1 甲\")\n\n话。\n\n![乙](b.png \"图1-3 乙\")",
            "统一是关键，十一是好日子，二是架桥。",
            "一是修路。\n\n还要说一句。\n\n三是通水。",
            "2026年修路。\n\n2028年架桥。",
            "1. 修路\n2. 架桥\n\n话。\n\n1. 种树\n2. 修渠",
        ] {
            assert_eq!(found(&RULE, &book(text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn numbers_of_speeches() {
        let of = |numbers: &[&str]| {
            let one = |n: &&str| format!("### {n}办好一件事\n\n林颂 市政协委员\n\n办好。\n\n");
            found(&RULE, &format!("# 建言新城\n\n{}", numbers.iter().map(one).collect::<String>()))
        };
        assert_eq!(of(&["一、", "二、", "三、"]), [""; 0]);
        assert_eq!(of(&["一、", "二、", "四、"]), ["四、办好一件事"]);
        assert_eq!(of(&["一、", "二、", "二、", "三、"]), ["二、办好一件事"]);
        // A choice.
        assert_eq!(of(&["一、", "四、", "九、"]), [""; 0]);
        assert_eq!(of(&["三、", "四、", "五、"]), [""; 0]);
        assert_eq!(of(&["一、", "二、", "一、", "二、"]), [""; 0]);
    }
}
