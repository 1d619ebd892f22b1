//! What is published, read back by code of its own: the page, the structure and the glyphs of the PDF, the data and what is
//! attached to them. Here they are attacked, compared with each other and with the figures, and filled with hostile text.

#[path = "published/attack.rs"]
mod attack;
#[path = "published/editions.rs"]
mod editions;
#[path = "published/figures.rs"]
mod figures;
#[path = "published/formats.rs"]
mod formats;
#[path = "published/hostile.rs"]
mod hostile;
#[path = "published/html.rs"]
mod html;
#[path = "published/poisoned.rs"]
mod poisoned;
#[path = "published/privacy.rs"]
mod privacy;
#[path = "published/run.rs"]
mod run;
