"""The band of a whole and its parts: drawn where the figures agree, and only there."""

from __future__ import annotations

import pytest
from projects import case_text

WHOLE = "  - {name: 投入资金, value: 100万元, id: t}\n"


def bands(project, *parts: str) -> list:
    lines = "".join(f"  - {{{part}, part_of: t, split: 用途}}\n" for part in parts)
    front = case_text(body="投入资金100万元。").replace(
        "---\n\n", f"metrics:\n{WHOLE}{lines}---\n\n"
    )
    return project({"cases/a.md": front}).build().page("cases/a.html").select(".split")


def test_parts_that_add_up_are_drawn_largest_first(project) -> None:
    (band,) = bands(project, "name: 修路, value: 40万元", "name: 助学, value: 600000元")
    assert [row.th.text.split()[-1] for row in band.select("tbody tr")] == ["助学", "修路"]
    assert [(rect["x"], rect["width"]) for rect in band.select("rect")] == [
        ("0.0", "596.0"),
        ("600.0", "400.0"),
    ]
    assert "与总额相符" in band.select_one(".footnote").text


@pytest.mark.parametrize(
    "parts",
    [
        ("name: 修路, value: 40万元", "name: 助学, value: 50万元"),
        ("name: 修路, value: 40万元", "name: 助学, value: 60余万元"),
        ("name: 修路, value: 100万元",),
    ],
    ids=["too little", "more than", "one part"],
)
def test_parts_that_do_not_tell_the_whole_are_not_drawn(project, parts) -> None:
    assert bands(project, *parts) == []
