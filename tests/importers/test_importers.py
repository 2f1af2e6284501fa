"""Importing files: what is read, refused and written."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from casegen.cli import casegen
from importers.test_draft import TEXT
from importers.test_kept import BODY


def test_json_writes_nothing_and_needs_no_collection(desk, tmp_path):
    place = desk.put("水苔.txt", TEXT)
    assert [one["file"] for one in desk.json(place)] == ["水苔.txt"]
    assert desk.drafts() == {}
    bare = CliRunner().invoke(casegen, ["-C", str(tmp_path), "import", "--json", str(place)])
    assert json.loads(bare.stdout)[0]["title"] == "青石职业学院：水苔铺出增收路"


def test_standard_input_is_read_as_text(desk):
    assert desk.run("-", given=TEXT).exit_code == 0
    assert "title: " in desk.draft()


def test_one_bad_file_does_not_stop_the_rest(desk):
    desk.put("水苔.txt", TEXT)
    desk.put("旧.doc", b"\xd0\xcf\x11\xe0")
    result = desk.run(desk.inbox)
    assert result.exit_code == 1
    assert "另存为 .docx" in result.output
    assert len(desk.drafts()) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("稿.wps", b"x", "另存为 .docx"),
        ("稿.rar", b"x", "不认识"),
        ("稿.txt", b"\x00\x01" * 50, "认不出文字编码"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(desk, name, content, words):
    result = desk.run(desk.put(name, content))
    assert result.exit_code == 2
    assert words in result.output
    assert "改法：" in result.output
    assert desk.drafts() == {}


def test_a_missing_file_is_said(desk):
    result = desk.run("没有.txt")
    assert result.exit_code == 2
    assert "找不到 没有.txt" in result.output


def test_a_document_of_another_kind_in_a_folder_is_told(desk):
    desk.put("稿/甲.txt", f"椒香满山富农家\n\n{BODY}\n")
    desk.put("稿/乙.pdf", b"%PDF-1.4")
    desk.put("稿/图.png", b"\x89PNG")
    result = desk.run(desk.inbox / "稿")
    assert "乙.pdf" in result.output
    assert "图.png" not in result.output
    assert len(desk.drafts()) == 1
