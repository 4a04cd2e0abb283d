//! What a file is by its content; endings are only what somebody called it.

use std::io::{Cursor, Read};

use crate::source::SourceError;
use crate::source::docx::package::Package;

/// A form that is told and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// A document under a password.
    Encrypted,
    /// Word 97 to 2003, and WPS Writer's own.
    OldWord,
    /// An old Excel sheet.
    OldExcel,
    /// Old PowerPoint slides.
    OldPowerPoint,
    /// Another file of the old container.
    OldOther,
    /// Rich text.
    Rtf,
    /// PDF.
    Pdf,
    /// An Excel sheet.
    Excel,
    /// PowerPoint slides.
    PowerPoint,
    /// A LibreOffice text.
    OpenDocument,
    /// Another OpenDocument file: a sheet, slides.
    OpenOther,
    /// The Chinese layout form (GB/T 33190).
    Ofd,
    /// An e-book.
    Epub,
    /// A Word file as one XML file.
    FlatWord,
    /// Word 2003's XML.
    OldWordXml,
    /// A web page saved as one file.
    WebArchive,
    /// A zip archive of no form known here.
    Zip,
    /// Another archive.
    Archive,
}

/// What content tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Word,
    Html,
    Foreign(Foreign),
    /// Nothing: text, or bytes of no form.
    Unknown,
}

/// How far into a file its kind is looked for.
const HEAD: usize = 8 << 10;

/// Tells a file by its content.
pub(super) fn form(bytes: &[u8]) -> Result<Form, SourceError> {
    let foreign = |form| Ok(Form::Foreign(form));
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return foreign(old_container(bytes));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(bytes);
    }
    let archives: [&[u8]; 5] =
        [b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00"];
    if archives.iter().any(|a| bytes.starts_with(a)) {
        return foreign(Foreign::Archive);
    }
    // UTF-16 of a head in ASCII is ASCII with zeros between.
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|b| *b != 0).collect();
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    if head.starts_with("{\\rtf") {
        return foreign(Foreign::Rtf);
    }
    if head.starts_with("%PDF-") {
        return foreign(Foreign::Pdf);
    }
    let lower = head.to_ascii_lowercase();
    if is_web_archive(&lower) {
        return foreign(Foreign::WebArchive);
    }
    if lower.starts_with("<?xml") || lower.starts_with("<pkg:") || lower.starts_with("<w:") {
        if lower.contains("http://schemas.microsoft.com/office/2006/xmlpackage") {
            return foreign(Foreign::FlatWord);
        }
        if lower.contains("http://schemas.microsoft.com/office/word/2003/wordml") {
            return foreign(Foreign::OldWordXml);
        }
    }
    if is_html(&lower) {
        return Ok(Form::Html);
    }
    Ok(Form::Unknown)
}

/// A mail-like head with parts, as browsers and Word save a page in one file.
fn is_web_archive(head: &str) -> bool {
    let opens = ["mime-version:", "from: <saved by", "from: \"saved by", "message-id:"];
    opens.iter().any(|o| head.starts_with(o)) && head.contains("multipart/related")
}

/// `<!doctype html>` or `<html`, behind comments and an XML declaration.
fn is_html(head: &str) -> bool {
    let mut rest = head;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|k| k + 3)
        } else if rest.starts_with("<?") {
            rest.find('>').map(|k| k + 1)
        } else {
            break;
        };
        match end.and_then(|k| rest.get(k..)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    let is_tag =
        |name: &str| rest.strip_prefix(name).is_some_and(|r| r.starts_with(['>', ' ', '\t', '\r', '\n']));
    rest.starts_with("<!doctype html") || is_tag("<html")
}

/// The container of Office 97, by its streams; encrypted new documents stand in it too.
fn old_container(bytes: &[u8]) -> Foreign {
    let Ok(container) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Foreign::OldOther };
    let has = |name: &str| container.exists(format!("/{name}"));
    match () {
        () if has("EncryptedPackage") || has("EncryptionInfo") => Foreign::Encrypted,
        () if has("WordDocument") => Foreign::OldWord,
        () if has("Workbook") || has("Book") => Foreign::OldExcel,
        () if has("PowerPoint Document") => Foreign::OldPowerPoint,
        () => Foreign::OldOther,
    }
}

/// A zip archive, by what it says of itself.
fn zipped(bytes: &[u8]) -> Result<Form, SourceError> {
    let mut package = Package::open(bytes)?;
    if let Some(kind) = small(&mut package, "mimetype")? {
        let kind = kind.trim();
        let form = match kind {
            "application/epub+zip" => Some(Foreign::Epub),
            _ if kind.starts_with("application/vnd.oasis.opendocument.text") => Some(Foreign::OpenDocument),
            _ if kind.starts_with("application/vnd.oasis.opendocument") => Some(Foreign::OpenOther),
            _ => None,
        };
        if let Some(form) = form {
            return Ok(Form::Foreign(form));
        }
    }
    if package.has("OFD.xml") {
        return Ok(Form::Foreign(Foreign::Ofd));
    }
    let types = small(&mut package, "[Content_Types].xml")?.unwrap_or_default();
    let main = |form: &str| types.contains(form);
    Ok(match () {
        () if main("wordprocessingml") || main("ms-word.document") || main("ms-word.template") => Form::Word,
        () if main("spreadsheetml") || main("ms-excel") => Form::Foreign(Foreign::Excel),
        () if main("presentationml") || main("ms-powerpoint") => Form::Foreign(Foreign::PowerPoint),
        // Some programs leave the list of types out.
        () if package.has("word/document.xml") => Form::Word,
        () if package.has("EncryptedPackage") => Form::Foreign(Foreign::Encrypted),
        () => Form::Foreign(Foreign::Zip),
    })
}

/// The text of a part that says what the archive is.
fn small(package: &mut Package<'_>, name: &str) -> Result<Option<String>, SourceError> {
    let Some(bytes) = package.bytes(name)? else { return Ok(None) };
    let mut text = Vec::new();
    // UTF-16 here too.
    let _ = bytes.as_slice().take(1 << 20).read_to_end(&mut text);
    text.retain(|b| *b != 0);
    Ok(Some(String::from_utf8_lossy(&text).into_owned()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn cfb(streams: &[&str]) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for name in streams {
            file.create_stream(format!("/{name}")).unwrap().write_all(b"x").unwrap();
        }
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn forms_are_told_by_content() {
        use Foreign as F;
        let types = |main: &str| format!("<Types><Override ContentType='application/{main}'/></Types>");
        let word = types("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
        let macros = types("vnd.ms-word.document.macroEnabled.main+xml");
        let excel = types("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
        let slides = types("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml");
        let cases: Vec<(Vec<u8>, Form)> = vec![
            (zip(&[("[Content_Types].xml", &word)]), Form::Word),
            (zip(&[("[Content_Types].xml", &macros)]), Form::Word),
            (zip(&[("word/document.xml", "")]), Form::Word),
            (zip(&[("[Content_Types].xml", &excel)]), Form::Foreign(F::Excel)),
            (zip(&[("[Content_Types].xml", &slides)]), Form::Foreign(F::PowerPoint)),
            (zip(&[("mimetype", "application/vnd.oasis.opendocument.text")]), Form::Foreign(F::OpenDocument)),
            (
                zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
                Form::Foreign(F::OpenOther),
            ),
            (zip(&[("mimetype", "application/epub+zip")]), Form::Foreign(F::Epub)),
            (zip(&[("OFD.xml", "")]), Form::Foreign(F::Ofd)),
            (zip(&[("a.txt", "")]), Form::Foreign(F::Zip)),
            (cfb(&["EncryptedPackage", "EncryptionInfo"]), Form::Foreign(F::Encrypted)),
            (cfb(&["WordDocument", "1Table"]), Form::Foreign(F::OldWord)),
            (cfb(&["Workbook"]), Form::Foreign(F::OldExcel)),
            (cfb(&["PowerPoint Document"]), Form::Foreign(F::OldPowerPoint)),
            (cfb(&["Contents"]), Form::Foreign(F::OldOther)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more".to_vec(), Form::Foreign(F::OldOther)),
            (b"{\\rtf1\\ansi".to_vec(), Form::Foreign(F::Rtf)),
            (b"%PDF-1.7".to_vec(), Form::Foreign(F::Pdf)),
            (b"Rar!\x1a\x07\x00".to_vec(), Form::Foreign(F::Archive)),
            (
                b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x".to_vec(),
                Form::Foreign(F::WebArchive),
            ),
            (
                b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>".to_vec(),
                Form::Foreign(F::FlatWord),
            ),
            (
                b"<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'>".to_vec(),
                Form::Foreign(F::OldWordXml),
            ),
            ("\u{feff}\n <!DOCTYPE HTML><p>".as_bytes().to_vec(), Form::Html),
            (b"<?xml version='1.0'?><!-- x --><html lang='zh'>".to_vec(), Form::Html),
            ("<!doctype html>".encode_utf16().flat_map(u16::to_le_bytes).collect(), Form::Html),
            (b"<htmlx>".to_vec(), Form::Unknown),
            ("# 题\n\n<html>".as_bytes().to_vec(), Form::Unknown),
            (Vec::new(), Form::Unknown),
        ];
        for (bytes, expected) in cases {
            assert_eq!(form(&bytes), Ok(expected), "{}", String::from_utf8_lossy(&bytes));
        }
        let cut = zip(&[("word/document.xml", "甲乙丙")]);
        assert!(matches!(form(&cut[..cut.len() / 2]), Err(SourceError::Damaged { .. })));
    }
}
