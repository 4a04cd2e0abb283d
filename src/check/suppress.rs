//! Findings that a comment in the source says are meant: `<!-- jianbao: ignore RULE reason -->`.
//!
//! The comment stands on a line before a block, or at the end of a line of it, and counts for that
//! block; `ignore-file` counts for the file. Several rules are parted by commas. Without a reason it
//! does not count.

use std::ops::Range;

use crate::check::{Finding, Passage, Subject, choice};
use crate::tree::Span;

/// A comment that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suppression {
    /// The comment's own bytes.
    pub(super) span: Span,
    /// Names of rules or groups.
    pub(super) rules: Vec<String>,
    /// Why.
    pub(super) reason: String,
    /// The bytes it counts for; none for the whole file.
    scope: Option<Range<usize>>,
}

impl Suppression {
    /// Whether it is complete: a reason, and rules that exist.
    pub(super) fn is_valid(&self) -> bool {
        !self.reason.is_empty() && !self.rules.is_empty() && self.unknown().is_none()
    }

    /// A name that no rule has, with the nearest that one has.
    pub(super) fn unknown(&self) -> Option<(&str, Option<&'static str>)> {
        self.rules.iter().find_map(|name| Some((name.as_str(), choice::known(name).err()?)))
    }

    fn covers(&self, finding: &Finding) -> bool {
        let here = match (&self.scope, finding.span) {
            (None, None) => true,
            (Some(_), None) => false,
            (None, Some(span)) => span.file == self.span.file,
            (Some(scope), Some(span)) => {
                span.file == self.span.file
                    && span.start < scope.end
                    && scope.start < span.end.max(span.start + 1)
            }
        };
        here && self.rules.iter().any(|name| choice::means(name, finding.rule))
    }
}

/// The comments of all sources, in order. A file whose words such a comment would be has none.
pub(super) fn find(subject: &Subject<'_>) -> Vec<Suppression> {
    let mut found = Vec::new();
    for text in subject.texts.iter().filter(|t| t.is_own) {
        let mut from = 0;
        let mut line = 1;
        let mut counted = 0;
        while let Some(start) = text.text[from..].find("<!--").map(|k| from + k) {
            // `<!-->` is no comment that ends.
            let inside = start + "<!--".len();
            let Some(end) = text.text[inside..].find("-->").map(|k| inside + k + 3) else { break };
            from = end;
            let Some((whole_file, rules, reason)) = parse(&text.text[inside..end - 3]) else { continue };
            line += text.text[counted..start].matches('\n').count();
            counted = start;
            let span = Span::new(text.file, start, end, line);
            let passages =
                || subject.passages.iter().filter(|p| p.extent().is_some_and(|e| e.file == text.file));
            if passages().any(|p| p.touches(span)) {
                continue;
            }
            let scope = (!whole_file).then(|| scope(text.text, span, &subject.passages));
            found.push(Suppression { span, rules, reason, scope });
        }
    }
    found
}

/// What stands inside the comment, when it speaks to us: whether it is for the file, rules, reason.
fn parse(inside: &str) -> Option<(bool, Vec<String>, String)> {
    let rest = inside.trim().strip_prefix("jianbao")?.trim_start();
    let rest = rest.strip_prefix([':', '：'])?.trim_start();
    let words = [("ignore-file", true), ("全文忽略", true), ("ignore", false), ("忽略", false)];
    let (rest, whole_file) = words.iter().find_map(|(word, file)| Some((rest.strip_prefix(word)?, *file)))?;
    let mut rest = rest.trim_start();
    let mut rules = Vec::new();
    loop {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_');
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        if name.is_empty() {
            break;
        }
        rules.push(name.to_owned());
        let after = rest[name.len()..].trim_start();
        match after.strip_prefix([',', '，', '、']) {
            Some(next) => rest = next.trim_start(),
            None => {
                rest = after;
                break;
            }
        }
    }
    let is_dash = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '—');
    Some((whole_file, rules, rest.trim_matches(is_dash).to_owned()))
}

/// The bytes of the block that holds a comment, ends on its line, or follows it.
fn scope(text: &str, comment: Span, passages: &[Passage]) -> Range<usize> {
    let line_start = text[..comment.start].rfind('\n').map_or(0, |k| k + 1);
    let extents =
        || passages.iter().filter_map(|p| Some((p, p.extent().filter(|e| e.file == comment.file)?)));
    let holding = extents().find(|(_, e)| e.start < comment.start && e.end > line_start);
    let following = || extents().filter(|(_, e)| e.start >= comment.end).min_by_key(|(_, e)| e.start);
    let Some((passage, _)) = holding.or_else(following) else { return comment.start..comment.end };
    // The cells of a table belong to one node.
    let same = extents().filter(|(p, _)| p.node == passage.node).map(|(_, e)| e);
    let block = same.reduce(Span::to).unwrap_or(comment).to(comment);
    block.start..block.end
}

/// Takes the findings away that comments cover, and tells which comments covered one.
pub(super) fn apply(suppressions: &[Suppression], findings: &mut Vec<Finding>) -> Vec<bool> {
    let mut used = vec![false; suppressions.len()];
    findings.retain(|finding| {
        let mut kept = true;
        for (suppression, used) in suppressions.iter().zip(&mut used) {
            if suppression.is_valid() && suppression.covers(finding) {
                (*used, kept) = (true, false);
            }
        }
        kept
    });
    used
}
