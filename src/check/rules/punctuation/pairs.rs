//! Marks that open and close, matched within a text.

/// A mark that has no other half, or the two halves of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where it stands.
    pub at: usize,
    /// The mark.
    pub c: char,
}

/// What matching leaves.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// Pairs in the order of their closing marks, with how many pairs of the same text stood open around.
    pub pairs: Vec<(Mark, Mark, usize)>,
    /// Opening marks without an end.
    pub open: Vec<Mark>,
    /// Closing marks without a start.
    pub close: Vec<Mark>,
}

/// Matches marks. `closing` gives the opening mark of a closing one and `opens` says whether a mark opens.
pub(super) fn matched(
    marks: impl Iterator<Item = (usize, char)>,
    opens: impl Fn(char) -> bool,
    closing: impl Fn(char) -> Option<char>,
) -> Matched {
    let mut matched = Matched::default();
    let mut stack: Vec<Mark> = Vec::new();
    for (at, c) in marks {
        if opens(c) {
            stack.push(Mark { at, c });
        } else if let Some(open) = closing(c) {
            match stack.iter().rposition(|m| m.c == open) {
                Some(depth) => {
                    // What was opened inside and not closed has lost its end.
                    matched.open.extend(stack.drain(depth + 1..));
                    if let Some(mark) = stack.pop() {
                        matched.pairs.push((mark, Mark { at, c }, depth));
                    }
                }
                None => matched.close.push(Mark { at, c }),
            }
        }
    }
    matched.open.extend(stack);
    matched.open.sort_by_key(|m| m.at);
    matched
}

/// The opening quotation mark of a closing one.
pub(super) fn quote_of(c: char) -> Option<char> {
    Some(match c {
        '”' => '“',
        '’' => '‘',
        '」' => '「',
        '』' => '『',
        _ => return None,
    })
}

/// Whether a mark opens a quotation.
pub(super) fn opens_quote(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『')
}
