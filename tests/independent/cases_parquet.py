#!/usr/bin/env python3
"""The figures of a report, summed again over `audit/cases.parquet` by DuckDB, pandas and Polars.

    cases_parquet.py RUN_DIR...      a RUN_DIR is a folder that `bilan report` wrote: output/2025-2026

Every figure of `audit/results.json` that is a sum over cases is asked of DuckDB in SQL that knows nothing but the columns: counted,
met, missed, pending, outside, not started, excluded by reason, unusable by code, stock, elapsed times, histogram, months and
breakdowns. Counts must agree to the unit. pandas and Polars read the same file without help and count the same rows and states.
Exit status 1 on any difference. Needs duckdb, pandas with pyarrow, and polars.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

import duckdb
import pandas
import polars

COUNTED = "state IN ('met', 'missed')"
# A counted case that an exit ended has the exit as its reason; one that is still open has no stop.
STOPPED = f"{COUNTED} AND reason IS NULL AND stop_day IS NOT NULL"
COLUMNS = ["commitment", "id", "state", "reason", "start_utc", "stop_utc", "start_day", "stop_day", "paused", "elapsed", "limit",
           "due_day", "counted_day", "start_file", "start_line", "stop_file", "stop_line", "restarted", "stock_elapsed", "stock_overdue"]


def rounded(fraction, decimals):
    """Half away from zero, as the rules say."""
    scaled = fraction * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    return float(Fraction(whole + (2 * rest >= scaled.denominator), 10**decimals))


class Run:
    def __init__(self, folder):
        self.results = json.loads((folder / "audit/results.json").read_text("utf-8"))
        self.parquet = folder / "audit/cases.parquet"
        self.db = duckdb.connect()
        path = str(self.parquet).replace("'", "''")
        self.db.execute(f"CREATE VIEW cases AS SELECT * FROM read_parquet('{path}')")
        self.period = self.results["period"]
        self.differences = []

    def rows(self, select, commitment, where="TRUE", rest=""):
        sql = f"SELECT {select} FROM cases WHERE commitment = ? AND {where} {rest}"
        return self.db.execute(sql, [commitment]).fetchall()

    def same(self, what, summed, reported):
        if summed != reported:
            self.differences.append(f"{what}: DuckDB {summed}, results.json {reported}")

    def check(self):
        names = [row[0] for row in self.db.execute("DESCRIBE cases").fetchall()]
        self.same("columns", [name for name in COLUMNS if name not in names], [])
        for commitment in self.results["commitments"]:
            self.commitment(commitment)
        self.others()

    def commitment(self, expected):
        id = expected["id"]

        def number(where):
            return self.rows("count(*)", id, where)[0][0]

        counted, met = number(COUNTED), number("state = 'met'")
        self.same(f"{id}.in_scope", number("TRUE"), expected["in_scope"])
        self.same(f"{id}.counted", counted, expected["counted"])
        for state in ["met", "missed", "pending", "outside", "not-started"]:
            self.same(f"{id}.{state}", number(f"state = '{state}'"), expected[state.replace("-", "_")])
        for state in ["excluded", "unusable"]:
            reasons = dict(self.rows("reason, count(*)", id, f"state = '{state}'", "GROUP BY reason"))
            self.same(f"{id}.{state}", reasons, {reason: cases for reason, cases in expected[state].items() if cases})
        self.elapsed(id, expected)
        months = dict(self.rows("strftime(counted_day, '%Y-%m'), [count(*), count(*) FILTER (state = 'met')]", id, COUNTED, "GROUP BY 1"))
        self.same(f"{id}.by_month", months, {m["month"]: [m["counted"], m["met"]] for m in expected["by_month"] if m["counted"]})
        outside = f"counted_day NOT BETWEEN '{self.period['first']}' AND '{self.period['last']}' OR counted_day IS NULL"
        self.same(f"{id}: counted outside the period", number(f"{COUNTED} AND ({outside})"), 0)
        for field, cells in expected["by"].items():
            name = '"field_' + field.replace('"', '""') + '"'
            summed = {value: pair for value, pair in self.rows(f"{name}, [count(*), count(*) FILTER (state = 'met')]", id, COUNTED, "GROUP BY 1")}
            self.same(f"{id}.by.{field}", summed, {cell["value"]: [cell["counted"], cell["met"]] for cell in cells})
        unusable = number("state = 'unusable'")
        if counted:
            self.same(f"{id}.rate", rounded(Fraction(met, counted), 6), expected["rate"])
            low, high = Fraction(met, counted + unusable), Fraction(met + unusable, counted + unusable)
            self.same(f"{id}.bounds", {"low": rounded(low, 6), "high": rounded(high, 6)}, expected["bounds"])
        open_cases, overdue, oldest = self.rows(
            "count(stock_elapsed), count(*) FILTER (stock_overdue), max(stock_elapsed)", id)[0]
        self.same(f"{id}.stock", {"open": open_cases, "overdue": overdue, "oldest": oldest}, expected["stock"])
        for reading in expected["readings"]:
            met = '"reading_' + reading["reading"].replace("-", "_") + '"'
            summed = self.rows(f"count({met}), count(*) FILTER ({met})", id)[0]
            self.same(f"{id}.{reading['reading']}", list(summed), [reading["counted"], reading["met"]])
        placed = number(f"{STOPPED} AND (start_file IS NULL OR start_line < 2 OR stop_file IS NULL OR stop_line < 2)")
        self.same(f"{id}: stopped cases without the place of their rows", placed, 0)
        self.same(f"{id}: verdicts that do not follow", number(f"{STOPPED} AND (state = 'met') <> (elapsed <= \"limit\")"), 0)

    def elapsed(self, id, expected):
        histogram = [list(pair) for pair in self.rows("elapsed, count(*)", id, STOPPED, "GROUP BY 1 ORDER BY 1")]
        self.same(f"{id}.histogram", histogram, expected["histogram"])
        # quantile_disc is the nearest rank: the smallest value with at least ceil(p * n) cases at or below it.
        n, total, median, p90, longest = self.rows(
            "count(*), sum(elapsed), quantile_disc(elapsed, 0.5), quantile_disc(elapsed, 0.9), max(elapsed)", id, STOPPED)[0]
        if expected["counted"]:
            mean = rounded(Fraction(int(total), n), 3) if n else None
            summed = {"n": n, "mean": mean, "median": median, "p90": p90, "max": longest}
            self.same(f"{id}.elapsed", summed, expected["elapsed"])

    def others(self):
        """pandas and Polars count the same."""
        wanted = {(commitment, state): cases for commitment, state, cases in self.db.execute(
            "SELECT commitment, state, count(*) FROM cases GROUP BY ALL").fetchall()}
        frame = pandas.read_parquet(self.parquet)
        self.same("pandas", {key: int(cases) for key, cases in frame.groupby(["commitment", "state"]).size().items()}, wanted)
        counts = polars.read_parquet(self.parquet).group_by("commitment", "state").len()
        self.same("polars", {(row[0], row[1]): row[2] for row in counts.iter_rows()}, wanted)


def main(folders):
    different = cases = 0
    for folder in map(Path, folders):
        run = Run(folder)
        run.check()
        cases += run.db.execute("SELECT count(*) FROM cases").fetchone()[0]
        different += bool(run.differences)
        for difference in run.differences:
            print(f"{folder}: {difference}")
    print(f"{len(folders)} runs, {cases} cases and commitments, {different} runs with differences")
    return 1 if different or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
