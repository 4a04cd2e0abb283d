//! What a page says about itself, around the text: 来源, 编辑, 浏览量, 上一篇.

use crate::normalize::outline::{Facts, credit};
use crate::normalize::speaker::is_person;
use crate::source::RawBlock;
use crate::tree::BlockKind;

/// Words before a colon, and what the fact is called in the tree.
const FIELDS: &[(&str, &str)] = &[
    ("来源", "source"),
    ("文章来源", "source"),
    ("信息来源", "source"),
    ("稿件来源", "source"),
    ("稿源", "source"),
    ("发布时间", "published"),
    ("发布日期", "published"),
    ("发表时间", "published"),
    ("发稿时间", "published"),
    ("更新时间", "published"),
    ("日期", "published"),
    ("时间", "published"),
    ("作者", "author"),
    ("文", "author"),
    ("撰稿", "author"),
    ("供稿", "author"),
    ("通讯员", "author"),
    ("记者", "author"),
    ("本报记者", "author"),
    ("整理", "author"),
    ("文字", "author"),
    ("图片", "photographer"),
    ("供图", "photographer"),
    ("摄影", "photographer"),
    ("图", "photographer"),
    ("编辑", "editor"),
    ("责任编辑", "editor"),
    ("责编", "editor"),
    ("网络编辑", "editor"),
    ("编审", "editor"),
    ("见习编辑", "editor"),
    ("主编", "editor"),
    ("总编", "editor"),
    ("值班编辑", "editor"),
    ("审核", "reviewer"),
    ("初审", "reviewer"),
    ("一审", "reviewer"),
    ("二审", "reviewer"),
    ("三审", "reviewer"),
    ("复审", "reviewer"),
    ("终审", "reviewer"),
    ("审校", "reviewer"),
    ("校对", "reviewer"),
    ("校审", "reviewer"),
    ("签发", "reviewer"),
    ("监制", "reviewer"),
    ("值班编委", "reviewer"),
    ("编委", "reviewer"),
    ("浏览量", ""),
    ("浏览次数", ""),
    ("阅读", ""),
    ("阅读量", ""),
    ("阅读次数", ""),
    ("点击", ""),
    ("点击数", ""),
    ("点击量", ""),
    ("点击率", ""),
    ("访问量", ""),
    ("访问次数", ""),
    ("人气", ""),
    ("字号", ""),
    ("字体", ""),
    ("字体大小", ""),
    ("分享到", ""),
    ("分享", ""),
    ("扫一扫", ""),
    ("上一篇", ""),
    ("下一篇", ""),
    ("相关链接", ""),
    ("标签", ""),
    ("关键词", ""),
    ("栏目", ""),
    ("索引号", ""),
];

/// Words that stand in such lines by themselves.
const WORDS: &[&str] = &[
    "打印",
    "打印本页",
    "关闭",
    "关闭窗口",
    "关闭本页",
    "大",
    "中",
    "小",
    "T",
    "T|T",
    "[大]",
    "[中]",
    "[小]",
    "【大】",
    "【中】",
    "【小】",
    "【打印】",
    "【关闭】",
    "【打印本页】",
    "【关闭窗口】",
    "收藏",
    "分享",
    "返回顶部",
    "返回首页",
    "返回列表",
    "首页",
    "加大",
    "减小",
    "默认",
    "微信",
    "微博",
    "QQ",
    "分享到",
    "字号",
    "次",
    "人次",
    "APP下载",
    "下载客户端",
    "+1",
    "赞",
    "举报",
    "网站地图",
    "联系我们",
];

/// Parts such lines from the blocks. In Markdown only lines of nothing but known facts count.
pub(super) fn take(raw: Vec<RawBlock>, _is_markdown: bool) -> (Vec<RawBlock>, Facts) {
    let count = raw.len();
    let mut facts = Facts::new();
    let mut kept = Vec::with_capacity(count);
    let texts: Vec<Option<String>> = raw
        .iter()
        .map(|raw| {
            matches!(raw.block.kind, BlockKind::Paragraph(_)).then(|| raw.block.text().trim().to_owned())
        })
        .collect();
    let mut credits = credit::find(&texts);
    for (k, raw) in raw.into_iter().enumerate() {
        let text = texts[k].as_deref().unwrap_or_default();
        // The facts stand near the head or foot of the page, never among the speeches.
        let is_edge = k < 12 || k + 12 >= count;
        let credit = credits.iter().position(|(at, _)| *at == k && is_edge);
        let found = match credit {
            Some(credit) => Some(credits.swap_remove(credit).1),
            None if is_edge => facts_of(text).or_else(|| credit::dateline(text)),
            None => None,
        };
        match found {
            Some(found) => facts.extend(found),
            None => kept.push(raw),
        }
    }
    (kept, facts)
}

/// The facts of a line that holds nothing else.
pub(super) fn facts_of(text: &str) -> Option<Facts> {
    if text.is_empty() || text.chars().count() > 160 {
        return None;
    }
    if is_legal(text) || is_trail(text) || is_page(text) {
        return Some(Facts::new());
    }
    let mut facts = Facts::new();
    let mut key: Option<&'static str> = None;
    let mut is_found = false;
    let mut value = String::new();
    let mut prints = 0usize;
    let mut moments: Vec<&str> = Vec::new();
    let spaced = text
        .replace(['【', '［', '['], " ")
        .replace(['】', '］', ']', '|', '｜', '丨', '\u{3000}', '\u{a0}', '\n'], " ");
    let inner = spaced.trim().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    for word in inner.split_whitespace() {
        let (field, rest) = match word.split_once(['：', ':']) {
            Some((field, rest)) if !field.ends_with(|c: char| c.is_ascii_digit()) => (field, Some(rest)),
            _ => (word, None),
        };
        let known = FIELDS.iter().find(|(name, _)| *name == field);
        match (known, rest) {
            (Some((_, name)), Some(rest)) => {
                push(&mut facts, key, &mut value);
                (key, is_found) = (Some(*name), true);
                value.push_str(rest);
            }
            (_, None) if WORDS.contains(&word) => prints += 1,
            (_, None) if key.is_some() && value.is_empty() => value.push_str(word),
            // 作者：本报记者 某某 2026年1月8日 09:30
            _ if is_moment(word) && !matches!(key, Some("published" | "")) => moments.push(word),
            // 2026-01-08 09:30 behind a date, a second name behind a first.
            _ if key.is_some() && word.chars().count() <= 20 && !word.contains(['。', '，', '；']) => {
                value.push(' ');
                value.push_str(word);
            }
            _ if is_moment(word) => moments.push(word),
            _ => return None,
        }
        if value.chars().count() > 40 {
            return None;
        }
    }
    push(&mut facts, key, &mut value);
    if is_found && !moments.is_empty() && facts.iter().all(|(key, _)| *key != "published") {
        facts.insert(0, ("published", moments.join(" ")));
    }
    // `记者：请问…` and `时间：…` alone may be speech or minutes: one fact must be a page's own.
    let is_own = |name: &str| {
        !matches!(
            name,
            "记者"
                | "时间"
                | "日期"
                | "文"
                | "文字"
                | "图片"
                | "供图"
                | "图"
                | "本报记者"
                | "阅读"
                | "点击"
                | "标签"
                | "主编"
                | "总编"
                | "整理"
                | "栏目"
        )
    };
    let owned = FIELDS.iter().any(|(name, _)| {
        is_own(name) && [format!("{name}："), format!("{name}:")].iter().any(|f| inner.contains(f.as_str()))
    });
    // 文字：某某 is a page's own where it names somebody.
    let owned = owned || facts.iter().any(|(key, name)| *key != "published" && is_person(name));
    (is_found && owned
        || !is_found && prints > 0 && prints + moments.len() == inner.split_whitespace().count())
    .then_some(facts)
}

fn push(facts: &mut Facts, key: Option<&'static str>, value: &mut String) {
    let value = std::mem::take(value);
    if let Some(key) = key.filter(|k| !k.is_empty())
        && !value.trim().is_empty()
    {
        let value = value.trim();
        let name = if key == "author" { credit::name(value) } else { value };
        facts.push((key, name.to_owned()));
    }
}

/// `首页 > 政协要闻 > 大会发言`: where the page stands in its site.
fn is_trail(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['>', '＞', '»', '›', '→', '|', '｜']).map(str::trim).collect();
    let bare = parts[0].trim_start_matches(|c: char| !c.is_alphanumeric());
    let from_home =
        ["首页", "主页", "网站首页", "当前位置", "您的位置", "您现在的位置", "所在位置", "您当前的位置"];
    parts.len() > 1 && text.chars().count() <= 60 && from_home.iter().any(|w| bare.starts_with(w))
}

/// `第2版（要闻）`, `（上接1版）`, `（下转第四版）`: where a newspaper's page goes on.
fn is_page(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let number = |text: &str| {
        let text = text.trim_start_matches('第').trim_end_matches('版');
        !text.is_empty()
            && text.chars().count() <= 3
            && text.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    };
    let turns = ["上接", "紧接", "下转"].iter().find_map(|w| inner.strip_prefix(w));
    let page = || {
        let (page, name) = text.split_once('版')?;
        let is_named =
            name.is_empty() || name.starts_with(['（', '(', '：', ':']) && name.chars().count() <= 10;
        Some(page.starts_with('第') && number(page) && is_named)
    };
    turns.is_some_and(|rest| rest.ends_with('版') && number(rest)) || page() == Some(true)
}

pub(super) fn is_moment(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | ':' | '/' | '.' | '：' | '年' | '月' | '日'))
        && word.contains(['-', ':', '/', '：', '年'])
}

/// 版权所有, 备案号 and the other words of a page's foot.
fn is_legal(text: &str) -> bool {
    let count = text.chars().count();
    let words = ["版权所有", "ICP备", "公网安备", "网站标识码", "未经授权", "Copyright", "技术支持："];
    count <= 120 && words.iter().any(|w| text.contains(w)) && !text.contains('。')
}

#[cfg(test)]
mod tests {
    use super::facts_of;

    #[test]
    fn lines_about_the_page() {
        for (text, facts) in [
            (
                "来源：江城政协网 发布时间：2026-01-08 09:30 浏览量：120",
                &[("source", "江城政协网"), ("published", "2026-01-08 09:30")][..],
            ),
            (
                "来源：江城日报　作者：本报记者 林颂　2026年1月8日 09:30",
                &[("published", "2026年1月8日 09:30"), ("source", "江城日报"), ("author", "林颂")],
            ),
            ("[责任编辑：林颂]", &[("editor", "林颂")]),
            ("文字：林颂", &[("author", "林颂")]),
            ("（责任编辑：林颂 审核：于博）", &[("editor", "林颂"), ("reviewer", "于博")]),
            (
                "【发布日期：2026-01-08】【来源：江城日报】【阅读：12次】",
                &[("published", "2026-01-08"), ("source", "江城日报")],
            ),
            (
                "编辑：林颂 二审：于博 三审：沈怀瑾",
                &[("editor", "林颂"), ("reviewer", "于博"), ("reviewer", "沈怀瑾")],
            ),
            ("2026-01-20 09:30 来源：江城日报", &[("published", "2026-01-20 09:30"), ("source", "江城日报")]),
            ("字号：大 中 小 打印 关闭窗口", &[]),
            ("版权所有 江城市政协 鄂ICP备00000000号", &[]),
            ("上一篇：某文", &[]),
            ("第2版（要闻）", &[]),
            ("（下转第四版）", &[]),
            ("首页 | 委员风采", &[]),
        ] {
            let found = facts_of(text).unwrap_or_else(|| panic!("{text}"));
            let expected: Vec<_> = facts.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_text() {
        for text in [
            "记者：请问市长，今年怎么办？",
            "时间：3月12日",
            "文字：不超过三百",
            "资金来源：财政拨款、企业自筹，按六比四分担。",
            "来源于群众",
            "林颂委员：好。",
            "第二版方案",
            "大",
            "",
        ] {
            assert!(facts_of(text).is_none() || text == "大", "{text}: {:?}", facts_of(text));
        }
    }
}
