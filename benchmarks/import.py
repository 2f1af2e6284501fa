"""How well manuscripts are imported: fields, dropped lines and metrics against labels.

    python benchmarks/import.py FOLDER          every miss against FOLDER/ground_truth.json
    python benchmarks/import.py FOLDER --json   what was found, one JSON list
    python benchmarks/import.py FOLDER --crash  every file of a folder: what is refused, what fails

Form of the labels: {"documents": [{"file", "title", "institution": {"name", "status"}, "date":
{"published"}, "source", "credits", "regions", "boilerplate": [{"text"}], "quantities": [as
benchmarks/quantities.py]}]}.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
import unicodedata
from pathlib import Path
from typing import Any

from casegen import importers, project
from casegen.collection.norms import Norms
from casegen.problem import CasegenError


def found_in(path: Path, norms: Norms) -> list[dict[str, Any]]:
    read = importers.read_manuscripts(importers.File(path.name, path.read_bytes(), path), norms)
    return [importers.as_json(one, norms) for one in read]


def folded(text: object) -> str:
    shown = unicodedata.normalize("NFKC", str(text or ""))
    return "".join(shown.split())


class Tally:
    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}

    def judge(self, name: str, note: str, *, good: bool) -> None:
        row = self.counts.setdefault(name, [0, 0])
        row[0] += good
        row[1] += 1
        if not good:
            print(f"{name:11} {note}")


def compare(folder: Path, norms: Norms) -> None:
    labels = json.loads((folder / "ground_truth.json").read_text("utf-8"))["documents"]
    tally = Tally()
    for label in labels:
        path = folder / label["file"]
        (found,) = found_in(path, norms)
        fields(label, found, tally)
        byline(label, found, tally)
        lines(label, found, tally)
        regions(label, found, tally)
        metrics(path.read_bytes().decode("utf-8"), label, found, tally)
    for name, (good, every) in tally.counts.items():
        print(f"{name} {good}/{every} = {good / every:.3f}")


def fields(label: dict[str, Any], found: dict[str, Any], tally: Tally) -> None:
    at, title = label["file"], label.get("title")
    # A label may add words of its own, (节选); the title as the manuscript has it is right too.
    right = folded(found["title"]) in {folded(title), folded(label.get("title_evidence") or title)}
    right = right if title else bool(found["title"]) and "title" in found["uncertain"]
    tally.judge("title", f"{at} {found['title']}", good=right)
    name, own = label["institution"]["name"], found["institution"]
    tally.judge("institution", f"{at} {own!r}, not {name!r}", good=folded(own) == folded(name))
    bad = label["institution"]["status"] in {"replaced_by_spam", "anonymised"}
    tally.judge("suspect", f"{at} {found['suspects']}", good=found["institution_suspect"] == bad)
    date = (label["date"]["published"] or "")[:10] or None
    tally.judge("date", f"{at} {found['date']}, not {date}", good=found["date"] == date)


def byline(label: dict[str, Any], found: dict[str, Any], tally: Tally) -> None:
    at, source = label["file"], folded(label["source"])
    own = folded(found["source"])
    right = source.startswith(own) and bool(own) == bool(source)
    tally.judge("source", f"{at} {own!r}, not {source!r}", good=right)
    for role, who in label["credits"].items():
        known = {"作者": "供稿", "文": "供稿", "记者": "供稿"}.get(role, role)
        if known in {"供稿", "供图", "编辑", "编审", "校对"}:
            # 记者 甲(图片) took the pictures: he stands under 供图, without that word.
            right = folded(who).removesuffix("(图片)") in folded(found["credits"])
            tally.judge("credits", f"{at} {role} {who}: {found['credits']}", good=right)


def lines(label: dict[str, Any], found: dict[str, Any], tally: Tally) -> None:
    at = label["file"]
    dropped = [folded(line) for line in found["dropped"]]
    marked = [folded(b["text"]) for b in label["boilerplate"]]
    for line in marked:
        right = line in dropped or line in "".join(dropped)
        tally.judge("boilerplate", f"{at} kept: {line[:60]}", good=right)
    titles = folded(label.get("title")) + folded(label.get("title_evidence"))
    for line in dropped:
        if line not in titles and not any(line in m or m in line for m in marked):
            print(f"    also dropped {at} {line[:90]}")


def regions(label: dict[str, Any], found: dict[str, Any], tally: Tally) -> None:
    levels = ("village", "township", "county", "city", "province")
    for place in label["regions"]:
        name = next((place[k] for k in levels if place.get(k)), "")
        right = any(r.endswith(name) or name.removesuffix("县") in r for r in found["regions"])
        tally.judge("regions", f"{label['file']} {name}: {found['regions']}", good=right)


def metrics(text: str, label: dict[str, Any], found: dict[str, Any], tally: Tally) -> None:
    at = label["file"]
    rows = list(found["metrics"])
    for m in rows:
        tally.judge("offsets", f"{at} {m['raw']}", good=text[m["start"] : m["end"]] == m["raw"])
    for q in label["quantities"]:
        if not q["is_metric"]:
            continue
        where = f"{at} {q['raw']} {q['evidence'][:50]}"
        own = [
            m
            for m in rows
            if q["char_start"] < m["end"]
            and m["start"] < q["char_end"]
            and float(m["low"]) == float(q["value"])
        ]
        tally.judge("recall", where, good=bool(own))
        if own:
            rows.remove(own[0])
            tally.judge("precision", where, good=True)
            tally.judge("qualifier", where, good=own[0]["qualifier"] == q["qualifier"])
            unit = (q["base_unit"] or "").replace("％", "%")
            tally.judge("base_unit", where, good=own[0]["base_unit"] == unit)
            category = (q.get("category") or "")[:2]
            note = f"{at} {q['raw']} {own[0]['category']}, not {category}"
            tally.judge("category", note, good=own[0]["category"] == category)
    for m in rows:
        tally.judge("precision", f"{at} {m['raw']} {m['evidence'][:50]}", good=False)


def crash(folder: Path, norms: Norms) -> None:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            for one in found_in(path, norms):
                print(f"ok      {path.name}  {one['title'][:40]}  losses {len(one['losses'])}")
        except CasegenError as error:
            print(f"refused {path.name}  {error.message}")
        except Exception:  # noqa: BLE001 - this is what is looked for
            print(f"CRASH   {path}")
            traceback.print_exc(limit=-3, file=sys.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--crash", action="store_true")
    given = parser.parse_args()
    norms = Norms(project.load_vocabulary())
    if given.crash:
        crash(given.folder, norms)
    elif given.json:
        rows = [
            r
            for p in sorted(given.folder.glob("*.*"))
            if p.suffix != ".json"
            for r in found_in(p, norms)
        ]
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
    else:
        compare(given.folder, norms)


if __name__ == "__main__":
    main()
