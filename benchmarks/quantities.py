"""How well figures are proposed as metrics: recall, precision, unit and qualifier against labels.

    python benchmarks/quantities.py FOLDER --json   proposals for every .txt file, one JSON list
    python benchmarks/quantities.py FOLDER          every miss against FOLDER/ground_truth.json

A label is matched by at most one proposal and the other way round: their spans overlap, and their
values in base units are equal (of a range the lower one). Form of the labels: {"documents":
[{"file", "quantities": [{"raw", "value", "base_unit", "qualifier", "is_metric", "char_start",
"char_end"}]}]}.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from casegen.chinese.figures import Finding, find_figures
from casegen.importers.proposals import write_digits


def proposals(folder: Path) -> list[dict[str, Any]]:
    rows = []
    for path in sorted(folder.glob("*.txt")):
        text = _text(path)
        rows += [row(path.name, finding) for finding in find_figures(text) if not finding.reason]
    return rows


def _text(path: Path) -> str:
    """Return the text in which offsets count: line ends and a byte order mark stay."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def row(name: str, finding: Finding) -> dict[str, Any]:
    measure = finding.measure
    return {
        "file": name,
        "start": finding.start,
        "end": finding.end,
        "raw": finding.raw,
        "base_value": write_digits(measure.low),
        "base_unit": measure.unit,
        "qualifier": str(finding.quantity.qualifier),
    }


def same(label: dict[str, Any], proposal: dict[str, Any]) -> bool:
    overlap = label["char_start"] < proposal["end"] and proposal["start"] < label["char_end"]
    return overlap and str(label["value"]) == str(_number(proposal["base_value"]))


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if value == int(value) else value


def compare(folder: Path, proposed: list[dict[str, Any]]) -> None:
    labels = json.loads((folder / "ground_truth.json").read_text("utf-8"))
    matched = units = qualifiers = wanted = 0
    open_rows = list(proposed)
    for document in labels["documents"]:
        for label in document["quantities"]:
            if not label["is_metric"]:
                continue
            wanted += 1
            own = [p for p in open_rows if p["file"] == document["file"] and same(label, p)]
            if not own:
                print(f"missed    {document['file']} {label['raw']}  {label['evidence'][:60]}")
                continue
            best = own[0]
            open_rows.remove(best)
            matched += 1
            units += _fits(label["base_unit"], best["base_unit"])
            qualifiers += label["qualifier"] == best["qualifier"]
            if not _fits(label["base_unit"], best["base_unit"]):
                print(f"unit      {label['raw']}: {label['base_unit']}, not {best['base_unit']}")
            if label["qualifier"] != best["qualifier"]:
                print(f"qualifier {label['raw']}: {label['qualifier']}, not {best['qualifier']}")
    judged = {document["file"] for document in labels["documents"]}
    rest = [p for p in open_rows if p["file"] in judged]
    for p in rest:
        text = (folder / p["file"]).read_bytes().decode("utf-8")
        print(f"no metric {p['file']} {p['raw']}  {text[p['start'] - 20 : p['end'] + 20]!r}")
    print(f"recall {matched}/{wanted} = {matched / wanted:.3f}")
    print(f"precision {matched}/{matched + len(rest)} = {matched / (matched + len(rest)):.3f}")
    print(f"unit {units}/{matched} = {units / matched:.3f}")
    print(f"qualifier {qualifiers}/{matched} = {qualifiers / matched:.3f}")


def _fits(label: str, unit: str) -> bool:
    return label.replace("％", "%") == unit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print the proposals only")
    given = parser.parse_args()
    proposed = proposals(given.folder)
    if given.json:
        json.dump(proposed, sys.stdout, ensure_ascii=False, indent=1)
        return
    compare(given.folder, proposed)


if __name__ == "__main__":
    main()
