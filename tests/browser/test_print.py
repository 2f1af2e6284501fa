"""A printed case: what a reader would file."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

Visit = Callable[..., Page]


@pytest.fixture
def printed(visit: Visit, demo_site: Path) -> PdfReader:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri(), color_scheme="dark")
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def text_of(printed: PdfReader) -> str:
    """All that is printed, without the spaces and line ends of the setting.

    Fonts name some glyphs after radicals, which are made the usual characters again.
    """
    text = "".join(page.extract_text() for page in printed.pages)
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_a_printed_case_holds_title_date_address_and_every_figure(printed: PdfReader) -> None:
    text = text_of(printed)
    assert "四坚持五聚焦" in text
    assert "https://example.edu.cn/xczx/cases/congjiang.html" in text
    assert "2021年10月28日" in text
    assert "教育服务乡村振兴案例集" in text
    # The table of all figures is folded on the screen.
    assert "工作经费预算" in text
    assert "预算,在200万元之外" in text


def test_a_printed_case_holds_nothing_that_one_can_only_press(printed: PdfReader) -> None:
    text = text_of(printed)
    for word in ("跳到正文", "大字", "复制引文", "见原文", "上一篇", "下一篇", "加入比较"):
        assert word not in text
    assert "案例地区指标比较" not in text  # the navigation


def test_a_printed_case_is_on_a4(printed: PdfReader) -> None:
    box = printed.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert len(printed.pages) <= 6


def test_a_printed_indicator_keeps_its_bars_and_tiles_and_drops_its_buttons(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "metrics" / "funds_invested.html").as_uri())
    page.emulate_media(media="print")
    for kept in (".bars .stroke rect", ".statements rect", ".strip circle", "#citation"):
        assert page.locator(kept).first.is_visible(), kept
    for dropped in ("[data-copy]", ".downloads", ".onward"):
        assert page.locator(dropped).first.is_hidden(), dropped
    assert page.locator(".tiles").evaluate("e => getComputedStyle(e).breakInside") == "avoid"
