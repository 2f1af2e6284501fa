"""Cases side by side: what they share first, titles in sight, two at a time on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from projects import CONFIG, Project, case_text

Visit = Callable[..., Page]
PHONE = {"width": 390, "height": 700}
PLACES = (
    "[陕西省/咸阳市/旬邑县, 陕西省/咸阳市/淳化县, 陕西省/西安市/长安区]",
    "甘肃省/陇南市/成县",
    "贵州省/毕节市/赫章县",
    "甘肃省/定西市/陇西县",
)
TITLES = (
    "千亩茶园里的夜校：一所学院与五个乡镇的二十年接续帮扶纪实",
    "山里来了新队伍",
    "守住青山",
    "灯火",
)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four cases: trainees in all, households in two, something of its own in each."""
    made = {}
    for n, place in enumerate(PLACES):
        shared = f"培训人数: {(n + 1) * 100}人" + (f", 受益户数: {n + 5}户" if n < 2 else "")
        body = (
            f"培训{(n + 1) * 100}人，{n + 5}户受益，建成展馆{n + 2}座。\n\n" + "后来的事。\n\n" * 40
        )
        made[f"cases/c{n}.md"] = case_text(
            TITLES[n], body, regions=place, metrics=f"{{{shared}, 展馆{'甲乙丙丁'[n]}: {n + 2}座}}"
        )
    root = tmp_path_factory.mktemp("four")
    return Project(root).write({"casegen.yml": CONFIG, **made}).build().folder


def compare(visit: Visit, site: Path, numbers: str, **options: object) -> Page:
    query = "&".join(f"case=c{n}" for n in numbers)
    page = visit(f"{site.as_uri()}/compare.html?{query}", **options)
    expect(page.locator("[data-compare-table]")).not_to_have_attribute("aria-busy", "true")
    return page


def test_what_the_cases_share_comes_first_with_bars_and_the_rest_is_folded_by_case(
    visit: Visit, four: Path
) -> None:
    page = compare(visit, four, "01")
    shared = page.locator(".shared tr:not(.group)")
    assert shared.locator("th").all_inner_texts() == ["培训人数", "带动、受益农户"]
    widths = [float(bar.get_attribute("width") or 0) for bar in shared.first.locator("rect").all()]
    assert widths == [500, 1000]
    assert "未填报" not in page.locator(".compare").inner_text()
    folded = page.locator(".alone-of")
    assert folded.count() == 2
    expect(page.locator(".alone").get_by_text("展馆甲")).to_be_hidden()
    folded.first.locator("summary").click()
    expect(page.locator(".alone").get_by_text("展馆甲")).to_be_visible()
    expect(page.locator("[data-compare-bar]")).to_be_hidden()


def test_a_row_that_the_first_cases_lack_is_compared_all_the_same(visit: Visit, four: Path) -> None:
    page = compare(visit, four, "2301")
    row = page.locator(".shared tr").filter(has_text="农户")
    assert [text.split() for text in row.locator("td").all_inner_texts()] == [
        ["未填报"], ["未填报"], ["5户", "受益户数"], ["6户", "受益户数"],
    ]  # fmt: skip


def test_a_figure_leads_to_its_sentence(visit: Visit, four: Path) -> None:
    page = compare(visit, four, "01", viewport=PHONE)
    page.locator(".shared a").first.click()
    assert page.locator(".evidence:target").inner_text().startswith("培训100人")


def test_short_titles_stay_in_sight_and_end_no_line_inside_a_word(visit: Visit, four: Path) -> None:
    page = compare(visit, four, "01", viewport=PHONE)
    titles = page.locator(".compare thead a")
    assert titles.all_inner_texts() == ["千亩茶园里的夜校", TITLES[1]]
    page.evaluate("scrollTo(0, document.querySelector('.shared').offsetTop + 200)")
    page.wait_for_function("scrollY > 100")
    assert titles.first.bounding_box()["y"] >= 0  # type: ignore[index]
    # Every word of the long title stands in one line.
    broken = page.locator(".compare td .words").first.evaluate(
        """title => {
            const range = document.createRange();
            return [...title.childNodes].filter((node) => {
                if (node.nodeType !== 3) return false;
                range.selectNodeContents(node);
                return range.getClientRects().length > 1;
            }).map((node) => node.data);
        }"""
    )
    assert broken == []


def test_short_titles_that_begin_alike_tell_where_they_differ(visit: Visit, tmp_path: Path) -> None:
    series = "教育服务乡村振兴典型实践选编，"
    ends = ("茶园里的夜校", "茶园外的集市")
    made = {f"cases/c{n}.md": case_text(series + end) for n, end in enumerate(ends)}
    site = Project(tmp_path).write({"casegen.yml": CONFIG, **made}).build().folder
    titles = compare(visit, site, "01").locator(".compare thead a").all_inner_texts()
    assert titles == ["…里的夜校", "…外的集市"]


def test_the_beginning_that_places_share_is_said_once(visit: Visit, four: Path) -> None:
    page = compare(visit, four, "01")
    assert "陕西省咸阳市旬邑县、淳化县；西安市长安区" in page.locator(".compare").inner_text()


def test_a_phone_shows_two_of_four_cases_and_paper_all(visit: Visit, four: Path) -> None:
    page = compare(visit, four, "0123", viewport=PHONE)
    heads = page.locator(".compare thead th:visible")
    expect(page.locator(".in-sight .button")).to_have_count(4)
    assert heads.all_inner_texts() == ["千亩茶园里的夜校", TITLES[1]]
    page.get_by_role("button", name=TITLES[3]).click()
    assert heads.all_inner_texts() == [TITLES[1], TITLES[3]]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.emulate_media(media="print")
    expect(heads).to_have_count(4)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(heads).to_have_count(4)
    expect(page.get_by_role("button", name=TITLES[3])).to_be_hidden()


def test_what_is_chosen_on_one_site_is_not_chosen_on_its_neighbour(
    visit: Visit, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    for name, slugs in (("one", "ab"), ("two", "bc")):
        made = {f"cases/{slug}.md": case_text(f"第{slug}篇") for slug in slugs}
        written = Project(tmp_path / name).write({"casegen.yml": CONFIG, **made})
        written.build(output=tmp_path / "host" / name)
    page = visit(serve(tmp_path / "host") + "one/cases.html")
    for slug in "ab":
        page.locator(f"#results [data-compare={slug}]").click()
    bar = page.locator("[data-compare-bar]")
    expect(bar).to_be_visible()
    page.goto(page.url.replace("/one/", "/two/"))
    expect(page.locator("#results [data-compare]").first).to_be_visible()
    expect(bar).to_be_hidden()
    page.goto(page.url.replace("/two/", "/one/"))
    expect(bar).to_be_visible()
