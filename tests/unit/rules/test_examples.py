"""Every rule's own example: the wrong one has this fault alone, the right one none."""

import re
from pathlib import Path

import pytest
from judged import NORMS

import casegen
from casegen import rules
from casegen.cli import casegen as commands
from casegen.collection import case
from casegen.source import files

HEAD = (
    "---\ntitle: 山里茶园怎样起步\ninstitution: 青石学院\nregions: [甘肃省/定西市/陇西县]\n"
    "date: 2023-05-04\ncategories: [产业]\nsummary: 一句话。\ncover: a.jpg\n"
    "credits: {编审: 甲处}\n---\n\n"
)
EXAMPLES = [rule for rule in rules.catalogue().values() if rule.wrong]
COMMAND = re.compile(r"casegen ([a-z]+)((?: --[a-z-]+)*)")


def found_in(body: str):
    text = (HEAD + body.replace("{title}", "山里茶园怎样起步")).encode()
    document, faults = files.document("cases/a.md", text)
    read, own, _ = case.read(document, NORMS)
    found = rules.settled((*faults, *own, *rules.check_case(read, NORMS)), [read], NORMS)
    return text, [problem for problem in found if problem.rule != "missing-metrics"]


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.slug)
def test_the_wrong_example_has_this_fault_alone_and_the_right_one_none(rule):
    assert {problem.rule for problem in found_in(rule.wrong)[1]} == {rule.slug}
    assert found_in(rule.right)[1] == []


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.slug)
def test_the_mend_of_the_wrong_example_gives_the_right_one(rule):
    text, problems = found_in(rule.wrong)
    edits = [problem.fix for problem in problems if problem.fix]
    if edits:
        assert files.edited(text, edits)[0].decode() == HEAD + rule.right
    else:
        assert all(problem.hint for problem in problems)


def test_numbers_of_persons_are_masked_in_every_message():
    for rule in ("identity-number", "bank-card", "mobile-number", "unsure-number"):
        wrong = rules.catalogue()[rule].wrong
        digits = re.search(r"\d{11,}X?", wrong)[0]
        _, problems = found_in(f"{wrong}\n再写一行，{wrong}")
        assert problems
        for problem in problems:
            assert digits not in problem.message + problem.hint


def test_no_message_names_a_command_or_an_option_that_is_not_there():
    for path in sorted(Path(casegen.__file__).parent.rglob("*.py")):
        for name, options in COMMAND.findall(path.read_text("utf-8")):
            known = commands.commands.get(name)
            if not options and known is None:
                continue
            assert known is not None, f"{path.name}: casegen {name}"
            have = {option for given in known.params for option in given.opts}
            assert set(options.split()) <= have, f"{path.name}: casegen {name}{options}"
