"""Lists of values: the box that finds one, and their order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_a_tag_is_found_by_characters_and_by_pinyin_and_the_most_frequent_come_first_when_asked(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "tags.html").as_uri())
    shown = page.locator(".values strong:visible")
    said = page.get_by_role("status")
    everything = shown.all_text_contents()
    assert len(everything) > 20
    box = page.get_by_label("查找标签")
    for typed in ("水苔", "st", "shuitai", "ＳＴ"):
        box.fill(typed)
        expect(shown).to_have_text(["水苔"])
        expect(said).to_have_text("共 1 个")
    box.fill("没有这个")
    expect(said).to_contain_text("没有找到")
    box.fill("")
    expect(shown).to_have_text(everything)
    page.get_by_role("button", name="按篇数").click()
    counts = [int(n) for n in page.locator(".values .count b:visible").all_text_contents()]
    assert counts == sorted(counts, reverse=True)
    page.get_by_role("button", name="按拼音").click()
    expect(shown).to_have_text(everything)
