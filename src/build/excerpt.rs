//! Parts of a book that are sent out: which speeches, what the file says of itself and takes along, where it
//! goes, who gets it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use crate::build::formats::Formats;
use crate::build::run::{allowed, staged};
use crate::build::{
    Book, Event, Exit, Found, Order, Outcome, Placed, Problem, Sent, Sink, Stage, Target, engine, find_fonts,
    put, safe_name, sent,
};
use crate::config::Config;
use crate::excerpt::{Head, Selection, cut, nearest, spoken};
use crate::fonts::FontSet;
use crate::messages::Say;
use crate::render::{Assets, Engine, ExcerptInfo, Format, Note};
use crate::tree::{Base, Block, BlockKind, Inline, NodeId, Proceedings};

/// The form that comes back.
const EDITED: &str = "docx";

/// A list of numbers longer than this is no part of a file name.
const LONGEST_LIST: usize = 24;

/// What is to be sent.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Errand {
    /// Which speeches.
    pub selection: Selection,
    /// To whom; the manifest's table then says which speeches.
    pub to: Option<String>,
    /// Whether every speech is a file of its own.
    pub split: bool,
    /// Whether nothing hidden may be in the files.
    pub plain: bool,
    /// Formats, target, settings, `force`; the rest of the order is for whole books.
    pub order: Order,
}

/// Makes and places the excerpts of one book.
#[must_use]
pub fn excerpt(found: &Found, errand: &Errand, sink: &dyn Sink) -> Outcome {
    let start = Instant::now();
    let mut outcome = Outcome::of(&found.name);
    if let Err(problem) = make(found, errand, sink, &mut outcome) {
        outcome.problems.push(problem);
    }
    for problem in &outcome.problems {
        sink.event(&Event::Noticed { source: &found.name, problem });
    }
    match outcome.exit() {
        Exit::Done => sink.event(&Event::Done { source: &found.name, took: start.elapsed() }),
        _ => sink.event(&Event::Failed { source: &found.name }),
    }
    outcome
}

fn make(found: &Found, errand: &Errand, sink: &dyn Sink, outcome: &mut Outcome) -> Result<(), Problem> {
    let name = &found.name;
    let mut book = staged(sink, name, Stage::Read, || Book::open(found, &errand.order.opening))?;
    outcome.problems.append(&mut book.problems);
    let whole = std::mem::take(&mut book.tree);
    let assets = std::mem::take(&mut book.assets);
    let picked = picked(&book, &whole, errand)?;
    let groups: Vec<Vec<usize>> =
        if errand.split { picked.iter().map(|k| vec![*k]).collect() } else { vec![picked] };
    let is_one = groups.len() == 1 && errand.order.formats.len() == 1;
    if !is_one && matches!(errand.order.target, Target::File(_) | Target::Stdout) {
        return Err(Problem::error(Exit::Usage, Say::new("excerpt-one-file")));
    }
    if errand.to.is_some() && errand.order.target == Target::Stdout {
        return Err(Problem::error(Exit::Usage, Say::new("excerpt-to-stdout")));
    }
    let fonts = find_fonts(&book)?;
    let engine = errand.order.engine.clone().unwrap_or_else(|| engine(book.config.print.engine));
    let press = Press { fonts: &fonts, engine: &engine, errand, sink, name };
    // All are made before any is written.
    let mut ready = Vec::new();
    for group in &groups {
        ready.push(press.one(&mut book, &whole, &assets, group, outcome)?);
    }
    staged(sink, name, Stage::Write, || place(&book, errand, ready, sink, outcome))
}

/// The places of the speeches that are meant.
fn picked(book: &Book, whole: &Proceedings, errand: &Errand) -> Result<Vec<usize>, Problem> {
    let asked = errand.selection.pick(whole).map_err(|e| Problem::of_select(&e))?;
    let Some(to) = &errand.to else { return Ok(asked) };
    let table = &book.config.excerpt.recipients;
    let Some(numbers) = table.get(to) else {
        // Without a table anybody may be named, as long as it is said what he gets.
        if table.is_empty() && !errand.selection.is_everything() {
            return Ok(asked);
        }
        let say = Say::new("excerpt-no-recipient").with("name", to);
        let help = match nearest(to, table.keys().map(String::as_str)) {
            Some(nearest) => Say::new("config-nearest").with("nearest", nearest),
            None if table.is_empty() => Say::new("excerpt-no-table"),
            None => {
                let names: Vec<&str> = table.keys().map(String::as_str).collect();
                Say::new("excerpt-recipients").with("names", names.join("、"))
            }
        };
        return Err(Problem::error(Exit::Usage, say).help(help));
    };
    let own = Selection { speeches: vec![numbers.clone()], ..Selection::default() };
    let own = own.pick(whole).map_err(|e| {
        let key = format!("excerpt.recipients.{to}");
        let place = Config::place_of(book.layers(), &key);
        let place = place.map(|p| super::SourcePlace::of(&p.file.display().to_string(), &p.text, p.range));
        Problem::of_select(&e).at(place)
    })?;
    let both: Vec<usize> = own.into_iter().filter(|k| asked.contains(k)).collect();
    if both.is_empty() {
        return Err(Problem::of_select(&crate::excerpt::SelectError::Nothing));
    }
    Ok(both)
}

/// An excerpt in all its formats.
struct Ready {
    files: Vec<Made>,
    /// What the record will say but for file and hash.
    entry: Option<Sent>,
}

struct Made {
    name: String,
    bytes: Vec<u8>,
    /// Not a picture beside it, not a file of a project.
    is_document: bool,
}

struct Press<'a> {
    fonts: &'a FontSet,
    engine: &'a Engine,
    errand: &'a Errand,
    sink: &'a dyn Sink,
    name: &'a str,
}

impl Press<'_> {
    fn one(
        &self,
        book: &mut Book,
        whole: &Proceedings,
        assets: &Assets,
        group: &[usize],
        outcome: &mut Outcome,
    ) -> Result<Ready, Problem> {
        let errand = self.errand;
        let tree = cut(whole, group);
        let defect = |e: crate::tree::BaseError| {
            Problem::error(Exit::Defect, Say::new("defect").with("what", e)).help(Say::new("defect-help"))
        };
        let base = Base::new(tree.clone(), errand.to.clone()).map_err(defect)?;
        let base = base.with_pictures(in_word(&shown_in(&tree, assets)));
        let is_whole = group.len() == whole.speeches.len();
        let numbers: Vec<usize> = if is_whole { Vec::new() } else { group.iter().map(|k| k + 1).collect() };
        let head = head(&book.config, &tree, numbers.clone(), errand.to.clone());
        let lines = head.lines();
        let properties = if errand.plain { Vec::new() } else { base.encode().map_err(defect)? };
        let stem = self.stem(book, group, &numbers, whole.speeches.len(), &base);

        book.assets = shown_in(&tree, assets);
        let mut files = Vec::new();
        let (edited, read): (Vec<&'static Format>, Vec<_>) =
            errand.order.formats.iter().copied().partition(|f| f.name == EDITED);
        for (formats, is_edited) in [(edited, true), (read, false)] {
            if formats.is_empty() {
                continue;
            }
            book.tree = tree.clone();
            if !is_edited {
                let ids = (1..).map(|n| NodeId::new(format!("excerpt.p{n:02}")));
                let before = lines.iter().zip(ids).map(|(line, id)| {
                    let mut block = Block::paragraph(vec![Inline::text(line.clone())], None);
                    block.id = id;
                    block
                });
                book.tree.lede.splice(0..0, before);
            }
            book.excerpt = is_edited.then(|| ExcerptInfo::new(lines.clone(), properties.clone()));
            files.extend(self.rendered(book, formats, &stem, outcome)?);
        }
        let entry = errand.to.clone().map(|to| Sent {
            to,
            excerpt: base.excerpt.clone(),
            speeches: tree.speeches.iter().map(|s| s.id.clone()).collect(),
            file: String::new(),
            sha256: String::new(),
            plain: errand.plain,
            return_to: head.return_to,
            due: head.due,
        });
        Ok(Ready { files, entry })
    }

    fn rendered(
        &self,
        book: &Book,
        formats: Vec<&'static Format>,
        stem: &str,
        outcome: &mut Outcome,
    ) -> Result<Vec<Made>, Problem> {
        // Whatever an excerpt is made in was asked for.
        let order = Order { formats, asked: true, ..Order::default() };
        let (formats, _) = allowed(book, &order)?;
        let formats = formats.as_slice();
        let (fonts, engine, sink, name) = (self.fonts, self.engine, self.sink, self.name);
        let made = Formats { book, fonts, engine, order: &order, formats, sink, name, stem }.make();
        let mut files = Vec::new();
        for (format, made) in formats.iter().zip(made) {
            let (rendered, problems) = made?;
            outcome.problems.extend(problems);
            for note in &rendered.notes {
                let problem = Problem::of_note(note);
                // A picture that could not be read was told of when the book was.
                let is_told =
                    matches!(note, Note::PictureMissing { .. }) || outcome.problems.contains(&problem);
                if !is_told {
                    outcome.problems.push(problem);
                }
            }
            for artifact in rendered.artifacts {
                let file = match artifact.path.as_str() {
                    "" => format!("{stem}.{}", format.ending),
                    inner if !format.ending.is_empty() => inner.to_owned(),
                    inner => format!("{stem}-{}/{inner}", format.name),
                };
                let is_document = artifact.path.is_empty();
                files.push(Made { name: file, bytes: artifact.bytes, is_document });
            }
        }
        Ok(files)
    }

    /// What the files are called: never as `build` calls its own in the same folder.
    fn stem(&self, book: &Book, group: &[usize], numbers: &[usize], count: usize, base: &Base) -> String {
        let to = self.errand.to.as_ref().map(|to| format!("-{to}")).unwrap_or_default();
        let list = match (self.errand.split, group) {
            (true, [k]) => format!("-{:0width$}", k + 1, width = count.to_string().len().max(2)),
            _ if numbers.is_empty()
                || (self.errand.to.is_some() && self.errand.selection.is_everything()) =>
            {
                String::new()
            }
            _ => match spoken(numbers) {
                short if short.chars().count() <= LONGEST_LIST => format!("-{short}"),
                _ => format!("-{}", base.excerpt.get(..8).unwrap_or_default()),
            },
        };
        // The end tells them apart: it must not be what a long name loses.
        let own = safe_name(&format!("送改{to}{list}"));
        let mut stem = book.stem.clone();
        while stem.len() + own.len() > 199 && stem.pop().is_some() {}
        format!("{stem}-{own}")
    }
}

fn head(config: &Config, tree: &Proceedings, speeches: Vec<usize>, to: Option<String>) -> Head {
    let mut head = Head::default();
    head.title.clone_from(&tree.title);
    head.name.clone_from(&tree.meta.name);
    head.number.clone_from(&tree.meta.number);
    head.date = config.briefing.printed_date().or_else(|| tree.meta.date.clone());
    head.speeches = speeches;
    head.to = to;
    head.return_to.clone_from(&config.excerpt.return_to);
    head.due = config.excerpt.printed_due();
    head
}

/// The pictures that a tree shows, and no others.
fn shown_in(tree: &Proceedings, assets: &Assets) -> Assets {
    let mut named = BTreeSet::new();
    let intros = tree.parts.iter().flat_map(|p| &p.intro);
    let mut blocks: Vec<&Block> =
        tree.lede.iter().chain(intros).chain(tree.speeches.iter().flat_map(|s| &s.body)).collect();
    while let Some(block) = blocks.pop() {
        match &block.kind {
            BlockKind::Figure(figure) => _ = named.insert(figure.src.as_str()),
            BlockKind::List(list) => blocks.extend(list.items.iter().flat_map(|i| &i.blocks)),
            BlockKind::Quote(quote) => blocks.extend(&quote.blocks),
            BlockKind::Note(note) => blocks.extend(&note.blocks),
            BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Table(_) => {}
        }
    }
    assets
        .iter()
        .filter(|(src, _)| named.contains(src.as_str()))
        .map(|(s, a)| (s.clone(), a.clone()))
        .collect()
}

/// The hashes of the pictures that a Word file shows.
pub(super) fn in_word(assets: &Assets) -> BTreeMap<String, String> {
    let shown = assets.iter().filter(|(_, asset)| asset.word_ending().is_some());
    shown.map(|(src, asset)| (src.clone(), crate::hash::sha256_hex(&asset.bytes))).collect()
}

fn place(
    book: &Book,
    errand: &Errand,
    ready: Vec<Ready>,
    sink: &dyn Sink,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let folder: PathBuf = match &errand.order.target {
        Target::Stdout => {
            outcome.stdout = ready.into_iter().flat_map(|r| r.files).next().map(|made| made.bytes);
            return Ok(());
        }
        Target::Folder(folder) => folder.clone(),
        Target::File(path) => super::sources::folder_of(path),
        Target::Default => book.output_folder(),
    };
    let mut files: Vec<(Made, Option<Sent>)> = Vec::new();
    for Ready { files: made, entry } in ready {
        for made in made {
            // Two speeches may show one picture.
            if !files.iter().any(|(other, _)| !other.is_document && other.name == made.name) {
                let entry = entry.clone().filter(|_| made.is_document);
                files.push((made, entry));
            }
        }
    }
    if let Target::File(path) = &errand.order.target
        && let (Some((first, _)), Some(name)) = (files.first_mut(), path.file_name())
    {
        first.name = name.to_string_lossy().into_owned();
    }
    let borrowed: Vec<(String, &[u8])> =
        files.iter().map(|(made, _)| (made.name.clone(), made.bytes.as_slice())).collect();
    let mut entries = Vec::new();
    // One more result than files when the ledger cannot be saved.
    for (k, result) in put(&folder, &borrowed, errand.order.force).into_iter().enumerate() {
        match result {
            Ok(placed) => {
                let (output, changed) = match &placed {
                    Placed::Written(path) => (path, true),
                    Placed::Unchanged(path) => (path, false),
                };
                sink.event(&Event::Wrote { source: &outcome.source, output, changed });
                outcome.placed.push(placed);
                if let Some((made, Some(entry))) = files.get(k) {
                    let (file, sha256) = (made.name.clone(), crate::hash::sha256_hex(&made.bytes));
                    entries.push(Sent { file, sha256, ..entry.clone() });
                }
            }
            Err(problem) => outcome.problems.push(problem),
        }
    }
    if entries.is_empty() { Ok(()) } else { sent::enter(&folder, entries) }
}
