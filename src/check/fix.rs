//! Fixes made: those that do not touch each other, applied to a text.

use crate::check::{Finding, Fix, Replacement};
use crate::tree::FileId;

/// A text with fixes made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mended {
    /// The new text.
    pub text: String,
    /// How many findings it mends.
    pub count: usize,
}

/// Applies to the text of `file` what `findings` offer: safe fixes, and with `all` the others too.
///
/// Of two fixes that overlap, or touch where one puts something in, the first is made; the other has its turn when the new text
/// is checked again. A fix that reaches into another file is left to a person. None when nothing
/// changes.
#[must_use]
pub fn mend(file: FileId, text: &str, findings: &[Finding], all: bool) -> Option<Mended> {
    let offered = findings.iter().filter_map(|f| f.fix.as_ref()).filter(|f| all || f.safe);
    let mut fixes: Vec<&Fix> = offered.filter(|f| is_sound(f, file, text)).collect();
    fixes.sort_by_key(|f| f.replacements.first().map(|r| (r.span.start, r.span.end)));
    let mut taken: Vec<&Replacement> = Vec::new();
    let mut count = 0;
    for fix in fixes {
        let collides = |r: &Replacement| {
            // Those taken are in order and apart: only the neighbours can collide.
            let next = taken.partition_point(|t| t.span.start < r.span.start);
            let neighbours =
                taken.get(next.saturating_sub(1)..(next + 1).min(taken.len())).unwrap_or_default();
            neighbours.iter().any(|t| collide(t, r))
        };
        if fix.replacements.iter().any(collides) {
            continue;
        }
        for replacement in &fix.replacements {
            let at = taken.partition_point(|t| t.span.start < replacement.span.start);
            taken.insert(at, replacement);
        }
        count += 1;
    }
    if taken.is_empty() {
        return None;
    }
    let crlf = text.contains("\r\n");
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for replacement in taken {
        out.push_str(text.get(from..replacement.span.start).unwrap_or_default());
        // New lines end as the file's lines do.
        match crlf && replacement.after.contains('\n') {
            true => out.push_str(&replacement.after.replace("\r\n", "\n").replace('\n', "\r\n")),
            false => out.push_str(&replacement.after),
        }
        from = replacement.span.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    (out != text).then_some(Mended { text: out, count })
}

/// Whether two replacements overlap, or touch where one of them only puts something in: then it is not
/// told which comes first.
fn collide(a: &Replacement, b: &Replacement) -> bool {
    let (a, b) = (a.span, b.span);
    let overlap = a.start < b.end && b.start < a.end;
    overlap || (a.start == a.end || b.start == b.end) && a.start <= b.end && b.start <= a.end
}

/// Whether a fix is of this file alone, inside its text, in order and apart.
fn is_sound(fix: &Fix, file: FileId, text: &str) -> bool {
    let mut from = 0;
    !fix.replacements.is_empty()
        && fix.replacements.iter().enumerate().all(|(k, r)| {
            let follows = k == 0 || !collide(&fix.replacements[k - 1], r) && r.span.start >= from;
            from = r.span.end;
            r.span.file == file && follows && text.get(r.span.start..r.span.end).is_some()
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::check::Severity;
    use crate::messages::Say;
    use crate::tree::Span;

    fn span(start: usize, end: usize) -> Span {
        Span::new(FileId(0), start, end, 1)
    }

    fn finding(fix: Fix) -> Finding {
        Finding {
            rule: "text/x",
            severity: Severity::Warning,
            say: Say::new("defect-help"),
            help: None,
            span: None,
            fix: Some(fix),
        }
    }

    fn mended(text: &str, fixes: impl IntoIterator<Item = Fix>, all: bool) -> Option<(String, usize)> {
        let findings: Vec<Finding> = fixes.into_iter().map(finding).collect();
        mend(FileId(0), text, &findings, all).map(|m| (m.text, m.count))
    }

    #[test]
    fn fixes_that_collide_wait() {
        let one = |start, end, after: &str| Fix::one(true, span(start, end), after);
        let both = mended("abcdef", [one(0, 1, "A"), one(3, 4, "D")], false);
        assert_eq!(both, Some(("AbcDef".into(), 2)));
        assert_eq!(mended("abcdef", [one(0, 2, "A"), one(2, 3, "C")], false), Some(("ACdef".into(), 2)));
        for second in [one(1, 3, "x"), one(0, 2, "y"), one(2, 2, "x")] {
            assert_eq!(mended("abcdef", [one(0, 2, "A"), second], false), Some(("Acdef".into(), 1)));
        }
        assert_eq!(mended("abcdef", [one(2, 2, "1"), one(2, 2, "2")], false), Some(("ab1cdef".into(), 1)));
    }

    #[test]
    fn a_fix_of_several_places_is_made_whole_or_not() {
        let wide = Fix::many(true, [(span(0, 1), "A".into()), (span(5, 6), "F".into())]);
        let last = Fix::one(true, span(4, 6), "E");
        assert_eq!(mended("abcdef", [wide.clone(), last.clone()], false), Some(("AbcdeF".into(), 1)));
        let inner = Fix::one(true, span(2, 3), "C");
        assert_eq!(mended("abcdef", [inner, wide], false), Some(("AbCdeF".into(), 2)));
    }

    #[test]
    fn unsafe_fixes_are_asked_for() {
        let fix = || [Fix::one(false, span(0, 1), "A")];
        assert_eq!(mended("abc", fix(), false), None);
        assert_eq!(mended("abc", fix(), true), Some(("Abc".into(), 1)));
    }

    #[test]
    fn what_does_not_fit_the_text_is_left() {
        let fixes = [
            Fix::one(true, span(1, 2), "x"),
            Fix::one(true, span(0, 40), "x"),
            Fix::one(true, Span::new(FileId(7), 0, 3, 1), "x"),
        ];
        assert_eq!(mended("字字", fixes, true), None);
    }

    #[test]
    fn new_lines_end_as_the_others() {
        let fix = Fix::one(true, span(1, 1), "\n");
        assert_eq!(mended("ab\r\n", [fix], false), Some(("a\r\nb\r\n".into(), 1)));
    }

    proptest! {
        /// Whatever is offered, the bytes outside the spans that were offered stay and keep their order.
        #[test]
        fn nothing_outside_the_spans_changes(
            text in "[甲乙丙a-c\r\n]{0,40}",
            places in prop::collection::vec((0usize..100, 0usize..8, "[XYZ]{0,3}"), 0..12),
        ) {
            let fixes = places.into_iter().map(|(start, length, after)| {
                Fix::one(true, span(start, start + length), after)
            });
            let findings: Vec<Finding> = fixes.map(finding).collect();
            let Some(mended) = mend(FileId(0), &text, &findings, true) else { return Ok(()) };
            let spans = findings.iter().filter_map(|f| f.fix.as_ref()).map(|f| f.replacements[0].span);
            let offered: Vec<Span> = spans.collect();
            let kept: String = text
                .char_indices()
                .filter(|(at, _)| !offered.iter().any(|s| s.start <= *at && *at < s.end))
                .map(|(_, c)| c)
                .collect();
            // What no span covers is a subsequence of the new text, and the new text without what
            // was put in is a subsequence of the old.
            let is_within = |inner: &str, outer: &str| {
                let mut chars = outer.chars();
                inner.chars().all(|c| chars.any(|o| o == c))
            };
            prop_assert!(is_within(&kept, &mended.text));
            let without: String = mended.text.chars().filter(|c| !"XYZ".contains(*c)).collect();
            prop_assert!(is_within(&without, &text));
        }
    }
}
