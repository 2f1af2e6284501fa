"""One field of many cases is changed, the rest of each file byte for byte."""

import re
from pathlib import Path

import pytest

from casegen import changing, project
from casegen.problem import CasegenError
from casegen.source import encoding

HEAD = """---
# 供稿时间
title: 山里茶园   # 题目
institution: 青石学院
regions: [甘肃省/定西市/陇西县]
date: 2023-05-04
categories:
  - 产业   # 主要的
  - 人才
tags: [水苔, 'AI', "党建 #1 号"]
summary: |
  第一行，
  第二行。
status: draft
---

茶园,正文。
"""


@pytest.fixture
def made(tmp_path):
    def make(*texts, name="utf-8", newline="\n"):
        (tmp_path / "casegen.yml").write_text("title: 试集\n", "utf-8")
        (tmp_path / "cases").mkdir(exist_ok=True)
        for text, stem in zip(texts, "abcdef", strict=False):
            data = encoding.encode(text.replace("\n", newline), name)
            (tmp_path / f"cases/{stem}.md").write_bytes(data)
        found, problems = project.load_project(tmp_path)
        assert problems == ()
        return found

    return make


def asked(found, field, value, *names):
    wish = changing.read_wish(field, value)
    paths = changing.find_cases(found, names or ("a",), found.root)
    return changing.set_field(found, wish, paths)


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        ("status", "published", "status: draft", "status: published"),
        ("状态", "已编审", "status: draft", "status: 已编审"),
        ("title", "水上茶园", "title: 山里茶园   # 题目", "title: 水上茶园   # 题目"),
        ("title", '"甲: 乙"', "title: 山里茶园   # 题目", 'title: "甲: 乙"   # 题目'),
        ("date", "2023-05", "date: 2023-05-04", "date: 2023-05"),
        ("summary", "一句。", "summary: |\n  第一行，\n  第二行。", "summary: 一句。"),
        ("tags", "[甲]", "tags: [水苔, 'AI', \"党建 #1 号\"]", "tags: [甲]"),
        ("tags", "+甲", '#1 号"]', '#1 号", 甲]'),
        ("tags", "-水苔", "[水苔, 'AI'", "['AI'"),
        ("tags", '-"党建 #1 号"', ', "党建 #1 号"]', "]"),
        ("tags", "-[水苔, AI]", "[水苔, 'AI', ", "["),
        ("categories", "+文化", "  - 人才\n", "  - 人才\n  - 文化\n"),
        ("categories", "-产业", "  - 产业   # 主要的\n", ""),
        ("categories", "[文化]", "\n  - 产业   # 主要的\n  - 人才", " [文化]"),
        ("regions", "+贵州省", "陇西县]", "陇西县, 贵州省]"),
        ("featured", "true", "status: draft\n", "status: draft\nfeatured: true\n"),
        ("aliases", "+old/a.html", "status: draft\n", "status: draft\naliases: [old/a.html]\n"),
        ("credits", "{编审: 校办}", "status: draft\n", "status: draft\ncredits: {编审: 校办}\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [("gb18030", "\r\n"), ("utf-8-sig", "\n")])
def test_a_field_is_set_and_every_other_byte_is_kept(made, kind, field, value, old, new):  # noqa: PLR0913, PLR0917
    name, newline = kind
    found = made(HEAD, name=name, newline=newline)
    (change,) = asked(found, field, value).changes
    assert old in HEAD
    expected = HEAD.replace(old, new, 1)
    assert change.after == encoding.encode(expected.replace("\n", newline), name)


@pytest.mark.parametrize(
    ("field", "value"),
    [("date", "昨天"), ("status", "好了"), ("categories", "农业"), ("institution", ""),
     ("categories", "-[产业, 人才]"), ("slug", "茶")],
)  # fmt: skip
def test_a_value_that_would_spoil_a_case_is_refused(made, field, value):
    found = made(HEAD)
    with pytest.raises(CasegenError) as caught:
        asked(found, field, value)
    assert "没有动任何文件" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("titel", "甲"),
        ("title", "甲 #1"),
        ("tags", "+"),
        ("tags", "+[甲, 1: 2]"),
        ("tags", "-党建 #1 号"),
    ],
)
def test_a_wish_that_cannot_be_read_is_refused_with_a_hint(field, value):
    with pytest.raises(CasegenError) as caught:
        changing.read_wish(field, value)
    assert caught.value.hint


def test_what_is_so_already_is_left_and_named(made):
    changed = asked(
        made(HEAD, HEAD.replace("status: draft", "status: edited")), "status", "draft", "cases"
    )
    assert [change.path for change in changed.changes] == ["cases/b.md"]
    assert changed.unchanged == ("cases/a.md",)


def test_cases_are_found_by_slug_file_and_folder(made):
    found = made(HEAD, HEAD + "slug: x", HEAD.replace("status:", "slug: shan\nstatus:"))
    find = changing.find_cases
    assert find(found, ["SHAN", "a", "cases/a.md"], Path("/")) == ["cases/c.md", "cases/a.md"]
    assert len(find(found, ["cases"], found.root)) == 3
    with pytest.raises(CasegenError, match="shann"):
        find(found, ["shann"], found.root)


def test_a_file_with_faults_of_syntax_stops_the_change_of_all(made):
    found = made(HEAD, HEAD.replace("status: ", "status："))
    with pytest.raises(CasegenError, match="b"):
        asked(found, "featured", "true", "cases")


def test_an_institution_is_renamed_in_all_cases_and_other_mentions_are_named(made):
    other = HEAD.replace("青石学院", '"青石学院"').replace("正文", "青石学院的正文")
    found = made(HEAD, other, HEAD.replace("青石学院", "白石学院"))
    changed = changing.rename_value(found, "institution", "青石学院", "青石大学")
    assert [(c.path, c.after.decode().count("institution: 青石大学")) for c in changed.changes] == [
        ("cases/a.md", 1),
        ("cases/b.md", 1),
    ]
    assert changed.mentions == ("cases/b.md（正文）",)
    titled = other.replace("title: ", "title: 青石学院的")
    changed = changing.rename_value(made(HEAD, titled), "institution", "青石学院", "青石大学")
    assert changed.mentions == ("cases/b.md（标题、正文）",)
    broken = made(HEAD, other.replace("status: ", "status："))
    assert changing.rename_value(broken, "institution", "青石学院", "甲").unread == ("cases/b.md",)
    with pytest.raises(CasegenError) as caught:
        changing.rename_value(found, "institution", "青石学校", "青石大学")
    assert "青石学院" in caught.value.hint


def test_a_tag_is_renamed_whatever_its_width_and_case_and_stands_once(made):
    found = made(HEAD, HEAD.replace("水苔, 'AI'", "ＡＩ, 智能"))
    changed = changing.rename_value(found, "tag", "ai", "智能")
    first, second = (change.after.decode() for change in changed.changes)
    assert 'tags: [水苔, 智能, "党建 #1 号"]' in first
    assert 'tags: [智能, "党建 #1 号"]' in second


def test_a_name_is_not_changed_into_itself(made):
    with pytest.raises(CasegenError, match="新的名称与旧的一样"):
        changing.rename_value(made(HEAD), "tag", "水苔", "水苔")


def test_two_tags_with_a_comma_between_them_are_not_added_as_one():
    with pytest.raises(CasegenError) as said:
        changing.read_wish("tags", "+甲,乙")
    assert said.value.hint == "写成 [甲, 乙]"


@pytest.mark.parametrize("tags", ["[水苔, 记账]", "记账", "\n  - 水苔\n  - 记账"])
def test_a_tag_with_a_blank_is_written_in_quotes_and_is_one(made, tags):
    found = made(HEAD.replace("[水苔, 'AI', \"党建 #1 号\"]", tags))
    [change] = changing.rename_value(found, "tag", "记账", "算 账").changes
    assert change.after.decode() == change.before.decode().replace("记账", '"算 账"')
    [added] = changing.set_field(
        found, changing.read_wish("tags", '+"算 账"'), ["cases/a.md"]
    ).changes
    assert '"算 账"' in added.after.decode()


@pytest.mark.parametrize("mark", [",", "，", "、", ";", "；", "/", "|"])
def test_a_tag_is_not_renamed_into_what_looks_like_several(made, mark):
    with pytest.raises(CasegenError) as caught:
        changing.rename_value(made(HEAD), "tag", "水苔", f"夜校{mark}班")
    assert f"有“{mark}”" in str(caught.value)
    hint = caught.value.hint
    assert "如 夜校；" in hint
    assert "casegen set 标签 +班 案例" in hint
    assert f'"夜校{mark}班"' in hint


def test_an_institution_may_have_a_comma_and_a_blank_in_its_name(made):
    [change] = changing.rename_value(made(HEAD), "institution", "青石学院", "甲、乙 两校").changes
    assert "institution: 甲、乙 两校\n" in change.after.decode()


@pytest.mark.parametrize("name", ["算\u202e账", "算\u200b账", "账" * 61])
def test_a_name_that_nobody_can_read_or_type_is_refused(made, name):
    with pytest.raises(CasegenError, match="新的名称"):
        changing.rename_value(made(HEAD), "tag", "水苔", name)


def test_a_value_with_characters_that_nobody_sees_is_not_set():
    with pytest.raises(CasegenError, match="看不见的字符"):
        changing.read_wish("tags", "+算\u202e账")


def test_a_name_that_no_case_has_is_answered_with_the_names_in_use(made):
    with pytest.raises(CasegenError) as caught:
        changing.rename_value(made(HEAD), "tag", "没有", "有")
    assert caught.value.hint == "案例里写着的：水苔、AI、党建 #1 号"
    with pytest.raises(CasegenError) as caught:
        changing.rename_value(made(re.sub("tags: .*\n", "", HEAD)), "tag", "没有", "有")
    assert caught.value.hint == "还没有案例写了标签"


@pytest.mark.parametrize("cover", ["nix.jpg", "a.md", "bad.png", "GOOD.svg"])
def test_a_cover_that_is_no_picture_of_the_project_is_not_set(made, tmp_path, cover):
    found = made(HEAD)
    (tmp_path / "cases/bad.png").write_bytes(b"no picture")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
    (tmp_path / "cases/good.svg").write_text(drawing.format('<path d="M0 0h9v9z"/>'))
    with pytest.raises(CasegenError, match="没有动任何文件"):
        asked(found, "cover", cover)
    assert len(asked(found, "cover", "good.svg").changes) == 1
