import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegen import project
from casegen.collection import case_fields, parsing
from casegen.collection.norms import Norms
from casegen.problem import CasegenError, Edit
from casegen.source import files
from casegen.source.document import STATUSES

HEAD = "---\ntitle: 甲\n---\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "casegen.yml").write_text("title: 测试\n", encoding="utf-8")
    (tmp_path / "cases").mkdir()
    return tmp_path


def put(folder, path, content=HEAD):
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def test_cases_are_found_in_any_folder_as_files_and_as_bundles(folder):
    for path in ("cases/b.md", "cases/x/y/a.md", "cases/tea/index.md", "cases/UPPER.MD"):
        put(folder, path)
    documents, problems = files.read_documents(folder)
    assert problems == ()
    assert [document.path for document in documents] == [
        "cases/UPPER.MD",
        "cases/b.md",
        "cases/tea/index.md",
        "cases/x/y/a.md",
    ]


def test_names_that_begin_with_a_mark_are_skipped_files_and_folders_alike(folder):
    for path in ("cases/_a.md", "cases/.b.md", "cases/~$c.md", "cases/_d/e.md", "cases/f.txt"):
        put(folder, path)
    assert files.read_documents(folder) == ((), ())


def test_a_project_without_cases_has_none(folder):
    (folder / "cases").rmdir()
    assert files.read_documents(folder) == ((), ())


def test_pages_stand_in_one_folder_and_need_no_front_matter(folder):
    put(folder, "pages/about.md", "# 关于\n")
    put(folder, "pages/deep/none.md", "# 无\n")
    (page,), problems = files.read_pages(folder)
    assert (page.path, page.body, problems) == ("pages/about.md", "# 关于\n", ())


def test_the_digest_is_of_the_bytes_of_the_file():
    data = HEAD.encode("gb18030")
    document, _ = files.make_document("cases/a.md", data)
    assert document.digest == hashlib.sha256(data).hexdigest()


def test_windows_line_ends_change_neither_lines_nor_body():
    text = "---\ntitle: 甲\ntags: [a、b]\n---\n一\n二\n"
    unix, said = files.make_document("cases/a.md", text.encode())
    windows, said_too = files.make_document("cases/a.md", text.replace("\n", "\r\n").encode())
    assert windows.body == unix.body == "一\n二\n"
    assert said_too == said
    assert windows.marks == unix.marks


def test_a_required_field_written_twice_is_an_error_and_an_optional_one_a_warning():
    text = "---\ntitle: 甲\n标签: [a]\n标题: 乙\ntitle: 乙\n标签: [b]\n---\n"
    _, problems = files.make_document("cases/a.md", text.encode(), required=case_fields.REQUIRED)
    assert [(p.rule, str(p.severity), p.where.line) for p in problems] == [
        ("ambiguous-field", "error", 5),
        ("duplicate-key", "warning", 6),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (HEAD, "published"),
        ("---\n状态: 已撤稿\n---\n", "withdrawn"),
        ("---\nstatus: Draft\n---\n", "draft"),
        ("---\nstatus: 不知道\n---\n", "draft"),
        ('---\ntitle: "甲\nstatus: draft\n---\n', "draft"),
        ("---\nstatus: submitted # 还没有收尾\n\n正文\n", "submitted"),
    ],
)
def test_the_status_is_known_even_where_the_front_matter_is_broken(text, status):
    document, _ = files.make_document("cases/a.md", text.encode())
    assert document.status == status


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX links")
def test_links_that_lead_out_of_the_project_are_refused(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text(HEAD, encoding="utf-8")
    (outside / "secret.png").write_bytes(b"x")
    (folder / "cases" / "link.md").symlink_to(outside / "secret.md")
    (folder / "cases" / "link.png").symlink_to(outside / "secret.png")
    (folder / "cases" / "loop").symlink_to(folder / "cases")
    documents, problems = files.read_documents(folder)
    assert documents == ()
    assert [(p.rule, p.where.path) for p in problems] == [("unsafe-path", "cases/link.md")]
    assert files.find_attachment(folder, "cases/link.png") is None
    with pytest.raises(CasegenError, match="没有文件"):
        files.open_attachment(folder, "cases/link.png")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX links")
@pytest.mark.parametrize("inside", [True, False])
def test_a_folder_of_cases_that_is_a_link_is_read_only_within_the_project(
    folder, tmp_path_factory, inside
):
    elsewhere = folder / "kept" if inside else tmp_path_factory.mktemp("outside") / "cases"
    (folder / "cases").rename(elsewhere)
    (elsewhere / "a.md").write_text(HEAD, encoding="utf-8")
    (folder / "cases").symlink_to(elsewhere)
    documents, problems = files.read_documents(folder)
    assert [document.path for document in documents] == ["cases/a.md"] * inside
    refused = [("unsafe-path", "cases")] * (not inside)
    assert [(p.rule, p.where.path) for p in problems] == refused


@pytest.mark.parametrize("path", ["../casegen.yml", "cases/../../x", "cases", "none.png", "a\0b"])
def test_an_attachment_is_a_file_inside_the_project(folder, path):
    assert files.find_attachment(folder, path) is None


def test_an_attachment_has_its_size_and_digest(folder):
    put(folder, "cases/图.png", b"abc")
    found = files.find_attachment(folder, "cases/图.png")
    assert found == files.Attachment("cases/图.png", 3, hashlib.sha256(b"abc").hexdigest())


@pytest.mark.parametrize(
    ("data", "mended"),
    [
        ("甲，乙\n丙,丁\n".encode(), "甲，乙\n丙，丁\n".encode()),
        ("甲，乙\r\n丙,丁\r\n".encode(), "甲，乙\r\n丙，丁\r\n".encode()),
        (
            b"\xef\xbb\xbf" + "甲，乙\n丙,丁\n".encode(),
            b"\xef\xbb\xbf" + "甲，乙\n丙，丁\n".encode(),
        ),
        ("甲，乙\r\n丙,丁".encode("gb18030"), "甲，乙\r\n丙，丁".encode("gb18030")),
    ],
)
def test_mending_keeps_encoding_mark_and_line_ends(data, mended):
    assert files.apply_edits(data, [Edit(5, 6, "，")]) == (mended, 1)


def test_of_edits_that_overlap_the_first_is_made():
    edits = [Edit(2, 4, "X"), Edit(0, 3, "Y"), Edit(5, 5, "!")]
    assert files.apply_edits(b"abcdef", edits) == (b"Yde!f", 2)


def test_nothing_is_written_outside_the_project(folder):
    with pytest.raises(CasegenError, match="外面"):
        files.write_source(folder, "../a.md", "甲")
    assert not (folder.parent / "a.md").exists()


def test_writing_leaves_no_other_file_behind(folder):
    files.write_source(folder, "cases/new/甲.md", "甲\n", "gb18030")
    assert (folder / "cases/new/甲.md").read_bytes() == "甲\n".encode("gb18030")
    assert [p.name for p in (folder / "cases" / "new").iterdir()] == ["甲.md"]


NORMS = Norms(project.load_vocabulary())
FIELDS = """\
---
title: 甲
标题：乙
institution: 某校
regions: [甘肃省]
date: 2023-05-04
categories: [产业]
metrics:
  - 种植面积: 100亩
  - {name: 甲, value: 3万元, id: a}
  - {name: 乙, value: 1万元, part_of: a, same_as: 乙}
指标: {甲: 3, 乙: [1]}
slug: ../x
credits: {供稿: [甲, {乙: 1}]}
source: {name: 甲, url: 'http://['}
order: 1e9
cover: a\\b.png
aliases: [/, ../x, a/]
waive: {x: }
period: 0000-9999
status: [draft]

# 题
![](%2e%2e/x.png)[^1]
[甲](#乙 '丙') <b>
正文\x08。
"""
LINES = st.sampled_from(FIELDS.splitlines())


@given(st.lists(LINES, max_size=24).map("\n".join).map(str.encode) | st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_case_or_problems_within_the_file(data):
    document, problems = files.make_document("cases/a.md", data)
    parsed = None
    if document is not None:
        assert document.status in STATUSES
        parsed, more = parsing.parse_case(document, NORMS)
        problems += more
        lines = (document.body_line - 1) * ["x" * 10_000] + document.body.split("\n")
        for problem in problems:
            assert 1 <= problem.where.line <= len(lines)
            assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 1
    assert parsed is not None or any(p.severity == "error" for p in problems)


def test_the_demonstration_collection_is_read_without_errors():
    found = project.find_project(Path(__file__).parents[3])
    documents, problems = files.read_documents(found.root)
    assert len(documents) >= 5
    for document in documents:
        parsed, more = parsing.parse_case(document, found.norms)
        problems += more
        assert parsed is not None
    assert [p for p in problems if p.severity == "error"] == []


def test_a_huge_file_is_not_read_and_its_size_is_said(tmp_path):
    (tmp_path / "casegen.yml").write_text("title: 试验\n", "utf-8")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.md").write_bytes(b"a" * 6 * 1024 * 1024)
    data, (problem,) = files.read_file(tmp_path, "cases/a.md")
    assert data == b""
    assert "文件有 6.0 MB，超过 4 MB 的上限" in problem.message


def test_a_folder_with_the_name_of_a_case_is_told_unless_it_holds_cases(tmp_path):
    for name in ("cases/empty.md", "cases/notes.md/more", "cases/bundle.md"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "cases/notes.md/more/a.txt").write_text("x")
    (tmp_path / "cases/bundle.md/index.md").write_text("---\ntitle: 甲\n---\n")
    documents, problems = files.read_documents(tmp_path)
    assert [document.path for document in documents] == ["cases/bundle.md/index.md"]
    assert [(p.where.path, p.message) for p in problems if p.rule == "unreadable"] == [
        ("cases/empty.md", "读不了：是文件夹，不是文件"),
        ("cases/notes.md", "读不了：是文件夹，不是文件"),
    ]
