//! Lists in running text: which number belongs to which list, and which is not the next.

/// How an item is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// 一、
    Hanzi,
    /// （一）
    HanziInBrackets,
    /// 1. 1、
    Digits,
    /// （1）
    DigitsInBrackets,
    /// ①
    Circled,
    /// 一是, 一要
    Is,
    /// 第一，
    Ordinal,
    /// 其一，
    Of,
}

impl Style {
    /// The style of a printed label.
    pub(super) fn of_label(label: &str, value: &str) -> Self {
        let in_brackets = label.starts_with(['（', '(']);
        let in_digits = value.starts_with(|c: char| c.is_ascii_digit());
        match (in_brackets, in_digits) {
            _ if value.starts_with(|c| matches!(c, '①'..='⑳')) => Style::Circled,
            (true, true) => Style::DigitsInBrackets,
            (true, false) => Style::HanziInBrackets,
            (false, true) => Style::Digits,
            (false, false) => Style::Hanzi,
        }
    }

    /// Whether it stands inside sentences, where other words may take an item's place.
    pub(super) fn is_spoken(self) -> bool {
        matches!(self, Style::Is | Style::Ordinal | Style::Of)
    }
}

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Numbers are left out before it.
    Gap,
    /// It was there already.
    Repeated,
    /// A greater one came before.
    Backwards,
}

/// An item that was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) style: Style,
    pub(super) value: u64,
    /// Deeper lists stand inside shallower ones.
    pub(super) depth: u8,
    /// Where it stands, for the caller.
    pub(super) place: usize,
}

/// The lists that are open, innermost last, each by its last item.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Item>,
    /// Numbers a gap has been told for.
    told: Vec<(Style, u64)>,
}

impl Lists {
    /// Puts an item into its list; gives the fault and the item before it if it is not the next.
    pub(super) fn meet(&mut self, item: Item) -> Option<(Fault, Item)> {
        let is_next = |last: &Item| last.style == item.style && last.value + 1 == item.value;
        if let Some(k) = self.open.iter().rposition(is_next) {
            self.open.truncate(k + 1);
            self.open[k].value = item.value;
            self.open[k].place = item.place;
            return None;
        }
        let same = self.open.iter().rposition(|last| last.style == item.style);
        let last = same.map(|k| self.open[k]);
        match (same, last) {
            (Some(k), Some(last)) if item.value != 1 => {
                if self.told.contains(&(item.style, item.value)) {
                    return None;
                }
                self.open.truncate(k + 1);
                let fault = match item.value {
                    v if v == last.value => Fault::Repeated,
                    v if v < last.value => Fault::Backwards,
                    _ => Fault::Gap,
                };
                if fault == Fault::Gap {
                    self.told.extend((last.value + 1..item.value).take(20).map(|v| (item.style, v)));
                    self.open[k].value = item.value;
                }
                self.open[k].place = item.place;
                Some((fault, last))
            }
            (Some(k), Some(last)) => {
                // 一 again: a list inside, a new list, or the same number twice in a row.
                let is_twice = last.value == 1 && last.depth == item.depth && k + 1 == self.open.len();
                if item.depth <= last.depth {
                    let from = self.open.iter().position(|l| l.style == item.style && l.depth >= item.depth);
                    self.open.truncate(from.unwrap_or(k));
                }
                self.told.retain(|(style, _)| *style != item.style);
                self.open.push(item);
                is_twice.then_some((Fault::Repeated, last))
            }
            // 二是 alone goes on where another word began.
            _ if item.style.is_spoken() && item.value != 1 => None,
            _ => {
                self.open.push(item);
                None
            }
        }
    }

    /// Whether a list of that style is open.
    pub(super) fn has(&self, style: Style) -> bool {
        self.open.iter().any(|item| item.style == style)
    }

    /// A heading without a number, or a border: what is deeper has ended.
    pub(super) fn close(&mut self, depth: u8) {
        self.open.retain(|item| item.depth < depth);
        self.told.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(items: &[(Style, u64, u8)]) -> Vec<(usize, Fault)> {
        let mut lists = Lists::default();
        let item = |k: usize, (style, value, depth): (Style, u64, u8)| Item { style, value, depth, place: k };
        items.iter().enumerate().filter_map(|(k, i)| Some((k, lists.meet(item(k, *i))?.0))).collect()
    }

    #[test]
    fn lists_nested_and_in_a_row() {
        use Style::{Digits, Hanzi, Is};
        let zh = |v| (Hanzi, v, 1);
        assert_eq!(faults(&[zh(1), zh(2), zh(3)]), []);
        assert_eq!(faults(&[zh(1), zh(3)]), [(1, Fault::Gap)]);
        assert_eq!(faults(&[zh(1), zh(3), zh(2), zh(4)]), [(1, Fault::Gap)]);
        assert_eq!(faults(&[zh(1), zh(2), zh(2), zh(3)]), [(2, Fault::Repeated)]);
        assert_eq!(faults(&[zh(1), zh(1), zh(2)]), [(1, Fault::Repeated)]);
        assert_eq!(faults(&[zh(1), zh(2), zh(1), zh(2)]), []);
        assert_eq!(faults(&[zh(1), zh(2), zh(1), zh(3)]), [(3, Fault::Gap)]);
        assert_eq!(faults(&[zh(1), (Digits, 1, 2), (Digits, 2, 2), zh(2), (Digits, 1, 2)]), []);
        // 一是（一是二是）二是
        assert_eq!(faults(&[(Is, 1, 1), (Is, 1, 2), (Is, 2, 2), (Is, 2, 1)]), []);
        assert_eq!(faults(&[zh(3), zh(4)]), []);
    }
}
