//! Pictures, inside the text line and never wider than the type area.

use docx_rs::{Pic, Run};

use crate::render::Note as Notice;
use crate::tree::{Figure, plain_text};

use super::writer::Writer;
use super::xml::{Element, one_line};

/// English Metric Units in a twip and in a pixel at 96 a inch.
const EMU_TWIP: u64 = 635;
const EMU_PIXEL: u64 = 9525;
/// 156 mm, and most of the height of a page with room for a caption.
const MAX_WIDTH: u64 = 8844 * EMU_TWIP;
const MAX_HEIGHT: u64 = 11_000 * EMU_TWIP;

impl<'j> Writer<'j> {
    /// The picture, or a notice that it is left out: missing, or of a kind Word does not show.
    pub(super) fn picture(&mut self, figure: &Figure) -> Option<Run> {
        let known = self
            .job
            .assets
            .get_key_value(figure.src.as_str())
            .filter(|(_, asset)| asset.word_ending().is_some());
        let Some((src, asset)) = known else {
            self.notices.push(Notice::PictureMissing { src: figure.src.clone() });
            return None;
        };
        let k = self.picture_index(src);
        self.rels().pictures.insert(k);
        let alt = if figure.alt.is_empty() { plain_text(&figure.caption) } else { figure.alt.clone() };
        let alts = if self.in_note { &mut self.note_alts } else { &mut self.text_alts };
        alts.push(one_line(&alt));
        let (width, height) = fitted(asset.width, asset.height);
        // docx-rs only needs bytes that tell pictures apart; the real ones are packed by us, under
        // their own file ending.
        let pic = Pic::new_with_dimensions(src.as_bytes().to_vec(), 1, 1).id(relation(k)).size(width, height);
        Some(Run::new().add_image(pic))
    }

    fn picture_index(&mut self, src: &'j str) -> usize {
        self.pictures.iter().position(|p| *p == src).unwrap_or_else(|| {
            self.pictures.push(src);
            self.pictures.len() - 1
        })
    }
}

/// The relationship id of a picture.
pub(super) fn relation(k: usize) -> String {
    format!("rIdPicture{}", k + 1)
}

/// Natural size at 96 pixels an inch, made smaller to fit.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let (w, h) = (u64::from(width.max(1)) * EMU_PIXEL, u64::from(height.max(1)) * EMU_PIXEL);
    let (mut fw, mut fh) = (w.min(MAX_WIDTH), h);
    fh = fh * fw / w;
    if fh > MAX_HEIGHT {
        fw = fw * MAX_HEIGHT / fh;
        fh = MAX_HEIGHT;
    }
    let emu = |v: u64| u32::try_from(v.max(1)).unwrap_or(u32::MAX);
    (emu(fw), emu(fh))
}

/// Gives drawings their own number, name and alternative text; docx-rs calls all of them 1.
pub(super) fn complete(part: &mut Element, alts: &[String], first: usize) {
    let mut k = 0;
    part.walk(&mut |e| {
        if e.name == "wp:docPr" {
            let number = (first + k).to_string();
            e.set("id", &number);
            e.set("name", &format!("图片 {number}"));
            e.set("descr", alts.get(k).map_or("", String::as_str));
            k += 1;
        } else if e.name == "pic:cNvPr" {
            // Follows its docPr.
            let number = (first + k).saturating_sub(1).to_string();
            e.set("id", &number);
            e.set("name", &format!("图片 {number}"));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{MAX_HEIGHT, MAX_WIDTH, fitted};

    #[test]
    fn pictures_fit_the_page() {
        assert_eq!(fitted(96, 96), (914_400, 914_400));
        for (w, h) in [(5000, 10), (10, 50_000), (u32::MAX, u32::MAX), (0, 0), (4000, 3000)] {
            let (fw, fh) = fitted(w, h);
            assert!(u64::from(fw) <= MAX_WIDTH && u64::from(fh) <= MAX_HEIGHT && fw > 0 && fh > 0, "{w}×{h}");
        }
    }
}
