"""An editor who does what a hint says, to the letter and by hand, gets no second complaint.

Fixes are carried out in tests/unit/rules/test_examples.py. Here are the hints of any kind that
name the right text: what the message quotes is replaced by it, in the line that the message names.
"""

import re
from pathlib import Path

import pytest
import yaml
from projects import CONFIG, Project, case_text

FAULTS = yaml.safe_load((Path(__file__).parents[1] / "tables" / "obedience.yml").read_text("utf-8"))
TOLD = re.compile(
    r"(?:写成|改成|照抄成|是不是|是否为) ?[“「]?(?P<new>[^”」；]+?)[”」]?？?(?:；.*|，.*|$)"
)
QUOTED = re.compile("[“「]([^”」]+)[”」]")
USUAL = {"missing-cover", "missing-summary", "missing-metrics", "missing-sign-off",
         "unknown-indicator", "duplicate-title"}  # fmt: skip
PLACE = {"regions": "甘肃省/定西市/陇西县"}


def obeyed(text, problem):
    """The text after the hint was carried out by hand."""
    new = TOLD.fullmatch(problem.hint)["new"]
    lines = text.split("\n")
    line = lines[problem.where.line - 1]
    begin = problem.where.column - 1
    quoted = QUOTED.findall(problem.message)
    if problem.hint.startswith("是否为"):
        quoted.reverse()  # the place is named after the one that it is looked for in
    elif at_place := [old for old in quoted if line.startswith(old, begin)]:
        quoted = at_place
    places = [(old, line.find(old, begin)) for old in quoted if old in line[begin:]]
    # A message that quotes nothing is about the whole value.
    old, at = places[0] if places else (line[begin:], begin)
    lines[problem.where.line - 1] = line[:at] + new + line[at + len(old) :]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("obedience"))
    cases = {
        f"cases/n{n}.md": case_text(
            body=row.get("body", "正文。"), **PLACE | {"title": f"案例{n}"} | row["fields"]
        )
        for n, row in enumerate(FAULTS)
    }
    others = {"cases/b.md": case_text("他篇"), "cases/sub/index.md": case_text("又一篇")}
    return project.write({"casegen.yml": CONFIG} | cases | others)


def found_in(project):
    found = {}
    for problem in project.check():
        if problem.rule not in USUAL:
            found.setdefault(problem.where.path, []).append(problem)
    return found


def test_what_hints_say_done_by_hand_leaves_no_complaint(made):
    told = found_in(made)
    assert {f"cases/n{n}.md" for n in range(len(FAULTS))} <= set(told)
    for path, problems in told.items():
        text = (made.root / path).read_text("utf-8")
        # From the end, so that the places of the others hold.
        for problem in sorted(problems, key=lambda p: (p.where.line, p.where.column), reverse=True):
            text = obeyed(text, problem)
        made.write({path: text})
    left = [(p.where.path, p.rule, p.message) for each in found_in(made).values() for p in each]
    assert left == []
