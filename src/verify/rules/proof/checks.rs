//! The checks come out again as the proof says: the same ones, with the same figures and as many findings.
//!
//! A proof by another version of the program may have other checks and other figures; then those that
//! both have must end the same way.

use crate::messages::Say;
use crate::verify::{Check, Finding, Measure, Measured, Record, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "proof/checks",
    source: "jianbao: a proof can be repeated by anyone from the files alone",
    measure: Measure::Record(measure),
};

fn measure(record: &Record<'_>) -> Measured {
    let (earlier, now) = (record.earlier, record.now);
    let is_same_program = earlier.version == now.version;
    // Those of the program's proof that are held against each other now are none of the outputs'.
    let repeated = |check: &&Check| !check.id.starts_with("proof/");
    let mut findings = Vec::new();
    let mut right = 0;
    let mut total = 0;
    for was in earlier.checks.iter().filter(repeated) {
        let say = |id, is: String| {
            let say = Say { id, args: Vec::new() }.with("check", &was.id).with("is", is);
            Finding::of(say.with("was", told(was)))
        };
        match now.checks.iter().find(|c| c.id == was.id) {
            None if !is_same_program => continue,
            None => findings.push(say("verify-proof-not-repeated", String::new())),
            Some(is) if is.ok != was.ok || (is_same_program && told(is) != told(was)) => {
                findings.push(say("verify-proof-other-figure", told(is)));
            }
            Some(_) => right += 1,
        }
        total += 1;
    }
    let figure = Say::new("verify-proof-checks-figure").with("right", right).with("total", total);
    Measured { ok: findings.is_empty() && total > 0, figure, findings }
}

/// Figure and number of findings.
fn told(check: &Check) -> String {
    match check.findings.len() {
        0 => check.figure.clone(),
        count => format!("{} ({count})", check.figure),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::proof;
    use super::*;

    #[test]
    fn figures_come_out_again() {
        let earlier = proof();
        let ids = |now: &crate::verify::Proof| {
            let measured = measure(&Record { earlier: &earlier, now });
            measured.findings.iter().map(|f| f.say.id).collect::<Vec<_>>()
        };
        let mut now = proof();
        assert_eq!(ids(&now), [""; 0]);
        now.checks[1].figure = "21 rows".to_owned();
        assert_eq!(ids(&now), ["verify-proof-other-figure"]);
        now.version = "2.0.0".to_owned();
        assert_eq!(ids(&now), [""; 0]);
        now.checks[1].ok = false;
        assert_eq!(ids(&now), ["verify-proof-other-figure"]);
        now.checks.pop();
        assert_eq!(ids(&now), [""; 0]);
        now.version = earlier.version.clone();
        assert_eq!(ids(&now), ["verify-proof-not-repeated"]);
        now.checks.clear();
        now.version = "2.0.0".to_owned();
        assert!(!measure(&Record { earlier: &earlier, now: &now }).ok, "nothing was repeated");
    }
}
