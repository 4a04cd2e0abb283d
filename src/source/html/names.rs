//! Names of elements and attributes that reading a page asks for.

use std::sync::LazyLock;

/// How an element behaves in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Holds nothing.
    Void,
    /// Stands in a line of text.
    Inline,
    /// Begins and ends a line of text.
    Block,
    /// A part of a table or list that ends with its like.
    Part,
    /// Not for readers: scripts, forms' fields, what other programs show.
    Unread,
}

const NAMES: &[(Kind, &[&str])] = &[
    (
        Kind::Void,
        &[
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
            "track", "wbr",
        ],
    ),
    (
        Kind::Inline,
        &[
            "a", "abbr", "b", "big", "code", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup",
            "u", "",
        ],
    ),
    (
        Kind::Block,
        &[
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "details",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "head",
            "header",
            "hgroup",
            "html",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "ul",
        ],
    ),
    (Kind::Part, &["caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"]),
    (
        Kind::Unread,
        &[
            "audio", "button", "canvas", "datalist", "iframe", "noscript", "object", "optgroup", "option",
            "script", "select", "style", "svg", "template", "textarea", "title", "video",
        ],
    ),
];

const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "aria-hidden",
    "class",
    "colspan",
    "content",
    "data-src",
    "face",
    "height",
    "hidden",
    "href",
    "id",
    "itemprop",
    "name",
    "role",
    "rowspan",
    "size",
    "src",
    "start",
    "style",
    "title",
    "width",
];

/// All names in order, so that one is found quickly.
static SORTED: LazyLock<Vec<(&'static str, Kind)>> = LazyLock::new(|| {
    let all = NAMES.iter().flat_map(|(kind, names)| names.iter().map(|name| (*name, *kind)));
    let mut sorted: Vec<(&'static str, Kind)> = all.collect();
    sorted.sort_unstable_by_key(|(name, _)| *name);
    sorted
});

fn find(name: &[u8]) -> Option<(&'static str, Kind)> {
    let at = SORTED.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok()?;
    SORTED.get(at).copied()
}

/// The name as it is compared here; empty for a name nobody asks for, which is read as a run of
/// text would be.
pub(super) fn known(name: &[u8]) -> &'static str {
    find(name).map_or("", |(name, _)| name)
}

/// How the element `name` behaves.
pub(super) fn kind(name: &str) -> Kind {
    find(name.as_bytes()).map_or(Kind::Inline, |(_, kind)| kind)
}

/// The attribute's name, when it is asked for.
pub(super) fn attribute(name: &[u8]) -> Option<&'static str> {
    ATTRIBUTES.iter().copied().find(|n| n.as_bytes() == name)
}
