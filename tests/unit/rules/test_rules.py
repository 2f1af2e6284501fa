"""The catalogue of rules, and all rules together."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from judged import NORMS, a_case, together

from casegen import project, rules
from casegen.collection import parsing
from casegen.problem import Severity
from casegen.source import files


def test_every_rule_says_what_why_and_how_to_mend():
    for slug, rule in rules.load_catalogue().items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)
        assert rule.title
        assert rule.why.endswith("。")
        assert rule.mend
        assert rule.title in rules.explain_rule(rule)
        assert slug in rules.explain_rule(rule)


def test_exactly_the_fixed_rules_are_errors():
    for rule in rules.load_catalogue().values():
        assert rule.fixed == (rule.severity is Severity.ERROR), rule.slug


ROOT = Path(__file__).parents[3]
RELATIONS = yaml.safe_load((ROOT / "tests/tables/relations.yml").read_text("utf-8"))
ROOMS = ("source", "collection", "media", "body", "chinese")


def slugs_in(path):
    """Every literal that stands where a rule is named in a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in {"Problem", "add", "Flaw", "Fault", "say", "_say", "_problem", "_missing"}:
                for argument in node.args[:3]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def test_every_slug_that_any_module_reports_is_in_the_catalogue():
    home = Path(rules.__file__).parents[1]
    found = {
        slug
        for path in (
            home / "project.py",
            home / "settings.py",
            *(p for r in ROOMS for p in (home / r).rglob("*.py")),
        )
        for slug in slugs_in(path)
        if re.fullmatch(r"[a-z]+(-[a-z]+)+|unreadable|encoding", slug)
    }
    assert len(found) > 25
    assert found - set(rules.load_catalogue()) == set()


@pytest.mark.parametrize("sentence", RELATIONS["报"])
def test_figures_of_a_sentence_that_cannot_all_be_right_are_reported(sentence):
    assert rules.check_case(a_case(metrics="[]", body=sentence), NORMS) != ()


@pytest.mark.parametrize("sentence", RELATIONS["不报"])
def test_figures_of_a_sentence_that_agree_are_left_alone(sentence):
    assert rules.check_case(a_case(metrics="[]", body=sentence), NORMS) == ()


def test_the_demonstration_collection_has_no_false_alarm():
    found = project.find_project(ROOT)
    documents, _ = files.read_documents(found.root)
    demo = [parsing.parse_case(document, found.norms)[0] for document in documents]
    own = [problem for case in demo for problem in rules.check_case(case, found.norms)]
    problems = [*own, *rules.check_collection(together(*demo), found.norms)]
    assert len(demo) >= 5
    assert {p.rule for p in problems} <= {"missing-cover", "missing-sign-off"}
