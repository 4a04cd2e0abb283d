//! The sheets as a PDF. A page of the source becomes a form: its content stream stays as it is, packed as
//! it was, and only its dictionary grows.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};

use crate::impose::copy::Copier;
use crate::impose::geometry::{MM, Matrix, Rect, numbers};
use crate::impose::ink::Ink;
use crate::impose::place::{Format, Frame, Half, Standing, stand};
use crate::impose::source::{Page, Source};
use crate::impose::{
    ImposeError, Layout, Lost, Note, Plan, Printer, Settings, Sheet, SheetSize, claims, lost, marks,
};

/// Thickness of a sheet for a press, in mm.
const PAPER: f64 = 0.1;

/// One imposition under way.
pub(super) struct Writing<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) source: &'a Source,
    pub(super) plan: &'a Plan,
    pub(super) settings: &'a Settings<'a>,
    pub(super) sheet: SheetSize,
    pub(super) format: Format,
}

/// A page as a form, and the appearances drawn over it.
struct Form {
    id: ObjectId,
    stamps: Vec<(ObjectId, Matrix)>,
}

impl Writing<'_> {
    pub(super) fn run(&self) -> Result<(Vec<u8>, Vec<Note>), ImposeError> {
        let frame = self.frame(&self.reaches()?);
        let mut copier = Copier::new(self.source);
        let printed = if self.settings.test.is_some() { 1 } else { self.plan.sheets.len() };
        let sheets = self.plan.sheets.get(..printed).unwrap_or(&self.plan.sheets);
        let forms = self.forms(&mut copier, sheets)?;
        let pages = copier.target.new_object_id();
        let plates = (self.settings.printer == Printer::Press).then(|| all_plates(&mut copier));
        let mut kids = Vec::new();
        for sheet in sheets {
            for is_front in [true, false] {
                let mut page = self.side(&mut copier, &frame, sheet, is_front, &forms, plates)?;
                page.set("Parent", pages);
                kids.push(Object::Reference(copier.target.add_object(page)));
            }
        }
        let count = kids.len() as i64;
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        copier.target.objects.insert(pages, Object::Dictionary(tree));
        let mut notes = self.notes(&frame);
        let claimed = self.finish(&mut copier, pages, &mut notes);
        let lost = lost::count(self.source).into_iter();
        notes.extend(
            lost.chain(claimed.then_some((Lost::Claims, 1))).map(|(what, count)| Note::Lost { what, count }),
        );
        copier.finish();
        let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
        let options = options.max_objects_per_stream(200).compression_level(9).build();
        let mut bytes = Vec::new();
        let saved = copier.target.save_with_options(&mut bytes, options);
        saved.map_err(|error| ImposeError::Defect { message: error.to_string() })?;
        Ok((bytes, notes))
    }

    /// How far each page's ink reaches. Every page's content is unpacked once, so that one that is cut
    /// off is noticed before paper is wasted.
    fn reaches(&self) -> Result<Vec<Option<Rect>>, ImposeError> {
        let mut ink = Ink::new(self.source);
        let pages = self.source.pages.iter().enumerate();
        pages
            .map(|(number, page)| {
                let content = self.source.content(page, number)?;
                if self.settings.printer == Printer::Press {
                    return Ok(None);
                }
                let reach = ink.reach(&self.resources(page).unwrap_or_default(), &content, &page.bleed);
                let stamps = self.stamps(page).into_iter().map(|(_, _, place)| place);
                Ok(reach.into_iter().chain(stamps).reduce(|one, other| one.join(&other)))
            })
            .collect()
    }

    fn creep(&self) -> f64 {
        let usual = if self.settings.printer == Printer::Press { PAPER } else { 0.0 };
        self.settings.creep.unwrap_or(usual) * MM
    }

    /// The frame of all sheets: full size, unless an office printer would cut off ink.
    fn frame(&self, reaches: &[Option<Rect>]) -> Frame {
        let frame = Frame::new(self.sheet, self.format, self.settings.printer, 1.0);
        let scale = frame.printable_scale();
        if self.settings.printer == Printer::Press || scale >= 1.0 {
            return frame;
        }
        let printable = frame.printable();
        let is_cut = |sheet: &Sheet, half: Half, page: Option<usize>| {
            let page = page.and_then(|p| Some((self.source.pages.get(p)?, (*reaches.get(p)?)?)));
            let Some((page, reach)) = page else { return false };
            let standing = stand(&page.leaf, &frame, half, self.creep() * sheet.depth as f64);
            // What lies beyond the fold is cut off there by intention.
            let there = standing.matrix.around(&reach).meet(&frame.clip(half));
            there.is_some_and(|there| !printable.holds(&there, 0.1 * MM))
        };
        let any = self.plan.sheets.iter().any(|sheet| {
            [sheet.front, sheet.back]
                .iter()
                .any(|side| is_cut(sheet, Half::Left, side.left) || is_cut(sheet, Half::Right, side.right))
        });
        if any { Frame::new(self.sheet, self.format, self.settings.printer, scale) } else { frame }
    }

    fn resources(&self, page: &Page) -> Option<Dictionary> {
        let (_, object) = page.resources.as_ref()?;
        self.source.follow(object)?.as_dict().ok().cloned()
    }

    /// The forms of all pages on these sheets, each page once.
    fn forms(&self, copier: &mut Copier<'_>, sheets: &[Sheet]) -> Result<BTreeMap<usize, Form>, ImposeError> {
        let sides = sheets.iter().flat_map(|s| [s.front, s.back]).flat_map(|s| [s.left, s.right]);
        let mut used: Vec<usize> = sides.flatten().collect();
        used.sort_unstable();
        let mut shared = BTreeMap::new();
        let mut forms = BTreeMap::new();
        for number in used {
            let Some(page) = self.source.pages.get(number) else { continue };
            let one = match page.contents.as_slice() {
                [id] => self.reused(copier, *id),
                _ => None,
            };
            let mut stream = match one {
                Some(stream) => stream,
                None => joined(self.source.content(page, number)?),
            };
            stream.dict.set("Type", "XObject");
            stream.dict.set("Subtype", "Form");
            stream.dict.set("BBox", row(&page.bleed.numbers()));
            stream.dict.set("Resources", shared_resources(copier, page, &mut shared));
            if let Some(group) = &page.group {
                stream.dict.set("Group", copier.take(group));
            }
            let id = copier.target.add_object(stream);
            let stamps = self.stamps(page).into_iter();
            let stamps = stamps
                .filter_map(|(id, matrix, _)| {
                    copier.take(&Object::Reference(id)).as_reference().ok().map(|id| (id, matrix))
                })
                .collect();
            forms.insert(number, Form { id, stamps });
        }
        Ok(forms)
    }

    /// A content stream as it stands in the source.
    fn reused(&self, copier: &mut Copier<'_>, id: ObjectId) -> Option<Stream> {
        let stream = self.source.stream(id)?;
        copier.take(&Object::Stream(stream.clone())).as_stream().ok().cloned()
    }

    /// Annotations that are printed: the picture, from its space to the page's, and where it lies
    /// (ISO 32000-1, 12.5.5).
    fn stamps(&self, page: &Page) -> Vec<(ObjectId, Matrix, Rect)> {
        let printed = page.annotations.iter().filter(|a| lost::is_printed(self.source, a));
        let stamp = |annotation: &Dictionary| {
            let id = lost::appearance(self.source, annotation)?;
            let picture = &self.source.stream(id)?.dict;
            let place = self.source.rect(annotation, b"Rect")?;
            let bounds = self.source.rect(picture, b"BBox")?;
            let own = picture.get(b"Matrix").ok().and_then(|m| self.source.row(m));
            let there = own.map_or(Matrix::IDENTITY, Matrix).around(&bounds);
            if there.width() <= 0.0 || there.height() <= 0.0 {
                return None;
            }
            let matrix = Matrix::shift(-there.x0, -there.y0)
                .then(&Matrix::scale(place.width() / there.width(), place.height() / there.height()))
                .then(&Matrix::shift(place.x0, place.y0));
            Some((id, matrix, place))
        };
        printed.filter_map(stamp).collect()
    }

    fn side(
        &self,
        copier: &mut Copier<'_>,
        frame: &Frame,
        sheet: &Sheet,
        is_front: bool,
        forms: &BTreeMap<usize, Form>,
        plates: Option<ObjectId>,
    ) -> Result<Dictionary, ImposeError> {
        let side = if is_front { sheet.front } else { sheet.back };
        let (mut content, mut objects) = (String::new(), Dictionary::new());
        let mut bleed = frame.trim;
        for (half, number) in [(Half::Left, side.left), (Half::Right, side.right)] {
            let placed = number.and_then(|n| Some((n, self.source.pages.get(n)?, forms.get(&n)?)));
            let Some((number, page, form)) = placed else { continue };
            let standing = stand(&page.leaf, frame, half, self.creep() * sheet.depth as f64);
            if let Some(there) = standing.matrix.around(&page.bleed).meet(&frame.clip(half)) {
                bleed = bleed.join(&there);
            }
            let name = format!("P{}", number + 1);
            let clip = frame.clip(half);
            let clip = numbers(&[clip.x0, clip.y0, clip.width(), clip.height()]);
            content += &format!("q {clip} re W n {} cm /{name} Do\n", numbers(&standing.matrix.0));
            objects.set(name.clone(), form.id);
            for (k, (id, matrix)) in form.stamps.iter().enumerate() {
                let name = format!("{name}A{}", k + 1);
                content += &format!("q {} cm /{name} Do Q\n", numbers(&matrix.0));
                objects.set(name, *id);
            }
            content += "Q\n";
        }
        let mut resources = dictionary! { "XObject" => objects };
        if let Some(plates) = plates {
            content += &marks::cut_and_fold(frame);
            let is_outer = is_front && sheet.depth == 0 && self.plan.signatures() > 1;
            if is_outer && matches!(self.settings.layout, Layout::Perfect { .. }) {
                content += &marks::collating(frame, sheet);
            }
            resources.set("ColorSpace", dictionary! { marks::ALL_PLATES => plates });
        }
        if let Some(test) = &self.settings.test {
            content += &marks::test(frame, test, is_front).ok_or(ImposeError::Font)?;
        }
        let mut stream = Stream::new(Dictionary::new(), content.into_bytes());
        stream.compress().map_err(|error| ImposeError::Defect { message: error.to_string() })?;
        let media = frame.media;
        // A page may be a little larger than its half of the paper.
        let inside = |rect: &Rect| row(&rect.meet(&media).unwrap_or(media).numbers());
        Ok(dictionary! {
            "Type" => "Page",
            "MediaBox" => row(&media.numbers()),
            "BleedBox" => inside(&bleed),
            "TrimBox" => inside(&frame.trim),
            "Resources" => resources,
            "Contents" => copier.target.add_object(stream),
        })
    }

    fn notes(&self, frame: &Frame) -> Vec<Note> {
        let mut notes = Vec::new();
        if self.source.was_repaired {
            notes.push(Note::Repaired);
        }
        let first_blank = self.plan.order.iter().position(Option::is_none);
        if let Some(after) = first_blank {
            notes.push(Note::Blanks { count: self.plan.blanks(), after });
        }
        let standing = self.source.pages.iter().map(|page| stand(&page.leaf, frame, Half::Right, 0.0));
        let (mut turned, mut shrunk) = (0, 0);
        for Standing { is_turned, is_shrunk, .. } in standing {
            turned += usize::from(is_turned);
            shrunk += usize::from(is_shrunk);
        }
        if frame.scale < 1.0 {
            notes.push(Note::Scaled { percent: frame.scale * 100.0 });
        }
        if turned > 0 {
            notes.push(Note::Turned { count: turned });
        }
        if shrunk > 0 {
            notes.push(Note::Shrunk { count: shrunk });
        }
        let deepest = self.plan.sheets.iter().map(|sheet| sheet.depth).max().unwrap_or(0);
        let most = self.creep() / MM * deepest as f64;
        if most > 0.0 {
            notes.push(Note::Creep { most });
        }
        if self.settings.printer == Printer::Office {
            notes.push(Note::ShortEdge);
        }
        notes
    }

    /// Catalog, information, metadata and the file's identity; whether claims were taken out.
    fn finish(&self, copier: &mut Copier<'_>, pages: ObjectId, notes: &mut Vec<Note>) -> bool {
        let mut preferences = dictionary! { "PrintScaling" => "None" };
        if self.settings.printer == Printer::Office {
            preferences.set("Duplex", "DuplexFlipShortEdge");
        }
        let mut catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => pages,
            "PageLayout" => "SinglePage",
            "ViewerPreferences" => preferences,
        };
        let mut claimed = false;
        if let Some(old) = self.source.catalog() {
            // Layers and colours belong to the pages' looks.
            for key in [b"Lang".as_slice(), b"OCProperties", b"OutputIntents", b"Version"] {
                if let Ok(value) = old.get(key) {
                    catalog.set(key, copier.take(value));
                }
            }
            if let Some(metadata) = self.source.get(old, b"Metadata").and_then(|m| m.as_stream().ok()) {
                match self.source.unpacked(metadata).as_deref().and_then(claims::honest) {
                    Some((packet, had_claim)) => {
                        claimed |= had_claim;
                        let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
                        catalog.set("Metadata", copier.target.add_object(Stream::new(dict, packet)));
                    }
                    None => notes.push(Note::Metadata),
                }
            }
        }
        let root = copier.target.add_object(catalog);
        let mut trailer = dictionary! { "Root" => root };
        let old = &self.source.document.trailer;
        if let Some(info) = self.source.dictionary(old, b"Info") {
            let mut info = copier.take_dictionary(info);
            claimed |= claims::honest_info(&mut info);
            trailer.set("Info", copier.target.add_object(info));
        }
        trailer.set("ID", self.identity());
        copier.target.trailer = trailer;
        claimed
    }

    /// The source's identity, and one that says what was made of it: no clock and no chance.
    fn identity(&self) -> Object {
        let source = crate::hash::sha256_hex(self.bytes);
        let made =
            crate::hash::sha256_hex(format!("{source} {:?} {:?}", self.plan, self.settings).as_bytes());
        let ids = self.source.get(&self.source.document.trailer, b"ID").and_then(|ids| ids.as_array().ok());
        let first =
            ids.and_then(|ids| ids.first()).and_then(|id| id.as_str().ok()).filter(|id| !id.is_empty());
        let short = |hash: &str| hash.as_bytes().get(..32).unwrap_or_default().to_vec();
        let string = |bytes: Vec<u8>| Object::String(bytes, StringFormat::Hexadecimal);
        let first = first.map_or_else(|| short(&source), <[u8]>::to_vec);
        Object::Array(vec![string(first), string(short(&made))])
    }
}

/// Several streams of one page in one.
fn joined(content: Vec<u8>) -> Stream {
    let mut stream = Stream::new(Dictionary::new(), content);
    // What cannot be packed stays plain.
    let _ = stream.compress();
    stream
}

/// A page's resources. Those that stand in a node above many pages, or in the page itself, become one
/// object for all that inherit them.
fn shared_resources(copier: &mut Copier<'_>, page: &Page, shared: &mut BTreeMap<ObjectId, Object>) -> Object {
    let Some((node, object)) = &page.resources else { return Object::Dictionary(Dictionary::new()) };
    if *node == page.id || matches!(object, Object::Reference(_)) {
        return copier.take(object);
    }
    if let Some(known) = shared.get(node) {
        return known.clone();
    }
    let taken = copier.take(object);
    let reference = Object::Reference(copier.target.add_object(taken));
    shared.insert(*node, reference.clone());
    reference
}

/// The colour of marks: on every plate.
fn all_plates(copier: &mut Copier<'_>) -> ObjectId {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![1.into(), 1.into(), 1.into(), 1.into()],
        "N" => 1,
    };
    let space: Vec<Object> = vec!["Separation".into(), "All".into(), "DeviceCMYK".into(), tint.into()];
    copier.target.add_object(space)
}

fn row(values: &[f64]) -> Object {
    Object::Array(values.iter().map(|v| Object::Real(*v as f32)).collect())
}
