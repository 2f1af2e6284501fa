from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen import filenames


@pytest.mark.parametrize(
    "path",
    ["index.html", "cases/a.html", "旧/长题目.html", "a.b.c", "com10.txt", ".casegen-lock", "é"],
)
def test_a_path_that_every_disk_takes_is_taken(path):
    assert filenames.why_refused(path) == ""


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "相对路径"), ("/a", "相对路径"), ("a//b", "相对路径"), ("a/../b", "相对路径"),
        ("./a", "相对路径"), ("a/", "相对路径"), ("a\\b", "不能有"), ("a:b", "不能有"),
        ("a?.html", "不能有"), ("a\0b", "看不见"), ("a\nb", "看不见"), ("\ud800", "看不见"),
        ("a\u202eb", "看不见"), ("a\u200bb", "看不见"), ("\ue000", "看不见"),
        ("con", "设备"), ("x/AUX.html", "设备"), ("lpt1.txt", "设备"), ("com¹", "设备"),
        ("a.", "结尾"), ("a /b", "结尾"), ("字" * 86, "太长"), ("x" * 256, "太长"),
        ("/".join(["x" * 90] * 10), "太长"),
    ],
)  # fmt: skip
def test_a_path_that_some_disk_refuses_is_refused_with_the_reason(path, said):
    assert said in filenames.why_refused(path)


parts = st.text("conauxlptm19.-_", min_size=1, max_size=8) | st.sampled_from(["con", "lpt1.a"])


@given(st.lists(parts, min_size=1, max_size=4))
def test_a_path_is_refused_just_where_one_of_its_names_is(names):
    refused = any(name in {".", ".."} or filenames.why_unwritable(name) for name in names)
    assert bool(filenames.why_refused("/".join(names))) == refused


@pytest.mark.parametrize(
    ("paths", "clash"),
    [
        (["a.html", "b.html", "c/a.html"], None),
        (["a", "A"], ("a", "A")),
        (["é", "e\u0301"], ("é", "e\u0301")),
        (["a", "a/b"], ("a", "a/b")),
        (["a/b/c", "A"], ("a/b/c", "A")),
        (["a/b", "a/c"], None),
    ],
)
def test_paths_that_cannot_both_be_there_are_found(paths, clash):
    assert filenames.find_clash(paths) == clash
