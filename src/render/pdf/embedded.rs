//! The engine inside this process.

use std::collections::BTreeSet;
use std::sync::Arc;

use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::hash::sha256_hex;
use crate::render::pdf::diagnostics::{Said, notes_of};
use crate::render::pdf::fill::{self, Fill};
use crate::render::pdf::missing::Missing;
use crate::render::pdf::pages;
use crate::render::pdf::passes::{self, Told};
use crate::render::pdf::project::{DATA, FILL, Project};
use crate::render::pdf::rows::Layout;
use crate::render::pdf::turns;
use crate::render::pdf::world::{Letters, ProjectWorld};
use crate::render::{Job, Note, PageMap, RenderError, Rendered};

/// How often pages are set again without characters that turned out not to be printable.
const ATTEMPTS: usize = 3;

/// How often a plan to fill the pages is tried: what it changes changes the measures it was made by.
const ROUNDS: usize = 3;

/// The finished document with the places of its nodes.
pub(super) fn render(job: &Job<'_>) -> Result<Rendered, RenderError> {
    let rendered = attempt(job);
    // Layouts of earlier documents are of no use to later ones, but the templates' are.
    comemo::evict(10);
    rendered
}

fn attempt(job: &Job<'_>) -> Result<Rendered, RenderError> {
    let (setter, fill, told) = planned(job, Letters::Own)?;
    setter.laid(&fill, told.as_ref())?.finish(job)
}

/// The pages as they will be, with what was decided on the way, for one who will set them again.
pub(super) fn settled(job: &Job<'_>) -> Result<(Laid, BTreeSet<char>, Fill), RenderError> {
    let (setter, fill, told) = planned(job, Letters::All)?;
    let unshapeable = setter.unshapeable.clone();
    Ok((setter.laid(&fill, told.as_ref())?, unshapeable, fill))
}

/// What a project of the same pages has to be told.
pub(super) fn decisions<'a>(job: &Job<'a>) -> Result<(Missing<'a>, Fill), RenderError> {
    let decided = planned(job, Letters::Own)
        .map(|(setter, fill, _)| (Missing::with_unshapeable(job.fonts, setter.unshapeable), fill));
    comemo::evict(10);
    decided
}

/// How the pages will be: without characters that cannot be printed, and filled.
fn planned(job: &Job<'_>, letters: Letters) -> Result<(Setter, Fill, Option<Told>), RenderError> {
    let (mut setter, document) = Setter::printable(job, letters)?;
    let mut told = Arc::clone(document.introspector());
    let measure = |document: PagedDocument| Layout::of(&document, job.tree, &job.config.look);
    let mut common = measure(document);
    let mut set = |fill: &Fill| {
        let document = setter.once(fill, Some(&told))?;
        told = Arc::clone(document.introspector());
        Ok::<_, RenderError>(measure(document))
    };
    let mut fill = Fill::default();
    for _ in 0..ROUNDS {
        if !keep(&common, &mut fill) {
            break;
        }
        common = set(&fill)?;
    }
    let mut best = (common.cost(&fill), fill.clone());
    if best.0 > 0 {
        let tight = common.short().cloned().collect();
        let tight = set(&Fill { tight, ..fill.clone() })?;
        let lonely: Vec<_> = common.lonely(&tight).map(|(id, end)| (id.clone(), end)).collect();
        if !lonely.is_empty() {
            for (id, end) in lonely {
                fill.kept.entry(id).or_default().insert(end);
            }
            common = set(&fill)?;
            best = (common.cost(&fill), fill.clone());
        }
        let page_rows = job.config.look.text.rows as usize;
        let mut layout: Option<Layout> = None;
        let mut spoilt = BTreeSet::new();
        'rounds: for _ in 0..ROUNDS {
            let latest = layout.as_ref().unwrap_or(&common);
            spoilt.extend(latest.spoilt(&fill).cloned());
            let (items, taken) = latest.items(&common, &tight, job.tree, &fill, &spoilt);
            let planned = Fill { kept: fill.kept.clone(), ..fill::plan(&items, page_rows, taken) };
            if planned == fill {
                break;
            }
            fill = planned;
            // Again where the new lines part numbers.
            for _ in 0..=ROUNDS {
                let measured = layout.insert(set(&fill)?);
                let cost = measured.cost(&fill);
                if cost < best.0 {
                    best = (cost, fill.clone());
                }
                if cost == 0 {
                    break 'rounds;
                }
                let ends = measured.runts(&spoilt).collect::<Vec<_>>();
                let is_new = ends.into_iter().fold(keep(measured, &mut fill), |is_new, (id, end)| {
                    fill.kept.entry(id.clone()).or_default().insert(end) || is_new
                });
                if !is_new {
                    break;
                }
            }
        }
    }
    Ok((setter, best.1, Some(told)))
}

/// Keeps together what line ends part; whether there was anything.
fn keep(layout: &Layout, fill: &mut Fill) -> bool {
    let mut is_new = false;
    for (id, word) in layout.parted() {
        is_new |= fill.kept.entry(id.clone()).or_default().insert(word);
    }
    is_new
}

/// A book about to be set.
struct Setter {
    world: ProjectWorld,
    unshapeable: BTreeSet<char>,
    notes: Vec<Note>,
    ident: String,
}

impl Setter {
    fn new(job: &Job<'_>, unshapeable: BTreeSet<char>, letters: Letters) -> Result<Self, RenderError> {
        let missing = Missing::with_unshapeable(job.fonts, unshapeable.clone());
        let mut project = Project::with(job, missing, &Fill::default())?;
        let notes = std::mem::take(&mut project.notes);
        let ident = sha256_hex(project.files.get(DATA).map_or(&[], Vec::as_slice));
        let world = ProjectWorld::new(project, job.fonts, letters)?;
        Ok(Self { world, unshapeable, notes, ident })
    }

    /// The book without what cannot be printed, and pages that were set on the way, in the common way.
    fn printable(job: &Job<'_>, letters: Letters) -> Result<(Self, PagedDocument), RenderError> {
        let mut setter = Self::new(job, BTreeSet::new(), letters)?;
        let mut document = setter.whole()?;
        for _ in 1..ATTEMPTS {
            let boxes = empty_boxes(&document);
            if boxes.is_subset(&setter.unshapeable) {
                break;
            }
            let unshapeable = setter.unshapeable.into_iter().chain(boxes).collect();
            setter = Self::new(job, unshapeable, letters)?;
            document = setter.whole()?;
        }
        Ok((setter, document))
    }

    /// Pages in the common way with contents and index on them, which a first pass knows nothing of: they are
    /// set in other fonts than the text, which may lack what its own have.
    fn whole(&mut self) -> Result<PagedDocument, RenderError> {
        let document = self.once(&Fill::default(), None)?;
        self.once(&Fill::default(), Some(document.introspector()))
    }

    /// Pages to be measured.
    fn once(&mut self, fill: &Fill, told: Option<&Told>) -> Result<PagedDocument, RenderError> {
        self.world.put(FILL, fill.to_bytes()?)?;
        passes::once(&self.world, told).map_err(|errors| first(&self.world, &errors))
    }

    /// Pages to be written.
    fn laid(mut self, fill: &Fill, told: Option<&Told>) -> Result<Laid, RenderError> {
        self.world.put(FILL, fill.to_bytes()?)?;
        let set = passes::settled(&self.world, told).map_err(|errors| first(&self.world, &errors))?;
        let mut notes = self.notes;
        notes.extend(notes_of(set.warnings.iter().map(|w| said(&self.world, w)))?);
        Ok(Laid { world: self.world, document: set.document, notes, ident: self.ident })
    }
}

/// Characters that were set as an empty box.
fn empty_boxes(document: &PagedDocument) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    document.pages().iter().for_each(|page| collect_boxes(&page.frame, &mut found));
    found
}

/// Pages that are set but not yet written.
pub(super) struct Laid {
    world: ProjectWorld,
    pub(super) document: PagedDocument,
    notes: Vec<Note>,
    ident: String,
}

impl Laid {
    /// Pages set in the common way, without characters that cannot be printed.
    pub(super) fn common(job: &Job<'_>) -> Result<Self, RenderError> {
        let (setter, document) = Setter::printable(job, Letters::Own)?;
        setter.laid(&Fill::default(), Some(document.introspector()))
    }

    /// Pages by decisions that were made before.
    pub(super) fn out(job: &Job<'_>, unshapeable: &BTreeSet<char>, fill: &Fill) -> Result<Self, RenderError> {
        Setter::new(job, unshapeable.clone(), Letters::All)?.laid(fill, None)
    }

    fn finish(self, job: &Job<'_>) -> Result<Rendered, RenderError> {
        // Inks need an output intent of the printing house's: without it nothing can be claimed.
        let claims: &[PdfStandard] = match job.press {
            None => &[PdfStandard::A_2a, PdfStandard::Ua_1],
            Some(_) => &[PdfStandard::V_1_6],
        };
        let standards = PdfStandards::new(claims).map_err(|e| RenderError::defect("pdf", e.message()))?;
        let options = PdfOptions {
            ident: Smart::Custom(self.ident),
            creator: Smart::Custom(Some(concat!("jianbao ", env!("CARGO_PKG_VERSION")).to_owned())),
            standards,
            tagged: job.press.is_none(),
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&self.document, &options).map_err(|errors| first(&self.world, &errors))?;
        let mut rendered = Rendered::document(bytes);
        rendered.notes = self.notes;
        let turns = turns::of(&self.document, job.tree, job.config);
        rendered.pages = Some(PageMap { turns, ..pages::of(&self.document, job.tree) });
        Ok(rendered)
    }
}

fn collect_boxes(frame: &Frame, found: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_boxes(&group.frame, found),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|g| g.id == 0) {
                    let boxed = text.text.get(glyph.range()).unwrap_or_default();
                    // Of a character with marks on it only the marks are given up: alone it has a glyph.
                    let marks = boxed.chars().skip(usize::from(boxed.chars().count() > 1));
                    found.extend(marks);
                }
            }
            _ => {}
        }
    }
}

/// The first error; the others are mostly its consequences.
fn first(world: &ProjectWorld, errors: &[SourceDiagnostic]) -> RenderError {
    match errors.first() {
        Some(error) => said(world, error).into(),
        None => RenderError::defect("pdf", "the typesetter failed without a word"),
    }
}

fn said(world: &ProjectWorld, diagnostic: &SourceDiagnostic) -> Said {
    use typst::World;
    let mut message = diagnostic.message.to_string();
    for hint in &diagnostic.hints {
        message.push_str(&format!(" (hint: {})", hint.v));
    }
    let place = diagnostic.span.id().map(|id| {
        let file = id.vpath().get_without_slash();
        let line = world
            .range(diagnostic.span)
            .zip(world.source(id).ok())
            .and_then(|(range, source)| source.lines().byte_to_line(range.start));
        match line {
            Some(line) => format!("{file}:{}", line + 1),
            None => file.to_owned(),
        }
    });
    Said { message, place }
}

#[cfg(test)]
mod tests {
    use typst::World;
    use typst::layout::{Abs, Point};

    use super::*;
    use crate::config::Config;
    use crate::fonts::{FontRequest, FontSet};
    use crate::render::{Assets, Templates};
    use crate::tree::{
        Block, BlockKind, Cell, Heading, Inline, List, ListItem, Proceedings, Quote, Speaker, Speech, Table,
        assign_ids,
    };

    fn with_words(word: &str) -> Proceedings {
        let p = || Block::paragraph(vec![Inline::text(format!("话{word}话"))], None);
        let cell = || Cell::new(vec![Inline::text(word)]);
        let mut speech = Speech::new(Heading::of_clauses(vec![word.to_owned(), "下句".to_owned()]));
        let mut speaker = Speaker::named(word);
        speaker.title = format!("市政协委员，{word}");
        speech.speakers = vec![speaker];
        let list = List::new(None, vec![ListItem::new(vec![p()])]);
        let row = || vec![cell(), Cell::new(vec![Inline::text("短")]), cell(), cell()];
        speech.body = vec![
            p(),
            Block::new(BlockKind::List(list), None),
            Block::new(BlockKind::Quote(Quote::new(vec![p()])), None),
            Block::new(BlockKind::Table(Table::new(vec![], row(), vec![row(), row()])), None),
        ];
        let mut tree = Proceedings {
            title: word.to_owned(),
            event: Some(word.to_owned()),
            speeches: vec![speech],
            ..Proceedings::default()
        };
        assign_ids(&mut tree);
        tree
    }

    /// Where every glyph stands, how wide it is, and of which font it is.
    fn glyphs(frame: &Frame, at: Point, out: &mut Vec<(String, String, f64, f64, Vec<f64>)>) {
        for (offset, item) in frame.items() {
            let here = at + *offset;
            match item {
                FrameItem::Group(group) => glyphs(&group.frame, here, out),
                FrameItem::Text(text) => out.push((
                    text.text.to_string(),
                    text.font.info().family.clone(),
                    here.x.to_pt(),
                    here.y.to_pt(),
                    text.glyphs.iter().map(|g| g.x_advance.get() + g.x_offset.get()).collect(),
                )),
                _ => {}
            }
        }
    }

    #[test]
    fn fonts_of_the_book_s_letters_set_the_same_pages() {
        let fonts = FontSet::find(&FontRequest::from_environment()).expect("the shipped fonts");
        let (config, templates, assets) = (Config::default(), Templates::default(), Assets::default());
        let plain = "“十四五”期间，AVATAR Type-V fi ffl Wörter №5 3.5%、①②③——《办法》·甲乙……";
        let other = "Ελλάδα Ёж ñandú 〇々ㄅかナ ½ × ÷ → ■ ℃ ㎡ 𠮷䶮㛃";
        // A letter that a font may lack and compose of others: the files stay whole.
        let composed = "\u{F92C}\u{1E63} ཀ";
        for (word, is_slim) in [(plain, true), (other, true), (composed, false)] {
            let tree = with_words(word);
            let job = Job::new(&tree, &config, &fonts, &templates, &assets);
            let set = |letters| {
                let setter = Setter::new(&job, BTreeSet::new(), letters).expect("a project");
                let size: usize = setter.world.font(0).expect("a font").data().len();
                let laid = setter.laid(&Fill::default(), None).expect("pages");
                let mut out = Vec::new();
                laid.document.pages().iter().for_each(|p| glyphs(&p.frame, Point::zero(), &mut out));
                (out, size)
            };
            let ((own, small), (all, large)) = (set(Letters::Own), set(Letters::All));
            assert!(own == all, "{word}");
            assert_eq!(small * 4 < large, is_slim, "{word}: {small} of {large} bytes");
        }
    }

    fn rightmost(frame: &Frame, at: Point, most: &mut Abs) {
        for (offset, item) in frame.items() {
            match item {
                FrameItem::Group(group) => rightmost(&group.frame, at + *offset, most),
                FrameItem::Text(text) => most.set_max(at.x + offset.x + text.width()),
                _ => {}
            }
        }
    }

    #[test]
    fn no_word_is_so_long_that_it_runs_off_the_page() {
        let fonts = FontSet::find(&FontRequest::from_environment()).expect("the shipped fonts");
        let (config, templates, assets) = (Config::default(), Templates::default(), Assets::default());
        for word in
            ["abcdefghij".repeat(30), "W".repeat(300), "я".repeat(300), "—".repeat(300), "8/".repeat(150)]
        {
            let tree = with_words(&word);
            let job = Job::new(&tree, &config, &fonts, &templates, &assets);
            let laid = Laid::out(&job, &BTreeSet::new(), &Fill::default()).expect("pages");
            for page in laid.document.pages() {
                let mut most = Abs::zero();
                rightmost(&page.frame, Point::zero(), &mut most);
                // The inner margin is the wider one, 28 mm; a mark may hang a little.
                assert!(most < Abs::mm(210.0 - 25.0), "{}: {} mm", &word[..4], most.to_mm());
            }
            laid.finish(&job).expect("a document");
        }
    }
}
