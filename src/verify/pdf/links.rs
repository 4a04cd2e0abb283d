//! The links on pages and the pages they lead to.

use std::collections::BTreeMap;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Rect, String as PdfString,
};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;

use crate::verify::page::{Area, Goal, Link};

/// Names are kept in a tree; no file needs one of more levels.
const DEEPEST: usize = 32;
/// More names than a book has.
const MOST_NAMES: usize = 200_000;

/// The pages of a file by what leads to them.
pub(super) struct Goals {
    pages: BTreeMap<(i32, i32), usize>,
    names: BTreeMap<Vec<u8>, Goal>,
}

impl Goals {
    pub(super) fn of(pdf: &Pdf) -> Self {
        let id = |(k, page): (usize, &PdfPage<'_>)| Some((key(page.raw().obj_id()?), k));
        let pages = pdf.pages().iter().enumerate().filter_map(id).collect();
        let mut goals = Self { pages, names: BTreeMap::new() };
        let catalogue = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        if let Some(tree) =
            catalogue.as_ref().and_then(|c| c.get::<Dict<'_>>("Names")?.get::<Dict<'_>>("Dests"))
        {
            goals.look(&tree, 0);
        }
        // The older way.
        if let Some(dict) = catalogue.as_ref().and_then(|c| c.get::<Dict<'_>>("Dests")) {
            for name in dict.keys().take(MOST_NAMES).collect::<Vec<_>>() {
                let goal = dict.get::<Object<'_>>(&*name).map_or(Goal::Nowhere, |o| goals.of_named(o));
                goals.names.insert(name.to_vec(), goal);
            }
        }
        goals
    }

    fn look(&mut self, node: &Dict<'_>, depth: usize) {
        if depth > DEEPEST || self.names.len() > MOST_NAMES {
            return;
        }
        if let Some(pairs) = node.get::<Array<'_>>("Names") {
            let mut items = pairs.iter::<Object<'_>>();
            while let (Some(name), Some(value)) = (items.next(), items.next()) {
                if let Object::String(name) = name {
                    let goal = self.of_named(value);
                    self.names.insert(name.as_bytes().to_vec(), goal);
                }
                if self.names.len() > MOST_NAMES {
                    return;
                }
            }
        }
        for kid in node.get::<Array<'_>>("Kids").iter().flat_map(|kids| kids.iter::<Dict<'_>>()) {
            self.look(&kid, depth + 1);
        }
    }

    /// What a name stands for: a place, or a dictionary that holds one.
    fn of_named(&self, object: Object<'_>) -> Goal {
        let place = match object {
            Object::Array(place) => Some(place),
            Object::Dict(dict) => dict.get::<Array<'_>>("D"),
            _ => None,
        };
        place.map_or(Goal::Nowhere, |place| self.of_place(&place))
    }

    /// `[page /XYZ …]`, the page by reference or by number.
    fn of_place(&self, place: &Array<'_>) -> Goal {
        let page = match place.raw_iter().next() {
            Some(MaybeRef::Ref(page)) => self.pages.get(&(page.obj_number, page.gen_number)).copied(),
            Some(MaybeRef::NotRef(Object::Number(number))) => {
                usize::try_from(number.as_i64()).ok().filter(|k| *k < self.pages.len())
            }
            _ => None,
        };
        page.map_or(Goal::Nowhere, Goal::Page)
    }

    fn of_object(&self, object: Object<'_>) -> Goal {
        match object {
            Object::Array(place) => self.of_place(&place),
            Object::String(name) => self.names.get(name.as_bytes()).cloned().unwrap_or(Goal::Nowhere),
            Object::Name(name) => self.names.get(&*name).cloned().unwrap_or(Goal::Nowhere),
            _ => Goal::Nowhere,
        }
    }

    /// The links of a page.
    pub(super) fn links(&self, page: &PdfPage<'_>, area: impl Fn(Rect) -> Area) -> Vec<Link> {
        let annotations = page.raw().get::<Array<'_>>("Annots");
        let mut links = Vec::new();
        for dict in annotations.iter().flat_map(|a| a.iter::<Dict<'_>>()) {
            if dict.get::<Name<'_>>("Subtype").is_none_or(|n| n.as_str() != "Link") {
                continue;
            }
            let Some(rect) = dict.get::<Rect>("Rect") else { continue };
            let action = dict.get::<Dict<'_>>("A");
            let kind = action.as_ref().and_then(|a| a.get::<Name<'_>>("S"));
            let kind = kind.as_ref().map(|n| n.as_str());
            let goal = match (dict.get::<Object<'_>>("Dest"), kind, &action) {
                (Some(place), ..) => self.of_object(place),
                (None, Some("GoTo"), Some(action)) => {
                    action.get::<Object<'_>>("D").map_or(Goal::Nowhere, |d| self.of_object(d))
                }
                (None, Some("URI"), Some(action)) => {
                    let uri = action.get::<PdfString<'_>>("URI");
                    uri.map_or(Goal::Nowhere, |u| {
                        Goal::Address(String::from_utf8_lossy(u.as_bytes()).into_owned())
                    })
                }
                _ => Goal::Nowhere,
            };
            links.push(Link { area: area(rect), goal });
        }
        links
    }
}

fn key(id: ObjectIdentifier) -> (i32, i32) {
    (id.obj_number, id.gen_number)
}
