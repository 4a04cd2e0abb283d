//! Rules for Word files: the text, the contents, and the form that an official file has to have.

pub(super) mod contents;
pub(super) mod fonts;
pub(super) mod page;
pub(super) mod parity;
pub(super) mod styles;
pub(super) mod tables;
#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::testing::File;
    use crate::verify::Kind;
    use crate::verify::rules::RULES;

    #[test]
    fn every_rule_is_silent_on_a_right_file() {
        let mut rules = 0;
        for rule in RULES.iter().filter(|r| r.kind() == Kind::Docx) {
            let measured = File::new().measure(rule);
            assert!(measured.ok && measured.findings.is_empty(), "{}: {measured:?}", rule.name);
            rules += 1;
        }
        assert_eq!(rules, 6);
    }
}
