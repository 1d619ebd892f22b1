#!/usr/bin/env python3
"""Holds what the program accepts and refuses against the published schemas, which ajv reads.

Every declaration and commentary that the program accepts must fit its schema; every one that it refuses for its keys or its types
must not.

    python3 tests/independent/schemas.py NODE_MODULES RESULTS.json...
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What a schema can see: the others concern values, references, other files.
SEEN = ["unknown-key", "wrong-type", "missing-key", "bad-limit"]


def plain(value):
    """TOML as an editor's JSON: dates are strings."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.datetime, datetime.time)):
        return value.isoformat()
    return value


def project(folder):
    """The files of a project that have a schema."""
    for name in ["declaration", "commentary"]:
        file = folder / f"{name}.toml"
        if file.is_file():
            yield {"schema": name, "file": str(file.relative_to(ROOT)), "data": plain(tomllib.loads(file.read_text("utf-8")))}


def refused(documents, modules):
    """The files that do not fit."""
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    command = ["node", str(ROOT / ".ci/schema-check.cjs")]
    run = subprocess.run(command, input=lines, capture_output=True, text=True, env={**os.environ, "NODE_PATH": modules})
    if run.returncode not in (0, 1) or f"{len(documents)} checked" not in run.stdout:
        sys.exit(run.stdout + run.stderr)
    said = [line for line in run.stdout.splitlines() if line.startswith("REFUSED ")]
    return {line.split(" ")[1].rstrip(":"): line for line in said}


def main(modules, results):
    sound, unsound = [], []
    for case in sorted((ROOT / "tests/cases").iterdir()):
        if (case / "expected.json").is_file():
            sound.extend(project(case))
    for case in sorted((ROOT / "tests/errors").iterdir()):
        said = (case / "expected.txt").read_text("utf-8")
        if case.name in SEEN:
            unsound.extend(document for document in project(case) if document["schema"] == "declaration")
        elif "declaration.toml" not in said and "commentary.toml" not in said:
            sound.extend(project(case))
    sound.extend(project(ROOT / "sample-data"))
    for file in results:
        sound.append({"schema": "results", "file": file, "data": json.loads(pathlib.Path(file).read_text("utf-8"))})
    wrong = list(refused(sound, modules).values())
    found = refused(unsound, modules)
    wrong += [f"ACCEPTED {document['file']}" for document in unsound if document["file"] not in found]
    if not sound or len(unsound) != len(SEEN):
        wrong.append(f"{len(sound)} sound and {len(unsound)} unsound files")
    print("\n".join(wrong) if wrong else f"{len(sound)} files fit their schema, {len(unsound)} do not, as they should")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
