//! Whatever happens to the bytes, reading ends: with a text or with a reason, never with a crash.

use super::*;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// One of everything.
fn rich() -> Made {
    let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>目</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let number = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>";
    let body = format!(
        "{}<w:p>{field}</w:p>{}{}<w:p><w:ins>{}</w:ins><w:del>{}</w:del><w:r><w:footnoteReference w:id='2'/><w:br/></w:r></w:p>\
         <w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>\
         <w:p><w:r><w:drawing><wp:docPr descr='x'/><a:blip r:embed='i'/><w:txbxContent>{}</w:txbxContent></w:drawing></w:r></w:p>\
         <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        styled("<w:pStyle w:val='h'/>", "题"),
        styled(number, "甲"),
        styled("<w:jc w:val='center'/><w:ind w:firstLineChars='200'/><w:rPr><w:del/></w:rPr>", "乙"),
        r("<w:b/>", "丙"),
        r("<w:i/>", "丁"),
        p("格"),
        p("子"),
        p("框"),
        p("示"),
    );
    made(&body)
        .style("paragraph", "h", "heading 1", "<w:basedOn w:val='h'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:rPr><w:sz w:val='44'/></w:rPr>")
        .numbering("<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>")
        .note(2, &p("注"))
        .comment(&p("批"))
        .relation("i", "image", "media/a.png", "Internal")
        .part("word/media/a.png", b"\x89PNG\r\n\x1a\n")
}

fn mutated(bytes: &[u8], pieces: &[&[u8]], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len());
        match dice.roll(5) {
            0 => bytes[at] = dice.roll(256) as u8,
            1 => bytes[at] ^= 1 << dice.roll(8),
            2 => {
                let end = (at + dice.roll(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let piece = pieces[dice.roll(pieces.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => {
                let end = (at + dice.roll(200)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, copy);
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

fn try_to_read(bytes: &[u8]) -> bool {
    match read(FileId(0), "a.docx", bytes) {
        Ok(document) => {
            spans_hold(&document);
            true
        }
        Err(_) => false,
    }
}

#[test]
fn bytes_of_the_package() {
    let whole = rich().bytes();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let pieces: [&[u8]; 3] = [b"PK\x03\x04", b"\0\0\0\0", b"\xff\xff\xff\xff"];
    let read = (0..3_000).filter(|_| try_to_read(&mutated(&whole, &pieces, &mut dice))).count();
    assert!(read < 3_000, "damage is noticed");
}

#[test]
fn the_xml_inside() {
    let rich = rich();
    assert!(try_to_read(&rich.bytes()));
    let parts = rich.parts();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let pieces: [&[u8]; 12] = [
        b"<w:p>",
        b"</w:p>",
        b"<w:tbl>",
        b"<w:tr/>",
        b"<w:tc>",
        b"<w:r>",
        b"<w:t>",
        b"&#x0;",
        b"&lt;",
        b"<w:fldChar w:fldCharType='begin'/>",
        b"<w:numPr><w:numId w:val='4294967295'/></w:numPr>",
        b"w:val='-9999999999'",
    ];
    let mut read = 0;
    for k in 0..3_000 {
        let mut all: Vec<(String, Vec<u8>)> =
            parts.iter().map(|(n, t)| (n.clone(), t.as_bytes().to_vec())).collect();
        let chosen = if k % 2 == 0 { 0 } else { dice.roll(all.len()) };
        all[chosen].1 = mutated(&all[chosen].1, &pieces, &mut dice);
        let parts: Vec<(&str, &[u8])> = all.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        read += usize::from(try_to_read(&zipped(&parts)));
    }
    assert!((100..2_900).contains(&read), "some are read and some refused: {read}");
}

#[test]
fn elements_in_any_order() {
    let pieces = [
        "<w:p>",
        "</w:p>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:r>",
        "</w:r>",
        "<w:t>文</w:t>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:sdt>",
        "</w:sdt>",
        "<w:br/>",
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        "<w:footnoteReference w:id='2'/>",
    ];
    let mut dice = Dice(0x0123_4567_89ab_cdef);
    for _ in 0..2_000 {
        // Well-formed whatever comes: each piece that opens is closed in its turn.
        let mut body = String::new();
        let mut open: Vec<&str> = Vec::new();
        for _ in 0..dice.roll(60) {
            let piece = pieces[dice.roll(pieces.len())];
            if let Some(name) = piece.strip_prefix("</") {
                if open.last() == Some(&name) {
                    open.pop();
                    body += piece;
                }
            } else {
                body += piece;
                let name = &piece[1..];
                if !piece.ends_with("/>") && !piece.contains("</") {
                    open.push(name);
                }
            }
        }
        open.iter().rev().for_each(|name| body += &format!("</{name}"));
        let bytes = made(&body).note(2, &p("注")).bytes();
        match read(FileId(0), "a.docx", &bytes) {
            Ok(document) => spans_hold(&document),
            Err(error) => assert_eq!(error, SourceError::Empty, "{body}"),
        }
    }
}
