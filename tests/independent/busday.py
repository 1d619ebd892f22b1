#!/usr/bin/env python3
"""The business-day index against numpy.busday_count and polars business_day_count, on random spans.

    busday.py HOLIDAYS.csv PROGRAM [SPANS [SEED]]

PROGRAM is called with the holiday file. It reads lines `after until` (days since 1970-01-01) from its standard input and prints
for each the number of business days d with after < d <= until. Ours is this, kept as `examples/spans.rs` of a scratch crate and
built with `cargo build --release --example spans`; nothing of it is shipped:

    let mut days = BTreeMap::new();
    for line in csv::Reader::from_path(std::env::args().nth(1).unwrap()).unwrap().records() {
        let day = Day::from_date(line.unwrap()[0].parse().unwrap());
        days.insert(day, DayOff { day, name: Text::default(), source: String::new(), closure: false });
    }
    let calendar = Calendar::new(DaysOff { weekend: vec![Weekday::Sat, Weekday::Sun], days });
    for span in std::io::stdin().lines() {
        let span = span.unwrap();
        let (after, until) = span.split_once(' ').unwrap();
        println!("{}", calendar.between(Day(after.parse().unwrap()), Day(until.parse().unwrap())).0);
    }

Both libraries count from the first day inclusive to the last exclusive, `B(a, b]` is therefore their count of [a + 1, b + 1).
They count backwards as negative where the days are the other way round; the rules say 0 there.
Needs `pip install numpy polars`. Exit status 1 on any difference.
"""

import csv
import subprocess
import sys

import numpy
import polars


def main(holiday_file, program, spans=1_000_000, seed=20250401):
    with open(holiday_file, encoding="utf-8", newline="") as lines:
        holidays = sorted({line["date"] for line in csv.DictReader(lines)})
    holidays = numpy.array(holidays, dtype="datetime64[D]")
    # Half of the spans lie among the holidays, half anywhere from 1900 to 2199; a tenth are short, a tenth run backwards.
    random = numpy.random.default_rng(seed)
    near = (holidays.min().astype(int) - 400, holidays.max().astype(int) + 400)
    anywhere = (numpy.datetime64("1900-01-01").astype(int), numpy.datetime64("2199-12-31").astype(int))
    after = numpy.where(random.random(spans) < 0.5, random.integers(*near, spans), random.integers(*anywhere, spans))
    until = after + numpy.where(random.random(spans) < 0.5, random.integers(0, 40, spans), random.integers(0, 4000, spans))
    swap = random.random(spans) < 0.1
    after, until = numpy.where(swap, until, after), numpy.where(swap, after, until)
    until = numpy.clip(until, *anywhere)

    text = "".join(f"{a} {b}\n" for a, b in zip(after, until))
    run = subprocess.run([program, holiday_file], input=text, capture_output=True, text=True, check=True)
    ours = numpy.array(run.stdout.split(), dtype=int)
    first = (after + 1).astype("datetime64[D]")
    last = (until + 1).astype("datetime64[D]")
    by_numpy = numpy.maximum(numpy.busday_count(first, last, holidays=holidays), 0)
    frame = polars.DataFrame({"first": first, "last": last})
    count = polars.business_day_count("first", "last", holidays=holidays.tolist())
    by_polars = numpy.maximum(frame.select(count).to_series().to_numpy(), 0)

    print(f"{spans} spans, seed {seed}, {len(holidays)} holidays from {holidays.min()} to {holidays.max()}")
    print(f"{int((until <= after).sum())} of them backwards or empty, longest {int((until - after).max())} days, most {ours.max()} business days")
    differences = 0
    for name, version, theirs in [("numpy", numpy.__version__, by_numpy), ("polars", polars.__version__, by_polars)]:
        wrong = numpy.flatnonzero(ours != theirs) if len(ours) == spans else numpy.arange(spans)
        print(f"{name} {version}: {len(wrong)} differences")
        for place in wrong[:5]:
            print(f"  ({first[place] - 1}, {last[place] - 1}]: ours {ours[place]}, {name} {theirs[place]}")
        differences += len(wrong)
    return 1 if differences else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:5])))
