//! The encoding a page names in its first bytes (WHATWG: prescan a byte stream).

/// How far a declaration is looked for; the standard says 1024, old pages have long scripts first.
const REACH: usize = 4096;

/// The label after `charset=` in a `meta`, or after `encoding=` in an XML declaration.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes.iter().take(REACH).map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
    let head = without_comments(&head.to_ascii_lowercase());
    let meta = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head.get(at..)?;
        let tag = tag.get(..tag.find('>').unwrap_or(tag.len()))?;
        label(tag, "charset")
    });
    let declaration = || {
        let tag = head.trim_start().strip_prefix("<?xml")?;
        label(tag.get(..tag.find("?>")?)?, "encoding")
    };
    meta.or_else(declaration)
}

fn without_comments(head: &str) -> String {
    let mut out = String::new();
    let mut rest = head;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out + rest
}

fn label(tag: &str, key: &str) -> Option<String> {
    tag.match_indices(key).find_map(|(at, _)| {
        let value = tag.get(at + key.len()..)?.trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>');
        let value = value.split(end).next().unwrap_or("");
        (!value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn the_usual_ways_to_say_it() {
        let cases = [
            ("<meta charset=\"GBK\">", Some("gbk")),
            ("<META http-equiv=Content-Type content='text/html; charset=gb2312'>", Some("gb2312")),
            ("<?xml version=\"1.0\" encoding=\"Big5\"?><html>", Some("big5")),
            ("<!-- <meta charset=gbk> --><meta charset=utf-8 />", Some("utf-8")),
            ("<meta name=description content=\"charset\">", None),
            ("<p>charset=gbk", None),
            ("<meta charset=", None),
        ];
        for (page, label) in cases {
            assert_eq!(declared(page.as_bytes()).as_deref(), label, "{page}");
        }
    }
}
