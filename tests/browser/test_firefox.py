"""A walk in Firefox: filter, read, go along the list, compare; from file:// and over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from firefox import Firefox
from truth import Row

pytestmark = pytest.mark.full

CARDS = "Array.from(document.querySelectorAll('#results [data-case]'), c => c.dataset.case)"
SAID = "document.querySelector('[role=status]').textContent"
SETTLED = "document.getElementById('results').getAttribute('aria-busy') !== 'true'"


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    started = Firefox(tmp_path)
    yield started
    started.close()


def test_a_reader_with_firefox_finds_a_case_and_goes_along_the_list(
    firefox: Firefox, address: Callable[[Path], str], big_site: Path, truth: list[Row]
) -> None:
    root = address(big_site)
    firefox.open(root + "cases.html")
    assert firefox.run(SAID) == f"共 {len(truth)} 篇"
    firefox.press("label:has(> input[name=category][value=ecology])")
    firefox.press("label:has(> input[name=region][value=gansu])")
    firefox.until(f"location.search.includes('region=gansu') && {SETTLED}")
    wanted = [
        row.slug
        for row in truth
        if "ecology" in row.values["category"] and "甘肃省" in row.values["region"]
    ]
    assert len(wanted) > 2
    assert firefox.run(SAID) == f"共 {len(wanted)} 篇"
    assert firefox.run(CARDS) == wanted[:50]

    firefox.press(f"[data-case='{wanted[0]}'] h3 a")
    firefox.until(f"location.pathname.endsWith('/{wanted[0]}.html')")
    firefox.until("!document.querySelector('.way-back').hidden")
    assert "list=" not in firefox.run("location.href")
    firefox.press("nav.neighbours a[rel=next]")
    firefox.until(f"location.pathname.endsWith('/{wanted[1]}.html')")
    firefox.until("!document.querySelector('.way-back').hidden")
    assert "[EB/OL]" in firefox.run("document.getElementById('citation').textContent")
    firefox.press(".way-back a")
    firefox.until("location.pathname.endsWith('/cases.html')")
    firefox.until(f"{SETTLED} && {SAID} === '共 {len(wanted)} 篇'")

    firefox.open(root + f"compare.html?case={wanted[0]}&case={wanted[1]}")
    firefox.until("document.querySelectorAll('table.compare thead th').length === 2")


def test_notes_and_large_type_work_in_firefox(
    firefox: Firefox, address: Callable[[Path], str], big_site: Path
) -> None:
    noted = next(
        path
        for path in sorted(big_site.glob("cases/*.html"))
        if "doc-noteref" in path.read_text("utf-8")
    )
    firefox.open(address(big_site) + f"cases/{noted.name}")
    firefox.press("a[role=doc-noteref]")
    assert firefox.run("document.activeElement.getAttribute('role')") == "dialog"
    firefox.press(".note-box button")
    assert firefox.run("document.activeElement.getAttribute('role')") == "doc-noteref"
    firefox.press("[data-large]")
    assert firefox.run("document.documentElement.classList.contains('large')")
    firefox.press("a.brand")
    firefox.until("location.pathname.endsWith('/index.html')")
    assert firefox.run("document.documentElement.classList.contains('large')")
