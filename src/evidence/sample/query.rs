//! The draw as a query over `cases.parquet`, for whoever draws the sample again.

use super::row::Drawings;
use crate::domain::commitment::Unit;

/// A query for DuckDB: every case with its stratum, its key, and its rank in the stratum and among the counted cases.
pub fn query(drawings: &Drawings<'_>) -> String {
    let sample = drawings.sample;
    let id = drawings.commitment.id.replace('\'', "''");
    let margin = match drawings.commitment.clock.unit {
        Unit::Minutes => "(\"limit\" + 19) // 20",
        Unit::BusinessDays | Unit::CalendarDays => "1",
    };
    format!(
        "WITH cases AS (SELECT *, sha256('{seed}|' || id) AS key, state IN ('met', 'missed') AS counted FROM 'audit/cases.parquet'
  WHERE commitment = '{id}' AND state NOT IN ('not-started', 'outside')),
longest AS (SELECT *, row_number() OVER (PARTITION BY counted ORDER BY elapsed DESC, key) AS length FROM cases),
strata AS (SELECT *, CASE WHEN NOT counted THEN state WHEN length <= {quota} THEN 'longest'
  WHEN elapsed > \"limit\" - {margin} AND elapsed <= \"limit\" + {margin} THEN 'at-limit'
  WHEN paused > 0 OR restarted THEN 'paused' ELSE state END AS stratum FROM longest)
SELECT stratum, id, key, row_number() OVER (PARTITION BY stratum ORDER BY key) AS rank_in_stratum,
  CASE WHEN counted THEN row_number() OVER (PARTITION BY counted ORDER BY key) END AS rank_among_counted
FROM strata ORDER BY stratum, key;",
        seed = sample.plan.seed,
        quota = sample.quota,
    )
}
