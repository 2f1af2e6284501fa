"""Title, furniture and bylines of a manuscript."""

from __future__ import annotations


def test_furniture_and_bylines_are_dropped_and_all_of_the_article_stays(news):
    dropped = {d.text.strip() for d in news.dropped}
    assert dropped == {
        "青石教育网 加入收藏 设为首页",
        "青石职业学院：水苔铺出增收路",
        "青石职业学院    2023-06-23",
        "（供稿/供图：乡村振兴办公室 编辑：陈一一 编审：王二二）",
        "免责声明：",
        "凡本站注明“来源：青石教育网”的稿件，未经授权不得转载。",
        "上一篇：校园招聘会举行",
    }
    kept = "".join(block.plain for block in news.blocks)
    assert "督促工程进度" in kept
    assert "美丽。" in kept


def test_a_text_without_a_title_line_takes_its_first_heading_and_says_so(found):
    long = "学校在村里建起了合作社，村民一年到头都有活干，日子一天比一天好。" * 3
    one = found(f"{long}\n步云村工作队成效：\n{long}\n")
    assert one.title == "步云村工作队成效"
    assert "title" in one.uncertain


def test_the_line_above_a_form_that_numbers_the_enclosure_is_dropped(found):
    form = found(
        "附件2\n典型案例申报表\n案例名称：山里办夜校\n申报单位：青石职业学院\n\n夜校办到了村里，培训村民120人次。\n"
    )
    assert form.title == "山里办夜校"
    assert [b.plain[:4] for b in form.blocks] == ["夜校办到"]
    assert {d.text for d in form.dropped} >= {"附件2", "典型案例申报表"}
