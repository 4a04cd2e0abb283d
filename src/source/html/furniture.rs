//! What pages carry beside their article, told by names of elements and by wording.

use crate::source::html::dom::{Data, Dom, Id, ROOT};
use crate::source::html::names::{self, Kind};
use crate::source::html::style;

/// How much text each element holds.
pub(super) struct Weights {
    /// Characters without blanks.
    pub(super) text: Vec<usize>,
    /// Those in links.
    pub(super) linked: Vec<usize>,
    /// Those in sentences and not in links: what an article is made of.
    pub(super) prose: Vec<usize>,
}

/// Words in `class` or `id` of what stands around articles: whole words, or parts of words.
const NAMES: &[&str] = &[
    "nav",
    "menu",
    "foot",
    "footer",
    "side",
    "sidebar",
    "hot",
    "share",
    "pager",
    "crumb",
    "crumbs",
    "prev",
    "next",
    "ewm",
    "tools",
    "toolbar",
    "bshare-custom",
    "location",
    "position",
    "dqwz",
    "xgxw",
    "xgwz",
];
const NAME_PARTS: &[&str] = &[
    "navbar",
    "navigation",
    "breadcrumb",
    "sidebar",
    "copyright",
    "footer",
    "sharebutton",
    "bdshare",
    "share-",
    "share_",
    "-share",
    "_share",
    "hotlist",
    "hot-",
    "hot_",
    "recommend",
    "relate",
    "comment",
    "pinglun",
    "qrcode",
    "erweima",
    "pagination",
    "toolbar",
    "prevnext",
    "friendlink",
    "advert",
];

/// Words in `class` or `id` of what holds an article.
const CONTAINERS: &[&str] = &[
    "article",
    "content",
    "contents",
    "con",
    "cont",
    "zoom",
    "fontzoom",
    "ozoom",
    "ucap-content",
    "pages_content",
    "rm_txt_con",
    "main-text",
    "vf_detail_content",
    "js_content",
    "rich_media_content",
    "text",
    "txt",
    "detail",
    "endtext",
    "artibody",
    "xlcontent",
    "show_text",
    "trs_editor",
    "trs_ueditor",
    "custom_unionstyle",
    "view",
    "main",
    "bt-content",
];
const CONTAINER_PARTS: &[&str] = &["trs_", "article", "content", "contxt", "con_txt", "detail", "news_text"];

impl Weights {
    pub(super) fn of(dom: &Dom<'_>, is_linked: impl Fn(usize) -> bool) -> Self {
        let count = dom.nodes.len();
        let mut weights = Weights { text: vec![0; count], linked: vec![0; count], prose: vec![0; count] };
        for id in (1..count).rev() {
            if let Some(Data::Text(range)) = dom.nodes.get(id).map(|n| &n.data) {
                let text = dom.text.get(range.clone()).unwrap_or("");
                let length = text.chars().filter(|c| !c.is_whitespace()).count();
                weights.text[id] = length;
                if is_linked(range.start) {
                    weights.linked[id] = length;
                } else if (is_prose(text) || length >= 30) && !is_copyright(text) {
                    weights.prose[id] = length;
                }
            }
            if names::kind(dom.name(id)) == Kind::Unread {
                (weights.text[id], weights.linked[id], weights.prose[id]) = (0, 0, 0);
            }
            let parent = dom.parent(id);
            weights.text[parent] += weights.text[id];
            weights.linked[parent] += weights.linked[id];
            weights.prose[parent] += weights.prose[id];
        }
        weights
    }

    /// Whether most of an element's text is links.
    pub(super) fn is_linkish(&self, id: Id) -> bool {
        self.linked[id] * 2 > self.text[id]
    }
}

/// What is left out with all it holds, and those of it that are hidden copies of text.
pub(super) fn skipped(dom: &Dom<'_>, weights: &Weights, ends: &[Id]) -> (Vec<bool>, Vec<Id>) {
    let total = weights.prose[ROOT];
    let mut skipped = vec![false; dom.nodes.len()];
    let mut hidden = Vec::new();
    let mut past = 0;
    for id in 1..dom.nodes.len() {
        if id <= past {
            continue;
        }
        let Some(Data::Element { name, attributes }) = dom.nodes.get(id).map(|n| &n.data) else { continue };
        // What holds most of the prose is the article, whatever its name says.
        if weights.prose[id] * 3 > total && total > 0 {
            continue;
        }
        let is_hidden = !attributes.is_empty() && style::is_hidden(dom, id);
        let is_frame =
            matches!(*name, "nav" | "aside" | "footer") && (*name != "aside" || !is_notes(dom, id));
        let is_named = !attributes.is_empty()
            && !matches!(*name, "p" | "span" | "table" | "h1" | "h2" | "h3")
            && !is_notes(dom, id)
            && dom.words(id).any(|word| is_furniture_name(&word));
        // Prose under such a name may be the article's: only what is links or little text goes.
        let is_little = weights.is_linkish(id) || weights.prose[id] < 40 && weights.text[id] < 200;
        if is_hidden || is_frame || is_named && (is_little || is_comments(dom, id)) {
            skipped[id] = true;
            past = ends[id];
            if is_hidden && weights.prose[id] >= 10 {
                hidden.push(id);
            }
        }
    }
    (skipped, hidden)
}

fn is_notes(dom: &Dom<'_>, id: Id) -> bool {
    dom.words(id).any(|w| w.contains("footnote")) || dom.attribute(id, "role") == Some("doc-endnotes")
}

fn is_comments(dom: &Dom<'_>, id: Id) -> bool {
    dom.words(id).any(|w| w.contains("comment") || w.contains("pinglun"))
}

fn is_furniture_name(word: &str) -> bool {
    let parts = || word.split(['-', '_']).any(|part| NAMES.contains(&part));
    NAMES.contains(&word) || NAME_PARTS.iter().any(|part| word.contains(part)) || parts()
}

/// Whether an element is one that articles stand in.
pub(super) fn is_container(dom: &Dom<'_>, id: Id) -> bool {
    let name = dom.name(id);
    if matches!(name, "article" | "main") || dom.attribute(id, "itemprop") == Some("articleBody") {
        return true;
    }
    let can_be = matches!(name, "div" | "section" | "td" | "table" | "span" | "ul");
    can_be
        && dom.words(id).any(|word| {
            let is_named =
                CONTAINERS.contains(&word.as_str()) || CONTAINER_PARTS.iter().any(|part| word.contains(part));
            is_named && !is_furniture_name(&word)
        })
}

/// Whether a text has a sentence's marks.
pub(super) fn is_prose(text: &str) -> bool {
    text.contains(['。', '，', '；', '！', '？', ',', ';', '：'])
}

/// A site's own line: copyright, the number of its registration.
pub(super) fn is_copyright(text: &str) -> bool {
    let signs = ["版权所有", "ICP备", "icp备", "公网安备", "网站标识码", "Copyright", "copyright", "©"];
    text.chars().count() <= 300 && signs.iter().any(|sign| text.contains(sign))
}

/// A line for moving around the site: `text` is without blanks.
pub(super) fn is_tool(text: &str) -> bool {
    let opens = [
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "分享到",
        "分享至",
        "分享：",
        "分享:",
        "扫一扫",
        "扫码",
        "微信扫",
        "当前位置",
        "您的位置",
        "您现在的位置",
        "您当前",
        "所在位置",
        "返回顶部",
        "返回首页",
        "点击查看更多",
    ];
    if text.chars().count() <= 80 && opens.iter().any(|word| text.starts_with(word)) {
        return true;
    }
    let words = [
        "打印本页",
        "关闭窗口",
        "关闭本页",
        "返回列表",
        "我要纠错",
        "打印",
        "关闭",
        "收藏",
        "分享",
        "返回",
        "顶部",
        "首页",
        "纠错",
        "微信",
        "微博",
        "QQ空间",
    ];
    let mut rest = text.to_owned();
    for word in words {
        rest = rest.replace(word, "");
    }
    rest.len() < text.len() && rest.chars().all(|c| "【】[]()（）|｜·/:：、>".contains(c))
}

/// The heading of a list that leads elsewhere.
pub(super) fn is_related(text: &str) -> bool {
    let words = [
        "相关链接",
        "相关新闻",
        "相关阅读",
        "相关文章",
        "相关推荐",
        "推荐阅读",
        "延伸阅读",
        "热点新闻",
        "热门推荐",
        "热门文章",
        "热门新闻",
        "猜你喜欢",
        "精彩推荐",
        "最新文章",
        "新闻排行",
        "点击排行",
    ];
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    words.contains(&text)
}

/// A line about the article: where it is from, who edited it.
pub(super) fn is_about(text: &str) -> bool {
    let keys = [
        "来源",
        "信息来源",
        "稿件来源",
        "文章来源",
        "发布时间",
        "发布日期",
        "时间",
        "日期",
        "作者",
        "编辑",
        "责任编辑",
        "责编",
        "本文责编",
        "网络编辑",
        "审核",
        "初审",
        "复审",
        "终审",
        "一审",
        "二审",
        "三审",
        "审校",
        "校对",
        "供稿",
        "撰稿",
        "记者",
        "签发",
        "浏览",
        "浏览量",
        "浏览次数",
        "阅读",
        "阅读量",
        "点击",
        "点击数",
        "字号",
        "字体",
        "监制",
        "编审",
        "值班编委",
        "发布人",
        "文字",
        "摄影",
        "图片",
        "供图",
    ];
    let text = text.trim_start_matches(['【', '[', '(', '（', '|']);
    let key = text.split(['：', ':', '】']).next().unwrap_or("");
    key.len() < text.len() && text.chars().count() <= 150 && keys.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_by_their_wording() {
        assert!(
            is_tool("【打印本页】【关闭窗口】") && is_tool("上一篇：某某") && is_tool("当前位置：首页>要闻")
        );
        assert!(!is_tool("打印店老板的话") && !is_tool("林颂市政协委员") && !is_tool(""));
        assert!(!is_tool("【字号：大中小】"), "the normaliser takes it");
        assert!(
            is_about("来源：某某日报") && is_about("（编辑：甲）") && !is_about("来源于群众的建议，要用好")
        );
        assert!(is_related("【相关链接】") && !is_related("相关链接要打通"));
        assert!(is_furniture_name("news-hot") && is_furniture_name("bdsharebuttonbox"));
        assert!(
            !is_furniture_name("article-content")
                && !is_furniture_name("photo")
                && !is_furniture_name("inside")
        );
    }
}
