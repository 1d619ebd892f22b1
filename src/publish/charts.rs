//! Charts as SVG: the same geometry for pages (with classes) and for the PDF (with presentation attributes).

use minijinja::value::Serde;
use minijinja::{Environment, context};
use std::collections::BTreeMap;

use super::templates::{Fault, Templates};
use crate::report::Edition;
use crate::report::drawing::{Chart, Drawing};
use crate::report::edition::Strip;

/// The drawings of a page: a chart for wide and one for narrow screens.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PageChart {
    pub wide: String,
    pub narrow: String,
}

/// Every chart and every strip of an edition for the PDF, by id.
pub fn for_print(edition: &Edition, templates: &Templates) -> Result<BTreeMap<String, String>, Vec<Fault>> {
    let environment = templates.environment()?;
    let charts = charts(edition).map(|chart| (&chart.id, &chart.print));
    let strips = strips(edition).map(|strip| (&strip.id, &strip.drawing));
    let drawn = charts.chain(strips).map(|(id, drawing)| {
        Ok((id.clone(), templates.render(&environment, "charts/print.svg", context! { drawing => Serde(drawing) })?))
    });
    drawn.collect()
}

/// Every chart of an edition for a page, by id.
pub(super) fn for_page(
    edition: &Edition,
    templates: &Templates,
    environment: &Environment<'_>,
) -> Result<BTreeMap<String, PageChart>, Vec<Fault>> {
    let drawn = charts(edition).map(|chart| {
        let draw = |variant: &str, drawing: &Drawing| {
            templates.render(environment, "charts/web.svg", {
                let (chart, drawing) = (Serde(chart), Serde(drawing));
                context! { chart, variant, drawing }
            })
        };
        Ok((chart.id.clone(), PageChart { wide: draw("wide", &chart.wide)?, narrow: draw("narrow", &chart.narrow)? }))
    });
    drawn.collect()
}

/// Every strip of an edition for a page, by id: decoration, without name or description.
pub(super) fn strips_for_page(
    edition: &Edition,
    templates: &Templates,
    environment: &Environment<'_>,
) -> Result<BTreeMap<String, String>, Vec<Fault>> {
    let drawn = strips(edition).map(|strip| {
        let context = context! { chart => None::<()>, variant => "strip-chart", drawing => Serde(&strip.drawing) };
        Ok((strip.id.clone(), templates.render(environment, "charts/web.svg", context)?))
    });
    drawn.collect()
}

/// The charts in reading order.
fn charts(edition: &Edition) -> impl Iterator<Item = &Chart> {
    let commitments = edition.sections.iter().flat_map(|section| &section.commitments);
    let of_commitments = commitments.flat_map(|commitment| {
        let months = commitment.months.as_ref().and_then(|months| months.chart.as_ref());
        months.into_iter().chain(commitment.distribution.as_ref())
    });
    edition.overview.charts.iter().chain(of_commitments)
}

fn strips(edition: &Edition) -> impl Iterator<Item = &Strip> {
    let tables = edition.readings.tables.iter().flat_map(|block| &block.table.groups);
    tables.flat_map(|group| &group.rows).filter_map(|row| row.strip.as_ref())
}
