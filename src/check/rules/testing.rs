//! A rule run on a text, for tests.

use std::path::Path;

use crate::check::{Finding, Glossary, Roster, Rule, SourceText, Subject, found_by, sort};
use crate::config::{Layer, resolve};
use crate::fonts::{FontRequest, FontSet};
use crate::messages::{Catalog, Lang};
use crate::normalize::{Known, normalize};
use crate::tree::FileId;

/// What stands in the source where the rule finds something; empty where a finding has no place.
pub(in crate::check) fn found(rule: &Rule, source: &str) -> Vec<String> {
    findings(rule, source).iter().map(|f| f.span.map_or("", |s| &source[s.start..s.end]).to_owned()).collect()
}

/// What the findings say, in English.
pub(in crate::check) fn said(rule: &Rule, source: &str) -> Vec<String> {
    let catalog = Catalog::new(Lang::En);
    findings(rule, source).iter().map(|f| catalog.say(&f.say)).collect()
}

/// The findings of a rule in a Markdown source.
pub(in crate::check) fn findings(rule: &Rule, source: &str) -> Vec<Finding> {
    findings_with(rule, source, None, None)
}

/// The same with the user's lists.
pub(in crate::check) fn findings_with(
    rule: &Rule,
    source: &str,
    glossary: Option<&Glossary>,
    roster: Option<&Roster>,
) -> Vec<Finding> {
    let mut documents = [crate::source::read(FileId(0), "s.md", source.as_bytes()).unwrap()];
    let normalized = normalize(&mut documents, Known::default()).unwrap();
    let texts = [SourceText::new(FileId(0), "s.md", &documents[0].text, true)];
    let front = documents[0].front_matter.as_ref().map(|f| f.range.clone());
    let layer = front.map(|range| Layer::toml("s.md", &documents[0].text, range).unwrap());
    let config = resolve(layer.as_slice(), Path::new("")).unwrap();
    let fonts = (rule.group() == "font").then(|| FontSet::find(&FontRequest::from_environment()).unwrap());
    let mut subject = Subject::new(&normalized.tree, &texts, &normalized.observations, &config);
    subject.fonts = fonts.as_ref();
    (subject.glossary, subject.roster) = (glossary, roster);
    run_one(rule, &subject)
}

/// The findings of a rule in a subject.
pub(in crate::check) fn run_one(rule: &Rule, subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = found_by(rule, subject);
    sort(&mut found);
    found
}
