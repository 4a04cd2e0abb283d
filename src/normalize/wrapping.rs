//! How the lines of a file were cut: at blanks, as programs do, or anywhere, as Chinese is.
//!
//! `AI` at the end of a line and 赋能 on the next were `AI 赋能` for a program that wraps at blanks and
//! `AI赋能` for a page of fixed width. The file itself tells: such a program leaves no line end between
//! two hanzi; and where lines were cut anywhere, the words within the lines show the file's custom.

use rayon::prelude::*;

use crate::normalize::chars::is_han;
use crate::normalize::flat::Flat;
use crate::source::{Document, RawBlock};
use crate::tree::Inline;

/// What the line ends of one file stood for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wrapping {
    /// Lines were cut at blanks, so that each line end was one.
    pub(super) at_blanks: bool,
    /// Latin words are set off from hanzi by blanks.
    pub(super) spaced: bool,
}

#[derive(Default)]
struct Counts {
    /// Line ends beside a Latin word or a number.
    western: usize,
    /// Line ends between two hanzi, or beside a mark of Chinese.
    chinese: usize,
    /// Borders of Latin words and hanzi within a line, with a blank and without.
    spaced: usize,
    close: usize,
}

impl Wrapping {
    pub(super) fn of(document: &Document, blocks: &[RawBlock]) -> Self {
        let of = |raw: &RawBlock| {
            let mut counts = Counts::default();
            raw.block.inline_lists(&mut |inlines| counts.add(inlines));
            counts
        };
        let counts = blocks.par_iter().map(of).reduce(Counts::default, Counts::plus);
        // A page shows a line end as a blank: without a sign against it, it was one.
        let is_page = document.form == "html" && counts.chinese == 0;
        Self { at_blanks: is_page || counts.western > counts.chinese, spaced: counts.spaced > counts.close }
    }

    /// Whether a line end between a Latin word and a hanzi stands for a blank.
    pub(super) fn parts_scripts(self) -> bool {
        self.at_blanks || self.spaced
    }
}

impl Counts {
    fn plus(self, other: Self) -> Self {
        Self {
            western: self.western + other.western,
            chinese: self.chinese + other.chinese,
            spaced: self.spaced + other.spaced,
            close: self.close + other.close,
        }
    }

    fn add(&mut self, inlines: &[Inline]) {
        let flat = Flat::of(inlines);
        // Lines of headings and speakers end where their parts do.
        let is_prose = flat.glyphs.iter().any(|g| matches!(g.c, '。' | '；'));
        let chars: Vec<char> = flat.glyphs.iter().map(|g| g.c).collect();
        for k in 1..chars.len().saturating_sub(1) {
            let (left, c, right) = (chars[k - 1], chars[k], chars[k + 1]);
            let mixed = |a: char, b: char| is_han(a) && is_word(b) || is_word(a) && is_han(b);
            if flat.is_soft(k) && is_prose {
                let has_word = is_word(left) || is_word(right);
                self.western += usize::from(has_word);
                self.chinese += usize::from(!has_word);
            } else if c == ' ' {
                self.spaced += usize::from(mixed(left, right));
            }
            self.close += usize::from(mixed(c, right));
        }
    }
}

/// A letter or digit that is no hanzi.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read;
    use crate::tree::FileId;

    fn of(name: &str, text: &str) -> (bool, bool) {
        let document = read(FileId(0), name, text.as_bytes()).unwrap();
        let found = Wrapping::of(&document, &document.blocks);
        (found.at_blanks, found.spaced)
    }

    #[test]
    fn a_file_tells_how_its_lines_were_cut() {
        for (name, text, at_blanks, spaced) in [
            ("a.md", "先用 AI\n赋能，再谈 5G\n组网。", true, true),
            ("a.md", "先用AI\n赋能。", true, false),
            ("a.md", "先把路\n修好，再用AI\n赋能，最后才\n验收。", false, false),
            ("a.md", "先把路\n修好，用 AI\n赋能 5G 网，最后才\n验收。", false, true),
            ("a.md", "林颂\n市政协委员", false, false),
            ("a.html", "<p>甲乙。</p>", true, false),
            ("a.html", "<p>先把路\n修好，再验\n收。</p>", false, false),
        ] {
            assert_eq!(of(name, text), (at_blanks, spaced), "{text}");
        }
    }
}
