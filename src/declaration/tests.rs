//! Small declarations, each with one fault, and where it is found.

use std::fs;

use super::{Loaded, Overrides, load, parse_day};
use crate::diagnostic::Diagnostic;
use crate::domain::calendar::Day;
use crate::domain::commitment::{EventId, Treatment, Unit};
use crate::domain::source::{EventOrigin, Layout, TimeColumns};

const SOUND: &str = r#"[report]
organization = { fr = "Ministère", en = "Ministry" }
title = { fr = "Déclaration", en = "Declaration" }
languages = ["fr", "en"]
period = { label = "2025", first = 2025-01-01, last = 2025-12-31 }
time-zone = "America/Toronto"
status = "draft"
[calendar]
weekend = ["saturday", "sunday"]
holidays = "holidays.csv"
[sources.files]
files = ["exports/*.csv"]
layout = "events"
id = "id"
event = "event"
at = "at"
fields = { region = "region", channel = "canal" }
[sources.calls]
files = ["calls.csv"]
layout = "records"
events = { queued = "queued_at", left = ["date", "time"], answered = { after = "queued", seconds = "wait", when = { how = ["A"] } } }
[[sections]]
id = "s"
title = { fr = "S", en = "S" }
[[commitments]]
id = "c"
section = "s"
title = { fr = "C", en = "C" }
source = "files"
start = "received"
stop = ["decided", "closed"]
within = "20 business days"
exits = { withdrawn = "exclude", lapsed = "by-wait" }
breakdown = ["channel"]
[[commitments]]
id = "m"
section = "s"
title = { fr = "M", en = "M" }
source = "calls"
start = "queued"
stop = "answered"
within = "3 minutes"
"#;

const HOLIDAYS: &str = "date,name_fr,name_en,source\n2025-12-25,Noël,Christmas,law\n";

fn loaded(files: &[(&str, &str)], overrides: &Overrides) -> Result<Loaded, Vec<Diagnostic>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    load(folder.path(), overrides)
}

/// `code line:column` of each problem, with the file where it is not the declaration.
fn listed(result: Result<Loaded, Vec<Diagnostic>>) -> Vec<String> {
    let place = |problem: &Diagnostic| match &problem.place {
        Some(place) if place.file == "declaration.toml" => format!(" {}:{}", place.line, place.column),
        Some(place) => format!(" {}:{}:{}", place.file, place.line, place.column),
        None => String::new(),
    };
    let problems = result.map_or_else(|problems| problems, |loaded| loaded.warnings);
    problems.iter().map(|problem| format!("{}{}", problem.code.name(), place(problem))).collect()
}

/// The problems of the sound declaration with `old` replaced by `new`.
fn changed(old: &str, new: &str) -> Vec<String> {
    assert!(SOUND.contains(old), "{old}");
    let text = SOUND.replacen(old, new, 1);
    listed(loaded(&[("declaration.toml", &text), ("holidays.csv", HOLIDAYS)], &Overrides::default()))
}

#[test]
fn a_sound_declaration_is_read_in_the_order_as_written() {
    let files = [("declaration.toml", SOUND), ("holidays.csv", HOLIDAYS)];
    let loaded = loaded(&files, &Overrides::default()).unwrap();
    let project = &loaded.project;
    assert_eq!(project.as_of, Day::from_ymd(2025, 12, 31).unwrap());
    assert_eq!((project.privacy_minimum, project.quality.max_rejected.scaled, project.quality.max_rejected.decimals), (5, 1, 1));
    assert_eq!(project.quality.earliest, Day::from_ymd(1900, 1, 1).unwrap());
    assert!(!project.calendar.is_business_day(Day::from_ymd(2025, 12, 25).unwrap()));
    assert_eq!(project.sources[0].events, ["received", "decided", "closed", "withdrawn", "lapsed"]);
    assert_eq!(project.sources[0].fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["region", "channel"]);
    assert_eq!(project.sources[1].events, ["queued", "left", "answered"]);
    let Layout::Records { events } = &project.sources[1].layout else { panic!("records expected") };
    assert_eq!(events[1], EventOrigin::Columns(TimeColumns::DateAndTime("date".into(), "time".into())));
    assert!(matches!(&events[2], EventOrigin::Derived { after: 0, .. }));
    let [days, minutes] = &project.commitments[..] else { panic!("two commitments expected") };
    assert_eq!(days.short.in_language("fr"), "C");
    assert_eq!(days.clock.exits.iter().map(|exit| exit.treatment).collect::<Vec<_>>(), [Treatment::Exclude, Treatment::ByWait]);
    assert_eq!((days.clock.stop.as_slice(), days.breakdown.as_slice()), (&[EventId(1), EventId(2)][..], &[1][..]));
    assert_eq!((minutes.source, minutes.clock.unit, minutes.clock.limits[0].limit), (1, Unit::Minutes, 3));
    assert_eq!(loaded.inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>(), ["declaration.toml", "holidays.csv"]);
}

#[test]
fn each_fault_is_found_at_its_place() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("title = { fr = \"Déclaration\"", "titel = { fr = \"Déclaration\"", &["missing-key 1:1", "unknown-key 3:1"]),
        ("title = { fr = \"Déclaration\"", "title = { fr = \"Déclaration\", eng = \"\"", &["unknown-key 3:31"]),
        ("[\"fr\", \"en\"]", "[]", &["bad-value 4:13"]),
        ("[\"fr\", \"en\"]", "[\"fr\", \"fr\"]", &["duplicate-id 4:20"]),
        ("[\"fr\", \"en\"]", "\"fr\"", &["wrong-type 4:13"]),
        ("title = { fr = \"C\", en = \"C\" }", "title = { fr = \"C\" }", &["missing-key 28:9"]),
        ("title = { fr = \"C\", en = \"C\" }", "title = { fr = \"C\", en = \" \" }", &["bad-value 28:26"]),
        ("label = \"2025\"", "label = \"20/25\"", &["bad-value 5:20"]),
        ("label = \"2025\"", "label = \"..\"", &["bad-value 5:20"]),
        ("label = \"2025\"", "label = \"\\u0007\"", &["bad-value 5:20"]),
        ("first = 2025-01-01", "first = 2026-01-01", &["bad-value 5:36"]),
        ("first = 2025-01-01", "first = 1825-01-01", &["bad-value 5:36"]),
        ("first = 2025-01-01", "first = \"2025-01-01\"", &["wrong-type 5:36"]),
        ("first = 2025-01-01", "first = 2025-01-01T08:00:00", &["wrong-type 5:36"]),
        ("first = 2025-01-01", "first = 2025-02-30", &["toml-syntax 5:36"]),
        ("status = \"draft\"", "status = \"draft\"\nas-of = 2025-12-30", &["bad-value 8:9"]),
        ("status = \"draft\"", "status = \"drafted\"", &["bad-value 7:10"]),
        ("America/Toronto", "America/Montreal City", &["bad-value 6:13"]),
        ("\"sunday\"]", "\"sonntag\"]", &["bad-value 9:24"]),
        ("holidays.csv", "feries.csv", &["unreadable-file 10:12"]),
        ("holidays = \"holidays.csv\"", "", &["missing-key 8:1"]),
        ("exports/*.csv", "exports/[a.csv", &["bad-value 12:10"]),
        ("layout = \"events\"", "layout = \"event\"", &["bad-value 13:10"]),
        ("id = \"id\"\n", "", &["missing-key 11:1"]),
        ("event = \"event\"", "event = \"event\"\nencoding = \"utf8000\"", &["bad-value 16:12"]),
        ("event = \"event\"", "event = \"event\"\ndelimiter = \"\\t\"", &["bad-value 16:13"]),
        ("event = \"event\"", "event = \"event\"\ntimestamp = \"%d/%m/%Q\"", &["bad-value 16:13"]),
        ("event = \"event\"", "event = \"event\"\ntimestamp = [\"%d/%m/%Y\", \"%H:%M\"]", &["bad-value 16:26"]),
        ("event = \"event\"", "event = \"event\"\nignore-events = [\"closed\"]", &["bad-value 32:20"]),
        (
            "event = \"event\"",
            "event = \"event\"\nevents = { received = \"A\", decided = [\"B\", \"A\"], closed = \"C\", withdrawn = \"D\", lapsed = \"E\" }",
            &["duplicate-id 16:44"],
        ),
        (
            "event = \"event\"",
            "event = \"event\"\nignore-events = [\"E\"]\nevents = { received = \"A\", decided = \"B\", closed = \"C\", withdrawn = \"D\", lapsed = \"E\" }",
            &["duplicate-id 16:18"],
        ),
        (
            "event = \"event\"",
            "event = \"event\"\nevents = { received = \"A\", decided = \"B\" }",
            &["unknown-reference 32:20", "unknown-reference 34:11", "unknown-reference 34:34"],
        ),
        ("layout = \"records\"", "layout = \"records\"\nevent = \"event\"", &["unknown-key 21:1"]),
        ("after = \"queued\"", "after = \"queue\"", &["unknown-reference 21:80"]),
        ("after = \"queued\"", "after = \"answered\"", &["bad-value 21:80"]),
        ("[\"date\", \"time\"]", "[\"date\"]", &["bad-value 21:41"]),
        (
            "[\"date\", \"time\"]",
            "{ after = \"twice\", seconds = \"s\" }, twice = { after = \"left\", seconds = \"s\" }",
            &["bad-value 21:51"],
        ),
        ("section = \"s\"", "section = \"t\"", &["unknown-reference 27:11"]),
        ("source = \"files\"", "source = \"file\"", &["unknown-reference 29:10"]),
        ("start = \"queued\"", "start = \"queue\"", &["unknown-reference 40:9"]),
        ("stop = [\"decided\", \"closed\"]", "stop = []", &["bad-value 31:8"]),
        ("within = \"20 business days\"", "within = \"0 business days\"", &["bad-limit 32:10"]),
        ("within = \"20 business days\"", "within = \"20 days\"", &["bad-limit 32:10"]),
        (
            "within = \"20 business days\"",
            "within = [{ limit = \"1 minute\", until = 2025-05-01 }, { limit = \"1 business day\", from = 2025-05-02 }]",
            &["bad-limit 32:55"],
        ),
        (
            "within = \"20 business days\"",
            "within = [{ limit = \"2 business days\" }, { limit = \"1 business day\" }]",
            &["bad-limit 32:42"],
        ),
        ("breakdown = [\"channel\"]", "breakdown = [\"canal\"]", &["unknown-reference 34:14"]),
        ("breakdown = [\"channel\"]", "breakdown = [\"region\", \"region\"]", &["duplicate-id 34:24"]),
        ("breakdown = [\"channel\"]", "where = { canal = [\"web\"] }", &["unknown-reference 34:11"]),
        ("breakdown = [\"channel\"]", "where = { channel = [] }", &["bad-value 34:21"]),
        ("breakdown = [\"channel\"]", "goal = \"101 %\"", &["bad-value 34:8"]),
        (
            "breakdown = [\"channel\"]",
            "exclude = [{ name = \"lapsed\", where = { region = [\"\"] }, because = { fr = \"r\", en = \"r\" } }]",
            &["duplicate-id 34:21"],
        ),
        ("breakdown = [\"channel\"]", "pauses = [{ from = \"a\" }]", &["missing-key 34:11"]),
        ("within = \"3 minutes\"", "within = \"3 minutes\"\nreceived-when-closed = \"as-received\"", &[]),
        ("within = \"3 minutes\"", "within = \"3 minutes\"\nreceived-when-closed = \"next-business-day\"", &["bad-value 43:24"]),
        ("within = \"3 minutes\"", "within = \"3 minutes\"\nstop-at = \"x\"", &["unknown-key 43:1"]),
        ("id = \"m\"", "id = \"c\"", &["duplicate-id 36:6"]),
        ("[[sections]]", "[[sections]", &["toml-syntax 22:12"]),
    ];
    for (old, new, expected) in cases {
        assert_eq!(changed(old, new), *expected, "{old} -> {new}");
    }
}

#[test]
fn all_faults_are_reported_at_once() {
    let text = SOUND.replace("20 business days", "soon").replace("saturday", "caturday").replace("status =", "statut =");
    let problems = listed(loaded(&[("declaration.toml", &text), ("holidays.csv", "date\n2025-13-01\n")], &Overrides::default()));
    assert_eq!(
        problems,
        ["missing-key 1:1", "unknown-key 7:1", "bad-value 9:12", "bad-limit 32:10", "bad-line holidays.csv:2:1"]
    );
}

#[test]
fn limit_versions_are_kept_in_order_of_time() {
    let within = "within = [{ limit = \"2 minutes\", from = 2025-05-02 }, { limit = \"4 minutes\", until = 2025-05-01 }]";
    let text = SOUND.replace("within = \"3 minutes\"", within);
    let project = loaded(&[("declaration.toml", &text), ("holidays.csv", HOLIDAYS)], &Overrides::default()).unwrap().project;
    assert_eq!(project.commitments[1].clock.limits.iter().map(|version| version.limit).collect::<Vec<_>>(), [4, 2]);
}

#[test]
fn lines_of_the_holiday_file_are_counted_with_any_line_end() {
    let holidays = "\u{feff} date ,name_fr\r\n\r\n2025-01-01,\"Jour, de l'An\"\r\n2025-02-30,x\r\n2025-01-01,y\r\n2025-03-01\r\n,,\r\n,z\r\n";
    let problems = listed(loaded(&[("declaration.toml", SOUND), ("holidays.csv", holidays)], &Overrides::default()));
    let expected = ["4:1", "5:1", "6:1", "8:1"].map(|place| format!("bad-line holidays.csv:{place}"));
    assert_eq!(problems, expected);
    let problems = listed(loaded(&[("declaration.toml", SOUND), ("holidays.csv", "Date;name\n")], &Overrides::default()));
    assert_eq!(problems, ["bad-line holidays.csv:1:1"]);
}

#[test]
fn the_command_line_overrides_the_file() {
    let files = [("declaration.toml", SOUND), ("holidays.csv", HOLIDAYS)];
    let day = |text: &str| Some(parse_day(text).unwrap());
    let overrides = Overrides {
        label: Some("2024".into()),
        first: day("2024-01-01"),
        last: day("2024-12-31"),
        as_of: day("2025-01-31"),
        is_final: true,
        languages: Some(vec!["en".into()]),
    };
    let project = loaded(&files, &overrides).unwrap().project;
    assert_eq!(
        (project.period.label.as_str(), Some(project.as_of), project.languages),
        ("2024", overrides.as_of, vec!["en".to_owned()])
    );
    let late = Overrides { as_of: day("2025-12-30"), ..Overrides::default() };
    assert_eq!(listed(loaded(&files, &late)), ["bad-value"]);
    let reversed =
        Overrides { first: day("2026-01-01"), languages: Some(vec!["en".into(), "en".into()]), ..Overrides::default() };
    assert_eq!(listed(loaded(&files, &reversed)), ["bad-value", "bad-value"]);
    assert!(parse_day("2025-2-1").is_err() && parse_day("1899-12-31").is_err());
}

#[test]
fn commentary_history_and_surveys_are_looked_up() {
    let pledge = "[[pledges]]\nid = \"p\"\nsection = \"s\"\ntitle = { fr = \"P\", en = \"P\" }\nsurvey = \"p\"\n";
    let report = "status = \"draft\"\ncommentary = \"commentary.toml\"\nhistory = [\"history.csv\"]";
    let text = format!("{}{pledge}", SOUND.replace("status = \"draft\"", report));
    let project = |commentary, history, surveys| {
        let files = [
            ("declaration.toml", text.as_str()),
            ("holidays.csv", HOLIDAYS),
            ("commentary.toml", commentary),
            ("history.csv", history),
            ("surveys.csv", surveys),
        ];
        loaded(&files, &Overrides::default())
    };
    let commentary = "[introduction]\nfr = \"i\"\nen = \"i\"\n[c]\nexplanation = { fr = \"{{ rate }}\", en = \"{{rate}}\" }\napproved-on = 2026-01-05\n";
    let history = "commitment,period,counted,met,status,rate\nc,2023,10,9,published,\nold,2023,,,restated,94.25\n";
    let surveys = "pledge,question_fr,question_en,favourable,respondents,invited,fielded\np,q,\"q,r\",8,9,10,2025-02-16\n";
    let sound = project(commentary, history, surveys).unwrap();
    assert_eq!(sound.project.commentary.explanations[&0].approved_on, Day::from_ymd(2026, 1, 5));
    assert_eq!((sound.project.history[0].cases, sound.project.history[1].rate_millionths), (Some((10, 9)), Some(942_500)));
    assert_eq!((sound.project.surveys[0].invited, sound.project.surveys[0].question.in_language("en")), (10, "q,r"));
    assert_eq!(sound.inputs.len(), 5);
    assert_eq!(listed(Ok(sound)), ["unknown-reference history.csv:3:1"]);

    let commentary = "[introduction]\nfr = \"{{ rate }}\"\nen = \"i\"\n[d]\naction = { fr = \"{{ ratio }}\" }\n";
    let history = "commitment,period,counted,met,status,rate\nc,2023,10,11,published,\nc,2022,10,9,final,\nc,2021,1,1,published,\nc,2021,,,published,9\nc,2020,,,published,\n";
    let surveys = "pledge,question_fr,question_en,favourable,respondents,invited,fielded\nq,a,b,8,x,10,2025-02-16\n";
    let expected = [
        "unknown-reference 49:10",
        "unknown-reference commentary.toml:2:7",
        "unknown-reference commentary.toml:4:2",
        "missing-key commentary.toml:5:10",
        "unknown-reference commentary.toml:5:18",
        "bad-line history.csv:2:11",
        "bad-line history.csv:3:13",
        "bad-line history.csv:5:1",
        "bad-line history.csv:6:8",
        "bad-line surveys.csv:2:9",
    ];
    assert_eq!(listed(project(commentary, history, surveys)), expected);
}

#[test]
fn a_project_that_is_not_there_is_an_error_without_a_place() {
    assert_eq!(listed(loaded(&[], &Overrides::default())), ["unreadable-file"]);
}

/// The words that a key takes are those of the schema: a word far from all of them is answered with the whole list.
#[test]
fn the_schema_knows_the_words_that_each_key_takes() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../schemas/declaration.schema.json")).unwrap();
    let within = "within = \"20 business days\"";
    let keys = [
        ("status = \"draft\"", "status = \"#\"", "report/properties/status"),
        ("[\"saturday\", \"sunday\"]", "[\"#\"]", "calendar/properties/weekend/items"),
        ("layout = \"events\"", "layout = \"#\"", "source/properties/layout"),
        ("id = \"id\"", "id = \"id\"\ndelimiter = \"#\"", "source/properties/delimiter"),
        ("lapsed = \"by-wait\"", "lapsed = \"#\"", "commitment/properties/exits/additionalProperties"),
        (within, "within = \"20 business days\"\ncounted-by = \"#\"", "commitment/properties/counted-by"),
        (within, "within = \"20 business days\"\ncount-from = \"#\"", "commitment/properties/count-from"),
        (within, "within = \"20 business days\"\nreceived-when-closed = \"#\"", "commitment/properties/received-when-closed"),
    ];
    let mut enums = Vec::new();
    pointers_of_enums(&schema["$defs"], "", &mut enums);
    // The names that a commitment may not have are no words to choose from.
    enums.retain(|pointer| !pointer.ends_with("/not"));
    let mut checked: Vec<String> = keys.iter().map(|(.., pointer)| format!("/{pointer}")).collect();
    enums.sort();
    checked.sort();
    assert_eq!(enums, checked);
    for (old, new, pointer) in keys {
        let words: Vec<&str> = schema["$defs"]
            .pointer(&format!("/{pointer}/enum"))
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|word| word.as_str())
            .collect();
        assert!(SOUND.contains(old), "{old}");
        let text = SOUND.replacen(old, &new.replace('#', "0123456789012345678901234567890"), 1);
        let problems = loaded(&[("declaration.toml", &text), ("holidays.csv", HOLIDAYS)], &Overrides::default()).unwrap_err();
        let known = format!("known: {}", crate::declaration::document::listed(&words));
        assert!(problems.iter().any(|problem| problem.help.as_deref() == Some(&known)), "{pointer}: {known}\n{problems:?}");
    }
}

fn pointers_of_enums(value: &serde_json::Value, pointer: &str, found: &mut Vec<String>) {
    let Some(object) = value.as_object() else { return };
    if object.get("enum").is_some_and(serde_json::Value::is_array) {
        found.push(pointer.to_owned());
    }
    for (key, inner) in object {
        pointers_of_enums(inner, &format!("{pointer}/{key}"), found);
    }
}
