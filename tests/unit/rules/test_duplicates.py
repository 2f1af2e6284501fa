"""The same text in two cases, and the same figure by two institutions."""

from dataclasses import replace
from pathlib import Path

import pytest
from judged import NORMS, a_case, together

from casegen import project
from casegen.chinese.region_reading import read_region
from casegen.collection import parsing
from casegen.rules import duplicates
from casegen.source import files

TEXT = duplicates._TEXT
HERE = "甘肃省/定西市/陇西县"


def shipped_cases():
    found = project.find_project(Path(__file__).parents[3])
    documents, _ = files.read_documents(found.root)
    return [parsing.parse_case(document, found.norms)[0] for document in documents]


def said(rule, *cases):
    return [(p.rule, p.where.path) for p in rule(together(*cases), NORMS)]


def planted(name, institution, area, region):
    text = {"institution": institution, "metrics": f"[种植面积: {area}亩]", "title": name}
    found = a_case(name, **text, body=f"种植面积{area}亩。")
    return replace(found, regions=(read_region(region)[0],))


def test_a_text_with_a_few_words_changed_is_told_and_another_one_is_not():
    changed = TEXT.replace("青石学院", "白石学院").replace("一间书屋", "一所医务室")
    cases = (
        a_case("a", title="甲", body=TEXT),
        a_case("b", title="乙", body=changed),
        a_case("c", title="丙", body=duplicates._OTHER),
        a_case("d", title="丁", body=TEXT[:60]),
    )
    assert said(duplicates.check_texts, *cases) == [("near-copy", "cases/b.md")]


def test_a_text_of_which_a_fifth_is_left_out_is_told():
    cases = [case for case in shipped_cases() if case.gist]
    assert len(cases) > 10
    assert list(duplicates.check_texts(together(*cases), NORMS)) == []
    missed = []
    for case in cases:
        text = case.prose.text
        fifth = len(text) // 5
        kept = text[: 2 * fifth] + text[3 * fifth :]
        copy = a_case("zz", title="换了题目", body=kept)
        if not said(duplicates.check_texts, case, copy):
            missed.append(case.path)
    assert missed == []


def test_a_paragraph_that_all_cases_share_makes_none_a_copy():
    own = ["修路", "架桥", "打井", "种茶", "养蜂", "办班"]
    cases = [
        a_case(
            name,
            title=word,
            body="".join(f"{word}的第{n}天，{name}组在{word}。" for n in range(60)) + TEXT[:90],
        )
        for name, word in zip("abcdef", own, strict=True)
    ]
    assert said(duplicates.check_texts, *cases) == []


def test_a_figure_of_two_institutions_in_one_county_is_told():
    first = planted("a", "青石学院", 1236, HERE)
    assert said(duplicates.check_figures, first, planted("b", "白石学院", 1236, HERE)) == [
        ("shared-figure", "cases/b.md")
    ]
    others = (
        planted("c", "青石学院", 1236, HERE),  # the same institution
        planted("d", "白石学院", 1237, HERE),
        planted("e", "白石学院", 1236, "甘肃省/定西市/渭源县"),
    )
    assert said(duplicates.check_figures, first, *others) == []


def test_round_figures_are_no_surprise():
    cases = (planted("a", "青石学院", 200, HERE), planted("b", "白石学院", 200, HERE))
    assert said(duplicates.check_figures, *cases) == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (HERE, f"{HERE}/菜子镇/步云村", True),
        (f"{HERE}/步云村", f"{HERE}/步云村", True),
        (f"{HERE}/步云村", f"{HERE}/白石村", False),
        ("重庆市/万州区", "重庆市/万州区/甘宁镇", True),
        ("广东省/东莞市/虎门镇", "广东省/东莞市/虎门镇", True),
        ("甘肃省/定西市", "甘肃省/定西市", False),
    ],
)
def test_places_that_may_be_one_share_a_figure(one, other, told):
    first = planted("a", "青石学院", 1236, one)
    second = planted("b", "白石学院", 1236, other)
    assert bool(said(duplicates.check_figures, first, second)) is told


def test_a_figure_of_a_name_outside_the_vocabulary_is_told():
    cases = [
        replace(
            a_case(name, institution=school, metrics="[食用菌棒: 12360棒]", title=name,
                   body="食用菌棒12360棒。"),
            regions=(read_region(HERE)[0],),
        )
        for name, school in (("a", "青石学院"), ("b", "白石学院"))
    ]  # fmt: skip
    assert said(duplicates.check_figures, *cases) == [("shared-figure", "cases/b.md")]
