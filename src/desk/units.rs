//! Places as an editor in a browser counts them: UTF-16 code units.

/// A text whose bytes are asked for by units, and the other way round.
pub(super) struct Units {
    /// Where every 256th character begins, by bytes and by units.
    marks: Vec<(usize, usize)>,
}

/// Characters between two marks.
const STEP: usize = 256;

impl Units {
    pub(super) fn of(text: &str) -> Self {
        let mut units = 0;
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        for (k, (at, c)) in text.char_indices().enumerate() {
            if k % STEP == 0 {
                marks.push((at, units));
            }
            units += c.len_utf16();
        }
        Self { marks }
    }

    /// The unit at which a byte's character begins; the end for a byte behind the text.
    pub(super) fn unit(&self, text: &str, byte: usize) -> usize {
        let k = self.marks.partition_point(|(at, _)| *at <= byte);
        let Some((from, units)) = k.checked_sub(1).and_then(|k| self.marks.get(k)) else { return 0 };
        let behind = text.get(*from..).unwrap_or_default().char_indices();
        units + behind.take_while(|(at, _)| from + at < byte).map(|(_, c)| c.len_utf16()).sum::<usize>()
    }

    /// The byte at which a unit's character begins; the end for a unit behind the text.
    pub(super) fn byte(&self, text: &str, unit: usize) -> usize {
        let k = self.marks.partition_point(|(_, at)| *at <= unit);
        let Some((from, units)) = k.checked_sub(1).and_then(|k| self.marks.get(k)) else { return 0 };
        let mut at = *units;
        for (k, c) in text.get(*from..).unwrap_or_default().char_indices() {
            if at >= unit {
                return from + k;
            }
            at += c.len_utf16();
        }
        text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Units;

    #[test]
    fn units_and_bytes_are_each_other() {
        let text: String = "甲a𠮷\n乙".repeat(300);
        let units = Units::of(&text);
        let mut unit = 0;
        for (byte, c) in text.char_indices() {
            assert_eq!((units.unit(&text, byte), units.byte(&text, unit)), (unit, byte));
            unit += c.len_utf16();
        }
        assert_eq!((units.unit(&text, text.len()), units.byte(&text, unit)), (unit, text.len()));
        assert_eq!((Units::of("").unit("", 3), Units::of("").byte("", 3)), (0, 0));
    }
}
