//! Rules for earlier proofs.

pub(super) mod checks;
pub(super) mod files;

#[cfg(test)]
mod testing {
    use crate::verify::{Check, FontHash, Input, Proof};

    /// A proof of a source and two outputs.
    pub(super) fn proof() -> Proof {
        let input = |file: &str| Input { file: file.to_owned(), sha256: format!("{file:0>64}") };
        let check = |id: &str, figure: &str| Check {
            id: id.to_owned(),
            ok: true,
            figure: figure.to_owned(),
            source: "a standard".to_owned(),
            findings: Vec::new(),
        };
        Proof {
            inputs: ["s.md", "s.pdf", "s.epub"].map(input).into(),
            version: "1.2.3".to_owned(),
            profile: "briefing".to_owned(),
            settings: Vec::new(),
            fonts: vec![FontHash { role: "song".to_owned(), sha256: "00".to_owned() }],
            checks: vec![check("text/parity-pdf", "9 of 9 characters"), check("print/rows", "22 rows")],
        }
    }
}
