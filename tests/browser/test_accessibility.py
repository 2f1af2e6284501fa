"""Everyone can read every kind of page: axe, width, size of targets, the keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

pytestmark = pytest.mark.long

# One page of every kind: name in the demonstration.
KINDS = (
    "index.html", "cases.html?q=%E9%A9%BB%E6%9D%91", "regions.html", "tags.html", "metrics.html",
    "compare.html", "compare.html?case=congjiang&case=sanyuan", "preface.html",
    "cases/congjiang.html", "cases/jiugu.html", "categories/industry.html", "regions/guizhou.html",
    "metrics/funds_invested.html",
)  # fmt: skip
RULES = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
    ],
    # Describing every element that passes takes axe longer than finding those that do not.
    "resultTypes": ["violations"],
}  # fmt: skip
# A window has a page without storage before it has ours.
LARGE = "if (location.protocol === 'http:') localStorage.setItem('casegen-large', '1')"

# Links inside running text are exempt (WCAG 2.5.8), as is what is not shown until it has the focus.
SMALL_TARGETS = """() => {
    const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.offsetParent !== null;
    const running = (e) => {
        const block = e.closest("p, li, td, th, dd, figcaption");
        return e.matches("a") && block && [...block.childNodes].some(
            (n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim() !== "");
    };
    const small = [];
    for (const e of document.querySelectorAll("a[href], button, input, select, summary")) {
        if (!shown(e) || e.matches(".skip, .past, .vh, .vh *") || running(e)) continue;
        // The cases of the points stand as rows below: an equivalent target (WCAG 2.5.5).
        if (e.matches(".strip a")) continue;
        const target = e.matches("input[type=checkbox]") ? e.closest("label") : e;
        const box = target.getBoundingClientRect();
        if (box.width < 43.5 || box.height < 43.5) {
            const size = `${Math.round(box.width)}x${Math.round(box.height)}`;
            small.push(`${size} ${target.outerHTML.slice(0, 120)}`);
        }
    }
    return small;
}"""


def violations(page: Page) -> list[str]:
    """What axe objects to, a line each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary'][:300]}"
        for fault in found
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(
    ("manner", "width"),
    [
        ("light", 390),
        ("dark", 1280),
        pytest.param("light", 1280, marks=pytest.mark.full),
        pytest.param("dark", 390, marks=pytest.mark.full),
        pytest.param("large", 390, marks=pytest.mark.full),
        pytest.param("large", 1280, marks=pytest.mark.full),
    ],
)
def test_axe_finds_no_fault_on_any_kind_of_page(
    visit: Visit, serve: Callable[[Path], str], demo_site: Path, manner: str, width: int
) -> None:
    root = serve(demo_site)
    page = visit(
        root + "index.html",
        before=LARGE if manner == "large" else "",
        viewport={"width": width, "height": 900},
        color_scheme="dark" if manner == "dark" else "light",
        bypass_csp=True,
    )
    faults = {}
    # Every kind in one of the two manners that every run has; all in all of them in the full one.
    kinds = KINDS if os.environ.get("CASEGEN_FULL") else KINDS[manner == "dark" :: 2]
    for name in kinds:
        page.goto(root + name)
        expect(page.locator("html.large")).to_have_count(int(manner == "large"))
        if "?" in name:
            expect(page.locator("[aria-busy=true]")).to_have_count(0)
            page.wait_for_load_state("networkidle")
        faults[name] = violations(page)
    assert {name: found for name, found in faults.items() if found} == {}


def in_both_sizes(page: Page) -> Iterator[str]:
    """The page in the usual type and, as the switch sets it, in the large one."""
    for manner in ("normal", "large"):
        page.evaluate(
            "large => document.documentElement.classList.toggle('large', large)", manner == "large"
        )
        yield manner


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_the_small_words_of_a_wide_indicator(
    visit: Visit, serve: Callable[[Path], str], demo_site: Path, scheme: str
) -> None:
    # On a phone the median's word is large type, which needs less contrast.
    page = visit(
        serve(demo_site) + "metrics/funds_invested.html",
        viewport={"width": 1280, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    )
    expect(page.locator(".strip text")).to_be_visible()
    assert violations(page) == []


def test_the_long_totals_of_a_large_collection_fit_a_narrow_phone(
    visit: Visit, serve: Callable[[Path], str], big_site: Path
) -> None:
    root = serve(big_site)
    page = visit(root + "index.html", viewport={"width": 320, "height": 640})
    for name in (
        "index.html",
        "metrics.html",
        "metrics/planting_area.html",
        "categories/industry.html",
        "cases.html?category=industry&category=talent&sort=planting_area&q=%E6%9D%91",
    ):
        page.goto(root + name)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        for manner in in_both_sizes(page):
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, f"{name} ({manner}) is {wide} px wide"
            out = page.evaluate(
                """() => [...document.querySelectorAll("main .qty, main .name")]
                    .filter((e) => e.getBoundingClientRect().right > innerWidth)
                    .map((e) => e.textContent)"""
            )
            assert out == [], (name, manner)


# The widths at which targets are measured in each size of type; in the full suite both in both.
WIDTHS = (
    {"normal": (390, 1280), "large": (390, 1280)}
    if os.environ.get("CASEGEN_FULL")
    else {"normal": (390,), "large": (1280,)}
)


def test_targets_are_44_pixels_at_least_and_no_page_scrolls_sideways_on_the_narrowest_phone(
    visit: Visit, serve: Callable[[Path], str], demo_site: Path
) -> None:
    root = serve(demo_site)
    page = visit(root + "index.html")
    small, wide = {}, {}
    for name in every_kind(demo_site):
        page.goto(root + name)
        for manner in in_both_sizes(page):
            page.set_viewport_size({"width": 320, "height": 640})
            wide[name, manner] = page.evaluate("document.documentElement.scrollWidth")
            for width in WIDTHS[manner]:
                page.set_viewport_size({"width": width, "height": 900})
                small[name, manner, width] = page.evaluate(SMALL_TARGETS)
    assert {where: found for where, found in small.items() if found} == {}
    assert {where: found for where, found in wide.items() if found > 320} == {}


def every_kind(site: Path) -> list[str]:
    """One page of every kind; in the full suite all of them."""
    if not os.environ.get("CASEGEN_FULL"):
        return list(KINDS)
    # 404.html begins every address at the host of base_url, which is not this one.
    pages = set(site.rglob("*.html")) - {site / "404.html"}
    return sorted({*KINDS, *(path.relative_to(site).as_posix() for path in pages)})


# ── the keyboard ──


def focused(page: Page, what: str) -> object:
    return page.evaluate(f"document.activeElement.{what}")


def test_a_case_is_read_by_keyboard_from_the_skip_link_to_the_sentence_behind_a_figure(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri())
    page.keyboard.press("Tab")
    assert focused(page, "className") == "skip"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert focused(page, "className") == "brand"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav.nav') !== null")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert focused(page, "id") == "main"
    # Every stop can be seen, and the walk reaches the figures.
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", focused(page, "outerHTML")
        if page.evaluate("document.activeElement.closest('[data-metric]') !== null"):
            break
    else:
        pytest.fail("no figure by Tab")
    wanted = str(focused(page, "hash"))
    # A reader sees the figure before pressing the key: the page has come to rest.
    page.evaluate(
        """() => new Promise(done => {
          let last = -1
          const look = () => {
            if (scrollY === last) done()
            else { last = scrollY; setTimeout(look, 200) }
          }
          look()
        })"""
    )
    page.keyboard.press("Enter")
    sentence = page.locator(".evidence:target")
    expect(sentence).to_have_count(1)
    expect(sentence).to_be_in_viewport()
    assert sentence.get_attribute("id") == wanted.removeprefix("#")


def test_all_figures_unfold_by_keyboard(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri())
    table = page.locator(".all-metrics table")
    expect(table).to_be_hidden()
    page.locator(".all-metrics summary").focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
