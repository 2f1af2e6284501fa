"""The second theme: another institution's look, held to the same promises as the first."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REPOSITORY
from playwright.sync_api import Page, expect
from test_accessibility import violations

Visit = Callable[..., Page]
KINDS = ("index.html", "cases.html", "cases/congjiang.html", "categories/talent.html",
         "regions.html", "metrics.html")  # fmt: skip
OVERRIDDEN = KINDS[:3]  # pages whose templates are the theme's own


def test_it_overrides_three_templates_and_the_card() -> None:
    own = {path.name for path in (REPOSITORY / "themes" / "hetang" / "templates").glob("*.html")}
    basic = {path.name for path in (REPOSITORY / "themes" / "default" / "templates").glob("*.html")}
    assert "card.html" in own
    assert len(own & basic) >= 4


def test_its_card_stands_in_lists_and_in_what_the_filter_shows(
    visit: Visit, second_site: Path
) -> None:
    page = visit((second_site / "cases.html").as_uri())
    cards = page.locator("#results .card")
    expect(cards).to_have_count(18)
    expect(page.locator("#results .card.petal .kind")).to_have_count(18)
    page.locator("input[name=category][value=industry]").check()
    page.locator("input[name=region]").first.check()
    page.wait_for_url("**region=*")
    expect(page.locator(".chips button").first).to_be_visible()
    shown = cards.count()
    assert 0 < shown <= 5
    assert page.locator("#results .card.petal .kind").count() == shown
    bundles = list(second_site.glob("assets/cards-*.js"))
    assert any("petal" in bundle.read_text("utf-8") for bundle in bundles)


def test_its_cards_begin_at_one_height_and_its_rows_are_no_cards(
    visit: Visit, second_site: Path
) -> None:
    page = visit((second_site / "cases.html").as_uri())
    cards = page.locator("#results .card")
    lefts = {round(box["x"]) for one in cards.all()[:4] if (box := one.bounding_box())}
    assert len(lefts) == 1
    page.get_by_role("button", name="卡片").click()
    expect(cards.first.locator("img")).to_be_visible()
    first, second = cards.nth(0).bounding_box(), cards.nth(1).bounding_box()
    assert first
    assert second
    assert first["y"] == second["y"]
    assert first["x"] < second["x"]


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("dark", 390),
        pytest.param("light", 1280, marks=pytest.mark.full),
        pytest.param("light", 390, marks=pytest.mark.full),
        pytest.param("dark", 1280, marks=pytest.mark.full),
    ],
)
def test_axe_finds_no_fault_in_the_second_theme(
    visit: Visit, serve: Callable[[Path], str], second_site: Path, scheme: str, width: int
) -> None:
    root = serve(second_site)
    page = visit(
        root + "index.html",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    )
    faults = {}
    for name in KINDS if os.environ.get("CASEGEN_FULL") else OVERRIDDEN:
        page.goto(root + name)
        faults[name] = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} px wide"
    assert {name: found for name, found in faults.items() if found} == {}


def test_it_prints_in_black_on_white_whatever_its_own_colours(
    visit: Visit, second_site: Path
) -> None:
    page = visit((second_site / "index.html").as_uri(), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for name in (".front h1", ".tally-board .qty", ".tiles a b", ".petals .qty, .petals b"):
        colour = page.locator(name).first.evaluate("e => getComputedStyle(e).color")
        assert colour == "rgb(0, 0, 0)", name
    for name in (".front", ".tally-board li", "body"):
        ground = page.locator(name).first.evaluate("e => getComputedStyle(e).backgroundColor")
        assert ground in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}, name


def test_in_large_type_category_and_years_are_not_broken_and_figures_keep_their_margin(
    visit: Visit, second_site: Path
) -> None:
    phone = {"width": 390, "height": 844}
    page = visit((second_site / "cases.html").as_uri() + "?large=1", viewport=phone)
    for part in page.locator(".kind > span").all():
        assert part.evaluate("e => e.getClientRects().length") == 1
        assert part.evaluate("e => e.scrollHeight") < 40
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((second_site / "cases" / "congjiang.html").as_uri() + "?large=1")
    for leaf in page.locator(".figures-grid li").all():
        outer, inner = leaf.bounding_box(), leaf.locator(".qty").bounding_box()
        assert outer
        assert inner
        assert inner["x"] - outer["x"] >= 12
