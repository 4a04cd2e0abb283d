//! A rule run on a text, for tests.

use crate::check::{Rule, SourceText, Subject, run};
use crate::config::Config;
use crate::normalize::{Known, normalize};
use crate::source::read;
use crate::tree::FileId;

/// What `rule` finds in a Markdown source, as slices of it; "" is the whole book.
pub(in crate::check) fn found(rule: &Rule, source: &str) -> Vec<String> {
    let mut documents = [read(FileId(0), "a.md", source.as_bytes()).unwrap()];
    let normalized = normalize(&mut documents, Known::default()).unwrap();
    let texts = [SourceText::new(FileId(0), "a.md", &documents[0].text, true)];
    let config = Config::default();
    let subject = Subject::new(&normalized.tree, &texts, &normalized.observations, &config);
    let found = run(&subject, [rule]);
    found.iter().map(|f| f.span.map_or(String::new(), |s| texts[0].text[s.start..s.end].to_owned())).collect()
}
