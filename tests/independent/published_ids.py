#!/usr/bin/env python3
"""Nothing under `publication/` names a case: no id, no row of an export, no small cell.

    published_ids.py RUN_DIR PROJECT     RUN_DIR is a folder that `bilan report` wrote, PROJECT what it was written from

Every id of `audit/cases.parquet` and every rejected row is looked for in every published file: in its bytes, in each part of a
workbook, in each stream of a PDF once inflated (its attachments are such streams), and in the text of its pages. The cells of the
published results are held against the unmasked ones. Before that the search must find what is planted for it, in a PDF's
attachment too. Needs duckdb and pdftotext. Exit status 1 on any find.
"""

import csv
import io
import json
import re
import subprocess
import sys
import tomllib
import zipfile
import zlib
from pathlib import Path

import duckdb


def parts(path):
    """The texts of a published file, each with a name."""
    content = path.read_bytes()
    # Where the index of a PDF begins is a number of bytes, which may happen to be an id.
    yield path.name, re.sub(rb"startxref\s+\d+\s+%%EOF", b"", content)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            yield from ((f"{path.name}: {name}", book.read(name)) for name in book.namelist())
    if path.suffix == ".pdf":
        yield from ((f"{path.name}: {name}", text) for name, text in streams(content))
        pages = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True).stdout
        yield f"{path.name}: pages", pages
        # An id that a line end breaks in two.
        yield f"{path.name}: pages without spaces", re.sub(rb"\s+", b"", pages)


def streams(pdf):
    for found in re.finditer(rb"stream\r?\n", pdf):
        if pdf[:found.start()].endswith(b"end"):
            continue
        try:
            yield f"stream at byte {found.end()}", zlib.decompressobj().decompress(pdf[found.end():])
        except zlib.error:
            pass  # Not compressed: its bytes are searched with those of the file.


def is_word(byte):
    return chr(byte).isalnum()


def named(text, wanted):
    """What of `wanted`, by length, stands in `text`, not within a longer number or word."""
    found = set()
    for length, words in wanted.items():
        for at in range(len(text) - length + 1):
            if text[at:at + length] in words:
                ends = at + length
                if not (at and is_word(text[at - 1])) and not (ends < len(text) and is_word(text[ends])):
                    found.add(text[at:ends])
    return found


def by_length(words):
    lengths = {}
    for word in words:
        lengths.setdefault(len(word), set()).add(word)
    return lengths


def small_cells(published, audit, minimum):
    for shown, true in zip(published["commitments"], audit["commitments"], strict=True):
        id = true["id"]
        if 0 < true["counted"] < minimum:
            hidden = shown.get("masked") and shown["counted"] is None and not shown.get("by") and not shown.get("by_month")
            if not hidden:
                yield f"{id}: {true['counted']} cases counted, and not masked"
            continue
        pairs = [("by_month", shown["by_month"], true["by_month"], "month")]
        pairs += [(field, shown["by"][field], true["by"][field], "value") for field in true["by"]]
        for field, cells, trues, key in pairs:
            counted = {cell[key]: cell["counted"] for cell in trues}
            masked = [counted[cell[key]] for cell in cells if cell.get("masked")]
            for cell in cells:
                if cell.get("masked") and (cell["counted"] is not None or cell["met"] is not None):
                    yield f"{id}, {field} {cell[key]!r}: masked, and shown"
                if not cell.get("masked") and 0 < cell["counted"] < minimum:
                    yield f"{id}, {field} {cell[key]!r}: {cell['counted']} cases, and not masked"
            if masked and (len(masked) < 2 or sum(masked) < minimum) and any(not c.get("masked") and c["counted"] for c in cells):
                yield f"{id}, {field}: the masked cells {masked} follow from the others"
        for figure in ["histogram"]:
            if figure in shown:
                yield f"{id}: {figure} is published"
        if "max" in (shown.get("elapsed") or {}):
            yield f"{id}: the longest time is published"


def main(run, project):
    run, project = Path(run), Path(project)
    ids = duckdb.sql(f"SELECT DISTINCT id FROM read_parquet('{run}/audit/cases.parquet')").fetchall()
    with open(run / "audit/rejected.csv", newline="", encoding="utf-8") as file:
        rows = [row["row"].strip() for row in csv.DictReader(file)]
    wanted = by_length({id.encode() for (id,) in ids})
    # A row stands in a file as it is, or as HTML, JSON or XML write its quotes: what lies between quotes is enough.
    rows = {part.encode() for row in rows for part in row.split('"') if len(part) > 20}

    id = ids[0][0].encode()
    attached = b"%PDF\nstream\n" + zlib.compress(b'{"case":"' + id + b'"}') + b"\nendstream"
    planted = [named(text, wanted) for _, text in streams(attached)] + [named(b"<td>" + id + b"</td>", wanted)]
    assert planted == [{id}, {id}], "the search does not find what is planted"
    assert not named(b"1" + id, wanted), "the search finds an id within a longer number"

    found, searched, size = [], 0, 0
    for path in sorted(path for path in (run / "publication").rglob("*") if path.is_file()):
        for name, text in parts(path):
            searched, size = searched + 1, size + len(text)
            found += [f"{name}: the id {id.decode()}" for id in sorted(named(text, wanted))]
            found += [f"{name}: the row {row.decode()}" for row in sorted(rows) if row in text]
    published, audit = (json.loads((run / side / "results.json").read_text("utf-8")) for side in ("publication", "audit"))
    declaration = tomllib.loads((project / "declaration.toml").read_text("utf-8"))
    found += small_cells(published, audit, declaration.get("privacy", {}).get("minimum", 5))
    print("\n".join(found))
    print(f"{len(ids)} ids and {len(rows)} parts of rejected rows looked for in {searched} texts of {size} bytes: {len(found)} found")
    return 1 if found or not searched else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
