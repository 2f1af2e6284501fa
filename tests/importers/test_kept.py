"""What manuscripts of offices say in their own way: captions, months, columns, growth."""

from __future__ import annotations

import pytest

PAGE = """\
<html><head><title>椒香满山</title></head><body><h1>椒香满山</h1>
<div id="vsb_content"><p>{body}</p><p><img src="{name}"></p><p align="center">{caption}</p></div>
</body></html>
"""
BODY = (
    "学校在甘肃省陇南市西和县投入资金45万元，发展花椒500亩，带动农户126户，村民的日子越过越有盼头。"
    * 2
)


@pytest.mark.parametrize(
    ("caption", "who"),
    [
        ("图1 村民在棚里采菇（供图：工作队）", "工作队"),
        ("图2 新装的路灯。摄影：张三三", "张三三"),
        ("村民采摘花椒　刘四四 摄", "刘四四"),
    ],
)
def test_a_caption_stays_with_its_picture_and_its_photographer_is_credited(desk, caption, who):
    desk.put("a.png", bytes.fromhex("89504e470d0a1a0a") + b"\0" * 40)
    page = desk.put("页.html", PAGE.format(body=BODY, name="a.png", caption=caption))
    assert desk.run(page).exit_code == 0
    (line,) = [line for line in desk.body().splitlines() if line.startswith("![")]
    assert caption.split("　")[0].split("（")[0].rstrip("。") in line
    assert f"供图: {who}" in desk.fields()


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


@pytest.mark.parametrize(
    ("sentence", "raw", "name", "indicator"),
    [
        ("村集体经济收入由2021年的3万元增加到2023年的21万元。", "21万元", "村集体经济收入",
         "collective_income"),
        ("解决了212户903人的饮水问题。", "212户", "解决饮水问题", "water_households"),
        ("花椒种植面积从300亩扩大到500亩。", "500亩", "种植面积", "planting_area"),
    ],
)  # fmt: skip
def test_a_figure_is_named_by_what_grew_or_by_what_a_pair_counts(
    found, sentence, raw, name, indicator
):
    one = found(f"椒香满山富农家\n\n{BODY}\n\n{sentence}\n")
    metric = next(m for m in one.metrics if m.finding.raw == raw and m.evidence in sentence)
    assert (metric.name, metric.indicator) == (name, indicator)


def test_our_village_is_no_name(found):
    one = found(f"我们村的致富果\n\n{BODY}云南省普洱市澜沧县竹塘乡募乃村变了样。\n" * 2)
    assert not [place for place in one.regions if "我们" in place]


def test_columns_of_time_and_place_are_known_and_a_month_is_a_date(desk):
    head = "帮扶单位,项目名称,项目地点,完成时间,资金（元）\n"
    rows = head + "甲公司,修路,四川省凉山彝族自治州布拖县,2023.9,5000\n"
    assert desk.run("--yes", desk.put("账.csv", rows)).exit_code == 0
    text = desk.draft()
    assert "\ndate: 2023-09\n" in text
    assert "稿子里只写到月" in text
    assert "regions: 四川省/凉山彝族自治州/布拖县" in text
    assert "项目地点" not in desk.body()


def test_a_document_of_another_kind_in_a_folder_is_told(desk):
    desk.put("稿/甲.txt", f"椒香满山富农家\n\n{BODY}\n")
    desk.put("稿/乙.pdf", b"%PDF-1.4")
    desk.put("稿/图.png", b"\x89PNG")
    result = desk.run(desk.inbox / "稿")
    assert "乙.pdf" in result.output
    assert "图.png" not in result.output
    assert len(desk.drafts()) == 1
