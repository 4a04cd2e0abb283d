//! Which destinations become links, and how they are written.

use std::net::Ipv4Addr;

use crate::render::epub::punycode;

/// The destination as a valid URL when it is `http`, `https` or `mailto`; nothing otherwise, and the
/// link is then plain text. Characters a URL cannot hold are percent-encoded.
pub(super) fn destination(href: &str) -> Option<String> {
    let href = href.trim();
    let (scheme, rest) = href.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        web @ ("http" | "https") => {
            let rest = rest.strip_prefix("//")?;
            let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at(at);
            is_authority(authority).then(|| format!("{web}://{authority}{}", encoded(path)))
        }
        "mailto" => {
            let (user, host) = rest.split('?').next()?.split_once('@')?;
            (!user.is_empty() && is_host(host)).then(|| format!("mailto:{}", encoded(rest)))
        }
        _ => None,
    }
}

/// Host and port; a user name before the host is no part of an honest link.
fn is_authority(authority: &str) -> bool {
    match authority.split_once(':') {
        Some((host, port)) => is_host(host) && port.parse::<u16>().is_ok() && !port.starts_with('+'),
        None => is_host(authority),
    }
}

fn is_host(host: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && l.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            && !l.starts_with('-')
            && (!l.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")) || punycode::is_sound(l))
    };
    let labels = || host.strip_suffix('.').unwrap_or(host).split('.');
    // A host whose last label is a number is an IPv4 address (URL Standard, 3.5).
    let numeric = labels().next_back().is_some_and(|l| l.starts_with(|c: char| c.is_numeric()));
    labels().all(label) && (!numeric || host.parse::<Ipv4Addr>().is_ok())
}

fn encoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut fragment = false;
    for (at, c) in text.char_indices() {
        let escape = bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let keep = match c {
            '%' => escape,
            '#' => !std::mem::replace(&mut fragment, true),
            'a'..='z' | 'A'..='Z' | '0'..='9' => true,
            _ if c.is_ascii() => "-._~:/?@!$&'()*+,;=".contains(c),
            _ => c.is_alphanumeric(),
        };
        if keep {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::destination;

    #[test]
    fn web_and_mail_addresses_are_links() {
        for (href, want) in [
            ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
            ("HTTP://example.org", "http://example.org"),
            ("http://例子.中国:8080/路 径", "http://例子.中国:8080/路%20径"),
            ("https://example.org/<\"[x]\\%zz%20", "https://example.org/%3C%22%5Bx%5D%5C%25zz%20"),
            ("http://10.0.0.1/", "http://10.0.0.1/"),
            ("http://www.xn--fiqs8s/甲", "http://www.xn--fiqs8s/甲"),
            ("mailto:a@example.org?subject=x y", "mailto:a@example.org?subject=x%20y"),
        ] {
            assert_eq!(destination(href).as_deref(), Some(want));
        }
    }

    #[test]
    fn everything_else_is_text() {
        for href in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "../a.md",
            "#a",
            "",
            "http://",
            "http:///a",
            "http://a b/",
            "https://[::1",
            "https://user@example.org/",
            "http://a..b/",
            "http://1.2.3.4.5/",
            "http://a:99999/",
            "http://xn--a/",
            "http://www.XN--zzzzzzzzz.cn/",
            "mailto:a@xn--",
            "mailto:",
            "mailto:nobody",
        ] {
            assert_eq!(destination(href), None, "{href}");
        }
    }
}
