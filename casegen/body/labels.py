"""labels: where the label of a link or image ends.

Secret: how few steps that takes. markdown-it's own search walks on from each `[` through the whole
nesting limit, so that 200,000 open brackets took 13 seconds; the answers are the same.
Not here: the rest of the dialect (dialect).
"""

from __future__ import annotations

from bisect import bisect_right

from markdown_it.rules_inline import StateInline

_KEY = "closing_brackets"  # in the parser's environment, which ends with the parse


def find_label_end(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N803, FBT001, FBT002 - the parser's own signature
    """Return the offset of the `]` that closes the `[` at `start`; -1 where there is none."""
    closing = _list_closing(state)
    cache, source, end = state.cache, state.src, state.posMax
    left = bisect_right(closing, end - 1) - bisect_right(closing, start)
    before, level, found = state.pos, 1, -1
    at = start + 1
    # Each open level needs a bracket that closes it.
    while at < end and level <= left:
        character = source[at]
        if character == "]":
            level -= 1
            if level == 0:
                found = at
                break
        following = cache.get(at)
        if following is None:
            state.pos = at
            state.md.inline.skipToken(state)
            following = state.pos
        if following == at + 1:
            level += character == "["
            left -= character == "]"
        else:
            if character == "[" and disableNested:
                break
            left = bisect_right(closing, end - 1) - bisect_right(closing, following - 1)
        at = following
    state.pos = before
    return found


def _list_closing(state: StateInline) -> list[int]:
    """Return the offsets of all `]` of the text that is parsed."""
    known: dict[str, list[int]] = state.env.setdefault(_KEY, {})
    if state.src not in known:
        known[state.src] = [at for at, character in enumerate(state.src) if character == "]"]
    return known[state.src]
