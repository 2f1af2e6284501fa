"""The order in which a site changes, and what is never done."""

from __future__ import annotations

import pytest

from casegen.publish.manifest import Entry, Manifest
from casegen.publish.plan import Found, describe_plan, draw_plan, is_list, show_size

OLD, NEW = Entry("a" * 64, 10), Entry("b" * 64, 20)


def entries(*paths, entry=NEW):
    return dict.fromkeys(paths, entry)


def test_new_files_go_before_changed_ones_and_removals_come_last():
    manifest = Manifest(
        entries(
            "index.html",
            "cases.html",
            "cases/a.html",
            "cases/gone.html",
            "assets/gone-01234567.css",
            entry=OLD,
        )
    )
    site = entries(
        "index.html",
        "cases.html",
        "cases/a.html",
        "cases/new.html",
        "assets/new-01234567.css",
        "tags/new.html",
    )
    plan = draw_plan(site, manifest, Found())
    assert plan.stages == (
        ("assets/new-01234567.css",),
        ("cases/new.html", "tags/new.html"),
        (),
        ("cases/a.html",),
        ("cases.html",),
        ("index.html",),
    )
    assert plan.removed == ("cases/gone.html", "assets/gone-01234567.css")


def test_the_home_page_comes_last_even_where_it_is_new():
    plan = draw_plan(entries("index.html", "cases/a.html", "sitemap.xml"), Manifest(), Found())
    assert plan.sent == ("cases/a.html", "sitemap.xml", "index.html")
    assert plan.fresh == 3


def test_files_with_the_same_bytes_are_left_alone():
    site = {**entries("a.html"), **entries("b.html", entry=OLD)}
    plan = draw_plan(site, Manifest(entries("a.html", "b.html", entry=OLD)), Found())
    assert plan.sent == ("a.html",)
    assert plan.kept == 1


def test_what_an_unfinished_run_touched_is_sent_again_its_new_files_first():
    manifest = Manifest(
        {},
        frozenset({"cases/a.html", "cases/b.html", "cases/c.html"}),
        frozenset({"cases/b.html", "cases/c.html"}),
    )
    site = entries("cases/a.html", "cases/b.html", "cases/c.html")
    plan = draw_plan(site, manifest, Found(there=frozenset({"cases/a.html", "cases/b.html"})))
    assert plan.stages == ((), ("cases/c.html",), ("cases/b.html",), ("cases/a.html",), (), ())


def test_a_name_that_differs_in_case_only_is_not_removed_lest_the_new_file_go_with_it():
    plan = draw_plan(entries("cases/foo.html"), Manifest(entries("cases/Foo.html")), Found())
    assert plan.removed == ()


@pytest.mark.parametrize("path", [
    "cases.html", "cases-2.html", "categories/industry.html", "categories/industry.xml",
    "regions/gansu.html", "feed.xml", "sitemap.xml", "data/cases.json", "assets/catalog.js",
])  # fmt: skip
def test_what_is_made_of_many_cases_counts_as_a_list(path):
    assert is_list(path)


@pytest.mark.parametrize("path", ["cases/a.html", "cases/a.md", "about.html", "assets/a-1.css"])
def test_what_stands_for_itself_does_not(path):
    assert not is_list(path)


def test_the_plan_is_told_stage_by_stage_in_chinese():
    manifest = Manifest(entries("index.html", "cases/gone.html", entry=OLD))
    site = entries("index.html", "cases/new.html", "keep.html")
    plan = draw_plan(site, manifest, Found(foreign=frozenset({"keep.html"})))
    assert list(describe_plan(plan, site, verbose=True)) == [
        "新增 1 个，更新 2 个，删去 1 个，不变 0 个；共传 60 B",
        "1. 新增页面：1 个，20 B", "   cases/new.html",
        "2. 更新内容：1 个，20 B", "   keep.html（先留存别人的原文件）",
        "3. 首页：1 个，20 B", "   index.html",
        "4. 删去：1 个", "   cases/gone.html",
    ]  # fmt: skip


def test_without_its_list_the_plan_is_short_and_names_only_files_of_others():
    site = entries("index.html", *(f"cases/{n}.html" for n in range(500)), "keep.html")
    plan = draw_plan(site, Manifest(), Found(foreign=frozenset({"keep.html"})))
    said = list(describe_plan(plan, site, verbose=False))
    assert len(said) < 8
    assert "   keep.html（先留存别人的原文件）" in said
    assert "--verbose" in said[-1]


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (5 << 20, "5.0 MB"), (3 << 30, "3072.0 MB")],
)
def test_sizes_are_told_for_people(size, said):
    assert show_size(size) == said
