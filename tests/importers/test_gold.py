"""Manuscripts of every kind against gold drafts that were written by hand: what should come.

A gold file is the fields that should be found and, below `---`, the body. OPENING, MIDDLE, MONEY
and CLOSING stand for the sentences of `made_word`; a field that is not written should be empty.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from lxml import etree, html

from casegen import importers
from importers import made_word
from importers.made_word import OPENING, WORD, png

GOLD = Path(__file__).parent / "gold"
NAMES = sorted(path.name.removesuffix(".gold") for path in GOLD.glob("*.gold"))
DAY = dt.datetime(2023, 6, 23)  # noqa: DTZ001 - Excel's dates bear no zone
USUAL = {"title": "水苔铺出增收路", "institution": "青石职业学院", "date": "", "source": "",
         "regions": ["甘肃省/定西市/陇西县/菜子镇/步云村"], "credits": {}, "metrics": [],
         "dropped": [], "lost": []}  # fmt: skip


def cases() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    heads = ["案例标题*", "单位", "地区", "日期", "主要做法", "投入资金\n（万元）", "备注"]
    for row in (
        ["青石职业学院帮扶台账"],
        heads,
        ["水苔铺出增收路", "青石职业学院", "陇西县菜子镇步云村", DAY, OPENING, 20, "待补照片"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:G1")
    return saved(book)


def metrics() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    head = ("水苔铺出增收路", "青石职业学院", "甘肃省/定西市/陇西县")
    heads = ["标题", "单位", "地区", "指标名称", "数值", "计量单位"]
    for row in (
        heads,
        [*head, "投入帮扶资金", 20, "万元"],
        [None, None, None, "种植面积", "100余", "亩"],
        [*head, "培训人次", "若干", "人次"],
    ):
        sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


MADE = {**WORD, "cases.xlsx": cases, "metrics.xlsx": metrics}


def source(name: str) -> bytes:
    if name in MADE:
        return MADE[name]()
    content = (GOLD / name).read_bytes()
    return content.decode().encode("gb18030") if "gbk" in name else content


def gold(name: str) -> tuple[dict[str, Any], str]:
    text = (GOLD / f"{name}.gold").read_text("utf-8")
    for word in ("OPENING", "MIDDLE", "MONEY", "CLOSING"):
        text = text.replace(word, getattr(made_word, word))
    head, _, body = f"\n{text}".partition("\n---\n")
    return {**USUAL, **(yaml.load(head, yaml.BaseLoader) or {})}, body.strip()  # noqa: S506


@pytest.mark.parametrize("name", NAMES)
def test_a_manuscript_becomes_the_draft_that_a_hand_would_write_and_nothing_is_lost(name, desk):
    desk.put("pics/red.png", png().getvalue())
    job = importers.Job(importers.find_home(desk.root, needed=True))
    done = importers.import_files(job, [desk.put(name, source(name))], io.BytesIO())
    assert done.refused == []
    (told,) = done.as_json()
    done.write_page(desk.inbox / "报告.html")
    report = html.fromstring((desk.inbox / "报告.html").read_bytes()).text_content()
    compare(name, told, desk.body(), report)
    seen = folded("".join((desk.body(), report, *map(str, told["credits"].values()))))
    pieces = (piece for line in lines(name) for piece in re.split("[。：；）]", line))
    assert [piece for piece in pieces if folded(piece) not in seen] == []


def compare(name: str, told: dict[str, Any], body: str, report: str) -> None:
    wanted, text = gold(name)
    assert body == text
    for key in ("title", "institution", "source", "regions", "credits"):
        assert told[key] == wanted[key], key
    assert told["date"] == (wanted["date"] or None)
    assert [m["raw"] for m in told["metrics"]] == wanted["metrics"]
    assert all(re.sub(r"\s", "", loss) in re.sub(r"\s", "", report) for loss in told["losses"])
    assert sorted(told["losses"]) == sorted(wanted["lost"])
    dropped = ["".join(line.split()) for line in told["dropped"]]
    assert [line for line in wanted["dropped"] if "".join(line.split()) not in dropped] == []


def folded(text: str) -> str:
    shown = text.translate(str.maketrans("²₂", "22"))
    return re.sub(r"[\s\\*|\u00a0\u2011▲△。：；）-]", "", shown)


def lines(name: str) -> Iterator[str]:
    """What readers of a manuscript see, a line, paragraph or cell at a time."""
    content = source(name)
    if name.endswith(".docx"):
        yield from paragraphs(content)
    elif name.endswith(".html"):
        text = content.decode("gb18030" if "gbk" in name else "utf-8")
        for element in html.fromstring(text).iter():
            unseen = element.tag in {"style", "script", "title", "text"}
            hidden = unseen or "none" in element.get("style", "")
            yield from filter(None, ("" if hidden else element.text, element.tail))
    elif name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        for row in sheet.iter_rows(min_row=2 + ("cases" in name), values_only=True):
            yield from (str(cell) for cell in row if cell and not isinstance(cell, dt.datetime))
    elif name.endswith(".csv"):
        for cells in list(csv.reader(io.StringIO(content.decode())))[1:]:
            yield from cells[1:]
    else:
        yield from content.decode().split("\n")


def paragraphs(content: bytes) -> Iterator[str]:
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if re.fullmatch(r"word/(?:document|header\d|footnotes|endnotes|comments)\.xml", part):
                for paragraph in etree.fromstring(archive.read(part)).iter(f"{space}p"):
                    if paragraph.find(f".//{space}p") is None:
                        for piece in paragraph.iter(f"{space}t", f"{space}delText"):
                            yield piece.text or ""
