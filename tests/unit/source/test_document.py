"""The status of a file as it is written."""

import pytest

from casegen.source.document import parse_status
from casegen.source.files import make_document


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("draft", "draft"), (" Draft ", "draft"), ("草稿", "draft"), ("已发布", "published"),
        ("已撤稿", "withdrawn"), ("成稿", ""), (3, ""), (None, ""),
    ],
)  # fmt: skip
def test_a_status_is_read_in_either_language(written, key):
    assert parse_status(written) == key


@pytest.mark.parametrize(
    ("front", "status"),
    [
        ("title: 甲", "published"),
        ("status: 已供稿", "submitted"),
        ("状态: edited", "edited"),
        ("status:", "published"),
        ("status: 成稿", "draft"),
    ],
)
def test_a_file_without_a_status_is_published_and_one_with_an_unknown_word_a_draft(front, status):
    document, _ = make_document("cases/a.md", f"---\n{front}\n---\n正文。\n".encode())
    assert document.status == status
