//! What is known of the issue, as front matter with the manifest's own keys.

use crate::config::{Briefing, Config, Distribution};
use crate::tree::Proceedings;

/// Front matter between `+++` lines with a blank line behind, or nothing when nothing is known.
pub(super) fn matter(tree: &Proceedings, config: &Config) -> Result<String, toml::ser::Error> {
    let mut table = toml::Table::new();
    let briefing = toml::Table::try_from(briefing(tree))?;
    if !briefing.is_empty() {
        table.insert("briefing".into(), briefing.into());
    }
    if config.distribution != Distribution::default() {
        let mut distribution = toml::Table::try_from(&config.distribution)?;
        distribution.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
        table.insert("distribution".into(), distribution.into());
    }
    if table.is_empty() {
        return Ok(String::new());
    }
    // One line a value: a line of plus signs inside one would end the front matter.
    Ok(format!("+++\n{}+++\n\n", toml::to_string(&table)?))
}

/// Keys the manifest knows; title and event stand in the text.
fn briefing(tree: &Proceedings) -> Briefing {
    let meta = &tree.meta;
    let other = |key: &str| meta.other.get(key).cloned();
    Briefing {
        name: meta.name.clone(),
        number: meta.number.clone(),
        issuer: meta.issuer.clone(),
        date: meta.date.clone(),
        edition: other("edition"),
        revised: other("revised"),
        status: other("status"),
        signer: other("signer"),
        proofreader: other("proofreader"),
        security: other("security"),
        urgency: other("urgency"),
        source: meta.source.clone(),
        published: other("published"),
        author: other("author"),
        editor: other("editor"),
        reviewer: other("reviewer"),
        photographer: other("photographer"),
        ..Briefing::default()
    }
}
