"""Full-text search: the set a substring test gives, in both modes, and how hits are shown."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from lists import expect_state, settled, slugs, total
from playwright.sync_api import Browser, Locator, Page, Route, expect
from projects import case_text
from truth import Row

from casegen import gathering, project
from casegen.editions.site import search

Visit = Callable[..., Page]
ASK = """async query => {
  const { load } = casegen;
  const parts = JSON.parse(document.getElementById("filters").dataset.parts);
  const search = await load(parts.search, "search");
  const catalog = await load("assets/catalog.js", "catalog");
  const columns = await load(catalog.columns);
  window.engine = window.engine || search.create(catalog, columns);
  const holds = await window.engine.matching(query);
  return columns.slug.filter((_, place) => holds(place)).sort();
}"""


@pytest.fixture(scope="module")
def scanned_site(big_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The thousand with all texts looked through: its pages, and search data without an index."""
    folder = tmp_path_factory.mktemp("scanned") / "site"
    shutil.copytree(big_project / "site", folder)
    made, _ = project.load_project(big_project)
    assert made is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "SCAN", 5000)
        found = list(search.list_search_files(gathering.gather_materials(made).materials.bodies))
    for artifact in found:
        (folder / artifact.path).write_bytes(artifact.render())
    catalog = folder / "assets" / "catalog.js"
    text = re.sub(r"assets/lookup-\w+\.js", found[-1].path, catalog.read_text("utf-8"))
    catalog.write_text(text, "utf-8")
    return folder


def queries(truth: list[Row], count: int) -> list[str]:
    """Drawn at random: words of one to ten characters, numbers, pairs of words, absent ones."""
    chance = random.Random(20_261_122)
    lines = [line for row in truth for line in row.text.split("\n") if len(line) > 12]
    numbers = sorted({n for line in lines for n in re.findall(r"\d[\d,.]*", line)})

    def word() -> str:
        while True:
            line = chance.choice(lines)
            start = chance.randrange(len(line))
            found = line[start : start + chance.randint(1, 10)]
            if found and not re.search(r"\s", found):
                return found

    drawn = [word() for _ in range(count // 2)]
    drawn += [chance.choice(numbers) for _ in range(count // 5)]
    drawn += [f"{word()} {word()}" for _ in range(count // 5)]
    drawn += ["％", "，", "9 9", "没有哪一篇会这样写", "ＡＢＣ", "-"]
    return drawn[:count] if count < len(drawn) else drawn


def holding(truth: list[Row], query: str) -> list[str]:
    return sorted(row.slug for row in truth if row.holds(query))


@pytest.mark.parametrize("mode", ["index", "scan"])
def test_sixty_queries_find_just_the_cases_that_hold_their_words(
    visit: Visit, big_site: Path, truth: list[Row], request: pytest.FixtureRequest, mode: str
) -> None:
    site = big_site if mode == "index" else request.getfixturevalue("scanned_site")
    names = json.dumps(sorted(path.name.partition("-")[0] for path in site.glob("assets/*.js")))
    assert "shard" in names
    page = visit((site / "cases.html").as_uri())
    asked = queries(truth, 66)
    assert sum(bool(holding(truth, query)) for query in asked) > 50
    wrong = {}
    for query in asked:
        found, wanted = page.evaluate(ASK, query), holding(truth, query)
        if found != wanted:
            wrong[query] = (len(found), len(wanted), sorted(set(found) ^ set(wanted))[:3])
    assert wrong == {}


def test_an_address_with_a_query_shows_the_cases_that_hold_it(
    visit: Visit, big_site: Path, truth: list[Row], address: Callable[[Path], str]
) -> None:
    page = visit(address(big_site) + "cases.html?q=" + quote("刺梨 培训"))
    wanted = holding(truth, "刺梨 培训")
    assert total(page) == len(wanted) > 0
    assert set(slugs(page)) <= set(wanted)
    page.goto(address(big_site) + "cases.html?q=" + quote("茶"))
    assert total(page) == len(holding(truth, "茶")) > 0


def test_a_query_narrows_with_all_filters_and_their_counts(
    visit: Visit, big_site: Path, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri() + "?category=talent&q=" + quote("合作社"))
    held = set(holding(truth, "合作社"))
    wanted = [r for r in truth if r.slug in held and "talent" in r.values["category"]]
    assert total(page) == len(wanted)
    year = page.locator("#filters input[name=year][value='2022'] >> xpath=ancestor::label")
    count = sum("2022" in row.values["year"] for row in wanted)
    assert year.locator("[data-count]").inner_text() == str(count)


@pytest.mark.full
@pytest.mark.parametrize("mode", ["index", "scan"])
def test_sixty_queries_by_the_address_say_their_number_and_show_their_cases(
    visit: Visit, big_site: Path, truth: list[Row], request: pytest.FixtureRequest, mode: str
) -> None:
    site = big_site if mode == "index" else request.getfixturevalue("scanned_site")
    page = visit((site / "cases.html").as_uri())
    for query in queries(truth, 66):
        page.goto((site / "cases.html").as_uri() + "?q=" + quote(query))
        wanted = holding(truth, query)
        assert (query, total(page)) == (query, len(wanted))
        assert set(slugs(page)) <= set(wanted)
        assert len(slugs(page)) == min(50, len(wanted))


# ── a small collection, made for the eye ──


@pytest.fixture
def tea(project: Callable[..., object]) -> Path:
    """Four cases that hold 茶叶: in the body, in the title, in the place, in a tag."""
    long = "村里先修路、再引水，" * 12
    made = project(
        {
            "cases/body.md": case_text(
                "修路记",
                f"第一句没有。{long}茶**叶**卖到了省城。最后一句。",
                date="2024-05-01",
                summary="一条路的故事",
                institution="甲大学",
            ),
            "cases/title.md": case_text(
                "茶叶进城", "正文。", date="2023-05-01", summary="概要", institution="乙大学"
            ),
            "cases/place.md": case_text(
                "山里的学校", "正文。", date="2022-05-01", summary="概要", institution="茶叶学院"
            ),
            "cases/tag.md": case_text(
                "新村记", "正文。", date="2024-04-01", summary="概要", tags="[茶叶]"
            ),
        }
    )
    return made.build().folder  # type: ignore[attr-defined, no-any-return]


def test_titles_come_first_then_institutions_and_places_then_the_newest(
    visit: Visit, tea: Path
) -> None:
    page = visit((tea / "cases.html").as_uri() + "?q=" + quote("茶叶"))
    assert slugs(page) == ["title", "place", "body", "tag"]
    settled(page).locator("select[name=sort]").select_option("title")
    expect_state(page, ("q", "茶叶"), ("sort", "title"))
    assert slugs(page) == ["title", "place", "tag", "body"]  # chá shān xīn xiū


def test_the_sentence_with_the_hit_is_shown_and_the_hit_marked(visit: Visit, tea: Path) -> None:
    page = visit((tea / "cases.html").as_uri() + "?q=" + quote("茶叶"))
    hit = settled(page).locator("[data-case=body] .hit")
    assert "卖到了省城。" in hit.inner_text()
    assert hit.inner_text().startswith("…")
    assert len(hit.inner_text()) < 110
    assert hit.locator("mark").all_inner_texts() == ["茶叶"]
    assert page.locator("[data-case=title] h3 mark").all_inner_texts() == ["茶叶"]
    assert page.locator("[data-case=place] .meta mark").all_inner_texts() == ["茶叶"]
    assert page.locator("[data-case=tag] .hit mark").all_inner_texts() == ["茶叶"]
    page.locator("input[name=q]").fill("")
    expect(page.locator("#results mark")).to_have_count(0)


def test_nothing_of_the_search_is_loaded_before_it_is_used(visit: Visit, tea: Path) -> None:
    page = visit("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto((tea / "cases.html").as_uri())
    page.wait_for_load_state("networkidle")
    data = "(lookup|text|shard|initials|columns|words|names)-"
    assert not [name for name in asked if re.match(data, name)]
    page.locator("input[name=q]").fill("省城")
    settled(page)
    expect_state(page, ("q", "省城"))
    assert [name for name in asked if name.startswith("text-")]


def test_latin_letters_also_find_titles_by_their_initials_apart_and_uncounted(
    visit: Visit, tea: Path
) -> None:
    page = visit((tea / "cases.html").as_uri() + "?q=cyj")
    assert total(page) == 0
    assert slugs(page) == []
    links = page.locator(".initials a")
    assert links.all_inner_texts() == ["茶叶进城"]
    links.first.click()
    expect(page.locator("h1")).to_have_text("茶叶进城")


@pytest.mark.parametrize(
    "name", ["index", "cases", "cases/title", "categories/industry", "regions", "metrics"]
)
def test_every_page_has_one_search_box_and_the_slash_leads_to_it(
    visit: Visit, tea: Path, name: str
) -> None:
    page = visit((tea / f"{name}.html").as_uri(), viewport={"width": 390, "height": 844})
    box = page.locator("input[type=search][name=q]")
    expect(box).to_have_count(1)
    page.keyboard.press("/")
    expect(box).to_be_focused()
    box.fill("省城")
    box.press("Enter")
    expect(page.locator("[role=status]").first).to_have_text("共 1 篇")


def test_the_search_key_can_be_switched_off_and_stays_off(visit: Visit, tea: Path) -> None:
    page = visit((tea / "regions.html").as_uri())
    switch = page.locator("[data-search-key]")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("/")
    expect(page.locator("input[name=q]")).not_to_be_focused()
    page.goto((tea / "cases" / "title.html").as_uri())
    page.keyboard.press("/")
    expect(page.locator("input[name=q]")).not_to_be_focused()
    page.locator("[data-search-key]").click()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("input[name=q]")).to_be_focused()


def test_a_lost_file_of_the_search_is_said_and_the_list_stays_usable(
    browser: Browser, tea: Path
) -> None:
    for path in tea.glob("assets/text-*.js"):
        path.rename(path.with_suffix(".gone"))
    page = browser.new_page()
    page.goto((tea / "cases.html").as_uri())
    page.locator("input[name=q]").fill("省城")
    expect(page.locator("#results")).to_contain_text("没能载入")
    page.locator("input[name=q]").fill("")
    assert total(page) == len(slugs(page)) == 4
    page.close()


def test_the_first_hits_are_shown_before_all_texts_are_looked_through(
    visit: Visit, big_site: Path, serve: Callable[[Path], str], truth: list[Row]
) -> None:
    page = visit(serve(big_site) + "cases.html")
    held: list[Route] = []
    passed: list[Route] = []
    released = False

    def hold(route: Route) -> None:
        if released or len(passed) < 12:
            passed.append(route)
            route.continue_()
        else:
            held.append(route)

    page.route("**/assets/text-*.js", hold)
    address = serve(big_site) + "cases.html?q=" + quote("合作社")
    page.goto(address, wait_until="domcontentloaded")
    expect(page.locator("#results mark").first).to_be_visible()
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    early = slugs_now(page)
    released = True
    for route in held:
        route.continue_()
    assert total(page) == len(holding(truth, "合作社"))
    assert slugs(page)[: len(early)] == early


def slugs_now(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#results [data-case]", "cards => cards.map(card => card.dataset.case)"
    )
    return found


def test_a_very_long_query_asks_for_few_files_of_the_index(
    visit: Visit, big_site: Path, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    pasted = re.sub(r"\s|[^\w]", "", truth[0].text)[:2000]
    assert page.evaluate(ASK, pasted) == holding(truth, pasted)
    assert len([name for name in asked if name.startswith("shard-")]) <= 16


@pytest.mark.parametrize(
    ("held", "awaited"),
    [("columns", "words"), ("columns", "lookup"), ("meant", "names"), ("names", "pinyin")],
)
def test_a_query_without_hits_asks_at_once_for_files_that_do_not_wait_for_one_another(
    visit: Visit, big_site: Path, serve: Callable[[Path], str], held: str, awaited: str
) -> None:
    page = visit("about:blank")
    asked: list[str] = []
    waiting: list[Route] = []

    def ask(route: Route) -> None:
        asked.append(route.request.url.rpartition("/")[2].partition("-")[0])
        waiting.append(route)
        if asked[-1] != held or awaited in asked:
            while waiting:
                waiting.pop().continue_()

    page.route(re.compile(f"/assets/{held}-"), ask)
    page.route(re.compile(f"/assets/{awaited}-"), ask)
    page.goto(serve(big_site) + "cases.html?q=zzqx")
    expect(page.locator("#results .empty, .empty").first).to_be_visible()
    assert {held, awaited} <= set(asked)


# ── the way of a reader ──


def test_a_reader_on_a_phone_finds_compares_and_quotes_in_fewer_than_ten_taps(
    browser: Browser, project: Callable[..., object], serve: Callable[[Path], str]
) -> None:
    """Cases on 电商 in 甘肃 with the most people trained: compare two, quote one."""
    places = ("甘肃省/定西市/陇西县", "甘肃省/陇南市/成县", "贵州省/毕节市/赫章县")
    made = project(
        {
            f"cases/c{n:02}.md": case_text(
                f"直播间开到第{n}个村",
                f"{'电商' if n % 2 else '合作社'}办了班，培训{n * 10}人。",
                regions=places[n % 3],
                metrics=f"[培训人数: {n * 10}人]",
            )
            for n in range(1, 25)
        }
    )
    site = made.build().folder  # type: ignore[attr-defined]
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.goto(serve(site) + "index.html")
    taps = 0

    def tap(what: Locator) -> None:
        nonlocal taps
        taps += 1
        what.tap()

    tap(page.locator("input[name=q]"))
    page.keyboard.type("甘肃 电商")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]").first).to_have_text("共 8 篇")
    taps += 2  # a select opens, and one of its entries is chosen
    page.locator("select[name=sort]").select_option("trainees")
    expect_state(page, ("q", "甘肃 电商"), ("sort", "trainees"))
    first, second = slugs(page)[:2]
    assert (first, second) == ("c21", "c19")
    tap(page.locator(f"[data-compare={first}]"))
    tap(page.locator(f"[data-compare={second}]"))
    tap(page.locator("[data-compare-bar] a"))
    heads = page.locator("table.compare thead th a:not(.drop)")
    expect(heads).to_have_count(2)
    tap(heads.first)
    tap(page.locator("[data-copy='#citation']"))
    quoted = page.evaluate("navigator.clipboard.readText()")
    assert page.locator("h1").inner_text().replace("\n", "") in quoted
    assert taps < 10
    context.close()
