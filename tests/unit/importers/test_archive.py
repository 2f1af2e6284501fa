"""Office files that are opened, and those that are refused."""

import io
import zipfile

import pytest

from casegen.importers.archive import find_chief_part, open_archive
from casegen.problem import CasegenError

MAIN = "word/document.xml"
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/{kind}"'
    ' Target="{target}"{more}/></Relationships>'
)
EXTERNAL = ' TargetMode="External"'


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def test_a_sound_file_is_opened():
    archive = open_archive("稿.docx", packed(**{MAIN: "<x/>"}), MAIN)
    assert archive.read(MAIN) == b"<x/>"
    assert find_chief_part(archive, MAIN) == MAIN


def test_the_archive_itself_says_which_part_holds_the_text():
    files = {
        "word/document2.xml": "<x/>",
        "_rels/.rels": RELATION.format(
            kind="officeDocument", target="/word/document2.xml", more=""
        ),
    }
    archive = open_archive("稿.docx", packed(**files), MAIN)
    assert find_chief_part(archive, MAIN) == "word/document2.xml"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "已损坏"),
        (b"PK\x03\x04", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "加了密码"),
        (b"<html><body>x</body></html>", "其实是网页"),
        (b"{\\rtf1 x}", "其实是 RTF 文件"),
        (packed(**{"xl/workbook.xml": "<x/>"}), "其实是 Excel 文件"),
        (packed(**{"a.txt": "x"}), "里面没有正文"),
        (packed(**{MAIN: "<x/>", "word/vbaProject.bin": "x"}), "带着宏"),
        (packed(**{MAIN: '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "实体声明"),
        (packed(**{MAIN: "<x/>", "a.xml": b"0" * (5 << 20)}), "压缩炸弹"),
        (packed(**{MAIN: "<x/>", **{f"a{n}": "" for n in range(4000)}}), "太多了"),
    ],
)  # fmt: skip
def test_a_file_that_may_do_harm_is_refused_with_the_reason(data, words):
    with pytest.raises(CasegenError, match=words) as caught:
        open_archive("稿.docx", data, MAIN)
    assert "稿.docx" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("kind", "target", "refused"),
    [
        ("attachedTemplate", "https://example.com/t.dotm", True),
        ("attachedTemplate", "\\\\host\\share\\t.dotm", True),
        ("attachedTemplate", "file:///C:/t.dotm", False),
        ("hyperlink", "https://example.com/", False),
    ],
)
def test_only_what_is_fetched_on_opening_from_another_machine_is_refused(kind, target, refused):
    relations = RELATION.format(kind=kind, target=target, more=EXTERNAL)
    data = packed(**{MAIN: "<x/>", "word/_rels/document.xml.rels": relations})
    if refused:
        with pytest.raises(CasegenError, match="别的机器"):
            open_archive("稿.docx", data, MAIN)
    else:
        assert open_archive("稿.docx", data, MAIN).namelist()
