//! Broken exports: two sound ones, damaged in every way that exports of real systems are, at many places.

use bilan::domain::source::{EventOrigin, Field, Layout, Source, TimeColumns, TimestampFormat};

/// An export and the source that it is read as.
pub struct Export {
    /// What was done to it.
    pub name: String,
    pub bytes: Vec<u8>,
    pub source: Source,
}

const EVENTS: &str = "\
id,event,at,service,notes
A1,RECU,2025-04-01,alpha,
A1,DECISION,2025-04-03 09:00,alpha,\"a, b\"
A2,RECU,2025-04-02T10:00:00Z,bêta,\"dit \"\"non\"\" deux fois\"
A2,RECU,2025-04-02T10:00:00Z,bêta,déjà vu
A3,RECU,2025/04/05 11:30,\"alpha\",\"une ligne
une autre\"
\"A4\",DECISION,2025-04-09,,é à ù
A5,INCONNU,2025-04-09,alpha,

A6,RECU,hier,alpha,x
,RECU,2025-04-10,alpha,x
A7,RECU,,alpha,5\" de tuyau
A8,RECU,2025-04-11,\"Québec, ville\",fin
";

const RECORDS: &str = "\
id;received;wait;outcome;service;notes
B1;2025-04-01 08:00:00;170;ANS;alpha;
B2;2025-04-01 08:00:30;12.5;HUP;\"bêta; gamma\";\"dit \"\"non\"\"\"
B2;2025-04-01 08:00:30;12.5;HUP;\"bêta; gamma\";autre note
B3;2025-04-02;;ANS;\"alpha\";\"une ligne
une autre\"
B3;2025-04-03;;ANS;alpha;id en conflit

B4;;;;;vide
B5;2025-04-04 09:00;x;ANS;é;mauvaise attente
;2025-04-04 09:00;1;ANS;é;sans id
\"B6\";2025-04-05 09:00;3;ANS;\"\";fin
";

/// What is put in at a place.
const INSERTED: [(&str, &[u8]); 17] = [
    ("comma", b","),
    ("semicolon", b";"),
    ("tab", b"\t"),
    ("quote", b"\""),
    ("two quotes", b"\"\""),
    ("quote and comma", b"\","),
    ("LF", b"\n"),
    ("CRLF", b"\r\n"),
    ("CR", b"\r"),
    ("blank lines", b"\n\n\r\n\n"),
    ("NUL", b"\0"),
    ("0xe9", b"\xe9"),
    ("cut sequence", b"\xe2\x82"),
    ("0xff 0xfe", b"\xff\xfe"),
    ("surrogate in UTF-8", b"\xed\xa0\x80"),
    ("no-break space", "\u{a0}".as_bytes()),
    ("byte order mark", "\u{feff}".as_bytes()),
];

fn source(layout: Layout) -> Source {
    Source {
        id: "s".to_owned(),
        files: vec!["*.csv".to_owned()],
        layout,
        id_column: Some("id".to_owned()),
        fields: vec![Field { name: "service".to_owned(), column: "service".to_owned() }],
        events: vec!["received".to_owned(), "decided".to_owned()],
        encoding: None,
        delimiter: None,
        timestamp: TimestampFormat::Auto,
        nulls: vec!["NULL".to_owned()],
        multiline: vec!["notes".to_owned(), "no such column".to_owned()],
    }
}

/// The two sound exports: layout, text, and the source that reads it.
pub fn layouts() -> [(&'static str, String, Source); 2] {
    let events = Layout::Events {
        event: "event".to_owned(),
        at: TimeColumns::One("at".to_owned()),
        codes: Some(vec![vec!["RECU".to_owned()], vec!["DECISION".to_owned()]]),
        ignored: Vec::new(),
    };
    let answered =
        EventOrigin::Derived { after: 0, seconds: "wait".to_owned(), when: vec![("outcome".to_owned(), vec!["ANS".to_owned()])] };
    let received = EventOrigin::Columns(TimeColumns::One("received".to_owned()));
    let records = Layout::Records { events: vec![received, answered] };
    [("events", EVENTS.to_owned(), source(events)), ("records", RECORDS.to_owned(), source(records))]
}

/// Every broken export, the sound ones first.
pub fn exports() -> Vec<Export> {
    let mut exports = Vec::new();
    for (layout, text, source) in layouts() {
        for (ends, text) in [("LF", text.clone()), ("CRLF", text.replace('\n', "\r\n"))] {
            let mut add = |name: &str, bytes: Vec<u8>| {
                exports.push(Export { name: format!("{layout}, {ends}, {name}"), bytes, source: source.clone() });
            };
            add("sound", text.clone().into_bytes());
            at_places(text.as_bytes(), &mut add);
            of_lines(&text, &mut add);
            of_files(&text, &mut add);
            of_size(&text, &mut add);
        }
        for encoding in ["utf-8", "windows-1252", "utf-16le"] {
            let declared = Source { encoding: Some(encoding.to_owned()), ..source.clone() };
            for (name, bytes) in marked(&text) {
                exports.push(Export { name: format!("{layout}, {name}, declared {encoding}"), bytes, source: declared.clone() });
            }
        }
        let any_line_break = Source { multiline: vec!["service".to_owned(), "notes".to_owned()], ..source.clone() };
        for (place, _) in text.match_indices('"').chain(text.match_indices(',')) {
            let bytes = [&text.as_bytes()[..place], b"\"", &text.as_bytes()[place..]].concat();
            exports.push(Export {
                name: format!("{layout}, more multiline, quote at {place}"),
                bytes,
                source: any_line_break.clone(),
            });
        }
    }
    exports
}

/// Something put in, or taken away, at places all over the file.
fn at_places(text: &[u8], add: &mut impl FnMut(&str, Vec<u8>)) {
    for place in (0..=text.len()).step_by(text.len() / 29) {
        for (name, inserted) in INSERTED {
            add(&format!("{name} at {place}"), [&text[..place], inserted, &text[place..]].concat());
        }
        add(&format!("cut at {place}"), text[..place].to_vec());
        add(&format!("a byte away at {place}"), [&text[..place], &text[(place + 1).min(text.len())..]].concat());
    }
    for (place, &byte) in text.iter().enumerate() {
        if matches!(byte, b'"' | b',' | b';' | b'\r') {
            add(&format!("0x{byte:02x} away at {place}"), [&text[..place], &text[place + 1..]].concat());
        }
    }
}

fn of_lines(text: &str, add: &mut impl FnMut(&str, Vec<u8>)) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for place in 0..lines.len() {
        let with = |line: &str| [&lines[..place], &[line], &lines[place + 1..]].concat().concat().into_bytes();
        let bare = lines[place].trim_end_matches(['\r', '\n']);
        add(&format!("line {place} twice"), with(&lines[place].repeat(2)));
        add(&format!("line {place} away"), with(""));
        add(
            &format!("line {place} ends otherwise"),
            with(&if lines[place].ends_with("\r\n") { format!("{bare}\n") } else { format!("{bare}\r\n") }),
        );
        add(&format!("line {place} ends with CR"), with(&format!("{bare}\r")));
        add(&format!("line {place} joined to the next"), with(bare));
        add(&format!("line {place} of blanks"), with(&format!("{}  \t\n", lines[place])));
        add(&format!("line {place} in quotes"), with(&format!("\"{bare}\"\n")));
    }
}

fn of_files(text: &str, add: &mut impl FnMut(&str, Vec<u8>)) {
    let (header, rest) = text.split_once('\n').expect("a header");
    for (name, bytes) in marked(text) {
        add(name, bytes);
    }
    for (name, text) in [
        ("empty", ""),
        ("one LF", "\n"),
        ("one CR", "\r"),
        ("blank lines alone", "\r\n\n\n"),
        ("one quote", "\""),
        ("two quotes", "\"\""),
        ("header alone", header.trim_end_matches('\r')),
        ("header and line end", &format!("{header}\n")),
        ("no header", rest),
        ("no line end at the end", text.trim_end()),
        ("blank lines before the header", &format!("\n\r\n\n{text}")),
        ("header in upper case", &format!("{}\n{rest}", header.to_uppercase())),
        ("header among blanks", &text.replacen("service", " \t\u{a0}service\u{202f}", 1)),
        ("id twice", &text.replacen("service", "id", 1)),
        ("notes twice", &text.replacen("id", "notes", 1)),
        ("unmapped column twice", &format!("{},notes\n{rest}", header.trim_end_matches('\r'))),
        ("header with a line break", &text.replacen("notes", "\"no\ntes\"", 1)),
        ("header in quotes", &text.replacen("id", "\"id\"", 1)),
        ("a doubled quote and delimiters in a header name", &text.replacen("notes", "\"a \"\"b|c|d|e|f|g|h\"\" i\"", 1)),
        ("header with an open quote", &text.replacen("notes", "\"notes", 1)),
    ] {
        add(name, text.as_bytes().to_vec());
    }
}

/// Byte order marks, UTF-16 with what no UTF-16 has, and what begins like a mark.
fn marked(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let little = |units: &[u16]| [b"\xff\xfe".to_vec(), units.iter().flat_map(|unit| unit.to_le_bytes()).collect()].concat();
    let big = |units: &[u16]| [b"\xfe\xff".to_vec(), units.iter().flat_map(|unit| unit.to_be_bytes()).collect()].concat();
    let middle = units.len() / 2;
    let with = |units: &[u16], inserted: &[u16]| [&units[..middle], inserted, &units[middle..]].concat();
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect();
    vec![
        ("UTF-8 with mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-8 with two marks", [b"\xef\xbb\xbf\xef\xbb\xbf", text.as_bytes()].concat()),
        ("half a mark", [b"\xef\xbb", text.as_bytes()].concat()),
        ("a mark alone", b"\xef\xbb\xbf".to_vec()),
        ("UTF-16 mark alone", b"\xff\xfe".to_vec()),
        ("UTF-16LE", little(&units)),
        ("UTF-16BE", big(&units)),
        ("UTF-16LE, high surrogate alone", little(&with(&units, &[0xd83d]))),
        ("UTF-16LE, low surrogate alone", little(&with(&units, &[0xde00]))),
        ("UTF-16BE, surrogates the wrong way round", big(&with(&units, &[0xde00, 0xd83d]))),
        ("UTF-16BE, surrogate pair", big(&with(&units, &[0xd83d, 0xde00]))),
        ("UTF-16LE, surrogate before a line end", little(&[&units[..], &[0xd800, 0x0a]].concat())),
        ("UTF-16LE, a byte too many", [little(&units), vec![0x61]].concat()),
        ("UTF-16LE, NUL inside", little(&with(&units, &[0]))),
        ("UTF-16LE, quote inside", little(&with(&units, &[0x22]))),
        ("UTF-16 without mark", units.iter().flat_map(|unit| unit.to_le_bytes()).collect()),
        ("Windows-1252", latin.clone()),
        ("Windows-1252, upper half", [&latin[..], &(0x80..=0xff).collect::<Vec<u8>>()].concat()),
    ]
}

fn of_size(text: &str, add: &mut impl FnMut(&str, Vec<u8>)) {
    let million = "x".repeat(1 << 20);
    add("a cell of a megabyte", text.replacen("alpha", &million, 1).into_bytes());
    add("a quoted cell of a megabyte", text.replacen("alpha", &format!("\"{million}\"\"\""), 1).into_bytes());
    add("a megabyte after the end", format!("{text}{million}").into_bytes());
    add("100 000 quotes", format!("{text}{}", "\"".repeat(100_000)).into_bytes());
    add("100 001 quotes", format!("{text}{}", "\"".repeat(100_001)).into_bytes());
    add("100 000 delimiters", format!("{text}{}\n", ",".repeat(100_000)).into_bytes());
    add("100 000 blank lines", format!("{text}{}", "\n".repeat(100_000)).into_bytes());
    let (header, rest) = text.split_once('\n').expect("a header");
    let delimiter = if header.contains(';') { ";" } else { "," };
    let columns: Vec<String> = (0..10_000).map(|number| format!("c{number}")).collect();
    let wide = format!("{}{delimiter}{}\n", header.trim_end_matches('\r'), columns.join(delimiter));
    add("10 000 columns that no row has", format!("{wide}{rest}").into_bytes());
    let row = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    add("10 000 columns", format!("{wide}{row}{}\n", delimiter.repeat(10_000)).into_bytes());
}
