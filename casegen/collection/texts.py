"""texts: which texts of a case are read by those who look for mistakes in wording.

Secret: what of a body is no prose, and which fields are prose.
Not here: mistakes (rules), marks of what is still to be written (chinese.placeholders).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casegen.chinese.placeholders import find_placeholders
from casegen.collection.case import Case
from casegen.collection.case_fields import FIELDS
from casegen.source.schema import Path

BODY: Path = ("body",)
_LABELS = {field.key: field.label for field in FIELDS} | {"body": "正文"}
# Code, destinations, addresses, HTML, comments, definitions of notes and links, rows of CSV.
_NO_PROSE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(`+)(?!`).{0,2000}?(?<!`)\2(?!`)"
    r"|<!--[^<]*(?:<(?!!)[^<]*)*-->"
    r"|(?<=\])\([^()（\s\"]{1,199}）|(?<=\])\([^)\n]{0,199}\)|(?<=[\]】］])\s?（[^)）\n]{0,199}[)）]|<[^<>\n]*>|(?:https?://|www\.)[^\s，。；）]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|^ {0,3}\[[^\]\n]*\]:[^\n]*$"
    r"|^(?: {4}|\t)[^\n]*$"
    r"|^(?:[^,，。；\n]{1,60},){1,2}\d[\d./-]{0,11},[^,，。；\n]{0,200},[^\n]*$",
    re.MULTILINE | re.DOTALL,
)


def list_texts(case: Case) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a case with their keys: fields, then the body without what is no prose.

    A summary is yielded only if an editor wrote it; else it is a copy of the body's beginning.
    """
    yield ("title",), case.title
    if ("summary",) in case.marks:
        yield ("summary",), case.summary
    yield ("institution",), case.institution
    yield from ((("tags", number), tag) for number, tag in enumerate(case.tags))
    for role, names in case.credits:
        yield from ((("credits", role, number), name) for number, name in enumerate(names))
    yield ("source", "name"), case.source.name
    yield BODY, blank_out(case.body)


@lru_cache(maxsize=4)
def blank_out(body: str) -> str:
    """Return a body with all that is no prose replaced by blanks, so that offsets stay valid."""
    return _NO_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)


def label_text(at: Path) -> str:
    """Return the Chinese name of the part of a case that has the text with these keys."""
    return _LABELS[str(at[0])]


def list_unfilled(case: Case) -> Iterator[tuple[str, str]]:
    """Yield each mark of what is still to be written, with the name of the part that has it."""
    for at, text in list_texts(case):
        for first, last in find_placeholders(text):
            yield label_text(at), text[first:last]
