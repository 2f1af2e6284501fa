"""Whose case a manuscript is: a school, and not the department that sent it."""

from __future__ import annotations

import pytest

LONG = (
    "学院派出工作队驻村，投入帮扶资金36.5万元，带动128户农户种茶，"
    "村民的日子一年比一年好，大家都说好。"
)
PAGE = (
    "<html><body><div class='header'><a href='/'>南岭科技学院</a> <a>首页</a></div>"
    "<div class='article'><h1>修路记修到家门口</h1>"
    "<p>发布时间：2024-03-05　供稿：{0}　浏览：12</p><p>{1}</p><p>{1}</p></div>"
    "<div class='footer'>版权所有 南岭科技学院</div></body></html>"
)


@pytest.mark.parametrize(
    "who", ["土木学院", "生物与食品工程学院", "农学院", "机电工程学院 李三", "科技处", "校团委"]
)
def test_a_department_is_no_institution_where_the_page_names_the_school(found, who):
    one = found(PAGE.format(who, LONG), "页.html")
    assert one.institution == "南岭科技学院"
    assert "像是学校里的院系或部门" in one.uncertain["institution"]
    assert one.credits["供稿"][0] == who.split()[0]


def test_another_school_that_sent_the_text_is_its_institution(found):
    assert found(PAGE.format("青石学院", LONG), "页.html").institution == "青石学院"


@pytest.mark.parametrize(
    ("line", "name", "why"),
    [
        ("南岭科技学院的老师说：“路通了。”", "南岭科技学院", "像是学校里的院系或部门"),
        ("老师说：“路通了。”", "土木学院", "没有写是哪个学校，请补上"),
    ],
)
def test_a_department_in_a_text_without_a_page_is_told(found, line, name, why):
    one = found(f"修路记修到家门口\n\n{LONG}\n\n{line}\n\n供稿：土木学院\n")
    assert one.institution == name
    assert why in one.uncertain["institution"]
