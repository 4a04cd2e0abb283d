//! Fixed wordings: titles, names and phrases that have one right form, and orders of precedence.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::check::tables::{ListError, ListFault, columns, parts, text_of};

/// The user's table of fixed wordings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    pub(in crate::check) wordings: Vec<Wording>,
    /// Each a list of words in the order they are to be named in.
    pub(in crate::check) orders: Vec<Vec<String>>,
}

/// One fixed wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Wording {
    pub(in crate::check) text: String,
    /// Forms known to be wrong.
    pub(in crate::check) wrong: Vec<String>,
}

/// The same as TOML has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "wording")]
    wordings: Vec<Entry>,
    #[serde(default, rename = "order")]
    orders: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    text: String,
    #[serde(default)]
    wrong: Vec<String>,
}

impl Glossary {
    /// Reads a table: TOML when `name` ends so (`order`, a list of lists of words, and `[[wording]]` with
    /// `text` and `wrong`), else CSV with the columns 用语 (or `wording`), 误写
    /// (`wrong`, several parted by 、) and 次序 (`order`: a number, the place among those that have one).
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, ListError> {
        let text = text_of(bytes)?;
        let is_toml = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("toml"));
        if is_toml { of_toml(text) } else { of_csv(&text) }
    }
}

fn of_toml(text: String) -> Result<Glossary, ListError> {
    let file: File = match toml::from_str(&text) {
        Ok(file) => file,
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            return Err(ListError { fault: ListFault::Syntax(error.message().to_owned()), text, range });
        }
    };
    let blank = file.wordings.iter().any(|w| w.text.trim().is_empty());
    if blank || (file.wordings.is_empty() && file.orders.is_empty()) {
        let fault = if blank { ListFault::NoValue("text") } else { ListFault::Empty };
        return Err(ListError { fault, text, range: 0..0 });
    }
    let trimmed = |list: Vec<String>| -> Vec<String> {
        list.iter().map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect()
    };
    let wordings = file
        .wordings
        .into_iter()
        .map(|e| Wording { text: e.text.trim().to_owned(), wrong: trimmed(e.wrong) })
        .collect();
    Ok(Glossary { wordings, orders: file.orders.into_iter().map(trimmed).collect() })
}

fn of_csv(text: &str) -> Result<Glossary, ListError> {
    let rows = columns::rows(text, [&["用语", "wording"], &["误写", "wrong"], &["次序", "order"]])?;
    let mut glossary = Glossary::default();
    let mut order: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for row in rows {
        let [wording, wrong, place] = row.cells;
        if !place.is_empty() {
            let Ok(number) = place.parse() else {
                let fault = ListFault::NotANumber(place);
                return Err(ListError { fault, text: text.to_owned(), range: row.range });
            };
            order.entry(number).or_default().push(wording.clone());
        }
        glossary.wordings.push(Wording { text: wording, wrong: parts(&wrong).collect() });
    }
    if !order.is_empty() {
        glossary.orders.push(order.into_values().flatten().collect());
    }
    Ok(glossary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_and_both_encodings_say_the_same() {
        let csv = "用语,误写,次序\n市委,,1\n全过程人民民主,全过程民主、全程人民民主,\n市政协,,2\n";
        let toml = "order = [['市委', '市政协']]\n[[wording]]\ntext = '市委'\n[[wording]]\n\
                    text = '全过程人民民主'\nwrong = ['全过程民主', '全程人民民主']\n[[wording]]\ntext = '市政协'\n";
        let expected = Glossary::parse("a.toml", toml.as_bytes()).unwrap();
        assert_eq!(expected.wordings[1].wrong.len(), 2);
        assert_eq!(Glossary::parse("a.csv", csv.as_bytes()), Ok(expected.clone()));
        assert_eq!(Glossary::parse("a.csv", &encoding_rs::GBK.encode(csv).0), Ok(expected));
    }

    #[test]
    fn faults_have_places() {
        let fault = |name: &str, text: &str| {
            let error = Glossary::parse(name, text.as_bytes()).unwrap_err();
            (error.fault, error.text[error.range].to_owned())
        };
        assert_eq!(fault("a.csv", "词,误写\n甲,乙\n"), (ListFault::NoColumn("用语"), "词,误写".into()));
        assert_eq!(fault("a.csv", "用语,误写\n甲,乙\n,丙\n"), (ListFault::NoValue("用语"), ",丙".into()));
        assert_eq!(
            fault("a.csv", "用语,次序\r\n甲,一\r\n"),
            (ListFault::NotANumber("一".into()), "甲,一".into())
        );
        assert_eq!(fault("a.csv", "用语\n").0, ListFault::Empty);
        let (fault, place) = fault("a.toml", "[[wording]]\ntext = 3\n");
        assert!(matches!(fault, ListFault::Syntax(_)));
        assert_eq!(place, "3");
    }
}
