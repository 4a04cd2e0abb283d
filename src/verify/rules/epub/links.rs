//! Every link inside the book leads to a file that is there and a place in it that is there, and nothing the
//! pages show is fetched from elsewhere.

use crate::messages::Say;
use crate::verify::epub::{Document, resolved};
use crate::verify::flow::Place;
use crate::verify::rules::{grouped, short};
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/links",
    source: "EPUB 3.3, 3.6 (publication resource locations); RFC 3986, 4.2",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let epub = subject.epub;
    let (mut links, mut findings) = (0, Vec::new());
    for name in &epub.missing {
        let say = Say::new("verify-file-missing").with("name", short(name));
        findings.push(Finding::of(say).in_file(Some(Place::part(&epub.opf.path))));
    }
    for document in epub.documents.iter().chain(&epub.ncx) {
        for (line, href, is_shown) in links_of(document) {
            links += 1;
            let id = match resolved(&document.path, href) {
                None if is_shown && !href.trim_start().starts_with("data:") => "verify-link-remote",
                _ if subject.leads(&document.path, href) => continue,
                _ => "verify-link-dead",
            };
            let say = Say { id, args: Vec::new() }.with("href", href.chars().take(80).collect::<String>());
            findings.push(Finding::of(say).in_file(Some(Place::line(&document.path, line))));
        }
    }
    let right = links - findings.len().min(links);
    let figure = Say::new("verify-links-figure").with("right", grouped(right)).with("links", grouped(links));
    Measured::of(figure, findings)
}

/// Links and what is shown: line, address, and whether the page shows what is there.
fn links_of(document: &Document) -> impl Iterator<Item = (usize, &str, bool)> {
    document.xml.nodes.iter().filter_map(|node| {
        let (attribute, is_shown) = match node.name() {
            "a" | "area" => ("href", false),
            "link" => ("href", true),
            "content" => ("src", false),
            "img" | "script" | "source" | "audio" | "video" | "iframe" | "embed" => ("src", true),
            "svg:image" => ("?:href", true),
            _ => return None,
        };
        Some((node.line, node.attribute(attribute)?, is_shown))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn links_to_nothing() {
        let finds = |file: &str, from: &str, to: &str| Book::new().with(file, from, to).finds(&RULE);
        let told = |id, file: &str| vec![(id, file.to_owned())];
        let dead = "verify-link-dead";
        assert_eq!(finds("s01.xhtml", "href=\"#n1\"", "href=\"#n2\""), told(dead, "s01.xhtml"));
        assert_eq!(finds("nav.xhtml", "s02.xhtml#page-2", "s02.xhtml#page-3"), told(dead, "nav.xhtml"));
        assert_eq!(
            finds("index.xhtml", "href=\"s02.xhtml\"", "href=\"s03.xhtml\""),
            told(dead, "index.xhtml")
        );
        assert_eq!(finds("toc.ncx", "src=\"s02.xhtml\"", "src=\"s03.xhtml\""), told(dead, "toc.ncx"));
        assert_eq!(finds("s01.xhtml", "src=\"a.png\"", "src=\"b.png\""), told(dead, "s01.xhtml"));
        let remote = finds("s01.xhtml", "src=\"a.png\"", "src=\"https://example.org/a.png\"");
        assert_eq!(remote, told("verify-link-remote", "s01.xhtml"));
        assert_eq!(finds("content.opf", "a.png", "b.png"), told("verify-file-missing", "content.opf"));
        assert_eq!(finds("s01.xhtml", "href=\"#n1\"", "href=\"https://example.org/\""), []);
    }
}
