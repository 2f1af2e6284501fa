"""A case as a value: what stands for what is absent, its address, the blank and the schema."""

import pickle
import re

import pytest

from casegen import project
from casegen.collection import case, parsing
from casegen.collection.norms import Norms
from casegen.source import files

NORMS = Norms(project.load_vocabulary())


def good(body="正文。\n", path="cases/a.md", **fields):
    given = {"title": "甲", "institution": "某校", "regions": "[甘肃省]", "date": "2021-10-28"}
    given |= {"categories": "[产业, 组织]"} | fields
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in given.items()) + "---\n" + body
    document, problems = files.make_document(path, text.encode())
    found, more = parsing.parse_case(document, NORMS)
    assert problems + more == ()
    return found


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("cases/shui-tai.md", "shui-tai"),
        ("cases/水苔.md", "shui-tai"),
        ("cases/north/水苔/index.md", "shui-tai"),
        ("cases/Tea Garden.MD", "tea-garden"),
        ("cases/重庆/" + "长" * 80 + ".md", None),
    ],
)
def test_a_slug_comes_from_the_file_or_its_bundle(path, slug):
    found = case.make_default_slug(path)
    assert re.fullmatch(r"[a-z0-9-]{1,60}", found)
    assert slug in {None, found}


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (100, "短" * 100),
        (140, "一" * 40 + "。" + "二" * 60 + "。" + "三" * 60),
        (140, "一" * 80 + "，" + "二" * 80),
        (140, "一" * 200),
    ],
)
def test_a_long_opening_is_cut_at_a_mark(length, text):
    cut = case.cut_opening(text)
    assert len(cut) <= 122
    assert length < 120 or cut.endswith(("。", "……"))
    assert "，……" not in cut


# --- the collection --------------------------------------------------------------------------


def test_two_cases_of_one_address_are_an_error_that_names_both():
    one = good(path="cases/tea.md")
    other = good(path="cases/x.md", slug="TEA")
    (problem,) = case.check_addresses([other, one])
    assert (problem.rule, problem.where.path, problem.where.line) == (
        "duplicate-address",
        "cases/x.md",
        7,
    )
    assert "cases/tea.md" in problem.message


def test_the_address_of_a_draft_stops_no_build():
    cases = [good(path="cases/a.md", slug="tea", status="draft"), good(path="cases/tea.md")]
    problems = case.check_addresses(cases)
    statuses = {each.path: each.status for each in cases}
    assert [str(p.severity) for p in case.forgive_left_out(problems, statuses, drafts=False)] == [
        "warning"
    ]
    assert [str(p.severity) for p in case.forgive_left_out(problems, statuses, drafts=True)] == [
        "error"
    ]


def test_cases_are_plain_values_that_travel_between_processes():
    found = good(metrics="[种植面积: 100亩]", body="## 题\n\n正文 100亩。\n")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert isinstance(hash(found), int)
