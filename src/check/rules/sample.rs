//! A small clean book around a paragraph, and tables of what must and must not be found in it.

use crate::check::Rule;
use crate::check::rules::testing::{findings, found};

/// A book whose one speech says `text`.
pub(in crate::check::rules) fn book(text: &str) -> String {
    format!("# 让老街亮起来\n\n### 修好百年老街 留住街坊邻里\n\n沈怀瑾 市政协委员，民盟市委委员\n\n{text}\n")
}

/// Holds a rule to its table: each text of `fires` with the one slice found in it, and none in `silent`.
pub(in crate::check::rules) fn holds(rule: &Rule, fires: &[(&str, &str)], silent: &[&str]) {
    let mut wrong = Vec::new();
    for (text, slice) in fires {
        let found = found(rule, &book(text));
        if found != [*slice] {
            wrong.push(format!("{text}: {found:?}, not {slice:?}"));
        }
    }
    for text in silent {
        let found = found(rule, &book(text));
        if !found.is_empty() {
            wrong.push(format!("{text}: {found:?}, not silent"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", rule.name, wrong.join("\n"));
}

/// A paragraph after all fixes of a rule, which must be marked as `safe` says.
pub(in crate::check::rules) fn mended(rule: &Rule, text: &str, safe: bool) -> String {
    let source = book(text);
    let mut out = source.clone();
    let fixes: Vec<_> = findings(rule, &source).into_iter().filter_map(|f| f.fix).collect();
    assert!(!fixes.is_empty(), "{}: no fix in {text}", rule.name);
    for fix in fixes.iter().rev() {
        assert_eq!(fix.safe, safe, "{}: {text}", rule.name);
        for part in fix.replacements.iter().rev() {
            out.replace_range(part.span.start..part.span.end, &part.after);
        }
    }
    let head = book("");
    out[head.trim_end().len()..].trim().to_owned()
}
