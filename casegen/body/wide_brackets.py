"""wide_brackets: links and images whose brackets are full-width or apart: Markdown reads none.

Secret: which marks are such brackets, and what was meant by them.
Not here: what is said of them (rules.leftover).
"""

from __future__ import annotations

import re

# After ! any address is meant; else it must look like one: 面积[1]（2021年） is no link.
_ANY = r"[^）)\n\[【［]{1,300}"
_ADDRESS = rf"(?=https?:|www\.|[./#]|[^）)\n\[【［]{{1,200}}?(?:/|\.[A-Za-z])){_ANY}"
# Before a wide bracket that closes a half-width one: an address has no brackets, a title may.
_BARE = r"[^()（）\s\"\[【［]{1,300}"
_NAMED = rf"(?=https?:|www\.|[./#]|[^()（）\s\"\[【［]{{1,200}}?(?:/|\.[A-Za-z])){_BARE}"
_TEXT = r"[^\[\]\n]{0,300}"
# The form as written, whether what was meant is sure, and what is wrong. Parts of an image are alt
# and src, those of a link text and href.
WIDE = (
    (
        re.compile(
            rf"!\[(?P<alt>{_TEXT})\]\s?（(?P<src>{_ANY})[）)]"
            rf"|(?<!!)\[(?P<text>{_TEXT})\]\s?（(?P<href>{_ADDRESS})[）)]"
        ),
        True, "括号是全角的",
    ),
    (
        re.compile(
            rf"!\[(?P<alt>{_TEXT})\]\s?\((?P<src>{_BARE})）"
            rf"|(?<!!)\[(?P<text>{_TEXT})\]\s?\((?P<href>{_NAMED})）"
        ),
        True, "括号是全角的",
    ),
    (
        re.compile(
            rf"!\[(?P<alt>{_TEXT})\][ \t\u3000]{{1,9}}\((?P<src>{_BARE})\)"
            rf"|(?<!!)\[(?P<text>{_TEXT})\][ \t\u3000]{{1,9}}\((?P<href>{_NAMED})\)"
        ),
        False, "] 与 ( 之间多了空格",
    ),
    (
        re.compile(
            rf"!【(?P<alt>[^【】\n]{{0,300}})】\s?[（(](?P<src>{_ANY})[）)]"
            rf"|(?<!!)【(?P<text>[^【】\n]{{0,300}})】\s?[（(](?P<href>{_ADDRESS})[）)]"
        ),
        False, "方括号全角",
    ),
    (
        re.compile(
            rf"!［(?P<alt>[^［］\n]{{0,300}})］\s?[（(](?P<src>{_ANY})[）)]"
            rf"|(?<!!)［(?P<text>(?!\^)[^［］\n]{{0,300}})］\s?[（(](?P<href>{_ADDRESS})[）)]"
        ),
        False, "方括号全角",
    ),
)  # fmt: skip
_SIGN = re.compile(r"\][ \t\u3000]{1,9}\(|\]\s?[（(]|[】］]\s?[（(]")


def mean(found: re.Match[str]) -> str:
    """Return what was meant by a match of one of the patterns."""
    if found["src"] is not None:
        return f"![{found['alt']}]({found['src']})"
    return f"[{found['text']}]({found['href']})"


def read_as_meant(body: str) -> str:
    """Return a body with such brackets as they were meant; each line keeps its length."""
    if not _SIGN.search(body):
        return body
    for pattern, _, _ in WIDE:
        body = pattern.sub(lambda found: mean(found).ljust(len(found[0])), body)
    return body
