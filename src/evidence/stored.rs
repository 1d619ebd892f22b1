//! The cases of a run as its folder holds them, one commitment at a time.

use std::collections::BTreeMap;
use std::io::Cursor;

use super::case_reader::{CaseReader, Lines, Place};

/// The cases of a run, as its folder holds them.
pub struct StoredCases<'a> {
    reader: CaseReader<Cursor<&'a [u8]>>,
    /// Commitments in the order of the file, each with the places of its lines.
    commitments: Vec<(String, Vec<Place>)>,
}

impl<'a> StoredCases<'a> {
    /// Finds the lines of each commitment. `content` is the file's bytes; errors say what is wrong with it.
    pub fn open(content: &'a [u8]) -> Result<StoredCases<'a>, String> {
        let reader = CaseReader::open(Cursor::new(content)).map_err(|error| error.to_string())?;
        let mut commitments: Vec<(String, Vec<Place>)> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (group, names) in reader.texts("commitment").enumerate() {
            let names = names.map_err(|error| error.to_string())?;
            let mut line = 0;
            while line < names.len() {
                let name = names.cell(line);
                let end = (line + 1..names.len()).find(|&other| names.cell(other) != name).unwrap_or(names.len());
                let name = name.text().unwrap_or_default();
                let place = *known.entry(name.to_owned()).or_insert(commitments.len());
                if place == commitments.len() {
                    commitments.push((name.to_owned(), Vec::new()));
                }
                commitments[place].1.push((group, line..end));
                line = end;
            }
        }
        Ok(StoredCases { reader, commitments })
    }

    /// The commitments that have a case, in the order of the file.
    pub fn commitments(&self) -> impl Iterator<Item = &str> {
        self.commitments.iter().map(|(name, _)| name.as_str())
    }

    /// The lines of one commitment, with every column; `None` where it has no case.
    pub fn of(&self, commitment: &str) -> Result<Option<Lines>, String> {
        let places = self.commitments.iter().find(|(name, _)| name == commitment).map(|(_, places)| places);
        places.map(|places| self.reader.lines(places)).transpose().map_err(|error| error.to_string())
    }
}

/// The lines of each id, in order: an id has one line a commitment, unless somebody added one.
pub fn lines_by_id(lines: &Lines) -> Result<BTreeMap<&str, Vec<usize>>, String> {
    let ids = lines.column("id").ok_or("it has no column id")?;
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for line in 0..lines.height() {
        by_id.entry(ids.cell(line).text().unwrap_or_default()).or_default().push(line);
    }
    Ok(by_id)
}
