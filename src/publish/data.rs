//! `results.json` and `results.csv`: the figures for those who compute.

use serde_json::Value;

use crate::report::results::{Audience, CommitmentResult, Decimal, Results};

/// `results.json`, indented, with a final newline.
pub fn json(results: &Results) -> Result<Vec<u8>, String> {
    let mut text = serde_json::to_vec_pretty(results).map_err(|error| error.to_string())?;
    text.push(b'\n');
    Ok(text)
}

/// `results.csv`: one line per commitment, UTF-8, the columns of `results.json`; an empty cell is null, `masked` says why.
pub fn csv(results: &Results, audience: Audience) -> Result<Vec<u8>, String> {
    let mut columns = vec![
        "commitment",
        "section",
        "source",
        "period",
        "unit",
        "limit",
        "goal_percent",
        "goal_reached",
        "counted_by",
        "in_scope",
        "counted",
        "met",
        "missed",
        "pending",
        "outside",
        "not_started",
        "excluded",
        "unusable",
        "rate",
        "rate_low",
        "rate_high",
        "elapsed_n",
        "elapsed_mean",
        "elapsed_median",
        "elapsed_p90",
        "open",
        "overdue",
        "oldest",
        "masked",
    ];
    if audience == Audience::Auditors {
        columns.push("elapsed_max");
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(&columns).and_then(|()| {
        results.commitments.iter().try_for_each(|commitment| {
            let values = values(commitment, &results.period.label);
            let value =
                |column: &&str| values.iter().find(|(name, _)| name == column).map_or(String::new(), |(_, value)| value.clone());
            writer.write_record(columns.iter().map(value))
        })
    });
    written.map_err(|error| error.to_string())?;
    writer.into_inner().map_err(|error| error.to_string())
}

fn values(commitment: &CommitmentResult, period: &str) -> Vec<(&'static str, String)> {
    let mut values = vec![
        ("commitment", commitment.id.clone()),
        ("section", commitment.section.clone()),
        ("source", commitment.source.clone()),
        ("period", period.to_owned()),
        ("unit", commitment.unit.to_owned()),
        ("limit", commitment.limit.to_string()),
        ("goal_percent", decimal(commitment.goal_percent)),
        ("counted_by", commitment.counted_by.to_owned()),
        ("masked", commitment.masked.to_string()),
    ];
    let Some(figures) = &commitment.figures else {
        return values;
    };
    let sum = |parts: &crate::report::results::Named<u64>| parts.0.iter().map(|(_, cases)| cases).sum::<u64>().to_string();
    let number = |value: Option<i64>| value.map_or(String::new(), |value| value.to_string());
    values.extend([
        ("goal_reached", figures.goal_reached.map_or(String::new(), |reached| reached.to_string())),
        ("in_scope", figures.in_scope.to_string()),
        ("counted", figures.counted.to_string()),
        ("met", figures.met.to_string()),
        ("missed", figures.missed.to_string()),
        ("pending", figures.pending.to_string()),
        ("outside", figures.outside.to_string()),
        ("not_started", figures.not_started.to_string()),
        ("excluded", sum(&figures.excluded)),
        ("unusable", sum(&figures.unusable)),
        ("rate", decimal(figures.rate)),
        ("rate_low", decimal(figures.bounds.as_ref().map(|bounds| bounds.low))),
        ("rate_high", decimal(figures.bounds.as_ref().map(|bounds| bounds.high))),
        ("elapsed_n", figures.elapsed.n.to_string()),
        ("elapsed_mean", decimal(figures.elapsed.mean)),
        ("elapsed_median", number(figures.elapsed.median)),
        ("elapsed_p90", number(figures.elapsed.p90)),
        ("elapsed_max", number(figures.elapsed.max.flatten())),
        ("open", figures.stock.open.to_string()),
        ("overdue", figures.stock.overdue.to_string()),
        ("oldest", number(figures.stock.oldest)),
    ]);
    values
}

fn decimal(value: Option<Decimal>) -> String {
    value.and_then(|value| serde_json::to_value(value).ok()).map_or(String::new(), |value| match value {
        Value::Number(number) => number.to_string(),
        other => other.to_string(),
    })
}
