//! The page, and the fragment for another page: one file for each language, with everything inside, and no script.

use minijinja::context;
use minijinja::value::Serde;
use std::collections::BTreeMap;

use super::charts;
use super::templates::{Fault, Templates};
use crate::report::Edition;

/// Subsets of Source Sans 3 under another name, which its licence asks for: weight and file.
const FONTS: [(u16, &[u8]); 3] = [
    (400, include_bytes!("../../report-templates/fonts/bilan-sans-regular.woff2")),
    (600, include_bytes!("../../report-templates/fonts/bilan-sans-semibold.woff2")),
    (700, include_bytes!("../../report-templates/fonts/bilan-sans-bold.woff2")),
];

/// Renders one edition as a self-contained page.
pub fn render_page(edition: &Edition, templates: &Templates) -> Result<String, Vec<Fault>> {
    render(edition, templates, "report.html")
}

/// Renders one edition as an element for a page of a content-management system, with its style inside.
pub fn render_fragment(edition: &Edition, templates: &Templates) -> Result<String, Vec<Fault>> {
    render(edition, templates, "fragment.html")
}

fn render(edition: &Edition, templates: &Templates, name: &str) -> Result<String, Vec<Fault>> {
    let mut environment = templates.environment()?;
    environment.add_filter("style_address", style_address);
    let drawn = charts::for_page(edition, templates, &environment)?;
    let css: BTreeMap<&str, &str> = templates.of_kind("css").collect();
    templates.render(
        &environment,
        name,
        context! {
            edition => Serde(edition),
            drawn => Serde(&drawn),
            css => Serde(&css),
            fonts => font_faces(),
        },
    )
}

/// The fonts as style rules that hold the files themselves.
fn font_faces() -> String {
    let face = |(weight, bytes): &(u16, &[u8])| {
        let data = base64(bytes);
        format!(
            "@font-face{{font-family:\"Bilan Sans\";font-weight:{weight};font-display:swap;src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}"
        )
    };
    FONTS.iter().map(face).collect::<Vec<_>>().join("\n")
}

/// A style sheet as an address that holds it.
fn style_address(style: &str) -> String {
    format!("data:text/css;charset=utf-8;base64,{}", base64(style.as_bytes()))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = ALPHABET[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    // RFC 4648, section 10.
    #[test]
    fn base64_follows_the_standard() {
        let encoded = ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes()));
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }
}
