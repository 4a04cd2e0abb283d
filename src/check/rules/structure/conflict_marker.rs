//! 合并时留下的冲突标记。
//!
//! 为什么：两份改稿合并后，有冲突的地方会写进 `<<<<<<<`、`=======`、`>>>>>>>` 几行，要人选定一种再删去。印出去就是事故，所以是错误。Markdown 里单独一行 `=======` 是标题的写法，不报。
//!
//! 例：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! <<<<<<< 甲稿
//! 一店一策，解决房租难题。
//! =======
//! 一店一策，解决租金难题。
//! >>>>>>> 乙稿
//! ```
//!
//! 改为：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! 一店一策，解决房租难题。
//! ```
//!
//! 修改：不自动改。选定一种说法，删去标记。
//!
//! 依据：git 与本程序合并改稿时的标记。
//! ---
//! Marks of a conflict that a merge left.
//!
//! Why: where two edited copies disagree, the lines `<<<<<<<`, `=======`, `>>>>>>>` are written for a person to
//! choose between and take out. Printed they are an accident, so this is an error. A line of `=======` alone is a
//! heading in Markdown and is left alone.
//!
//! Example:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! <<<<<<< 甲稿
//! 一店一策，解决房租难题。
//! =======
//! 一店一策，解决租金难题。
//! >>>>>>> 乙稿
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! 一店一策，解决房租难题。
//! ```
//!
//! Fix: none. Choose one wording and take the marks out.
//!
//! Source: the marks of git and of jianbao's own merge.

use crate::check::finding::Findings;
use crate::check::{Rule, Severity, SourceText, Subject};
use crate::messages::Say;
use crate::tree::Span;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "structure/conflict-marker",
    severity: Severity::Error,
    on: true,
    file: include_str!("conflict_marker.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for text in subject.texts {
        for span in conflicts(text) {
            let say = Say::new("check-conflict-marker");
            findings.push(Some(span), say).help(Say::new("check-conflict-marker-help"));
        }
    }
}

/// The first line of each conflict, and closing marks that nothing opened.
fn conflicts(text: &SourceText<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    if !text.text.contains("<<<<<<<") && !text.text.contains(">>>>>>>") {
        return found;
    }
    let mut is_open = false;
    let mut start = 0;
    for (number, line) in text.text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        let opens = is_marker(bare, '<');
        // ||||||| and ======= stand between the two; alone they are a table's row and a heading.
        if opens || is_marker(bare, '>') && !is_open {
            found.push(Span::new(text.file, start, start + bare.len(), number + 1));
        }
        is_open = opens || is_open && !is_marker(bare, '>');
        start += line.len();
    }
    found
}

/// Seven of a mark, and nothing or a blank and a label behind them.
fn is_marker(line: &str, mark: char) -> bool {
    let rest = line.trim_start_matches(mark);
    line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::FileId;

    fn found(text: &str) -> Vec<&str> {
        let source = SourceText::new(FileId(0), "a.md", text, true);
        conflicts(&source).iter().map(|s| &text[s.start..s.end]).collect()
    }

    #[test]
    fn marks_of_a_merge() {
        for (text, places) in [
            ("甲\n<<<<<<< 甲稿\n乙\n=======\n丙\n>>>>>>> 乙稿\n", &["<<<<<<< 甲稿"][..]),
            ("<<<<<<<\n乙\n|||||||\n戊\n=======\n丙\n>>>>>>>\n", &["<<<<<<<"]),
            ("<<<<<<< a\r\n乙\r\n=======\r\n丙\r\n>>>>>>> b\r\n", &["<<<<<<< a"]),
            (
                "<<<<<<< a\n乙\n=======\n丙\n>>>>>>> b\n中\n<<<<<<< c\n>>>>>>> d\n",
                &["<<<<<<< a", "<<<<<<< c"],
            ),
            ("甲\n>>>>>>> 乙稿\n", &[">>>>>>> 乙稿"]),
            ("甲\n<<<<<<< 甲稿\n", &["<<<<<<< 甲稿"]),
            ("<<<<<<< 甲\n<<<<<<< 乙\n", &["<<<<<<< 甲", "<<<<<<< 乙"]),
            ("乙\n>>>>>>>", &[">>>>>>>"]),
        ] {
            assert_eq!(found(text), places, "{text}");
        }
    }

    #[test]
    fn lines_that_only_look_like_it() {
        for text in [
            "标题\n=======\n\n正文\n",
            "标题\n==========\n",
            "|||||||\n",
            "<<<<<<<<<< 甲\n",
            "<<<<<< 甲\n",
            "甲 <<<<<<< 乙\n",
            "<<<<<<<甲\n",
            "> > > > > > > 引\n",
            ">>>>>> 引\n",
            "-------\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
