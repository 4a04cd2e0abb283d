//! What the new file takes over from the old one: objects as they are, with new numbers.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::impose::source::{Source, as_dictionary};

/// Arrays and dictionaries inside one another; lopdf reads fewer.
const MOST_LEVELS: usize = 512;

/// Takes objects from a source and numbers them in the order they are met, so that the same source gives
/// the same file and nothing that is not used comes along.
pub(super) struct Copier<'a> {
    source: &'a Source,
    pub(super) target: Document,
    numbers: BTreeMap<ObjectId, ObjectId>,
    waiting: Vec<(ObjectId, ObjectId)>,
}

impl<'a> Copier<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let target = Document::with_version(source.document.version.clone());
        Self { source, target, numbers: BTreeMap::new(), waiting: Vec::new() }
    }

    /// An object for the new file; what it refers to follows with [`Copier::finish`].
    pub(super) fn take(&mut self, object: &Object) -> Object {
        self.mapped(object, 0)
    }

    pub(super) fn take_dictionary(&mut self, dictionary: &Dictionary) -> Dictionary {
        self.mapped_dictionary(dictionary, 0)
    }

    /// Copies everything that was referred to, and everything that refers to in turn.
    pub(super) fn finish(&mut self) {
        while let Some((old, new)) = self.waiting.pop() {
            let Some(object) = self.source.document.objects.get(&old) else { continue };
            let mut object = self.mapped(object, 0);
            if let Object::Stream(stream) = &mut object {
                // Keys of the structure tree, which stays behind.
                stream.dict.remove(b"StructParent");
                stream.dict.remove(b"StructParents");
            }
            self.target.objects.insert(new, object);
        }
    }

    fn mapped(&mut self, object: &Object, level: usize) -> Object {
        if level > MOST_LEVELS {
            return Object::Null;
        }
        match object {
            Object::Reference(id) => self.reference(*id),
            Object::Array(array) => Object::Array(array.iter().map(|o| self.mapped(o, level + 1)).collect()),
            Object::Dictionary(dictionary) => {
                Object::Dictionary(self.mapped_dictionary(dictionary, level + 1))
            }
            Object::Stream(stream) => {
                let mut copy = stream.clone();
                copy.dict = self.mapped_dictionary(&stream.dict, level + 1);
                copy.start_position = None;
                // The number of bytes is known; it need not stand in an object of its own.
                copy.dict.set("Length", copy.content.len() as i64);
                Object::Stream(copy)
            }
            plain => plain.clone(),
        }
    }

    fn mapped_dictionary(&mut self, dictionary: &Dictionary, level: usize) -> Dictionary {
        let mut copy = Dictionary::new();
        for (key, value) in dictionary {
            let is_length = key == b"Length" && matches!(value, Object::Reference(_));
            let value = if is_length { Object::Integer(0) } else { self.mapped(value, level) };
            copy.set(key.clone(), value);
        }
        copy
    }

    fn reference(&mut self, id: ObjectId) -> Object {
        if let Some(new) = self.numbers.get(&id) {
            return Object::Reference(*new);
        }
        if self.stays_behind(id) {
            return Object::Null;
        }
        let new = self.target.new_object_id();
        self.numbers.insert(id, new);
        self.waiting.push((id, new));
        Object::Reference(new)
    }

    /// Pages, structure and annotations: a stray reference to one would bring the whole old book along.
    fn stays_behind(&self, id: ObjectId) -> bool {
        let Some(object) = self.source.document.objects.get(&id) else { return true };
        let kind = as_dictionary(object).and_then(|d| d.get_type().ok()).unwrap_or_default();
        let kinds: [&[u8]; 6] = [b"Catalog", b"Page", b"Pages", b"StructTreeRoot", b"StructElem", b"Annot"];
        self.source.nodes.contains(&id) || kinds.contains(&kind)
    }
}
