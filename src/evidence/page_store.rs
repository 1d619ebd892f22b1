//! Encoded pages that wait for their turn to be written: in memory as long as there are few, then in a temporary file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Mutex;

use crate::intake::locked;

/// As many bytes stay in memory.
const ROOM: usize = 16 << 20;

/// Where the pages of a run wait. All hands share it.
pub struct PageStore {
    shelf: Mutex<Shelf>,
}

struct Shelf {
    /// Bytes that may still stay in memory.
    room: usize,
    file: Option<File>,
    /// Bytes in the file.
    length: u64,
}

/// A page that waits.
pub enum Stored {
    Here(Vec<u8>),
    InFile { place: u64, length: usize },
}

impl Default for PageStore {
    fn default() -> PageStore {
        PageStore::new(ROOM)
    }
}

impl PageStore {
    /// Nothing yet. Pages beyond `room` bytes go into the file.
    pub fn new(room: usize) -> PageStore {
        PageStore { shelf: Mutex::new(Shelf { room, file: None, length: 0 }) }
    }

    /// Keeps a page.
    pub fn put(&self, content: &[u8]) -> io::Result<Stored> {
        let shelf = &mut *locked(&self.shelf);
        if let Some(room) = shelf.room.checked_sub(content.len()) {
            shelf.room = room;
            return Ok(Stored::Here(content.to_vec()));
        }
        let file = match &mut shelf.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let place = file.seek(SeekFrom::Start(shelf.length))?;
        file.write_all(content)?;
        shelf.length += content.len() as u64;
        Ok(Stored::InFile { place, length: content.len() })
    }

    /// Gives a page back.
    pub fn take(&self, page: Stored) -> io::Result<Vec<u8>> {
        let (place, length) = match page {
            Stored::Here(content) => return Ok(content),
            Stored::InFile { place, length } => (place, length),
        };
        let shelf = &mut *locked(&self.shelf);
        let file = shelf.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
        let mut content = vec![0; length];
        file.seek(SeekFrom::Start(place))?;
        file.read_exact(&mut content)?;
        Ok(content)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::{PageStore, Stored};

    /// Pages come back whole in any order, whether they fit into memory or not.
    #[test]
    fn gives_back_what_it_keeps() {
        let pages: Vec<Vec<u8>> = (0..9_u8).map(|page| vec![page; 100 * usize::from(page)]).collect();
        for (room, in_file) in [(0, 8), (350, 6), (100_000, 0)] {
            let store = PageStore::new(room);
            let mut kept: Vec<(usize, Stored)> =
                pages.iter().enumerate().map(|(place, page)| (place, store.put(page).unwrap())).collect();
            assert_eq!(kept.iter().filter(|(_, page)| matches!(page, Stored::InFile { .. })).count(), in_file);
            kept.sort_by_key(|(place, _)| place * 5 % 9);
            for (place, page) in kept {
                assert_eq!(store.take(page).unwrap(), pages[place]);
            }
        }
    }
}
