//! An earlier proof held against what is the case now.

use crate::verify::Proof;

/// What the rules for earlier proofs look at. Both are in English: a proof that is kept always is.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Record<'a> {
    /// The proof that was kept.
    pub earlier: &'a Proof,
    /// What was measured now.
    pub now: &'a Proof,
}
