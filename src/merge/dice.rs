//! How alike two texts are: the pairs of neighbouring characters they share (Dice's coefficient).

/// The pairs of a text, sorted, blanks left out. One character alone is a pair with nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs(Vec<u64>);

impl Pairs {
    pub(super) fn of(chars: impl IntoIterator<Item = char>) -> Self {
        let chars: Vec<char> = chars.into_iter().filter(|c| !c.is_whitespace()).collect();
        let pair = |a: char, b: char| (u64::from(u32::from(a)) << 32) | u64::from(u32::from(b));
        let mut pairs: Vec<u64> = match chars.as_slice() {
            [only] => vec![pair(*only, '\0')],
            many => many.windows(2).filter_map(|w| Some(pair(*w.first()?, *w.get(1)?))).collect(),
        };
        pairs.sort_unstable();
        Self(pairs)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many pairs both have.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b, mut count) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    count += 1;
                    a.next();
                    b.next();
                }
            }
        }
        count
    }

    /// 0 to 1; texts without a pair are alike only when both are.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        match self.len() + other.len() {
            0 => 1.0,
            sum => 2.0 * self.shared(other) as f64 / sum as f64,
        }
    }

    /// Both together, the pair at the border left out.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let mut pairs = Vec::with_capacity(self.len() + other.len());
        pairs.extend_from_slice(&self.0);
        pairs.extend_from_slice(&other.0);
        pairs.sort_unstable();
        Self(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_pairs() {
        let of = |text: &str| Pairs::of(text.chars());
        assert!((of("修好老街").likeness(&of("修好 老街")) - 1.0).abs() < 1e-9);
        assert!((of("修好老街").likeness(&of("修好新街")) - 1.0 / 3.0).abs() < 1e-9);
        assert!(of("甲").likeness(&of("甲")) > 0.9);
        assert!(of("甲乙").likeness(&of("丙丁")) < 1e-9);
        assert_eq!(of("甲乙丙").joined(&of("甲乙")).shared(&of("甲乙甲乙")), 2);
    }
}
