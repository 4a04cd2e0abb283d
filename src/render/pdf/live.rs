//! Pages for the eye: set again and again while a text is typed, drawn one by one, and asked which words
//! stand where.
//!
//! A draft is one layout by the decisions of the last settled pages: what filling them asked for is mostly
//! still right after a keystroke. Settled pages are those the PDF has. The typesetter remembers between
//! layouts what did not change.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::Page;
use typst_svg::SvgOptions;

use crate::render::pdf::embedded::{Laid, settled};
use crate::render::pdf::fill::Fill;
use crate::render::{Job, RenderError, Turn};
use crate::tree::{Block, NodeId, Proceedings, Speech, Visit, walk_block, walk_speech};

/// How many layouts back what the typesetter remembers may have been used last.
const REMEMBERED: usize = 12;

/// What is kept of a book between two layouts. Several may be under way at once: a draft does not wait for pages
/// to settle.
#[derive(Debug, Default)]
pub struct Live {
    decided: Mutex<Option<(BTreeSet<char>, Fill)>>,
}

impl Live {
    /// Nothing decided yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn decided(&self) -> MutexGuard<'_, Option<(BTreeSet<char>, Fill)>> {
        self.decided.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pages by what was decided last: quick, and nearly those that will be printed. The first time they
    /// are settled.
    ///
    /// # Errors
    /// When the pages cannot be set.
    pub fn draft(&self, job: &Job<'_>) -> Result<Sheets, RenderError> {
        let decided = self.decided().clone();
        let Some((unshapeable, fill)) = decided else { return self.settled(job) };
        let laid = Laid::out(job, &unshapeable, &fill);
        comemo::evict(REMEMBERED);
        Ok(Sheets::of(laid?.document.pages(), job.tree))
    }

    /// The pages as they will be printed.
    ///
    /// # Errors
    /// When the pages cannot be set.
    pub fn settled(&self, job: &Job<'_>) -> Result<Sheets, RenderError> {
        let done = settled(job);
        comemo::evict(REMEMBERED);
        let (laid, unshapeable, fill) = done?;
        *self.decided() = Some((unshapeable, fill));
        Ok(Sheets::of(laid.document.pages(), job.tree))
    }
}

/// The pages of a book, laid out.
pub struct Sheets {
    /// In their order.
    pub pages: Vec<Sheet>,
    /// The labels that stand for nodes.
    labels: HashSet<String>,
    runs: OnceLock<Vec<Run>>,
}

impl std::fmt::Debug for Sheets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheets").field("pages", &self.pages.len()).finish_non_exhaustive()
    }
}

/// One page.
pub struct Sheet {
    /// The same for pages that look the same.
    pub hash: String,
    /// The number printed on it, or that it would have.
    pub number: u64,
    /// In pt.
    pub width: f64,
    /// In pt.
    pub height: f64,
    page: Page,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("hash", &self.hash).finish_non_exhaustive()
    }
}

impl Sheet {
    /// The page as an SVG file of its own, letters as outlines.
    #[must_use]
    pub fn svg(&self) -> String {
        typst_svg::svg(&self.page, &SvgOptions::default())
    }
}

/// Letters that stand in one row of a page, of one node.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Run {
    /// The page, counted from 0.
    pub page: usize,
    /// The innermost node the letters belong to; a heading's is its speech. Of letters that belong to none, the
    /// last before them.
    pub node: Option<NodeId>,
    /// Whether the node is their own.
    pub is_own: bool,
    /// The letters.
    pub text: String,
    /// How many letters of the node stand before them, counted as [`Turn::counts`] does.
    pub before: usize,
    /// Left edge in pt.
    pub x: f64,
    /// Baseline in pt.
    pub y: f64,
    /// Width in pt.
    pub width: f64,
    /// Size of the letters in pt.
    pub size: f64,
}

impl Sheets {
    fn of(pages: &[Page], tree: &Proceedings) -> Self {
        let sheet = |page: &Page| Sheet {
            hash: format!("{:032x}", typst::utils::hash128(&Ink(page))),
            number: page.number,
            width: page.frame.width().to_pt(),
            height: page.frame.height().to_pt(),
            page: page.clone(),
        };
        let mut labels = Labels::default();
        labels.0.extend(tree.parts.iter().map(|p| p.id.to_string()));
        labels.proceedings(tree);
        Self { pages: pages.iter().map(sheet).collect(), labels: labels.0, runs: OnceLock::new() }
    }

    /// All letters in the order they are drawn.
    pub fn runs(&self) -> &[Run] {
        self.runs.get_or_init(|| {
            let mut walk = Walk {
                labels: &self.labels,
                open: Vec::new(),
                last: None,
                drawn: HashMap::new(),
                page: 0,
                runs: Vec::new(),
            };
            for (k, sheet) in self.pages.iter().enumerate() {
                walk.page = k;
                walk.frame(&sheet.page.frame, Point::zero());
            }
            walk.runs
        })
    }
}

/// The nodes that may be labelled on the pages.
#[derive(Default)]
struct Labels(HashSet<String>);

impl Visit for Labels {
    fn speech(&mut self, speech: &Speech) {
        self.0.insert(speech.id.to_string());
        walk_speech(self, speech);
    }

    fn block(&mut self, block: &Block) {
        self.0.insert(block.id.to_string());
        walk_block(self, block);
    }
}

struct Walk<'a> {
    labels: &'a HashSet<String>,
    open: Vec<(Location, NodeId)>,
    last: Option<NodeId>,
    drawn: HashMap<NodeId, usize>,
    page: usize,
    runs: Vec<Run>,
}

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, at: Point) {
        for (point, item) in frame.items() {
            let here = at + *point;
            match item {
                // What is turned stands across the page behind the text: the status.
                FrameItem::Group(group) if !group.transform.ky.is_zero() => {}
                FrameItem::Group(group) => {
                    let moved = Point::new(group.transform.tx, group.transform.ty);
                    self.frame(&group.frame, here + moved);
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let Some((label, location)) = content.label().zip(content.location()) else { continue };
                    let name = label.resolve();
                    if self.labels.contains(name.as_str()) {
                        self.open.push((location, NodeId::new(name.as_str())));
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(k) = self.open.iter().rposition(|(open, _)| open == location) {
                        let (_, node) = self.open.remove(k);
                        self.last = Some(node);
                    }
                }
                FrameItem::Text(text) => {
                    let own = self.open.last().map(|(_, node)| node.clone());
                    let count = text.text.chars().filter(|c| Turn::counts(*c)).count();
                    let is_own = own.is_some();
                    let node = own.or_else(|| self.last.clone());
                    let mut before = 0;
                    if let Some(node) = node.as_ref().filter(|_| is_own) {
                        let drawn = self.drawn.entry(node.clone()).or_default();
                        before = *drawn;
                        *drawn += count;
                    }
                    self.runs.push(Run {
                        page: self.page,
                        node,
                        is_own,
                        text: text.text.to_string(),
                        before,
                        x: here.x.to_pt(),
                        y: here.y.to_pt(),
                        width: text.width().to_pt(),
                        size: text.size.to_pt(),
                    });
                }
                _ => {}
            }
        }
    }
}

/// What of a page is seen. Tags and places in templates are not: they change with what stands on other pages.
struct Ink<'a>(&'a Page);

impl Hash for Ink<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.fill.hash(state);
        ink(&self.0.frame, state);
    }
}

fn ink<H: Hasher>(frame: &Frame, state: &mut H) {
    frame.size().hash(state);
    for (point, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                (0u8, point, &group.transform, &group.clip).hash(state);
                ink(&group.frame, state);
                4u8.hash(state);
            }
            FrameItem::Text(text) => {
                (1u8, point, &text.font, text.size, &text.fill, &text.stroke).hash(state);
                for glyph in &text.glyphs {
                    (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset).hash(state);
                }
            }
            FrameItem::Shape(shape, _) => (2u8, point, shape).hash(state),
            FrameItem::Image(image, size, _) => (3u8, point, image, size).hash(state),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
