//! Headings by styles, and how the other paragraphs look.

use super::*;
use crate::source::Look;

fn with_styles(body: &str) -> Made {
    made(body)
        .style("paragraph", "1", "heading 1", "<w:rPr><w:b/></w:rPr>")
        .style("paragraph", "a3", "标题 2", "<w:rPr><w:i/></w:rPr>")
        .style("paragraph", "t", "Title", "")
        .style("paragraph", "s", "副标题", "")
        .style("paragraph", "own", "我的标题", "<w:basedOn w:val='1'/>")
        .style("paragraph", "o", "大纲", "<w:pPr><w:outlineLvl w:val='2'/></w:pPr>")
        .style("paragraph", "big", "大", "<w:pPr><w:jc w:val='center'/><w:ind w:firstLineChars='200' w:firstLine='640'/></w:pPr><w:rPr><w:rFonts w:eastAsia='方正小标宋简体'/><w:sz w:val='44'/></w:rPr>")
}

fn s(id: &str, text: &str) -> String {
    styled(&format!("<w:pStyle w:val='{id}'/>"), text)
}

#[test]
fn headings_are_known_by_the_names_of_styles_and_by_outline() {
    let body = s("1", "甲")
        + &s("a3", "乙")
        + &s("own", "丙")
        + &s("o", "丁")
        + &styled("<w:outlineLvl w:val='0'/>", "戊")
        + &s("none", "己");
    assert_eq!(with_styles(&body).shown(), ["# 甲", "## 乙", "# 丙", "### 丁", "# 戊", "己"]);
}

#[test]
fn a_title_stands_above_the_first_level() {
    let body = s("t", "题") + &s("1", "甲") + &s("a3", "乙");
    assert_eq!(with_styles(&body).shown(), ["# 题", "## 甲", "### 乙"]);
    let body = s("t", "题") + &s("s", "会") + &s("1", "甲") + &s("o", "乙");
    assert_eq!(with_styles(&body).shown(), ["# 题", "## 会", "### 甲", "##### 乙"]);
    let body = s("1", "题") + &s("s", "会") + &s("a3", "甲");
    assert_eq!(with_styles(&body).shown(), ["# 题", "## 会", "### 甲"]);
    let body = s("t", "题") + &s("s", "——关于某事") + &s("1", "甲");
    assert_eq!(with_styles(&body).shown(), ["# 题", "——关于某事", "## 甲"]);
}

#[test]
fn a_heading_keeps_what_stands_out_in_it_and_its_lines() {
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr>{}<w:r><w:br/></w:r>{}</w:p><w:p><w:pPr><w:pStyle w:val='1'/></w:pPr>{}<w:r><w:br/></w:r>{}</w:p>",
        r("", "上句"),
        r("", "下句"),
        r("", "上句 "),
        r("<w:b w:val='0'/>", "下句")
    );
    assert_eq!(with_styles(&body).shown(), ["# 上句⏎下句", "# **上句 **下句"]);
}

#[test]
fn looks_are_told() {
    let body = format!(
        "{}<w:p/>{}<w:p><w:r><w:t xml:space='preserve'>　　乙</w:t></w:r></w:p>{}{}<w:p>{}{}</w:p>",
        s("big", "甲"),
        styled("<w:jc w:val='right'/><w:ind w:firstLine='640'/>", "子"),
        styled("<w:ind w:hanging='640'/>", "丙"),
        s("big", "　"),
        r("<w:sz w:val='32'/>", "五个大字啊"),
        r("<w:sz w:val='28'/><w:rFonts w:eastAsia='黑体'/>", "小"),
    );
    let document = with_styles(&body).read().unwrap();
    let looks: Vec<Look> = document.blocks.iter().map(|b| b.look).collect();
    let plain = Look { indent: Some(0), size: Some(20), ..Look::default() };
    assert_eq!(
        looks,
        [
            Look { indent: Some(2), size: Some(44), centred: true, heading_face: true, ..plain },
            Look { gap: true, indent: Some(3), right: true, ..plain },
            Look { indent: Some(2), ..plain },
            plain,
            Look { gap: true, size: Some(32), ..plain },
        ]
    );
    assert_eq!(show(&document.blocks[4].block), "五个大字啊**小**");
    assert_eq!(show(&document.blocks[0].block), "甲", "a face alone is a look, not bold");
}
