"""The body of a draft: captions and pictures."""

from __future__ import annotations

import pytest
from docx import Document
from docx.shared import Inches

from importers.test_kept import BODY
from importers.test_word import LONG, picture, saved

PAGE = """\
<html><head><title>椒香满山</title></head><body><h1>椒香满山</h1>
<div id="vsb_content"><p>{body}</p><p><img src="{name}"></p><p align="center">{caption}</p></div>
</body></html>
"""


@pytest.mark.parametrize(
    ("caption", "who"),
    [
        ("图1 村民在棚里采菇（供图：工作队）", "工作队"),
        ("图2 新装的路灯。摄影：张三三", "张三三"),
        ("村民采摘花椒　刘四四 摄", "刘四四"),
    ],
)
def test_a_caption_stays_with_its_picture_and_its_photographer_is_credited(desk, caption, who):
    desk.put("a.png", bytes.fromhex("89504e470d0a1a0a") + b"\0" * 40)
    page = desk.put("页.html", PAGE.format(body=BODY, name="a.png", caption=caption))
    assert desk.run(page).exit_code == 0
    (line,) = [line for line in desk.body().splitlines() if line.startswith("![")]
    assert caption.split("　")[0].split("（")[0].rstrip("。") in line
    assert f"供图: {who}" in desk.fields()


def test_pictures_that_a_table_arranges_come_each_before_its_caption(desk):
    d = Document()
    d.add_paragraph("一村一品立起来")
    d.add_paragraph(LONG)
    table = d.add_table(2, 2)
    for n, color in enumerate(("red", "blue")):
        table.cell(0, n).paragraphs[0].add_run().add_picture(picture(color), width=Inches(1))
        table.cell(1, n).text = ("图1 采收", "图2 晾晒")[n]
    d.add_paragraph(LONG)
    assert desk.run(desk.put("稿.docx", saved(d))).exit_code == 0
    assert desk.body().split("\n\n")[1:3] == [
        '![图1 采收](images/01.png "图1 采收")',
        '![图2 晾晒](images/02.png "图2 晾晒")',
    ]


def test_pictures_in_a_table_of_figures_come_after_it_and_are_told(desk):
    d = Document()
    d.add_paragraph("一村一品立起来")
    d.add_paragraph(LONG)
    table = d.add_table(2, 2)
    for n, text in enumerate(("村", "照片", "步云村")):
        table.cell(n // 2, n % 2).text = text
    table.cell(1, 1).paragraphs[0].add_run().add_picture(picture(), width=Inches(1))
    result = desk.run(desk.put("稿.docx", saved(d)))
    assert "表格里的 1 张图片放到了表格后面" in result.output
    assert desk.body().endswith("| 步云村 |  |\n\n![图 1](images/01.png)")
