"""Alarms: how often each rule speaks on texts of a folder, to be judged by hand as true or untrue.

    python benchmarks/alarms.py FOLDER [--rule NAME]

Each text file (*.txt, UTF-8) becomes the body of a case. The table has a line for each rule: how
many problems it reports, and how many that are in 10,000 characters. With --rule the problems of
that rule are listed with their places, so that a reader can judge them.
Rules on completeness and on the launch are left out: they do not speak of a text.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from pathlib import Path

from casegen import build, project

LEFT_OUT = frozenset(
    ["missing-cover", "missing-metrics", "missing-sign-off", "missing-summary", "near-copy"]
)
HEAD = """---
title: 案例{0}
institution: 青石学院{0}
regions: [甘肃省/定西市/陇西县]
date: 2024-05-04
categories: [产业]
---

"""


def main() -> None:
    """Check the texts of a folder and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rule", default="", help="list the problems of this rule")
    asked = parser.parse_args()
    texts = {path.stem: path.read_text("utf-8") for path in sorted(asked.folder.glob("*.txt"))}
    size = sum(len(re.sub(r"\s", "", text)) for text in texts.values())
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "cases").mkdir()
        (root / "casegen.yml").write_text("title: 案例集\n", "utf-8")
        for number, (stem, text) in enumerate(texts.items(), 1):
            whole = f"{HEAD.format(number)}{text}\n"
            (root / "cases" / f"{stem}.md").write_text(whole, "utf-8")
        checked = build.check_project(*project.load_project(root))
    found = [problem for problem in checked.problems if problem.rule not in LEFT_OUT]
    print(f"{len(texts)} texts, {size} characters without blanks")
    counts = Counter((problem.rule, str(problem.severity)) for problem in found)
    for (rule, severity), count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        print(f"{rule} {severity} {count} ({count * 10_000 / max(size, 1):.2f} in 10,000)")
    for problem in found:
        if problem.rule == asked.rule:
            where = problem.where
            print(f"{where.path}:{where.line}:{where.column} {problem.message} | {problem.hint}")


if __name__ == "__main__":
    main()
