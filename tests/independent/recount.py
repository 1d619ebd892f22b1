#!/usr/bin/env python3
"""An independent recount: the same figures by another road.

    recount.py PROJECT                   print the figures as JSON
    recount.py PROJECT audit/results.json    compare; exit status 1 on any difference

Written from the measurement rules alone, without looking at the Rust sources, and naive on purpose: an elapsed
time is found by walking the days one by one, a pause by asking of each day whether it lies in one, a due day by
walking on until the limit is reached. It is slow and has no cleverness in which a shared mistake could hide.

Where `publication/results.json` stands beside the `audit` folder, its masked breakdowns are recounted as well.
Section numbers below are those of the measurement rules. Python 3.11, standard library only.
"""

import csv
import hashlib
import json
import re
import sys
import tomllib
from bisect import bisect_right
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Refused(Exception):
    """The project must not be reported on. `code` is the diagnostic's code where the rules name one."""

    def __init__(self, code, message, **facts):
        super().__init__(message)
        self.code, self.facts = code, facts


# ---- 2. time -------------------------------------------------------------------------------------------------
# A day is a number (date.toordinal), an instant is a whole number of seconds since 1970-01-01 UTC.

EPOCH = datetime(1970, 1, 1)
ONE_SECOND = timedelta(seconds=1)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
LAST_YEAR = 2199


class Moment(NamedTuple):
    instant: int
    day: int
    has_time: bool


class BadTimestamp(Exception):
    pass


class Clockwork:
    """Turns the text of a timestamp into a moment, in the time zone of the report."""

    AUTO = re.compile(
        r"(?P<Y>[0-9]{4})(?P<sep>[-/])(?P<m>[0-9]{2})(?P=sep)(?P<d>[0-9]{2})"
        r"(?:[ T](?P<H>[0-9]{2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:\.[0-9]+)?)?(?P<z>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    )

    def __init__(self, zone, earliest):
        self.zone, self.earliest = zone, earliest.toordinal()
        self.known = {}

    def instant_of_wall(self, wall):
        # Python's fold=0 is the rule asked for: a wall time that occurs twice is the first of the two, and one
        # that does not occur keeps the offset in force before the change.
        offset = wall.replace(tzinfo=self.zone, fold=0).utcoffset()
        return (wall - EPOCH - offset) // ONE_SECOND

    def day_of_instant(self, instant):
        utc = (EPOCH + timedelta(seconds=instant)).replace(tzinfo=timezone.utc)
        return utc.astimezone(self.zone).date().toordinal()

    def end_of_day(self, day):
        """The instant at which a day is over: 24:00."""
        return self.instant_of_wall(datetime.fromordinal(day + 1))

    def moment(self, instant, has_time):
        try:
            day = self.day_of_instant(instant)
        except OverflowError:
            raise BadTimestamp from None
        if day < self.earliest or date.fromordinal(day).year > LAST_YEAR:
            raise BadTimestamp
        return Moment(instant, day, has_time)

    def read(self, text, patterns):
        key = (text, id(patterns))
        if key not in self.known:
            try:
                self.known[key] = self.parse(text, patterns)
            except (BadTimestamp, ValueError, OverflowError):
                self.known[key] = None
        if self.known[key] is None:
            raise BadTimestamp
        return self.known[key]

    def parse(self, text, patterns):
        for pattern in patterns:
            found = pattern.fullmatch(text)
            if found:
                break
        else:
            raise BadTimestamp
        part = {name: value for name, value in found.groupdict().items() if value is not None}
        year = int(part["Y"]) if "Y" in part else int(part["y"]) + (2000 if int(part["y"]) < 69 else 1900)
        has_time = "H" in part or "I" in part
        hour = int(part.get("H", 0))
        if "I" in part:
            if not 1 <= int(part["I"]) <= 12:
                raise BadTimestamp
            hour = int(part["I"]) % 12 + (12 if part.get("p", "").upper() == "PM" else 0)
        # The fraction is not looked at: fractions of a second are truncated when read.
        wall = datetime(year, int(part["m"]), int(part["d"]), hour, int(part.get("M", 0)), int(part.get("S", 0)))
        if "z" not in part:
            return self.moment(self.instant_of_wall(wall), has_time)
        shift = 0
        if part["z"] != "Z":
            hours, minutes = int(part["z"][1:3]), int(part["z"][-2:])
            if hours > 23 or minutes > 59:
                raise BadTimestamp
            shift = (hours * 60 + minutes) * (-60 if part["z"][0] == "-" else 60)
        return self.moment((wall - EPOCH) // ONE_SECOND - shift, has_time)


STRFTIME = {
    "Y": "(?P<Y>[0-9]{4})", "y": "(?P<y>[0-9]{2})", "m": "(?P<m>[0-9]{1,2})", "d": "(?P<d>[0-9]{1,2})",
    "e": " ?(?P<d>[0-9]{1,2})", "H": "(?P<H>[0-9]{1,2})", "I": "(?P<I>[0-9]{1,2})", "M": "(?P<M>[0-9]{1,2})",
    "S": "(?P<S>[0-9]{1,2})", "p": "(?P<p>[AaPp][Mm])", "f": "[0-9]+", ".f": r"(?:\.[0-9]+)?",
    "z": "(?P<z>[+-][0-9]{2}:?[0-9]{2})", ":z": "(?P<z>[+-][0-9]{2}:[0-9]{2})", "%": "%",
}
SHORTHAND = {"%F": "%Y-%m-%d", "%T": "%H:%M:%S", "%R": "%H:%M", "%D": "%m/%d/%y"}


def timestamp_patterns(declared):
    if declared == "auto":
        return [Clockwork.AUTO]
    patterns = []
    for text in [declared] if isinstance(declared, str) else declared:
        for short, long in SHORTHAND.items():
            text = text.replace(short, long)
        regex = ""
        for piece in re.findall(r"%[.:]?.|[^%]+", text):
            if not piece.startswith("%"):
                regex += re.escape(piece)
            elif piece[1:] in STRFTIME:
                regex += STRFTIME[piece[1:]]
            else:
                raise Refused(None, f"timestamp: {piece} is not known to the recount")
        patterns.append(re.compile(regex))
    return patterns


class Calendar:
    def __init__(self, declared, folder):
        self.weekend = {WEEKDAYS.index(name) for name in declared["weekend"]}
        with open(folder / declared["holidays"], encoding="utf-8-sig", newline="") as file:
            self.holidays = {date.fromisoformat(row["date"].strip()) for row in csv.DictReader(file)}
        closed = self.holidays | {closure["date"] for closure in declared.get("closures", [])}
        self.closed = {day.toordinal() for day in closed}
        self.known = {}

    def is_business_day(self, day):
        if day not in self.known:
            self.known[day] = date.fromordinal(day).weekday() not in self.weekend and day not in self.closed
        return self.known[day]

    def require_years(self, starts_by_case, as_of):
        """Every year from that of the earliest start to that of as-of needs a line in the holiday file."""
        years = {case: date.fromordinal(start).year for case, start in starts_by_case.items()}
        have = {day.year for day in self.holidays}
        for year in range(min(years.values(), default=9999), date.fromordinal(as_of).year + 1):
            if year not in have:
                asking = [case for case, first in years.items() if first <= year]
                facts = {"case": asking[0]} if len(asking) == 1 else {}
                raise Refused("calendar-year-missing", f"no holiday in {year}, asked for by {asking[:3]}",
                              year=year, **facts)


# ---- the declaration -----------------------------------------------------------------------------------------

COMMITMENT_KEYS = set("""id section title short noun cite source where start stop within pauses restarts exits exclude
    counted-by count-from received-when-closed goal breakdown""".split())
SOURCE_KEYS = set("""files layout id event at fields events ignore-events encoding delimiter timestamp nulls
    multiline""".split())
UNITS = {"business day": "business-days", "business days": "business-days", "calendar day": "calendar-days",
         "calendar days": "calendar-days", "minute": "minutes", "minutes": "minutes"}


def as_list(value):
    return value if isinstance(value, list) else [value]


def percentage(text):
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?%", text)
    if not found or not 1 <= Fraction(found[1]) <= 100:
        raise Refused(None, f"{text!r} is no percentage from 1 to 100")
    return Fraction(found[1])


class Limit(NamedTuple):
    first: int          # first day on which it is in force
    number: int


def limits(within):
    """The versions of a limit, each in force from its first day until the next one's, and their unit."""
    versions = within if isinstance(within, list) else [{"limit": within}]
    result, units = [], set()
    for at, version in enumerate(versions):
        found = re.fullmatch(r"([0-9]+) (.+)", version["limit"])
        if not found or found[2] not in UNITS or int(found[1]) < 1:
            raise Refused(None, f"{version['limit']!r} is no limit")
        units.add(UNITS[found[2]])
        if ("from" in version) != (at > 0) or ("until" in version) != (at < len(versions) - 1):
            raise Refused(None, "the first limit has no from, the last no until, every other date is there")
        if at and version["from"] != versions[at - 1]["until"] + timedelta(days=1):
            raise Refused(None, "the versions of a limit do not cover every day exactly once")
        result.append(Limit(version["from"].toordinal() if at else 0, int(found[1])))
    if len(units) != 1:
        raise Refused(None, "the versions of a limit differ in unit")
    return result, units.pop()


class Commitment:
    def __init__(self, table):
        unknown = set(table) - COMMITMENT_KEYS
        if unknown:
            raise Refused(None, f"unknown key {sorted(unknown)} in commitment {table.get('id')}")
        self.id, self.section, self.source = table["id"], table["section"], table["source"]
        self.where = table.get("where", {})
        self.start, self.stop = as_list(table["start"]), as_list(table["stop"])
        self.limits, self.unit = limits(table["within"])
        self.in_minutes = self.unit == "minutes"
        self.pauses = [(as_list(rule["from"]), as_list(rule["until"])) for rule in table.get("pauses", [])]
        self.restarts = table.get("restarts", [])
        self.exits = table.get("exits", {})
        self.rules = [(rule["name"], rule["where"]) for rule in table.get("exclude", [])]
        self.counted_by = table.get("counted-by", "stop")
        self.same_day = table.get("count-from", "next-day") == "same-day"
        self.moves_start = table.get("received-when-closed", "as-received") == "next-business-day"
        self.goal = percentage(table["goal"]) if "goal" in table else None
        self.breakdown = table.get("breakdown", [])
        if self.in_minutes and (self.same_day or self.moves_start):
            raise Refused(None, f"{self.id}: count-from and received-when-closed are not for minutes")
        if set(self.exits) & {name for name, _ in self.rules}:
            raise Refused(None, f"{self.id}: an exclude rule bears the name of an exit")

    def events_used(self):
        used = {*self.start, *self.stop, *self.restarts, *self.exits}
        for opening, closing in self.pauses:
            used |= {*opening, *closing}
        return used

    def limit_on(self, day):
        return self.limits[bisect_right([limit.first for limit in self.limits], day) - 1].number

    def changed(self, **changes):
        """The commitment as declared with one thing changed (section 6)."""
        other = object.__new__(Commitment)
        other.__dict__.update(self.__dict__, **changes)
        return other


class Source:
    def __init__(self, name, table, commitments):
        unknown = set(table) - SOURCE_KEYS
        if unknown:
            raise Refused(None, f"unknown key {sorted(unknown)} in source {name}")
        self.name, self.files, self.layout = name, table["files"], table["layout"]
        self.id = table.get("id")
        self.fields = table.get("fields", {})
        self.encoding = table.get("encoding", "auto").lower()
        self.delimiter = {"tab": "\t"}.get(table.get("delimiter", "auto"), table.get("delimiter", "auto"))
        self.patterns = timestamp_patterns(table.get("timestamp", "auto"))
        self.nulls = {"", *table.get("nulls", [])}
        self.multiline = set(table.get("multiline", []))
        used = set().union(*(c.events_used() for c in commitments if c.source == name and c.in_minutes))
        if self.layout == "events":
            self.code_column, self.at = table["event"], as_list(table["at"])
            self.ignored = set(table.get("ignore-events", []))
            self.names = None
            if "events" in table:
                self.names = {code: event for event, codes in table["events"].items() for code in as_list(codes)}
            self.needs_time = used
            self.mapped = [self.id, self.code_column, *self.at]
        else:
            self.events = {event: how if isinstance(how, dict) else as_list(how)
                           for event, how in table["events"].items()}
            # A derived event rests on the column of the event that it follows: that one counts as used.
            self.needs_time = {self.base(event) for event in used if event in self.events}
            self.mapped = [self.id] if self.id else []
            for how in self.events.values():
                self.mapped += [how["seconds"], *how.get("when", {})] if isinstance(how, dict) else how
        self.mapped += self.fields.values()
        self.mapped = list(dict.fromkeys(self.mapped))

    def base(self, event):
        while isinstance(self.events[event], dict):
            event = self.events[event]["after"]
        return event


# ---- 7. files, encodings, records ----------------------------------------------------------------------------

BOMS = [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be")]
# The names that web standards give to Windows-1252, among others to what calls itself Latin-1 or ASCII.
LABELS = {"utf8": "utf-8", "cp1252": "windows-1252", "iso-8859-1": "windows-1252", "latin1": "windows-1252",
          "ascii": "windows-1252", "us-ascii": "windows-1252", "utf-16": "utf-16le"}
UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}")
UNDECODED = re.compile("[\ud800-\udfff]")       # stands in decoded text where bytes could not be decoded
TRIMMED = " \t\u00a0\u202f"


def looks_like_utf8(data):
    valid, invalid, at = 0, 0, 0
    for found in UTF8_SEQUENCE.finditer(data):
        invalid += sum(byte >= 0x80 for byte in data[at:found.start()])
        valid, at = valid + 1, found.end()
    invalid += sum(byte >= 0x80 for byte in data[at:])
    return invalid == 0 or valid > invalid


def decode(data, declared, name):
    """The text and the name of its encoding. A lone surrogate marks a byte that could not be decoded."""
    bom, by_bom = next(((bom, label) for bom, label in BOMS if data.startswith(bom)), (b"", None))
    encoding = LABELS.get(declared, declared)
    if encoding == "auto":
        encoding = by_bom or ("utf-8" if looks_like_utf8(data) else "windows-1252")
    elif by_bom not in (None, encoding):
        raise Refused("encoding-mismatch", f"{name} begins as {by_bom} and is declared {declared}",
                      file=name.rsplit("/", 1)[-1])
    data = data[len(bom):]
    if encoding == "windows-1252":
        # Five bytes that Microsoft leaves undefined are control characters on the web.
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data) \
            if re.search(rb"[\x81\x8d\x8f\x90\x9d]", data) else data.decode("cp1252"), encoding
    if encoding.startswith("utf-16"):
        odd = "\udc80" if len(data) % 2 else ""
        return data[: len(data) // 2 * 2].decode(encoding, "surrogatepass") + odd, encoding
    return data.decode(encoding, "surrogateescape"), encoding


def most_frequent_delimiter(text):
    """Counted in the header line, outside quotes."""
    count, quoted, before = Counter(), False, ""
    for at, char in enumerate(text.lstrip("\r\n")):
        if quoted:
            quoted = char != '"'
        elif char == '"' and (before == "" or before in ',;\t|"'):
            quoted = True
        elif char == "\n":
            break
        else:
            count[char] += 1
        before = char
    return max(",;\t|", key=lambda char: count[char])      # of equals, max takes the first


class Record(NamedTuple):
    line: int
    fields: list
    closed: bool
    decoded: bool


def records(text, delimiter, name):
    """Every record but empty lines, the header first."""
    end_of_field = re.compile(f"[{re.escape(delimiter)}\r\n]")
    at, line = 0, 1
    while at < len(text):
        if text.startswith(("\n", "\r\n"), at):
            at, line = text.index("\n", at) + 1, line + 1
            continue
        start, fields, closed = at, [], True
        while True:
            value = ""
            if text.startswith('"', at):
                at, closed = at + 1, False
                while not closed:
                    quote = text.find('"', at)
                    if quote < 0:
                        value, at = value + text[at:], len(text)
                        break
                    value, at = value + text[at:quote], quote + 1
                    if text.startswith('"', at):
                        value, at = value + '"', at + 1
                    else:
                        closed = True
            found = end_of_field.search(text, at)
            end = found.start() if found else len(text)
            fields.append(value + text[at:end])
            at = end
            if at < len(text) and text[at] == delimiter:
                at += 1
                continue
            break
        if text.startswith("\r", at) and not text.startswith("\r\n", at):
            raise Refused("lone-cr", f"{name}: a carriage return without a line feed", file=name.rsplit("/", 1)[-1])
        raw = text[start:at]
        yield Record(line, fields, closed, not UNDECODED.search(raw))
        line += raw.count("\n") + 1
        at = text.find("\n", at) + 1 if at < len(text) else at


def files_of(source, folder):
    paths = {path for pattern in source.files for path in folder.glob(pattern) if path.is_file()}
    if not paths:
        raise Refused("no-file", f"no file matches {source.files}")
    names = sorted(path.relative_to(folder).as_posix() for path in paths)
    seen = {}
    for name in names:
        data = (folder / name).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest in seen:
            raise Refused("same-file-twice", f"{name} is the same as {seen[digest]}", file=name.rsplit("/", 1)[-1])
        seen[digest] = name
        yield name, data, digest


# ---- 7. rows -------------------------------------------------------------------------------------------------

class Rejected(Exception):
    pass


class Event(NamedTuple):
    name: str
    moment: Moment
    fields: dict


class Case(NamedTuple):
    name: str
    events: list
    fields: dict


class Intake:
    """Reads a source. Every row ends in exactly one place: accepted, duplicate or rejected."""

    def __init__(self, source, folder, clockwork, as_of):
        self.source, self.clockwork = source, clockwork
        self.cases = {}         # id -> list of events; in records also the fields of the row
        self.row_fields = {}
        self.seen = {}
        self.files = [self.read_file(*file) for file in files_of(source, folder)]
        self.known_cases = list(self.as_known_on(as_of))

    def read_file(self, name, data, digest):
        source = self.source
        text, encoding = decode(data, source.encoding, name)
        delimiter = most_frequent_delimiter(text) if source.delimiter == "auto" else source.delimiter
        rows = records(text, delimiter, name)
        header = [column.strip(TRIMMED) for column in next(rows, Record(1, [], True, True)).fields]
        for column in source.mapped:
            if header.count(column) != 1:
                raise Refused("duplicate-column" if column in header else "missing-column",
                              f"{name}: column {column!r} stands {header.count(column)} times in {header}",
                              column=column)
        place = {column: header.index(column) for column in source.mapped}
        take = self.take_event if source.layout == "events" else self.take_record
        count, accepted, duplicates, rejected = 0, 0, 0, Counter()
        for row in rows:
            count += 1
            try:
                self.check_shape(row, header)
                value = {}
                for column, index in place.items():
                    cell = row.fields[index].strip(TRIMMED)
                    value[column] = None if cell in source.nulls else cell
                if take(value, f"{name}:{row.line}"):
                    accepted += 1
                else:
                    duplicates += 1
            except Rejected as reason:
                rejected[str(reason)] += 1
        assert count == accepted + duplicates + sum(rejected.values())
        return {"name": name, "bytes": len(data), "sha256": digest, "rows": count, "accepted": accepted,
                "duplicates": duplicates, "rejected": dict(sorted(rejected.items())), "encoding": encoding,
                "delimiter": "tab" if delimiter == "\t" else delimiter}

    def check_shape(self, row, header):
        if not row.decoded:
            raise Rejected("invalid-encoding")
        if not row.closed:
            raise Rejected("unclosed-quote")
        for index, value in enumerate(row.fields):
            if "\n" in value and (index >= len(header) or header[index] not in self.source.multiline):
                raise Rejected("suspicious-quote")
        if len(row.fields) != len(header):
            raise Rejected("ragged-row")

    def read_moment(self, columns, value):
        """The moment in one column, or in a column of dates and one of times. None: there is none."""
        texts = [value[column] for column in columns]
        if texts[0] is None:
            if any(text is not None for text in texts[1:]):
                raise Rejected("bad-timestamp")
            return None
        try:
            return self.clockwork.read(" ".join(text for text in texts if text is not None), self.source.patterns)
        except BadTimestamp:
            raise Rejected("bad-timestamp") from None

    def fields_of(self, value):
        return {name: value[column] or "" for name, column in self.source.fields.items()}

    def take_event(self, value, place):
        """Layout `events`: one row is one event. False: a duplicate."""
        source = self.source
        case, code = value[source.id], value[source.code_column]
        if case is None:
            raise Rejected("missing-id")
        moment = self.read_moment(source.at, value)
        if moment is None:
            raise Rejected("missing-timestamp")
        ignored = code in source.ignored
        event = code if source.names is None else source.names.get(code)
        if not ignored and event in source.needs_time and not moment.has_time:
            raise Rejected("needs-time")
        if code is None or event is None and not ignored:
            raise Rejected("unknown-event")
        if ignored:
            return True
        if (case, event, moment.instant) in self.seen:
            return False
        self.seen[case, event, moment.instant] = True
        self.cases.setdefault(case, []).append(Event(event, moment, self.fields_of(value)))
        return True

    def take_record(self, value, place):
        """Layout `records`: one row is one case. False: a duplicate."""
        source = self.source
        case = value[source.id] if source.id else place
        if case is None:
            raise Rejected("missing-id")
        moments = {}
        for event, how in source.events.items():
            if not isinstance(how, dict):
                moments[event] = self.read_moment(how, value)
        for event, how in source.events.items():
            if isinstance(how, dict):
                moments[event] = self.derived(event, moments, value)
        if any(moments[event] and not moments[event].has_time for event in source.needs_time):
            raise Rejected("needs-time")
        if source.id:
            if case in self.seen:
                if self.seen[case] == value:
                    return False
                raise Rejected("conflicting-id")
            self.seen[case] = value
        self.row_fields[case] = self.fields_of(value)
        self.cases[case] = [Event(event, moment, self.row_fields[case]) for event, moment in moments.items() if moment]
        return True

    def derived(self, event, moments, value):
        how = self.source.events[event]
        if not isinstance(how, dict):
            return moments[event]
        base = self.derived(how["after"], moments, value)
        if base is None:
            return None
        if any((value[column] or "") not in wanted for column, wanted in how.get("when", {}).items()):
            return None
        seconds = value[how["seconds"]]
        if seconds is None:
            return None
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", seconds):
            raise Rejected("bad-timestamp")
        try:
            return self.clockwork.moment(base.instant + int(seconds.split(".")[0]), base.has_time)
        except (BadTimestamp, OverflowError):
            raise Rejected("bad-timestamp") from None

    def as_known_on(self, as_of):
        """The cases, without what was not known on that day. A case with only later events is none."""
        for name, events in self.cases.items():
            known = [event for event in events if event.moment.day <= as_of]
            if known:
                # Of events at the same instant, min takes the first in file order.
                yield Case(name, known, min(known, key=lambda event: event.moment.instant).fields)
            elif not events:
                yield Case(name, [], self.row_fields[name])

    def totals(self):
        rejected = Counter()
        for file in self.files:
            rejected.update(file["rejected"])
        return {"id": self.source.name, **{key: sum(file[key] for file in self.files)
                                           for key in ("rows", "accepted", "duplicates")},
                "rejected": dict(sorted(rejected.items())), "cases": len(self.known_cases), "files": self.files}


# ---- 3. the clock of one case --------------------------------------------------------------------------------

def matches(fields, where):
    return all(fields.get(name, "") in values for name, values in where.items())


class Clock:
    """One case under one commitment, as known at the end of a day.

    `start` is s0, `running_from` is s, `stopped` is t, `left` is e; each is a day in a commitment in days and an
    instant in one in minutes.
    """

    def __init__(self, case, commitment, as_of, world):
        self.commitment, self.world = commitment, world
        self.case = case
        events = [event for event in case.events if event.moment.day <= as_of]

        def points(names):
            return sorted(event.moment.instant if commitment.in_minutes else event.moment.day
                          for event in events if event.name in names)

        self.unusable = self.stopped = self.left = self.exit = None
        starts, stops = points(commitment.start), points(commitment.stop)
        self.start = min(starts, default=None)
        self.last_stop = max(stops, default=None)
        if self.start is None:
            self.unusable = "stop-without-start" if stops else None
            return
        self.stopped = min((stop for stop in stops if stop >= self.start), default=None)
        exits = [(point, order, name) for order, name in enumerate(commitment.exits)
                 for point in points([name]) if point >= self.start]
        if exits and (self.stopped is None or min(exits)[0] < self.stopped):
            self.left, _, self.exit = min(exits)
            self.stopped = None
        if stops and self.stopped is None and self.left is None:
            self.unusable = "stop-before-start"
            return
        self.is_open = self.stopped is None and self.left is None
        self.now = world.clockwork.end_of_day(as_of) if commitment.in_minutes else as_of
        end = self.now if self.is_open else self.stopped if self.left is None else self.left
        self.running_from = max([self.start] + [r for r in points(commitment.restarts) if self.start < r <= end])
        if commitment.moves_start:
            while not world.calendar.is_business_day(self.running_from):
                self.running_from += 1
        self.limit = commitment.limit_on(self.day_of(self.running_from))
        self.limit_in_unit = self.limit * 60 if commitment.in_minutes else self.limit

        # A pause that nothing closes lasts for ever, unless the case itself ends.
        self.pauses = []
        for opening, closing in commitment.pauses:
            closes = points(closing)
            until = None
            for begin in points(opening):
                if until is not None and begin < until:
                    continue
                until = min((close for close in closes if close >= begin), default=float("inf"))
                first, last = max(begin, self.running_from), until if self.is_open else min(until, end)
                if first < last:
                    self.pauses.append((first, last))

    def day_of(self, point):
        return self.world.clockwork.day_of_instant(point) if self.commitment.in_minutes else point

    def counts(self, day):
        """Is this day worked: a day of the unit, and not a paused one?"""
        if self.commitment.unit == "business-days" and not self.world.calendar.is_business_day(day):
            return False
        return not any(first < day <= last for first, last in self.pauses)

    def first_day(self):
        return self.running_from if self.commitment.same_day else self.running_from + 1

    def elapsed(self, point):
        if not self.commitment.in_minutes:
            return sum(self.counts(day) for day in range(self.first_day(), point + 1))
        paused, reached = 0, self.running_from
        for first, last in sorted(self.pauses):
            first, last = max(first, reached), min(last, point)
            if first < last:
                paused, reached = paused + last - first, last
        return max(0, point - self.running_from - paused)

    def due_day(self):
        """The first day on which elapsed reaches the limit, or None."""
        if self.commitment.in_minutes:
            # Without a pause the limit is reached at `due`; each pause that begins before then moves it.
            due, reached = self.running_from + self.limit_in_unit, self.running_from
            for first, last in sorted(self.pauses):
                if first < due and last > reached:
                    due, reached = due + last - max(first, reached), last
            return None if due == float("inf") else self.day_of(due)
        worked, day = 0, self.first_day()
        while day < self.world.far_away and not any(first < day and last == float("inf") for first, last in self.pauses):
            worked += self.counts(day)
            if worked >= self.limit:
                return day
            day += 1
        return None


# ---- 4. the period of one case -------------------------------------------------------------------------------

class Verdict(NamedTuple):
    state: str              # met, missed, pending, excluded, unusable, not_started, outside
    reason: str = None      # of excluded and unusable
    day: int = None         # of met and missed: the day that put the case in the period
    elapsed: int = None     # of met and missed cases that stopped


OUTSIDE, PENDING = Verdict("outside"), Verdict("pending")


def judge(clock, commitment, period):
    """The state of a case before any exclude rule."""
    first, last = period
    if clock.unusable:
        within = first <= clock.day_of(clock.last_stop) <= last
        return Verdict("unusable", clock.unusable) if within else OUTSIDE
    if clock.start is None:
        return Verdict("not_started")

    cohort = commitment.counted_by
    due = clock.due_day() if cohort == "due" else None
    stop_day = None if clock.stopped is None else clock.day_of(clock.stopped)
    exit_day = None if clock.left is None else clock.day_of(clock.left)
    left_late = cohort == "due" and exit_day is not None and due is not None and exit_day > due

    # The day whose period the case belongs to, as far as it is known.
    if cohort == "start":
        day = clock.day_of(clock.running_from)
    elif exit_day is not None and not left_late:
        day = exit_day
    elif cohort == "due":
        day = due
    else:
        day = stop_day

    if day is not None and first <= day <= last:
        if stop_day is not None:
            elapsed = clock.elapsed(clock.stopped)
            return Verdict("met" if elapsed <= clock.limit_in_unit else "missed", None, day, elapsed)
        if exit_day is not None:
            treatment = "missed" if left_late else commitment.exits[clock.exit]
            late = treatment == "by-wait" and clock.elapsed(clock.left) > clock.limit_in_unit
            return Verdict("missed", None, day) if treatment == "missed" or late else Verdict("excluded", clock.exit)
        return Verdict("missed", None, day) if clock.elapsed(clock.now) > clock.limit_in_unit else PENDING

    # Not in this period. A case that belongs to an earlier one is outside; so is one that is open there, unless
    # the cohort is `start` and nothing has been counted yet.
    if day is not None and day < first:
        undecided = cohort == "start" and clock.is_open and clock.elapsed(clock.now) <= clock.limit_in_unit
        return PENDING if undecided else OUTSIDE
    ended_on = stop_day if exit_day is None else exit_day
    started = clock.day_of(clock.start) <= last
    return PENDING if started and (ended_on is None or ended_on > last) else OUTSIDE


def verdict(case, commitment, world):
    clock = Clock(case, commitment, world.as_of, world)
    result = judge(clock, commitment, world.period)
    if result.state in ("met", "missed"):
        for name, where in commitment.rules:
            if matches(case.fields, where):
                return Verdict("excluded", name)
    return result


# ---- 5. figures ----------------------------------------------------------------------------------------------

def rounded(numerator, denominator, decimals):
    """Half away from zero, on exact integers; every figure here is at least zero."""
    scale = 10 ** decimals
    return (2 * numerator * scale + denominator) // (2 * denominator) / scale


def share(met, counted):
    return rounded(met, counted, 6) if counted else None


def rate_text(met, counted, goal, language):
    if not counted:
        return {"fr": "aucun cas", "en": "no cases"}[language]
    tenths = (2 * met * 1000 + counted) // (2 * counted)
    below_goal = goal is not None and met * 100 < goal * counted
    if below_goal and Fraction(tenths, 10) >= goal:
        tenths = met * 1000 // counted
    if met < counted:
        tenths = min(tenths, 999)
    if met > 0:
        tenths = max(tenths, 1)
    text = f"{tenths // 10}.{tenths % 10}"
    return text.replace(".", ",") + "\u00a0%" if language == "fr" else text + "%"


def nearest_rank(values, percent):
    """The smallest value v such that at least ceil(p * n) of the values are <= v."""
    rank = -(-percent * len(values) // 100)
    return sorted(values)[rank - 1]


def months(first, last):
    month = date.fromordinal(first).replace(day=1)
    while month.toordinal() <= last:
        yield month.isoformat()[:7]
        month = (month + timedelta(days=31)).replace(day=1)


def statistics(values):
    if not values:
        return {"n": 0, "mean": None, "median": None, "p90": None, "max": None}
    return {"n": len(values), "mean": rounded(sum(values), len(values), 3), "median": nearest_rank(values, 50),
            "p90": nearest_rank(values, 90), "max": max(values)}


def stock(cases, commitment, world):
    """What was open on the last day of the period, by what was known on that day."""
    last = world.period[1]
    ages, overdue = [], 0
    for case in cases:
        clock = Clock(case, commitment, last, world)
        ruled_out = any(matches(case.fields, where) for _, where in commitment.rules)
        if clock.start is None or clock.unusable or not clock.is_open or ruled_out:
            continue
        ages.append(clock.elapsed(clock.now))
        overdue += ages[-1] > clock.limit_in_unit
    return {"open": len(ages), "overdue": overdue, "oldest": max(ages, default=None)}


def count(cases, commitment, world):
    verdicts = [verdict(case, commitment, world) for case in cases]
    states = Counter(result.state for result in verdicts)
    return verdicts, states, states["met"] + states["missed"], states["met"]


def readings(cases, commitment, world, unusable):
    """Section 6. `unusable` is the number of the period's unusable cases under the commitment as declared."""
    variants = [
        ("by-stop", {"counted_by": "stop"}),
        ("by-due", {"counted_by": "due"}),
        ("by-start", {"counted_by": "start"}),
        ("start-day-counts", {} if commitment.in_minutes else {"same_day": True}),
        ("pauses-ignored", {"pauses": []}),
        ("exits-excluded", {"exits": dict.fromkeys(commitment.exits, "exclude")}),
        ("exits-missed", {"exits": dict.fromkeys(commitment.exits, "missed")}),
        ("unusable-missed", {}),
    ]
    for name, changes in variants:
        _, _, counted, met = count(cases, commitment.changed(**changes), world)
        counted += unusable if name == "unusable-missed" else 0
        yield {"reading": name, "counted": counted, "met": met, "rate": share(met, counted)}


def figures(commitment, intake, world):
    cases = [case for case in intake.known_cases if matches(case.fields, commitment.where)]
    verdicts, states, counted, met = count(cases, commitment, world)
    assert len(cases) == sum(states.values())
    reasons = Counter((result.state, result.reason) for result in verdicts)
    unusable = states["unusable"]
    judged = [(case, result) for case, result in zip(cases, verdicts) if result.state in ("met", "missed")]
    elapsed = [result.elapsed for _, result in judged if result.elapsed is not None]

    def cells(key, label, values):
        total, good = Counter(), Counter()
        for case, result in judged:
            total[key(case, result)] += 1
            good[key(case, result)] += result.state == "met"
        return [{label: value, "counted": total[value], "met": good[value]} for value in values or sorted(total)]

    listed = [name for name, treatment in commitment.exits.items() if treatment != "missed"]
    listed += [name for name, _ in commitment.rules]
    goal = commitment.goal
    return {
        "id": commitment.id, "section": commitment.section, "source": commitment.source, "unit": commitment.unit,
        "limit": commitment.limit_on(world.period[1]),
        "goal_percent": None if goal is None else float(goal),
        "goal_reached": None if goal is None or not counted else met * 100 >= goal * counted,
        "counted_by": commitment.counted_by,
        "in_scope": len(cases), "counted": counted,
        **{state: states[state] for state in ("met", "missed", "pending", "outside", "not_started")},
        "excluded": {name: reasons["excluded", name] for name in listed},
        "unusable": {code: reasons["unusable", code] for code in ("stop-before-start", "stop-without-start")},
        "rate": share(met, counted),
        "rate_text": {language: rate_text(met, counted, goal, language) for language in world.languages},
        "bounds": {"low": share(met, counted + unusable),
                   "high": share(met + unusable, counted + unusable)} if counted else None,
        "elapsed": statistics(elapsed),
        "histogram": [list(pair) for pair in sorted(Counter(elapsed).items())],
        "stock": stock(cases, commitment, world),
        "by_month": cells(lambda _, result: date.fromordinal(result.day).isoformat()[:7], "month",
                          list(months(*world.period))),
        "by": {field: cells(lambda case, _: case.fields[field], "value", None) for field in commitment.breakdown},
        "readings": list(readings(cases, commitment, world, unusable)),
    }


# ---- 5. small numbers ----------------------------------------------------------------------------------------

def masked(cells, minimum):
    hidden = {at for at, cell in enumerate(cells) if 0 < cell["counted"] < minimum}
    while hidden and (len(hidden) < 2 or sum(cells[at]["counted"] for at in hidden) < minimum):
        others = [(cell["counted"], -at) for at, cell in enumerate(cells) if cell["counted"] and at not in hidden]
        if not others:
            break
        hidden.add(-min(others)[1])
    return [{**cell, "counted": None, "met": None, "masked": True} if at in hidden else cell
            for at, cell in enumerate(cells)]


def published(result, minimum):
    if 0 < result["counted"] < minimum:
        return {"id": result["id"], "masked": True}
    return {"id": result["id"], "masked": False, "by_month": masked(result["by_month"], minimum),
            "by": {field: masked(cells, minimum) for field, cells in result["by"].items()}}


# ---- the whole -----------------------------------------------------------------------------------------------

class World:
    """What every case is measured against."""

    def __init__(self, declaration, folder):
        report, quality = declaration["report"], declaration.get("quality", {})
        period = report["period"]
        self.period = period["first"].toordinal(), period["last"].toordinal()
        self.as_of = report.get("as-of", period["last"]).toordinal()
        self.languages = report["languages"]
        if self.period[0] > self.period[1]:
            raise Refused(None, "the period ends before it begins")
        if self.as_of < self.period[1]:
            raise Refused(None, "as-of lies before the end of the period")
        self.clockwork = Clockwork(ZoneInfo(report["time-zone"]), quality.get("earliest", date(1900, 1, 1)))
        self.calendar = Calendar(declaration["calendar"], folder)
        self.far_away = date(LAST_YEAR + 400, 1, 1).toordinal()


def recount(project):
    project = Path(project)
    path = project if project.is_file() else project / "declaration.toml"
    declaration = tomllib.loads(path.read_text(encoding="utf-8"))
    world = World(declaration, path.parent)
    commitments = [Commitment(table) for table in declaration["commitments"]]
    sources = [Source(name, table, commitments) for name, table in declaration["sources"].items()]
    intakes = {source.name: Intake(source, path.parent, world.clockwork, world.as_of) for source in sources}

    starts = {}
    for commitment in commitments:
        if commitment.unit == "business-days":
            for case in intakes[commitment.source].known_cases:
                if matches(case.fields, commitment.where):
                    start = Clock(case, commitment, world.as_of, world).start
                    if start is not None:
                        starts[case.name] = min(start, starts.get(case.name, start))
    world.calendar.require_years(starts, world.as_of)

    report = declaration["report"]
    results = [figures(commitment, intakes[commitment.source], world) for commitment in commitments]
    minimum = declaration.get("privacy", {}).get("minimum", 5)
    return {
        "schema": "bilan.results/1",
        "period": {"label": report["period"]["label"], "first": report["period"]["first"].isoformat(),
                   "last": report["period"]["last"].isoformat(), "as_of": date.fromordinal(world.as_of).isoformat()},
        "status": report.get("status", "draft"),
        "commitments": results,
        "sources": [intakes[source.name].totals() for source in sources],
        "published": [published(result, minimum) for result in results],
    }


# ---- comparing -----------------------------------------------------------------------------------------------

CLOSED = {"excluded", "unusable", "rejected", "by"}     # these hold no key but the ones recounted


def differences(ours, theirs, where=""):
    if isinstance(ours, dict):
        if not isinstance(theirs, dict):
            yield f"{where}: recounted {ours}, there {theirs!r}"
            return
        for key, value in ours.items():
            if key not in theirs:
                yield f"{where}.{key}: recounted {value!r}, not there"
            else:
                yield from differences(value, theirs[key], f"{where}.{key}")
        if where.rsplit(".", 1)[-1] in CLOSED:
            for key in theirs.keys() - ours.keys():
                yield f"{where}.{key}: there {theirs[key]!r}, not recounted"
    elif isinstance(ours, list):
        if not isinstance(theirs, list) or len(ours) != len(theirs):
            yield f"{where}: recounted {ours}, there {theirs!r}"
            return
        for at, (one, other) in enumerate(zip(ours, theirs)):
            name = one.get("id", at) if isinstance(one, dict) else at
            yield from differences(one, other, f"{where}[{name}]")
    else:
        if where.endswith(".encoding") and isinstance(theirs, str):
            theirs = theirs.lower()
        same_kind = isinstance(ours, bool) == isinstance(theirs, bool)      # 1 == True in Python
        if ours != theirs or not same_kind:
            yield f"{where}: recounted {ours!r}, there {theirs!r}"


PERIOD_FIGURES = """goal_reached in_scope counted met missed pending outside not_started excluded unusable rate rate_text
    bounds elapsed stock by_month by readings histogram""".split()


def published_differences(ours, theirs):
    """Do the masks of publication/results.json stand where the rules want them, and nowhere else?"""
    found = {commitment["id"]: commitment for commitment in theirs["commitments"]}
    for one in ours:
        other, where = found.get(one["id"], {}), f"published[{one['id']}]"
        if bool(other.get("masked")) != one["masked"]:
            yield f"{where}.masked: recounted {one['masked']}, there {other.get('masked')!r}"
        elif one["masked"]:
            for key in PERIOD_FIGURES:
                if other.get(key) is not None:
                    yield f"{where}.{key}: masked, there {other[key]!r}"
        else:
            yield from differences({"by_month": one["by_month"], "by": one["by"]}, other, where)
            cells = other.get("by_month", []) + [cell for cells in other.get("by", {}).values() for cell in cells]
            masks = one["by_month"] + [cell for cells in one["by"].values() for cell in cells]
            if sum(bool(cell.get("masked")) for cell in cells) != sum("masked" in cell for cell in masks):
                yield f"{where}: cells are masked that need not be"
            if "histogram" in other or "max" in (other.get("elapsed") or {}):
                yield f"{where}: histogram and max are not for publication"


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        ours = recount(arguments[0])
    except Refused as refusal:
        print(f"error[{refusal.code}]: {refusal}", file=sys.stderr)
        return 1
    if len(arguments) == 1:
        print(json.dumps(ours, ensure_ascii=False, indent=1))
        return 0
    masks = ours.pop("published")
    audit = Path(arguments[1])
    found = list(differences(ours, json.loads(audit.read_text(encoding="utf-8"))))
    publication = audit.parent.parent / "publication" / "results.json"
    if publication.is_file():
        found += published_differences(masks, json.loads(publication.read_text(encoding="utf-8")))
    for difference in found:
        print(difference.lstrip("."))
    cases = sum(commitment["in_scope"] for commitment in ours["commitments"])
    print(f"{len(ours['commitments'])} commitments, {cases} judgements, {sum(s['rows'] for s in ours['sources'])} rows"
          f" recounted: {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
