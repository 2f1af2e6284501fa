"""The Markdown copy of a case."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from rendered import BASE


def test_the_markdown_copy_has_title_facts_metrics_and_body_with_links_to_the_site(rich):
    data = rich.files()["cases/water.md"]
    text = data.decode("utf-8")
    assert b"\r" not in data
    assert text.startswith("# 水苔下山\n")
    assert text.endswith("\n")
    for wanted in (
        "某某大学",
        "贵州省",
        "从江县",
        "2019—2021",
        "产业",
        "水苔、合作社",
        "供稿：工作队",
        "编辑：甲处、乙处",
        "校对：丙处",
        "某某大学网",
        f"{BASE}cases/water.html",
        "| 投入资金 | 约200万元 |",
        "[茶园](../cases/tea.html)",
        "[说明](../about.html)",
    ):
        assert wanted in text, wanted
    assert not re.search(r"^---$", text, re.MULTILINE)
    for href in re.findall(r"\]\(([^) ]+)", text):
        if not urlsplit(href).scheme and href != "#":
            assert href.startswith("../"), href
            assert href.removeprefix("../") in rich.files(), href
    assert "草稿" in text
    assert "draft.md" not in text
