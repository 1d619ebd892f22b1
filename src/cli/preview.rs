//! `bilan preview`.

use clap::Args;
use std::path::PathBuf;

use super::RunArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  bilan preview                                 the project of the current folder, else sample-data
  bilan preview ministry --templates ministry/report-templates
  bilan preview ministry --port 9000 --lang fr

Both languages stand side by side. Saving the declaration, the commentary, an export or a template shows the new page;
a mistake is shown with its place until it is corrected. Ctrl-C ends it.";

#[derive(Debug, Args)]
pub struct PreviewArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// Templates, style sheets and catalogues of this folder replace those built in
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Listen on this port of 127.0.0.1 [default: 8731, or a free one where that is taken]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
}
