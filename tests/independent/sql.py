#!/usr/bin/env python3
"""`bilan sql` in DuckDB: the script of a declaration gives the expected figures, to the unit, or is refused.

    sql.py PROGRAM PROJECT [audit/results.json]    one project; without results, what its expected.json says
    sql.py PROGRAM tests/cases                     every project of a folder

Of each commitment: counted, met, missed, pending, excluded, unusable, not started, outside, and the stock. Of each source: how many
rows were accepted, duplicates, and rejected for which reason. A project that must not be reported on must stop, at the latest in
DuckDB, with the code of its expected-error.json. What the script can't express is refused with `not-in-sql`: the projects of which
that is expected stand below, and no others may be refused. Needs DuckDB for Python.
"""

import json
import subprocess
import sys
from pathlib import Path

import duckdb

# Projects of tests/cases with something that the script can't express.
REFUSED = set()

FIGURES = ["counted", "met", "missed", "pending", "excluded", "unusable", "not_started", "outside", "open", "overdue", "oldest"]


class Difference(Exception):
    pass


def script_of(program, project):
    """The script, or the code with which it is refused."""
    ran = subprocess.run(
        [program, "sql", project, "--absolute", "--diagnostics", "short"], capture_output=True, encoding="utf-8"
    )
    if ran.returncode == 0:
        return ran.stdout, None
    if ran.returncode != 1 or "error[" not in ran.stderr:
        raise Difference(f"exit status {ran.returncode}: {ran.stderr}")
    return None, ran.stderr


def run(script):
    """The figures by commitment, and the rows by source and outcome."""
    database = duckdb.connect(config={"threads": 2})
    found = database.execute(script)
    names = [column[0] for column in found.description]
    figures = {row[0]: dict(zip(names[1:], row[1:])) for row in found.fetchall()}
    rows = {}
    for source, outcome, count in database.execute(
        "SELECT source, outcome, count(*) FROM row_outcome GROUP BY ALL"
    ).fetchall():
        outcome = "accepted" if outcome == "ignored" else outcome
        rows.setdefault(source, {})
        rows[source][outcome] = rows[source].get(outcome, 0) + count
    return figures, rows


def expected_figures(commitment):
    figures = {name: commitment[name] for name in FIGURES if name in commitment}
    figures |= {name: commitment["stock"][name] for name in ["open", "overdue", "oldest"]}
    return figures | {name: sum(commitment[name].values()) for name in ["excluded", "unusable"]}


def compare(script, expected):
    figures, rows = run(script)
    commitments = {commitment["id"]: commitment for commitment in expected["commitments"]}
    if figures.keys() != commitments.keys():
        raise Difference(f"commitments {sorted(figures)} instead of {sorted(commitments)}")
    differences = []
    for name, commitment in commitments.items():
        for figure, wanted in expected_figures(commitment).items():
            if figures[name][figure] != wanted:
                differences.append(f"{name}, {figure}: {figures[name][figure]} instead of {wanted}")
    for source in expected.get("sources", []):
        wanted = {"accepted": source["accepted"], "duplicate": source["duplicates"], **source["rejected"]}
        wanted = {outcome: count for outcome, count in wanted.items() if count}
        name = source.get("id", source.get("name"))
        if rows.get(name, {}) != wanted:
            differences.append(f"rows of {name}: {rows.get(name, {})} instead of {wanted}")
    if differences:
        raise Difference("\n  ".join(differences))


def stops(script, said, expected):
    """The run must not give figures, for the reason that is expected."""
    if script is not None:
        try:
            run(script)
        except duckdb.Error as error:
            said = str(error)
        else:
            raise Difference(f"gives figures instead of {expected}")
    if (expected.get("code") or "error") not in said.lower():
        raise Difference(f"stops with {said} instead of {expected}")


def check(program, project, results):
    """What became of a project, in a word."""
    script, said = script_of(program, project)
    if script is None and "[not-in-sql]" in said:
        if project.name not in REFUSED:
            raise Difference(f"refused: {said}")
        print(f"{project.name}: {said.strip()}")
        return "refused"
    error = project / "expected-error.json"
    if results is None and error.exists():
        stops(script, said, json.loads(error.read_bytes()))
        return "stopped"
    if script is None:
        raise Difference(said)
    compare(script, json.loads((results or project / "expected.json").read_bytes()))
    return "agree"


def main(program, folder, results=None):
    folder = Path(folder)
    projects = [folder] if (folder / "declaration.toml").exists() else sorted(folder.iterdir())
    outcomes, differ = {}, 0
    for project in projects:
        try:
            outcome = check(program, project, results and Path(results))
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
        except (Difference, duckdb.Error) as difference:
            differ += 1
            print(f"{project.name}:\n  {difference}", file=sys.stderr)
    print(f"{len(projects)} projects: {outcomes}, {differ} differ")
    return 1 if differ or not outcomes.get("agree") else 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
