from __future__ import annotations

import pytest

from casegen.body.link_kinds import find_kind, mean_outside

UNSAFE = [
    "//example.org/a",
    "\\\\example.org\\a",
    "/\\example.org",
    "\\/example.org",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "/\t/example.org",
    "vbscript:x",
    "data:text/html,x",
    "data:image/png;base64,AA",
    "file:///etc/x",
    "ftp://example.org/a",
    "C:\\稿件\\a.pdf",
]


@pytest.mark.parametrize("href", UNSAFE)
def test_unsafe_destinations_are_told(href: str) -> None:
    assert find_kind(href) == "unsafe"


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("http://example.org", "external"),
        ("HTTPS://example.org", "external"),
        ("mailto:a@example.org", "external"),
        ("tel:12345", "external"),
        ("#成效", "anchor"),
        ("图/一.jpg", "local"),
        ("../a/b.pdf#page=2", "local"),
        ("/a.html", "local"),
        ("附件：一.pdf", "local"),
        ("a/b:c.pdf", "local"),
        ("?q=x", "local"),
        ("", "local"),
    ],
)
def test_other_destinations_have_their_kind(href: str, kind: str) -> None:
    assert find_kind(href) == kind


@pytest.mark.parametrize(
    ("href", "meant"),
    [
        ("www.example.edu.cn/a", "https://www.example.edu.cn/a"),
        ("https：//example.edu.cn/a", "https://example.edu.cn/a"),
        ("http：／／example.edu.cn／a", "http://example.edu.cn/a"),
        ("htp://example.edu.cn", "http://example.edu.cn"),
        ("https//example.edu.cn/a?b=c", "https://example.edu.cn/a?b=c"),
        ("https:/example.edu.cn/a", "https://example.edu.cn/a"),
        ("https://example.edu.cn/a", ""),
        ("http:\\\\example.edu.cn\\a", "http://example.edu.cn/a"),
        ("example.edu.cn/a", "https://example.edu.cn/a"),
        ("bianji@example.edu.cn", "mailto:bianji@example.edu.cn"),
        ("mailto：bianji@example.edu.cn", "mailto:bianji@example.edu.cn"),
        ("010-10000000", "tel:010-10000000"),
        ("tel：010 10000000", "tel:010-10000000"),
        ("2023-2024", ""),
        ("mailto:bianji@example.edu.cn", ""),
        ("www/a.pdf", ""),
        ("http/a.pdf", ""),
        ("a.pdf", ""),
        ("ftp://example.edu.cn/a", ""),
    ],
)
def test_a_web_address_with_a_slip_at_its_beginning_is_known(href: str, meant: str) -> None:
    assert mean_outside(href) == meant
    assert not meant or (find_kind(meant), mean_outside(meant)) == ("external", "")
