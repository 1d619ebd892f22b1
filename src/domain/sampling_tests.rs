use super::*;

/// So many cases that drawing one changes nothing: the binomial tables hold.
const ENDLESS: u64 = 1_000_000_000_000;

fn aim(confidence: u32, tolerable: u32, expected_tenths: u32) -> Aim {
    Aim { confidence: Share(confidence * 10_000), tolerable: Share(tolerable * 10_000), expected: Share(expected_tenths * 1_000) }
}

// AICPA, Audit Guide: Audit Sampling, statistical sample sizes for tests of controls, 5 percent risk of overreliance: columns of the
// tolerable rate, rows of the expected rate (in tenths of a percent).
#[test]
fn sizes_are_those_of_the_auditors_table_at_95_percent() {
    let tolerable = [2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20];
    let none_expected = [149, 99, 74, 59, 49, 42, 36, 32, 29, 19, 14];
    for (tolerable, size) in tolerable.into_iter().zip(none_expected) {
        assert_eq!(aim(95, tolerable, 0).size(ENDLESS), Some(size), "{tolerable} % tolerable");
    }
    let one_percent_expected = [(4, 156), (5, 93), (6, 78), (7, 66), (8, 58), (9, 51), (10, 46), (15, 30), (20, 22)];
    for (tolerable, size) in one_percent_expected {
        assert_eq!(aim(95, tolerable, 10).size(ENDLESS), Some(size), "{tolerable} % tolerable, 1 % expected");
    }
    let two_percent_expected = [(5, 181), (6, 127), (7, 88), (8, 77), (9, 68), (10, 46)];
    for (tolerable, size) in two_percent_expected {
        assert_eq!(aim(95, tolerable, 20).size(ENDLESS), Some(size), "{tolerable} % tolerable, 2 % expected");
    }
}

// The same guide, 10 percent risk of overreliance.
#[test]
fn sizes_are_those_of_the_auditors_table_at_90_percent() {
    for (tolerable, size) in
        [(2, 114), (3, 76), (4, 57), (5, 45), (6, 38), (7, 32), (8, 28), (9, 25), (10, 22), (15, 15), (20, 11)]
    {
        assert_eq!(aim(90, tolerable, 0).size(ENDLESS), Some(size), "{tolerable} % tolerable");
    }
}

// scipy.stats.hypergeom.cdf, searched from 0 upwards.
#[test]
fn a_small_population_needs_fewer() {
    let sizes = [(10, 10), (20, 19), (50, 31), (100, 45), (200, 51), (500, 56), (1000, 57), (5000, 59)];
    for (population, size) in sizes {
        assert_eq!(aim(95, 5, 0).size(population), Some(size), "of {population}");
    }
    let one_percent_expected = [(10, 10), (20, 20), (50, 43), (100, 65), (200, 78), (500, 87), (1000, 90), (5000, 93)];
    for (population, size) in one_percent_expected {
        assert_eq!(aim(95, 5, 10).size(population), Some(size), "of {population}, 1 % expected");
    }
    let stricter = [(10, 10), (50, 50), (100, 90), (200, 136), (500, 183), (1000, 204), (5000, 223), (50_000, 228)];
    for (population, size) in stricter {
        assert_eq!(aim(99, 2, 0).size(population), Some(size), "of {population}, 99 % and 2 %");
    }
    assert_eq!(aim(95, 5, 0).size(0), Some(0));
}

#[test]
fn an_expectation_next_to_what_is_tolerable_is_planned_for_by_nobody() {
    assert_eq!(aim(95, 5, 49).size(ENDLESS), None);
}

// scipy.stats.hypergeom.cdf, searched from the number found upwards; the last that is not excluded.
#[test]
fn what_a_sample_proves() {
    let found_drawn_population = [
        ((0, 59, 1000), Some(48)),
        ((1, 59, 1000), Some(76)),
        ((2, 59, 1000), Some(100)),
        ((5, 59, 1000), Some(167)),
        ((0, 58, 300), Some(13)),
        ((3, 30, 100), Some(21)),
        ((0, 10, 10), Some(0)),
        ((2, 10, 10), Some(2)),
        ((9, 10, 40), Some(39)),
        ((0, 1, 40), Some(37)),
        ((10, 10, 40), None),
        ((0, 0, 40), None),
    ];
    for ((found, drawn, population), expected) in found_drawn_population {
        let proven = at_most(found, drawn, population, Share(950_000));
        assert_eq!(proven, expected, "{found} of {drawn} drawn from {population}");
    }
}

// Of 16 cases 8 are in error, and 10 are drawn: 2 errors at least. With 2 of them and all 8 others, C(10, 2) * 8 * 7 * 8! orders; with 3
// and 7 others, C(10, 3) * 8 * 7 * 6 * 8! / 1! more.
#[test]
fn draws_with_few_errors_are_counted_in_order() {
    let number = |factors: &[u64]| {
        let mut product = Natural::one();
        factors.iter().for_each(|factor| product.multiply(*factor));
        product
    };
    let (two, three) = (number(&[45, 8, 7, 40_320]), number(&[120, 8, 7, 6, 40_320]));
    let mut both = two.clone();
    both.add(&three);
    assert_eq!(ways(1, 10, 8, 16), Natural::zero());
    assert_eq!(ways(2, 10, 8, 16), two);
    assert_eq!(ways(3, 10, 8, 16), both);
    // Every draw has at most 8 errors: 16!/6! of them.
    assert_eq!(ways(8, 10, 8, 16), number(&[16, 15, 14, 13, 12, 11, 10, 9, 8, 7]));
    assert_eq!(ways(10, 10, 8, 16), ways(8, 10, 8, 16));
}
