//! What a spreadsheet makes of a CSV file that auditors open.

use std::borrow::Cow;

/// A text of an export as a cell: a spreadsheet runs those that begin like a formula, and an apostrophe before them keeps it from
/// doing so (OWASP, CSV injection).
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn nothing_is_run_and_everything_else_is_left_alone() {
        assert_eq!(inert("=1+1"), "'=1+1");
        assert_eq!(inert("-2"), "'-2");
        assert_eq!(inert("a=1"), "a=1");
        assert_eq!(inert("'=1"), "'=1");
        assert_eq!(inert(""), "");
    }
}
