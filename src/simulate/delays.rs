//! How long work takes in an invented export, relative to the limit.

use super::random::Random;

/// Days worked on a case that keeps a limit of `limit` days: seldom short, and one in six on the very last day,
/// because people work toward a limit.
pub fn days_on_time(random: &mut Random, limit: u64) -> u64 {
    let thousandths = match random.below(100) {
        0..16 => 1000,
        16..40 => random.between(760, 1000),
        40..75 => random.between(400, 760),
        _ => random.between(80, 400),
    };
    let days = (limit * thousandths).div_ceil(1000);
    // Short limits leave no middle: without this, nothing would be done on the day itself.
    let sooner = limit <= 5 && random.permille(350);
    days.saturating_sub(u64::from(sooner))
}

/// Days worked on a case that misses a limit of `limit` days: mostly by little, sometimes by several times the limit.
pub fn days_late(random: &mut Random, limit: u64) -> u64 {
    let mut days = limit + 1 + random.below(limit * 3 / 10 + 2);
    if random.permille(200) {
        days += random.below(limit + 1);
    }
    if random.permille(40) {
        days += random.below(limit * 3);
    }
    days
}

/// Seconds in a queue that keep a limit of `limit` seconds.
pub fn seconds_on_time(random: &mut Random, limit: u64) -> u64 {
    let shorter = random.below(limit).min(random.below(limit));
    (shorter + 2).min(limit)
}

/// Seconds in a queue that exceed a limit of `limit` seconds.
pub fn seconds_late(random: &mut Random, limit: u64) -> u64 {
    let mut seconds = limit + 1 + random.below(limit * 3).min(random.below(limit * 3));
    if random.permille(60) {
        seconds += random.below(limit * 5);
    }
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_lie_on_their_side_of_the_limit() {
        let mut random = Random::new(7, "delays");
        for limit in [1, 2, 5, 20, 65, 180] {
            for _ in 0..2000 {
                assert!(days_on_time(&mut random, limit) <= limit);
                assert!(days_late(&mut random, limit) > limit);
                assert!(seconds_on_time(&mut random, limit) <= limit);
                assert!(seconds_late(&mut random, limit) > limit);
            }
        }
    }
}
