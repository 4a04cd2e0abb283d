//! Completes what epub-builder made: its package document and NCX mended, our own contents in the place
//! of its, and the archive written anew.
//!
//! The archive holds `mimetype` first and stored (EPUB OCF 3.3, 4.3), then every other file by name,
//! deflated, all with the date 1980-01-01, the first a ZIP can hold.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use crate::render::RenderError;
use crate::render::epub::metadata::Metadata;
use crate::render::epub::plan::Plan;
use crate::render::epub::{ncx, opf};

const MIMETYPE: &str = "mimetype";
const OPF: &str = "OEBPS/content.opf";
const NCX: &str = "OEBPS/toc.ncx";
const NAV: &str = "OEBPS/nav.xhtml";

/// The finished book.
pub(super) fn complete(packed: Vec<u8>, plan: &Plan, metadata: &Metadata) -> Result<Vec<u8>, RenderError> {
    let mut files = unpack(packed).map_err(|e| RenderError::defect("epub", e))?;
    mend(&mut files, OPF, |text| opf::mend(text, metadata))?;
    mend(&mut files, NCX, |text| ncx::mend(text, metadata, plan))?;
    files.insert(NAV.to_owned(), plan.nav.clone().into_bytes());
    zip(files).map_err(|e| RenderError::defect("epub", e))
}

fn mend<E: std::fmt::Display>(
    files: &mut BTreeMap<String, Vec<u8>>,
    name: &str,
    with: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>,
) -> Result<(), RenderError> {
    let file = files.get_mut(name).ok_or_else(|| RenderError::defect("epub", format!("no {name}")))?;
    *file = with(file).map_err(|e| RenderError::defect("epub", format!("{name}: {e}")))?;
    Ok(())
}

fn unpack(packed: Vec<u8>) -> zip::result::ZipResult<BTreeMap<String, Vec<u8>>> {
    let mut archive = ZipArchive::new(Cursor::new(packed))?;
    let mut files = BTreeMap::new();
    for k in 0..archive.len() {
        let mut file = archive.by_index(k)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        files.insert(file.name().to_owned(), bytes);
    }
    Ok(files)
}

fn zip(mut files: BTreeMap<String, Vec<u8>>) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    if let Some(mimetype) = files.remove(MIMETYPE) {
        writer.start_file(MIMETYPE, options.compression_method(CompressionMethod::Stored))?;
        writer.write_all(&mimetype)?;
    }
    for (name, bytes) in files {
        writer.start_file(name, options.compression_method(CompressionMethod::Deflated))?;
        writer.write_all(&bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
