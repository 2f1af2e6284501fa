"""How pages look: what only a browser can measure of faults that a reader once saw."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

Visit = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


def test_indicators_stand_under_the_question_that_they_answer(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "metrics.html").as_uri())
    groups = page.locator("main .part")
    assert groups.locator("h2").all_inner_texts() == [
        "钱有多少",
        "谁受益",
        "做了什么",
        "建了什么",
        "产业多大",
        "增减几成",
        "其他",
    ]
    for question, name in (
        ("谁受益", "就业岗位、就业人数"),
        ("做了什么", "清运垃圾"),
        ("做了什么", "驻村第一书记"),
        ("做了什么", "出台帮扶措施"),
        ("产业多大", "接待游客"),
        ("建了什么", "卫生厕所"),
        ("钱有多少", "补助标准、人均补助"),
    ):
        expect(groups.filter(has_text=question).get_by_role("link", name=name)).to_have_count(1)


def test_an_indicator_without_a_total_says_why_in_one_line_below_its_name(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "metrics.html").as_uri(), viewport=PHONE)
    row = page.locator(".indicators tr").filter(has_text="工作经费预算")
    name, why = row.locator("a"), row.locator(".value .note")
    below, above = why.bounding_box(), name.bounding_box()
    assert below
    assert above
    assert below["x"] == above["x"]
    assert below["y"] >= above["y"] + above["height"] / 2
    assert len(why.evaluate("e => [...e.getClientRects()]")) == 1


def test_figures_in_another_unit_are_not_compared(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "metrics" / "coverage_rate.html").as_uri())
    rows = page.locator(".statements li")
    points = rows.filter(has_text="个百分点")
    expect(points).to_have_count(1)
    expect(points.locator("rect")).to_have_count(0)
    assert rows.last.inner_text() == points.inner_text()
    assert page.locator(".strip circle").count() == rows.count() - 1
    assert "个百分点" not in page.locator(".spread").inner_text()


def test_the_chart_of_a_category_says_what_it_shows_across_the_page(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "categories" / "industry.html").as_uri())
    title = page.locator(".part:has(.bars) > h2")
    expect(title).to_have_text("各篇种植面积")
    assert title.evaluate("e => getComputedStyle(e).writingMode") == "horizontal-tb"


def test_the_table_of_all_figures_has_no_two_columns_of_one_name_and_no_empty_one(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri())
    page.get_by_text("全部 21 项指标").click()
    table = page.locator(".all-metrics table")
    heads = table.locator("thead th").all_inner_texts()
    assert len(set(heads)) == len(heads)
    for column, head in enumerate(heads, 1):
        cells = table.locator(f"tbody tr > :nth-child({column})").all_inner_texts()
        assert len(cells) == 21
        assert any(text.strip() for text in cells), head


def test_the_filters_run_with_the_page_and_show_few_amounts(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases.html").as_uri())
    expect(page.locator("#panel")).to_be_visible()
    inner = page.locator("#panel, #panel *").evaluate_all(
        "all => all.filter(e => e.scrollHeight > e.clientHeight + 1 && e.clientHeight"
        " && /auto|scroll/.test(getComputedStyle(e).overflowY)).map(e => e.className)"
    )
    assert inner == []
    assert 0 < page.locator("#panel .range:visible").count() <= 8


def test_the_years_stand_in_a_chart_above_their_list(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "years.html").as_uri())
    years = page.locator(".strip-years li")
    counts = [int(text) for text in years.locator("b").all_inner_texts()]
    heights = [float(bar.get_attribute("height") or 0) for bar in years.locator("rect").all()]
    greatest = counts.index(max(counts))
    assert len(heights) == len(counts) == 11
    assert heights[greatest] == max(heights)
    for count, height in zip(counts, heights, strict=True):
        assert abs(height / max(heights) - count / max(counts)) < 0.02


def test_places_of_a_province_say_their_shared_beginning_once(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "regions.html").as_uri())
    row = page.locator(".values li").filter(has_text="陕西省")
    expect(row).to_contain_text("咸阳市永寿县、旬邑县、长武县、淳化县")


def test_numbers_of_the_licences_are_not_broken_on_a_phone(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "about.html").as_uri(), viewport=PHONE)
    for link in page.locator(".imprint a").all():
        lines = link.evaluate(
            "e => { const r = document.createRange(); r.selectNodeContents(e);"
            " return new Set([...r.getClientRects()].map(one => Math.round(one.top))).size; }"
        )
        assert lines == 1, link.inner_text()


def test_on_a_phone_the_columns_of_figures_stand_beside_the_titles(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases.html").as_uri() + "?sort=funds_invested", viewport=PHONE)
    page.get_by_role("button", name="表格").click()
    cell = page.locator(".cases-table tbody td.number").first
    expect(cell).to_be_in_viewport(ratio=1)
    tools = [one.bounding_box() for one in page.locator(".table-tools > *").all()]
    assert all(tools)
    assert len({box["y"] for box in tools if box}) == 1


def test_forced_colours_keep_points_and_bars_and_draw_no_line_above_the_navigation(
    visit: Visit, demo_site: Path
) -> None:
    page = visit(
        (demo_site / "metrics" / "funds_invested.html").as_uri(),
        forced_colors="active",
        color_scheme="dark",
    )
    colour = (
        "e => { const probe = document.body.appendChild(document.createElement('i'));"
        " probe.style.color = 'CanvasText';"
        " const text = getComputedStyle(probe).color; probe.style.color = 'Canvas';"
        " const paper = getComputedStyle(probe).color; probe.remove();"
        " const own = getComputedStyle(e); return"
        " [own.fill === text, own.color === text, own.borderTopColor === paper]; }"
    )
    assert page.locator(".strip circle").first.evaluate(colour)[0]
    assert page.locator(".statements svg").first.evaluate(colour)[1]
    assert all(link.evaluate(colour)[2] for link in page.locator(".nav a").all())
    expect(page.locator(".scale")).to_be_hidden()


def text_of(page: Page) -> list[str]:
    """What stands on each printed page, in usual characters and without spaces."""
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = (normalize("NFKC", one.extract_text()) for one in printed.pages)
    return ["".join(text.split()) for text in texts]


def test_a_printed_page_ends_with_more_than_its_footer(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "categories" / "ecology.html").as_uri())
    last = text_of(page)[-1]
    assert "京公网安备" in last
    assert "找准问题再补短板" in last


def test_printed_names_of_columns_are_whole(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "data.html").as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 640, "height": 900})
    for name in page.locator(".page-data tbody code").all():
        assert len(name.evaluate("e => [...e.getClientRects()]")) == 1, name.inner_text()


def test_where_nothing_is_found_other_ways_of_writing_are_offered(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases.html").as_uri())
    for typed, offered in (
        ("鄉村旅遊", "乡村旅游"),
        ("“第一书记”", "第一书记"),
        ("guizhou", "贵州"),
        ("congjiang", "从江县"),
        ("qiandongnan", "黔东南苗族侗族自治州"),
    ):
        page.locator("#q").fill(typed)
        page.locator("#q").press("Enter")
        expect(page.locator(".meant a").first).to_contain_text(offered)


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("厕所革命", {"厕所", "革命"}),
        ("怎么修路", {"修路"}),
        ("从江县花椒", {"从江县", "花椒"}),
        ("刺梨 花椒", {"刺梨", "花椒"}),
        ("户均收入", {"户均", "收入"}),
        ("2022年投入", {"2022年", "投入"}),
        ("哪所学校培训最多", {"学校", "培训"}),
        ("茶叶卖了多少钱", {"茶叶"}),
        ("𬭩𬭩龘", set()),
    ],
)
def test_where_nothing_is_found_the_parts_that_are_found_are_offered(
    visit: Visit, demo_site: Path, query: str, parts: set[str]
) -> None:
    page = visit((demo_site / "cases.html").as_uri() + "?q=" + query)
    expect(page.locator(".empty h3")).to_be_visible()
    links = page.locator(".meant", has_text="分开来找").get_by_role("link").all()
    said = {link.inner_text(): str(link.get_attribute("href")) for link in links}
    assert {text.partition("”")[0].removeprefix("“") for text in said} == parts
    for text, href in said.items():
        page = visit(f"{demo_site.as_uri()}/{href}")
        expect(page.locator("[role=status]").first).to_have_text(f"共 {text.split()[1]} 篇")


@pytest.mark.parametrize(
    "query", ["镇远县", "贵州省镇远县", "“镇远县”", "鎮遠縣", "镇远", "贵州镇远", "我在镇远县"]
)
def test_a_county_without_a_case_leads_to_its_province(
    visit: Visit, demo_site: Path, query: str
) -> None:
    page = visit((demo_site / "cases.html").as_uri() + "?q=" + query)
    said = page.locator(".meant", has_text="还没有案例")
    expect(said).to_have_text("“镇远县”还没有案例，可以看它所在的贵州省")
    said.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("贵州省")


@pytest.mark.parametrize("query", ["双柏县", "双柏", "云南双柏县"])
def test_of_a_county_in_a_province_without_cases_this_is_said(
    visit: Visit, demo_site: Path, query: str
) -> None:
    page = visit((demo_site / "cases.html").as_uri() + "?q=" + query)
    said = page.locator(".meant", has_text="双柏县")
    expect(said).to_have_text("“双柏县”在云南省，那里还没有案例。")
    expect(said.get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize("query", ["远县", "从江县 龘", "龘"])
def test_no_place_is_named_for_another_word(visit: Visit, demo_site: Path, query: str) -> None:
    page = visit((demo_site / "cases.html").as_uri() + "?q=" + query)
    expect(page.locator(".empty h3")).to_be_visible()
    expect(page.locator(".meant", has_text="没有案例")).to_have_count(0)


def test_where_nothing_is_found_an_indicator_of_a_similar_name_is_offered(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases.html").as_uri() + "?q=户均收入")
    near = page.locator(".meant", has_text="名称相近")
    near.get_by_role("link", name="人均收入", exact=True).click()
    expect(page.locator("h1")).to_have_text("人均收入")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_each_row_of_the_years_ends_at_the_edge(visit: Visit, demo_site: Path, width: int) -> None:
    for path in ("index.html", "years.html"):
        page = visit((demo_site / path).as_uri(), viewport={"width": width, "height": 844})
        ends = page.locator(".strip-years").evaluate(
            "list => { const rows = {}; for (const e of list.children) {"
            " const box = e.getBoundingClientRect(); rows[Math.round(box.top)] = box.right; }"
            " return Object.values(rows).map(end => list.getBoundingClientRect().right - end); }"
        )
        assert max(ends) < 3, (path, ends)
