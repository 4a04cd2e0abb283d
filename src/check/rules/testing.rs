//! What rules find in sources of a few lines.

use crate::check::{Rule, SourceText, Subject, run};
use crate::config::Config;
use crate::normalize::{Known, normalize};
use crate::source::read;
use crate::tree::FileId;

/// The pieces of a Markdown source that `rule` finds; empty for a finding about the whole book.
#[track_caller]
pub(in crate::check) fn found(rule: &Rule, source: &str) -> Vec<String> {
    let mut documents = [read(FileId(0), "source.md", source.as_bytes()).unwrap()];
    let normalized = normalize(&mut documents, Known::default()).unwrap();
    let text = documents[0].text.clone();
    let texts = [SourceText::new(FileId(0), "source.md", &text, true)];
    let config = Config::default();
    let subject = Subject::new(&normalized.tree, &texts, &normalized.observations, &config);
    let slice = |f: crate::check::Finding| {
        f.span.map_or_else(String::new, |s| text.get(s.start..s.end).unwrap().to_owned())
    };
    run(&subject, [rule]).into_iter().map(slice).collect()
}
