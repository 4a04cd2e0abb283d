//! Which page lies where: sheets, sides and slots from a number of pages, before any PDF is looked at.

/// How the sheets become a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// All sheets inside one another, stapled through the fold (骑马订).
    Saddle,
    /// Signatures one behind the other, glued at the spine (胶订).
    Perfect {
        /// Pages of a signature, a multiple of 4; the last one may have fewer.
        signature: usize,
    },
}

/// The side a book opens from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Binding {
    /// Bound at the left, for horizontal lines.
    Left,
    /// Bound at the right, for vertical lines.
    Right,
}

/// Where blank pages go when the pages are no multiple of 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Blanks {
    /// Before the last page, which has 版记 at its foot and stays the back of the booklet
    /// (GB/T 9704-2012, 7.5).
    BeforeLast,
    /// Behind the last page.
    End,
}

/// Where every page lies.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// The book from its first page to its last: numbers of source pages from 0, `None` for a blank.
    pub order: Vec<Option<usize>>,
    /// The sheets in the order they are printed.
    pub sheets: Vec<Sheet>,
}

/// A sheet of paper, printed on both sides and folded once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sheet {
    /// The signature it belongs to, from 0.
    pub signature: usize,
    /// How many sheets lie around it in its signature. Its fold is pushed outwards by as many
    /// thicknesses of paper, its pages go as far towards the spine.
    pub depth: usize,
    /// The side that has the signature's outer pages.
    pub front: Side,
    /// The side behind it, when the sheet is turned over its short edge.
    pub back: Side,
}

/// A side of a sheet as it is seen, head up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Side {
    /// The source page at the left.
    pub left: Option<usize>,
    /// The source page at the right.
    pub right: Option<usize>,
}

impl Plan {
    /// The plan of a document of `pages` pages. A signature is taken as the multiple of 4 that is
    /// not larger than what was asked for, and at least 4.
    #[must_use]
    pub fn new(pages: usize, layout: Layout, binding: Binding, blanks: Blanks) -> Self {
        let order = order(pages, blanks);
        let size = match layout {
            Layout::Saddle => order.len().max(4),
            Layout::Perfect { signature } => (signature - signature % 4).max(4),
        };
        let mut sheets = Vec::with_capacity(order.len() / 4);
        for (signature, pages) in order.chunks(size).enumerate() {
            sheets.extend(fold(signature, pages, binding));
        }
        Self { order, sheets }
    }

    /// How many pages are blank.
    #[must_use]
    pub fn blanks(&self) -> usize {
        self.order.iter().filter(|p| p.is_none()).count()
    }

    /// How many signatures there are.
    #[must_use]
    pub fn signatures(&self) -> usize {
        self.sheets.last().map_or(0, |s| s.signature + 1)
    }
}

/// The pages with the blanks that make them a multiple of 4.
fn order(pages: usize, blanks: Blanks) -> Vec<Option<usize>> {
    let missing = pages.next_multiple_of(4) - pages;
    let mut order: Vec<Option<usize>> = (0..pages).map(Some).collect();
    // A single page is the front, whatever else it is.
    let at = if blanks == Blanks::BeforeLast && pages > 1 { pages - 1 } else { pages };
    order.splice(at..at, std::iter::repeat_n(None, missing));
    order
}

/// The sheets of one signature, the outermost first.
fn fold(signature: usize, pages: &[Option<usize>], binding: Binding) -> Vec<Sheet> {
    let page = |k: usize| pages.get(k).copied().flatten();
    let side = |left, right| match binding {
        Binding::Left => Side { left, right },
        Binding::Right => Side { left: right, right: left },
    };
    let (count, last) = (pages.len() / 4, pages.len().saturating_sub(1));
    (0..count)
        .map(|depth| Sheet {
            signature,
            depth,
            front: side(page(last - 2 * depth), page(2 * depth)),
            back: side(page(2 * depth + 1), page(last - 1 - 2 * depth)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a stack as a person does: the sheets of each signature are laid on each other with the
    /// outermost at the bottom, folded, and leafed through. `right` of a front lies over `left` of its
    /// back: that is what turning over the short edge means.
    fn leaf_through(plan: &Plan, binding: Binding) -> Vec<Option<usize>> {
        let mut read = Vec::new();
        for signature in 0..plan.signatures() {
            let sheets: Vec<&Sheet> = plan.sheets.iter().filter(|s| s.signature == signature).collect();
            let (first, second) = (
                |s: &Side| if binding == Binding::Left { s.left } else { s.right },
                |s: &Side| if binding == Binding::Left { s.right } else { s.left },
            );
            for sheet in &sheets {
                read.extend([second(&sheet.front), first(&sheet.back)]);
            }
            for sheet in sheets.iter().rev() {
                read.extend([second(&sheet.back), first(&sheet.front)]);
            }
        }
        read
    }

    fn layouts() -> impl Strategy<Value = Layout> {
        prop_oneof![Just(Layout::Saddle), (1_usize..=16).prop_map(|n| Layout::Perfect { signature: 4 * n })]
    }

    proptest! {
        #[test]
        fn a_folded_stack_reads_in_order(
            pages in 1_usize..400,
            layout in layouts(),
            right: bool,
            end: bool,
        ) {
            let binding = if right { Binding::Right } else { Binding::Left };
            let blanks = if end { Blanks::End } else { Blanks::BeforeLast };
            let plan = Plan::new(pages, layout, binding, blanks);
            prop_assert_eq!(plan.order.len(), pages.next_multiple_of(4));
            prop_assert_eq!(plan.sheets.len() * 4, plan.order.len());
            let read = leaf_through(&plan, binding);
            prop_assert_eq!(&read, &plan.order);
            // Each page once, in order.
            let there: Vec<usize> = read.iter().copied().flatten().collect();
            prop_assert_eq!(there, (0..pages).collect::<Vec<_>>());
            // Blanks stand together, where they were asked for.
            prop_assert_eq!(plan.blanks(), read.len() - pages);
            let last = *read.last().unwrap();
            prop_assert_eq!(read[0], Some(0));
            if plan.blanks() > 0 {
                prop_assert_eq!(last.is_some(), !end && pages > 1);
            }
        }

        #[test]
        fn sheets_lie_deeper_towards_the_middle_of_their_signature(pages in 1_usize..400, layout in layouts()) {
            let plan = Plan::new(pages, layout, Binding::Left, Blanks::End);
            let mut before: Option<(usize, usize)> = None;
            for sheet in &plan.sheets {
                match before {
                    Some((signature, depth)) if signature == sheet.signature => {
                        prop_assert_eq!(sheet.depth, depth + 1);
                    }
                    _ => prop_assert_eq!(sheet.depth, 0),
                }
                before = Some((sheet.signature, sheet.depth));
            }
            if let Layout::Perfect { signature } = layout {
                prop_assert!(plan.sheets.iter().all(|s| s.depth < signature / 4));
            }
        }
    }

    #[test]
    fn six_pages_in_one_sheet_and_a_half() {
        let plan = Plan::new(6, Layout::Saddle, Binding::Left, Blanks::BeforeLast);
        let number = |page: Option<usize>| page.map_or("-".to_owned(), |p| (p + 1).to_string());
        let sides: Vec<String> = plan
            .sheets
            .iter()
            .flat_map(|s| [s.front, s.back])
            .map(|s| format!("{}|{}", number(s.left), number(s.right)))
            .collect();
        assert_eq!(sides, ["6|1", "2|-", "-|3", "4|5"]);
    }

    #[test]
    fn a_single_page_is_the_front() {
        let plan = Plan::new(1, Layout::Saddle, Binding::Left, Blanks::BeforeLast);
        assert_eq!(plan.sheets[0].front, Side { left: None, right: Some(0) });
    }

    #[test]
    fn nothing_is_no_sheet() {
        assert_eq!(Plan::new(0, Layout::Saddle, Binding::Left, Blanks::End).sheets, []);
    }
}
