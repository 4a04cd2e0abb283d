//! Lines that belong together, before it is asked what each is.

use crate::normalize::outline::lines::is_heading_like;
use crate::normalize::speaker::label;
use crate::normalize::{heading, speaker, subtitle};
use crate::source::RawBlock;
use crate::tree::{Block, BlockKind, Inline, Paragraph, Span, SubHeading, plain_text, split_inlines};

/// Bytes beyond which a paragraph is neither a name nor roles.
const LONGEST_LABEL: usize = 400;

pub(super) fn joined(raw: Vec<RawBlock>) -> Vec<RawBlock> {
    let raw = raw.into_iter().flat_map(turns_of_list).collect();
    join_names(join_cut(part_closing_speakers(part_named_headings(raw))))
}

/// `推进产业振兴（林颂 市政协委员）`: where several headings end so, the brackets hold who speaks.
fn part_closing_speakers(raw: Vec<RawBlock>) -> Vec<RawBlock> {
    let opens = |raw: &RawBlock| {
        let inlines = match &raw.block.kind {
            BlockKind::Heading(h) => &h.inlines,
            BlockKind::Paragraph(p) => &p.inlines,
            _ => return None,
        };
        let text = plain_text(inlines);
        let inner = text.trim_end().strip_suffix(['）', ')'])?;
        let at = inner.rfind(['（', '('])?;
        let (_, name) =
            split_inlines(&split_inlines(inlines, inner.len()).0, at + text[at..].chars().next()?.len_utf8());
        let sure = speaker::speakers(&name, raw.block.span).is_some_and(|l| l.all_have_roles());
        let is_name_alone = speaker::is_person(text[..at].trim());
        (sure
            && at > 0
            && !is_name_alone
            && is_heading_like(&text[..at])
            && label::of(inlines, None).is_none())
        .then_some((at, name))
    };
    if raw.iter().filter(|r| opens(r).is_some()).count() < 2 {
        return raw;
    }
    let mut out = Vec::with_capacity(raw.len());
    for mut raw in raw {
        let Some((at, name)) = opens(&raw) else {
            out.push(raw);
            continue;
        };
        let place = |inlines: &[Inline]| crate::normalize::structure::extent(inlines).or(raw.block.span);
        let speaker = Block::paragraph(name.clone(), place(&name));
        match &mut raw.block.kind {
            BlockKind::Heading(SubHeading { inlines, .. })
            | BlockKind::Paragraph(Paragraph { inlines, .. }) => {
                *inlines = split_inlines(inlines, at).0;
                raw.block.span = place(inlines);
            }
            _ => {}
        }
        out.extend([raw, RawBlock::plain(speaker)]);
    }
    out
}

/// `### 林颂：窗口要少问一句`: where most headings of a level begin with a name, it is the speaker's.
fn part_named_headings(raw: Vec<RawBlock>) -> Vec<RawBlock> {
    let level = |raw: &RawBlock| match &raw.block.kind {
        BlockKind::Heading(h) => Some(h.level),
        _ => None,
    };
    let named = |raw: &RawBlock| {
        let BlockKind::Heading(h) = &raw.block.kind else { return None };
        let label = label::of(&h.inlines, raw.block.span)?;
        let has_words = label.body < plain_text(&h.inlines).trim_end().len();
        (label.sureness >= label::Sureness::Name && has_words).then_some(label)
    };
    let count = |wanted: u8, is: &dyn Fn(&RawBlock) -> bool| {
        raw.iter().filter(|r| level(r) == Some(wanted) && is(r)).count()
    };
    let chosen: Vec<u8> = (1..=6)
        .filter(|l| {
            let all = count(*l, &|_| true);
            let named = count(*l, &|r| named(r).is_some());
            named >= 2 && named * 3 >= all * 2
        })
        .collect();
    let mut out = Vec::with_capacity(raw.len());
    for mut raw in raw {
        let label = level(&raw).filter(|l| chosen.contains(l)).and_then(|_| named(&raw));
        let (Some(label), BlockKind::Heading(h)) = (label, &mut raw.block.kind) else {
            out.push(raw);
            continue;
        };
        let (name, _) = split_inlines(&h.inlines, label.range.end);
        let (_, name) = split_inlines(&name, label.range.start);
        let (_, words) = split_inlines(&h.inlines, label.body);
        let place = |inlines: &[Inline]| crate::normalize::structure::extent(inlines).or(raw.block.span);
        let speaker = Block::paragraph(name.clone(), place(&name));
        raw.block.span = place(&words);
        h.inlines = words;
        out.extend([raw, RawBlock::plain(speaker)]);
    }
    out
}

/// A list whose every item begins by naming who speaks is a talk: each item is a paragraph.
fn turns_of_list(raw: RawBlock) -> Vec<RawBlock> {
    let BlockKind::List(list) = &raw.block.kind else { return vec![raw] };
    let is_turn = |block: &Block| match &block.kind {
        BlockKind::Paragraph(p) => {
            label::of(&p.inlines, block.span).is_some_and(|l| l.sureness >= label::Sureness::Voice)
        }
        _ => false,
    };
    let named = list.items.iter().filter(|i| i.blocks.first().is_some_and(is_turn)).count();
    if list.items.len() < 2 || named < list.items.len() {
        return vec![raw];
    }
    let BlockKind::List(list) = raw.block.kind else { return Vec::new() };
    list.items.into_iter().flat_map(|i| i.blocks).map(RawBlock::plain).collect()
}

/// The lines of a heading that breaks off in its first (`关于推进乡村医生` `乡聘村用的建议`), as one.
fn join_cut(raw: Vec<RawBlock>) -> Vec<RawBlock> {
    let is_paragraph = |raw: &RawBlock| matches!(raw.block.kind, BlockKind::Paragraph(_));
    let mut joined: Vec<RawBlock> = Vec::with_capacity(raw.len());
    for raw in raw {
        let is_cut = joined.last().is_some_and(|last| {
            let (above, below) = (last.block.text(), raw.block.text());
            let both = is_paragraph(last) && is_paragraph(&raw) && !raw.look.gap;
            both && is_heading_like(&above) && is_heading_like(&below) && heading::breaks_off(&above, &below)
        });
        match joined.last_mut().filter(|_| is_cut) {
            Some(last) => subtitle::append(&mut last.block, raw.block),
            None => joined.push(raw),
        }
    }
    joined
}

/// A name on one line and the roles on the next, or the other way round, as one line.
fn join_names(raw: Vec<RawBlock>) -> Vec<RawBlock> {
    let mut joined: Vec<RawBlock> = Vec::with_capacity(raw.len());
    let mut above = String::new();
    for raw in raw {
        let below = raw.block.text();
        let Some(last) = joined.last_mut().filter(|_| above.len().max(below.len()) <= LONGEST_LABEL) else {
            joined.push(raw);
            above = below;
            continue;
        };
        let roles = below.trim().trim_end_matches(['：', ':']);
        let is_name_first = speaker::is_person(above.trim()) && speaker::is_roles(roles);
        let is_name_last =
            speaker::is_roles(above.trim()) && speaker::is_person(below.trim().trim_end_matches(['：', ':']));
        // 民革市委会 （执笔人：林颂）
        let is_name_last = is_name_last || speaker::is_body(above.trim()) && label::is_reader(below.trim());
        let both = (&mut last.block.kind, &raw.block.kind);
        if let (true, (BlockKind::Paragraph(a), BlockKind::Paragraph(b))) =
            (is_name_first || is_name_last, both)
        {
            let between = last.block.span.zip(raw.block.span).map(|(a, b)| Span {
                start: a.end,
                end: b.start.max(a.end),
                ..a
            });
            let text = if is_name_first { "\n" } else { " " };
            a.inlines.push(Inline::Text { text: text.into(), span: between });
            let colon = below.len() - below.trim_end().trim_end_matches(['：', ':']).len();
            a.inlines.extend(split_inlines(&b.inlines, below.len() - colon).0);
            last.block.span = last.block.span.zip(raw.block.span).map(|(a, b)| a.to(b));
            above = last.block.text();
        } else {
            joined.push(raw);
            above = below;
        }
    }
    joined
}
