//! What must hold for every input, whatever it is. Each function panics where it does not.
//!
//! The fuzz targets and `tests/mutations.rs` hold the same laws: this file is part of both.

use std::collections::BTreeSet;

use jianbao::check::{Choice, Finding, SourceText, Subject, mend};
use jianbao::config::Config;
use jianbao::fonts::{FontRequest, FontSet};
use jianbao::normalize::{Known, Normalized, normalize, standard_text, standardise};
use jianbao::render::{Assets, Job, Templates, format_named};
use jianbao::source::{Document, READERS, read};
use jianbao::tree::{
    Block, BlockKind, Edit, FileId, Inline, NodeId, Proceedings, Span, Speaker, Speech, Visit, walk_block,
    walk_inlines, walk_speech,
};

/// A document and the book made of it.
pub struct Made {
    /// The document; its blocks have gone into the book.
    pub document: Document,
    /// The book.
    pub book: Normalized,
}

/// From bytes to a book, every law of reading and normalising held on the way; none where the bytes
/// are refused.
pub fn made(name: &str, bytes: &[u8]) -> Option<Made> {
    let document = read_soundly(name, bytes)?;
    edits_are_sound(&standardise(&document), &document.text);
    if is_text(&document) && document.text.as_bytes() == bytes {
        twice_is_once(name, &document);
    }
    book(document)
}

/// Reads, and looks at every span.
pub fn read_soundly(name: &str, bytes: &[u8]) -> Option<Document> {
    let document = match read(FileId(0), name, bytes) {
        Ok(document) => document,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    // Ids are for the book to give: here two definitions of a note have the same.
    let mut seen = Seen { knows_ids: false, ..Seen::new(&document.text) };
    document.blocks.iter().for_each(|raw| seen.block(&raw.block));
    Some(document)
}

/// Makes a book of a document and looks at its tree.
pub fn book(document: Document) -> Option<Made> {
    let mut documents = [document];
    let book = match normalize(&mut documents, Known::default()) {
        Ok(book) => book,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    let [document] = documents;
    edits_are_sound(&book.tree.edits, &document.text);
    tree_is_sound(&book.tree, &document.text);
    Some(Made { document, book })
}

/// No letter changes, and the edits undone give the text back byte for byte.
pub fn edits_are_sound(edits: &[Edit], text: &str) {
    let (mut changed, mut at, mut references) = (String::new(), 0, 0);
    for edit in edits {
        assert!(edit.span.start >= at, "edits overlap: {edit:?}");
        assert_eq!(text.get(edit.span.start..edit.span.end), Some(edit.before.as_str()), "{edit:?}");
        // The letters of `&nbsp;` are markup.
        let is_reference = edit.before.starts_with('&') && edit.before.ends_with(';');
        let before = if is_reference { String::new() } else { letters(&edit.before) };
        assert_eq!(before, letters(&edit.after), "{edit:?}");
        references += usize::from(is_reference) * letters(&edit.before).chars().count();
        changed.push_str(&text[at..edit.span.start]);
        changed.push_str(&edit.after);
        at = edit.span.end;
    }
    changed.push_str(&text[at..]);
    match references {
        0 => assert_eq!(letters(&changed), letters(text)),
        n => assert_eq!(letters(&changed).chars().count() + n, letters(text).chars().count()),
    }
    let (mut undone, mut from, mut to) = (String::new(), 0, 0);
    for edit in edits {
        let kept = edit.span.start - to;
        undone.push_str(&changed[from..from + kept]);
        undone.push_str(&edit.before);
        (from, to) = (from + kept + edit.after.len(), edit.span.end);
    }
    undone.push_str(&changed[from..]);
    assert_eq!(undone, text, "undone");
}

/// Ids are unique, spans lie in the text, and the JSON form reads back.
fn tree_is_sound(tree: &Proceedings, text: &str) {
    let mut seen = Seen::new(text);
    seen.id(&tree.front.title.id);
    seen.span(tree.front.title.span);
    if tree.event.is_some() {
        seen.id(&tree.front.event.id);
    }
    for part in &tree.parts {
        seen.id(&part.id);
        seen.span(part.span);
    }
    seen.proceedings(tree);
    for piece in tree.pieces() {
        seen.span(piece.span);
    }
    let json = tree.to_json().expect("a tree has a JSON form");
    assert_eq!(&Proceedings::from_json(&json).expect("the JSON form is read"), tree);
}

/// Making a text standard once more changes nothing, and as many characters stay.
fn twice_is_once(name: &str, document: &Document) {
    let once = standard_text(document);
    assert_eq!(once.chars().count(), document.text.chars().count());
    assert_eq!(letters(&once), letters(&document.text));
    if let Ok(again) = read(FileId(0), name, once.as_bytes()) {
        assert_eq!(standard_text(&again), once, "twice is once");
    }
}

/// Runs the default rules and looks at what they say; the fixes make a text that can be read.
pub fn checked(made: &Made) -> Vec<Finding> {
    let (document, config) = (&made.document, Config::default());
    let texts = [SourceText::new(document.file.id, &document.file.name, &document.text, is_text(document))];
    let subject = Subject::new(&made.book.tree, &texts, &made.book.observations, &config);
    let findings = Choice::of(&config.check).expect("the default rules exist").run(&subject);
    let mut seen = Seen::new(&document.text);
    for finding in &findings {
        seen.span(finding.span);
        let replacements = finding.fix.iter().flat_map(|f| &f.replacements);
        replacements.for_each(|r| seen.span(Some(r.span)));
    }
    if let Some(mended) = mend(document.file.id, &document.text, &findings, true) {
        let _ = read(FileId(0), &document.file.name, mended.text.as_bytes());
    }
    findings
}

/// Makes an output; where that is refused, with a sentence.
pub fn rendered(tree: &Proceedings, format: &str) {
    let fonts = FontSet::find(&FontRequest::from_environment()).expect("the fonts");
    let (config, templates, assets) = (Config::default(), Templates::default(), Assets::default());
    let job = Job::new(tree, &config, &fonts, &templates, &assets);
    let format = format_named(format).expect("a known format");
    match format.backend.render(&job) {
        Ok(rendered) => assert!(rendered.artifacts.iter().all(|a| !a.bytes.is_empty())),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn is_text(document: &Document) -> bool {
    READERS.iter().any(|r| r.name == document.form && r.is_text)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A walk that looks at every span, and at every id that has been given.
struct Seen<'a> {
    text: &'a str,
    ids: BTreeSet<String>,
    knows_ids: bool,
}

impl<'a> Seen<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, ids: BTreeSet::new(), knows_ids: true }
    }

    fn id(&mut self, id: &NodeId) {
        assert!(!self.knows_ids || self.ids.insert(id.as_str().to_owned()), "{id:?} twice");
    }

    fn span(&mut self, span: Option<Span>) {
        if let Some(s) = span {
            assert!(self.text.get(s.start..s.end).is_some(), "{s:?} in {} bytes", self.text.len());
        }
    }
}

impl Visit for Seen<'_> {
    fn speech(&mut self, speech: &Speech) {
        self.id(&speech.id);
        self.span(speech.span);
        self.span(speech.heading.span);
        walk_speech(self, speech);
    }

    fn speaker(&mut self, speaker: &Speaker) {
        self.id(&speaker.id);
        self.span(speaker.span);
    }

    fn block(&mut self, block: &Block) {
        self.id(&block.id);
        self.span(block.span);
        if let BlockKind::List(list) = &block.kind {
            list.items.iter().for_each(|i| self.id(&i.id));
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { span, .. } => self.span(*span),
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                walk_inlines(self, content);
            }
            Inline::NoteRef { .. } | Inline::Break => {}
        }
    }
}
