"""An indicator's charts as SVG files."""

from xml.etree import ElementTree as ET

import pytest

from casegen.editions.site.components import (
    Bar,
    BarChart,
    QuantityView,
    Run,
    Spread,
    Statement,
)
from casegen.editions.site.drawings import draw_bars, draw_ranking, draw_strip

S = "{http://www.w3.org/2000/svg}"
LONG = "甘肃省定西市陇西县首阳镇、文峰镇、云田镇、巩昌镇、福星镇"


def said(text):
    return QuantityView((Run(text, big=False),))


def read(drawing):
    root = ET.fromstring(drawing)  # noqa: S314 - our own file
    _, _, width, height = map(float, root.get("viewBox").split())
    for text in root.iter(f"{S}text"):
        assert 0 <= float(text.get("x")) <= width
        assert 0 < float(text.get("y")) < height
    return root, [text.text for text in root.iter(f"{S}text")]


def bars(*values, label="2021年"):
    rows = tuple(Bar(label, "", value, said(f"{value}亩")) for value in values)
    return BarChart("按年份", rows, max(values, key=float))


def test_bars_are_as_long_as_their_values_and_the_source_comes_last():
    root, texts = read(draw_bars(bars("200", "50", "100"), "种植面积", "来源：<某集>"))
    assert texts[0] == "种植面积：按年份"
    assert texts[-1] == "来源：<某集>"
    assert root.find(f"{S}title").text == "种植面积：按年份"
    widths = [float(rect.get("width")) for rect in root.findall(f"{S}rect")[1:]]
    assert widths[0] == pytest.approx(4 * widths[1])
    assert widths[0] == pytest.approx(2 * widths[2])


def test_a_row_without_a_value_has_no_bar():
    chart = BarChart(
        "按类别", (Bar("产业", "", "", said("—")), Bar("人才", "", "9", said("9人"))), "9"
    )
    root, texts = read(draw_bars(chart, "培训人数", "来源"))
    assert "—" in texts
    assert len(root.findall(f"{S}rect")) == 2  # the ground, and one bar


def test_a_long_name_is_broken_and_no_line_begins_with_a_mark():
    _, texts = read(draw_bars(bars("9", label=LONG), "种植面积", "来源"))
    lines = texts[1:-2]
    assert "".join(lines) == LONG
    assert len(lines) > 1
    assert not [line for line in lines if line[0] in "、，"]


def test_words_and_numbers_in_latin_letters_are_not_broken():
    title = "种植 " * 30 + "agriculture 12,345.67"
    _, texts = read(draw_bars(bars("9"), title, "来源"))
    heading = texts[: texts.index("2021年")]
    assert len(heading) > 1
    assert any(line.endswith("12,345.67：按年份") or "12,345.67" in line for line in heading)
    assert any("agriculture" in line for line in heading)


def statement(title, value, share="1000", x="500", y="10"):
    return Statement(title, "", "某校", said(value), (), share, x, y)


def test_a_ranking_has_each_title_above_its_bar():
    rows = (statement("山里茶园", "200亩"), statement("果园", "50亩", share="250"))
    root, texts = read(draw_ranking(rows, "种植面积", "来源"))
    assert texts == ["种植面积", "200亩", "山里茶园", "50亩", "果园", "来源"]
    first, second = root.findall(f"{S}rect")[1:]
    assert float(first.get("width")) == pytest.approx(4 * float(second.get("width")))


def test_a_strip_has_a_point_for_each_case_and_its_marks_below():
    rows = [statement(str(n), f"{n}亩", x=str(100 * n), y="20") for n in (3, 2, 1)]
    figures = {"最低": "1亩", "中位": "2亩", "最高": "3亩"}
    marks = tuple(Spread(label, said(text)) for label, text in figures.items())
    root, texts = read(draw_strip(rows, 40, marks, "种植面积", "来源"))
    points = [float(c.get("cx")) for c in root.iter(f"{S}circle")]
    assert points == sorted(points, reverse=True)
    assert len(points) == 3
    below = ["最低", "1亩", "中位", "2亩", "最高", "3亩"]
    assert texts == ["种植面积", "中位 2亩", *below, "来源"]
    named = root.findall(f"{S}text")[1]
    assert float(named.get("x")) == pytest.approx(points[1])
