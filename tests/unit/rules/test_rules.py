"""The catalogue of rules, and all rules together."""

import ast
import re
from dataclasses import replace
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


def named_in(function, seen):
    """Every rule whose name stands in a function of the rules, or in one that it calls."""
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        codes += [each for each in code.co_consts if hasattr(each, "co_consts")]
        yield from (each for each in code.co_consts if isinstance(each, str))
        for name in code.co_names:
            called = function.__globals__.get(name)
            home = getattr(called, "__module__", "")
            ours = hasattr(called, "__code__") and home.startswith("casegen.rules")
            if ours and called not in seen:
                seen.add(called)
                yield from named_in(called, seen)


def test_a_rule_names_all_others_whose_faults_its_function_finds():
    catalogue = rules.load_catalogue()
    asked = list(rules.choose_rules(rules.CASE_RULES, NORMS, None))
    assert len(asked) > 45
    compared = {"check_evidence": {"repeated-metric"}, "check_rates": {"impossible-value"}}
    for rule in asked:
        named = {each for each in named_in(rule.check, set()) if each in catalogue}
        left = named - {rule.slug, *rule.also} - compared.get(rule.check.__name__, set())
        assert left == set(), (rule.slug, left)


def test_a_build_and_check_ask_each_rule_once_between_them_and_a_build_no_rule_that_warns():
    parts = [
        [rule.slug for rule in rules.choose_rules(rules.CASE_RULES, NORMS, part)]
        for part in (rules.Part.BUILD, rules.Part.REST)
    ]
    assert parts[0] == ["missing-sign-off", "identity-number"]
    assert sorted([*parts[0], *parts[1]]) == sorted(
        rule.slug for rule in rules.CASE_RULES if rule.check
    )
    raised = replace(NORMS, severities={"parts-miss-whole": Severity.ERROR})
    asked = [rule.slug for rule in rules.choose_rules(rules.CASE_RULES, raised, rules.Part.BUILD)]
    assert asked == ["missing-sign-off", "part-exceeds-whole", "identity-number"]
    every = replace(NORMS, severities={"unused-waiver": Severity.ERROR})
    assert not list(rules.choose_rules(rules.CASE_RULES, every, rules.Part.REST))
