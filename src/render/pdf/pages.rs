//! Where the nodes of a tree stand on the laid-out pages.

use typst::foundations::Label;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use crate::render::PageMap;
use crate::tree::{Block, NodeId, Proceedings, Speech, Visit, walk_block, walk_speech};

/// The printed page of every part, speech and block that has a label on the pages.
pub(super) fn of(document: &PagedDocument, tree: &Proceedings) -> PageMap {
    let mut collect = Collect { document, map: PageMap::default() };
    collect.map.count = document.pages().len();
    tree.parts.iter().for_each(|p| collect.look_up(&p.id));
    collect.proceedings(tree);
    collect.map
}

struct Collect<'a> {
    document: &'a PagedDocument,
    map: PageMap,
}

impl Collect<'_> {
    fn look_up(&mut self, id: &NodeId) {
        let introspector = self.document.introspector();
        let printed = Label::new(PicoStr::intern(id.as_str()))
            .and_then(|label| introspector.elements().query_label(label).ok()?.location())
            .and_then(|location| introspector.position(location))
            .and_then(|position| self.document.pages().get(position.page.get() - 1))
            .and_then(|page| usize::try_from(page.number).ok());
        if let Some(number) = printed {
            self.map.first_page.insert(id.clone(), number);
        }
    }
}

impl Visit for Collect<'_> {
    fn speech(&mut self, speech: &Speech) {
        self.look_up(&speech.id);
        walk_speech(self, speech);
    }

    fn block(&mut self, block: &Block) {
        self.look_up(&block.id);
        walk_block(self, block);
    }
}
