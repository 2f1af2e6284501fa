"""Where a link leads: the body's judge of addresses and the project's agree on every one."""

import pytest

from casegen.body.link_kinds import find_kind
from casegen.body.prose import parse_body
from casegen.collection.references import (
    Body,
    Kind,
    Lead,
    read_aliases,
    read_cover,
    read_output_path,
    resolve_link,
)
from casegen.source.schema import Faults


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("https://example.com/", Kind.OUTSIDE),
        ("\u3000https://example.com/", Kind.OUTSIDE),
        (" https://example.com/ ", Kind.OUTSIDE),
        ("HTTPS://example.com/", Kind.OUTSIDE),
        ("mailto:a@example.com", Kind.OUTSIDE),
        ("tel:010-12345678", Kind.OUTSIDE),
        ("//example.com/a.png", Kind.FORBIDDEN),
        ("\\\\server\\a.png", Kind.FORBIDDEN),
        ("javascript:alert(1)", Kind.FORBIDDEN),
        ("java\x01script:alert(1)", Kind.FORBIDDEN),
        ("ftp://example.com/a", Kind.FORBIDDEN),
        ("C:\\图\\a.png", Kind.UNSAFE),
        ("c:/a.png", Kind.UNSAFE),
        ("../../a.png", Kind.UNSAFE),
        ("/a.png", Kind.UNSAFE),
        (".git/config", Kind.UNSAFE),
        ("a\\b.png", Kind.UNSAFE),
        ("#成效", Kind.PAGE),
        ("?a=b#成效", Kind.PAGE),
        ("a.png", Kind.FILE),
        ("\u3000a.png\u3000", Kind.FILE),
        ("b.md#%E6%88%90%E6%95%88", Kind.FILE),
    ],
)
def test_an_address_leads_where_both_judges_say(href, kind):
    lead = resolve_link(href, "cases/a.md")
    assert lead.kind is kind
    sort = find_kind(href)
    assert (sort == "external") is (kind is Kind.OUTSIDE)
    assert kind is not Kind.FORBIDDEN or sort == "unsafe"
    assert kind is not Kind.FILE or sort == "local"


def test_a_local_address_is_followed_from_its_file_with_escapes_undone():
    assert resolve_link("../图/%E4%BA%95.jpg?x=1#甲", "cases/x/index.md") == Lead(
        Kind.FILE, "cases/图/井.jpg", "甲"
    )


def rules_of(body: str) -> list[tuple[str, int, int]]:
    faults = Faults("cases/a.md", {})
    Body("cases/a.md", 10, parse_body(body)).references(faults)
    return [(p.rule, p.where.line, p.where.column) for p in faults.problems]


def test_an_address_that_no_page_links_to_is_reported_once():
    assert rules_of("[甲](javascript:x) [乙](//example.com)") == [
        ("unsafe-link", 10, 5),
        ("unsafe-link", 10, 23),
    ]


def test_a_full_width_space_before_an_address_is_no_fault():
    assert rules_of("[外站](\u3000https://example.com/)") == []


def test_a_link_to_a_heading_that_is_not_there_is_reported_with_the_nearest():
    assert rules_of("## 主要做法\n\n[看](#主要作法)\n") == [("missing-anchor", 12, 5)]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("old/page.html", "old/page.html"),
        ("/old/", "old/index.html"),
        ("旧/甲.html", "旧/甲.html"),
        ("a/../b.html", None),
        ("con/a.html", None),
        ("a/aux.html", None),
        ("a:b.html", None),
        ("a/b. ", None),
        (".git/a.html", None),
    ],
)
def test_an_alias_is_a_path_that_every_host_can_write(written, path):
    assert read_output_path(written) == path


def test_a_cover_on_another_host_is_left_out_with_a_reason():
    faults = Faults("cases/a.md", {("cover",): (5, 8)})
    assert read_cover("https://example.com/a.jpg", faults) == ""
    assert [(p.rule, p.where.line) for p in faults.problems] == [("ignored-field", 5)]


@pytest.mark.parametrize(
    ("href", "hint"),
    [
        ("images\\甲.jpg", "写成 images/甲.jpg"),
        (".\\甲.jpg", "写成 ./甲.jpg"),
        ("D:\\照片\\甲.jpg", "把文件存到案例旁边，写成 甲.jpg"),
        ("c:/照片/甲.jpg", "把文件存到案例旁边，写成 甲.jpg"),
        ("/cases/甲.jpg", "写成 甲.jpg"),
        ("..\\..\\甲.jpg", "只用项目里的相对路径，各级用 / 隔开，如 images/a.jpg"),
        ("/../甲.jpg", "只用项目里的相对路径，各级用 / 隔开，如 images/a.jpg"),
        ("/.git/甲.jpg", "只用项目里的相对路径，各级用 / 隔开，如 images/a.jpg"),
        ("/关于.html", "只用项目里的相对路径，各级用 / 隔开，如 images/a.jpg"),
        ("/甲", "只用项目里的相对路径，各级用 / 隔开，如 images/a.jpg"),
    ],
)
def test_the_hint_for_a_path_that_no_page_can_use_is_a_path_that_is_accepted(href, hint):
    faults = Faults("cases/a.md", {})
    assert read_cover(href, faults) == ""
    [problem] = faults.found
    assert (problem.rule, problem.hint) == ("unsafe-path", hint)


@pytest.mark.parametrize(
    ("alias", "hint"),
    [
        ("https://old.example.edu.cn/a/b.html?id=1", "写成 a/b.html"),
        ("../a.html", "写旧网页在网站里的路径，各级用 / 隔开，如 old/page.html"),
    ],
)
def test_the_hint_for_an_old_address_is_its_path(alias, hint):
    faults = Faults("cases/a.md", {})
    assert list(read_aliases([alias], faults)) == []
    assert [problem.hint for problem in faults.found] == [hint]
