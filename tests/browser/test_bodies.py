"""What bodies hold beside text: galleries, players, drawings in the dark, wide tables on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from projects import CONFIG, Project, case_text
from pypdf import PdfReader

Visit = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
COLUMNS = 14
BODY = f"""\
![甲](a.jpg "采茶。供图：驻村工作队")
![乙](b.jpg "制茶")
![丙](c.jpg)

![采茶的一天](tea.mp4 "采茶的一天")

![村史](history.mp3)

![流程图](flow.png)

两端对齐的一段文字里写着一个网址，https://example.edu.cn/a/very/long/path/to/the/page/of/2023，其中有说明，说明后面还有很长的话。

{"|".join(f"第{n}栏的名称" for n in range(COLUMNS))}
{"|".join("---" for _ in range(COLUMNS))}
{"|".join(f"第{n}栏里写着的话" for n in range(COLUMNS))}
"""


def picture(size: tuple[int, int], kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#508060").save(out, kind)
    return out.getvalue()


@pytest.fixture(scope="module")
def page_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    flow = io.BytesIO()
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(flow, "PNG")
    files = {
        "casegen.yml": CONFIG,
        "cases/tea/index.md": case_text("茶", BODY),
        **{f"cases/tea/{name}.jpg": picture((900, 600), "JPEG") for name in ("a", "b", "c", "tea")},
        "cases/tea/tea.mp4": b"\0" * 64,
        "cases/tea/tea.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\n采茶\n".encode(),
        "cases/tea/history.mp3": b"\0" * 64,
        "cases/tea/flow.png": flow.getvalue(),
    }
    site = Project(tmp_path_factory.mktemp("bodies")).write(files).build()
    return (site.folder / "cases" / "tea.html").as_uri()


def test_four_pictures_stand_two_and_two(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases" / "siji.html").as_uri())
    pictures = page.locator(".gallery > *")
    expect(pictures).to_have_count(4)
    tops = [box["y"] for one in pictures.all() if (box := one.bounding_box())]
    assert tops[0] == tops[1] < tops[2] == tops[3]


def test_pictures_in_a_row_stand_side_by_side_each_with_its_caption(
    visit: Visit, page_address: str
) -> None:
    page = visit(page_address)
    figures = page.locator(".gallery figure")
    boxes = [figure.bounding_box() for figure in figures.all()]
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert len({round(box["x"]) for box in boxes if box}) == 3
    assert "供图：驻村工作队" in figures.first.inner_text()
    figures.nth(1).get_by_role("button").click()
    expect(page.locator("dialog img")).to_have_attribute("alt", "乙")


def test_audio_and_video_wait_to_be_played_with_poster_and_captions(
    visit: Visit, page_address: str
) -> None:
    page = visit(page_address)
    video = page.locator("video")
    assert video.get_attribute("autoplay") is None
    assert video.get_attribute("controls") == ""
    site = Path(page_address.removeprefix("file://")).parent
    assert (site / (video.get_attribute("poster") or "none")).is_file()
    assert (site / (video.locator("track").get_attribute("src") or "none")).is_file()
    assert page.locator("audio").get_attribute("preload") == "none"
    box = page.locator("audio").bounding_box()
    assert box
    assert box["height"] > 30


def test_a_drawing_keeps_a_light_ground_in_the_dark(visit: Visit, page_address: str) -> None:
    page = visit(page_address, color_scheme="dark")
    ground = "e => getComputedStyle(e).backgroundColor"
    assert page.locator(".prose img[alt=流程图]").evaluate(ground) == "rgb(255, 255, 255)"
    assert page.locator(".prose img[alt=甲]").evaluate(ground) == "rgba(0, 0, 0, 0)"


def test_a_line_with_an_address_is_not_torn_and_fits_a_phone(
    visit: Visit, page_address: str
) -> None:
    page = visit(page_address, viewport=PHONE)
    link = page.locator(".prose a.plain")
    assert link.inner_text() == "https://example.edu.cn/a/very/long/path/to/the/page/of/2023"
    assert link.evaluate("e => getComputedStyle(e.closest('p')).textAlign") == "start"
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_wide_table_is_printed_whole(visit: Visit, page_address: str) -> None:
    page = visit(page_address)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 640, "height": 900})  # the text column of A4
    table = page.locator(".prose table")
    assert table.evaluate("e => e.getBoundingClientRect().right <= innerWidth")
    text = "".join("".join(sheet.extract_text() for sheet in printed.pages).split())
    assert "（https" not in text  # an address is not printed again after itself
