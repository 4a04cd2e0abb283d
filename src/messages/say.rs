//! A sentence to be said: its id and its data.

/// A sentence by its id in the `.ftl` files, with what is to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Say {
    /// The sentence's id.
    pub id: &'static str,
    /// Names and values, in any order.
    pub args: Vec<(&'static str, Arg)>,
}

/// A value of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Arg {
    /// Filled in as it is.
    Text(String),
    /// Chooses plurals.
    Count(usize),
}

impl Say {
    /// A sentence without data.
    #[must_use]
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// Adds a text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, Arg::Text(value.to_string())));
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn count(mut self, name: &'static str, value: usize) -> Self {
        self.args.push((name, Arg::Count(value)));
        self
    }
}
