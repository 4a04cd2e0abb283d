//! Rules for e-books: the text, what leads to it, and what readers are known to break.
//!
//! A rule of readers names in its opening comment which reader breaks, as told in that reader's own tracker or
//! its vendor's guide, and the clause of the standard where there is one.

pub(super) mod alternatives;
pub(super) mod body_font;
pub(super) mod colours;
pub(super) mod contents;
pub(super) mod contents_depth;
mod entries;
pub(super) mod file_names;
pub(super) mod index;
pub(super) mod language;
pub(super) mod links;
pub(super) mod mimetype;
pub(super) mod ncx;
pub(super) mod notes;
pub(super) mod one_paragraph;
pub(super) mod page_list;
pub(super) mod page_markers;
pub(super) mod parity;
#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::testing::Book;
    use crate::verify::Kind;
    use crate::verify::rules::RULES;

    #[test]
    fn every_rule_is_silent_on_a_right_book() {
        let mut rules = 0;
        for rule in RULES.iter().filter(|r| r.kind() == Kind::Epub) {
            let measured = Book::new().measure(rule);
            assert!(measured.ok && measured.findings.is_empty(), "{}: {measured:?}", rule.name);
            rules += 1;
        }
        assert!(rules > 12, "{rules}");
    }
}
