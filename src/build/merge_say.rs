//! The account of a merge in sentences.

use crate::merge::{Edit, Report, State, Why};
use crate::messages::{Catalog, Say};
use crate::source::CharFormat;

/// What became of an edit, in a word.
#[must_use]
pub fn state(state: State) -> Say {
    Say::new(match state {
        State::Merged => "merge-state-merged",
        State::Identical => "merge-state-identical",
        State::Conflict => "merge-state-conflict",
        State::Reported => "merge-state-reported",
    })
}

/// What kind of edit it is, where it is more than other words.
#[must_use]
pub fn kind(edit: &Edit, catalog: &Catalog) -> Option<Say> {
    if edit.kind == "look" {
        let names: Vec<String> = edit.formats.iter().map(|f| catalog.say(&format(*f))).collect();
        return Some(Say::new("merge-kind-look").with("formats", names.join(&catalog.plain("merge-and"))));
    }
    let id = match edit.kind.as_str() {
        "moved" => "merge-kind-moved",
        "emphasis" => "merge-kind-emphasis",
        "order" => "merge-kind-order",
        "kind" => "merge-kind-kind",
        "picture" => match (edit.before.is_empty(), edit.after.is_empty()) {
            (true, _) => "merge-kind-picture-new",
            (_, true) => "merge-kind-picture-gone",
            _ => "merge-kind-picture",
        },
        _ if edit.already => "merge-kind-already",
        _ => return None,
    };
    Some(Say { id, args: Vec::new() })
}

fn format(format: CharFormat) -> Say {
    Say::new(match format {
        CharFormat::Bold => "merge-look-bold",
        CharFormat::Italic => "merge-look-italic",
        CharFormat::Underline => "merge-look-underline",
        CharFormat::Strike => "merge-look-strike",
        CharFormat::Colour => "merge-look-colour",
        CharFormat::Highlight => "merge-look-highlight",
        CharFormat::Script => "merge-look-script",
        CharFormat::Mark => "merge-look-mark",
        CharFormat::Effect => "merge-look-effect",
        CharFormat::Size => "merge-look-size",
        CharFormat::Font => "merge-look-font",
    })
}

/// Why an edit is told and not carried out.
#[must_use]
pub fn why(why: Why) -> Say {
    Say::new(match why {
        Why::Emphasis => "merge-why-emphasis",
        Why::KindOfLine => "merge-why-kind",
        Why::TableShape => "merge-why-table",
        Why::Note => "merge-why-note",
        Why::Place => "merge-why-place",
        Why::Form => "merge-why-form",
        Why::Order => "merge-why-order",
        Why::Look => "merge-why-look",
        Why::Picture => "merge-why-picture",
    })
}

/// The sentence of an edit: where, what, by whom, what became of it.
#[must_use]
pub fn edit(edit: &Edit) -> Say {
    let mark = |text: &str| text.trim_end_matches('\n').replace('\n', "¶");
    let say = match (edit.before.is_empty(), edit.after.is_empty(), edit.sides.is_empty()) {
        // The same words, looking otherwise.
        _ if edit.sides.is_empty() && edit.before == edit.after => Say::new("merge-edit-words"),
        (_, _, false) => Say::new("merge-edit-words"),
        (true, _, _) => Say::new("merge-edit-insert"),
        (_, true, _) => Say::new("merge-edit-delete"),
        _ => Say::new("merge-edit-replace"),
    };
    let mut who: Vec<&str> = Vec::new();
    for author in &edit.authors {
        let name = if author.name.is_empty() { &author.file } else { &author.name };
        if !who.contains(&name.as_str()) {
            who.push(name);
        }
    }
    say.with("speech", &edit.heading)
        .with("lead", mark(&edit.lead))
        .with("before", mark(&edit.before))
        .with("after", mark(&edit.after))
        .with("tail", mark(&edit.tail))
        .with("who", who.join("、"))
}

/// One side of a conflict.
#[must_use]
pub fn side(file: &str, text: &str) -> Say {
    let text = text.trim_end_matches('\n').replace('\n', "¶");
    let say = if file.is_empty() { Say::new("merge-side-source") } else { Say::new("merge-side") };
    say.with("file", file).with("text", text)
}

/// The totals.
#[must_use]
pub fn totals(report: &Report) -> Say {
    let t = report.totals;
    Say::new("merge-totals")
        .count("found", t.found)
        .count("merged", t.merged)
        .count("identical", t.identical)
        .count("conflict", t.conflict)
        .count("reported", t.reported)
}
