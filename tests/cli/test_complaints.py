"""Each case of the table gets the complaints that stand beside it, no more and no less."""

from pathlib import Path

import pytest
import yaml
from projects import CONFIG, Project, case_text

TABLE = Path(__file__).parents[1] / "tables" / "complaints.yml"
ROWS = yaml.safe_load(TABLE.read_text("utf-8"))
USUAL = {"missing-cover", "missing-summary", "missing-metrics", "missing-sign-off",
         "unknown-indicator", "duplicate-title"}  # fmt: skip


def read(row, number):
    if "file" in row:
        return row["file"]
    fields = {"regions": "甘肃省/定西市/陇西县", **row.get("fields", {})}
    return case_text(f"案例{number}", row["body"], **fields)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What is said of each row, by its number: pairs of a rule and a hint."""
    made = Project(tmp_path_factory.mktemp("complaints"))
    texts = {f"cases/n{n}.md": read(row, n) for n, row in enumerate(ROWS)}
    made.write({"casegen.yml": CONFIG} | texts)
    told = {}
    for problem in made.check():
        if problem.rule not in USUAL:
            number = int(problem.where.path.removeprefix("cases/n").removesuffix(".md"))
            told.setdefault(number, []).append((problem.rule, problem.hint))
    return told


@pytest.mark.parametrize("number", range(len(ROWS)), ids=lambda n: str(ROWS[n])[:60])
def test_a_case_gets_the_complaints_of_the_table(found, number):
    said = [pair for each in ROWS[number]["says"] for pair in each.items()]
    assert found.get(number, []) == said
