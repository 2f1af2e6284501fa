"""Charts as SVG files, opened by themselves as on a slide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from casegen.editions.site import drawings
from casegen.editions.site.components import (
    Bar,
    BarChart,
    QuantityView,
    Run,
    Spread,
    Statement,
)

Visit = Callable[..., Page]
TITLE = "一支队伍、两个学院、三所小学和十四个村子怎样用六年时间把“一村一品”做成全县共有的产业"
NAME = "建成的标准化冷链仓储与分拣包装设施及其配套道路，rural cold-chain logistics centres"
SOURCE = "来源：某某大学《教育服务乡村振兴与县域产业发展案例汇编》 https://example.edu.cn/xczx/metrics/cold_chain.html"
FIGURE = QuantityView((Run("约123456.789至9876543.21个标准化设施（含在建）", big=True),))
MEASURE = """() => [...document.querySelectorAll("svg")].flatMap(sheet => {
    const { width, height } = sheet.viewBox.baseVal;
    const texts = [...sheet.querySelectorAll("text")].map(t => [t.textContent, t.getBBox()]);
    const cut = texts.filter(([, b]) =>
        b.x < 0 || b.y < 0 || b.x + b.width > width || b.y + b.height > height);
    const met = texts.filter(([, a], at) => texts.slice(at + 1).some(([, b]) =>
        Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 &&
        Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 4));
    return [...cut, ...met].map(([text]) => text);
})"""


def test_no_text_of_a_chart_is_cut_off_or_meets_another(visit: Visit, demo_site: Path) -> None:
    drawn = sorted((demo_site / "metrics").glob("*.svg"))
    page = visit(drawn[0].as_uri())
    assert page.evaluate(MEASURE) == []
    last = page.locator("text").last.text_content() or ""
    assert last == (
        "来源：示例大学乡村振兴研究院《教育服务乡村振兴案例集》"
        f" https://example.edu.cn/xczx/metrics/{drawn[0].stem.rpartition('-')[0]}.html"
    )
    page = visit("about:blank")
    page.set_content("".join(path.read_text("utf-8") for path in drawn))
    assert page.locator("svg").count() == len(drawn) > 20
    assert page.evaluate(MEASURE) == []


def test_long_names_titles_and_figures_of_a_chart_are_wrapped_whole(visit: Visit) -> None:
    bars = BarChart(NAME, tuple(Bar(NAME, "", str(n), FIGURE) for n in (1, 2, 3)), "3")
    places = [("1000", "995", "20"), ("500", "500", "20"), ("3", "5", "20")]
    cases = [Statement(TITLE, "", "", FIGURE, (), *place) for place in places]
    marks = [Spread(name, FIGURE) for name in ("最低", "下四分位", "中位", "上四分位", "最高")]
    page = visit("about:blank")
    for drawn in (
        drawings.draw_bars(bars, NAME, SOURCE),
        drawings.draw_ranking(cases, NAME, SOURCE),
        drawings.draw_strip(cases, 45, marks, NAME, SOURCE),
    ):
        page.set_content(drawn.decode())
        assert page.evaluate(MEASURE) == []
        said = "".join(page.locator("text").all_text_contents()).replace(" ", "")
        assert NAME.replace(" ", "") in said
        assert SOURCE.replace(" ", "") in said
    page.set_content(drawings.draw_ranking(cases, NAME, SOURCE).decode())
    assert "".join(page.locator("text").all_text_contents()).count(TITLE) == len(cases)
