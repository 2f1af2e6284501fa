"""Words that a page shows struck out are told; they are read neither as text nor as figures."""

from __future__ import annotations

import pytest

from casegen.importers.struck import hide_struck


@pytest.mark.parametrize(
    "html",
    [
        "<del>六十盏</del>",
        "<s class='old'>六十盏</s>",
        "<STRIKE>六十盏</STRIKE >",
        '<span style="color:red;text-decoration: line-through">六十盏</span>',
        '<font style="text-decoration-line:line-through">六十盏</font>',
        "<del><b>六十</b>盏</del>",
    ],
)
def test_struck_words_are_hidden_and_told(html: str) -> None:
    hidden, told = hide_struck(f"<p>装路灯{html}八十盏</p>")
    assert "六十" not in hidden
    assert "八十盏" in hidden
    assert told == ("划掉的字没有写进正文：“六十盏”，仍有效的请补上",)


def test_the_page_keeps_its_length_so_that_every_offset_stays() -> None:
    html = "<p>装路灯<del>六十盏</del>八十盏</p>"
    hidden, _ = hide_struck(html)
    assert len(hidden) == len(html)
    assert hidden.index("八十盏") == html.index("八十盏")


@pytest.mark.parametrize(
    "html",
    [
        "<p>装路灯六十盏</p>",
        "<p><details>六十盏</details></p>",
        "<p><strong>六十盏</strong><span>八十盏</span></p>",
        '<p><span style="text-decoration:underline">六十盏</span></p>',
        "<p><del>没有结束的标记</p>",
    ],
)
def test_other_words_stay_as_they_are(html: str) -> None:
    assert hide_struck(html) == (html, ())


def test_an_empty_mark_is_not_told() -> None:
    assert hide_struck("<p><del> </del>六十盏</p>")[1] == ()
