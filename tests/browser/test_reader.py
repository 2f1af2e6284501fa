"""Chapters of the EPUB on a phone and a tablet, as a reading program shows them."""

from __future__ import annotations

import zipfile

import pytest
from projects import Project, case_text

WORD = "".join(f"Pneumono{at}" for at in range(30))
ADDRESS = "https://example.edu.cn/" + "segment" * 30
LONG_CELL = f"| 名 | {WORD} | 说明 |\n| -- | -- | -- |\n| 甲 | 乙 | 一段很长的说明，占好几行 |"
TABLE = (
    "| 村 | 建档立卡户（户） | 监测户（户） | 边缘户（户） | 梳理问题（个） |\n"
    "| -- | --: | --: | --: | --: |\n| 九股村 | 197 | 8 | 4 | 44 |\n"
)


@pytest.fixture(scope="module")
def chapter(shared):
    """The file of a case with a long word, a long address, a table and figures."""

    def make(root) -> None:
        parts = (f"长词 {WORD} 在文中。", ADDRESS, TABLE, LONG_CELL, "大涨河接待游客超过9000万元。")
        body = "\n\n".join(parts)
        metrics = "[恩施大峡谷春节接待游客收入: 超过9000万元]"
        case = case_text("第一篇", body, metrics=metrics)
        folder = Project(root).write({"casegen.yml": "title: 试验\n", "cases/a.md": case})
        done = folder.start("book", "--format", "epub")
        assert done.exit_code == 0, done.output
        zipfile.ZipFile(root / "book/book.epub").extractall(root / "read")

    return next((shared("epub-chapter", make) / "read").rglob("case-a.xhtml"))


@pytest.mark.parametrize("width", [390, 820])
def test_a_chapter_is_no_wider_than_the_screen_and_short_cells_are_whole(browser, chapter, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(chapter.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for said in ("九股村", "超过9000万元"):
        lines = page.evaluate(
            """said => [...document.querySelectorAll('td')].filter(e => e.textContent === said)
            .map(e => { const range = document.createRange(); range.selectNodeContents(e);
              return new Set([...range.getClientRects()].map(r => Math.round(r.top))).size })""",
            said,
        )
        assert lines == [1]
    page.close()
