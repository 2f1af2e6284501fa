"""sentence: where the sentences of a Chinese text begin and end.

Secret: the marks that end a sentence, and the quotes and brackets that hold one together.
Not here: Markdown (body) and what a sentence says (quantity, rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"\n|[。！？；!?;]+")
_CLOSER = {
    "（": "）", "(": ")", "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉",
    "【": "】", "〔": "〕", "[": "]", "［": "］",
}  # fmt: skip
_OPENER = {closer: opener for opener, closer in _CLOSER.items()}
_BRACKET = re.compile("[" + re.escape("".join((*_CLOSER, *_OPENER, '"'))) + "]")
# A stop before the end of a title belongs to the title.
_CLOSES_AFTER_STOP = frozenset(_OPENER) - set("》〉")
_NEVER_FIRST = frozenset("，、：。；！？,.:;!?…")
# Characters of a quotation that still reads as part of one sentence; longer ones are cut.
_LONGEST_PAIR = 120
# What nobody ends in so many characters is cut at a comma: each figure is read with its sentence.
_LONGEST = 1000
_PAUSES = "，、： "
# How many open brackets a closing one may skip to find its partner.
_PATIENCE = 4


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a block, in code points, without spaces around it.

    A sentence ends at 。！？； or !?; with the quotes and brackets that close right after it, and
    at a line break; not within a pair of quotes or brackets (up to 120 characters), and not at
    a Latin mark inside a word or address. Runs without a letter or digit are left out. One of
    over 1,000 characters is cut at its commas.
    """
    pairs, closing = _find_pairs(text)
    start = nearest = 0
    for match in _END.finditer(text):
        end = match.end()
        if match[0] != "\n":
            while end < len(text) and (text[end] in _CLOSES_AFTER_STOP or end in closing):
                end += 1
            while nearest < len(pairs) and pairs[nearest][1] < match.start():
                nearest += 1
            held = nearest < len(pairs) and pairs[nearest][0] < match.start()
            if held and pairs[nearest][1] >= end:
                continue
            if end < len(text) and not _may_end(match[0], text[end]):
                continue
        yield from _trim_sentence(text, start, end)
        start = end
    yield from _trim_sentence(text, start, len(text))


def _may_end(marks: str, following: str) -> bool:
    """Return whether a sentence may end between these marks and the character that follows."""
    if following in _NEVER_FIRST:
        return False
    return not marks.isascii() or not following.isascii() or following.isspace()


def _trim_sentence(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        most = start + _LONGEST
        cut = max(text.rfind(mark, start, most) for mark in _PAUSES) + 1 or most
        yield from _trim_sentence(text, start, cut)
        start = cut
    sentence = text[start:end]
    if any(char.isalnum() for char in sentence):
        left = len(sentence) - len(sentence.lstrip())
        yield start + left, start + len(sentence.rstrip())


def _find_pairs(text: str) -> tuple[list[tuple[int, int]], set[int]]:
    """Yield the outermost short pairs in order, and where a straight quotation mark closes."""
    found: list[tuple[int, int]] = []
    closing: set[int] = set()
    stack: list[int] = []
    for match in _BRACKET.finditer(text):
        at, char = match.start(), match[0]
        opener = _OPENER.get(char)
        if char == '"' and any(text[place] == '"' for place in stack[-_PATIENCE:]):
            opener = '"'
            closing.add(at)
        if opener is None:
            stack.append(at)
            continue
        for depth in range(1, min(_PATIENCE, len(stack)) + 1):
            if text[stack[-depth]] == opener:
                begin = stack[-depth]
                del stack[-depth:]
                if at - begin <= _LONGEST_PAIR:
                    while found and found[-1][0] > begin:
                        found.pop()
                    found.append((begin, at))
                break
    return found, closing
