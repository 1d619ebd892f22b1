//! Pages on the machine's own loopback address, for the eyes of the person at the keyboard, reloaded when they change.
//!
//! The only code that opens a socket; it is compiled with the feature `preview` alone.

mod page;
mod request;
mod server;
mod watch;

pub use page::{problem, side_by_side, with_reload};
pub use server::{Pages, Server};
pub use watch::{Stamps, files_in, stamps};
