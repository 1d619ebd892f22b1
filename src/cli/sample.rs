//! `bilan sample`.

use clap::Args;
use std::path::PathBuf;

use super::RunArgs;
use crate::domain::sampling::{MOST_CASES, Share};

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan sample csq-peq-decision                     sized to show, 95 % sure, that fewer than 5 % of the cases are in error
  bilan sample ministry telephone-response --size 40 --seed 2026
  bilan sample email-response --confidence 90% --tolerable-error 3% --expected-error 0.5%
  bilan sample email-response --lang en --out /srv/audit/email-response

The cases of a stratum are taken in the order of SHA-256 of `seed|id`, so that anybody can draw the sample again.";

#[derive(Debug, Args)]
#[command(allow_missing_positional = true)]
pub struct SampleArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// The id of a commitment of the declaration
    #[arg(required = true)]
    pub commitment: String,
    /// Draw so many cases in all [default: planned for the confidence and the errors below]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_CASES), conflicts_with_all = ["tolerable_error", "expected_error"])]
    pub size: Option<u64>,
    /// How sure the sample is to make: from 50 % to 99.9999 %
    #[arg(long, value_name = "PERCENT", default_value = "95%", value_parser = parse_confidence)]
    pub confidence: Share,
    /// The share of cases in error that could be tolerated
    #[arg(long, value_name = "PERCENT", default_value = "5%", value_parser = parse_share)]
    pub tolerable_error: Share,
    /// The share of the sample that is expected to be in error
    #[arg(long, value_name = "PERCENT", default_value = "0%", value_parser = parse_share)]
    pub expected_error: Share,
    /// Another seed draws other cases; the same seed draws the same
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The folder to write [default: output/samples/PERIOD/COMMITMENT-SEED]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Reads a percentage with at most four decimals: `5%`, `0.5 %`, `2,5`.
fn parse_share(text: &str) -> Result<Share, String> {
    let wrong = || format!("`{text}` is no percentage from 0 to 100 with at most four decimals");
    let number = text.trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, decimals) = number.split_once('.').unwrap_or((&number, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 4 || !is_number(whole) || !is_number(decimals) {
        return Err(wrong());
    }
    let share = format!("{whole}{decimals:0<4}").parse().map(Share).map_err(|_| wrong())?;
    if share <= Share::ONE { Ok(share) } else { Err(wrong()) }
}

fn parse_confidence(text: &str) -> Result<Share, String> {
    let share = parse_share(text)?;
    let sensible = Share(500_000)..Share::ONE;
    if sensible.contains(&share) { Ok(share) } else { Err(format!("`{text}` is not from 50% to 99.9999%")) }
}
