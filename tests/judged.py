"""Cases written short, and what the rules say of them."""

from pathlib import Path

import yaml

from casegen import project, rules
from casegen.collection import parsing
from casegen.collection.assembly import assemble
from casegen.collection.norms import Norms
from casegen.rules.traced import TRACED
from casegen.source import files

NORMS = Norms(project.load_vocabulary())
STATED = yaml.safe_load((Path(__file__).parent / "tables" / "stated.yml").read_text("utf-8"))
WHOLE = """---
title: {title}
institution: {institution}
regions: [甘肃省]
date: 2021-10-28
categories: [产业]
summary: 一句话。
cover: a.png
credits: {{编审: 校办}}
metrics: {metrics}
{more}
---
{body}
"""


TOTAL = "{name: 总, value: 2亩, id: t}"
OF = "part_of: t"


def together(*cases):
    return assemble(cases, (), NORMS.vocabulary)


def a_case(name="a", **given):
    usual = {
        "title": "甲",
        "institution": "某校",
        "metrics": "[种植面积: 100亩]",
        "more": "",
        "body": "正文。",
    }
    text = WHOLE.format(**usual | given)
    document, _ = files.make_document(f"cases/{name}.md", text.encode())
    found, _ = parsing.parse_case(document, NORMS)
    assert found is not None
    return found


def check(found, norms=NORMS):
    """Without the rules on evidence, which have tests of their own."""
    evidence = {rule.slug for rule in TRACED}
    return [p for p in rules.check_case(found, norms) if p.rule not in evidence]


def found_in(found):
    return [(p.rule, p.where.line) for p in check(found)]


def settled(found, **severities):
    norms = Norms(
        NORMS.vocabulary, severities={k.replace("_", "-"): v for k, v in severities.items()}
    )
    problems = rules.settle_problems(check(found, norms), [found], norms)
    return [(p.rule, str(p.severity)) for p in problems]


def said_by(table, found, norms=NORMS):
    """What the rules of one table say of a case: the problems, in the order of the body."""
    problems = [p for rule in table if rule.check for p in rule.check(found, norms)]
    return sorted(problems, key=lambda p: p.where.line)


def said_of_all(table, *cases, norms=NORMS):
    """What the rules of one table say of a collection: rule, file and line."""
    problems = [p for rule in table for p in rule.check(together(*cases), norms)]
    return [(p.rule, p.where.path, p.where.line) for p in problems]


def stated(rule):
    """Sentences of the table: with the fault of the rule, and without any."""
    rows = STATED[rule]
    return [(text, True) for text in rows["报"]] + [(text, False) for text in rows["不报"]]


def tell(found):
    return [(p.rule, p.message) for p in check(found)]
