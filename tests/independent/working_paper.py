#!/usr/bin/env python3
"""The working paper of `bilan sample`, recalculated by LibreOffice and drawn again by DuckDB.

    working_paper.py BILAN PROJECT...        every commitment of each project (a folder with a declaration.toml)

For each commitment a sample is drawn. Every result that the workbook holds for its formulas is overwritten with nonsense, LibreOffice
loads it and recalculates all of it, and then must have come to the elapsed, paused and limit of `sample.csv`, to its verdict, and to
"agrees" on every row. The sample is drawn again from `cases.parquet` by the rule that the paper states, and must have the same cases.
The table of the conclusion is computed again with exact binomial coefficients. At the end a date is changed in one paper, and one
found by the auditor is filled into another: both must show as differences, and on no other row.

Needs LibreOffice (`soffice`), duckdb and openpyxl. Exit status 1 on any difference.
"""

import csv
import hashlib
import math
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from datetime import timedelta
from pathlib import Path

import duckdb
import openpyxl

LOCALES = Path(__file__).resolve().parents[2] / "report-templates/locales"
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
NONSENSE = "987654"
SIZE, SEED, CONFIDENCE = 40, 7, 950_000
HEAD = 5


def words(language):
    """The words of a paper: `paper-key = text`, with the no-break spaces that French typography puts in."""
    text = (LOCALES / f"{language}.ftl").read_text("utf-8")
    return dict(re.findall(r"^paper-([a-z-]+) = (.*)$", text, re.M))


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ") if isinstance(text, str) else text


class Paper:
    """A sample of one commitment."""

    def __init__(self, folder, project, commitment):
        self.folder, self.project, self.commitment = folder, project, commitment
        self.name = f"{project.name}/{commitment}"
        with open(folder / "sample.csv", newline="", encoding="utf-8") as file:
            self.rows = list(csv.DictReader(file))

    def spoil(self, path):
        """A copy in which no formula has a result to be believed."""
        with zipfile.ZipFile(self.folder / "sample.xlsx") as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as spoilt:
            self.formulas = 0
            for name in book.namelist():
                content = book.read(name)
                if name.startswith("xl/worksheets/sheet"):
                    content, found = re.subn(rb"</f><v>[^<]*</v>", b"</f><v>" + NONSENSE.encode() + b"</v>", content)
                    self.formulas += found
                spoilt.writestr(name, content)


class Sheets:
    """A recalculated workbook."""

    def __init__(self, path):
        book = openpyxl.load_workbook(path, data_only=True)
        self.method, self.cases, self.pauses, self.calendar, self.conclusion = book.worksheets
        self.words = next(w for w in map(words, ("fr", "en")) if plain(w["sheet-cases"]) == plain(self.cases.title))
        heads = [plain(cell.value) for cell in self.cases[HEAD]]
        self.places = {}
        for key in ["number", "start", "start-found", "paused", "elapsed", "limit", "verdict", "period-day", "comparison", "agreed"]:
            self.places[key] = heads.index(plain(self.words[f"column-{key}"]))

    def word(self, key):
        return plain(self.words[key])

    def row(self, place):
        cells = self.cases[HEAD + 1 + place]
        return {key: plain(cells[column].value) for key, column in self.places.items()}


def check(paper, path, say):
    sheets = Sheets(path)
    for place, row in enumerate(paper.rows):
        got = sheets.row(place)
        number = lambda text: int(text) if text else None
        wanted = {
            "number": place + 1,
            "paused": number(row["paused"]),
            "elapsed": number(row["elapsed"]),
            "limit": number(row["limit"]),
            "verdict": sheets.word(f"state-{row['state']}"),
            "comparison": sheets.word("agrees"),
        }
        for key, value in wanted.items():
            if got[key] != value:
                say(f"{paper.name} row {place + 1} ({row['id']!r}): {key} {got[key]!r} instead of {value!r}")
        if row["counted_day"] and str(got["period-day"])[:10] != row["counted_day"]:
            say(f"{paper.name} row {place + 1}: counts on {got['period-day']} instead of {row['counted_day']}")
    for sheet in [sheets.method, sheets.cases, sheets.pauses, sheets.conclusion]:
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            if isinstance(cell.value, str) and (cell.value.startswith("#") or cell.value in ("Err:", NONSENSE)):
                say(f"{paper.name} {sheet.title} {cell.coordinate}: {cell.value}")
            if cell.value == int(NONSENSE):
                say(f"{paper.name} {sheet.title} {cell.coordinate} was not recalculated")
    conclusion(paper, sheets, say)


def at_most(found, drawn, errors, population):
    """P(X <= found), as a whole number over C(population, drawn)."""
    return sum(math.comb(errors, i) * math.comb(population - errors, drawn - i) for i in range(found + 1) if drawn >= i)


def conclusion(paper, sheets, say):
    population, random = sheets.conclusion["B4"].value, sheets.conclusion["B5"].value
    every = math.comb(population, random)
    for row in sheets.conclusion.iter_rows(min_row=15):
        found, most, share, proof = (cell.value for cell in row[:4])
        if found is None:
            break
        excluded = lambda errors: at_most(found, random, errors, population) * 1_000_000 <= every * (1_000_000 - CONFIDENCE)
        exact = at_most(found, random, most + 1, population) / every
        if not excluded(most + 1) or excluded(most) or abs(proof - exact) > 1e-9 or abs(share - most / population) > 1e-12:
            say(f"{paper.name}: {found} errors prove at most {most} of {population}; chance {proof}, exactly {exact}")


def draw_again(paper, run, say):
    """The rule of the paper over cases.parquet, in plain Python over what DuckDB reads."""
    cases = duckdb.sql(f"SELECT * FROM read_parquet('{run}/audit/cases.parquet')").filter(
        f"commitment = '{paper.commitment}' AND state NOT IN ('not-started', 'outside')")
    names = cases.columns
    cases = [dict(zip(names, row)) for row in cases.fetchall()]
    unit = paper.unit
    for case in cases:
        case["key"] = hashlib.sha256(f"{SEED}|{case['id']}".encode()).hexdigest()
        case["counted"] = case["state"] in ("met", "missed")
    quota = -(-SIZE // 20)
    counted = [case for case in cases if case["counted"]]
    longest = sorted(counted, key=lambda case: (-case["elapsed"], case["key"]))[:quota]
    for case in cases:
        margin = -(-case["limit"] // 20) if unit == "minutes" and case["limit"] else 1
        if not case["counted"]:
            case["stratum"] = case["state"]
        elif case in longest:
            case["stratum"] = "longest"
        elif case["limit"] - margin < case["elapsed"] <= case["limit"] + margin:
            case["stratum"] = "at-limit"
        elif case["paused"] or case["restarted"]:
            case["stratum"] = "paused"
        else:
            case["stratum"] = case["state"]
    cases.sort(key=lambda case: case["key"])
    taken = {}
    for stratum in ["longest", "at-limit", "paused", "missed", "met", "excluded", "pending", "unusable"]:
        for case in [case for case in cases if case["stratum"] == stratum][:quota]:
            if len(taken) < SIZE:
                taken[case["id"]] = (stratum, "targeted")
    for case in [case for case in cases if case["counted"]]:
        if case["id"] not in taken and len(taken) >= SIZE:
            break
        taken[case["id"]] = (case["stratum"], "random")
    for case in [case for case in cases if not case["counted"]]:
        if case["id"] not in taken and len(taken) < SIZE:
            taken[case["id"]] = (case["stratum"], "targeted")
    drawn = {row["id"]: (row["stratum"], row["selection"]) for row in paper.rows}
    if drawn != taken:
        say(f"{paper.name}: drawn again differently: {sorted(set(drawn.items()) ^ set(taken.items()))[:6]}")
    as_the_paper_says(paper, run, {case["id"]: (case["stratum"], case["key"]) for case in cases}, say)


def as_the_paper_says(paper, run, cases, say):
    """The query and the shell command that the paper prints do what it says they do."""
    texts = [row[1] for row in openpyxl.load_workbook(paper.folder / "sample.xlsx").worksheets[0].iter_rows(max_col=2, values_only=True)]
    query = next(text for text in texts if isinstance(text, str) and text.startswith("WITH cases AS"))
    rows = duckdb.sql(query.replace("'audit/cases.parquet'", f"'{run}/audit/cases.parquet'")).fetchall()
    if {id: (stratum, key) for stratum, id, key, *_ in rows} != cases:
        say(f"{paper.name}: the query of the paper tells other strata or keys")
    if paper.rows:
        command = next(text for text in texts if isinstance(text, str) and text.startswith("printf"))
        said = subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True).stdout.split()[0]
        if said != paper.rows[0]["sha256"]:
            say(f"{paper.name}: {command} says {said}")


def recalculate(paths, scratch):
    """All workbooks through one LibreOffice that computes every formula when it loads."""
    profile, out = scratch / "profile", scratch / "recalculated"
    if not profile.exists():
        (profile / "user").mkdir(parents=True)
        (profile / "user/registrymodifications.xcu").write_text(RECALCULATE)
    out.mkdir(exist_ok=True)
    # Hundreds of files in one call exhaust LibreOffice.
    for start in range(0, len(paths), 60):
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                   "--outdir", str(out), *map(str, paths[start:start + 60])]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    return [out / path.name for path in paths]


def changed(paper, scratch, say):
    """A date moved in the paper, and one that the auditor found, are seen; nothing else is."""
    place = next(place for place, row in enumerate(paper.rows) if row["ending"] == "stopped" and row["state"] == "met" and not row["restart"])
    paths = []
    for key in ["start", "start-found"]:
        book = openpyxl.load_workbook(paper.folder / "sample.xlsx")
        sheets = Sheets(paper.folder / "sample.xlsx")
        cells = book.worksheets[1][HEAD + 1 + place]
        start = cells[sheets.places["start"]].value
        cells[sheets.places[key]].value = start - timedelta(days=400)
        # Every random case is said to agree, so that the conclusion is drawn.
        for at, row in enumerate(paper.rows):
            if row["selection"] == "random":
                book.worksheets[1].cell(HEAD + 1 + at, sheets.places["agreed"] + 1).value = sheets.words["yes"]
        paths.append(scratch / f"changed-{key}.xlsx")
        book.save(paths[-1])
    for path in recalculate(paths, scratch):
        sheets = Sheets(path)
        differing = [at for at in range(len(paper.rows)) if sheets.row(at)["comparison"] != sheets.word("agrees")]
        if differing != [place] or sheets.row(place)["verdict"] != sheets.word("state-missed"):
            say(f"{path.name}: rows {differing} differ instead of {[place]}, verdict {sheets.row(place)['verdict']!r}")
        if sheets.conclusion["B10"].value != sheets.conclusion["C15"].value:
            say(f"{path.name}: concludes {sheets.conclusion['B10'].value!r} instead of {sheets.conclusion['C15'].value!r}")


def main(bilan, projects):
    differences = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        papers, spoilt = [], []
        for project in map(Path, projects):
            declaration = tomllib.loads((project / "declaration.toml").read_text("utf-8"))
            out = scratch / "reports" / project.name
            subprocess.run([bilan, "report", project, "--format", "json", "--out", out, "--quiet"], check=True, stdout=subprocess.DEVNULL)
            run = next(out.iterdir())
            for commitment in declaration["commitments"]:
                id = commitment["id"]
                target = scratch / f"sample-{len(papers)}"
                subprocess.run([bilan, "sample", project, id, "--size", str(SIZE), "--seed", str(SEED), "--out", target, "--quiet"],
                               check=True, stdout=subprocess.DEVNULL)
                paper = Paper(target, project, id)
                within = commitment["within"]
                paper.unit = "minutes" if "minute" in (within if isinstance(within, str) else within[0]["limit"]) else "days"
                draw_again(paper, run, differences.append)
                spoilt.append(scratch / f"paper-{len(papers)}.xlsx")
                paper.spoil(spoilt[-1])
                papers.append(paper)
        for paper, path in zip(papers, recalculate(spoilt, scratch)):
            check(paper, path, differences.append)
        fit = [paper for paper in papers if any(row["ending"] == "stopped" and row["state"] == "met" for row in paper.rows)]
        units = {paper.unit: paper for paper in fit}
        for paper in units.values():
            changed(paper, scratch, differences.append)
        print("\n".join(differences))
        print(f"{len(papers)} papers, {sum(len(paper.rows) for paper in papers)} cases, {sum(paper.formulas for paper in papers)} formulas "
              f"recalculated, {len(units)} changed on purpose, {len(differences)} differences")
    return 1 if differences or not papers else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
