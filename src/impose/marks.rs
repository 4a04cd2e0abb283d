//! What is printed beside the pages: cut, fold and collating marks; the cross and words of a test sheet.

use crate::impose::TestSheet;
use crate::impose::geometry::MM;
use crate::impose::letter::{Letters, rectangle, stroke};
use crate::impose::place::{Frame, MARK_GAP, MARK_LENGTH};
use crate::impose::plan::Sheet;

/// Name of the colour that stands on every plate, among a sheet's resources.
pub(super) const ALL_PLATES: &str = "Marks";
/// A hairline.
const HAIRLINE: &str = "0.25 w";

/// Marks for the knife at the corners of the trim, and dashes where the sheet is folded.
pub(super) fn cut_and_fold(frame: &Frame) -> String {
    let mut out = format!("q /{ALL_PLATES} CS 1 SCN {HAIRLINE}\n");
    let trim = frame.trim;
    for (x, outwards) in [(trim.x0, -1.0), (trim.x1, 1.0)] {
        for (y, up) in [(trim.y0, -1.0), (trim.y1, 1.0)] {
            let mark = |way: f64| (way * MARK_GAP, way * (MARK_GAP + MARK_LENGTH));
            let (near, far) = mark(outwards);
            out += &stroke((x + near, y), (x + far, y));
            let (near, far) = mark(up);
            out += &stroke((x, y + near), (x, y + far));
        }
    }
    out += "[1.5 1.5] 0 d\n";
    let fold = frame.fold();
    out += &stroke((fold, trim.y0 - MARK_GAP), (fold, trim.y0 - MARK_GAP - MARK_LENGTH));
    out += &stroke((fold, trim.y1 + MARK_GAP), (fold, trim.y1 + MARK_GAP + MARK_LENGTH));
    out + "Q\n"
}

/// A bar on the back of each signature's fold, one step lower each time: a wrong order is seen at once.
pub(super) fn collating(frame: &Frame, sheet: &Sheet) -> String {
    let (width, height, step) = (1.5 * MM, 5.0 * MM, 6.0 * MM);
    let room = ((frame.trim.height() - 40.0 * MM) / step).max(1.0) as usize;
    let top = frame.trim.y1 - 20.0 * MM - step * (sheet.signature % room) as f64;
    let bar = rectangle(frame.fold() - width / 2.0, top - height, width, height, "f");
    format!("q /{ALL_PLATES} cs 1 scn\n{bar}Q\n")
}

/// A cross that lies on the cross behind it when the paper was turned over its short edge, and says so.
pub(super) fn test(frame: &Frame, sheet: &TestSheet<'_>, is_front: bool) -> Option<String> {
    let letters = Letters::new(sheet.font, sheet.index)?;
    let (arm, inset) = (5.0 * MM, 20.0 * MM);
    // Out of the middle both ways, so that no wrong turn brings the crosses together.
    let x = if is_front { frame.media.x1 - inset } else { frame.media.x0 + inset };
    let y = frame.media.y1 - inset;
    let mut out = format!("q 0 G 0 g {HAIRLINE}\n");
    out += &rectangle(x - arm / 2.0, y - arm / 2.0, arm, arm, "S");
    out += &stroke((x - arm, y), (x + arm, y));
    out += &stroke((x, y - arm), (x, y + arm));
    let (size, pitch, padding) = (10.5, 16.0, 8.0);
    let lines: Vec<&str> = if is_front { sheet.front } else { sheet.back }.lines().collect();
    let width = lines.iter().map(|line| letters.width(line, size)).fold(0.0, f64::max);
    let (width, height) = (width + 2.0 * padding, pitch * lines.len() as f64 + padding);
    let (left, bottom) = (frame.fold() - width / 2.0, frame.media.height() * 0.3 - height / 2.0);
    out += "1 g\n";
    out += &rectangle(left, bottom, width, height, "f");
    out += &rectangle(left, bottom, width, height, "S");
    out += "0 g\n";
    for (k, line) in lines.iter().enumerate() {
        let base = bottom + height - pitch * (k + 1) as f64;
        out += &letters.draw(line, size, left + padding, base + 2.0);
    }
    Some(out + "Q\n")
}
