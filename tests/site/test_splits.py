"""The band of a whole and its parts: drawn where the figures agree, and only there."""

from __future__ import annotations

import re

import pytest
from projects import case_text

WHOLE = "  - {name: 投入资金, value: 100万元, id: t}\n"


def bands(project, *parts: str) -> list:
    lines = "".join(
        f"  - {{{part}{'' if 'part_of' in part else ', part_of: t, split: 用途'}}}\n"
        for part in parts
    )
    told = "，".join(
        re.sub("name: |, value: ", "", re.sub(", (?:category|id|part_of|split):[^,]*", "", part))
        for part in parts
    )
    front = case_text(body=f"投入资金100万元，其中{told}。").replace(
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


def test_a_part_that_is_split_again_joins_the_band_of_its_whole(project) -> None:
    (band,) = bands(
        project,
        "name: 项目, value: 80万元, category: 组织, id: p",
        "name: 助学, value: 20万元, category: 人才",
        "name: 修路, value: 50万元, category: 生态, part_of: p, split: 去处",
        "name: 养鸡, value: 30万元, category: 产业, part_of: p, split: 去处",
    )
    rows = [row.th.text.split()[-1] for row in band.select("tbody tr")]
    assert rows == ["修路", "养鸡", "助学"]
    assert [rect["class"] for rect in band.select("rect")] == [
        ["cat-ecology"], ["cat-industry"], ["cat-talent"]
    ]  # fmt: skip


def test_a_split_by_source_has_no_category(project) -> None:
    (band,) = bands(project, "name: 自筹, value: 40万元", "name: 专项, value: 60万元")
    assert not [rect for rect in band.select("rect") if rect.get("class")]
    assert not band.select(".mark")


def test_a_part_in_doubt_is_not_drawn(project) -> None:
    lines = WHOLE + "".join(
        f"  - {{name: {name}, value: {value}, part_of: t, split: 用途}}\n"
        for name, value in (("修路", "40万元"), ("助学", "60万元"))
    )
    text = case_text(body="投入资金100万元，其中修路40万元。").replace(
        "---\n\n", f"metrics:\n{lines}---\n\n"
    )
    assert not project({"cases/a.md": text}).build().page("cases/a.html").select(".split")


def test_a_build_names_the_metrics_in_doubt_and_the_page_lists_them_with_the_reason(
    project,
) -> None:
    text = case_text(body="修路3公里。", metrics="[道路长度: 3公里, 投入资金: 5万元]")
    site = project({"cases/a.md": text}).build()
    assert site.outcome.as_json()["left_out"]["doubtful"] == [
        {"slug": "a", "metric": "投入资金", "rules": ["missing-evidence"]}
    ]
    assert any("1 条指标存疑" in line for line in site.outcome.left_out.lines())
    page = site.page("metrics/funds_invested.html")
    assert "正文里没有这个数" in page.select_one("[data-left-out]").text
    assert "另有 1 条存疑未计" in page.text
    assert "每个数字都有出处" not in site.page("index.html").text
