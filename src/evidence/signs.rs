//! `signs.csv`: for each commitment the integrity signs that it can show, how many cases show them, and from where on they say
//! something. `signs` in `cases.parquet` tells which cases those are.

use std::io;

use super::spreadsheet::inert;
use crate::domain::figures::Figures;
use crate::domain::project::Project;
use crate::domain::signs::{FEWEST, Sign, Threshold, Watch};

/// Writes one line for each commitment and sign, in declaration order.
pub fn write_signs(project: &Project, figures: &Figures, out: impl io::Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["commitment", "sign", "found", "among", "fewest", "above_part", "above_whole", "says_something"])?;
    for (commitment, tally) in project.commitments.iter().zip(&figures.commitments) {
        let id = inert(&commitment.id);
        let registration = project.sources[commitment.source].registration();
        for sign in Sign::ALL.into_iter().filter(|sign| Watch::concerns(*sign, &commitment.clock, registration)) {
            let sighted = tally.signs.of(sign);
            let threshold = Threshold::of(sign, &project.period, &project.calendar);
            let numbers =
                [sighted.found, sighted.among, FEWEST, threshold.part, threshold.whole].map(|number| number.to_string());
            let says = if threshold.is_passed_by(sighted) { "yes" } else { "no" };
            let cells = [&*id, sign.name()].into_iter().chain(numbers.iter().map(String::as_str));
            csv.write_record(cells.chain([says]))?;
        }
    }
    csv.flush()
}
