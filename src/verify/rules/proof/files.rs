//! The files are those that the proof was made of: each that it names is given and has the hash it had, and no
//! other is given.
//!
//! Files are known by their names, without folders. Fonts are told and not asked for: what a PDF needs of
//! them is inside it.

use crate::messages::Say;
use crate::verify::{Finding, Measure, Measured, Record, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "proof/files",
    source: "FIPS 180-4 (SHA-256); jianbao: a proof can be repeated by anyone from the files alone",
    measure: Measure::Record(measure),
};

fn measure(record: &Record<'_>) -> Measured {
    let (earlier, now) = (record.earlier, record.now);
    let mut findings = Vec::new();
    let mut right = 0;
    for input in &earlier.inputs {
        let same: Vec<_> = now.inputs.iter().filter(|i| bare(&i.file) == bare(&input.file)).collect();
        let id = match same.iter().any(|i| i.sha256 == input.sha256) {
            true => {
                right += 1;
                continue;
            }
            false if same.is_empty() => "verify-proof-not-given",
            false => "verify-proof-other-file",
        };
        findings.push(Finding::of(Say { id, args: Vec::new() }.with("file", &input.file)));
    }
    let is_named = |file: &str| earlier.inputs.iter().any(|i| bare(&i.file) == bare(file));
    for input in now.inputs.iter().filter(|i| !is_named(&i.file)) {
        findings.push(Finding::of(Say::new("verify-proof-unnamed").with("file", &input.file)));
    }
    let fonts = earlier.fonts.iter().filter(|f| now.fonts.contains(f)).count();
    let figure =
        Say::new("verify-proof-files-figure").with("right", right).with("files", earlier.inputs.len());
    let figure = figure.with("fonts", fonts).with("roles", earlier.fonts.len());
    Measured { ok: findings.is_empty() && right > 0, figure, findings }
}

/// A file's name without its folder.
fn bare(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::super::testing::proof;
    use super::*;
    use crate::verify::Proof;

    fn found(earlier: &Proof, now: &Proof) -> Vec<&'static str> {
        let measured = measure(&Record { earlier, now });
        assert_eq!(measured.ok, measured.findings.is_empty());
        measured.findings.iter().map(|f| f.say.id).collect()
    }

    #[test]
    fn every_file_is_the_one_that_was_proved() {
        let earlier = proof();
        let mut now = proof();
        now.inputs[1].file = "other/folder/s.pdf".to_owned();
        now.fonts[0].sha256 = "01".to_owned();
        assert_eq!(found(&earlier, &now), [""; 0]);
        now.inputs[1].sha256.replace_range(..1, "x");
        assert_eq!(found(&earlier, &now), ["verify-proof-other-file"]);
        now.inputs.remove(1);
        assert_eq!(found(&earlier, &now), ["verify-proof-not-given"]);
        assert_eq!(found(&now, &earlier), ["verify-proof-unnamed"]);
    }
}
