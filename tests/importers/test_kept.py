"""What manuscripts of offices say in their own way: captions, months, columns, growth."""

from __future__ import annotations

import pytest

BODY = (
    "学校在甘肃省陇南市西和县投入资金45万元，发展花椒500亩，带动农户126户，村民的日子越过越有盼头。"
    * 2
)


@pytest.mark.parametrize(
    "line",
    [
        "免责声明：本网转载内容版权归原作者所有。",
        "喜欢就点个“在看”吧",
        "觉得不错就点赞、转发",
    ],
)
def test_what_a_page_asks_of_its_readers_is_dropped_and_told(found, line):
    one = found(f"椒香满山富农家\n\n{BODY}\n\n{line}\n")
    assert line in [dropped.text for dropped in one.dropped]
    assert all(line not in block.plain for block in one.blocks)


def test_columns_of_time_and_place_are_known_and_a_month_is_a_date(desk):
    head = "帮扶单位,项目名称,项目地点,完成时间,资金（元）\n"
    rows = head + "甲公司,修路,四川省凉山彝族自治州布拖县,2023.9,5000\n"
    assert desk.run("--yes", desk.put("账.csv", rows)).exit_code == 0
    text = desk.draft()
    assert "\ndate: 2023-09\n" in text
    assert "稿子里只写到月" in text
    assert "regions: 四川省/凉山彝族自治州/布拖县" in text
    assert "项目地点" not in desk.body()
