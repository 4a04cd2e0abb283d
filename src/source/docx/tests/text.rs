//! Text, what hangs on it, and what is no text.

use super::*;
use crate::source::{LeftOut, Notice};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n rest";

#[track_caller]
fn reads(body: &str, expected: &[&str]) {
    assert_eq!(made(body).shown(), expected);
}

#[test]
fn runs_are_joined_and_blanks_kept_where_word_keeps_them() {
    reads(
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:t> 乙 </w:t></w:r><w:r><w:t xml:space='preserve'> 丙</w:t><w:tab/><w:t>丁</w:t></w:r></w:p>",
        &["甲乙 丙 丁"],
    );
    reads("<w:p><w:r><w:t xml:space='preserve'>　　甲　</w:t></w:r></w:p>", &["甲"]);
}

#[test]
fn breaks_hyphens_and_symbols() {
    reads(
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type='page'/><w:cr/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t><w:softHyphen/><w:t>戊</w:t><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>",
        &["甲⏎乙⏎丙\u{2011}丁\u{ad}戊✓"],
    );
    let document =
        made("<w:p><w:r><w:t>甲</w:t><w:sym w:font='Wingdings' w:char='F0AA'/></w:r></w:p>").read().unwrap();
    assert_eq!(show(&document.blocks[0].block), "甲〓");
    assert_eq!(document.notices, [Notice::Symbol { font: "Wingdings".into(), code: "F0AA".into() }]);
}

#[test]
fn bold_and_stress_are_kept_and_links_wrap_them() {
    let body = format!(
        "<w:p>{}{}{}<w:hyperlink r:id='l'>{}</w:hyperlink></w:p><w:p>{}{}</w:p>",
        r("", "甲"),
        r("<w:b/>", "乙"),
        r("<w:b/><w:i/>", "丙"),
        r("<w:b/>", "丁"),
        r("<w:b/>", "戊"),
        r("<w:b w:val='true'/>", "己"),
    );
    let made = made(&body).relation("l", "hyperlink", "https://example.org/?a=1&amp;b=2", "External");
    assert_eq!(made.shown(), ["甲**乙*丙***<**丁**|https://example.org/?a=1&b=2>", "**戊己**"]);
}

#[test]
fn lines_that_were_meant_as_paragraphs() {
    reads(
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:br/><w:t>乙</w:t><w:br/><w:t xml:space='preserve'>　　丙</w:t><w:br/><w:t>丁</w:t></w:r></w:p>",
        &["甲", "乙", "丙⏎丁"],
    );
}

#[test]
fn revisions_are_taken_as_accepted() {
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}<w:ins>{}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:ins></w:p>\
         <w:p><w:pPr><w:jc w:val='center'/><w:pPrChange><w:pPr><w:jc w:val='right'/></w:pPr></w:pPrChange></w:pPr><w:del>{}</w:del>{}</w:p>\
         <w:moveFrom>{}</w:moveFrom><w:p><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo></w:p>",
        r("", "甲"),
        r("", "乙"),
        r("", "删"),
        r("", "丙"),
        p("走"),
        r("", "移"),
        r("", "丁"),
    );
    let document = made(&body).read().unwrap();
    let shown: Vec<String> = document.blocks.iter().map(|b| show(&b.block)).collect();
    assert_eq!(shown, ["甲乙丙", "丁"]);
    assert!(document.blocks[0].look.centred);
    assert_eq!(document.notices, [Notice::Revisions { inserted: 2, deleted: 4 }]);
}

#[test]
fn a_deleted_paragraph_leaves_nothing_behind() {
    let body = format!(
        "{}<w:p><w:pPr><w:jc w:val='right'/><w:rPr><w:del/></w:rPr></w:pPr><w:del>{}</w:del></w:p>{}",
        p("甲"),
        r("", "删"),
        p("乙")
    );
    let document = made(&body).read().unwrap();
    assert!(!document.blocks[1].look.right);
    assert_eq!(document.text, "甲\n乙\n");
}

#[test]
fn notes_stand_behind_the_text_in_the_order_of_their_marks() {
    let body = "<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id='7'/><w:t>乙</w:t></w:r><w:r><w:footnoteReference w:id='3' w:customMarkFollows='1'/><w:t>*</w:t></w:r><w:r><w:footnoteReference w:id='99'/></w:r></w:p>";
    let made = made(body)
        .note(3, &p("<w:footnoteRef/>三"))
        .note(7, &format!("<w:p><w:r><w:footnoteRef/></w:r>{}</w:p>{}", r("", " 七"), p("再")))
        .note(9, &p("没有人提到"));
    let made = Made {
        footnotes: format!(
            "<w:footnote w:type='separator' w:id='0'>{}</w:footnote>{}",
            p("线"),
            made.footnotes
        ),
        ..made
    };
    let shown = made.shown();
    assert_eq!(shown[0], "甲[^1 note-0-0]乙[^2 note-0-1]");
    assert_eq!(shown[1], "[1 note-0-0] 七 / 再");
    assert!(shown[2].starts_with("[2 note-0-1] "));
    assert_eq!(shown.len(), 3);
}

#[test]
fn fields_show_their_results_and_contents_are_left_out() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{result}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let line = field(" PAGEREF a ", &r("", "3"));
    let toc = field(" TOC \\o ", &format!("{}{line}</w:p><w:p>{}", r("", "第一篇"), r("", "第二篇")));
    let body = format!(
        "{}{}<w:p>{toc}</w:p><w:p>{}{}{}</w:p>",
        p("题"),
        p("目　录"),
        r("", "见"),
        field("HYPERLINK \"http://example.org/\"", &r("", "网站")),
        field("DATE", &r("", "三月")),
    );
    let document = made(&body).read().unwrap();
    let shown: Vec<String> = document.blocks.iter().map(|b| show(&b.block)).collect();
    assert_eq!(shown, ["题", "见<网站|http://example.org/>三月"]);
    assert_eq!(document.notices, [Notice::LeftOut { what: LeftOut::Contents, span: None }]);
}

#[test]
fn a_field_without_an_end_hides_nothing() {
    let body = format!(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{}</w:p>{}",
        r("", "甲"),
        p("乙")
    );
    reads(&body, &["甲", "乙"]);
}

#[test]
fn a_circled_number_is_a_character() {
    reads(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>eq \\o\\ac(○,3)</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>甲</w:t></w:r></w:p>",
        &["③甲"],
    );
}

#[test]
fn controls_and_tags_are_seen_through() {
    let body = format!(
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:p><w:smartTag><w:smartTagPr/>{}</w:smartTag><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:customXml>{}</w:customXml></w:p>\
         <w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p("甲"),
        r("", "乙"),
        r("", "单击输入"),
        r("", "丙"),
        p("目录"),
    );
    let document = made(&body).read().unwrap();
    let shown: Vec<String> = document.blocks.iter().map(|b| show(&b.block)).collect();
    assert_eq!(shown, ["甲", "乙丙"]);
    assert_eq!(document.notices, [Notice::LeftOut { what: LeftOut::Contents, span: None }]);
}

#[test]
fn what_is_left_out_is_told() {
    let body = format!(
        "<w:p>{}<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>{}</w:p><w:altChunk r:id='a'/><w:p><w:r><w:drawing><c:chart r:id='b'/></w:drawing></w:r></w:p>",
        r("", "甲"),
        r("", "yǐ"),
        r("", "乙"),
        r("<w:vanish/>", "藏"),
    );
    let document = made(&body).comment(&p("批")).comment(&p("注")).read().unwrap();
    assert_eq!(document.text.trim_end(), "甲乙x+1");
    let left_out = |what| Notice::LeftOut { what, span: None };
    assert_eq!(
        document.notices,
        [
            left_out(LeftOut::Hidden),
            left_out(LeftOut::Readings),
            left_out(LeftOut::Object),
            left_out(LeftOut::Embedded),
            Notice::Formulas { count: 1 },
            Notice::Comments { count: 2 },
        ]
    );
}

#[test]
fn text_boxes_follow_their_paragraph_and_one_branch_is_taken() {
    let in_box = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice Requires='new'><w:t>新</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        r("", "甲"),
        in_box("框"),
        in_box("旧框"),
        r("", "乙"),
    );
    reads(&body, &["甲乙", "框", "旧"]);
}

#[test]
fn pictures_follow_their_paragraph_with_what_they_show() {
    let drawing = |id: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='x' descr='桥'/><a:blip r:embed='{id}'/></wp:inline></w:drawing></w:r>"
        )
    };
    let body = format!(
        "<w:p>{}{}</w:p><w:p>{}</w:p>{}<w:p><w:r><w:pict><v:shape alt='山'><v:imagedata r:id='b'/></v:shape></w:pict></w:r></w:p><w:p>{}</w:p><w:p>{}</w:p>",
        r("", "甲"),
        drawing("a"),
        drawing("e"),
        styled("<w:pStyle w:val='c'/>", "图1 桥"),
        drawing("m"),
        drawing("o"),
    );
    let document = made(&body)
        .style("paragraph", "c", "caption", "")
        .relation("a", "image", "media/image1.png", "Internal")
        .relation("b", "image", "/word/media/image1.png", "Internal")
        .relation("e", "image", "../x/image1.png", "Internal")
        .relation("m", "image", "media/image2.emf", "Internal")
        .relation("o", "image", "http://example.org/a.png", "External")
        .part("word/media/image1.png", PNG)
        .part("x/image1.png", PNG)
        .part("word/media/image2.emf", b"\x01\0\0\0")
        .read()
        .unwrap();
    let shown: Vec<String> = document.blocks.iter().map(|b| show(&b.block)).collect();
    assert_eq!(
        shown,
        ["甲", "![桥](media/image1.png)", "![桥](media/2-image1.png)图1 桥", "![山](media/image1.png)"]
    );
    assert_eq!(document.pictures.keys().collect::<Vec<_>>(), ["media/2-image1.png", "media/image1.png"]);
    assert_eq!(
        document.notices,
        [
            Notice::PictureOutside { name: "http://example.org/a.png".into() },
            Notice::PictureForm { name: "image2.emf".into() }
        ]
    );
}

#[test]
fn tables() {
    let cell = |properties: &str, inside: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>");
    let row = |inside: &str| format!("<w:tr>{inside}</w:tr>");
    let nested = format!("<w:tbl>{}</w:tbl>{}", row(&(cell("", &p("子")) + &cell("", &p("丑")))), p("寅"));
    let body = format!(
        "{}<w:tbl><w:tblGrid/>{}{}{}<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>{}</w:tbl>{}",
        styled("<w:pStyle w:val='c'/>", "表1 甲"),
        row(&(cell("<w:gridSpan w:val='2'/>", &styled("", "头"))
            + &cell("<w:vMerge w:val='restart'/>", &p("并")))),
        row(&(cell("", &styled("<w:jc w:val='center'/>", "一"))
            + &cell("", &(p("二") + &p("三")))
            + &cell("<w:vMerge/>", &p("")))),
        row(&(cell("", &styled("<w:jc w:val='center'/>", "四")) + &cell("", &nested))),
        cell("", &p("删")),
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p/></w:tc></w:tr>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>框</w:t></w:r></w:p><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let document = made(&body).style("paragraph", "c", "题注", "").read().unwrap();
    let shown: Vec<String> = document.blocks.iter().map(|b| show(&b.block)).collect();
    assert_eq!(shown, ["{头,,并;一,二⏎三,;四,子⏎丑⏎寅,;,,}表1 甲", "框", "内"]);
    let BlockKind::Table(table) = &document.blocks[0].block.kind else { panic!() };
    assert_eq!(table.alignments[0], crate::tree::Alignment::Center);
    assert_eq!(document.text, "表1 甲\n头\n并\n一\n二\n三\n四\n子\n丑\n寅\n框\n内\n");
}

#[test]
fn quotations_and_strict_files() {
    let body = format!(
        "{}{}{}",
        p("甲"),
        styled("<w:pStyle w:val='q'/>", "乙"),
        styled("<w:pStyle w:val='q'/>", "丙")
    );
    let made = made(&body).style("paragraph", "q", "Quote", "");
    assert_eq!(made.shown(), ["甲", "> 乙 / 丙"]);
    let strict: Vec<(String, String)> = made
        .parts()
        .into_iter()
        .map(|(name, text)| {
            (
                name,
                text.replace(
                    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    "http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                .replace("w:", "ww:")
                .replace("xmlns:ww:", "xmlns:ww")
                .replace("xmlns:w=", "xmlns:ww="),
            )
        })
        .collect();
    let parts: Vec<(&str, &[u8])> = strict.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    let document = read(FileId(0), "a.docx", &zipped(&parts)).unwrap();
    assert_eq!(show(&document.blocks[1].block), "> 乙 / 丙");
}

#[test]
fn fields_without_number_hide_nothing() {
    let begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>".repeat(5_000);
    let body = format!("<w:p>{begin}</w:p>{}", p("甲"));
    assert_eq!(made(&body).shown(), ["甲"]);
}
