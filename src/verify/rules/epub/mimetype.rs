//! The archive begins with a file `mimetype` that is stored as it is: programs know an e-book by its first bytes,
//! and devices refuse one they do not know.

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::package::Mimetype;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/mimetype-first",
    source: "EPUB 3.3, 4.3.3 (OCF ZIP container media type identification)",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let id = match subject.epub.mimetype {
        Mimetype::Right => None,
        Mimetype::NotFirst => Some("verify-mimetype-not-first"),
        Mimetype::Packed => Some("verify-mimetype-packed"),
        Mimetype::Other => Some("verify-mimetype-other"),
    };
    let finding =
        id.map(|id| Finding::of(Say { id, args: Vec::new() }).in_file(Some(Place::part("mimetype"))));
    let figure = Say::new("verify-mimetype-figure").count("files", subject.epub.names.len());
    Measured::of(figure, finding.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn what_the_archive_begins_with() {
        for (mimetype, id) in [
            (Mimetype::NotFirst, "verify-mimetype-not-first"),
            (Mimetype::Packed, "verify-mimetype-packed"),
            (Mimetype::Other, "verify-mimetype-other"),
        ] {
            let mut book = Book::new();
            book.mimetype = mimetype;
            assert_eq!(book.finds(&RULE), [(id, "mimetype".to_owned())]);
        }
    }
}
