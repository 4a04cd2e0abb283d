//! Speakers given as a form is filled in: `发言人：林颂` `单位及职务：市政协委员` `题目：关于某事的建议`.

use crate::source::RawBlock;
use crate::tree::{Block, BlockKind, Inline, Span, plain_text, split_inlines};

/// What a line of such a form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Roles,
    Heading,
}

const LABELS: &[(&str, Field)] = &[
    ("发言人", Field::Name),
    ("发言人姓名", Field::Name),
    ("发言者", Field::Name),
    ("发言委员", Field::Name),
    ("姓名", Field::Name),
    ("单位", Field::Roles),
    ("职务", Field::Roles),
    ("单位职务", Field::Roles),
    ("单位及职务", Field::Roles),
    ("单位和职务", Field::Roles),
    ("工作单位", Field::Roles),
    ("工作单位及职务", Field::Roles),
    ("职务职称", Field::Roles),
    ("身份", Field::Roles),
    ("题目", Field::Heading),
    ("发言题目", Field::Heading),
    ("发言主题", Field::Heading),
    ("标题", Field::Heading),
];

/// Turns each form into the heading and the line of its speaker, as others write them.
pub(super) fn unfold(raw: Vec<RawBlock>) -> Vec<RawBlock> {
    let fields: Vec<Option<(Field, usize)>> = raw.iter().map(|raw| field(&raw.block)).collect();
    let mut out = Vec::with_capacity(raw.len());
    let mut form: Vec<(Field, RawBlock)> = Vec::new();
    let mut raw = raw.into_iter().zip(fields).peekable();
    while let Some((block, field)) = raw.next() {
        match field {
            Some((field, _)) if form.iter().any(|(other, _)| *other == field) => {
                out.extend(closed(std::mem::take(&mut form)));
                form.push((field, block));
            }
            Some((field, _)) => form.push((field, block)),
            None => out.push(block),
        }
        if raw.peek().is_none_or(|(_, next)| next.is_none()) {
            out.extend(closed(std::mem::take(&mut form)));
        }
    }
    out
}

/// The lines of a form that names somebody; of any other, its lines as they were.
fn closed(form: Vec<(Field, RawBlock)>) -> Vec<RawBlock> {
    let has = |field: Field| form.iter().any(|(other, _)| *other == field);
    if !has(Field::Name) || form.len() < 2 {
        return form.into_iter().map(|(_, raw)| raw).collect();
    }
    let mut values = [None, None, None];
    for (field, raw) in form {
        values[field as usize] = value(raw);
    }
    let [name, roles, heading] = values;
    let speaker = match (name, roles) {
        (Some(mut name), Some(roles)) => {
            let (above, below) = (name.block.span, roles.block.span);
            let between = above.zip(below).map(|(a, b)| Span { start: a.end, end: b.start.max(a.end), ..a });
            if let (BlockKind::Paragraph(a), BlockKind::Paragraph(b)) =
                (&mut name.block.kind, roles.block.kind)
            {
                a.inlines.push(Inline::Text { text: "\n".into(), span: between });
                a.inlines.extend(b.inlines);
                name.block.span = above.zip(below).map(|(a, b)| a.to(b));
            }
            Some(name)
        }
        (name, roles) => name.or(roles),
    };
    heading.into_iter().chain(speaker).collect()
}

fn field(block: &Block) -> Option<(Field, usize)> {
    let BlockKind::Paragraph(p) = &block.kind else { return None };
    let text = plain_text(&p.inlines);
    let (word, rest) = text.split_once(['：', ':']).or_else(|| text.split_once(char::is_whitespace))?;
    let compact: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    let (_, field) = LABELS.iter().find(|(label, _)| *label == compact)?;
    let is_value = !rest.trim().is_empty() && !rest.contains(['。', '；', '\n', '：']);
    is_value.then(|| (*field, text.len() - rest.trim_start().len()))
}

/// A line without its label.
fn value(raw: RawBlock) -> Option<RawBlock> {
    let (_, from) = field(&raw.block)?;
    let BlockKind::Paragraph(p) = &raw.block.kind else { return None };
    let (_, inlines) = split_inlines(&p.inlines, from);
    let span = crate::normalize::structure::extent(&inlines).or(raw.block.span);
    Some(RawBlock { block: Block::paragraph(inlines, span), look: raw.look })
}
