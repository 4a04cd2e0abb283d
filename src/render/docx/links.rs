//! Which links may stand in a Word file. A target that is not a sound URI makes Word call the whole
//! file damaged, so doubtful ones are left as text.

/// The target as a URI, or nothing when it had better be plain text.
pub(super) fn target(href: &str) -> Option<String> {
    let href = href.trim();
    let (scheme, rest) = href.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let rest = rest.strip_prefix("//")?;
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at(end);
            is_authority(authority).then(|| format!("{scheme}://{authority}{}", encoded(path)))
        }
        "mailto" => {
            let address = rest.split('?').next().unwrap_or(rest);
            let sound = |part: &str| {
                !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._%+-".contains(c))
            };
            let (user, host) = address.split_once('@')?;
            (sound(user) && sound(host)).then(|| format!("{scheme}:{}", encoded(rest)))
        }
        _ => None,
    }
}

/// `host` or `host:port`, without user names.
fn is_authority(authority: &str) -> bool {
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    let label = |l: &str| {
        let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        l.len() <= 63
            && edge(l.chars().next())
            && edge(l.chars().last())
            && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    host.len() <= 253 && host.split('.').all(label) && port.parse::<u16>().is_ok()
}

/// Everything RFC 3986 does not allow in a path, query or fragment is percent-encoded, a stray `%`
/// and a second `#` included.
fn encoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut fragment = false;
    for (i, b) in bytes.iter().enumerate() {
        let hex = |k: usize| bytes.get(i + k).is_some_and(u8::is_ascii_hexdigit);
        let allowed = match b {
            b'%' => hex(1) && hex(2),
            b'#' => !std::mem::replace(&mut fragment, true),
            b => b.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(b),
        };
        if allowed {
            out.push(char::from(*b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn sound_links() {
        assert_eq!(
            target("https://example.org/甲 乙?x=%zz#a#b").as_deref(),
            Some("https://example.org/%E7%94%B2%20%E4%B9%99?x=%25zz#a%23b")
        );
        assert_eq!(target("mailto:a.b@example.org").as_deref(), Some("mailto:a.b@example.org"));
        assert_eq!(target("http://example.org:8080").as_deref(), Some("http://example.org:8080"));
    }

    #[test]
    fn others_are_text() {
        for href in [
            "javascript:alert(1)",
            "file:///c:/x",
            "x.md",
            "http://",
            "http://[bad",
            "http://a b/",
            "mailto:x",
            "http://u@h/",
            "data:,x",
        ] {
            assert_eq!(target(href), None, "{href}");
        }
    }
}
