from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from casegen.editions.site import phrases


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("山里来了新队伍：电商记", ["山里来了新队伍：", "电商记"]),
        ("念好“甘蔗经”，走稳增收路", ["念好{“甘蔗经”}，", "走稳增收路"]),
        ("他说“好。”再走", ["他说{“好。”}再走"]),
        # Longer than a narrow phone is wide in large type.
        ("“一二三四五六”之路", ["“一二三四五六”之路"]),
        ("某大学（某职业技术学院）", ["某大学（某职业技术学院）"]),
        ("“<b>”与“&amp;”", ["“<b>”与“&amp;”"]),
        # Longer than most lines: what follows begins where it ends.
        (
            "从一条泥巴路到四季花开的村庄，九个寨子用二十六年走出来的一条共同富裕的新的路子：接续",
            ["从一条泥巴路到四季花开的村庄，", "接续"],
        ),
    ],
)
def test_a_title_breaks_between_phrases_and_not_in_a_short_name_in_quotes(title, expected):
    soup = BeautifulSoup(phrases.split_phrases(title), "html.parser")
    assert soup.get_text() == title
    for name in soup.select(".nb"):
        name.replace_with("{" + name.get_text() + "}")
    assert [phrase.get_text() for phrase in soup.select(".ph")] == expected


def test_a_short_quotation_in_a_summary_stays_whole_and_a_line_may_end_after_it():
    soup = BeautifulSoup(phrases.keep_unbroken("培育“土专家”“田秀才”1400多人"), "html.parser")
    assert [span.text for span in soup.select(".nb")] == ["“土专家”", "“田秀才”", "1400多人"]
    assert len(soup.select("wbr")) == 2
