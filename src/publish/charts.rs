//! Charts as SVG: the same geometry for pages (with classes) and for the PDF (with presentation attributes, and without words,
//! which the layout sets itself).

use minijinja::value::Serde;
use minijinja::{Environment, context};
use std::collections::BTreeMap;

use super::templates::{Fault, Templates};
use crate::report::Edition;
use crate::report::drawing::{Chart, Drawing, Shape};

/// The drawings of a page: a chart for wide and one for narrow screens.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PageChart {
    pub wide: String,
    pub narrow: String,
}

/// A chart for the PDF: what is drawn, and the words to set on it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PrintChart<'a> {
    pub drawing: String,
    pub labels: Vec<&'a Shape>,
}

/// Every chart of an edition for the PDF, by id.
pub fn for_print<'a>(edition: &'a Edition, templates: &Templates) -> Result<BTreeMap<String, PrintChart<'a>>, Vec<Fault>> {
    let environment = templates.environment()?;
    let drawn = charts(edition).map(|chart| {
        let (labels, shapes): (Vec<&Shape>, Vec<&Shape>) =
            chart.print.shapes.iter().partition(|shape| matches!(shape, Shape::Text { .. }));
        let drawing = templates.render(&environment, "charts/print.svg", {
            let (drawing, shapes) = (Serde(&chart.print), Serde(&shapes));
            context! { drawing, shapes }
        })?;
        Ok((chart.id.clone(), PrintChart { drawing, labels }))
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
                let (chart, drawing, shapes) = (Serde(chart), Serde(drawing), Serde(&drawing.shapes));
                context! { chart, variant, drawing, shapes }
            })
        };
        Ok((chart.id.clone(), PageChart { wide: draw("wide", &chart.wide)?, narrow: draw("narrow", &chart.narrow)? }))
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
    edition.overview.charts.iter().chain(of_commitments).chain(&edition.readings.charts)
}
