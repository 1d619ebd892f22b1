//! The pages that are not the report's own.

use minijinja::{AutoEscape, Environment, Value, context};

const TITLE: &str = "bilan preview";

/// All pages beside each other, by name.
pub fn side_by_side(names: &[&str]) -> String {
    render(include_str!("side-by-side.html"), context! { title => TITLE, names => Value::from_iter(names.iter().copied()) })
}

/// Why there is no page.
pub fn problem(text: &str) -> String {
    render(include_str!("problem.html"), context! { title => TITLE, text })
}

/// The page, which reloads itself when another version than `version` is served.
pub fn with_reload(page: &str, version: u64) -> String {
    let script = render(include_str!("reload.html"), context! { version => version.to_string() });
    let (before, after) = page.split_at(page.rfind("</body>").unwrap_or(page.len()));
    format!("{before}{script}{after}")
}

fn render(template: &str, context: Value) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // These templates are the program's own and are tested; a fault in one would still be seen.
    environment.render_str(template, context).unwrap_or_else(|error| error.to_string())
}
