//! What a printing house would send a file back for.

use schemars::JsonSchema;
use serde::Serialize;

use crate::preflight::{BoxRun, Ink, InkUse, Sheets};

/// Lengths that differ by less, in points, are the same: what a page's numbers are rounded to.
const SAME: f64 = 0.01;
/// Pictures with fewer dots an inch look coarse in offset print.
const FINE: f64 = 300.0;

/// What a file is to be like.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Wanted {
    /// Width and height after trimming, in points.
    pub trim: [f64; 2],
    /// Beyond the trim on every side, in points.
    pub bleed: f64,
    /// The ink of the red.
    pub spot: Option<String>,
}

impl Wanted {
    /// A file of pages of this size.
    #[must_use]
    pub fn new(trim: [f64; 2], bleed: f64, spot: Option<String>) -> Self {
        Self { trim, bleed, spot }
    }
}

/// How bad it is when a check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Grade {
    /// Good to know.
    Info,
    /// It can be printed, though perhaps not as meant.
    Warning,
    /// It cannot be printed as it is.
    Error,
}

/// One thing looked at in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Check {
    /// What was looked at, such as `boxes/trim-and-bleed`.
    pub id: String,
    /// The file; none for what concerns the book.
    pub file: Option<String>,
    /// Whether it is as it should be.
    pub ok: bool,
    /// How bad it is when it is not.
    pub severity: Grade,
    /// What was counted.
    pub figure: String,
    /// What is not as it should be.
    pub findings: Vec<Finding>,
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Finding {
    /// A name, an ink, a size.
    pub what: String,
    /// The pages it is on, from 1.
    pub pages: Vec<usize>,
}

impl Finding {
    /// A finding.
    #[must_use]
    pub fn new(what: impl std::fmt::Display, pages: Vec<usize>) -> Self {
        Self { what: what.to_string(), pages }
    }
}

impl Check {
    /// A check whose findings make it fail.
    #[must_use]
    pub fn new(id: &str, severity: Grade, figure: String, findings: Vec<Finding>) -> Self {
        let (id, ok) = (id.to_owned(), findings.is_empty());
        Self { id, file: None, ok, severity, figure, findings }
    }

    /// The same of a file.
    #[must_use]
    pub fn of(mut self, file: &str) -> Self {
        self.file = Some(file.to_owned());
        self
    }
}

/// Checks a file.
#[must_use]
pub fn check(sheets: &Sheets, wanted: &Wanted) -> Vec<Check> {
    vec![
        boxes(sheets, wanted),
        fonts(sheets),
        text(sheets),
        black(sheets),
        screen(sheets),
        spot(sheets, wanted),
        pictures(sheets),
    ]
}

fn boxes(sheets: &Sheets, wanted: &Wanted) -> Check {
    let is_wrong = |run: &&BoxRun| wrong_box(run, wanted).is_some();
    let findings: Vec<Finding> = sheets
        .boxes
        .iter()
        .filter(is_wrong)
        .map(|run| Finding::new(wrong_box(run, wanted).unwrap_or_default(), (run.first..=run.last).collect()))
        .collect();
    let wrong: usize = findings.iter().map(|f| f.pages.len()).sum();
    let figure = format!("{} of {} pages", sheets.pages - wrong.min(sheets.pages), sheets.pages);
    Check::new("boxes/trim-and-bleed", Grade::Error, figure, findings)
}

/// The box that is missing or of another size.
fn wrong_box(run: &BoxRun, wanted: &Wanted) -> Option<&'static str> {
    let Some(media) = run.media else { return Some("MediaBox") };
    let Some(trim) = run.trim else { return Some("TrimBox") };
    let Some(bleed) = run.bleed else { return Some("BleedBox") };
    let same = |a: f64, b: f64| (a - b).abs() < SAME;
    if !same(trim[2] - trim[0], wanted.trim[0]) || !same(trim[3] - trim[1], wanted.trim[1]) {
        return Some("TrimBox");
    }
    let beyond = [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]];
    if !beyond.into_iter().all(|side| same(side, wanted.bleed)) {
        return Some("BleedBox");
    }
    let holds = media[0] <= bleed[0] + SAME
        && media[1] <= bleed[1] + SAME
        && media[2] >= bleed[2] - SAME
        && media[3] >= bleed[3] - SAME;
    (!holds).then_some("MediaBox")
}

fn fonts(sheets: &Sheets) -> Check {
    let missing = sheets.fonts.iter().filter(|font| !font.embedded);
    let findings: Vec<Finding> = missing.map(|font| Finding::new(&font.name, vec![])).collect();
    let all = sheets.fonts.len();
    let figure = format!("{} of {all} fonts", all - findings.len());
    Check::new("fonts/embedded", Grade::Error, figure, findings)
}

fn found<'a>(sheets: &'a Sheets, is_wrong: impl Fn(&InkUse) -> bool + 'a) -> Vec<Finding> {
    let wrong = sheets.inks.iter().filter(|used| is_wrong(used));
    wrong.map(|used| Finding::new(&used.ink, used.pages.clone())).collect()
}

fn count(sheets: &Sheets, of: impl Fn(&InkUse) -> usize) -> usize {
    sheets.inks.iter().map(of).sum()
}

fn text(sheets: &Sheets) -> Check {
    let all = count(sheets, |used| used.texts);
    let wrong = count(sheets, |used| if used.ink == Ink::Rgb { used.texts } else { 0 });
    let findings = found(sheets, |used| used.ink == Ink::Rgb && used.texts > 0);
    Check::new("inks/text", Grade::Error, format!("{} of {all} pieces of text", all - wrong), findings)
}

/// Text in more than one ink blurs where the plates do not meet.
fn black(sheets: &Sheets) -> Check {
    let is_one_ink = |ink: &Ink| matches!(ink, Ink::Black | Ink::Spot(_));
    let all = count(sheets, |used| used.texts);
    let one = count(sheets, |used| if is_one_ink(&used.ink) { used.texts } else { 0 });
    let findings =
        found(sheets, move |used| !is_one_ink(&used.ink) && used.ink != Ink::Rgb && used.texts > 0);
    Check::new("inks/one-ink-text", Grade::Warning, format!("{one} of {all} pieces of text"), findings)
}

fn screen(sheets: &Sheets) -> Check {
    let painted = |used: &InkUse| used.drawings + used.pictures;
    let is_screens = |ink: &Ink| matches!(ink, Ink::Rgb | Ink::Grey | Ink::Other(_));
    let all = count(sheets, painted);
    let wrong = count(sheets, |used| if is_screens(&used.ink) { painted(used) } else { 0 });
    let findings = found(sheets, |used| is_screens(&used.ink) && painted(used) > 0);
    let figure = format!("{} of {all} drawings and pictures", all - wrong);
    Check::new("inks/drawings", Grade::Warning, figure, findings)
}

fn spot(sheets: &Sheets, wanted: &Wanted) -> Check {
    let spots = || sheets.inks.iter().filter(|used| matches!(used.ink, Ink::Spot(_)));
    let is_known = |used: &InkUse| matches!(&used.ink, Ink::Spot(name) if wanted.spot.as_ref() == Some(name));
    let names: Vec<String> = spots().map(|used| used.ink.to_string()).collect();
    let figure = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let findings = spots().filter(|used| !is_known(used));
    let findings = findings.map(|used| Finding::new(&used.ink, used.pages.clone())).collect();
    Check::new("inks/spot", Grade::Warning, figure, findings)
}

fn pictures(sheets: &Sheets) -> Check {
    let coarse = sheets.pictures.iter().filter(|picture| picture.ppi < FINE);
    let findings: Vec<Finding> = coarse
        .map(|p| Finding::new(format!("{}×{} ({:.0} ppi)", p.width, p.height, p.ppi), vec![p.page]))
        .collect();
    let all = sheets.pictures.len();
    let figure = format!("{} of {all} pictures have {FINE} ppi", all - findings.len());
    Check::new("pictures/resolution", Grade::Warning, figure, findings)
}
