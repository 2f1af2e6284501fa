"""The HTML of a body, written in one go for the tests of tests/unit/body."""

from __future__ import annotations

from collections.abc import Mapping

from casegen.body.prose import read_body
from casegen.body.template import BodyWords, Target

NO_WORDS = BodyWords()


def render_body(
    text: str,
    links: Mapping[str, Target],
    marks: Mapping[int, tuple[str, ...]] | None = None,
    words: BodyWords = NO_WORDS,
) -> str:
    """The HTML of a body, each destination replaced by its target; see `Template.fill`."""
    chosen = marks or {}
    return read_body(text).write_template(chosen).fill(links, chosen, words)
