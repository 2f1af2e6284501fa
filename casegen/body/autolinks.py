"""autolinks: web addresses in running text, without marks around them, as links.

Secret: where such an address ends.
Not here: addresses that are marked as links (destination), HTML (html).

Chinese text follows an address without a blank, so the address ends before the first character that
no address may hold: 见https://example.edu.cn/a，其中… links to /a.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

BARE = "bare"  # the mark-up of these links
_ADDRESS = re.compile(r"(?<![A-Za-z0-9])https?://[A-Za-z0-9](?:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)")
_HOST = re.compile(r"https?://[^/?#]*[A-Za-z0-9]")
_TRAILING = ".,:;!?'*~"


def link_addresses(children: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens of a block; an address in its text that is in no link becomes one."""
    depth = 0
    for child in children:
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type == "text" and not depth and "://" in child.content:
            yield from _cut(child)
        else:
            yield child


def _cut(text: Token) -> Iterator[Token]:
    done = 0
    for found in _ADDRESS.finditer(text.content):
        address = _without_end(found.group())
        if not _HOST.match(address):
            continue
        if found.start() > done:
            yield text.copy(content=text.content[done : found.start()])
        done = found.start() + len(address)
        yield Token("link_open", "a", 1, attrs={"href": address}, markup=BARE, info="auto")
        yield text.copy(content=address)
        yield Token("link_close", "a", -1, markup=BARE, info="auto")
    if done < len(text.content) or not done:
        yield text.copy(content=text.content[done:])


def _without_end(address: str) -> str:
    """Return an address without the stop of the sentence or a closing bracket around it."""
    while address[-1:] in _TRAILING or (
        address.endswith(")") and address.count(")") > address.count("(")
    ):
        address = address[:-1]
    return address
