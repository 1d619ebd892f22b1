//! Reads a PDF: the structure that a screen reader follows, with its text; every glyph with its place; the attachments.

use super::tree::{Element, Node};
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint, PathDrawMode,
    SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use kurbo::{Affine, BezPath, Point, Rect};
use std::collections::BTreeMap;

/// A glyph: its place in points from the lower left corner, and what it says.
#[derive(Debug, Clone)]
pub struct Placed {
    pub x: f64,
    pub y: f64,
    pub text: String,
}

pub struct Document {
    pub structure: Element,
    pub glyphs: Vec<Placed>,
    /// Width and height of the pages in points.
    pub size: (f64, f64),
    pub attachments: BTreeMap<String, Vec<u8>>,
    /// Everything else that says something: title, author, names of files, metadata.
    pub metadata: String,
}

impl Document {
    /// All text in the order of the pages, as it is drawn: running heads and charts too.
    pub fn drawn_text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }
}

pub fn parse(bytes: &[u8]) -> Document {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let mut reader = Reader::default();
    let cache = InterpreterCache::new();
    let mut size = (0.0, 0.0);
    let mut pages = Vec::new();
    for (number, page) in pdf.pages().iter().enumerate() {
        reader.page = number;
        pages.push(page.raw().obj_id().expect("a page is an object of its own"));
        size = (f64::from(page.render_dimensions().0), f64::from(page.render_dimensions().1));
        let everywhere = Rect::new(-1e6, -1e6, 1e6, 1e6);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, everywhere, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut reader);
    }
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalogue");
    let tree: Dict<'_> = root.get("StructTreeRoot").expect("a tagged PDF");
    let mut structure = Element { name: "Document".to_owned(), ..Element::default() };
    let texts = Texts { pages, by_place: reader.texts };
    descend(&tree.get::<Object<'_>>("K").expect("content"), None, &texts, &mut structure);
    let attachments = attachments(&pdf);
    let information = pdf.metadata();
    let fields = [&information.title, &information.author, &information.subject, &information.keywords];
    let mut metadata: String = fields.into_iter().flatten().map(|text| string(text)).collect::<Vec<_>>().join("\n");
    if let Some(stream) = root.get::<Stream<'_>>("Metadata") {
        metadata.push_str(&String::from_utf8_lossy(&stream.decoded().expect("metadata")));
    }
    Document { structure, glyphs: reader.glyphs, size, attachments, metadata }
}

/// What is drawn inside each marked sequence.
struct Texts {
    pages: Vec<ObjectIdentifier>,
    by_place: BTreeMap<(usize, i32), String>,
}

fn descend(content: &Object<'_>, page: Option<ObjectIdentifier>, texts: &Texts, into: &mut Element) {
    match content {
        Object::Array(items) => items.iter::<Object<'_>>().for_each(|item| descend(&item, page, texts, into)),
        Object::Number(number) => marked(number.as_f64() as i32, page, texts, into),
        Object::Dict(dict) => {
            let page = dict.get_ref("Pg").map(ObjectIdentifier::from).or(page);
            if let Some(number) = dict.get::<i32>("MCID") {
                return marked(number, page, texts, into);
            }
            let Some(name) = dict.get::<Name<'_>>("S") else { return };
            let mut element = Element { name: name.as_str().to_owned(), ..Element::default() };
            for key in ["Alt", "ActualText", "E"] {
                if let Some(text) = dict.get::<hayro_syntax::object::String<'_>>(key) {
                    element.attributes.insert(key.to_owned(), string(text.as_bytes()));
                }
            }
            if let Some(kids) = dict.get::<Object<'_>>("K") {
                descend(&kids, page, texts, &mut element);
            }
            into.children.push(Node::Element(element));
        }
        _ => {}
    }
}

fn marked(number: i32, page: Option<ObjectIdentifier>, texts: &Texts, into: &mut Element) {
    let page = page.and_then(|page| texts.pages.iter().position(|known| *known == page));
    if let Some(text) = page.and_then(|page| texts.by_place.get(&(page, number))) {
        into.children.push(Node::Text(text.clone()));
    }
}

/// A text string: UTF-16 with a mark, UTF-8 with a mark, else Latin.
fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).expect("UTF-8"),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

fn attachments(pdf: &Pdf) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for object in pdf.objects() {
        let Object::Dict(specification) = object else { continue };
        let Some(embedded) = specification.get::<Dict<'_>>("EF").and_then(|files| files.get::<Stream<'_>>("F")) else { continue };
        let name = specification.get::<hayro_syntax::object::String<'_>>("UF").expect("a file has a name");
        found.insert(string(name.as_bytes()), embedded.decoded().expect("an embedded file").into_owned());
    }
    found
}

#[derive(Default)]
struct Reader {
    page: usize,
    open: Vec<Option<i32>>,
    texts: BTreeMap<(usize, i32), String>,
    glyphs: Vec<Placed>,
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, transform: Affine, own: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => char::REPLACEMENT_CHARACTER.to_string(),
        };
        let place = transform * own * Point::ZERO;
        if let Some(number) = self.open.iter().rev().flatten().next() {
            self.texts.entry((self.page, *number)).or_default().push_str(&text);
        }
        self.glyphs.push(Placed { x: place.x, y: place.y, text });
    }

    fn begin_marked_content(&mut self, _: &[u8], number: Option<i32>) {
        self.open.push(number);
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
