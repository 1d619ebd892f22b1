//! Cases of an event log as one hand has gathered them, in memory or in a temporary file, and all hands' put together.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::sync::Arc;

use super::Origin;
use crate::domain::calendar::Day;
use crate::domain::clock::{Event, Moment};
use crate::domain::commitment::EventId;

/// Stands for no entry.
const NONE: u32 = u32::MAX;
/// What an id takes in the table of ids, about half of which is empty.
const PLACES: usize = 2 * size_of::<(Arc<str>, u32)>();

/// The cases that one hand has read.
#[derive(Debug, Default)]
pub struct Gathered {
    numbers: HashMap<Arc<str>, u32>,
    cases: Vec<Case>,
    entries: Vec<Entry>,
    /// Of each case, the values of its fields at its earliest event.
    fields: Vec<u32>,
    values: Values,
    /// The case of the last row: events of a case mostly follow one another.
    last: Option<u32>,
    /// Bytes of what has no fixed size.
    text: usize,
    /// What was written down to make room, each part in order of id.
    parts: Vec<BufReader<File>>,
}

#[derive(Debug)]
struct Case {
    id: Arc<str>,
    /// Its last entry.
    entry: u32,
    /// Where and when its earliest event was read.
    earliest: (i64, Origin),
}

#[derive(Debug)]
struct Entry {
    event: Event,
    origin: Origin,
    /// The entry of the case before this one.
    before: u32,
}

/// The distinct values of a source's fields.
#[derive(Debug, Default)]
struct Values {
    numbers: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Values {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }
}

impl Gathered {
    /// Adds an event of a case, with the values of all fields in its row.
    pub fn add<T: AsRef<str>>(&mut self, id: &str, event: Event, origin: Origin, fields: impl ExactSizeIterator<Item = T>) {
        let case = match self.last.filter(|&last| *self.cases[last as usize].id == *id) {
            Some(last) => last,
            None => self.case(id, fields.len()),
        };
        self.last = Some(case);
        let known = &mut self.cases[case as usize];
        let entry = Entry { event, origin, before: known.entry };
        known.entry = u32::try_from(self.entries.len()).unwrap_or(NONE);
        self.entries.push(entry);
        let read = (event.moment.seconds, origin);
        if read < known.earliest {
            known.earliest = read;
            let from = case as usize * fields.len();
            for (place, value) in fields.enumerate() {
                self.fields[from + place] = self.values.number(value.as_ref());
            }
        }
    }

    fn case(&mut self, id: &str, fields: usize) -> u32 {
        if let Some(&case) = self.numbers.get(id) {
            return case;
        }
        let case = u32::try_from(self.cases.len()).unwrap_or(NONE);
        let id: Arc<str> = id.into();
        self.text += id.len() + 64;
        self.numbers.insert(Arc::clone(&id), case);
        self.cases.push(Case { id, entry: NONE, earliest: (i64::MAX, Origin { file: u32::MAX, line: u32::MAX }) });
        self.fields.resize(self.fields.len() + fields, NONE);
        case
    }

    /// About how many bytes of memory it takes.
    pub fn size(&self) -> usize {
        self.text
            + self.entries.len() * size_of::<Entry>()
            + self.cases.len() * (size_of::<Case>() + PLACES)
            + self.fields.len() * size_of::<u32>()
    }

    /// The places of the cases in order of id.
    fn in_order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..).take(self.cases.len()).collect();
        order.sort_by(|&left, &right| self.cases[left as usize].id.cmp(&self.cases[right as usize].id));
        order
    }

    fn told_into(&self, case: u32, told: &mut Told) {
        let Case { id, entry, earliest } = &self.cases[case as usize];
        let mut entry = *entry;
        let width = self.fields.len() / self.cases.len();
        told.id.clear();
        told.id.push_str(id);
        told.earliest = *earliest;
        told.fields.clear();
        told.fields.extend_from_slice(&self.fields[case as usize * width..][..width]);
        told.events.clear();
        while let Some(Entry { event, origin, before }) = self.entries.get(entry as usize) {
            told.events.push((*event, *origin));
            entry = *before;
        }
    }

    /// Writes everything into a temporary file, which no directory lists, and begins anew.
    pub fn write_down(&mut self) -> io::Result<()> {
        let mut out = BufWriter::new(tempfile::tempfile()?);
        let mut told = Told::default();
        for case in self.in_order() {
            self.told_into(case, &mut told);
            told.write(&mut out)?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.parts.push(BufReader::with_capacity(1 << 16, file));
        let (values, parts) = (std::mem::take(&mut self.values), std::mem::take(&mut self.parts));
        *self = Gathered { values, parts, ..Gathered::default() };
        Ok(())
    }
}

/// One case as one hand knows it.
#[derive(Debug, Default)]
struct Told {
    id: String,
    earliest: (i64, Origin),
    fields: Vec<u32>,
    events: Vec<(Event, Origin)>,
}

impl Told {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let number = |number: usize| (number as u64).to_le_bytes();
        out.write_all(&number(self.id.len()))?;
        out.write_all(self.id.as_bytes())?;
        write_origin(out, self.earliest.0, self.earliest.1)?;
        out.write_all(&number(self.fields.len()))?;
        self.fields.iter().try_for_each(|field| out.write_all(&field.to_le_bytes()))?;
        out.write_all(&number(self.events.len()))?;
        for (event, origin) in &self.events {
            write_origin(out, event.moment.seconds, *origin)?;
            out.write_all(&event.moment.day.0.to_le_bytes())?;
            out.write_all(&event.kind.0.to_le_bytes())?;
        }
        Ok(())
    }

    /// `false` at the end.
    fn read(&mut self, input: &mut BufReader<File>) -> io::Result<bool> {
        use io::BufRead;
        if input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let length = read_number(input)?;
        let mut id = vec![0; length];
        input.read_exact(&mut id)?;
        self.id = String::from_utf8(id).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.earliest = read_origin(input)?;
        self.fields.clear();
        for _ in 0..read_number(input)? {
            self.fields.push(u32::from_le_bytes(read_bytes(input)?));
        }
        self.events.clear();
        for _ in 0..read_number(input)? {
            let (seconds, origin) = read_origin(input)?;
            let day = Day(i32::from_le_bytes(read_bytes(input)?));
            let kind = EventId(u32::from_le_bytes(read_bytes(input)?));
            self.events.push((Event { kind, moment: Moment { seconds, day } }, origin));
        }
        Ok(true)
    }
}

fn write_origin(out: &mut impl Write, seconds: i64, origin: Origin) -> io::Result<()> {
    out.write_all(&seconds.to_le_bytes())?;
    out.write_all(&origin.file.to_le_bytes())?;
    out.write_all(&origin.line.to_le_bytes())
}

fn read_origin(input: &mut impl Read) -> io::Result<(i64, Origin)> {
    let seconds = i64::from_le_bytes(read_bytes(input)?);
    let file = u32::from_le_bytes(read_bytes(input)?);
    Ok((seconds, Origin { file, line: u32::from_le_bytes(read_bytes(input)?) }))
}

fn read_number(input: &mut impl Read) -> io::Result<usize> {
    Ok(u64::from_le_bytes(read_bytes(input)?) as usize)
}

fn read_bytes<const N: usize>(input: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A case with everything that any hand has read of it.
pub struct Whole<'w> {
    pub id: &'w str,
    /// By time, kind and place of origin.
    pub events: &'w [(Event, Origin)],
    /// The values of its fields at its earliest event.
    pub fields: &'w [&'w str],
}

/// Puts together what several hands have gathered, and hands over the cases in order of id.
pub fn put_together(mut gathered: Vec<Gathered>, mut take: impl FnMut(&Whole<'_>)) -> io::Result<()> {
    let mut parts: Vec<Part> = Vec::new();
    for (hand, one) in gathered.iter_mut().enumerate() {
        let written = std::mem::take(&mut one.parts);
        parts.extend(written.into_iter().map(|file| Part { hand, told: Told::default(), rest: Rest::Written(file) }));
        parts.push(Part { hand, told: Told::default(), rest: Rest::InMemory(one.in_order().into_iter()) });
    }
    let mut begun = Vec::new();
    for mut part in parts {
        if part.advance(&gathered)? {
            begun.push(part);
        }
    }
    let mut parts = begun;
    let (mut id, mut events, mut fields) = (String::new(), Vec::new(), Vec::new());
    while let Some(least) = parts.iter().map(|part| &part.told.id).min() {
        id.clone_from(least);
        events.clear();
        let mut earliest: Option<(i64, Origin)> = None;
        let mut at = 0;
        while let Some(part) = parts.get_mut(at) {
            if part.told.id != id {
                at += 1;
                continue;
            }
            events.append(&mut part.told.events);
            if earliest.is_none_or(|earliest| part.told.earliest < earliest) {
                earliest = Some(part.told.earliest);
                let texts = &gathered[part.hand].values.texts;
                fields.clear();
                fields.extend(part.told.fields.iter().map(|&number| &*texts[number as usize]));
            }
            // Its next case has another id.
            if !part.advance(&gathered)? {
                parts.remove(at);
            }
        }
        events.sort_unstable_by_key(|&(event, origin): &(Event, Origin)| (event.moment, event.kind, origin));
        take(&Whole { id: &id, events: &events, fields: &fields });
    }
    Ok(())
}

/// What one hand gathered at one time, case by case.
struct Part {
    hand: usize,
    /// The next case.
    told: Told,
    rest: Rest,
}

enum Rest {
    InMemory(std::vec::IntoIter<u32>),
    Written(BufReader<File>),
}

impl Part {
    /// `false` at the end.
    fn advance(&mut self, gathered: &[Gathered]) -> io::Result<bool> {
        match &mut self.rest {
            Rest::Written(file) => self.told.read(file),
            Rest::InMemory(order) => {
                let next = order.next();
                next.into_iter().for_each(|case| gathered[self.hand].told_into(case, &mut self.told));
                Ok(next.is_some())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many cases, each with so many events and fields and an id of so many letters.
    fn gathered(cases: usize, events: usize, fields: usize, letters: usize) -> Gathered {
        let mut gathered = Gathered::default();
        let mut line = 0;
        for case in 0..cases {
            for _ in 0..events {
                line += 1;
                let event = Event { kind: EventId(0), moment: Moment { seconds: i64::from(line), day: Day(0) } };
                gathered.add(&format!("{case:0letters$}"), event, Origin { file: 0, line }, (0..fields).map(|_| "office"));
            }
        }
        gathered
    }

    /// What is kept takes at least the bytes of what was given, and not several times as much: an event has 24 (8 of its second, 4
    /// each of its day, kind, file and line; 40 as it is aligned), a field 4, and an id its letters and two counts of 8. A case is a
    /// reference of 16, a number of 4 and the 16 of its first row, 40 aligned, and in a table of ids two places of 25 each at best.
    #[test]
    fn memory_grows_with_what_is_kept() {
        assert_eq!(Gathered::default().size(), 0);
        let size = |cases, events, fields, letters| gathered(cases, events, fields, letters).size();
        let one_case = size(1, 1_000, 0, 8);
        assert!((24_000..48_000).contains(&one_case), "{one_case}");
        let many_cases = size(1_000, 1, 0, 8);
        assert!((1_000 * (40 + 24 + 40 + 51)..300_000).contains(&many_cases), "{many_cases}");
        assert_eq!(size(1_000, 1, 10, 8) - many_cases, 40_000);
        assert_eq!(size(1_000, 1, 0, 508) - many_cases, 500_000);
        let twice = size(2_000, 1, 10, 8);
        assert_eq!(twice, 2 * size(1_000, 1, 10, 8));
    }

    #[test]
    fn what_is_written_down_takes_no_memory_and_comes_back() {
        let ids = |gathered: Gathered| {
            let mut ids = Vec::new();
            put_together(vec![gathered], |whole| ids.push((whole.id.to_owned(), whole.events.len(), whole.fields.join(","))))
                .unwrap();
            ids
        };
        let mut written = gathered(3, 2, 2, 1);
        written.write_down().unwrap();
        assert_eq!((written.size(), written.parts.len()), (0, 1));
        let expected = ["0", "1", "2"].map(|id| (id.to_owned(), 2, "office,office".to_owned()));
        assert_eq!(ids(written), expected);
        assert_eq!(ids(gathered(3, 2, 2, 1)), expected);
    }
}
