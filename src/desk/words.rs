//! The words of the page: sentences of the catalog that `web/` shows by their ids.

use crate::messages::{Arg, Say};

/// Every id that the page uses.
pub(super) static WORDS: &[&str] = &[
    "desk-name",
    "desk-skip",
    "desk-views",
    "desk-tab-write",
    "desk-tab-set",
    "desk-tab-take",
    "desk-tab-merge",
    "desk-parts",
    "desk-part-outline",
    "desk-part-text",
    "desk-part-pages",
    "desk-close",
    "desk-cancel",
    "desk-working",
    "desk-yes",
    "desk-no",
    "desk-unreachable",
    "desk-saved",
    "desk-saved-utf8",
    "desk-saving",
    "desk-taken-from-disk",
    "desk-put-together",
    "desk-two-texts",
    "desk-take-mine",
    "desk-take-theirs",
    "desk-take-both",
    "desk-two-texts-hint",
    "desk-no-file",
    "desk-files",
    "desk-folder",
    "desk-folder-empty",
    "desk-reads-in",
    "desk-drop",
    "desk-choose",
    "desk-new",
    "desk-new-label",
    "desk-new-name",
    "desk-paste",
    "desk-new-make",
    "desk-outline",
    "desk-source",
    "desk-source-text",
    "desk-undo",
    "desk-redo",
    "desk-find",
    "desk-find-next",
    "desk-find-previous",
    "desk-find-all",
    "desk-find-case",
    "desk-find-regexp",
    "desk-find-word",
    "desk-replace",
    "desk-replace-one",
    "desk-replace-all",
    "desk-standard",
    "desk-standard-none",
    "desk-standard-count",
    "desk-standard-make",
    "desk-history",
    "desk-history-hint",
    "desk-restore",
    "desk-ago-now",
    "desk-ago-minutes",
    "desk-ago-hours",
    "desk-ago-days",
    "desk-why-open",
    "desk-why-edit",
    "desk-why-merge",
    "desk-why-restore",
    "desk-findings",
    "desk-findings-count",
    "desk-findings-none",
    "desk-findings-more",
    "desk-fix",
    "desk-fix-all",
    "desk-why",
    "desk-error",
    "desk-warning",
    "desk-info",
    "desk-line",
    "desk-pages",
    "desk-page",
    "desk-pages-settled",
    "desk-pages-draft",
    "desk-view-mode",
    "desk-view-single",
    "desk-view-spread",
    "desk-view-booklet",
    "desk-view-ebook",
    "desk-zoom-in",
    "desk-zoom-out",
    "desk-zoom-fit",
    "desk-set-hint",
    "desk-set-default",
    "desk-set-list-hint",
    "desk-take-books",
    "desk-take-pdf",
    "desk-take-epub",
    "desk-take-docx",
    "desk-take-booklet",
    "desk-take-press",
    "desk-take-make",
    "desk-take-part",
    "desk-take-part-hint",
    "desk-take-part-speeches",
    "desk-take-part-people",
    "desk-take-part-party",
    "desk-take-part-to",
    "desk-take-part-split",
    "desk-take-excerpt",
    "desk-take-progress",
    "desk-take-stop",
    "desk-take-stopped",
    "desk-take-done",
    "desk-take-zip",
    "desk-stage-read",
    "desk-stage-make",
    "desk-stage-write",
    "desk-stage-verify",
    "desk-stage-impose",
    "desk-proof",
    "desk-proof-table",
    "desk-proof-ok",
    "desk-proof-rule",
    "desk-proof-figure",
    "desk-merge-hint",
    "desk-merge-drop",
    "desk-merge-choose",
    "desk-merge-remove",
    "desk-merge-totals",
    "desk-merge-missing",
    "desk-merge-open",
    "desk-merge-apply",
    "desk-merge-conflict",
    "desk-merge-own",
    "desk-merge-empty",
    "desk-merge-comments",
    "desk-merge-done",
];

/// What the page itself fills in.
static FILLED: &[&str] = &[
    "conflict",
    "count",
    "file",
    "format",
    "found",
    "good",
    "identical",
    "line",
    "merged",
    "name",
    "names",
    "number",
    "reported",
];

/// A word with its data left open: `{count}` stands where a count comes.
pub(super) fn open(id: &'static str) -> Say {
    Say { id, args: FILLED.iter().map(|name| (*name, Arg::Text(format!("{{{name}}}")))).collect() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The page's words are those of the list, no more and no less.
    #[test]
    fn the_page_says_what_is_listed() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src");
        let mut said: BTreeSet<String> = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "ts") {
                let text = std::fs::read_to_string(path).unwrap();
                said.extend(text.split('"').filter(|w| w.starts_with("desk-")).map(str::to_owned));
            }
        }
        said.extend(["write", "set", "take", "merge"].map(|v| format!("desk-tab-{v}")));
        said.extend(["outline", "text", "pages"].map(|v| format!("desk-part-{v}")));
        assert_eq!(said, WORDS.iter().map(|w| (*w).to_owned()).collect());
    }

    #[test]
    fn data_is_left_open() {
        let catalog = crate::messages::Catalog::new(crate::messages::Lang::En);
        assert_eq!(catalog.say(&open("desk-line")), "Line {line}");
    }
}
