//! Automatic numbering: text where a person would have typed it, lists where not.

use super::*;

fn level(at: u8, format: &str, text: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/><w:pPr><w:ind w:left='720'/></w:pPr></w:lvl>"
    )
}

fn numbered(body: &str) -> Made {
    let pattern = |id: u32, levels: String| {
        format!(
            "<w:abstractNum w:abstractNumId='{id}'>{levels}</w:abstractNum><w:num w:numId='{id}'><w:abstractNumId w:val='{id}'/></w:num>"
        )
    };
    let official = level(0, "chineseCountingThousand", "%1、")
        + &level(1, "chineseCounting", "（%2）")
        + &level(2, "decimal", "%3.");
    let list = level(0, "decimal", "%1.") + &level(1, "bullet", "\u{f0b7}") + &level(2, "bullet", " ");
    let styled = "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='h'/><w:lvlText w:val='%2'/></w:lvl>";
    made(body)
        .numbering(&pattern(1, official))
        .numbering(&pattern(2, list))
        .numbering(&pattern(3, level(0, "decimal", "（%1）")))
        .numbering(&pattern(4, styled.to_owned()))
        .style("paragraph", "h", "heading 1", "<w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr>")
        .style("paragraph", "l", "List Paragraph", "")
}

fn n(id: u32, at: u8, text: &str) -> String {
    styled(&format!("<w:numPr><w:ilvl w:val='{at}'/><w:numId w:val='{id}'/></w:numPr>"), text)
}

#[test]
fn chinese_numbers_are_text() {
    let body = n(1, 0, "甲") + &p("文") + &n(1, 0, "乙") + &n(1, 1, "丙") + &n(1, 2, "丁") + &n(3, 0, "戊");
    assert_eq!(numbered(&body).shown(), ["一、甲", "文", "二、乙", "（一）丙", "1. 丁", "（1）戊"]);
}

#[test]
fn plain_numbers_and_bullets_are_lists() {
    let body = n(2, 0, "甲")
        + &n(2, 1, "乙")
        + &n(2, 1, "丙")
        + &n(2, 2, "续")
        + &n(2, 0, "丁")
        + &p("文")
        + &n(2, 0, "戊");
    assert_eq!(numbered(&body).shown(), ["1[甲 / -[乙 | 丙 / 续] | 丁]", "文", "3[戊]"]);
}

#[test]
fn a_bold_line_with_a_number_is_no_item() {
    let number = |at: u8| format!("<w:numPr><w:ilvl w:val='{at}'/><w:numId w:val='2'/></w:numPr>");
    let bold = |at: u8, text: &str| format!("<w:p><w:pPr>{}</w:pPr>{}</w:p>", number(at), r("<w:b/>", text));
    let body = bold(0, "甲") + &p("文") + &bold(1, "乙");
    assert_eq!(numbered(&body).shown(), ["**1. 甲**", "文", "**乙**"]);
}

#[test]
fn headings_carry_the_numbers_of_their_styles() {
    let heading = |text: &str| styled("<w:pStyle w:val='h'/>", text);
    let off = styled("<w:pStyle w:val='h'/><w:numPr><w:numId w:val='0'/></w:numPr>", "丙");
    let body = heading("甲") + &heading("乙") + &off;
    assert_eq!(numbered(&body).shown(), ["# 1 甲", "# 2 乙", "# 丙"]);
}

#[test]
fn an_item_goes_on_in_the_style_of_lists() {
    let more = styled("<w:pStyle w:val='l'/><w:ind w:left='720'/>", "续");
    let body = n(2, 0, "甲") + &more + &n(2, 0, "乙");
    assert_eq!(numbered(&body).shown(), ["1[甲 / 续 | 乙]"]);
}

#[test]
fn a_numbered_line_that_was_deleted_is_not_counted() {
    let deleted = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:t>删</w:t></w:r></w:del></w:p>";
    let body = n(1, 0, "甲") + deleted + &n(1, 0, "乙");
    assert_eq!(numbered(&body).shown(), ["一、甲", "二、乙"]);
}
