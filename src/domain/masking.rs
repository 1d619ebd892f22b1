//! Small numbers in what is published (specification, section 5).

use super::tally::Share;

/// What a published commitment may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Every figure of the commitment, breakdowns masked cell by cell.
    Shown,
    /// Nothing of this period but the limit and the goal.
    Masked,
}

/// Whether a commitment with `counted` cases is masked as a whole: 0 < counted < minimum.
pub fn commitment_visibility(counted: u64, minimum: u64) -> Visibility {
    if is_small(counted, minimum) { Visibility::Masked } else { Visibility::Shown }
}

/// For each cell of one breakdown of a commitment that is shown, whether it is masked.
///
/// Cells with 0 < counted < minimum are masked; then, while fewer than two cells are masked or the masked cells together hold
/// fewer than `minimum` cases, the smallest unmasked cell with cases is masked too (ties: the later in the list).
/// Where no cell is small, nothing is masked.
pub fn masked_cells(cells: &[Share], minimum: u64) -> Vec<bool> {
    let mut masked: Vec<bool> = cells.iter().map(|cell| is_small(cell.counted, minimum)).collect();
    if !masked.contains(&true) {
        return masked;
    }
    loop {
        let hidden = || cells.iter().zip(&masked).filter(|(_, masked)| **masked).map(|(cell, _)| cell.counted);
        if hidden().count() >= 2 && hidden().sum::<u64>() >= minimum {
            return masked;
        }
        let open = (0..cells.len()).filter(|&place| !masked[place] && cells[place].counted > 0);
        match open.rev().min_by_key(|&place| cells[place].counted) {
            Some(place) => masked[place] = true,
            None => return masked,
        }
    }
}

fn is_small(counted: u64, minimum: u64) -> bool {
    0 < counted && counted < minimum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(counts: &[u64]) -> Vec<usize> {
        let cells: Vec<Share> = counts.iter().map(|&counted| Share { counted, met: 0 }).collect();
        let masked = masked_cells(&cells, 5);
        (0..counts.len()).filter(|&place| masked[place]).collect()
    }

    // Worked from the rule: minimum 5.
    #[test]
    fn a_small_cell_takes_the_smallest_other_with_it() {
        assert_eq!(masked(&[3, 10, 7]), [0, 2]);
        assert_eq!(masked(&[3, 7, 7]), [0, 2]);
        assert_eq!(masked(&[2, 2, 8, 0]), [0, 1, 2]);
        assert_eq!(masked(&[2, 3, 8]), [0, 1]);
        assert_eq!(masked(&[5, 0, 10]), [] as [usize; 0]);
        assert_eq!(masked(&[4]), [0]);
    }
}
