//! The book's headings and blocks, line by line.

use crate::render::markdown::escape::{self, Place};
use crate::render::markdown::inline::{self, Notes};
use crate::render::markdown::speakers;
use crate::tree::{
    Alignment, Block, BlockKind, Cell, Figure, Heading, Inline, List, Proceedings, Speech, SubHeading, Table,
    Visit, plain_text, walk_block,
};

/// The whole text.
pub(super) fn book(tree: &Proceedings) -> String {
    let mut writer = Writer { notes: numbers(tree), speech_level: speech_level(tree), out: Vec::new() };
    writer.heading(1, &plain(&tree.title));
    if let Some(event) = &tree.event {
        writer.heading(writer.speech_level - 1, &plain(event));
    }
    writer.blocks(&tree.lede);
    let mut part = None;
    for (k, speech) in tree.speeches.iter().enumerate() {
        let opens = speech.part.is_some() && speech.part.as_ref() != part;
        if opens && let Some(opened) = tree.parts.iter().find(|p| Some(&p.id) == speech.part.as_ref()) {
            writer.heading(writer.speech_level - 1, &plain(&opened.title));
            writer.blocks(&opened.intro);
        }
        part = speech.part.as_ref().or(part);
        let level = writer.speech_level - u8::from(stands_as_part(tree, k));
        writer.speech(speech, level);
    }
    writer.out.iter().map(|line| line.trim_end_matches(' ').to_owned() + "\n").collect()
}

/// Closing words and the like, which the reader knows by their level: nobody speaks, nothing follows
/// in their part, and they stand outside the parts or have a heading of one clause with a blank.
fn stands_as_part(tree: &Proceedings, k: usize) -> bool {
    let Some(speech) = tree.speeches.get(k) else { return false };
    let follows_part = tree.speeches[..k].iter().any(|s| s.part.is_some());
    let one_clause = speech.heading.clauses.len() == 1 && speech.heading.text.contains(char::is_whitespace);
    let ends = tree.speeches.get(k + 1).is_none_or(|next| next.part.is_some());
    k > 0 && speech.speakers.is_empty() && speech.part.is_none() && ends && (follows_part || one_clause)
}

/// Three, or two where sub-headings go four levels deep: Markdown has six.
fn speech_level(tree: &Proceedings) -> u8 {
    let bodies = tree.speeches.iter().map(|s| &s.body).chain(tree.parts.iter().map(|p| &p.intro));
    let deep = |b: &Block| matches!(&b.kind, BlockKind::Heading(h) if h.level > 3);
    if bodies.chain([&tree.lede]).flatten().any(deep) { 2 } else { 3 }
}

/// Numbers for all notes, counted through the file.
fn numbers(tree: &Proceedings) -> Notes {
    struct Counter(Notes);
    impl Visit for Counter {
        fn block(&mut self, block: &Block) {
            if let BlockKind::Note(_) = block.kind {
                let next = self.0.len() + 1;
                self.0.entry(block.id.clone()).or_insert(next);
            }
            walk_block(self, block);
        }
    }
    let mut counter = Counter(Notes::new());
    counter.proceedings(tree);
    counter.0
}

fn plain(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}

struct Writer {
    notes: Notes,
    speech_level: u8,
    out: Vec<String>,
}

impl Writer {
    fn push(&mut self, lines: Vec<String>) {
        if !self.out.is_empty() {
            self.out.push(String::new());
        }
        self.out.extend(lines);
    }

    fn heading(&mut self, level: u8, inlines: &[Inline]) {
        let line = heading(level, inlines, &self.notes);
        self.push(vec![line]);
    }

    fn speech(&mut self, speech: &Speech, level: u8) {
        self.heading(level, &with_number(&speech.heading));
        let is_bare = speech.heading.text.is_empty();
        let lines = speakers::lines(&speech.speakers, is_bare);
        if !lines.is_empty() {
            let breaks = lines.iter().enumerate().flat_map(|(k, line)| {
                let between = (k > 0).then_some(Inline::Break);
                between.into_iter().chain([Inline::text(line)])
            });
            let text = inline::write(&breaks.collect::<Vec<_>>(), &self.notes, Place::Lines);
            self.push(text.split('\n').map(str::to_owned).collect());
        }
        self.blocks(&speech.body);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let lines = Nested { notes: &self.notes, speech_level: self.speech_level, depth: 0 }.blocks(blocks);
        if !lines.is_empty() {
            self.push(lines);
        }
    }
}

fn heading(level: u8, inlines: &[Inline], notes: &Notes) -> String {
    let text = inline::write(inlines, notes, Place::Line);
    format!("{} {text}", "#".repeat(usize::from(level.clamp(1, 6)))).trim_end_matches(' ').to_owned()
}

fn with_number(heading: &Heading) -> Vec<Inline> {
    numbered(heading.number.as_ref().map(|n| n.label.as_str()), &heading.inlines)
}

/// The number before the text. `1.` before a digit needs a blank, else it is a decimal; 之一 always.
fn numbered(label: Option<&str>, inlines: &[Inline]) -> Vec<Inline> {
    let Some(label) = label else { return inlines.to_vec() };
    let is_digit = plain_text(inlines).starts_with(|c: char| c.is_ascii_digit());
    let blank = if is_digit || label.starts_with('之') { " " } else { "" };
    std::iter::once(Inline::text(format!("{label}{blank}"))).chain(inlines.iter().cloned()).collect()
}

/// Blocks at some depth.
#[derive(Clone, Copy)]
struct Nested<'a> {
    notes: &'a Notes,
    speech_level: u8,
    depth: usize,
}

impl Nested<'_> {
    fn inner(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    fn blocks(self, blocks: &[Block]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut lists = 0;
        let mut k = 0;
        while let Some(block) = blocks.get(k) {
            // Two lists side by side are told apart by their marks.
            lists = if matches!(block.kind, BlockKind::List(_)) { lists + 1 } else { 0 };
            let code = blocks[k..].iter().map_while(code).collect::<Vec<_>>();
            let lines = if code.is_empty() { self.block(block, lists % 2 == 1) } else { fenced(&code) };
            k += code.len().max(1);
            if lines.is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push(String::new());
            }
            out.extend(lines);
        }
        out
    }

    fn block(self, block: &Block, first_mark: bool) -> Vec<String> {
        match &block.kind {
            BlockKind::Paragraph(p) => self.paragraph(&p.inlines),
            BlockKind::Heading(h) => vec![self.sub_heading(h)],
            BlockKind::List(list) => self.list(list, first_mark),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure(figure) => self.figure(figure),
            BlockKind::Quote(quote) => {
                let lines = self.inner().blocks(&quote.blocks);
                lines.iter().map(|l| if l.is_empty() { ">".to_owned() } else { format!("> {l}") }).collect()
            }
            BlockKind::Note(note) => {
                let lines = self.inner().blocks(&note.blocks);
                let number = self.notes.get(&block.id).copied().unwrap_or(0);
                hang(&format!("[^{number}]: "), 4, lines)
            }
        }
    }

    fn paragraph(self, inlines: &[Inline]) -> Vec<String> {
        let text = inline::write(inlines, self.notes, Place::Lines);
        if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() }
    }

    fn sub_heading(self, h: &SubHeading) -> String {
        let inlines = numbered(h.number.as_ref().map(|n| n.label.as_str()), &h.inlines);
        // In an item or a quotation all headings are alike.
        let level = if self.depth == 0 { self.speech_level + h.level } else { 6 };
        heading(level, &inlines, self.notes)
    }

    fn list(self, list: &List, first_mark: bool) -> Vec<String> {
        let is_tight = list.items.iter().all(|item| is_short(&item.blocks));
        let mut out: Vec<String> = Vec::new();
        for (k, item) in list.items.iter().enumerate() {
            let mark = match (list.start, first_mark) {
                (Some(start), true) => format!("{}. ", start.saturating_add(k as u64)),
                (Some(start), false) => format!("{}) ", start.saturating_add(k as u64)),
                (None, true) => "- ".to_owned(),
                (None, false) => "* ".to_owned(),
            };
            let lines = match (is_tight, item.blocks.as_slice()) {
                (true, [first, second]) => {
                    let mut lines = self.inner().block(first, true);
                    lines.extend(self.inner().block(second, true));
                    lines
                }
                (_, blocks) => self.inner().blocks(blocks),
            };
            if !is_tight && k > 0 {
                out.push(String::new());
            }
            out.extend(hang(&mark, mark.len(), lines));
        }
        out
    }

    fn table(self, table: &Table) -> Vec<String> {
        // `表1 …` is known by its words and stands above, as it is printed; another is marked, and below.
        let is_known = self.depth == 0 && is_known_caption(&plain_text(&table.caption));
        let mut out = if is_known { self.paragraph(&table.caption) } else { Vec::new() };
        if !out.is_empty() {
            out.push(String::new());
        }
        let row = |cells: &[Cell]| {
            let cells: String = cells
                .iter()
                .map(|cell| format!(" {} |", inline::write(&cell.inlines, self.notes, Place::Cell)))
                .collect();
            format!("|{cells}")
        };
        let marks = table.alignments.iter().map(|a| match a {
            Alignment::Start => " --- |",
            Alignment::Center => " :-: |",
            Alignment::End => " --: |",
        });
        out.push(row(&table.head));
        out.push(format!("|{}", marks.collect::<String>()));
        out.extend(table.rows.iter().map(|cells| row(cells)));
        if !is_known && !table.caption.is_empty() {
            out.push(String::new());
            let text = inline::write(&table.caption, self.notes, Place::Lines);
            out.extend(format!(": {text}").split('\n').map(str::to_owned));
        }
        out
    }

    /// A picture with its caption as the title; one with markup is a line below, where it can be.
    fn figure(self, figure: &Figure) -> Vec<String> {
        let alt = escape::text(&figure.alt, Some('['), Some(']'), Place::Line);
        let src = escape::address(&figure.src);
        let is_plain = figure.caption.iter().all(|i| matches!(i, Inline::Text { .. }));
        if figure.caption.is_empty() {
            return vec![format!("![{alt}]({src})")];
        }
        let caption = plain_text(&figure.caption);
        if is_plain || !caption.starts_with(['图', '附']) {
            return vec![format!("![{alt}]({src} {})", escape::title(&caption))];
        }
        let mut lines = vec![format!("![{alt}]({src})"), String::new()];
        lines.extend(self.paragraph(&figure.caption));
        lines
    }
}

/// Whether the reader takes a line over a table for its caption: `表1 …`, no sentence.
fn is_known_caption(text: &str) -> bool {
    let rest = text.strip_prefix("附表").or_else(|| text.strip_prefix('表'));
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    rest.is_some_and(|rest| rest.trim_start().starts_with(is_number))
        && text.chars().count() <= 60
        && !text.contains(['。', '！', '？', '\n'])
}

/// Whether an item needs no blank lines: a paragraph, and a list that may follow a line of text,
/// which none may that begins elsewhere than at 1 or with an empty item.
fn is_short(blocks: &[Block]) -> bool {
    let is_text = |b: &Block| matches!(b.kind, BlockKind::Paragraph(_)) && code(b).is_none();
    let follows = |b: &Block| match &b.kind {
        BlockKind::List(list) => {
            list.start.is_none_or(|n| n == 1) && list.items.first().is_some_and(|i| !i.blocks.is_empty())
        }
        _ => false,
    };
    match blocks {
        [] => true,
        [only] => is_text(only),
        [first, second] => is_text(first) && follows(second),
        _ => false,
    }
}

/// Lines behind a mark, the others set in by `indent`.
fn hang(mark: &str, indent: usize, lines: Vec<String>) -> Vec<String> {
    let mut lines = lines.into_iter();
    let first = format!("{mark}{}", lines.next().unwrap_or_default());
    let set_in = |l: String| if l.is_empty() { l } else { format!("{}{l}", " ".repeat(indent)) };
    std::iter::once(first).chain(lines.map(set_in)).collect()
}

/// A line of a code block: a paragraph with a place whose text has none. Nothing in it is made
/// standard, so it stays what it is.
fn code(block: &Block) -> Option<&str> {
    match (&block.kind, block.span) {
        (BlockKind::Paragraph(p), Some(_)) => match p.inlines.as_slice() {
            [Inline::Text { text, span: None }] if !text.contains(['\n', '\r']) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn fenced(lines: &[&str]) -> Vec<String> {
    let longest = lines.iter().map(|l| l.len() - l.trim_start_matches('`').len()).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let inside = lines.iter().map(|l| (*l).to_owned());
    std::iter::once(fence.clone()).chain(inside).chain([fence]).collect()
}
