//! 看不见的、无法显示的字符。
//!
//! 为什么：零宽字符、软连字符、双向控制符、控制字符随网页和聊天软件复制而来，会让检索、比对和排版出错；
//! 私用区字符换一台电脑就变样；“�”说明原文已经丢了字。段首的BOM、表情符号里的连接符、汉字后的异体选择符、
//! 外文里的不换行空格不算。
//!
//! 例：
//!
//! ```text
//! 让老街​亮起来，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 让老街亮起来，让居民得实惠。
//! ```
//!
//! 修改：汉字之间的零宽字符删去，可放心改；其余要人来看。
//!
//! 依据：Unicode标准第23章“特殊区域与格式字符”。
//! ---
//! Characters that cannot be seen or shown.
//!
//! Why: zero-width characters, soft hyphens, marks of writing direction and control characters come with
//! text copied from web pages and chats, and break searching, comparing and typesetting; private-use
//! characters look different on another computer; “�” says that text was lost. A BOM at the start of a
//! file, joiners in emoji, variation selectors behind hanzi and no-break spaces in Latin are fine.
//!
//! Example:
//!
//! ```text
//! 让老街​亮起来，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 让老街亮起来，让居民得实惠。
//! ```
//!
//! Fix: zero-width characters between hanzi are removed, which is safe; the others need a person.
//!
//! Source: the Unicode Standard, chapter 23, Special Areas and Format Characters.

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_chinese, marks};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;
use crate::tree::Span;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/invisible",
    severity: Severity::Warning,
    on: true,
    file: include_str!("invisible.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for source in subject.texts {
        let text = source.text;
        let (mut line, mut counted, mut from) = (1, 0, 0);
        for (start, c) in marks(text) {
            if start < from || !is_suspect(c) || is_fine(text, start, c) {
                continue;
            }
            let mut end = start + c.len_utf8();
            while after(text, end) == Some(c) {
                end += c.len_utf8();
            }
            from = end;
            line += text.get(counted..start).map_or(0, |t| t.bytes().filter(|b| *b == b'\n').count());
            counted = start;
            let span = Span::new(source.file, start, end, line);
            let code = format!("U+{:04X}", c as u32);
            let say = match c {
                '\u{fffd}' => Say::new("invisible-lost"),
                '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Say::new("invisible-private").with("code", code),
                _ => Say::new("invisible").with("code", code),
            };
            let finding = findings.push(Some(span), say);
            let between_hanzi =
                before(text, start).is_some_and(is_chinese) && after(text, end).is_some_and(is_chinese);
            if is_zero_width(c) && between_hanzi {
                finding.fix(Fix::one(true, span, ""));
            }
        }
    }
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_suspect(c: char) -> bool {
    is_zero_width(c)
        || c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2061}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..)
}

/// A BOM at the start, and joiners where a script or an emoji needs them.
fn is_fine(text: &str, at: usize, c: char) -> bool {
    let joins =
        |c: char| !c.is_ascii() && !is_chinese(c) && !c.is_whitespace() && !is_zero_width(c) && c > '\u{2ff}';
    match c {
        '\u{feff}' => at == 0,
        '\u{200c}' | '\u{200d}' => {
            let end = at + c.len_utf8();
            before(text, at).is_some_and(joins) && after(text, end).is_some_and(joins)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::{book, holds, mended};
    use crate::check::rules::testing::findings;

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("老街\u{200b}亮起来。", "\u{200b}"),
                ("老街\u{200b}\u{200b}亮起来。", "\u{200b}\u{200b}"),
                ("老街\u{feff}亮起来。", "\u{feff}"),
                ("老街\u{200d}亮起来。", "\u{200d}"),
                ("老街\u{2060}亮起来。", "\u{2060}"),
                ("老街\u{ad}亮起来。", "\u{ad}"),
                ("老街\u{202e}亮起来。", "\u{202e}"),
                ("老街\u{200f}亮起来。", "\u{200f}"),
                ("老街\u{fffd}亮起来。", "\u{fffd}"),
                ("老街\u{e5e5}亮起来。", "\u{e5e5}"),
                ("老街\u{b}亮起来。", "\u{b}"),
                ("老街\u{1b}亮起来。", "\u{1b}"),
                ("老街\u{7f}亮起来。", "\u{7f}"),
                ("老街\u{fff9}亮起来。", "\u{fff9}"),
                ("老街\u{85}亮起来。", "\u{85}"),
            ],
            &[
                "老街亮起来，好。",
                "葛\u{e0100}城，葛\u{fe00}街。",
                "👨\u{200d}👩\u{200d}👧一家人。",
                "No\u{a0}break in 外文。",
                "\u{3000}\u{3000}段首空两格。",
                "می\u{200c}خواهم是波斯文。",
                "𠀀㐂〇々等字。",
                "甲\t乙。",
            ],
        );
    }

    #[test]
    fn a_bom_at_the_start_is_none() {
        assert!(findings(&RULE, &format!("\u{feff}{}", book("甲。"))).is_empty());
    }

    #[test]
    fn between_hanzi_it_goes() {
        assert_eq!(mended(&RULE, "老\u{200b}街\u{feff}亮。", true), "老街亮。");
        assert!(findings(&RULE, &book("甲\u{200b}a。"))[0].fix.is_none());
        assert_eq!(findings(&RULE, &book("甲\u{200b}a。"))[0].span.map(|s| s.line), Some(7));
    }
}
