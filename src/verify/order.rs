//! Pairs that keep their order on both sides.

/// Of pairs sorted by their left side, the most that rise on the right as well: their indices.
pub(super) fn rising(rights: &[usize]) -> Vec<usize> {
    // For each length of a row that rises, its smallest last one; for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(rights.len());
    for (k, right) in rights.iter().enumerate() {
        let at = ends.partition_point(|e| rights[*e] < *right);
        before.push(at.checked_sub(1).map(|b| ends[b]));
        match ends.get_mut(at) {
            Some(end) => *end = k,
            None => ends.push(k),
        }
    }
    let mut row: Vec<usize> = std::iter::successors(ends.last().copied(), |k| before[*k]).collect();
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::rising;

    #[test]
    fn most_of_them_stay() {
        assert_eq!(rising(&[]), [0; 0]);
        assert_eq!(rising(&[1, 2, 3]), [0, 1, 2]);
        assert_eq!(rising(&[9, 1, 2, 3]), [1, 2, 3]);
        assert_eq!(rising(&[1, 9, 2, 3]), [0, 2, 3]);
        assert_eq!(rising(&[2, 2, 2]), [2]);
    }
}
