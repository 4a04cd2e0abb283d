//! The content of pages read: what is painted in which ink, and how fine pictures are.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use schemars::JsonSchema;
use serde::Serialize;

use crate::preflight::fonts::Fonts;
use crate::preflight::{FontUse, Ink, Unreadable, dictionary, entry, follow, inner, number, rounded};

/// Forms inside forms.
const MOST_LEVELS: usize = 12;
/// What a content stream may unpack to.
const MOST_CONTENT: usize = 256 << 20;

/// What is painted in one ink.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct InkUse {
    /// The ink.
    pub ink: Ink,
    /// Pieces of text.
    pub texts: usize,
    /// Lines and areas.
    pub drawings: usize,
    /// Pictures made of dots.
    pub pictures: usize,
    /// The pages, from 1.
    pub pages: Vec<usize>,
}

/// A picture made of dots.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Picture {
    /// The page it stands on, from 1.
    pub page: usize,
    /// Its dots across.
    pub width: i64,
    /// Its dots down.
    pub height: i64,
    /// Its ink.
    pub ink: Ink,
    /// Dots an inch as it is printed, across or down, whichever are fewer.
    pub ppi: f64,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Drawing,
    Picture,
}

/// The graphics state, as far as it says what ink things have and how large they are.
#[derive(Clone)]
struct State {
    matrix: [f64; 6],
    fill: Paint,
    stroke: Paint,
    mode: i64,
}

#[derive(Clone)]
struct Paint {
    space: Ink,
    ink: Ink,
}

impl Paint {
    fn new(space: Ink, values: &[f64]) -> Self {
        Self { ink: space.clone().of_values(values), space }
    }
}

/// Looks at pages.
pub(super) struct Scan<'a> {
    document: &'a Document,
    fonts: Fonts,
    inks: BTreeMap<Ink, InkUse>,
    pictures: Vec<Picture>,
    page: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, fonts: Fonts::default(), inks: BTreeMap::new(), pictures: vec![], page: 0 }
    }

    pub(super) fn finish(self) -> (Vec<FontUse>, Vec<InkUse>, Vec<Picture>) {
        (self.fonts.finish(), self.inks.into_values().collect(), self.pictures)
    }

    /// Reads a page.
    pub(super) fn page(&mut self, number: usize, id: ObjectId) -> Result<(), Unreadable> {
        self.page = number;
        let unreadable = |why: String| Unreadable { why: format!("page {number}: {why}") };
        let content = self.document.get_page_content_with_limit(id, MOST_CONTENT);
        let content = content.map_err(|error| unreadable(error.to_string()))?;
        let mut node = self.document.get_dictionary(id).map_err(|error| unreadable(error.to_string()))?;
        let mut resources = None;
        for _ in 0..MOST_LEVELS {
            resources = inner(self.document, node, b"Resources");
            match inner(self.document, node, b"Parent").filter(|_| resources.is_none()) {
                Some(parent) => node = parent,
                None => break,
            }
        }
        let empty = Dictionary::new();
        let black = || Paint::new(Ink::Black, &[]);
        let state = State { matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], fill: black(), stroke: black(), mode: 0 };
        self.run(resources.unwrap_or(&empty), &content, state, 0).map_err(unreadable)
    }

    fn note(&mut self, ink: Ink, kind: Kind) {
        let page = self.page;
        let noted = self.inks.entry(ink.clone()).or_insert_with(|| InkUse {
            ink,
            texts: 0,
            drawings: 0,
            pictures: 0,
            pages: vec![],
        });
        match kind {
            Kind::Text => noted.texts += 1,
            Kind::Drawing => noted.drawings += 1,
            Kind::Picture => noted.pictures += 1,
        }
        if noted.pages.last() != Some(&page) {
            noted.pages.push(page);
        }
    }

    fn run(
        &mut self,
        resources: &Dictionary,
        content: &[u8],
        state: State,
        level: usize,
    ) -> Result<(), String> {
        self.fonts.add(self.document, resources);
        let (mut state, mut saved) = (state, Vec::new());
        for operation in Content::decode_iter(content) {
            let operation = operation.map_err(|error| error.to_string())?;
            let operands = &operation.operands;
            let values: Vec<f64> = operands.iter().filter_map(|o| number(self.document, o)).collect();
            match operation.operator.as_str() {
                "q" => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.matrix = joined(&values, &state.matrix),
                "g" => state.fill = Paint::new(Ink::Black, &values),
                "G" => state.stroke = Paint::new(Ink::Black, &values),
                "rg" => state.fill = Paint::new(Ink::Rgb, &values),
                "RG" => state.stroke = Paint::new(Ink::Rgb, &values),
                "k" => state.fill = Paint::new(Ink::Cmyk, &values),
                "K" => state.stroke = Paint::new(Ink::Cmyk, &values),
                "cs" => state.fill = self.space(resources, operands.first()),
                "CS" => state.stroke = self.space(resources, operands.first()),
                "sc" | "scn" => {
                    state.fill = self.paint(resources, state.fill, operands, &values, level)?;
                }
                "SC" | "SCN" => {
                    state.stroke = self.paint(resources, state.stroke, operands, &values, level)?;
                }
                "Tr" => state.mode = values.first().map_or(0, |mode| *mode as i64),
                "Tj" | "TJ" | "'" | "\"" => {
                    if matches!(state.mode, 0 | 2 | 4 | 6) {
                        self.note(state.fill.ink.clone(), Kind::Text);
                    }
                    if matches!(state.mode, 1 | 2 | 5 | 6) {
                        self.note(state.stroke.ink.clone(), Kind::Text);
                    }
                }
                "f" | "F" | "f*" => self.note(state.fill.ink.clone(), Kind::Drawing),
                "S" | "s" => self.note(state.stroke.ink.clone(), Kind::Drawing),
                "B" | "B*" | "b" | "b*" => {
                    self.note(state.fill.ink.clone(), Kind::Drawing);
                    self.note(state.stroke.ink.clone(), Kind::Drawing);
                }
                "sh" => {
                    let shading = self.resource(resources, b"Shading", operands.first());
                    let ink = shading.map(|object| self.shading(resources, object));
                    self.note(ink.unwrap_or(Ink::Other("shading".to_owned())), Kind::Drawing);
                }
                "BI" | "EI" => {
                    // Its entries are no objects of their own; our pages have none.
                    self.note(Ink::Other("inline picture".to_owned()), Kind::Picture);
                }
                "Do" => {
                    let object = self.resource(resources, b"XObject", operands.first());
                    if let Some(Object::Stream(stream)) = object {
                        self.object(resources, stream, &state, level)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What a name leads to among the resources of a kind.
    fn resource<'r>(
        &self,
        resources: &'r Dictionary,
        kind: &[u8],
        name: Option<&Object>,
    ) -> Option<&'r Object>
    where
        'a: 'r,
    {
        entry(self.document, inner(self.document, resources, kind)?, name?.as_name().ok()?)
    }

    fn space(&self, resources: &Dictionary, space: Option<&Object>) -> Paint {
        let ink = space.map(|space| Ink::of_space(self.document, resources, space));
        Paint::new(ink.unwrap_or(Ink::Other("unknown".to_owned())), &[])
    }

    /// A colour set in the space that is current; a pattern is looked into.
    fn paint(
        &mut self,
        resources: &Dictionary,
        current: Paint,
        operands: &[Object],
        values: &[f64],
        level: usize,
    ) -> Result<Paint, String> {
        let Some(name @ Object::Name(_)) = operands.last() else {
            return Ok(Paint::new(current.space, values));
        };
        let document = self.document;
        let pattern = self.resource(resources, b"Pattern", Some(name));
        let ink = match pattern {
            Some(Object::Stream(stream)) if level < MOST_LEVELS => {
                let black = || Paint::new(Ink::Black, &[]);
                let matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
                let state = State { matrix, fill: black(), stroke: black(), mode: 0 };
                self.form(resources, stream, state, level + 1)?;
                current.space.clone()
            }
            Some(object) => match dictionary(object).and_then(|d| entry(document, d, b"Shading")) {
                Some(shading) => self.shading(resources, shading),
                None => current.space.clone(),
            },
            None => current.space.clone(),
        };
        Ok(Paint { space: current.space, ink })
    }

    fn shading(&self, resources: &Dictionary, object: &Object) -> Ink {
        let space = dictionary(object).and_then(|d| entry(self.document, d, b"ColorSpace"));
        space.map_or(Ink::Other("shading".to_owned()), |s| Ink::of_space(self.document, resources, s))
    }

    fn object(
        &mut self,
        resources: &Dictionary,
        stream: &Stream,
        state: &State,
        level: usize,
    ) -> Result<(), String> {
        let subtype = entry(self.document, &stream.dict, b"Subtype").and_then(super::name_of);
        match subtype.as_deref() {
            Some("Form") if level < MOST_LEVELS => {
                let mut state = state.clone();
                let matrix = entry(self.document, &stream.dict, b"Matrix").and_then(|m| m.as_array().ok());
                if let Some(matrix) = matrix {
                    let values: Vec<f64> = matrix.iter().filter_map(|v| number(self.document, v)).collect();
                    state.matrix = joined(&values, &state.matrix);
                }
                self.form(resources, stream, state, level + 1)
            }
            Some("Image") => {
                self.image(resources, &stream.dict, state);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn form(
        &mut self,
        outer: &Dictionary,
        stream: &Stream,
        state: State,
        level: usize,
    ) -> Result<(), String> {
        let content = stream.get_plain_content_with_limit(MOST_CONTENT).map_err(|e| e.to_string())?;
        // A form without resources of its own uses those of its page.
        let resources = inner(self.document, &stream.dict, b"Resources").unwrap_or(outer);
        self.run(resources, &content, state, level)
    }

    fn image(&mut self, resources: &Dictionary, image: &Dictionary, state: &State) {
        let document = self.document;
        let dots = |key: &[u8]| entry(document, image, key).and_then(|n| n.as_i64().ok()).unwrap_or(0);
        let (width, height) = (dots(b"Width"), dots(b"Height"));
        let is_mask = entry(document, image, b"ImageMask").is_some_and(|m| m.as_bool().unwrap_or(false));
        let ink = match image.get(b"ColorSpace").ok().filter(|_| !is_mask) {
            Some(space) => Ink::of_space(document, resources, follow(document, space)),
            None => state.fill.ink.clone(),
        };
        let [a, b, c, d, ..] = state.matrix;
        let per_inch = |dots: i64, points: f64| dots as f64 / (points.max(0.001) / 72.0);
        let ppi = per_inch(width, a.hypot(b)).min(per_inch(height, c.hypot(d)));
        self.note(ink.clone(), Kind::Picture);
        self.pictures.push(Picture { page: self.page, width, height, ink, ppi: rounded(ppi) });
    }
}

/// First the matrix of `values`, then `next`; `next` alone when they are no matrix.
fn joined(values: &[f64], next: &[f64; 6]) -> [f64; 6] {
    let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (
        match values {
            [a, b, c, d, e, f] => [*a, *b, *c, *d, *e, *f],
            _ => return *next,
        },
        *next,
    );
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}
