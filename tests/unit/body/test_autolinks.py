"""autolinks: where a web address in running text begins and ends."""

import pytest
from markdown_it.token import Token

from casegen.body.autolinks import BARE, link_addresses


def read(*texts):
    """Return the pieces of a text: addresses that became links in brackets, the rest as it is."""
    written = []
    for token in link_addresses([Token("text", "", 0, content=text) for text in texts]):
        if token.type == "link_open":
            written.append(f"[{token.attrs['href']}|")
        elif token.type == "link_close":
            written.append("]")
        else:
            written.append(token.content)
    return "".join(written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "见https://example.edu.cn/a，其中",
            "见[https://example.edu.cn/a|https://example.edu.cn/a]，其中",
        ),
        ("(http://example.com/b).", "([http://example.com/b|http://example.com/b])."),
        ("http://example.com/x_(y)", "[http://example.com/x_(y)|http://example.com/x_(y)]"),
        (
            "https://a.cn 和 https://b.cn",
            "[https://a.cn|https://a.cn] 和 [https://b.cn|https://b.cn]",
        ),
        ("没有地址", "没有地址"),
        ("https://", "https://"),
        ("xhttps://example.com", "xhttps://example.com"),
    ],
)
def test_an_address_ends_before_what_no_address_holds(text, expected):
    assert read(text) == expected


def test_an_address_inside_a_link_stays_text():
    inside = Token("text", "", 0, content="https://example.com")
    tokens = [Token("link_open", "a", 1), inside, Token("link_close", "a", -1)]
    assert [token.type for token in link_addresses(tokens)] == ["link_open", "text", "link_close"]


def test_links_of_bare_addresses_are_marked_as_such():
    opened = next(link_addresses([Token("text", "", 0, content="https://example.com")]))
    assert (opened.type, opened.markup) == ("link_open", BARE)
