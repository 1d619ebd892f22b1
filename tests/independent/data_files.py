#!/usr/bin/env python3
"""The data files of a run say what its results.json says, as other programs read them.

results.xlsx is read with openpyxl and held against results.json cell by cell: the same figures, words in the place of what is
masked, no formula, and no rate that shows a rounder figure than the report prints. datapackage.json and results.csv are validated
with frictionless; a descriptor or a table that was tampered with must be refused.

    python3 tests/independent/data_files.py output/2025-2026
"""

import csv
import json
import pathlib
import shutil
import sys
import tempfile

import frictionless
import openpyxl

MASKED = {"masqué / masked", "masqué", "masked"}
wrong = []


def check(holds, what):
    if not holds:
        wrong.append(what)


def rows_of(sheet):
    """The rows below the names, by name."""
    _, names, *rows = sheet.iter_rows()
    names = [cell.value for cell in names]
    return [dict(zip(names, row)) for row in rows if any(cell.value is not None for cell in row)]


def same(cell, value):
    return cell.value == value or (value == "" and cell.value is None) or (isinstance(value, float) and abs(cell.value - value) < 1e-12)


def compare(where, row, values, masked=False):
    for name, value in values.items():
        cell = row[name]
        if masked:
            check(cell.value in MASKED, f"{where} {name} is {cell.value!r}, and ought to be masked")
        else:
            check(same(cell, value), f"{where} {name} is {cell.value!r}, not {value!r}")


def shown(cell):
    """A rate as a spreadsheet shows it, in millionths, and the sign before it."""
    formats = {"0.0000%": "", '"< "0.0000%': "<", '"> "0.0000%': ">"}
    return round(cell.value * 1_000_000), formats[cell.number_format]


def check_rates(where, rows):
    """A displayed rate says 100 % or 0 % only where the printed one does."""
    for row in rows:
        cell = row.get("rate")
        text = next((row[name] for name in row if name.startswith("rate_text_")), None)
        if cell is None or text is None or not isinstance(cell.value, (int, float)):
            continue
        millionths, sign = shown(cell)
        digits = "".join(letter for letter in str(text.value).replace(",", ".") if letter.isdigit() or letter == ".")
        printed = round(float(digits) * 10_000)
        check((printed == 1_000_000) == ((millionths, sign) == (1_000_000, "")), f"{where}: {cell.value} beside {text.value}")
        check((printed == 0) == ((millionths, sign) == (0, "")), f"{where}: {cell.value} beside {text.value}")
        check(abs(printed - millionths) <= 1000, f"{where}: {cell.value} beside {text.value}")


def check_cells(where, row, source, extra=()):
    masked = source.get("masked", False)
    compare(where, row, {name: source[name] for name in ("counted", "met")}, masked)
    check(row["masked"].value is masked, f"{where} masked is {row['masked'].value}")
    if not masked and source["counted"]:
        compare(where, row, {"rate": round(source["met"] / source["counted"], 6)})


def check_commitments(sheets, results):
    rows = rows_of(sheets["commitments"])
    check(len(rows) == len(results["commitments"]), "commitments are missing")
    for row, source in zip(rows, results["commitments"]):
        where = f"commitments {source['id']}"
        masked = source.get("masked", False)
        compare(where, row, {"commitment": source["id"], "period": results["period"]["label"], "masked": masked})
        compare(where, row, {name: source[name] for name in ("section", "source", "unit", "limit", "goal_percent", "counted_by")})
        if masked:
            compare(where, row, dict.fromkeys(["counted", "met", "rate", "open", "elapsed_median", "excluded"]), True)
            continue
        plain = ["goal_reached", "in_scope", "counted", "met", "missed", "pending", "outside", "not_started", "rate"]
        compare(where, row, {name: source[name] for name in plain})
        compare(where, row, {f"rate_text_{language}": text for language, text in source["rate_text"].items()})
        compare(where, row, {name: sum(source[name].values()) for name in ("excluded", "unusable")})
        compare(where, row, {f"elapsed_{name}": value for name, value in source["elapsed"].items()})
        compare(where, row, source["stock"])
        compare(where, row, {f"rate_{side}": (source["bounds"] or {}).get(side) for side in ("low", "high")})


def check_details(sheets, results):
    shown = [commitment for commitment in results["commitments"] if not commitment.get("masked")]
    expected = {
        "months": [(c["id"], m["month"], m) for c in shown for m in c["by_month"]],
        "breakdowns": [((c["id"], field), v["value"], v) for c in shown for field, values in c["by"].items() for v in values],
    }
    for name, cells in expected.items():
        rows = rows_of(sheets[name])
        check(len(rows) == len(cells), f"{name}: {len(rows)} rows, not {len(cells)}")
        for row, (key, part, source) in zip(rows, cells):
            names = ("commitment", "month") if name == "months" else ("commitment", "field", "value")
            found = [row[column].value or "" for column in names]
            wanted = [key, part] if name == "months" else [*key, part]
            check(found == wanted, f"{name}: {found}, not {wanted}")
            check_cells(f"{name} {wanted}", row, source)
    flat = {
        "readings": [{"commitment": c["id"], **r} for c in shown for r in c["readings"]],
        "history": [{"commitment": c["id"], **h} for c in results["commitments"] for h in c["history"]],
        "reasons": [
            {"commitment": c["id"], "outcome": outcome, "reason": reason, "cases": cases}
            for c in shown
            for outcome in ("excluded", "unusable")
            for reason, cases in c[outcome].items()
        ],
        "pledges": [{"pledge": p["id"], **{k: p[k] for k in ("favourable", "respondents", "invited")}} for p in results["pledges"]],
        "sources": [
            {"source": s["id"], **{k: s[k] for k in ("rows", "accepted", "duplicates", "cases")}, "rejected": sum(s["rejected"].values())}
            for s in results["sources"]
        ],
        "files": [
            {"source": s["id"], "file": f["name"], **{k: v for k, v in f.items() if k not in ("name", "rejected")},
             "rejected": sum(f["rejected"].values())}
            for s in results["sources"]
            for f in s["files"]
        ],
        "rejected": [
            {"source": s["id"], "file": f["name"], "reason": reason, "rows": rows}
            for s in results["sources"]
            for f in s["files"]
            for reason, rows in f["rejected"].items()
        ],
    }
    if "distribution" in sheets.sheetnames:
        flat["distribution"] = [
            {"commitment": c["id"], "elapsed": elapsed, "cases": cases} for c in shown for elapsed, cases in c["histogram"]
        ]
    for name, sources in flat.items():
        rows = rows_of(sheets[name])
        check(len(rows) == len(sources), f"{name}: {len(rows)} rows, not {len(sources)}")
        for row, source in zip(rows, sources):
            compare(name, row, source)
    check(set(sheets.sheetnames) == {"about", "commitments", *expected, *flat}, f"sheets {sheets.sheetnames}")


def check_workbook(folder):
    results = json.loads((folder / "results.json").read_text("utf-8"))
    sheets = openpyxl.load_workbook(folder / "results.xlsx")
    check_commitments(sheets, results)
    check_details(sheets, results)
    for sheet in sheets:
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        check(not formulas, f"{sheet.title} holds formulas: {formulas}")
        if sheet.title != "about":
            check(sheet.freeze_panes == "B3", f"{sheet.title} is frozen at {sheet.freeze_panes}")
            check(list(sheet.tables) == [sheet.title], f"{sheet.title} has no filters")
            check_rates(sheet.title, rows_of(sheet))
    about = {cell.value for row in sheets["about"].iter_rows() for cell in row}
    unexplained = {cell.value for sheet in sheets for cell in sheet[2] if sheet.title != "about"} - about
    check(not unexplained, f"columns without a meaning: {unexplained}")
    return sum(len(rows_of(sheet)) for sheet in sheets if sheet.title != "about")


def problems(folder):
    """What frictionless says about a package."""
    try:
        report = frictionless.validate(str(folder / "datapackage.json"))
    except frictionless.FrictionlessException as error:
        return {error.error.type}
    return {row[0] for row in report.flatten(["type"])}


def tampered(folder, change):
    """What it says after a change to a copy."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / "package"
        shutil.copytree(folder, copy)
        change(copy)
        return problems(copy)


def check_package(folder):
    found = problems(folder)
    check(not found, f"datapackage.json: {found}")

    def describe(change):
        def write(copy):
            file = copy / "datapackage.json"
            descriptor = json.loads(file.read_text("utf-8"))
            table = next(resource for resource in descriptor["resources"] if resource["name"] == "results.csv")
            change(descriptor, table)
            file.write_text(json.dumps(descriptor), "utf-8")

        return write

    def retype(copy):
        with open(copy / "results.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        rows[1][rows[0].index("unit")] = "fortnights"
        with open(copy / "results.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    refusals = {
        "another hash": (describe(lambda _, table: table.update(hash="sha256:" + "0" * 64)), "hash-count"),
        "another size": (describe(lambda _, table: table.update(bytes=1)), "byte-count"),
        "another type": (describe(lambda _, table: table["schema"]["fields"][0].update(type="integer")), "type-error"),
        "an unknown type": (describe(lambda _, table: table["schema"]["fields"][0].update(type="fortnight")), "field-error"),
        "a field less": (describe(lambda _, table: table["schema"]["fields"].pop()), "extra-label"),
        "no sheet of that name": (
            describe(lambda descriptor, _: descriptor["resources"][2]["dialect"]["excel"].update(sheet="nowhere")),
            "format-error",
        ),
        "a word that is none of them": (retype, "constraint-error"),
    }
    for what, (change, expected) in refusals.items():
        found = tampered(folder, change)
        check(expected in found, f"a package with {what} says {found}, not {expected}")


def main(run):
    run = pathlib.Path(run)
    rows = [check_workbook(run / folder) for folder in ("publication", "audit")]
    check_package(run / "publication")
    print("\n".join(wrong) if wrong else f"results.xlsx: {rows[0]} rows published and {rows[1]} for the audit agree; package valid")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
