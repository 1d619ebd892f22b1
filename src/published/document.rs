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

/// The elements that a document may have: far more than any report, and an end to a structure that contains itself.
const MOST_ELEMENTS: usize = 1_000_000;
/// How deep they may lie in each other.
const DEEPEST: usize = 100;

/// A glyph: its place in points from the lower left corner, and what it says.
#[derive(Debug, Clone)]
pub struct Placed {
    /// From the left.
    pub x: f64,
    /// From the lower edge.
    pub y: f64,
    /// By the font's map to Unicode; U+FFFD where it has none.
    pub text: String,
}

/// What a tagged PDF says.
#[derive(Debug)]
pub struct Document {
    pub structure: Element,
    /// In the order in which they are drawn.
    pub glyphs: Vec<Placed>,
    /// Width and height of the pages in points.
    pub size: (f64, f64),
    /// By name.
    pub attachments: BTreeMap<String, Vec<u8>>,
    /// Everything else that says something: title, author, names of files, metadata.
    pub metadata: String,
    /// The tag of its language, as `fr`; empty where it has none.
    pub language: String,
}

impl Document {
    /// All text in the order of the pages, as it is drawn: running heads and charts too.
    pub fn drawn_text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }
}

/// Reads a tagged PDF; errors say what it is not, or what cannot be read in it.
pub fn parse(bytes: &[u8]) -> Result<Document, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| "it is no PDF, or a damaged one".to_owned())?;
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).ok_or("it has no catalogue")?;
    let tree: Dict<'_> = root.get("StructTreeRoot").ok_or("it is not tagged")?;
    let content = tree.get::<Object<'_>>("K").ok_or("its structure is empty")?;
    let mut reader = Reader::default();
    let cache = InterpreterCache::new();
    let mut size = (0.0, 0.0);
    let mut pages = Vec::new();
    for (number, page) in pdf.pages().iter().enumerate() {
        reader.page = number;
        pages.push(page.raw().obj_id().ok_or("a page is no object of its own")?);
        size = (f64::from(page.render_dimensions().0), f64::from(page.render_dimensions().1));
        let everywhere = Rect::new(-1e6, -1e6, 1e6, 1e6);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, everywhere, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut reader);
    }
    let mut texts = Texts { pages, by_place: reader.texts, elements: 0 };
    let mut structure = Element { name: "Document".to_owned(), ..Element::default() };
    descend(&content, None, &mut texts, &mut structure, 0)?;
    let attachments = attachments(&pdf)?;
    let information = pdf.metadata();
    let fields = [&information.title, &information.author, &information.subject, &information.keywords];
    let mut metadata: String = fields.into_iter().flatten().map(|text| string(text)).collect::<Vec<_>>().join("\n");
    if let Some(stream) = root.get::<Stream<'_>>("Metadata").and_then(|stream| Some(stream.decoded().ok()?.into_owned())) {
        metadata.push_str(&String::from_utf8_lossy(&stream));
    }
    let language = root.get::<hayro_syntax::object::String<'_>>("Lang").map(|tag| string(tag.as_bytes())).unwrap_or_default();
    Ok(Document { structure, glyphs: reader.glyphs, size, attachments, metadata, language })
}

/// What is drawn inside each marked sequence.
struct Texts {
    pages: Vec<ObjectIdentifier>,
    by_place: BTreeMap<(usize, i32), String>,
    /// How many have been read.
    elements: usize,
}

fn descend(
    content: &Object<'_>,
    page: Option<ObjectIdentifier>,
    texts: &mut Texts,
    into: &mut Element,
    depth: usize,
) -> Result<(), String> {
    texts.elements += 1;
    if texts.elements > MOST_ELEMENTS || depth > DEEPEST {
        return Err("its structure has no end".to_owned());
    }
    match content {
        Object::Array(items) => {
            for item in items.iter::<Object<'_>>() {
                descend(&item, page, texts, into, depth + 1)?;
            }
        }
        Object::Number(number) => marked(number.as_f64() as i32, page, texts, into),
        Object::Dict(dict) => {
            let page = dict.get_ref("Pg").map(ObjectIdentifier::from).or(page);
            if let Some(number) = dict.get::<i32>("MCID") {
                marked(number, page, texts, into);
                return Ok(());
            }
            let Some(name) = dict.get::<Name<'_>>("S") else { return Ok(()) };
            let mut element = Element { name: name.as_str().to_owned(), ..Element::default() };
            for key in ["Alt", "ActualText", "E"] {
                if let Some(text) = dict.get::<hayro_syntax::object::String<'_>>(key) {
                    element.attributes.insert(key.to_owned(), string(text.as_bytes()));
                }
            }
            if let Some(kids) = dict.get::<Object<'_>>("K") {
                descend(&kids, page, texts, &mut element, depth + 1)?;
            }
            into.page = into.page.or(element.page);
            into.children.push(Node::Element(element));
        }
        _ => {}
    }
    Ok(())
}

fn marked(number: i32, page: Option<ObjectIdentifier>, texts: &Texts, into: &mut Element) {
    let page = page.and_then(|page| texts.pages.iter().position(|known| *known == page));
    let Some(page) = page else { return };
    if let Some(text) = texts.by_place.get(&(page, number)) {
        into.page = into.page.or(Some(page + 1));
        into.children.push(Node::Text(text.clone()));
    }
}

/// A text string: UTF-16 with a mark, UTF-8 with a mark, else Latin.
fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

fn attachments(pdf: &Pdf) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut found = BTreeMap::new();
    for object in pdf.objects() {
        let Object::Dict(specification) = object else { continue };
        let Some(embedded) = specification.get::<Dict<'_>>("EF").and_then(|files| files.get::<Stream<'_>>("F")) else { continue };
        let Some(name) = specification.get::<hayro_syntax::object::String<'_>>("UF") else { continue };
        let name = string(name.as_bytes());
        let content = embedded.decoded().map_err(|_| format!("the attachment {name} cannot be unpacked"))?;
        found.insert(name, content.into_owned());
    }
    Ok(found)
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
