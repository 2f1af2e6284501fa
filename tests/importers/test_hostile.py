"""Files that mean harm or are not what they say: refused with a reason, nothing written."""

from __future__ import annotations

import io
import random
import re
import struct
import sys
import zipfile

import pytest

from importers.word_files import docx, p, relations

BODY = p("一村一品立起来") + p("村里建起了合作社，村民人人有活干，日子越过越红火。" * 3)
TEMPLATE = ' TargetMode="External"'


def packed(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def with_lie(data: bytes) -> bytes:
    """The archive with a size of 1 declared for every part."""
    made = bytearray(data)
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", made, at + 24, 1)
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def encrypted(data: bytes) -> bytes:
    made = bytearray(data)
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


ZEROS = b"<x>" + b"0" * (30 << 20)
MANY = {f"word/a{n}.xml": "" for n in range(5000)}


def template(target: str) -> str:
    return relations(("t", "attachedTemplate", target, TEMPLATE))


REMOTE = template("https://evil.example/t.dotm")
PREFIXED = re.sub("<(/?)Rel", r"<\1x:Rel", REMOTE.replace("xmlns=", "xmlns:x="))
STYLES = (("s", "styles", "styles.xml", ""),)
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
CASES = {
    "a bomb": (docx(BODY, {"word/media/a.xml": ZEROS}), "压缩炸弹"),
    "a bomb that lies about its size": (with_lie(docx(BODY, {"word/a.xml": ZEROS})), "没有导入"),
    "too many parts": (docx(BODY, MANY), "太多了"),
    "a macro": (docx(BODY, {"word/vbaProject.bin": b"x"}), "带着宏"),
    "a remote template": (docx(BODY, {"word/_rels/settings.xml.rels": REMOTE}), "别的机器"),
    "a remote template under a prefix": (
        docx(BODY, {"word/_rels/settings.xml.rels": PREFIXED}),
        "别的机器",
    ),
    "a remote template in UTF-16": (
        docx(BODY, {"word/_rels/settings.xml.rels": REMOTE.encode("utf-16")}),
        "别的机器",
    ),
    "a remote template with letters as numbers": (
        docx(BODY, {"word/_rels/settings.xml.rels": REMOTE.replace("https:", "&#104;ttps:")}),
        "别的机器",
    ),
    "a template on a share": (
        docx(BODY, {"word/_rels/settings.xml.rels": template(r"file:///\\evil\t.dotm")}),
        "别的机器",
    ),
    "an entity behind a long comment": (
        docx(BODY, {"word/settings.xml": ENTITY.replace("<!D", f"<!--{'x' * 9000}--><!D")}),
        "实体声明",
    ),
    "relations without end": (
        docx(BODY, {"word/_rels/a.xml.rels": "<a>" + random.Random(1).randbytes(2_200_000).hex()}),
        "压缩炸弹",
    ),
    "an entity": (docx(BODY, {"word/settings.xml": ENTITY}), "实体声明"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "加了密码"),
    "a password on the archive": (encrypted(docx(BODY)), "加了密码"),
    "half a file": (docx(BODY)[:400], "已损坏"),
    "a broken part": (docx("<w:p><w:r>"), "读不了"),
    "a character that XML forbids": (
        docx(BODY, {"word/styles.xml": "<w:styles>\x01</w:styles>"}, STYLES),
        "读不了",
    ),
    "another archive": (packed(a=b"b"), "里面没有正文"),
    "a workbook": (packed(xl__workbook=b"x").replace(b"xl/workbook", b"xl/workbook"), "没有导入"),
    "a web page": (b"<html><body>x</body></html>", "其实是网页"),
    "a text": ("只是文字".encode(), "不是它的后缀"),
    "rich text": (b"{\\rtf1 x}", "RTF"),
    "nothing": (b"", "没有导入"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_with_a_reason_and_nothing_is_written(desk, name):
    content, words = CASES[name]
    result = desk.run(desk.put("稿.docx", content))
    assert result.exit_code == 2, result.output
    assert words in result.output
    assert "改法：" in result.output
    assert result.output.count("没有导入") == 1
    assert list((desk.root / "cases").iterdir()) == []


@pytest.mark.parametrize(
    "target",
    [r"file:///C:\Users\甲\Normal.dotm", "Normal.dotm", r"C:\a.dotm", r"file://C:\a.dotm", "../a"],
)
def test_a_template_of_the_writers_own_machine_is_no_harm(desk, target):
    content = docx(BODY, {"word/_rels/settings.xml.rels": template(target)})
    assert desk.run(desk.put("稿.docx", content)).exit_code == 0


def test_a_bomb_beside_good_files_does_not_stop_them(desk):
    desk.put("a.docx", docx(BODY, {"word/a.xml": ZEROS}))
    desk.put("b.docx", docx(BODY))
    result = desk.run(desk.inbox)
    assert result.exit_code == 1
    assert len(desk.drafts()) == 1


def test_a_workbook_with_an_entity_is_refused(desk):
    content = packed(**{"xl__workbook.xml": ENTITY.encode(), "[Content_Types].xml": b"<x/>"})
    assert desk.run(desk.put("台账.xlsx", content)).exit_code == 2


def test_a_broken_workbook_is_mended_in_the_program_of_workbooks(desk):
    result = desk.run(desk.put("台账.xlsx", docx(BODY)[:400]))
    assert "改法：用 Excel 或 WPS 打开" in result.output


def test_a_link_to_a_device_is_not_read(desk):
    place = desk.inbox / "稿.txt"
    try:
        place.symlink_to("/dev/zero")
    except OSError:
        place.mkdir()
    result = desk.run(place)
    assert result.exit_code == 2


def test_without_the_extra_the_way_to_it_is_told(desk, monkeypatch):
    monkeypatch.setitem(sys.modules, "mammoth", None)
    result = desk.run(desk.put("稿.docx", docx(BODY)))
    assert result.exit_code == 2
    assert "pip install casegen[import]" in result.output
