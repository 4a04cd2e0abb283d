//! What the book says of itself: Dublin Core and EPUB Accessibility 1.1.

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};

use crate::config::Briefing;
use crate::hash::sha256_hex;
use crate::render::epub::entry::name_of;
use crate::render::epub::model::Book;
use crate::render::epub::pictures::Pictures;
use crate::render::epub::plan::Plan;
use crate::render::epub::xml::{legal, one_line};
use crate::render::{Job, pinyin};
use crate::tree::Proceedings;

/// The moment written when the job has none.
const NO_DATE: &str = "1980-01-01T00:00:00Z";

/// The package's metadata.
pub(super) struct Metadata {
    /// `urn:uuid:…`
    pub(super) identifier: String,
    pub(super) title: String,
    pub(super) language: &'static str,
    modified: String,
    date: Option<String>,
    edition: Option<String>,
    publisher: Option<String>,
    description: Option<String>,
    source: Option<String>,
    subjects: Vec<String>,
    /// Who speaks, and what a person is filed as.
    contributors: Vec<(String, Option<String>)>,
    series: Option<String>,
    position: Option<String>,
    /// The print edition whose pages are marked.
    print: Option<String>,
    pub(super) has_cover: bool,
    has_index: bool,
    has_pictures: bool,
    all_described: bool,
    may_move: bool,
}

impl Metadata {
    /// Gathers it.
    pub(super) fn of(job: &Job<'_>, book: &Book, plan: &Plan, pictures: &Pictures<'_>) -> Self {
        let (tree, briefing) = (job.tree, &job.config.briefing);
        let given = Briefing { date: tree.meta.date.clone(), ..Briefing::default() };
        let date = briefing.moment().or_else(|| given.moment());
        let number = briefing.number.clone().or_else(|| tree.meta.number.clone());
        let number =
            number.map(|n| n.trim().trim_start_matches('第').trim_end_matches('期').trim().to_owned());
        let plain = number.filter(|n| !n.is_empty() && n.len() < 9 && n.bytes().all(|b| b.is_ascii_digit()));
        Self {
            identifier: identifier(book),
            title: one_line(&book.title),
            language: book.language,
            modified: job
                .date
                .map_or_else(|| NO_DATE.to_owned(), |d| d.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            date: date.map(|d| d.format("%Y-%m-%d").to_string()),
            edition: book.edition.clone(),
            publisher: book.issuer.clone(),
            description: book.event.as_deref().map(one_line),
            source: tree.meta.source.as_deref().map(one_line).filter(|s| !s.is_empty()),
            subjects: subjects(tree),
            contributors: contributors(tree),
            series: book.series.clone(),
            position: plain,
            print: job.pages.filter(|_| !plan.pages.is_empty()).map(|pages| print_edition(book, pages.count)),
            has_cover: job.cover.is_some(),
            has_index: plan.has_index,
            has_pictures: !pictures.files.is_empty(),
            all_described: pictures.all_described,
            may_move: pictures.may_move(),
        }
    }

    /// Writes the children of the package's `metadata` element.
    pub(super) fn write(&self, out: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        element(out, "dc:identifier", &[("id", "epub-id-1")], &self.identifier)?;
        element(out, "dc:title", &[("id", "title")], &self.title)?;
        element(out, "dc:language", &[], self.language)?;
        meta(out, "dcterms:modified", None, &self.modified)?;
        let optional = [
            ("dc:date", &self.date),
            ("dc:publisher", &self.publisher),
            ("dc:description", &self.description),
            ("dc:source", &self.source),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                element(out, name, &[], value)?;
            }
        }
        if let Some(edition) = &self.edition {
            meta(out, "schema:bookEdition", None, edition)?;
        }
        if let Some(print) = &self.print {
            // The second is what readers looked for before EPUB Accessibility 1.1.
            meta(out, "pageBreakSource", None, print)?;
            element(out, "dc:source", &[("id", "print")], print)?;
            meta(out, "source-of", Some("#print"), "pagination")?;
        }
        for subject in &self.subjects {
            element(out, "dc:subject", &[], subject)?;
        }
        for (k, (name, file_as)) in self.contributors.iter().enumerate() {
            let id = format!("speaker-{}", k + 1);
            element(out, "dc:contributor", &[("id", &id)], name)?;
            let refines = format!("#{id}");
            let attributes =
                [("refines", refines.as_str()), ("property", "role"), ("scheme", "marc:relators")];
            element(out, "meta", &attributes, "spk")?;
            if let Some(file_as) = file_as {
                meta(out, "file-as", Some(&refines), file_as)?;
            }
        }
        if let Some(series) = &self.series {
            let attributes = [("property", "belongs-to-collection"), ("id", "series")];
            element(out, "meta", &attributes, series)?;
            meta(out, "collection-type", Some("#series"), "series")?;
            if let Some(position) = &self.position {
                meta(out, "group-position", Some("#series"), position)?;
            }
        }
        self.write_accessibility(out)?;
        if self.has_cover {
            // EPUB 2 readers look for it here.
            let attributes = [("name", "cover"), ("content", "cover-image")];
            out.create_element("meta").with_attributes(attributes).write_empty()?;
        }
        Ok(())
    }

    /// EPUB Accessibility 1.1, 3 (discovery) and 4.3 (conformance). Conformance is claimed only where it
    /// can be: every picture has to say what it shows.
    fn write_accessibility(&self, out: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let described = self.has_pictures && self.all_described;
        if self.all_described {
            let attributes = [("property", "dcterms:conformsTo"), ("id", "conformance")];
            element(out, "meta", &attributes, "EPUB Accessibility 1.1 - WCAG 2.1 Level AA")?;
            meta(out, "a11y:certifiedBy", Some("#conformance"), "jianbao")?;
        }
        meta(out, "schema:accessMode", None, "textual")?;
        if self.has_pictures {
            meta(out, "schema:accessMode", None, "visual")?;
            meta(out, "schema:accessModeSufficient", None, "textual,visual")?;
        }
        if self.all_described {
            meta(out, "schema:accessModeSufficient", None, "textual")?;
        }
        let features = [
            ("alternativeText", described || self.has_cover && !self.has_pictures),
            ("displayTransformability", true),
            ("index", self.has_index),
            ("pageBreakMarkers", self.print.is_some()),
            ("pageNavigation", self.print.is_some()),
            ("readingOrder", true),
            ("structuralNavigation", true),
            ("tableOfContents", true),
        ];
        for (feature, _) in features.iter().filter(|(_, has)| *has) {
            meta(out, "schema:accessibilityFeature", None, feature)?;
        }
        meta(out, "schema:accessibilityHazard", None, if self.may_move { "unknown" } else { "none" })?;
        meta(out, "schema:accessibilitySummary", None, &self.summary())
    }

    fn summary(&self) -> String {
        let index = if self.has_index { "和发言人索引" } else { "" };
        let pictures = match (self.has_pictures, self.all_described) {
            (false, _) if self.has_cover => "封面以外全书为文字，没有图片。",
            (false, _) => "全书为文字，没有图片。",
            (true, true) => "图片都有文字说明。",
            (true, false) => "部分图片没有文字说明。",
        };
        let pages =
            if self.print.is_some() { "标有印刷版的页码，可按页码跳转。" } else { "" };
        format!("各篇标题层次完整，可按目录{index}跳转；字体、字号和颜色由阅读器决定。{pages}{pictures}")
    }
}

/// What the print edition is called: the book's name, the briefing's and its number, and how many pages it
/// has, by which one tells it from another.
fn print_edition(book: &Book, count: usize) -> String {
    let issue: Vec<&str> = [&book.series, &book.number].into_iter().flatten().map(String::as_str).collect();
    let issue = if issue.is_empty() { String::new() } else { format!("{}，", issue.join("")) };
    format!("{}（{issue}印刷版 PDF，共{count}页）", one_line(&book.title))
}

/// A UUID of version 8 (RFC 9562, 5.8) made of the SHA-256 of what names the publication: briefing,
/// number, issuer, date, title and event, each ended by a zero byte. Mending a speech does not change
/// it, so that readers take the new file for the same book.
fn identifier(book: &Book) -> String {
    let parts =
        [&book.series, &book.number, &book.issuer, &book.date, &Some(book.title.clone()), &book.event];
    let mut name = Vec::from(*b"jianbao epub\0");
    for part in parts {
        name.extend(part.as_deref().unwrap_or_default().as_bytes());
        name.push(0);
    }
    let hash = sha256_hex(&name);
    // The variant's two bits leave two of the nibble's own.
    let variant = match hash.as_bytes()[16] {
        b'0'..=b'3' => '8',
        b'4'..=b'7' => '9',
        b'8' | b'9' | b'a' | b'b' => 'a',
        _ => 'b',
    };
    let (a, b, c, d, e) = (&hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32]);
    format!("urn:uuid:{a}-{b}-8{c}-{variant}{d}-{e}")
}

/// The parties and bodies that speak, and the topics speeches are grouped by. A part that says how its speeches were
/// given (大会发言, 书面发言) is no topic.
fn subjects(tree: &Proceedings) -> Vec<String> {
    let speakers = || tree.speeches.iter().flat_map(|s| &s.speakers);
    let parties: std::collections::BTreeSet<_> = speakers().filter_map(|s| s.party).collect();
    let mut out: Vec<String> = parties.into_iter().map(|p| p.short().to_owned()).collect();
    let affiliations = speakers().filter_map(|s| s.affiliation.as_deref()).map(one_line);
    let topics = tree.parts.iter().map(|p| one_line(&p.title)).filter(|t| !t.ends_with("发言"));
    for subject in affiliations.chain(topics) {
        if !subject.is_empty() && !out.contains(&subject) {
            out.push(subject);
        }
    }
    out
}

fn contributors(tree: &Proceedings) -> Vec<(String, Option<String>)> {
    let mut seen = std::collections::BTreeSet::new();
    let all = tree.speeches.iter().flat_map(|s| &s.speakers).map(|s| {
        // An organisation's name is no name to be parted in surname and given name.
        let file_as = if s.name.is_empty() { None } else { pinyin::name(&s.name) };
        (one_line(name_of(s)), file_as)
    });
    all.filter(|(name, _)| !name.is_empty() && seen.insert(name.clone())).collect()
}

fn meta(
    out: &mut Writer<Vec<u8>>,
    property: &str,
    refines: Option<&str>,
    value: &str,
) -> std::io::Result<()> {
    let refines = refines.map(|target| ("refines", target));
    let attributes: Vec<(&str, &str)> = refines.into_iter().chain([("property", property)]).collect();
    element(out, "meta", &attributes, value)
}

/// An element with text.
pub(super) fn element(
    out: &mut Writer<Vec<u8>>,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
) -> std::io::Result<()> {
    let text = legal(text);
    out.create_element(name)
        .with_attributes(attributes.iter().copied())
        .write_text_content(BytesText::new(&text))?;
    // One element a line, for people who open the file.
    out.write_event(Event::Text(BytesText::new("\n")))
}
