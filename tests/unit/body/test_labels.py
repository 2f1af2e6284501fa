"""The ends of labels are markdown-it's, found in few steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel

from casegen.body.labels import find_label_end


def rendered(text, find):
    parser = MarkdownIt("commonmark", {"maxNesting": 100})
    parser.helpers.parseLinkLabel = find
    return parser.render(text)


@given(st.text("[]()!`\\a<>*\n ", max_size=40))
def test_any_brackets_mean_what_they_mean_to_markdown_it(text):
    text += "\n\n[a]: b"
    assert rendered(text, find_label_end) == rendered(text, parseLinkLabel)


@pytest.mark.parametrize(
    "text",
    ["[" * 3000, "[" * 3000 + "]", "![" * 1500, "![" * 1500 + "]", "[甲](" * 1000, "[[甲]" * 1000],
)
def test_each_bracket_costs_a_few_steps(text, monkeypatch):
    parser = MarkdownIt("commonmark", {"maxNesting": 100})
    parser.helpers.parseLinkLabel = find_label_end
    skipped = 0
    skip = parser.inline.skipToken

    def count(state):
        nonlocal skipped
        skipped += 1
        skip(state)

    monkeypatch.setattr(parser.inline, "skipToken", count)
    parser.render(text)
    assert skipped < 2 * len(text)
