//! Words of other languages and scripts, each in a span that names its language: a screen reader takes the right
//! voice, a device the right font (WCAG 2.1, 3.1.2).
//!
//! A script tells the language where one language is written in it, or nearly so; where several are, letters that
//! only one of them has. Latin letters tell nothing: two words and more, one of them without capitals, are taken for
//! English unless a word says otherwise. Single words, names and abbreviations are left as they are: they are proper
//! names and technical terms, which the standard leaves out.

use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

use crate::render::RenderError;
use crate::render::epub::marked::{Span, marked};
use crate::render::epub::plan::Plan;

/// Scripts and the attributes of their spans: languages of China that GB 18030 asks every device to show, and those of
/// neighbours.
const SCRIPTS: &[(Script, &str)] = &[
    (Script::Tibetan, "lang=\"bo\" xml:lang=\"bo\""),
    (Script::Yi, "lang=\"ii\" xml:lang=\"ii\""),
    (Script::Mongolian, "lang=\"mn-Mong\" xml:lang=\"mn-Mong\""),
    (Script::Hangul, "lang=\"ko\" xml:lang=\"ko\""),
    (Script::TaiLe, "lang=\"tdd\" xml:lang=\"tdd\""),
    (Script::NewTaiLue, "lang=\"khb\" xml:lang=\"khb\""),
    (Script::Lisu, "lang=\"lis\" xml:lang=\"lis\""),
    (Script::Hiragana, "lang=\"ja\" xml:lang=\"ja\""),
    (Script::Hebrew, "lang=\"he\" xml:lang=\"he\" dir=\"rtl\""),
    (Script::Greek, "lang=\"el\" xml:lang=\"el\""),
    (Script::Thai, "lang=\"th\" xml:lang=\"th\""),
    (Script::Lao, "lang=\"lo\" xml:lang=\"lo\""),
    (Script::Khmer, "lang=\"km\" xml:lang=\"km\""),
    (Script::Myanmar, "lang=\"my\" xml:lang=\"my\""),
    (Script::Devanagari, "lang=\"hi\" xml:lang=\"hi\""),
];

/// Scripts of Chinese text.
const OURS: [Script; 4] = [Script::Han, Script::Bopomofo, Script::Common, Script::Inherited];

const UNKNOWN: &str = "lang=\"und\" xml:lang=\"und\"";
const ENGLISH: &str = "lang=\"en\" xml:lang=\"en\"";

/// Little words that English does not have.
const NOT_ENGLISH: &[&str] = &[
    "ad", "das", "de", "del", "der", "des", "di", "die", "du", "ein", "el", "en", "est", "et", "il", "ist",
    "la", "las", "le", "les", "los", "pro", "quo", "sur", "un", "una", "und", "une", "von", "zu",
];

/// Marks the foreign words of every document.
///
/// # Errors
/// When a document cannot be read again.
pub(super) fn mark(plan: &mut Plan) -> Result<(), RenderError> {
    let documents = plan.documents.iter_mut().map(|d| &mut d.xhtml).chain([&mut plan.nav]);
    for document in documents {
        *document = marked(document, found).map_err(|e| RenderError::defect("epub", e))?;
    }
    Ok(())
}

/// The foreign words of a text.
fn found(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = 0;
    while let Some((at, script)) = first(text, rest) {
        let end = end(text, at, script);
        let attributes = match script {
            Script::Latin => is_english(&text[at..end]).then_some(ENGLISH),
            _ => of_letters(&text[at..end], script),
        };
        spans.extend(attributes.map(|attributes| Span { range: Range { start: at, end }, attributes }));
        rest = end;
    }
    spans
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

/// Kana are one script here.
fn writing(c: char) -> Option<Script> {
    match script(c) {
        Script::Katakana => Some(Script::Hiragana),
        other => (c.is_alphabetic() && !OURS.contains(&other)).then_some(other),
    }
}

/// The first letter of a foreign script from a place on.
fn first(text: &str, from: usize) -> Option<(usize, Script)> {
    // Hanzi and marks, by far the most, are told without the table.
    let is_plain = |c: char| {
        c.is_ascii() && !c.is_ascii_alphabetic()
            || matches!(c, '\u{3000}'..='\u{3020}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF20}')
    };
    let mut chars = text[from..].char_indices().filter(|(_, c)| !is_plain(*c));
    chars.find_map(|(at, c)| Some((from + at, writing(c)?)))
}

/// Behind the last letter of the words that begin at a place: blanks, digits and marks between words belong to them.
fn end(text: &str, at: usize, wanted: Script) -> usize {
    let mut end = at;
    for (k, c) in text[at..].char_indices() {
        let behind = at + k + c.len_utf8();
        match script(c) {
            Script::Common if c.is_ascii() || matches!(c, '’' | 'ー' | '،' | '؛' | '؟') => {
                if c == 'ー' {
                    end = behind;
                }
            }
            Script::Inherited => end = behind,
            _ if writing(c) == Some(wanted) => end = behind,
            own if own == wanted => end = behind,
            _ => break,
        }
    }
    end
}

fn is_english(words: &str) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_word = |word: &String| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '\'' | '’' | '-'))
    };
    let all: Vec<String> = words.split_ascii_whitespace().map(bare).filter(is_word).collect();
    let is_small = |word: &String| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_other = |word: &String| NOT_ENGLISH.contains(&word.as_str());
    let is_ascii = words.chars().all(|c| c.is_ascii() || c == '’');
    is_ascii && all.len() > 1 && all.iter().any(is_small) && !all.iter().any(is_other)
}

/// The attributes of words in a script; none where a sign stands for itself, as in a formula.
fn of_letters(words: &str, wanted: Script) -> Option<&'static str> {
    let count = words.chars().filter(|c| c.is_alphabetic()).count();
    let has = |letters: &str| words.chars().any(|c| letters.contains(c));
    match wanted {
        Script::Greek if count < 3 => None,
        // 鲜の屋
        Script::Hiragana if count < 2 => None,
        Script::Arabic if has("\u{674}") => Some("lang=\"kk-Arab\" xml:lang=\"kk-Arab\" dir=\"rtl\""),
        Script::Arabic if has("ەېۆۇۈۋڭ") => Some("lang=\"ug\" xml:lang=\"ug\" dir=\"rtl\""),
        Script::Arabic => Some("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\""),
        Script::Cyrillic if has("қғңұһәҚҒҢҰҺӘ") => Some("lang=\"kk\" xml:lang=\"kk\""),
        Script::Cyrillic if has("өүӨҮ") => Some("lang=\"mn\" xml:lang=\"mn\""),
        Script::Cyrillic => Some("lang=\"ru\" xml:lang=\"ru\""),
        _ => Some(SCRIPTS.iter().find(|(s, _)| *s == wanted).map_or(UNKNOWN, |(_, attributes)| attributes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&str, &str)> {
        let language = |s: &Span| s.attributes.split('"').nth(1).unwrap();
        found(text).iter().map(|s| (&text[s.range.clone()], language(s))).collect()
    }

    #[test]
    fn words_of_other_languages() {
        for (text, wanted) in [
            ("他说“Think globally, act locally”，说得好", ("Think globally, act locally", "en")),
            ("以 people’s livelihood 为先。", ("people’s livelihood", "en")),
            ("藏语བཀྲ་ཤིས་བདེ་ལེགས།，即吉祥", ("བཀྲ་ཤིས་བདེ་ལེགས།", "bo")),
            ("彝文ꆈꌠꉙ。", ("ꆈꌠꉙ", "ii")),
            ("蒙古文ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ。", ("ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ", "mn-Mong")),
            ("ئۇيغۇر تىلى ۋە ئەدەبىيات", ("ئۇيغۇر تىلى ۋە ئەدەبىيات", "ug")),
            ("“قازاق ٴتىلى”", ("قازاق ٴتىلى", "kk-Arab")),
            ("السلام عليكم。", ("السلام عليكم", "ar")),
            ("朝鲜语안녕 하세요。", ("안녕 하세요", "ko")),
            ("日语のコーヒー店", ("のコーヒー", "ja")),
            ("Добро пожаловать", ("Добро пожаловать", "ru")),
            ("λόγος是希腊语", ("λόγος", "el")),
            ("ქართული", ("ქართული", "und")),
        ] {
            assert_eq!(told(text), [wanted], "{text}");
        }
        assert_eq!(told("甲 the end 乙 안녕 丙"), [("the end", "en"), ("안녕", "ko")]);
    }

    #[test]
    fn names_terms_and_signs_are_left() {
        for text in [
            "GDP增长5%，AI 赋能，PM2.5、5G、Wi-Fi、IPv6、CO2",
            "John Smith 与 ThinkPad X",
            "见 https://example.org/a-b?c=d",
            "hello",
            "α射线与β射线，μm",
            "鲜の屋",
            "savoir faire et la vie",
            "déjà vu encore",
            "全是汉字，没有别的。㛃𠮷",
            "",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
