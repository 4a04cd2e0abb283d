//! Where the halves of a sheet lie, and how a page comes to stand in one.

use crate::impose::geometry::{MM, Matrix, Rect};

/// A size of paper. A spread lies across it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SheetSize {
    /// 420 × 297 mm: two pages of A4.
    A3,
    /// 297 × 210 mm: two pages of A5.
    A4,
}

impl SheetSize {
    /// Its name as paper is sold.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SheetSize::A3 => "A3",
            SheetSize::A4 => "A4",
        }
    }

    /// Width and height in mm, across.
    fn millimetres(self) -> (f64, f64) {
        match self {
            SheetSize::A3 => (420.0, 297.0),
            SheetSize::A4 => (297.0, 210.0),
        }
    }

    /// Whether two pages fit side by side.
    fn takes(self, format: Format) -> bool {
        let (width, height) = self.millimetres();
        2.0 * format.width <= width * MM + SLACK && format.height <= height * MM + SLACK
    }

    /// The smaller sheet that two pages of a format fit on.
    pub(super) fn for_pages(format: Format) -> Option<Self> {
        [SheetSize::A4, SheetSize::A3].into_iter().find(|sheet| sheet.takes(format))
    }

    /// Whether two pages of a format fit.
    pub(super) fn fits(self, format: Format) -> bool {
        self.takes(format)
    }
}

/// Who prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Printer {
    /// An office printer: the paper as it is, a margin it cannot print.
    Office,
    /// A printing house: cut and fold marks around the spread, the sheet as large as they need.
    Press,
}

/// Programs round the sizes of paper differently: 1 mm on the sheet is no other size.
const SLACK: f64 = MM;
/// What an office printer leaves white along each edge.
pub(super) const UNPRINTABLE: f64 = 4.2 * MM;
/// From the trim to the marks: the usual bleed.
pub(super) const MARK_GAP: f64 = 3.0 * MM;
/// How long marks are.
pub(super) const MARK_LENGTH: f64 = 5.0 * MM;
/// White behind the marks.
const MARK_MARGIN: f64 = 2.0 * MM;

/// Width and height of a page as it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Format {
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Format {
    fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// Whether a page of this size is to a person one of the other.
    pub(super) fn is_like(self, other: Self) -> bool {
        (self.width - other.width).abs() <= SLACK && (self.height - other.height).abs() <= SLACK
    }

    /// By how much it has to shrink to fit into another.
    fn shrink(self, into: Self) -> f64 {
        if self.width <= into.width + SLACK && self.height <= into.height + SLACK {
            return 1.0;
        }
        (into.width / self.width).min(into.height / self.height)
    }
}

/// The size most pages have; the earlier one among equals.
pub(super) fn common(formats: impl Iterator<Item = Format>) -> Option<Format> {
    let mut found: Vec<(Format, usize)> = Vec::new();
    for format in formats {
        match found.iter_mut().find(|(other, _)| other.is_like(format)) {
            Some((_, count)) => *count += 1,
            None => found.push((format, 1)),
        }
    }
    let most = found.iter().map(|(_, count)| *count).max()?;
    found.into_iter().find(|(_, count)| *count == most).map(|(format, _)| format)
}

/// The sheet with its spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    /// The paper, from the origin.
    pub(super) media: Rect,
    /// Both pages together, trimmed.
    pub(super) trim: Rect,
    /// Scale of all pages.
    pub(super) scale: f64,
}

/// The half of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Left,
    Right,
}

impl Frame {
    /// A spread of two pages in the middle of its sheet.
    pub(super) fn new(sheet: SheetSize, format: Format, printer: Printer, scale: f64) -> Self {
        let (width, height) = sheet.millimetres();
        let (spread_width, spread_height) = (2.0 * format.width * scale, format.height * scale);
        let marks = match printer {
            Printer::Office => 0.0,
            Printer::Press => 2.0 * (MARK_GAP + MARK_LENGTH + MARK_MARGIN),
        };
        let least = |paper: f64, spread: f64| match printer {
            // A page may be up to a millimetre larger than its paper; the paper stays what it is.
            Printer::Office => paper * MM,
            Printer::Press => (paper * MM).max(spread + marks),
        };
        let media = Rect::sized(0.0, 0.0, least(width, spread_width), least(height, spread_height));
        let (x, y) = ((media.width() - spread_width) / 2.0, (media.height() - spread_height) / 2.0);
        Self { media, trim: Rect::sized(x, y, spread_width, spread_height), scale }
    }

    /// The scale at which the whole spread lies where an office printer can print.
    pub(super) fn printable_scale(&self) -> f64 {
        let printable = self.printable();
        (printable.width() / self.trim.width()).min(printable.height() / self.trim.height()).min(1.0)
    }

    pub(super) fn printable(&self) -> Rect {
        self.media.grown(-UNPRINTABLE)
    }

    /// Where the sheet is folded.
    pub(super) fn fold(&self) -> f64 {
        f64::midpoint(self.trim.x0, self.trim.x1)
    }

    /// The part of the sheet a half may print on: the other page begins at the fold.
    pub(super) fn clip(&self, half: Half) -> Rect {
        let Rect { x0, y0, x1, y1 } = self.media;
        match half {
            Half::Left => Rect { x0, y0, x1: self.fold(), y1 },
            Half::Right => Rect { x0: self.fold(), y0, x1, y1 },
        }
    }

    fn slot(&self, half: Half) -> Rect {
        let Rect { x0, y0, x1, y1 } = self.trim;
        match half {
            Half::Left => Rect { x0, y0, x1: self.fold(), y1 },
            Half::Right => Rect { x0: self.fold(), y0, x1, y1 },
        }
    }
}

/// How a page stands in its half.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Standing {
    /// From the page's own space to the sheet.
    pub(super) matrix: Matrix,
    /// It lies on its side, its head to the left.
    pub(super) is_turned: bool,
    /// It was too large for its neighbours' size.
    pub(super) is_shrunk: bool,
}

/// The trimmed page as its PDF describes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leaf {
    /// In the page's own space.
    pub(super) trim: Rect,
    /// Degrees a reader turns it clockwise: 0, 90, 180 or 270.
    pub(super) rotate: u16,
    /// Points of a unit of its space.
    pub(super) unit: f64,
}

impl Leaf {
    pub(super) fn format(&self) -> Format {
        let format = Format { width: self.trim.width() * self.unit, height: self.trim.height() * self.unit };
        if self.rotate % 180 == 90 { format.turned() } else { format }
    }
}

/// Puts a page into a half of a sheet, `creep` points towards the fold.
pub(super) fn stand(leaf: &Leaf, frame: &Frame, half: Half, creep: f64) -> Standing {
    let slot = frame.slot(half);
    let room = Format { width: slot.width() / frame.scale, height: slot.height() / frame.scale };
    let format = leaf.format();
    let (upright, turned) = (format.shrink(room), format.turned().shrink(room));
    let is_turned = turned > upright;
    // The head of a wide table lies at the left, on odd and on even pages (GB/T 9704-2012, 8).
    let (rotate, shrink) =
        if is_turned { ((leaf.rotate + 270) % 360, turned) } else { (leaf.rotate, upright) };
    let format = if is_turned { format.turned() } else { format };
    let size = shrink * frame.scale;
    let towards = match half {
        Half::Left => creep,
        Half::Right => -creep,
    };
    let x = slot.x0 + (slot.width() - format.width * size) / 2.0 + towards;
    let y = slot.y0 + (slot.height() - format.height * size) / 2.0;
    let matrix = Matrix::upright(&leaf.trim, rotate)
        .then(&Matrix::scale(leaf.unit * size, leaf.unit * size))
        .then(&Matrix::shift(x, y));
    Standing { matrix, is_turned, is_shrunk: shrink < 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(width: f64, height: f64) -> Format {
        Format { width: width * MM, height: height * MM }
    }

    fn leaf(width: f64, height: f64) -> Leaf {
        Leaf { trim: Rect::sized(0.0, 0.0, width * MM, height * MM), rotate: 0, unit: 1.0 }
    }

    #[test]
    fn the_smaller_sheet_is_taken() {
        for (width, height, sheet) in [
            (148.0, 210.0, Some(SheetSize::A4)),
            (148.5, 210.0, Some(SheetSize::A4)),
            (210.0, 297.0, Some(SheetSize::A3)),
            (210.02, 297.04, Some(SheetSize::A3)),
            (185.0, 260.0, Some(SheetSize::A3)),
            (130.0, 184.0, Some(SheetSize::A4)),
            (297.0, 420.0, None),
            (215.9, 279.4, None),
        ] {
            assert_eq!(SheetSize::for_pages(format(width, height)), sheet, "{width} × {height}");
        }
    }

    #[test]
    fn pages_meet_at_the_fold_and_creep_towards_it() {
        let frame = Frame::new(SheetSize::A4, format(148.0, 210.0), Printer::Office, 1.0);
        let page = leaf(148.0, 210.0);
        let at = |half, creep| stand(&page, &frame, half, creep).matrix.around(&page.trim);
        let near = |a: f64, b: f64| (a - b * MM).abs() < 1e-6;
        assert!(near(at(Half::Left, 0.0).x1, 148.5) && near(at(Half::Right, 0.0).x0, 148.5));
        assert!(near(at(Half::Left, 0.0).x0, 0.5) && near(at(Half::Left, 0.0).y0, 0.0));
        assert!(near(at(Half::Left, 0.3 * MM).x1, 148.8) && near(at(Half::Right, 0.3 * MM).x0, 148.2));
    }

    #[test]
    fn a_wide_page_lies_with_its_head_to_the_left() {
        let frame = Frame::new(SheetSize::A3, format(210.0, 297.0), Printer::Office, 1.0);
        for rotate in [0, 90, 180, 270] {
            let mut page = leaf(297.0, 210.0);
            if rotate % 180 == 90 {
                page = leaf(210.0, 297.0);
            }
            page.rotate = rotate;
            let standing = stand(&page, &frame, Half::Right, 0.0);
            assert!(standing.is_turned && !standing.is_shrunk, "{rotate}");
            let there = standing.matrix.around(&page.trim);
            assert!(there.grown(0.01).holds(&Rect::sized(210.0 * MM, 0.0, 210.0 * MM, 297.0 * MM), 0.0));
            // Shown upright, the middle of the head; then where it comes to lie.
            let shown = Matrix::upright(&page.trim, rotate);
            let head = page.trim.corners().into_iter().filter(|c| shown.apply(*c).1 > 1.0);
            for corner in head {
                assert!((standing.matrix.apply(corner).0 - 210.0 * MM).abs() < 0.01, "{rotate}");
            }
        }
    }

    #[test]
    fn a_press_gets_room_for_marks_and_an_office_its_paper() {
        let office = Frame::new(SheetSize::A4, format(148.0, 210.0), Printer::Office, 1.0);
        assert_eq!(office.media, Rect::sized(0.0, 0.0, 297.0 * MM, 210.0 * MM));
        let press = Frame::new(SheetSize::A4, format(148.0, 210.0), Printer::Press, 1.0);
        assert!((press.media.width() - 316.0 * MM).abs() < 1e-6);
        let roomy = Frame::new(SheetSize::A3, format(148.0, 210.0), Printer::Press, 1.0);
        assert_eq!(roomy.media, Rect::sized(0.0, 0.0, 420.0 * MM, 297.0 * MM));
    }

    #[test]
    fn what_an_office_printer_can_print_holds_the_scaled_spread() {
        for (sheet, page) in [(SheetSize::A4, format(148.0, 210.0)), (SheetSize::A3, format(210.0, 297.0))] {
            let frame = Frame::new(sheet, page, Printer::Office, 1.0);
            let scale = frame.printable_scale();
            assert!((0.95..0.975).contains(&scale), "{scale}");
            let scaled = Frame::new(sheet, page, Printer::Office, scale);
            assert!(scaled.printable().holds(&scaled.trim, 1e-6));
        }
    }

    #[test]
    fn the_size_of_most_pages_is_the_books() {
        let (small, large) = (format(148.0, 210.0), format(210.0, 297.0));
        assert_eq!(common([large, small, small].into_iter()), Some(small));
        assert_eq!(common([large, small].into_iter()), Some(large));
        assert_eq!(common(std::iter::empty()), None);
    }
}
