//! 引号不成对。
//!
//! 为什么：缺了一半引号，读者不知道引文到哪里为止。引文分几段时，每段开头用前引号、只在最后一段末尾用后引号，
//! 不算缺；哪一段开头漏了前引号会指出来。直引号按个数核对，外文的撇号不算。
//!
//! 例：
//!
//! ```text
//! 我们要用好“一街一策办法，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 我们要用好“一街一策”办法，让居民得实惠。
//! ```
//!
//! 修改：没有。另一半该在哪里，要人来定。
//!
//! 依据：GB/T 15834-2011，4.8（多段引文见4.8.3.5）。
//! ---
//! A quotation mark without its other half.
//!
//! Why: with one half lost nobody can tell where the quotation ends. A quotation over several paragraphs
//! opens each and closes only the last: that is no mistake, and a paragraph of it that lost its opening mark
//! is named. Straight quotes are counted in pairs; apostrophes of foreign words are left alone.
//!
//! Example:
//!
//! ```text
//! 我们要用好“一街一策办法，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 我们要用好“一街一策”办法，让居民得实惠。
//! ```
//!
//! Fix: none; where the other half belongs is for a person to say.
//!
//! Source: GB/T 15834-2011, 4.8 (several paragraphs: 4.8.3.5).

use std::ops::Range;

use crate::check::finding::Findings;
use crate::check::rules::punctuation::pairs::{Mark, Matched, matched, opens_quote, quote_of};
use crate::check::rules::scan::{after, before, marks};
use crate::check::{Passage, PassageKind, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/unpaired-quote",
    severity: Severity::Warning,
    on: true,
    file: include_str!("unpaired_quote.rs"),
    check,
};

/// A quotation that was still open at the end of the paragraph before.
struct Pending<'a> {
    passage: &'a Passage,
    mark: Mark,
    speech: Option<usize>,
    /// Whether paragraphs without a mark of it stand between: it may still be closed later, wrongly.
    skipped: bool,
}

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut pending: Option<Pending<'_>> = None;
    for (k, passage) in subject.passages.iter().enumerate() {
        let text = passage.text.as_str();
        let mut left = quotes(text);
        let earlier = subject.passages.get(..k).unwrap_or_default();
        if pending.is_none()
            && let Some(mark) = left.open.first().filter(|m| m.at == 0)
            && runs_to_the_end(passage, &left, mark)
            && let Some(first) = unopened(passage, earlier)
        {
            let end = first.text.chars().next().map_or(0, char::len_utf8);
            report(first, 0..end, "opening", mark.c, findings);
        }
        if let Some(open) = pending.take() {
            let goes_on = passage.kind == PassageKind::Paragraph && passage.speech == open.speech;
            let first = text.chars().next();
            if goes_on && first != Some(open.mark.c) && left.open.is_empty() && left.close.is_empty() {
                pending = Some(Pending { skipped: true, ..open });
                straight(passage, &left, findings);
                continue;
            }
            if goes_on && first == Some(open.mark.c) && !open.skipped {
                // Closed here it must end the quotation, or go on to the next paragraph.
                let ends = left
                    .pairs
                    .iter()
                    .find(|(m, ..)| m.at == 0)
                    .is_some_and(|(_, end, _)| is_ending(text, end));
                let continues = left.open.first().is_some_and(|m| m.at == 0);
                if !ends && !continues {
                    lost_end(open.passage, open.mark, findings);
                }
            } else if goes_on && left.open.is_empty() && left.close.last().is_some_and(|m| is_ending(text, m))
            {
                // The last paragraph of the quotation has lost its opening mark.
                if let Some(mark) = left.close.pop() {
                    report(passage, mark.at..mark.at + mark.c.len_utf8(), "start", mark.c, findings);
                }
            } else {
                lost_end(open.passage, open.mark, findings);
            }
        }
        for mark in &left.close {
            report(passage, mark.at..mark.at + mark.c.len_utf8(), "start", mark.c, findings);
        }
        let last = left.open.first().copied().filter(|m| runs_to_the_end(passage, &left, m));
        for mark in left.open.iter().filter(|m| Some(**m) != last) {
            lost_end(passage, *mark, findings);
        }
        pending = last.map(|mark| Pending { passage, mark, speech: passage.speech, skipped: false });
        straight(passage, &left, findings);
    }
    if let Some(open) = pending {
        lost_end(open.passage, open.mark, findings);
    }
}

fn quotes(text: &str) -> Matched {
    let is_apostrophe = |at: usize| {
        before(text, at).is_some_and(|c| c.is_alphanumeric() && !is_wide(c))
            && after(text, at + '’'.len_utf8()).is_some_and(|c| c.is_ascii_alphanumeric())
    };
    let found = marks(text)
        .filter(|(at, c)| (opens_quote(*c) || quote_of(*c).is_some()) && !(*c == '’' && is_apostrophe(*at)));
    matched(found, opens_quote, quote_of)
}

fn is_wide(c: char) -> bool {
    c as u32 >= 0x2e80
}

/// Whether a closing mark may end a quotation of several paragraphs: it closes a sentence, or nothing but
/// marks follows it.
fn is_ending(text: &str, mark: &Mark) -> bool {
    let rest = text.get(mark.at + mark.c.len_utf8()..).unwrap_or_default();
    let closes_sentence = before(text, mark.at).is_some_and(|c| matches!(c, '。' | '！' | '？' | '…' | '’'));
    closes_sentence || rest.chars().all(|c| !c.is_alphanumeric())
}

/// Whether an opening mark may have its end in a later paragraph: no quotation of its kind begins after it, and the paragraph ends a sentence.
fn runs_to_the_end(passage: &Passage, left: &Matched, mark: &Mark) -> bool {
    passage.kind == PassageKind::Paragraph
        && matches!(mark.c, '“' | '「' | '『')
        && left.open.iter().filter(|m| m.c == mark.c).count() == 1
        && !left.pairs.iter().any(|(open, ..)| open.at > mark.at && open.c == mark.c)
        && passage.text.trim_end().ends_with(['。', '！', '？', '…', '；', '：', '’'])
}

/// The paragraph before one that opens a quotation of several paragraphs, where a lead-in (`他写道：`) says
/// that the quotation began there.
fn unopened<'a>(passage: &Passage, earlier: &'a [Passage]) -> Option<&'a Passage> {
    let [.., lead_in, first] = earlier else { return None };
    let is_body = |p: &Passage| p.kind == PassageKind::Paragraph && p.speech == passage.speech;
    let announced = lead_in.text.ends_with(['：', ':']) && !first.text.starts_with(opens_quote);
    (is_body(lead_in) && is_body(first) && announced).then_some(first)
}

/// Straight quotes come in pairs; an odd one whose partner is a curved one is named there.
fn straight(passage: &Passage, left: &Matched, findings: &mut Findings) {
    let text = passage.text.as_str();
    if !text.contains('"') {
        return;
    }
    let is_inch = |at: usize| before(text, at).is_some_and(|c| c.is_ascii_digit());
    let mut places = marks(text).filter(|(at, c)| *c == '"' && !is_inch(*at)).map(|(at, _)| at);
    let Some(first) = places.next() else { return };
    let (mut count, mut last) = (1, first);
    for at in places {
        (count, last) = (count + 1, at);
    }
    let closed_by_inch = marks(text).filter(|(at, c)| *c == '"' && is_inch(*at)).count() % 2 == 1;
    if count % 2 == 1 && !closed_by_inch && left.open.is_empty() && left.close.is_empty() {
        report(passage, last..last + 1, "other", '"', findings);
    }
}

fn lost_end(passage: &Passage, mark: Mark, findings: &mut Findings) {
    report(passage, mark.at..mark.at + mark.c.len_utf8(), "end", mark.c, findings);
}

fn report(passage: &Passage, range: Range<usize>, lost: &str, mark: char, findings: &mut Findings) {
    let say = match lost {
        "end" => Say::new("unpaired-quote-end").with("mark", mark),
        "start" => Say::new("unpaired-quote-start").with("mark", mark),
        "opening" => Say::new("unpaired-quote-opening").with("mark", mark),
        _ => Say::new("unpaired-quote-straight"),
    };
    findings.push(passage.span(range), say);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::{book, holds};
    use crate::check::rules::testing::found;

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("用好“一街一策办法。", "“"),
                ("用好一街一策”办法。", "”"),
                ("用好“一街一策办法，建设“三个空间”。", "“"),
                ("用好一街一策”办法，建设“三个空间”。", "”"),
                ("他说：“老街叫‘九曲，要修。”", "‘"),
                ("他说：“老街叫九曲’，要修。”", "’"),
                ("用好「一街一策办法。", "「"),
                ("用好一街一策』办法。", "』"),
                ("他说：“要修。\n\n他走了。", "“"),
                ("他说：“要修。\n\n“白名单”要定。", "“"),
                ("他说：“要修。\n\n还要管。”", "”"),
                ("“要修。\n\n“要管。\n\n还要用。”", "”"),
                ("“要修。\n\n“要管。\n\n“还要用。", "“"),
                ("“要修。\n\n要管。\n\n还要用。”", "”"),
                ("“要修。\n\n要管。\n\n“福”字要贴。", "“"),
                ("他写道：\n\n要修。\n\n“要管。\n\n“还要用。”", "要"),
            ],
            &[
                "用好“一街一策”办法，建设“三个空间”。",
                "他说：“老街叫‘九曲’，要修。”",
                "用好「一街一策」办法，叫『九曲』。",
                "他说：“要修。\n\n“要管。”",
                "他说：“要修。\n\n“要管。\n\n“还要用‘巧劲’。”他又补了一句。\n\n完。",
                "It’s the people’s street，老街是大家的。",
                "“要修。\n\n“要管。\n\n“要用”。",
                "他写道：\n\n“要修。\n\n“要管。”",
                "屏幕12\"大，管径3\"。",
                "用好\"一街一策\"办法。",
                "“走出去”“引进来”并重。",
            ],
        );
    }

    /// A text with every kind of quotation but one over several paragraphs.
    const SAMPLE: &str = "“白名单”要定，推行“一街一策”“一户一档”。\n\n他说：“老街叫‘九曲’，要修。”\n\n\
        建设“创新街区”，向“三个空间”转变，打造“‘福’字街”。\n\n“最后一公里”要打通，做到“件件有着落”";

    #[test]
    fn any_one_mark_removed_is_found_once() {
        let whole = book(SAMPLE);
        assert!(found(&RULE, &whole).is_empty());
        for (at, mark) in whole.char_indices().filter(|(_, c)| "“”‘’".contains(*c)) {
            let mut less = whole.clone();
            less.replace_range(at..at + mark.len_utf8(), "");
            assert_eq!(found(&RULE, &less).len(), 1, "{mark} at {at}: {less}");
        }
    }

    #[test]
    fn a_mark_lost_in_a_long_quotation_is_found_once() {
        let whole = book("他说：“要修。\n\n“要管。\n\n“还要用。”");
        let places: Vec<_> = whole.char_indices().filter(|(_, c)| "“”".contains(*c)).collect();
        // Without the first mark of all, the second paragraph opens a quotation like any other.
        for (at, mark) in &places[1..] {
            let mut less = whole.clone();
            less.replace_range(*at..at + mark.len_utf8(), "");
            assert_eq!(found(&RULE, &less).len(), 1, "{mark} at {at}: {less}");
        }
    }
}
