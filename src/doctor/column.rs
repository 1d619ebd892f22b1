//! What a column holds.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use super::Spot;
use super::forms::{Example, Forms, Stamps, is_time_of_day};

/// With more different values than this a column holds no codes.
const MOST_CODES: usize = 60;
/// What names of ids hold.
pub const ID_WORDS: [&str; 8] = ["id", "no", "num", "case", "dossier", "ref", "ticket", "key"];
/// What systems write for nothing, besides nothing.
const NULLS: [&str; 10] = ["NULL", "null", "N/A", "n/a", "NA", "(null)", "\\N", "None", "-", "s.o."];

/// A column, value by value.
#[derive(Debug)]
pub struct Column {
    pub name: String,
    /// Rows with a value, and without.
    pub filled: u64,
    pub blank: u64,
    /// The line of the first row with each value.
    seen: HashMap<u64, u64>,
    /// A value that stands in two rows, with their lines.
    pub repeated: Option<(String, u64, u64)>,
    /// Each value with how often it stands, while there are few.
    codes: Option<BTreeMap<String, u64>>,
    /// What looks like nothing, with how often and where it stands first.
    pub nulls: BTreeMap<&'static str, (u64, Spot)>,
    /// Line breaks inside fields, and the first.
    pub line_breaks: Option<(u64, Spot)>,
    pub first: Option<Example>,
    all_numbers: bool,
    times: u64,
    forms: Forms,
    /// Once all values were taken.
    pub stamps: Option<Stamps>,
}

impl Column {
    /// A column without rows.
    pub fn new(name: String) -> Column {
        Column {
            name,
            filled: 0,
            blank: 0,
            seen: HashMap::new(),
            repeated: None,
            codes: Some(BTreeMap::new()),
            nulls: BTreeMap::new(),
            line_breaks: None,
            first: None,
            all_numbers: true,
            times: 0,
            forms: Forms::default(),
            stamps: None,
        }
    }

    /// Takes the trimmed value of one row.
    pub fn take(&mut self, value: &str, spot: Spot, has_line_break: bool) {
        if has_line_break {
            // Most often several rows in one: what it holds says nothing of the column.
            self.line_breaks.get_or_insert((0, spot)).0 += 1;
            return;
        }
        if value.is_empty() {
            self.blank += 1;
            return;
        }
        if let Some(null) = NULLS.into_iter().find(|null| *null == value) {
            self.nulls.entry(null).or_insert((0, spot)).0 += 1;
            self.blank += 1;
            return;
        }
        self.filled += 1;
        self.first.get_or_insert_with(|| (spot, value.to_owned()));
        match self.seen.get(&fingerprint(value)) {
            None => drop(self.seen.insert(fingerprint(value), spot.line)),
            Some(&line) => drop(self.repeated.get_or_insert_with(|| (value.to_owned(), line, spot.line))),
        }
        if let Some(codes) = &mut self.codes {
            *codes.entry(value.to_owned()).or_default() += 1;
            if codes.len() > MOST_CODES {
                self.codes = None;
            }
        }
        self.all_numbers &= value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        self.times += u64::from(is_time_of_day(value));
        self.forms.take(value, spot);
    }

    /// Says what the values were, once all were taken.
    pub fn finish(&mut self) {
        self.stamps = self.forms.finish();
    }

    /// How many different values there are.
    pub fn different(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Whether nearly every row has a value, and each another: one in a thousand may be a row sent twice, and one in ten where the name
    /// says that it is an id.
    pub fn tells_rows_apart(&self) -> bool {
        let bearable = if self.is_named(&ID_WORDS) { 10 } else { 1000 };
        self.filled > 0 && self.may_name() && (self.filled - self.different()) * bearable <= self.filled
    }

    /// Whether it could name a case that has several rows: it comes back, but not so often as a code.
    pub fn may_group(&self) -> bool {
        let rows_a_case = if self.is_named(&ID_WORDS) { 20 } else { 4 };
        self.may_name() && !self.tells_rows_apart() && self.different() > 1 && self.different() * rows_a_case >= self.filled
    }

    /// Whether it holds no timestamp and no time, and hardly a row lacks it.
    pub fn may_name(&self) -> bool {
        let bearable = if self.is_named(&ID_WORDS) { 10 } else { 100 };
        self.stamps.is_none() && !self.is_time() && self.blank * bearable <= self.filled
    }

    /// The values with how often each stands, the commonest first, when they are few and come back.
    pub fn codes(&self) -> Option<Vec<(&str, u64)>> {
        let codes = self.codes.as_ref().filter(|_| self.stamps.is_none() && !self.is_time() && self.repeated.is_some())?;
        let mut codes: Vec<(&str, u64)> = codes.iter().map(|(code, count)| (code.as_str(), *count)).collect();
        codes.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
        Some(codes)
    }

    /// Whether at least nine values in ten are a time of day.
    pub fn is_time(&self) -> bool {
        self.filled > 0 && self.times * 10 >= self.filled * 9
    }

    /// Whether every value is a number.
    pub fn is_number(&self) -> bool {
        self.filled > 0 && self.all_numbers && self.stamps.is_none()
    }

    /// Whether a word of its name begins with one of these, letter case and accents apart; one of two letters is a whole word.
    pub fn is_named(&self, words: &[&str]) -> bool {
        let name = plain(&self.name);
        let begins = |part: &str| words.iter().any(|word| if word.len() > 2 { part.starts_with(word) } else { part == *word });
        name.split(|letter: char| !letter.is_alphanumeric()).any(begins)
    }
}

/// A text by a number: a column of millions of values is held without them.
pub fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A name in lower case without accents.
pub fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    };
    name.to_lowercase().chars().map(letter).collect()
}
