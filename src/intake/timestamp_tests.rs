use super::*;

fn read(text: &str, format: &TimestampFormat) -> Option<(String, bool)> {
    let zone = LocalTime::new(chrono_tz::UTC);
    let earliest = Day::from_ymd(1900, 1, 1).unwrap();
    let stamp = Timestamps::new(format, &zone, earliest).read(text)?;
    let moment = chrono::DateTime::from_timestamp(stamp.seconds, 0)?;
    Some((moment.naive_utc().to_string(), stamp.has_time))
}

fn iso(text: &str) -> Option<(String, bool)> {
    read(text, &TimestampFormat::Auto)
}

// The forms of section 7, and what is none of them.
#[test]
fn iso_forms_are_read_and_others_refused() {
    assert_eq!(iso("2025-05-02"), Some(("2025-05-02 00:00:00".into(), false)));
    for text in
        ["2025/05/02 16:00", "2025-05-02T16:00:00.999", "2025-05-02 12:00:00-04:00", "2025-05-02T20:00+0400", "2025-05-02 16:00Z"]
    {
        assert_eq!(iso(text), Some(("2025-05-02 16:00:00".into(), true)), "{text}");
    }
    let wrong = [
        "",
        "hier",
        "2025-02-30",
        "05/05/2025",
        "2025-5-2",
        "2025-05/02",
        "1899-12-31",
        "2200-01-01",
        "2025-05-02 ",
        "2025-05-02 25:00",
        "2025-05-02 16",
        "2025-05-02 16:00:60",
        "2025-05-02 16:00:00.",
        "2025-05-02 16:00:00 Z",
        "2025-05-02Z",
        "2025-05-02 16:00+4",
        "2025-05-02 16:00:00+24:00",
        "2025-05-02\u{a0}16:00",
    ];
    for text in wrong {
        assert_eq!(iso(text), None, "{text}");
    }
}

// Every text of nineteen characters that differs from a sound one in one place, or in one place and another digit.
#[test]
fn the_plain_form_is_read_as_the_general_reader_reads_it() {
    let bytes = *b"0123456789-/ T:.Z+\xff";
    for sound in ["2024-02-29 23:59:59", "1999-12-31 00:00:00", "0000-10-09 19:09:07"] {
        for (place, byte) in (0..sound.len()).flat_map(|place| bytes.map(|byte| (place, byte))) {
            for (other, digit) in (0..sound.len()).flat_map(|other| [b'0', b'3', b'9'].map(|digit| (other, digit))) {
                let mut text = sound.as_bytes().to_vec();
                text[place] = byte;
                assert!(read_plain(&text).is_none_or(|plain| Some(plain) == read_iso(&text)), "{text:?}");
                if text[other].is_ascii_digit() {
                    text[other] = digit;
                }
                assert!(read_plain(&text).is_none_or(|plain| Some(plain) == read_iso(&text)), "{text:?}");
            }
        }
        assert!(read_plain(sound.as_bytes()).is_some());
        assert!(read_plain(&sound.as_bytes()[1..]).is_none());
    }
}

#[test]
fn patterns_are_tried_in_order() {
    let patterns = TimestampFormat::Patterns(vec!["%d/%m/%Y %H:%M:%S".into(), "%d/%m/%Y".into()]);
    assert_eq!(read("02/05/2025 16:00:01", &patterns), Some(("2025-05-02 16:00:01".into(), true)));
    assert_eq!(read("02/05/2025", &patterns), Some(("2025-05-02 00:00:00".into(), false)));
    assert_eq!(read("30/02/2025", &patterns), None);
    assert_eq!(read("2025-05-02", &patterns), None);
    let one = |pattern: &str| TimestampFormat::Patterns(vec![pattern.into()]);
    assert_eq!(read("1746460800", &one("%s")), Some(("2025-05-05 16:00:00".into(), true)));
    assert_eq!(read("2025-05-05 09", &one("%Y-%m-%d %H")), Some(("2025-05-05 09:00:00".into(), true)));
    assert_eq!(read("2025-05-05 9 PM", &one("%Y-%m-%d %I %p")), Some(("2025-05-05 21:00:00".into(), true)));
}

// Every text that differs from a sound one in one place, or in one place and another digit, or is shorter or longer.
#[test]
fn a_fixed_pattern_is_read_as_the_general_reader_reads_it() {
    let bytes = *b"0123456789-/ T:.+\tx";
    for (pattern, sound) in [
        ("%d/%m/%Y %H:%M:%S", "29/02/2024 23:59:59"),
        ("%Y%m%d%H%M", "199912310000"),
        ("%m-%d-%Y", "10-09-0007"),
        ("%F %T", "2025-05-02 16:00:01"),
        ("%Y-%m-%d  %R", "2025-05-02  07:30"),
    ] {
        let pattern = Pattern::new(pattern);
        let fixed = pattern.fixed.clone().unwrap();
        let agree = |text: &[u8]| {
            let read = read_fixed(text, &fixed);
            let text = std::str::from_utf8(text).unwrap();
            assert!(read.is_none_or(|read| Some(read) == read_pattern(text, &pattern.items)), "{text:?}");
            read.is_some()
        };
        let mut others = 0;
        for (place, byte) in (0..sound.len()).flat_map(|place| bytes.map(|byte| (place, byte))) {
            for (other, digit) in (0..sound.len()).flat_map(|other| [b'0', b'3', b'9'].map(|digit| (other, digit))) {
                let mut text = sound.as_bytes().to_vec();
                text[place] = byte;
                if text[other].is_ascii_digit() {
                    text[other] = digit;
                }
                others += usize::from(agree(&text));
            }
        }
        assert!(agree(sound.as_bytes()) && others > 500, "{others}");
        for text in [&sound[1..], &sound[..sound.len() - 1], &format!("{sound} "), &format!(" {sound}"), &format!("{sound}0")] {
            agree(text.as_bytes());
        }
    }
    for other in ["%d/%m/%y", "%e/%m/%Y", "%d %B %Y", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m", "%H:%M", "%Y-%m-%d %H", "%d/%d/%m/%Y"] {
        assert_eq!(Pattern::new(other).fixed, None, "{other}");
    }
}

#[test]
fn seconds_are_digits_with_an_optional_decimal_part() {
    assert_eq!(read_seconds("12.9"), Some(12));
    assert_eq!(read_seconds("0"), Some(0));
    for wrong in ["", "-1", "1,5", "1.", ".5", "1e3", "+1", "12 "] {
        assert_eq!(read_seconds(wrong), None, "{wrong}");
    }
}
