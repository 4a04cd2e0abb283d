//! Where a few characters in a row stand in a long text.

/// Characters in a row; as many as a number of 128 bits holds.
pub(super) const LENGTH: usize = 6;

/// Every row of characters of a text, sorted, each with its place.
pub(super) struct Grams(Vec<(u128, u32)>);

impl Grams {
    pub(super) fn of(text: &[char]) -> Self {
        let mut grams: Vec<(u128, u32)> = text.windows(LENGTH).map(key).zip(0..).collect();
        grams.sort_unstable();
        Self(grams)
    }

    /// The places where the first characters of `row` begin, rising.
    pub(super) fn places(&self, row: &[char]) -> impl ExactSizeIterator<Item = usize> + '_ {
        let wanted = row.get(..LENGTH).map(key);
        let from = self.0.partition_point(|(k, _)| Some(*k) < wanted);
        let to = self.0.partition_point(|(k, _)| Some(*k) <= wanted);
        let found = if wanted.is_some() { self.0.get(from..to).unwrap_or_default() } else { &[] };
        found.iter().map(|(_, place)| *place as usize)
    }
}

fn key(row: &[char]) -> u128 {
    row.iter().fold(0, |key, c| key << 21 | u128::from(u32::from(*c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_where_they_stand() {
        let text: Vec<char> = "先把电线理顺，再把电线理顺。先把电线理顺，".chars().collect();
        let grams = Grams::of(&text);
        let places = |row: &str| grams.places(&row.chars().collect::<Vec<_>>()).collect::<Vec<_>>();
        assert_eq!(places("先把电线理顺"), [0, 14]);
        assert_eq!(places("把电线理顺。先"), [8]);
        assert_eq!(places("先把电线理不"), [0; 0]);
        assert_eq!(places("先把"), [0; 0]);
    }
}
