//! How far the ink of a page reaches, near enough to tell whether a printer's margin would cut it.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};

use crate::impose::geometry::{Matrix, Rect};
use crate::impose::source::{Source, as_dictionary};
use crate::impose::width::Widths;

/// Forms inside forms.
const MOST_LEVELS: usize = 12;
/// Operations of a page; what has more is taken to reach everywhere.
const MOST_OPERATIONS: usize = 5_000_000;

/// Looks at pages, and remembers the widths of their fonts.
pub(super) struct Ink<'a> {
    source: &'a Source,
    fonts: BTreeMap<ObjectId, Rc<Widths>>,
    reach: Option<Rect>,
    left: usize,
}

/// The graphics state, as far as it moves or hides ink.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    /// Around what is not clipped away; none when all is.
    clip: Option<Rect>,
    fill_is_white: bool,
    stroke_is_white: bool,
    line_width: f64,
    font: Option<Rc<Widths>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

impl State {
    fn new(matrix: Matrix, clip: Rect) -> Self {
        Self {
            matrix,
            clip: Some(clip),
            fill_is_white: false,
            stroke_is_white: false,
            line_width: 1.0,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

/// What is under way inside one content stream.
struct Run<'r> {
    resources: &'r Dictionary,
    state: State,
    saved: Vec<State>,
    path: Option<Rect>,
    clips: bool,
    text: Matrix,
    line: Matrix,
    level: usize,
}

impl<'a> Ink<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, fonts: BTreeMap::new(), reach: None, left: 0 }
    }

    /// The ink of a page inside `paper`, both in the page's own space. All of `paper` when it cannot be
    /// told; none for a white page.
    pub(super) fn reach(&mut self, resources: &Dictionary, content: &[u8], paper: &Rect) -> Option<Rect> {
        (self.reach, self.left) = (None, MOST_OPERATIONS);
        let state = State::new(Matrix::IDENTITY, *paper);
        match self.run(resources, content, state, 0) {
            Some(()) => self.reach,
            None => Some(*paper),
        }
    }

    /// The widths of a font of the resources.
    fn font(&mut self, resources: &Dictionary, name: &[u8]) -> Option<Rc<Widths>> {
        let source = self.source;
        let entry = source.dictionary(resources, b"Font")?.get(name).ok()?;
        let id = entry.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(known.clone());
        }
        let widths = Rc::new(Widths::of(source, source.follow(entry).and_then(as_dictionary)?));
        if let Some(id) = id {
            self.fonts.insert(id, widths.clone());
        }
        Some(widths)
    }

    fn run(&mut self, resources: &Dictionary, content: &[u8], state: State, level: usize) -> Option<()> {
        let mut run = Run {
            resources,
            state,
            saved: Vec::new(),
            path: None,
            clips: false,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            level,
        };
        for operation in Content::decode_iter(content) {
            self.left = self.left.checked_sub(1)?;
            self.step(&mut run, &operation.ok()?)?;
        }
        Some(())
    }

    fn mark(&mut self, state: &State, there: Rect) {
        if let Some(seen) = state.clip.and_then(|clip| clip.meet(&there)) {
            self.reach = Some(self.reach.map_or(seen, |reach| reach.join(&seen)));
        }
    }

    fn step(&mut self, run: &mut Run<'_>, operation: &Operation) -> Option<()> {
        let operands = &operation.operands;
        let n = |k: usize| operands.get(k).and_then(|o| o.as_float().ok()).map_or(0.0, f64::from);
        match operation.operator.as_str() {
            "q" if run.saved.len() < 10_000 => run.saved.push(run.state.clone()),
            "Q" => run.state = run.saved.pop().unwrap_or_else(|| run.state.clone()),
            "cm" => {
                run.state.matrix = Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]).then(&run.state.matrix);
            }
            "w" => run.state.line_width = n(0),
            "g" => run.state.fill_is_white = n(0) >= 1.0,
            "G" => run.state.stroke_is_white = n(0) >= 1.0,
            "rg" => run.state.fill_is_white = (0..3).all(|k| n(k) >= 1.0),
            "RG" => run.state.stroke_is_white = (0..3).all(|k| n(k) >= 1.0),
            "k" => run.state.fill_is_white = (0..4).all(|k| n(k) <= 0.0),
            "K" => run.state.stroke_is_white = (0..4).all(|k| n(k) <= 0.0),
            // What is white in a space of its own is not asked: it counts as ink.
            "sc" | "scn" | "cs" => {
                run.state.fill_is_white = operands.len() == 3 && (0..3).all(|k| n(k) >= 1.0)
            }
            "SC" | "SCN" | "CS" => {
                run.state.stroke_is_white = operands.len() == 3 && (0..3).all(|k| n(k) >= 1.0);
            }
            "m" | "l" => run.reach(&[(n(0), n(1))]),
            "c" => run.reach(&[(n(0), n(1)), (n(2), n(3)), (n(4), n(5))]),
            "v" | "y" => run.reach(&[(n(0), n(1)), (n(2), n(3))]),
            "re" => run.reach(&[(n(0), n(1)), (n(0) + n(2), n(1) + n(3))]),
            "W" | "W*" => run.clips = true,
            "n" => run.end_path(),
            "f" | "F" | "f*" => self.paint(run, true, false),
            "S" | "s" => self.paint(run, false, true),
            "B" | "B*" | "b" | "b*" => self.paint(run, true, true),
            "sh" => {
                if let Some(clip) = run.state.clip {
                    self.mark(&run.state, clip);
                }
            }
            "BI" => self.mark(&run.state, run.state.matrix.around(&Rect::sized(0.0, 0.0, 1.0, 1.0))),
            "Do" => self.draw(run, operands.first()?.as_name().ok()?)?,
            _ => self.text(run, operation)?,
        }
        Some(())
    }

    fn paint(&mut self, run: &mut Run<'_>, fills: bool, strokes: bool) {
        if let Some(path) = run.path {
            if fills && !run.state.fill_is_white {
                self.mark(&run.state, path.grown(0.01));
            }
            if strokes && !run.state.stroke_is_white {
                let [a, b, c, d, ..] = run.state.matrix.0;
                let width = run.state.line_width * (a * d - b * c).abs().sqrt();
                self.mark(&run.state, path.grown((width / 2.0).max(0.01)));
            }
        }
        run.end_path();
    }

    fn draw(&mut self, run: &mut Run<'_>, name: &[u8]) -> Option<()> {
        let objects = self.source.dictionary(run.resources, b"XObject")?;
        let stream = self.source.get(objects, name)?.as_stream().ok()?;
        let kind = self.source.get(&stream.dict, b"Subtype")?.as_name().ok()?;
        if kind != b"Form" {
            self.mark(&run.state, run.state.matrix.around(&Rect::sized(0.0, 0.0, 1.0, 1.0)));
            return Some(());
        }
        if run.level >= MOST_LEVELS {
            return None;
        }
        let mut state = run.state.clone();
        if let Some(matrix) = stream.dict.get(b"Matrix").ok().and_then(|m| self.source.row(m)) {
            state.matrix = Matrix(matrix).then(&state.matrix);
        }
        let bounds = state.matrix.around(&self.source.rect(&stream.dict, b"BBox")?);
        state.clip = state.clip.and_then(|clip| clip.meet(&bounds));
        let content = self.source.unpacked(stream)?;
        let own = self.source.dictionary(&stream.dict, b"Resources");
        self.run(own.unwrap_or(run.resources), &content, state, run.level + 1)
    }

    fn text(&mut self, run: &mut Run<'_>, operation: &Operation) -> Option<()> {
        let operands = &operation.operands;
        let n = |k: usize| operands.get(k).and_then(|o| o.as_float().ok()).map_or(0.0, f64::from);
        let state = &mut run.state;
        match operation.operator.as_str() {
            "BT" => (run.text, run.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tf" => {
                state.font = Some(self.font(run.resources, operands.first()?.as_name().ok()?)?);
                state.size = n(1);
            }
            "Tc" => state.char_space = n(0),
            "Tw" => state.word_space = n(0),
            "Tz" => state.stretch = n(0) / 100.0,
            "TL" => state.leading = n(0),
            "Ts" => state.rise = n(0),
            "Tr" => state.mode = n(0) as i64,
            "Td" => run.next_line(n(0), n(1)),
            "TD" => {
                state.leading = -n(1);
                run.next_line(n(0), n(1));
            }
            "Tm" => {
                run.text = Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]);
                run.line = run.text;
            }
            "T*" => {
                let leading = state.leading;
                run.next_line(0.0, -leading);
            }
            "Tj" => self.show(run, operands.first()?),
            "TJ" => self.show(run, operands.first()?),
            "'" | "\"" => {
                if operation.operator == "\"" {
                    (state.word_space, state.char_space) = (n(0), n(1));
                }
                let leading = state.leading;
                run.next_line(0.0, -leading);
                self.show(run, operands.last()?);
            }
            _ => {}
        }
        Some(())
    }

    fn show(&mut self, run: &mut Run<'_>, shown: &Object) {
        let pieces = match shown {
            Object::Array(pieces) => pieces.as_slice(),
            piece => std::slice::from_ref(piece),
        };
        for piece in pieces {
            let state = &run.state;
            let Ok(text) = piece.as_str() else {
                let back = f64::from(piece.as_float().unwrap_or(0.0)) / 1000.0;
                run.text = Matrix::shift(-back * state.size * state.stretch, 0.0).then(&run.text);
                continue;
            };
            let Some(font) = state.font.clone() else { continue };
            let (ems, glyphs, blanks) = font.measure(text);
            let spaces = glyphs as f64 * state.char_space + blanks as f64 * state.word_space;
            let advance = (ems * state.size + spaces) * state.stretch;
            let (below, above) = (state.rise - 0.3 * state.size, state.rise + state.size);
            let matrix = run.text.then(&state.matrix);
            // 3 is text that is only there to be searched, 7 text that only clips.
            let is_seen = !matches!(state.mode, 3 | 7) && (state.mode != 0 || !state.fill_is_white);
            if is_seen && glyphs > 0 {
                self.mark(&run.state, matrix.around(&Rect::new((0.0, below), (advance, above))));
            }
            run.text = Matrix::shift(advance, 0.0).then(&run.text);
        }
    }
}

impl Run<'_> {
    fn reach(&mut self, points: &[(f64, f64)]) {
        for point in points {
            let (x, y) = self.state.matrix.apply(*point);
            let there = Rect { x0: x, y0: y, x1: x, y1: y };
            self.path = Some(self.path.map_or(there, |path| path.join(&there)));
        }
    }

    fn end_path(&mut self) {
        if std::mem::take(&mut self.clips)
            && let Some(path) = self.path
        {
            self.state.clip = self.state.clip.and_then(|clip| clip.meet(&path));
        }
        self.path = None;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(&self.line);
        self.text = self.line;
    }
}
