"""Plain text as Markdown."""

import pytest

from casegen.body.prose import parse_body
from casegen.importers.markdown import Run, escape_text, tidy_text, write_runs, write_table


@pytest.mark.parametrize(
    "text",
    [
        "*不是强调*", "__甲__", "[甲](乙)", "<b>甲</b>", "`甲`", "~~甲~~", "![甲](乙)",
        "# 甲", "- 甲", "+ 甲", "1. 甲", "2) 甲", "> 甲", "甲[^1]", "&amp;", "===", "::: 甲",
    ],
)  # fmt: skip
def test_text_with_marks_is_shown_as_it_is_written(text):
    shown = parse_body(escape_text(text))
    assert shown.text.strip() == text
    assert not shown.headings
    assert not shown.references


@pytest.mark.parametrize("text", ["a_b_c", "3 * 4", "甲。", "1.5亩", "-5度", "A&B"])
def test_text_that_means_nothing_to_markdown_stays_readable(text):
    assert escape_text(text).replace("\\", "") == text
    assert escape_text("1. 甲", first=False) == "1. 甲"


def test_blanks_are_single_and_unseen_characters_go():
    assert tidy_text("\u3000\u3000甲\u00a0 乙\u200b\n丙 ") == "甲 乙 丙"


@pytest.mark.parametrize(
    ("runs", "markdown", "plain"),
    [
        ([Run("甲"), Run("乙", bold=True), Run("丙")], "甲**乙**丙", "甲乙丙"),
        ([Run("甲", bold=True), Run("乙", bold=True)], "甲乙", "甲乙"),
        ([Run("甲 "), Run("乙", bold=True)], "甲 **乙**", "甲 乙"),
        ([Run("见", href="a.pdf")], "[见](a.pdf)", "见"),
        ([Run("见", href="a b.pdf")], "[见](<a b.pdf>)", "见"),
        ([Run("60m"), Run("2", sup=True)], "60m²", "60m²"),
        ([Run("CO"), Run("2", sub=True)], "CO₂", "CO₂"),
        ([Run("甲"), Run("注", sup=True)], "甲注", "甲注"),
        ([Run("甲"), Run("1", href="[^1]"), Run("乙")], "甲[^1]乙", "甲乙"),
        ([Run("*甲")], "\\*甲", "*甲"),
    ],
)
def test_runs_become_marks(runs, markdown, plain):
    assert write_runs(runs) == (markdown, plain)


def test_a_table_has_its_first_row_as_heading_and_whole_rows():
    assert write_table([["甲", "乙"], ["a|b"]]) == "| 甲 | 乙 |\n| --- | --- |\n| a\\|b |  |"


@pytest.mark.parametrize(
    ("runs", "markdown"),
    [
        ([Run("- 甲")], "\\- 甲"),
        ([Run("见", href="a.pdf"), Run("- 乙")], "[见](a.pdf)- 乙"),
        ([Run("见"), Run("1. 乙", bold=True)], "见**1. 乙**"),
        ([Run("甲"), Run(" 乙", bold=True)], "甲 **乙**"),
        ([Run("甲", bold=True), Run(" "), Run("乙", bold=True, href="b.md")], "甲 [乙](b.md)"),
        ([Run("甲"), Run("1", bold=True, href="[^1]")], "甲[^1]"),
        ([Run("见", href="a(1).pdf")], "[见](<a(1).pdf>)"),
        ([Run("2", sup=True, href="a.pdf")], "[2](a.pdf)"),
        ([Run("甲"), Run("2a", sup=True)], "甲2a"),
    ],
)
def test_marks_stand_only_where_they_mean_something(runs, markdown):
    assert write_runs(runs)[0] == markdown


def test_a_long_text_in_brackets_is_no_link_and_an_entity_no_sign():
    assert not parse_body(escape_text("[名单见附件](附件.pdf)")).references
    assert escape_text("&lt;") == "&amp;lt;"


def test_a_bar_that_is_already_escaped_is_not_escaped_again():
    assert "| a\\|b |" in write_table([["甲"], ["a\\|b"]])
