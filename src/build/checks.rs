//! A book looked over: its lists read, the chosen rules run.

use std::path::Path;

use crate::build::{Book, Exit, Problem, shown};
use crate::check::{Choice, Finding, Glossary, ListError, ListFault, Roster, Subject, UnknownRule};
use crate::config::Config;
use crate::fonts::FontSet;
use crate::messages::Say;

/// What the rules need beside the book: which of them run, and the user's lists.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checks {
    /// The rules.
    pub choice: Choice,
    glossary: Option<Glossary>,
    roster: Option<Roster>,
}

impl Checks {
    /// Reads what the settings of a book name.
    ///
    /// # Errors
    /// A rule that does not exist, a list that cannot be read.
    pub fn of(book: &Book) -> Result<Self, Problem> {
        let settings = &book.config.check;
        let choice = Choice::of(settings).map_err(|e| unknown_rule(book, &e))?;
        let read = |file: &String| {
            let path = book.config.base.join(file);
            let bytes = std::fs::read(&path).map_err(|e| Problem::unreadable(&path, &e))?;
            Ok((path, bytes))
        };
        let glossary = settings.glossary.as_ref().map(read).transpose()?;
        let roster = settings.roster.as_ref().map(read).transpose()?;
        let glossary = glossary.map(|(path, bytes)| {
            Glossary::parse(&path.to_string_lossy(), &bytes).map_err(|e| of_list(&path, e))
        });
        let roster = roster.map(|(path, bytes)| Roster::parse(&bytes).map_err(|e| of_list(&path, e)));
        Ok(Self { choice, glossary: glossary.transpose()?, roster: roster.transpose()? })
    }

    /// What the rules find in a book.
    #[must_use]
    pub fn run(&self, book: &Book, fonts: Option<&FontSet>) -> Vec<Finding> {
        let texts = book.texts();
        let mut subject = Subject::new(&book.tree, &texts, &book.observations, &book.config);
        subject.fonts = fonts;
        subject.glossary = self.glossary.as_ref();
        subject.roster = self.roster.as_ref();
        self.choice.run(&subject)
    }
}

/// A name that no rule has, at its place in the settings.
fn unknown_rule(book: &Book, error: &UnknownRule) -> Problem {
    let place = Problem::of_config(Config::wrong_value(book.layers(), &error.key, "")).place;
    Problem { place, ..no_rule(&error.name, error.nearest) }
}

/// A name that no rule has.
pub(crate) fn no_rule(name: &str, nearest: Option<&str>) -> Problem {
    let problem = Problem::error(Exit::Usage, Say::new("rule-unknown").with("rule", name));
    match nearest {
        Some(nearest) => problem.help(Say::new("config-nearest").with("nearest", nearest)),
        None => problem.help(Say::new("rule-unknown-help")),
    }
}

fn of_list(path: &Path, error: ListError) -> Problem {
    let say = match &error.fault {
        ListFault::Syntax(why) => Say::new("list-syntax").with("why", why),
        ListFault::NoColumn(column) => Say::new("list-no-column").with("column", column),
        ListFault::NoValue(column) => Say::new("list-no-value").with("column", column),
        ListFault::NotANumber(value) => Say::new("list-not-a-number").with("value", value),
        ListFault::Empty => Say::new("list-empty"),
        ListFault::NotText => Say::new("list-not-text"),
    };
    let file = shown(path);
    let has_place = !error.text.is_empty();
    let place = crate::build::SourcePlace::of(&file, &error.text, error.range);
    Problem::error(Exit::Usage, say.with("file", file))
        .help(Say::new("list-help"))
        .at(has_place.then_some(place))
}
