//! Messages whose keys are made from names of the domain: a name without a message would fail only where it first occurs.

use super::catalogue::Catalogues;
use crate::domain::account::Reject;
use crate::domain::signs::Sign;
use crate::domain::tally::{Reading, Unusable};

#[test]
fn every_name_of_the_domain_has_its_words() {
    let french = include_str!("../../report-templates/locales/fr.ftl");
    let catalogues = Catalogues::parse([("fr", french)]).unwrap();
    let catalogue = catalogues.of("fr").unwrap();
    let rejects = Reject::ALL.map(|reason| format!("reject-{}", reason.name()));
    let readings = ["reading", "heading"].map(|kind| Reading::ALL.map(|reading| format!("{kind}-{}", reading.name())));
    let unusable = Unusable::ALL.map(|reason| format!("unusable-{}", reason.name()));
    let signs = Sign::ALL.map(|sign| format!("sign-of-{}", sign.name()));
    let units = ["business-days", "calendar-days", "minutes"];
    let of_units = ["limit", "limit-short", "chart-axis", "chart-times"].map(|kind| units.map(|unit| format!("{kind}-{unit}")));
    for key in rejects.iter().chain(readings.iter().flatten()).chain(&unusable).chain(&signs).chain(of_units.iter().flatten()) {
        assert!(catalogue.has(key), "no message `{key}`");
    }
}
