//! An e-book opens right wherever it is opened: its landmarks, lists and languages are what readers and screen
//! readers go by, and everything in it is said once, in order.

use std::collections::BTreeMap;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::support::{Folder, build, built, fixture, judge, pandoc_text, sources, squeezed, tree_of};

/// An element: its name, its attributes, and the text in it.
#[derive(Debug, Clone, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    depth: usize,
}

impl Element {
    fn of(tag: &BytesStart<'_>, depth: usize) -> Self {
        let attributes = tag.attributes().map(|a| {
            let a = a.unwrap();
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            (text(a.key.as_ref()), unescape(&text(&a.value)).unwrap().into_owned())
        });
        let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
        Self { name, attributes: attributes.collect(), text: String::new(), depth }
    }

    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// The elements of a document in the order they begin.
fn elements(document: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(document);
    let (mut found, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                found.push(Element::of(&tag, open.len()));
                open.push(found.len() - 1);
            }
            Event::Empty(tag) => found.push(Element::of(&tag, open.len())),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                let text = text.decode().unwrap();
                open.iter().for_each(|k| found[*k].text.push_str(&text));
            }
            Event::GeneralRef(name) => {
                let text = unescape(&format!("&{};", name.decode().unwrap())).unwrap().into_owned();
                open.iter().for_each(|k| found[*k].text.push_str(&text));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The text files of a book by their names in its folder.
fn files(book: &Path) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(book).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    let is_text = |n: &str| [".xhtml", ".opf", ".ncx", ".css"].iter().any(|e| n.ends_with(e));
    let texts = names.into_iter().filter(|n| is_text(n)).map(|name| {
        let text = std::io::read_to_string(zip.by_name(&name).unwrap()).unwrap();
        (name.trim_start_matches("OEBPS/").to_owned(), text)
    });
    texts.collect()
}

/// The elements inside the nav of a kind.
fn nav(files: &BTreeMap<String, String>, kind: &str) -> Vec<Element> {
    let all = elements(&files["nav.xhtml"]);
    let at = all.iter().position(|e| e.name == "nav" && e.get("epub:type") == kind).unwrap_or(all.len());
    let depth = all.get(at).map_or(0, |e| e.depth);
    all.into_iter().skip(at + 1).take_while(|e| e.depth > depth).collect()
}

fn links(of: &[Element]) -> Vec<(String, String)> {
    let links = of.iter().filter(|e| e.name == "a");
    links.map(|e| (e.get("href").to_owned(), e.text.trim().to_owned())).collect()
}

#[test]
fn landmarks_lead_to_what_they_are_called() {
    for source in sources() {
        let files = files(&built(&build(&source, "epub"), "epub"));
        let marks = nav(&files, "landmarks");
        let marks: BTreeMap<&str, &str> =
            marks.iter().filter(|e| e.name == "a").map(|e| (e.get("epub:type"), e.get("href"))).collect();
        let kinds: Vec<&str> = marks.keys().copied().collect();
        assert_eq!(kinds, ["bodymatter", "cover", "index", "titlepage", "toc"], "{}", source.display());
        let holds = |kind: &str, has: &dyn Fn(&Element) -> bool| {
            let document = &files[marks[kind]];
            assert!(elements(document).iter().any(has), "{kind}: {document}");
        };
        holds("cover", &|e| e.name == "img" && e.get("role") == "doc-cover");
        holds("titlepage", &|e| e.name == "section" && e.get("class") == "titlepage");
        holds("toc", &|e| e.name == "nav" && e.get("epub:type") == "toc" && e.get("role") == "doc-toc");
        holds("index", &|e| e.get("epub:type") == "index" && e.get("role") == "doc-index");
        holds("bodymatter", &|e| ["chapter", "part"].contains(&e.get("epub:type")));
        // The body begins with the first speech, or the part over it.
        let opf = elements(&files["content.opf"]);
        let href = |id: &str| {
            let item = opf.iter().find(|e| e.name == "item" && e.get("id") == id).unwrap();
            item.get("href").to_owned()
        };
        let spine = opf.iter().filter(|e| e.name == "itemref").map(|e| href(e.get("idref")));
        let front = ["cover.xhtml", "title.xhtml", "nav.xhtml", "lede.xhtml"];
        let first = spine.into_iter().find(|f| !front.contains(&f.as_str())).unwrap();
        assert_eq!(marks["bodymatter"], first);
    }
}

#[test]
fn contents_have_two_levels_at_most_and_lists_say_the_same() {
    for source in sources() {
        let files = files(&built(&build(&source, "pdf,epub"), "epub"));
        let toc = nav(&files, "toc");
        let deepest = |name: &str, of: &[Element]| {
            let depths = of.iter().filter(|e| e.name == name).map(|e| e.depth);
            let (least, most) = (depths.clone().min().unwrap(), depths.max().unwrap());
            most - least
        };
        // A list inside a line of a list.
        assert!(deepest("ol", &toc) <= 2, "{}", files["nav.xhtml"]);
        let ncx = elements(&files["toc.ncx"]);
        assert!(deepest("navPoint", &ncx) <= 1, "{}", files["toc.ncx"]);
        let points = ncx.iter().filter(|e| e.name == "content").map(|e| e.get("src").to_owned());
        let (pages, chapters): (Vec<String>, Vec<String>) = points.partition(|p| p.contains('#'));
        let hrefs = |kind: &str| -> Vec<String> {
            links(&nav(&files, kind)).into_iter().map(|(href, _)| href).collect()
        };
        assert_eq!(chapters, hrefs("toc"));
        assert_eq!(pages, hrefs("page-list"));
        assert!(pages.len() > 3);
        let targets = ncx.iter().filter(|e| e.name == "pageTarget");
        let numbers: Vec<String> = targets.map(|e| e.get("value").to_owned()).collect();
        let listed: Vec<String> = links(&nav(&files, "page-list")).into_iter().map(|(_, n)| n).collect();
        assert_eq!(numbers, listed);
        // Both go along in the order of reading, counted together.
        let orders = ncx.iter().filter(|e| !e.get("playOrder").is_empty());
        let mut orders: Vec<usize> = orders.map(|e| e.get("playOrder").parse().unwrap()).collect();
        orders.sort_unstable();
        assert_eq!(orders, (1..=orders.len()).collect::<Vec<_>>());
        // The print edition by the name that readers know, and by that of the standard.
        let opf = elements(&files["content.opf"]);
        let print = opf.iter().find(|e| e.get("property") == "pageBreakSource").unwrap();
        let source = opf.iter().find(|e| e.name == "dc:source" && e.get("id") == "print").unwrap();
        assert_eq!(print.text, source.text);
        assert!(opf.iter().any(|e| e.get("property") == "source-of"
            && e.get("refines") == "#print"
            && e.text == "pagination"));
    }
}

#[test]
fn every_speaker_is_a_contributor_with_role_and_sort_key() {
    for source in sources() {
        let files = files(&built(&build(&source, "epub"), "epub"));
        let opf = elements(&files["content.opf"]);
        let tree = tree_of(&source);
        let speakers =
            tree["speeches"].as_array().unwrap().iter().flat_map(|s| s["speakers"].as_array().unwrap());
        let mut count = 0;
        for speaker in speakers {
            let name = speaker["name"].as_str().filter(|n| !n.is_empty());
            let Some(called) = name.or(speaker["organisation"].as_str()) else { continue };
            let own: Vec<&Element> =
                opf.iter().filter(|e| e.name == "dc:contributor" && e.text == called).collect();
            assert_eq!(own.len(), 1, "{called}");
            let refines = format!("#{}", own[0].get("id"));
            let about = |property: &str| {
                let own = opf.iter().find(|e| e.get("refines") == refines && e.get("property") == property);
                own.map(|e| e.text.clone())
            };
            assert_eq!(about("role").as_deref(), Some("spk"), "{called}");
            let key = about("file-as");
            assert_eq!(key.is_some(), name.is_some(), "{called}: {key:?}");
            if let Some(key) = key {
                let words: Vec<&str> = key.split(' ').collect();
                assert_eq!(words.len(), 2, "{called}: {key}");
                for word in words {
                    let is_pinyin = word.chars().skip(1).all(|c| c.is_ascii_lowercase());
                    assert!(
                        is_pinyin && word.starts_with(|c: char| c.is_ascii_uppercase()),
                        "{called}: {key}"
                    );
                }
            }
            count += 1;
        }
        assert!(count > 4);
    }
}

#[test]
fn headings_go_down_by_one() {
    for source in sources().into_iter().chain([fixture("levels.md")]) {
        for (name, document) in files(&built(&build(&source, "pdf,epub"), "epub")) {
            if !name.ends_with(".xhtml") || name == "cover.xhtml" {
                continue;
            }
            let elements = elements(&document);
            let rank = |e: &Element| match e.name.as_bytes() {
                [b'h', n @ b'1'..=b'6'] => Some(n - b'0'),
                _ => None,
            };
            let ranks: Vec<u8> = elements.iter().filter_map(rank).collect();
            assert_eq!(ranks.first(), Some(&1), "{name}");
            assert!(ranks.windows(2).all(|w| w[1] > 1 && w[1] <= w[0] + 1), "{name}: {ranks:?}");
        }
    }
}

/// Everything an e-book can hold at once.
fn everything() -> String {
    let title = "把群众家门口的操心事烦心事揪心事一件一件办成看得见摸得着的暖心事".repeat(7);
    let title: String = title.chars().take(200).collect();
    format!(
        "---
briefing:
  name: 槐江政协简报
  number: 9
  issuer: 政协槐江市委员会办公室
  date: 2026-03-05
  status: 征求意见稿
---

# {title}

## 政协槐江市第三届委员会第四次会议大会发言

3月5日，委员们在大会上发言[^0]。

[^0]: 次序由抽签定下。

## 大会发言

### 关于𠮷安路口改造的建议

方䶮（女，藏族） 市政协委员，槐江市第一医院医师

㛃净的街面来自每天的清扫[^1]。藏语说བཀྲ་ཤིས་བདེ་ལེགས།，维吾尔语说ياخشىمۇسىز，都是问好；英语里有 think globally, act \
locally 一说，GDP 不是全部。

表1 各路口情况

| 路口 | 说明 | 高峰车流（辆） | 信号灯 | 斑马线 | 学校 | 医院 | 停车位 | 责任单位 | 完成时限 |
|---|---|--:|---|---|---|---|--:|---|---|
| 𠮷安路与槐江大道 | 信号灯配时过短，老人走不完 | 3400 | 有 | 有 | 两所 | 一所 | 120 | 交警支队 | 2026年6月底以前 |
| 西门 | 没有斑马线 | 1200 | 无 | 无 | 一所 | 无 | 35 | 城管局 | 2026年9月底以前 |

![各路口高峰车流：𠮷安路3400辆，西门1200辆](chart.png \"图1 高峰车流\")

[^1]: 㛃，音洁。另见会议材料第七页[^2]。

[^2]: 注中有注。

#### 一、先从𠮷安路做起

> 走一步看一步，不如看三步走一步。

1. 先画斑马线；
   - 两所学校门前先画；
2. 再装信号灯。

###### 跳了两级的小标题

后面的话。

### 守住老巷子里的烟火气

市工商联

老巷子有三百年历史。
"
    )
}

/// The book with everything, built with its printed pages.
fn rich() -> Folder {
    let folder = Folder::new();
    folder.write("a.md", everything());
    folder.write("chart.png", std::fs::read(fixture("pictures/chart.png")).unwrap());
    folder.run(&["build", "a.md", "-f", "pdf,epub", "-o", "o"]).exits(0);
    folder
}

#[test]
fn the_title_page_says_what_the_printed_head_says() {
    let folder = rich();
    let files = files(&built(&folder, "epub"));
    let page = elements(&files["title.xhtml"]);
    let said = |class: &str| {
        let own = page.iter().find(|e| e.get("class") == class).unwrap_or_else(|| panic!("no {class}"));
        squeezed(&own.text)
    };
    assert_eq!(said("series"), "槐江政协简报第9期");
    assert_eq!(said("issuer"), "政协槐江市委员会办公室");
    assert_eq!(said("date"), "2026年3月5日");
    assert_eq!(said("status"), "（征求意见稿）");
    assert_eq!(said("event"), "政协槐江市第三届委员会第四次会议大会发言");
    let title = page.iter().find(|e| e.name == "h1").unwrap();
    assert_eq!(squeezed(&title.text).chars().count(), 200);
}

#[test]
fn foreign_words_name_their_language() {
    let files = files(&built(&rich(), "epub"));
    let speech = elements(&files["s01.xhtml"]);
    let spans = speech.iter().filter(|e| e.name == "span" && !e.get("lang").is_empty());
    let told: Vec<(&str, &str, &str)> =
        spans.map(|e| (e.get("lang"), e.get("dir"), e.text.as_str())).collect();
    assert_eq!(
        told,
        [("bo", "", "བཀྲ་ཤིས་བདེ་ལེགས།"), ("ug", "rtl", "ياخشىمۇسىز"), ("en", "", "think globally, act locally"),]
    );
    assert!(speech.iter().filter(|e| !e.get("lang").is_empty()).all(|e| e.get("lang") == e.get("xml:lang")));
}

#[test]
fn a_book_with_everything_is_called_valid_and_open_to_all() {
    let folder = rich();
    let book = built(&folder, "epub");
    judge("epubcheck.sh", &[&book]);
    judge("ace.sh", &[&book, &folder.join("ace")]);
    folder.run(&["verify", "a.md", book.to_str().unwrap()]).exits(0);
    let text = squeezed(&pandoc_text(&book));
    // pandoc makes footnotes of notes, and loses those that only a note refers to.
    assert!(files(&book)["s01.xhtml"].contains("注中有注。"));
    for piece in
        ["另见会议材料第七页", "跳了两级的小标题", "2026年9月底以前", "图1高峰车流", "老巷子有三百年历史。"]
    {
        assert_eq!(text.matches(piece).count(), 1, "{piece}");
    }
}

/// Tells what a browser as wide as a phone would cut off, how the first table scrolls, and whether its caption is seen.
const LOOK: &str = r#"<script>//<![CDATA[
const wide = document.documentElement.clientWidth, cut = [];
if (document.documentElement.scrollWidth > wide) cut.push('page');
for (const e of document.querySelectorAll('body *')) {
  const box = e.getBoundingClientRect();
  if (!e.closest('table') && box.width > 0 && (box.right > wide + 1 || box.left < -1)) cut.push(e.tagName);
}
const table = document.querySelector('.table');
let scrolls = 'none';
if (table) {
  const words = document.createRange();
  words.selectNodeContents(table.querySelector('caption'));
  if (words.getBoundingClientRect().right > wide) cut.push('caption');
  scrolls = table.scrollWidth > table.clientWidth ? 'yes' : 'no';
  table.scrollLeft = 100000;
  const cells = [...table.querySelectorAll('tr > :last-child')];
  if (cells.some(c => c.getBoundingClientRect().right > wide + 1)) cut.push('cell');
}
parent.postMessage(`${wide} scrolls: ${scrolls}, cut: ${cut.join(' ') || 'nothing'}`, '*');
//]]></script></body>"#;

/// No window of a browser is as narrow as a phone; a frame is.
const PHONE: &str = r#"<!DOCTYPE html><html><body>
<script>onmessage = e => document.documentElement.setAttribute('data-look', e.data);</script>
<iframe width="360" height="8000" frameborder="0" src="@.xhtml"></iframe></body></html>"#;

#[test]
fn a_phone_cuts_nothing_and_a_wide_table_scrolls() {
    let folder = rich();
    let book = built(&folder, "epub");
    for (name, text) in files(&book) {
        let text = if name.ends_with(".xhtml") { text.replace("</body>", LOOK) } else { text };
        folder.write(&format!("page/{name}"), text);
    }
    let chromium = std::env::var("JIANBAO_TEST_CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    for (name, scrolls) in
        [("title", "none"), ("nav", "none"), ("s01", "yes"), ("s02", "none"), ("index", "none")]
    {
        let page = folder.write(&format!("page/{name}.html"), PHONE.replace('@', name));
        let url = format!("file://{}", page.display());
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let mut args =
            vec!["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"];
        args.extend([profile.as_str(), url.as_str()]);
        let said = crate::support::program(&chromium, &args);
        let look = said.split("data-look=\"").nth(1).unwrap_or_else(|| panic!("{name}: {said}"));
        let wanted = format!("360 scrolls: {scrolls}, cut: nothing");
        assert_eq!(look.split('"').next(), Some(wanted.as_str()), "{name}");
    }
}

/// A speech of the large book. No two are alike.
fn speech(k: usize) -> String {
    const SURNAMES: [char; 20] = [
        '赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫', '蒋', '沈', '韩', '杨', '朱',
        '秦', '许', '何',
    ];
    const GIVEN: [char; 20] = [
        '一', '文', '明', '远', '清', '怀', '瑾', '安', '宁', '思', '源', '若', '水', '成', '林', '知', '行',
        '向', '阳', '宇',
    ];
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let number: String = [k / 1000, k / 100, k / 10, k].map(|d| DIGITS[d % 10]).iter().collect();
    let name = format!("{}{}{}", SURNAMES[k % 20], GIVEN[k / 20 % 20], GIVEN[(k / 400 + k) % 20]);
    let note = if k.is_multiple_of(10) { format!("[^{k}]") } else { String::new() };
    let mut text = format!(
        "### 办好第{number}件民生实事 让居民少跑一趟路\n\n{name} 市政协委员\n\n第{number}件事要早办。调研中走访了{number}户人家\
         {note}，听到的话写在这里。\n\n#### 一、看清难处\n\n难处在第{number}个路口。\n\n#### 二、办好三件事\n\n先办好第{number}件。\n\n"
    );
    if k.is_multiple_of(10) {
        text += &format!("[^{k}]: 数据截至上年底。\n\n");
    }
    text
}

#[test]
fn a_thousand_speeches_are_one_valid_book() {
    let folder = Folder::new();
    let text: String = (0..1000).map(speech).collect();
    folder.write("a.md", format!("# 办好一千件民生实事\n\n## 政协槐江市第三届委员会第四次会议\n\n{text}"));
    folder.run(&["build", "a.md", "-f", "epub", "-o", "o", "-q"]).exits(0);
    let book = built(&folder, "epub");
    let files = files(&book);
    assert_eq!(links(&nav(&files, "toc")).len(), 1001);
    judge("epubcheck.sh", &[&book]);
    folder.run(&["verify", "a.md", book.to_str().unwrap()]).exits(0);
}
