//! Names of elements and attributes that reading a page asks for.

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

/// The name as it is compared here; empty for a name nobody asks for, which is read as a run of
/// text would be.
pub(super) fn known(name: &[u8]) -> &'static str {
    let all = NAMES.iter().flat_map(|(_, names)| names.iter());
    all.copied().find(|n| n.as_bytes() == name).unwrap_or("")
}

/// How the element `name` behaves.
pub(super) fn kind(name: &str) -> Kind {
    let found = NAMES.iter().find(|(_, names)| names.contains(&name));
    found.map_or(Kind::Inline, |(kind, _)| *kind)
}

/// The attribute's name, when it is asked for.
pub(super) fn attribute(name: &[u8]) -> Option<&'static str> {
    ATTRIBUTES.iter().copied().find(|n| n.as_bytes() == name)
}
