"""The index and the lists of the category pages: filter, count, sort, state in the address."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lists import box, choose, counts, expect_state, settled, show_all, slugs, state, total
from playwright.sync_api import Page, Route, expect
from truth import Filter, Row

from casegen.chinese import pinyin

FACETS = ("category", "region", "year", "institution", "tag")
Visit = Callable[..., Page]
Labels = Mapping[str, Mapping[str, str]]  # facet -> value -> label

EVERY = 1 if os.environ.get("CASEGEN_FULL") else 3  # of the values that have to be looked for
LISTS = {"region": "regions", "year": "years", "institution": "institutions", "tag": "tags"}


@pytest.fixture(scope="module")
def labels(browser, big_site: Path) -> Labels:
    """What each value is called, from the site's own lists of values."""
    page = browser.new_page(java_script_enabled=False)
    found: dict[str, dict[str, str]] = {
        "category": {key: key for key in ("industry", "talent", "culture", "ecology")}
        | {"organization": "organization"}
    }
    for facet, name in LISTS.items():
        page.goto((big_site / f"{name}.html").as_uri())
        rows = page.locator(f".values a[href*='{name}/']").evaluate_all(
            "links => links.map(a => [a.getAttribute('href'), a.querySelector('strong').innerText])"
        )
        found[facet] = {
            href.rpartition("/")[2].removesuffix(".html"): label for href, label in rows
        }
    page.close()
    return found


def value_of(labels: Labels, facet: str, label: str) -> str:
    return next(value for value, known in labels[facet].items() if known == label)


def query(labels: Labels, wanted: Filter, sort: str = "newest") -> str:
    """The address of a filter."""
    pairs = [
        (facet, value_of(labels, facet, label))
        for facet in FACETS
        for label in sorted(wanted.chosen.get(facet, ()))
    ]
    if wanted.words:
        pairs.append(("q", wanted.words))
    if sort != "newest":
        pairs.append(("sort", sort))
    for key, (low, high) in dict(wanted.bounds).items():
        pairs += [(f"min-{key}", f"{low:g}"), (f"max-{key}", f"{high:g}")]
    return "?" + urlencode(pairs)


def agrees(page: Page, labels: Labels, truth: list[Row], wanted: Filter) -> None:
    """Total, cases and the count of every box are those of a plain reading of the files."""
    fitting = [row for row in truth if wanted.fits(row)]
    best = sorted(fitting, key=lambda row: row.rank(wanted.words) if wanted.words else 0)
    assert total(page) == len(fitting)
    assert slugs(page) == [row.slug for row in best][:50]
    for facet in FACETS:
        for value, (count, enabled) in counts(page, facet).items():
            label = labels[facet][value]
            assert (value, count) == (value, wanted.count(truth, facet, label))
            assert enabled == (count > 0 or label in wanted.chosen.get(facet, ()))


# ── counts ──


def test_every_value_of_every_facet_has_the_count_of_the_files(
    visit: Visit, big_site: Path, labels: Labels, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri())
    assert {facet: set(labels[facet].values()) for facet in FACETS} == {
        facet: {label for row in truth for label in row.values[facet]} for facet in FACETS
    }
    everything = Filter({})
    seen = 0
    for facet in FACETS:
        shown = counts(page, facet)
        hidden = {value: label for value, label in labels[facet].items() if value not in shown}
        assert not hidden or len(shown) == 20
        for value, label in list(hidden.items())[::EVERY]:
            page.locator(f"[data-facet={facet}] .facet-find").fill(label)
            expect(box(page, facet, value)).to_be_visible()
            shown[value] = counts(page, facet)[value]
        for value, (count, enabled) in shown.items():
            assert (value, count) == (value, everything.count(truth, facet, labels[facet][value]))
            assert enabled
        seen += len(shown)
    assert seen > 150 // EVERY


def test_a_long_facet_shows_its_twenty_most_frequent_values(
    visit: Visit, big_site: Path, labels: Labels, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri())
    for facet in ("region", "institution", "tag"):
        shown = [count for count, _ in counts(page, facet).values()]
        everything = [Filter({}).count(truth, facet, label) for label in labels[facet].values()]
        assert sorted(shown, reverse=True) == sorted(everything, reverse=True)[:20]


def combinations(truth: list[Row]) -> list[Filter]:
    """Ten filters of several kinds at once, most of which find something."""
    dice = random.Random(7)
    found: list[Filter] = []
    while len(found) < 10:
        models = dice.sample(truth, 2)
        facets = dice.sample(FACETS, dice.choice((1, 2, 2, 3)))
        chosen = {f: frozenset(dice.choice(sorted(m.values[f])) for m in models) for f in facets}
        words = dice.choice(("", "", models[0].title[:2], f"{models[0].text[-2:]} 学院"))
        key = dice.choice(("", "planting_area", "sales_income"))
        bounds = {key: (dice.choice((0, 500, 20_000)), dice.choice((2_000, 3e6)))} if key else {}
        wanted = Filter(chosen, words, bounds)
        if any(wanted.fits(row) for row in truth) or len(found) == 9:
            found.append(wanted)
    return found


def test_ten_combined_filters_find_and_count_what_the_files_hold(
    visit: Visit, big_site: Path, labels: Labels, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri())
    for wanted in combinations(truth):
        page.goto((big_site / "cases.html").as_uri() + query(labels, wanted))
        agrees(page, labels, truth, wanted)


def test_clicking_finds_and_counts_what_the_files_hold(
    visit: Visit,
    any_address: Callable[[Path], str],
    big_site: Path,
    labels: Labels,
    truth: list[Row],
) -> None:
    page = visit(any_address(big_site) + "cases.html")
    year = "2021"
    choose(page, "category", "industry")
    agrees(page, labels, truth, Filter({"category": frozenset({"industry"})}))
    choose(page, "category", "talent")
    both = frozenset({"industry", "talent"})
    agrees(page, labels, truth, Filter({"category": both}))
    choose(page, "year", year)
    agrees(page, labels, truth, Filter({"category": both, "year": frozenset({year})}))
    expect_state(page, ("category", "industry"), ("category", "talent"), ("year", year))
    choose(page, "category", "industry")
    choose(page, "category", "talent")
    choose(page, "year", year)
    agrees(page, labels, truth, Filter({}))
    expect_state(page)


def test_a_category_page_counts_within_its_own_cases(
    visit: Visit,
    any_address: Callable[[Path], str],
    big_site: Path,
    labels: Labels,
    truth: list[Row],
) -> None:
    own = [row for row in truth if "ecology" in row.values["category"]]
    page = visit(any_address(big_site) + "categories/ecology.html")
    assert total(page) == len(own)
    assert slugs(page) == [row.slug for row in own[:50]]
    assert page.locator("#filters input[name=category]").count() == 0
    choose(page, "year", "2019")
    assert page.url.endswith("categories/ecology.html?year=2019")
    wanted = Filter({"year": frozenset({"2019"})})
    assert total(page) == sum(wanted.fits(row) for row in own)
    for facet in FACETS[1:]:
        for value, (count, _) in counts(page, facet).items():
            assert count == wanted.count(own, facet, labels[facet][value])
    title = page.locator("#results [data-case] h3 a").first
    title.click()
    expect(page.locator("article h1")).to_be_visible()


# ── values that find nothing, values beyond the twenty ──


def test_a_value_without_cases_stays_and_is_disabled_until_it_is_chosen_no_more(
    visit: Visit, big_site: Path, labels: Labels, truth: list[Row]
) -> None:
    rare = min(
        labels["institution"],
        key=lambda v: sum(labels["institution"][v] in row.values["institution"] for row in truth),
    )
    years = {
        y
        for row in truth
        if labels["institution"][rare] in row.values["institution"]
        for y in row.values["year"]
    }
    year = next(str(y) for y in range(2015, 2026) if str(y) not in years)
    page = visit((big_site / "cases.html").as_uri() + f"?institution={rare}&year={year}")
    assert total(page) == 0
    expect(box(page, "institution", rare)).to_be_checked()
    assert counts(page, "institution")[rare] == (0, True)
    assert counts(page, "year")[year] == (0, True)
    assert box(page, "year", year).is_visible()
    choose(page, "year", year)
    assert counts(page, "year")[year] == (0, False)
    assert box(page, "year", year).locator("xpath=ancestor::li").is_visible()


def test_values_beyond_the_twenty_are_found_chosen_and_kept(
    visit: Visit, big_site: Path, labels: Labels, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri())
    shown = counts(page, "tag")
    value, label = next((v, name) for v, name in labels["tag"].items() if v not in shown)
    find = page.locator("[data-facet=tag] .facet-find")
    find.fill(label)
    choose(page, "tag", value)
    expect_state(page, ("tag", value))
    agrees(page, labels, truth, Filter({"tag": frozenset({label})}))
    find.fill("没有这样的标签")
    expect(box(page, "tag", value)).to_be_checked()
    assert page.locator("#filters input[name=tag]:visible").count() == 1
    find.fill("")
    assert set(counts(page, "tag")) == {*shown, value}


def test_nothing_found_says_what_would_be_found_without_one_choice(
    visit: Visit, big_site: Path, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri() + "?category=culture&q=此处无此词")
    assert total(page) == 0
    expected = Filter({"category": frozenset({"culture"})})
    n = sum(expected.fits(row) for row in truth)
    way = page.locator("#results .empty button", has_text=f"{n} 篇")
    way.click()
    expect_state(page, ("category", "culture"))
    assert total(page) == n
    assert page.locator("#results .empty").is_hidden()


def test_chips_take_single_choices_back_and_all_at_once(visit: Visit, big_site: Path) -> None:
    page = visit(
        (big_site / "cases.html").as_uri()
        + "?category=culture&year=2020&year=2021&q=县&min-planting_area=10&sort=title"
    )
    chips = page.locator(".chips button")
    settled(page)
    assert chips.count() == 6
    page.locator(".chips button", has_text="2020").click()
    expect_state(
        page,
        ("category", "culture"),
        ("year", "2021"),
        ("q", "县"),
        ("sort", "title"),
        ("min-planting_area", "10"),
    )
    chips.last.click()
    expect_state(page, ("sort", "title"))
    expect(page.locator(".chips")).to_be_hidden()
    assert page.locator("input[name=q]").input_value() == ""


# ── the address ──


def test_back_and_forward_restore_the_state(
    visit: Visit, address: Callable[[Path], str], big_site: Path, truth: list[Row]
) -> None:
    page = visit(address(big_site) + "cases.html")
    first = slugs(page)
    choose(page, "category", "talent")
    talent = slugs(page)
    choose(page, "year", "2018")
    page.go_back()
    expect_state(page, ("category", "talent"))
    assert slugs(page) == talent
    expect(box(page, "category", "talent")).to_be_checked()
    expect(box(page, "year", "2018")).not_to_be_checked()
    page.go_back()
    expect_state(page)
    assert slugs(page) == first
    expect(box(page, "category", "talent")).not_to_be_checked()
    page.go_forward()
    page.go_forward()
    expect_state(page, ("category", "talent"), ("year", "2018"))
    wanted = Filter({"category": frozenset({"talent"}), "year": frozenset({"2018"})})
    assert total(page) == sum(wanted.fits(row) for row in truth)


def test_a_shared_address_shows_what_the_sender_saw(
    visit: Visit, any_address: Callable[[Path], str], big_site: Path
) -> None:
    sender = visit(any_address(big_site) + "cases.html")
    choose(sender, "category", "ecology")
    choose(sender, "region", "gansu")
    sender.locator("select[name=sort]").select_option("title")
    sender.locator("input[name=q]").fill("县")
    expect_state(
        sender, ("category", "ecology"), ("region", "gansu"), ("q", "县"), ("sort", "title")
    )
    receiver = visit(sender.url)
    assert total(receiver) == total(sender)
    assert slugs(receiver) == slugs(sender)
    for facet in FACETS:
        assert counts(receiver, facet) == counts(sender, facet)
    assert receiver.locator("input[name=q]").input_value() == "县"
    assert receiver.locator("select[name=sort]").input_value() == "title"


def test_what_an_address_says_of_unknown_things_is_ignored(
    visit: Visit, big_site: Path, truth: list[Row]
) -> None:
    page = visit(
        (big_site / "cases.html").as_uri()
        + "?category=nothing&category=talent&region=&colour=red&sort=size&min-planting_area=viel"
    )
    wanted = Filter({"category": frozenset({"talent"})})
    assert total(page) == sum(wanted.fits(row) for row in truth)
    choose(page, "year", "2022")
    expect_state(page, ("category", "talent"), ("year", "2022"))


def test_typing_searches_the_whole_case(visit: Visit, big_site: Path, truth: list[Row]) -> None:
    page = visit((big_site / "cases.html").as_uri())
    field = page.locator("input[name=q]")
    for words in ("贵州 刺梨", "开放大学", "章程改了"):
        field.fill(words)
        expect_state(page, ("q", words))
        assert total(page) == sum(Filter({}, words).fits(row) for row in truth)
    page.go_back()
    expect_state(page)  # a run of typing is one step
    field.fill("ＫＡＩＸ")
    field.press("Enter")
    expect_state(page, ("q", "ＫＡＩＸ"))
    assert total(page) == 0


def test_bounds_are_in_base_units_and_may_be_typed_as_people_do(
    visit: Visit, big_site: Path, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri())
    low = page.locator("input[name=min-planting_area]")
    low.fill("１,０００")
    low.press("Enter")
    expect_state(page, ("min-planting_area", "1000"))
    assert total(page) == sum(row.numbers.get("planting_area", 0) >= 1000 for row in truth)
    exact = max(row.numbers.get("planting_area", 0) for row in truth)
    low.fill(f"{exact:g}")
    low.press("Enter")
    expect_state(page, ("min-planting_area", f"{exact:g}"))
    assert total(page) == sum(row.numbers.get("planting_area", 0) == exact for row in truth) > 0
    low.fill("许多")
    low.press("Enter")
    expect_state(page)
    expect(low).to_have_attribute("aria-invalid", "true")


# ── order ──


def test_lists_come_newest_first_unless_asked_otherwise(
    visit: Visit, big_site: Path, truth: list[Row]
) -> None:
    page = visit((big_site / "cases.html").as_uri())
    order = page.locator("select[name=sort]")
    expect(order).to_have_value("newest")
    assert slugs(page) == [row.slug for row in truth[:50]]
    order.select_option("title")
    expect_state(page, ("sort", "title"))
    by_title = sorted(truth, key=lambda row: (pinyin.make_sort_key(row.title), row.slug))
    assert slugs(page) == [row.slug for row in by_title[:50]]
    order.select_option("planting_area")
    expect_state(page, ("sort", "planting_area"))
    by_area = sorted(truth, key=lambda row: -row.numbers.get("planting_area", -1))
    assert slugs(page) == [row.slug for row in by_area[:50]]
    order.select_option("order")
    expect_state(page, ("sort", "order"))
    by_editors = sorted(truth, key=lambda row: (row.order is None, row.order or 0))
    assert slugs(page) == [row.slug for row in by_editors[:50]]
    order.select_option("newest")
    expect_state(page)
    assert slugs(page) == [row.slug for row in truth[:50]]


def test_cases_without_the_figure_come_last(visit: Visit, big_site: Path, truth: list[Row]) -> None:
    page = visit((big_site / "cases.html").as_uri() + "?sort=sales_income&year=2017")
    fitting = [row for row in truth if "2017" in row.values["year"]]
    ordered = sorted(fitting, key=lambda row: -row.numbers.get("sales_income", -1))
    assert show_all(page) == [row.slug for row in ordered]
    assert 0 < sum("sales_income" in row.numbers for row in fitting) < len(fitting)


# ── showing ──


def test_cards_come_by_fifties_as_they_come_into_view(
    visit: Visit, any_address: Callable[[Path], str], big_site: Path, truth: list[Row]
) -> None:
    page = visit(any_address(big_site) + "cases.html")
    assert len(slugs(page)) == 50
    expect(page.locator("nav.pager")).to_be_hidden()
    page.evaluate("document.querySelectorAll('#results [data-case]')[49].scrollIntoView()")
    expect(page.locator("#results [data-case]")).to_have_count(100)
    assert slugs(page) == [row.slug for row in truth[:100]]
    links = page.locator("#results [data-case] h3 a")
    links.nth(80).click()
    expect(page.locator("article h1")).to_have_text(truth[80].title)
    page.go_back()
    expect(page.locator("#results [data-case]")).to_have_count(100)
    expect(links.nth(80)).to_be_in_viewport()


def test_bundles_that_come_late_and_in_another_order_leave_the_cards_in_order(
    visit: Visit, big_site: Path, serve: Callable[[Path], str], truth: list[Row]
) -> None:
    page = visit(serve(big_site) + "cases.html")
    held: list[Route] = []
    late = True
    page.route("**/assets/cards-*.js", lambda r: held.append(r) if late else r.continue_())
    page.locator("select[name=sort]").select_option("title")
    for _ in range(200):  # a busy machine asks late
        if len(held) > 5:
            break
        page.wait_for_timeout(50)
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    assert len(held) > 5
    late = False
    for route in reversed(held):
        route.continue_()
    by_title = sorted(truth, key=lambda row: (pinyin.make_sort_key(row.title), row.slug))
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    assert slugs(page) == [row.slug for row in by_title[:50]]


def test_a_later_page_of_the_list_leads_to_the_first_one(
    visit: Visit, any_address: Callable[[Path], str], big_site: Path, truth: list[Row]
) -> None:
    page = visit(any_address(big_site) + "cases-2.html")
    assert slugs(page) == [row.slug for row in truth[50:100]]
    expect(page.locator("nav.pager")).to_be_visible()
    box(page, "category", "organization").locator("xpath=ancestor::label").click()
    page.wait_for_url("**/cases.html?category=organization")
    wanted = Filter({"category": frozenset({"organization"})})
    assert total(page) == sum(wanted.fits(row) for row in truth)


def test_the_default_list_is_the_one_in_the_page(visit: Visit, big_site: Path) -> None:
    page = visit(
        (big_site / "cases.html").as_uri(),
        before="addEventListener('DOMContentLoaded', () => { window.first = "
        "document.querySelector('#results [data-case]'); });",
    )
    assert page.evaluate("window.first === document.querySelector('#results [data-case]')")
    assert state(page) == []
