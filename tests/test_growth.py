"""Checking takes time in proportion to the text: no eight times as long for four times the text."""

from __future__ import annotations

import time

import pytest
from click.testing import CliRunner

from casegen.cli import casegen

HEAD = """---
title: 山里的果园
institution: 某某大学
regions: 甘肃省/定西市/陇西县
date: 2023-06-01
categories: 产业
---

"""
SHAPES = {
    "digits": "9",
    "digits and points": "9.9.",
    "amounts": "投入资金12万元，",
    "shares": "100%、",
    "open links": "[甲](",
    "open pictures": "![甲",
    "open brackets": "（(【[",
    "backticks": "` `` ",
    "comments": "<!-- ",
    "scripts": "<script ",
    "tags": "<a ",
    "stars": "**甲*",
    "quotes": "“‘",
    "half-width quotes": '"甲',
    "bars": "|甲",
    "rows": "|甲|乙|\n",
    "blanks": "甲 \t",
    "words before figures": "累计共计约",
    "crosses": "××",
    "places": "某县某镇某村",
    "years": "2024年",
    "parts": "其中：3户、",
    "links of mail": "a.a@",
}
# Lists of the front matter: an item by its number.
LISTS = {
    "aliases": "  - old/p{}.html\n",
    "tags": "  - 标签{}\n",
    "credits": "  - 采写: 某部门{}\n",
    "metrics": "  - 第{}片面积: 100亩\n",
    "links": "  - 第{0}处: https://example.com/{0}\n",
    "regions": "  - 甘肃省/定西市/陇西县/第{}镇\n",
}
SIZE = 6_000  # characters of the shorter text


@pytest.fixture
def seconds(tmp_path, monkeypatch):
    """Seconds of the processor that `check` takes for a case file."""
    (tmp_path / "casegen.yml").write_text("title: 集\n", "utf-8")
    (tmp_path / "cases").mkdir()
    monkeypatch.chdir(tmp_path)

    def check(text: str) -> float:
        (tmp_path / "cases/a.md").write_text(text, "utf-8")
        began = time.process_time()
        done = CliRunner().invoke(casegen, ["check"], prog_name="casegen")
        assert done.exit_code in {0, 1}, done.output
        return time.process_time() - began

    check(f"{HEAD}正文。\n")  # tables of words are read once
    return check


@pytest.mark.full
@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_no_eight_times_as_long(shape, seconds):
    def text(size: int) -> str:
        return f"{HEAD}正文。{(SHAPES[shape] * size)[:size]}\n"

    # Each text is another one: the figures of a text are found once.
    once, four = min(seconds(text(SIZE + n)) for n in (1, 2)), seconds(text(4 * SIZE))
    assert four < 8 * once + 0.5, f"{once:.2f} s, {four:.2f} s"


@pytest.mark.full
@pytest.mark.parametrize("name", LISTS)
def test_four_times_the_items_take_no_eight_times_as_long(name, seconds):
    def text(items: int) -> str:
        made = "".join(LISTS[name].format(number) for number in range(items))
        own = [line for line in HEAD.splitlines() if not line.startswith(f"{name}:")]
        return "\n".join([*own[:-2], f"{name}:", made + "---", "", "正文。", ""])

    once, four = min(seconds(text(3000 + n)) for n in (1, 2)), seconds(text(12000))
    assert four < 8 * once + 0.5, f"{once:.2f} s, {four:.2f} s"


THINGS = ["油茶", "毛竹", "蜂箱", "塘坝", "灯杆", "沟渠", "书屋", "公厕", "大棚", "圈舍"]


@pytest.mark.full
def test_an_import_of_four_times_the_figures_takes_no_eight_times_as_long(tmp_path, monkeypatch):
    (tmp_path / "casegen.yml").write_text("title: 集\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    def seconds(figures: int) -> float:
        said = [f"{THINGS[n % 10]}第{n}片新建基地{n + 100}亩。" for n in range(figures)]
        (tmp_path / f"a{figures}.txt").write_text(
            f"许多数字{figures}\n\n" + "\n\n".join(said), "utf-8"
        )
        began = time.process_time()
        done = CliRunner().invoke(casegen, ["import", f"a{figures}.txt"], prog_name="casegen")
        assert done.exit_code in {0, 1}, done.output
        return time.process_time() - began

    seconds(100)
    once, four = seconds(500), seconds(2000)
    assert four < 8 * once + 0.5, f"{once:.2f} s, {four:.2f} s"
