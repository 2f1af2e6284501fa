from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from casegen.chinese.achievement import REASONS
from casegen.chinese.figures import Finding, find_figures
from casegen.chinese.showing import show_value

TABLE: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "tables" / "prose.yml").read_text("utf-8")
)


def proposed(text: str) -> list[Finding]:
    return [finding for finding in find_figures(text) if not finding.reason]


def said(finding: Finding) -> str:
    low, high, unit = finding.measure.low, finding.measure.high, finding.measure.unit
    numbers = [number(value) for value in dict.fromkeys((low, high))]
    qualifier = str(finding.quantity.qualifier)
    return f"{'-'.join(numbers)} {unit}" + ("" if qualifier == "exact" else f" {qualifier}")


def number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else show_value(value, "%").number


@pytest.mark.parametrize("row", TABLE, ids=[row["原文"][:20] for row in TABLE])
def test_the_figures_of_a_sentence_are_those_of_the_table(row):
    assert {f.raw: said(f) for f in proposed(row["原文"])} == row["成效"]


def test_a_figure_that_is_no_achievement_is_kept_with_its_reason():
    known = {reason for reason, _ in REASONS}
    found = find_figures("该村距县城60公里，预计增收500万元。")
    assert [(f.raw, f.reason) for f in found] == [("60公里", "location"), ("500万元", "forecast")]
    assert {f.reason for f in found} <= known


def test_the_words_around_a_figure_are_those_of_its_clause():
    (finding,) = proposed("开展活动，种植水苔100亩左右的示范田，效果好。")
    assert (finding.before, finding.after) == ("种植水苔", "的示范田")


TEXTS = st.text(
    st.sampled_from(
        "0123456789.,+-—至约近超余多一二两三十百千万亿点成分之元户人次亩个名%％“”<b>/年，。\n "
    )
    | st.characters(codec="utf-8"),
    max_size=60,
)


@given(TEXTS)
@example("一" * 40 + "万亿" * 20 + "元")
@example("<b>三</b>分之**零**")
def test_any_text_is_searched_and_every_span_slices_back_to_what_was_found(text):
    end = 0
    for finding in find_figures(text):
        assert text[finding.start : finding.end] == finding.raw
        assert finding.start >= end
        end = finding.end
        assert finding.measure.low <= finding.measure.high
