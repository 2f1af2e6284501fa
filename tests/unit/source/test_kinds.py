"""Values of declared fields, read by their kind."""

import datetime as dt
from decimal import Decimal

import pytest

from casegen.source.kinds import make_json_schema, place_items, read_fields
from casegen.source.schema import Field


def read(kind, value, **more):
    """The value as typed, and what is said of a wrong one."""
    typed, faults = read_fields([Field("x", "某", kind, "", **more)], {"x": value})
    return typed.get("x"), [(fault.at, fault.message, fault.hint) for fault in faults]


@pytest.mark.parametrize(
    ("kind", "written", "typed"),
    [
        ("text", "  山里 \n茶园 ", "山里茶园"),
        ("text", "tea \n garden", "tea garden"),
        ("texts", "茶", ("茶",)),
        ("texts", ["茶", ["果", "茶"], None, " "], ("茶", "果")),
        ("date", "2023-11-05", dt.date(2023, 11, 5)),
        ("month", "2023-11", dt.date(2023, 11, 1)),
        ("period", "2021—2023年", (2021, 2023)),
        ("period", "２０２１", (2021, 2021)),
        ("switch", True, True),
        ("number", "-2.5", Decimal("-2.5")),
        ("color", "#b5472f", "#b5472f"),
        ("link", "https://example.edu.cn/a", "https://example.edu.cn/a"),
        ("contact", "mailto:a@example.edu.cn", "mailto:a@example.edu.cn"),
        ("slug", "shui-tai-2", "shui-tai-2"),
        ("words", {"missing-cover": "无图", "missing-alt": None},
         (("missing-cover", "无图"), ("missing-alt", ""))),
        ("rows", "甲\n\n乙", (("", "甲"), ("", "乙"))),
        ("rows", {"供图": ["甲", "乙"], "编审": "丙"}, (("供图", "甲、乙"), ("编审", "丙"))),
        ("pairs", [{"关于": "about"}, {"电话": "tel:1"}], (("关于", "about"), ("电话", "tel:1"))),
        ("source", "校报", {"name": "校报"}),
    ],
)  # fmt: skip
def test_a_value_is_read_in_every_accepted_spelling(kind, written, typed):
    assert read(kind, written) == (typed, [])


@pytest.mark.parametrize(
    ("kind", "written", "hint"),
    [
        ("text", True, "请加引号"),
        ("text", ["甲"], "写成 甲"),
        ("text", {"甲": "乙"}, "用引号括起来"),
        ("texts", [{"甲": "乙"}], "每项只写文字"),
        ("date", "2023-02-30", "28"),
        ("month", "2023-13", "真实的年-月"),
        ("period", "2023-2021", "写成 2021-2023"),
        ("period", "2021年起", "写上到哪一年为止，如 2021-2022"),
        ("period", "从2019到2022都有", "写成 2019-2022"),
        ("period", "近几年", "写起止的年份，如 2021-2023；只是一年，就写那一年"),
        ("period", "“十三五”期间", "写成 2016-2020"),
        ("period", "十四五", "写成 2021-2025"),
        ("period", "20-22年", "写成 2020-2022"),
        ("period", "2020-22", "写成 2020-2022"),
        ("period", "2020/22", "写成 2020-2022"),
        ("switch", "是", "写成 true"),
        ("switch", "否", "写成 false"),
        ("switch", "YES", "写成 true"),
        ("switch", "off", "写成 false"),
        ("switch", "也许", "true（是）或 false（否）"),
        ("number", "两", "写成 2"),
        ("number", "第一", "写成 1"),
        ("number", "第３篇", "写成 3"),
        ("number", "1、", "写成 1"),
        ("number", "靠前", "只写一个数字，如 1 或 2.5"),
        ("color", "red", "要加引号"),
        ("link", "example.edu.cn/a", "写成 https://example.edu.cn/a"),
        ("link", "https://", "写成 https://…"),
        ("contact", "0932-1234567", "写成 mailto:邮箱"),
        ("slug", "水苔", "写成 shui-tai"),
        ("slug", "Ye Xiao!", "写成 ye-xiao"),
        ("slug", "夜校/一", "写成 ye-xiao-yi"),
        ("slug", "/cases/tea.html", "写成 tea"),
        ("slug", "a" * 61, f"写成 {'a' * 60}"),
        ("slug", "！", "只用英文字母"),
        ("table", "甲", "写成 {名称: 值}"),
    ],
)
def test_a_value_of_another_kind_is_a_fault_that_says_how_to_write_it(kind, written, hint):
    typed, [(at, message, said)] = read(kind, written)
    assert (typed, at) == (None, ("x",))
    assert message
    assert hint in said


def test_one_wrong_entry_leaves_the_others():
    typed, [(at, _, _)] = read("pairs", [{"关于": "about"}, "甲"])
    assert (typed, at) == ((("关于", "about"),), ("x", 1))
    typed, [(at, _, hint)] = read(
        "choices", {"missing-alt": "off", "empty-body": "?"}, choices=("off", "note")
    )
    assert (typed, at) == ({"missing-alt": "off"}, ("x", "empty-body"))
    assert hint == "只写 off、note 之一"


def test_a_part_of_a_field_is_read_by_its_own_kind():
    parts = (Field("name", "名称", "text", ""), Field("url", "网址", "link", ""))
    typed, [(at, _, _)] = read("source", {"name": "校报", "url": "校报"}, parts=parts)
    assert (typed, at) == ({"name": "校报"}, ("x", "url"))


def test_the_schema_has_each_key_in_both_languages_and_either_may_be_required():
    fields = (
        Field("title", "标题", "text", "案例的标题", required=True),
        Field("date", "日期", "date", "哪一天", form="年-月-日", default="不详", names=("时间",)),
    )
    schema = make_json_schema(fields, "试")
    assert set(schema["properties"]) == {"title", "标题", "date", "日期", "时间"}
    assert schema["allOf"] == [{"anyOf": [{"required": ["title"]}, {"required": ["标题"]}]}]
    assert (
        schema["properties"]["时间"]["description"] == "日期。哪一天。写法：年-月-日。不写时：不详"
    )


def test_the_items_of_a_list_keep_their_places_when_empty_and_repeated_ones_are_gone():
    fields = [Field("x", "某", "texts", "")]
    values = {"x": [None, "茶", "茶", "果"]}
    typed, _ = read_fields(fields, values)
    marks = {("x", 1): (10, 11), ("x", 2): (14, 15), ("x", 3): (18, 19)}
    assert place_items(fields, values, typed, marks) == {("x", 0): (10, 11), ("x", 1): (18, 19)}
