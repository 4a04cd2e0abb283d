//! A little e-book made by hand for the tests of the rules, right in everything until a test changes it.

use std::collections::BTreeMap;

use crate::tree::{Block, Heading, Inline, Proceedings, Speaker, Speech, assign_ids};
use crate::verify::epub::{Files, read};
use crate::verify::package::Mimetype;
use crate::verify::{Ebook, Measure, Measured, PackageError, Rule};

/// Files by name, and the tree they are of.
#[derive(Clone)]
pub(super) struct Book {
    files: BTreeMap<String, String>,
    pub(super) mimetype: Mimetype,
    pub(super) tree: Proceedings,
}

const PAGE: &str = "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" \
    xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"zh-CN\" xml:lang=\"zh-CN\">\n<head><title>甲</title>\
    <link rel=\"stylesheet\" href=\"style.css\"/></head>\n<body>\n@\n</body>\n</html>";

const OPF: &str = "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\">\n\
    <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:language>zh-CN</dc:language></metadata>\n<manifest>\n\
    <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
    <item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>\n\
    <item id=\"css\" href=\"style.css\" media-type=\"text/css\"/>\n\
    <item id=\"png\" href=\"a.png\" media-type=\"image/png\"/>\n\
    <item id=\"t\" href=\"title.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
    <item id=\"s1\" href=\"s01.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
    <item id=\"s2\" href=\"s02.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
    <item id=\"i\" href=\"index.xhtml\" media-type=\"application/xhtml+xml\"/>\n</manifest>\n\
    <spine toc=\"ncx\"><itemref idref=\"t\"/><itemref idref=\"nav\"/><itemref idref=\"s1\"/><itemref idref=\"s2\"/>\
    <itemref idref=\"i\"/></spine>\n</package>";

const NAV: &str = "<nav epub:type=\"toc\"><h1>目录</h1><ol>\n\
    <li><a href=\"s01.xhtml\">修好 老街 <span>沈怀瑾</span></a></li>\n\
    <li><a href=\"s02.xhtml\">办好食堂 <span>陆一</span></a></li>\n\
    <li><a href=\"index.xhtml\">发言人索引</a></li>\n</ol></nav>\n\
    <nav epub:type=\"landmarks\" hidden=\"hidden\"><ol><li><a epub:type=\"titlepage\" href=\"title.xhtml\">书名页</a></li>\
    </ol></nav>\n\
    <nav epub:type=\"page-list\" hidden=\"hidden\"><ol><li><a href=\"s01.xhtml#page-1\">1</a></li>\
    <li><a href=\"s02.xhtml#page-2\">2</a></li></ol></nav>";

const NCX: &str = "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\"><head/>\
    <docTitle><text>老城</text></docTitle>\n<navMap>\n\
    <navPoint id=\"n1\"><navLabel><text>修好 老街</text></navLabel><content src=\"s01.xhtml\"/></navPoint>\n\
    <navPoint id=\"n2\"><navLabel><text>办好食堂</text></navLabel><content src=\"s02.xhtml\"/></navPoint>\n\
    </navMap>\n<pageList>\
    <pageTarget id=\"p1\" value=\"1\"><navLabel><text>1</text></navLabel><content src=\"s01.xhtml#page-1\"/></pageTarget>\
    <pageTarget id=\"p2\" value=\"2\"><navLabel><text>2</text></navLabel><content src=\"s02.xhtml#page-2\"/></pageTarget>\
    </pageList></ncx>";

const FIRST: &str = "<section><h1>修好 老街</h1>\n<p class=\"speaker\">沈怀瑾 <span>市政协委员</span></p>\n\
    <p><span id=\"page-1\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" aria-label=\"1\"/>先把电线理顺，再谈灯光\
    <a id=\"r1\" href=\"#n1\" epub:type=\"noteref\" role=\"doc-noteref\">1</a>。</p>\n\
    <figure><img src=\"a.png\" alt=\"一条老街\"/></figure>\n\
    <section epub:type=\"endnotes\"><ol><li id=\"n1\" epub:type=\"endnote\">\
    <a href=\"#r1\" role=\"doc-backlink\">1</a><div><p>见街道规划。</p></div></li></ol></section></section>";

const SECOND: &str = "<section><h1>办好食堂</h1>\n<p class=\"speaker\">陆一</p>\n\
    <p><span id=\"page-2\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" aria-label=\"2\"/>老人吃得好，<br/>一家都放心。</p>\
    </section>";

const INDEX: &str = "<section epub:type=\"index\" role=\"doc-index\"><h1>发言人索引</h1><ul>\n\
    <li><span>陆一</span> <a href=\"s02.xhtml\">办好食堂</a></li>\n\
    <li><span>沈怀瑾</span> <a href=\"s01.xhtml\">修好 老街</a></li>\n</ul></section>";

const STYLE: &str = "p { text-indent: 2em }\nh1 { font-family: title, serif }\n.rare { font-family: rare }\n\
    @font-face { font-family: rare; src: url(a.woff2) }\na { color: inherit }\n";

impl Book {
    pub(super) fn new() -> Self {
        let page = |body: &str| PAGE.replace('@', body);
        let container = "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
            <rootfile full-path=\"OEBPS/content.opf\"/></rootfiles></container>";
        let files = [
            ("META-INF/container.xml", container.to_owned()),
            ("OEBPS/content.opf", OPF.to_owned()),
            ("OEBPS/nav.xhtml", page(NAV)),
            ("OEBPS/toc.ncx", NCX.to_owned()),
            ("OEBPS/style.css", STYLE.to_owned()),
            ("OEBPS/a.png", String::new()),
            ("OEBPS/title.xhtml", page("<p class=\"series\">简报 第7期</p><h1>老城</h1>")),
            ("OEBPS/s01.xhtml", page(FIRST)),
            ("OEBPS/s02.xhtml", page(SECOND)),
            ("OEBPS/index.xhtml", page(INDEX)),
            ("mimetype", String::new()),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text)).into();
        Self { files, mimetype: Mimetype::Right, tree: tree() }
    }

    /// The book with another text in one of its files.
    pub(super) fn with(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = self.files.get_mut(&format!("OEBPS/{file}")).unwrap();
        assert!(text.contains(from), "{file} holds no {from}");
        *text = text.replacen(from, to, 1);
        self
    }

    /// The book with one more file.
    pub(super) fn plus(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }

    pub(super) fn measure(&self, rule: &Rule) -> Measured {
        let epub = read(self).unwrap();
        let subject = Ebook::new(&epub, &self.tree);
        match rule.measure {
            Measure::Ebook(measure) => measure(&subject),
            _ => panic!("{} is not for e-books", rule.name),
        }
    }

    /// The ids of what a rule finds, each with the file it is in.
    pub(super) fn finds(&self, rule: &Rule) -> Vec<(&'static str, String)> {
        let file = |f: &crate::verify::Finding| {
            let part = f.place.as_ref().map_or("", |p| p.part.as_str());
            part.trim_start_matches("OEBPS/").to_owned()
        };
        self.measure(rule).findings.iter().map(|f| (f.say.id, file(f))).collect()
    }
}

impl Files for Book {
    fn names(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    fn text(&self, name: &str) -> Result<Option<String>, PackageError> {
        Ok(self.files.get(name).cloned())
    }

    fn mimetype(&self) -> Mimetype {
        self.mimetype
    }
}

fn tree() -> Proceedings {
    let speech = |clauses: &[&str], name: &str, roles: &str, words: Vec<Block>| {
        let mut speech = Speech::new(Heading::of_clauses(clauses.iter().map(|c| (*c).to_owned()).collect()));
        let mut speaker = Speaker::named(name);
        roles.clone_into(&mut speaker.title);
        speech.speakers.push(speaker);
        speech.body = words;
        speech
    };
    let paragraph = |text: &str| Block::paragraph(vec![Inline::text(text)], None);
    let note = crate::tree::BlockKind::Note(crate::tree::Note::new("1", vec![paragraph("见街道规划。")]));
    let first = vec![paragraph("先把电线理顺，再谈灯光。"), Block::new(note, None)];
    let mut tree = Proceedings { title: "老城".to_owned(), ..Proceedings::default() };
    tree.speeches.push(speech(&["修好", "老街"], "沈怀瑾", "市政协委员", first));
    let second = vec![Inline::text("老人吃得好，"), Inline::Break, Inline::text("一家都放心。")];
    tree.speeches.push(speech(&["办好食堂"], "陆一", "", vec![Block::paragraph(second, None)]));
    assign_ids(&mut tree);
    tree
}
