//! SHA-256 as the text that reports, ledgers and proofs show.

use sha2::{Digest, Sha256};

/// SHA-256 of `bytes` in lower-case hexadecimal, 64 characters.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
