//! What the fuzz targets share.

pub mod laws;

use std::io::{Cursor, Write};

/// A Word file with these bytes as its text. Not packed: a mutation of packed bytes says nothing.
#[must_use]
pub fn word_file(document: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let written = zip.start_file("word/document.xml", options).is_ok() && zip.write_all(document).is_ok();
    assert!(written, "memory is written to");
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
