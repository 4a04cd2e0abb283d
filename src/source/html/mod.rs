//! Web pages: the article without what the page carries around it.
//!
//! The file is cut into tags and texts by `html5gum`, which tells their bytes; a small tree of our
//! own keeps these places. The article's blocks are chosen from all blocks of the page.

mod article;
mod charset;
mod dom;
mod flow;
mod furniture;
mod line;
mod names;
mod notes;
mod runs;
mod style;
mod table;

use crate::source::html::dom::{Data, Dom, Id};
use crate::source::{
    Input, LeftOut, LineIndex, Notice, Parsed, Raw, RawBlock, Reader, SourceError, encoding,
};
use crate::tree::{Block, BlockKind, Inline, Span, SubHeading};

pub(super) const READER: Reader =
    Reader { name: "html", endings: &["html", "htm", "shtml", "xhtml"], is_text: true, read };

fn read(input: &Input<'_>) -> Result<Parsed, SourceError> {
    let declared = charset::declared(input.bytes);
    let (text, mut notices) = encoding::decode(input.bytes, declared.as_deref())?;
    let lines = LineIndex::new(&text);
    let raw = Raw { id: input.id, text: &text, lines: &lines };
    let blocks = article(&raw, &mut notices);
    Ok(Parsed { text, blocks, notices, ..Parsed::default() })
}

fn article(raw: &Raw<'_>, notices: &mut Vec<Notice>) -> Vec<RawBlock> {
    let dom = dom::parse(raw.text);
    let ends = dom.ends();
    let notes = notes::Notes::of(&dom, raw.id, &ends);
    let weights = furniture::Weights::of(&dom, |at| notes.is_linked(at));
    let (skipped, hidden) = furniture::skipped(&dom, &weights, &ends);
    let title = page_title(&dom, raw);
    let own = title.as_ref().map_or("", |(text, _)| text.as_str());
    let chooser = article::Chooser {
        dom: &dom,
        weights: &weights,
        ends: &ends,
        skipped: &skipped,
        title: own.chars().filter(|c| !c.is_whitespace()).collect(),
    };
    let items = flow::Walk::new(&dom, raw, &skipped, &notes).page();
    let place = chooser.place();
    let in_article = hidden.iter().find(|id| **id >= place && **id <= ends[place]);
    notices.extend(
        in_article
            .map(|id| Notice::LeftOut { what: LeftOut::Hidden, span: first_text(&dom, *id, ends[*id], raw) }),
    );
    let mut blocks: Vec<RawBlock> = chooser.choose(items).into_iter().map(|item| item.raw).collect();
    let plain: Vec<&Block> = blocks.iter().map(|b| &b.block).collect();
    if !blocks.is_empty()
        && !article::has_heading(&plain)
        && let Some((text, span)) = title
        && !text.is_empty()
    {
        let heading = SubHeading::new(1, None, vec![Inline::Text { text, span }]);
        blocks.insert(0, RawBlock::plain(Block::new(BlockKind::Heading(heading), span)));
    }
    blocks
}

/// What the page's `title` says without the site's name, and where when it stands there as it is.
fn page_title(dom: &Dom<'_>, raw: &Raw<'_>) -> Option<(String, Option<Span>)> {
    let title = (1..dom.nodes.len()).find(|id| dom.name(*id) == "title")?;
    let text = dom.children(title).next()?;
    let Some(Data::Text(range)) = dom.nodes.get(text).map(|n| &n.data) else { return None };
    let slice = dom.text.get(range.clone())?;
    let mut references = runs::References::default();
    let decoded: String = references
        .runs(dom.text, range.clone())
        .into_iter()
        .map(|run| match run {
            runs::Run::Plain(range) => dom.text.get(range).unwrap_or("").to_owned(),
            runs::Run::Reference(_, meaning) => meaning,
            runs::Run::Blank(..) => " ".to_owned(),
        })
        .collect();
    let own = article::own_title(decoded.trim()).to_owned();
    let span = slice.find(&own).filter(|_| !own.is_empty()).map(|at| {
        let start = range.start + at;
        raw.lines.span(raw.id, start..start + own.len())
    });
    Some((own, span))
}

fn first_text(dom: &Dom<'_>, from: Id, to: Id, raw: &Raw<'_>) -> Option<Span> {
    let range = |id: Id| match dom.nodes.get(id).map(|n| &n.data) {
        Some(Data::Text(range)) if !dom.text.get(range.clone())?.trim().is_empty() => Some(range.clone()),
        _ => None,
    };
    (from..=to).find_map(range).map(|range| raw.lines.span(raw.id, range))
}

#[cfg(test)]
mod tests;
