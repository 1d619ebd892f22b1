//! What masks don't hide: figures of masked cells that follow from everything else that is published (section 5, small numbers).
//!
//! The total of a breakdown, its open cells and the rule itself are published, so that their readers can ask which counts would
//! have been masked as they see it. Where one answer is left, a mask protects nobody.

use super::masking::masked_cells;
use super::tally::Share;

/// For each cell of one breakdown of a commitment that is shown: whether it is masked, and yet its number of cases or its number of
/// cases on time is certain.
pub fn deducible_cells(cells: &[Share], minimum: u64) -> Vec<bool> {
    let masked = masked_cells(cells, minimum);
    let hidden: Vec<usize> = (0..cells.len()).filter(|&place| masked[place]).collect();
    let counted = hidden.iter().map(|&place| cells[place].counted).sum();
    let reader = Reader { cells, masked: &masked, hidden: &hidden, counted, minimum };
    // Where none of them all is on time, none of any is; otherwise those of a cell may be elsewhere.
    let none_on_time = hidden.iter().all(|&place| cells[place].met == 0);
    let is_deducible = |place: usize| reader.possible_counts(place).is_some_and(|(least, most)| least == most || none_on_time);
    (0..cells.len()).map(|place| masked[place] && is_deducible(place)).collect()
}

/// Who sees the open cells, the cases of all masked ones together, and knows the rule.
struct Reader<'a> {
    cells: &'a [Share],
    masked: &'a [bool],
    hidden: &'a [usize],
    counted: u64,
    minimum: u64,
}

impl Reader<'_> {
    /// The least and the most cases that the masked cell at `place` can have. Either all masked cells are small, or exactly one
    /// is not and hides the others: it has `minimum` cases or more, and no second one is ever needed.
    fn possible_counts(&self, place: usize) -> Option<(u64, u64)> {
        let companions = self.hidden.iter().map(|&companion| Some(companion));
        let ways = std::iter::once(None).chain(companions).filter_map(|companion| self.counts_with(place, companion));
        ways.reduce(|(least, most), (low, high)| (least.min(low), most.max(high)))
    }

    /// The same if the cell at `companion` is the one that is not small.
    fn counts_with(&self, place: usize, companion: Option<usize>) -> Option<(u64, u64)> {
        let small = self.hidden.len() as u64 - u64::from(companion.is_some());
        let largest = self.minimum - 1;
        // What the small cells hold together.
        let (low, high) = match companion {
            None => (self.counted, self.counted),
            Some(companion) => {
                let low = self.counted.saturating_sub(self.most_of_companion(companion));
                // With `minimum` cases or more they would have needed no companion.
                (low, self.counted.checked_sub(self.minimum)?.min(largest))
            }
        };
        let (low, high) = (low.max(small), high.min(small * largest));
        if low > high {
            None
        } else if companion == Some(place) {
            Some((self.counted - high, self.counted - low))
        } else {
            Some((low.saturating_sub((small - 1) * largest).max(1), (high - (small - 1)).min(largest)))
        }
    }

    /// A companion is the smallest cell that is not small, and the later of two: no open cell has fewer cases, and none that
    /// comes later has as many.
    fn most_of_companion(&self, companion: usize) -> u64 {
        let open = || (0..self.cells.len()).filter(|&place| !self.masked[place] && self.cells[place].counted > 0);
        let Some(smallest) = open().map(|place| self.cells[place].counted).min() else { return self.counted };
        let later = open().any(|place| self.cells[place].counted == smallest && place > companion);
        smallest - u64::from(later)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn deducible(cells: &[(u64, u64)]) -> Vec<usize> {
        let shares: Vec<Share> = cells.iter().map(|&(counted, met)| Share { counted, met }).collect();
        let found = deducible_cells(&shares, 5);
        (0..cells.len()).filter(|&place| found[place]).collect()
    }

    // Worked by hand, minimum 5.
    #[test]
    fn what_follows_from_the_total_and_the_rule_is_found() {
        // 3 and 7, 4 and 6, or the other way round.
        assert_eq!(deducible(&[(3, 1), (10, 9), (7, 5)]), [] as [usize; 0]);
        // Five masked cells that hold five cases, none of them empty.
        assert_eq!(deducible(&[(1, 1), (1, 0), (1, 1), (1, 0), (1, 1), (9, 9)]), [0, 1, 2, 3, 4]);
        // 9 cases in two cells, one of which has 5 or more and not more than the open cell: 4 and 5. Were the first the
        // larger one, the open cell would have been masked in its place, since it comes later.
        assert_eq!(deducible(&[(4, 2), (5, 3), (5, 4)]), [0, 2]);
        // 8 cases in two cells, neither of which hides the other, since the open cell has 5 and comes later: 4 each.
        assert_eq!(deducible(&[(4, 2), (4, 3), (5, 4)]), [0, 1]);
        // A value without cases changes nothing.
        assert_eq!(deducible(&[(4, 2), (5, 3), (5, 4), (0, 0)]), [0, 2]);
        // 13 cases in three cells, the last of 9 at most, the others of 8 at most if they hide the rest: the last has 9, since the
        // first two together have less than 5.
        assert_eq!(deducible(&[(2, 1), (2, 1), (9, 5), (9, 5)]), [3]);
        // None on time: 0 of each. All on time, but of how many is not known.
        assert_eq!(deducible(&[(2, 0), (4, 0), (9, 9)]), [0, 1]);
        assert_eq!(deducible(&[(2, 2), (4, 4), (9, 0)]), [] as [usize; 0]);
        // One of six on time, in either.
        assert_eq!(deducible(&[(2, 1), (4, 0), (9, 9)]), [] as [usize; 0]);
        assert_eq!(deducible(&[(9, 9), (0, 0), (5, 5)]), [] as [usize; 0]);
    }

    /// Every breakdown into so many cells of up to so many cases, each with those on time.
    fn worlds(cells: u32, most: u64) -> Vec<Vec<Share>> {
        let pairs: Vec<Share> = (0..=most).flat_map(|counted| (0..=counted).map(move |met| Share { counted, met })).collect();
        let with_one_more = |world: Vec<Share>| pairs.iter().map(move |pair| [world.clone(), vec![*pair]].concat());
        (0..cells).fold(vec![Vec::new()], |worlds, _| worlds.into_iter().flat_map(with_one_more).collect())
    }

    // Of all breakdowns that look alike from outside, a figure is certain where all of them have the same.
    #[test]
    fn certain_is_what_all_breakdowns_that_look_alike_have_in_common() {
        for (cells, most, minimum) in [(2, 9, 4), (3, 6, 3), (3, 5, 4), (4, 3, 2), (4, 3, 3)] {
            let mut alike: BTreeMap<_, Vec<Vec<Share>>> = BTreeMap::new();
            for world in worlds(cells, most) {
                let masked = masked_cells(&world, minimum);
                let of =
                    |hidden: bool| world.iter().zip(&masked).filter(move |(_, masked)| **masked == hidden).map(|(cell, _)| cell);
                let open: Vec<(u64, u64)> = of(false).map(|cell| (cell.counted, cell.met)).collect();
                let sum = |count: fn(&Share) -> u64| of(true).map(count).sum::<u64>();
                let view = (sum(|cell| cell.counted), sum(|cell| cell.met), open, masked.clone());
                // Beyond, not all that look alike are among the worlds; and a commitment with fewer cases is not shown.
                if view.0 <= most && world.iter().map(|cell| cell.counted).sum::<u64>() >= minimum {
                    alike.entry(view).or_default().push(world);
                }
            }
            for ((.., masked), worlds) in &alike {
                for world in worlds {
                    let certain = |place: usize| {
                        masked[place]
                            && (worlds.iter().all(|other| other[place].counted == world[place].counted)
                                || worlds.iter().all(|other| other[place].met == world[place].met))
                    };
                    let expected: Vec<bool> = (0..world.len()).map(certain).collect();
                    assert_eq!(deducible_cells(world, minimum), expected, "{world:?}, minimum {minimum}");
                }
            }
        }
    }
}
