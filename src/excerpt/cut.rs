//! The smaller tree.

use std::collections::BTreeSet;

use crate::tree::{Block, BlockKind, FileId, Inline, Part, Proceedings, Span, Speech};

/// The tree of some speeches, by their places in the book. Ids and spans stay those of the whole book.
///
/// Kept is what belongs to these speeches or to the book as such: title, event, facts of the issue, titles of
/// the speeches' parts, the files they stand in, the changes made in them. What stands before a part's first
/// speech is kept with all its speeches only, the lede with the whole book: both may speak of the others.
#[must_use]
pub fn cut(tree: &Proceedings, picked: &[usize]) -> Proceedings {
    let is_whole = picked.iter().collect::<BTreeSet<_>>().len() == tree.speeches.len();
    if is_whole {
        return tree.clone();
    }
    let kept: Vec<Speech> = picked.iter().filter_map(|k| tree.speeches.get(*k).cloned()).collect();
    let parts = tree.parts.iter().filter_map(|part| {
        let own = |s: &&Speech| s.part.as_ref() == Some(&part.id);
        let (all, here) = (tree.speeches.iter().filter(own).count(), kept.iter().filter(own).count());
        let mut small = Part::new(part.id.clone(), part.title.clone(), part.span);
        if all == here {
            small.intro.clone_from(&part.intro);
        }
        (here > 0).then_some(small)
    });
    let parts: Vec<Part> = parts.collect();

    let mut spans = Vec::new();
    for speech in &kept {
        spans.extend(speech.heading.span);
        of_inlines(&speech.heading.inlines, &mut spans);
        spans.extend(speech.speakers.iter().filter_map(|s| s.span));
        of_blocks(&speech.body, &mut spans);
    }
    for part in &parts {
        spans.extend(part.span);
        of_blocks(&part.intro, &mut spans);
    }
    spans.extend([tree.front.title.span, tree.front.event.span].into_iter().flatten());
    let files: BTreeSet<FileId> =
        spans.iter().map(|s| s.file).chain(kept.iter().filter_map(|s| s.span).map(|s| s.file)).collect();

    let mut small = Proceedings {
        title: tree.title.clone(),
        event: tree.event.clone(),
        front: tree.front.clone(),
        meta: tree.meta.clone(),
        files: tree.files.iter().filter(|f| files.contains(&f.id)).cloned().collect(),
        edits: edits(tree, spans),
        parts,
        ..Proceedings::default()
    };
    small.speeches = kept;
    small
}

/// The changes that lie inside one of the spans.
fn edits(tree: &Proceedings, mut spans: Vec<Span>) -> Vec<crate::tree::Edit> {
    spans.sort_unstable();
    // The furthest end so far at every place, so that one look backwards tells.
    let mut ends: Vec<(FileId, usize)> = Vec::with_capacity(spans.len());
    for span in &spans {
        let end = match ends.last() {
            Some((file, end)) if *file == span.file => span.end.max(*end),
            _ => span.end,
        };
        ends.push((span.file, end));
    }
    let is_inside = |edit: &&crate::tree::Edit| {
        let span = edit.span;
        let before = spans.partition_point(|s| (s.file, s.start) <= (span.file, span.start));
        before
            .checked_sub(1)
            .and_then(|k| ends.get(k))
            .is_some_and(|(file, end)| *file == span.file && span.end <= *end)
    };
    tree.edits.iter().filter(is_inside).cloned().collect()
}

fn of_blocks(blocks: &[Block], spans: &mut Vec<Span>) {
    for block in blocks {
        match &block.kind {
            // A container may reach over what is somebody else's; its leaves do not.
            BlockKind::List(list) => list.items.iter().for_each(|i| of_blocks(&i.blocks, spans)),
            BlockKind::Quote(quote) => of_blocks(&quote.blocks, spans),
            BlockKind::Note(note) => of_blocks(&note.blocks, spans),
            BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Table(_) | BlockKind::Figure(_) => {
                spans.extend(block.span);
                block.inline_lists(&mut |inlines| of_inlines(inlines, spans));
            }
        }
    }
}

fn of_inlines(inlines: &[Inline], spans: &mut Vec<Span>) {
    for inline in inlines {
        match inline {
            Inline::Text { span, .. } => spans.extend(*span),
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                of_inlines(content, spans);
            }
            Inline::NoteRef { .. } | Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Edit, Heading, NodeId, Reason, SourceFile, assign_ids};

    fn book() -> Proceedings {
        let mut tree = Proceedings { title: "题".into(), ..Proceedings::default() };
        for k in 0..4usize {
            let file = FileId(u32::try_from(k / 2).unwrap());
            let mut speech = Speech::new(Heading::of_clauses(vec![format!("第{k}个题")]));
            let span = Some(Span::new(file, 100 * k, 100 * k + 50, 1));
            speech.body.push(Block::paragraph(vec![Inline::text(format!("第{k}段话"))], span));
            speech.part = Some(NodeId::new(if k < 3 { "x" } else { "y" }));
            tree.speeches.push(speech);
            tree.edits.push(Edit::new(
                Span::new(file, 100 * k + 9, 100 * k + 10, 1),
                ",",
                "，",
                Reason::HalfWidth,
            ));
        }
        tree.edits.push(Edit::new(Span::new(FileId(0), 160, 161, 1), ",", "，", Reason::HalfWidth));
        tree.files = (0..2).map(|k| SourceFile::new(FileId(k), format!("{k}.md"), "00")).collect();
        tree.lede.push(Block::paragraph(vec![Inline::text("四位发言")], None));
        for id in ["x", "y"] {
            let mut part = Part::new(NodeId::new(id), format!("部分{id}"), None);
            part.intro.push(Block::paragraph(vec![Inline::text("这一部分的话")], None));
            tree.parts.push(part);
        }
        assign_ids(&mut tree);
        tree
    }

    #[test]
    fn ids_stay_and_nothing_of_the_others_is_there() {
        let small = cut(&book(), &[1, 3]);
        let ids: Vec<&str> = small.speeches.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["s02", "s04"]);
        assert!(small.lede.is_empty());
        let parts: Vec<(&str, usize)> =
            small.parts.iter().map(|p| (p.title.as_str(), p.intro.len())).collect();
        assert_eq!(parts, [("部分x", 0), ("部分y", 1)]);
        let starts: Vec<usize> = small.edits.iter().map(|e| e.span.start).collect();
        assert_eq!(starts, [109, 309], "not that behind the paragraph");
        let json = small.to_json().unwrap();
        for other in ["第0", "第2", "四位"] {
            assert!(!json.contains(other), "{other} in {json}");
        }
        assert_eq!(Proceedings::from_json(&json).unwrap(), small);
    }

    #[test]
    fn files_that_hold_none_of_it_are_not_named() {
        let small = cut(&book(), &[2]);
        let names: Vec<&str> = small.files.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["1.md"]);
    }

    #[test]
    fn all_speeches_are_the_book() {
        assert_eq!(cut(&book(), &[0, 1, 2, 3]), book());
    }
}
