"""The program as its users start it: init and new."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import click
import pytest
import yaml
from projects import CONFIG, case_text
from told import real, says, start, value_of

from casegen.cli import casegen


def test_a_new_collection_builds_at_once(tmp_path):
    made = real(tmp_path, "init", "集子")
    assert made.returncode == 0
    assert "casegen build" in says(made)
    folder = tmp_path / "集子"
    assert (folder / "casegen.yml").is_file()
    assert (folder / "cases").is_dir()
    built = start(folder, "build")
    assert built.returncode == 0, says(built)
    assert (folder / "site" / "index.html").is_file()
    assert start(folder, "check", "--strict").returncode == 0


def test_init_touches_nothing_where_a_collection_is_already(tmp_path):
    start(tmp_path, "init", "x")
    (tmp_path / "x" / "casegen.yml").write_text("title: 我的\n", "utf-8")
    again = start(tmp_path, "init", "x")
    assert again.returncode == 2
    assert "casegen.yml" in says(again)
    assert (tmp_path / "x" / "casegen.yml").read_text("utf-8") == "title: 我的\n"


def test_init_says_why_a_folder_cannot_be_made(tmp_path):
    (tmp_path / "x").write_text("文件", "utf-8")
    refused = start(tmp_path, "init", "x")
    assert refused.returncode == 2
    assert "x" in says(refused)
    assert (tmp_path / "x").read_text("utf-8") == "文件"


def test_a_new_case_explains_every_field_and_is_a_draft(two):
    made = start(
        two.root, "new", "水苔下山：一个村的试验", "--category", "产业", "--institution", "某某大学"
    )
    assert made.returncode == 0
    assert "cases/shui-tai-xia-shan.md" in says(made)
    text = (two.root / "cases" / "shui-tai-xia-shan.md").read_text("utf-8")
    front = yaml.safe_load(text.split("---")[1])
    assert front["title"] == "水苔下山：一个村的试验"
    assert front["institution"] == "某某大学"
    assert front["categories"] == ["产业"]
    assert front["status"] == "draft"
    for key in value_of(start(two.root, "schema"))["properties"]:
        if key.isascii():
            assert key in text
    found = value_of(start(two.root, "check", "--format", "json", "cases/shui-tai-xia-shan.md"))
    assert {p["rule"] for p in found if p["severity"] == "error"} <= {"missing-field"}
    assert start(two.root, "build").returncode == 0


def test_a_new_case_never_takes_the_place_of_another(two):
    for _ in range(3):
        assert start(two.root, "new", "a").returncode == 0
    assert start(two.root, "new", "很长的题目" * 40).returncode == 0
    assert start(two.root, "new", "很长的题目" * 40).returncode == 0
    names = {path.name for path in (two.root / "cases").iterdir()}
    assert {"a.md", "a-2.md", "a-3.md", "a-4.md"} <= names
    assert (two.root / "cases" / "a.md").read_text("utf-8") == case_text("甲")
    rules = {p["rule"] for p in value_of(start(two.root, "check", "--format", "json"))}
    assert "duplicate-address" not in rules


def test_a_new_case_with_the_title_or_the_name_of_another_says_so(two):
    (two.root / "cases/sub").mkdir()
    (two.root / "cases/sub/x.md").write_text(case_text('"茶园夜校，五年"'), "utf-8")
    same = says(start(two.root, "new", "茶园夜校：五年"))
    assert "cases/sub/x.md 已经是这个标题" in same
    assert "删去" in same
    assert "提醒" not in says(start(two.root, "new", "水苔下山"))
    said = says(start(two.root, "new", "水台下山"))
    assert "所以叫 shui-tai-xia-shan-2" in said
    assert "slug" in said


@pytest.mark.parametrize(
    "title", ["../../逃走", 'a: "b" #c', "- 列表", "*星*", "<b>", "！！", "con"]
)
def test_a_title_of_any_kind_makes_a_case_that_can_be_read(two, title):
    assert start(two.root, "new", "--", title).returncode == 0
    (path,) = [p for p in (two.root / "cases").iterdir() if p.name not in {"a.md", "b.md"}]
    assert path.name.isascii()
    assert (
        yaml.safe_load(path.read_text("utf-8").split("\n---\n")[0].removeprefix("---\n"))["title"]
        == title
    )
    assert start(two.root, "build", "--drafts").returncode in {0, 1}


@pytest.mark.parametrize("word", ["产业", "industry", "产业振兴"])
def test_a_category_is_named_in_any_way_that_cases_may_name_it(project, word):
    names = "categories:\n  industry: {name: 产业振兴}\n  talent: {name: 人才振兴}\n"
    made = project({"cases/a.md": case_text()}, CONFIG + names)
    result = start(made.root, "new", "题目", "--category", word)
    assert result.returncode == 0, says(result)


def test_a_case_without_a_title_is_refused_where_nobody_can_be_asked(two):
    refused = start(two.root, "new")
    assert refused.returncode == 2
    assert "用法： casegen new [选项] [标题]" in says(refused)
    assert "缺少参数 '标题'" in says(refused)


def test_a_category_that_there_is_not_is_refused_by_name(two):
    refused = start(two.root, "new", "题目", "--category", "工业")
    assert refused.returncode == 2
    assert "工业" in says(refused)
    assert "产业" in says(refused)


def asked(folder, *answers, title=("水苔",)):
    """The case that `new` writes on a terminal where these lines are typed, and what was said."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "casegen", "new", *title]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as program:
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        said, _ = program.communicate(timeout=300)
    os.close(ours)
    os.close(theirs)
    text = (folder / "cases" / "shui-tai.md").read_text("utf-8")
    return yaml.safe_load(text.split("---")[1]), said


def test_on_a_terminal_new_asks_for_what_it_lacks_and_offers_what_is_right(two):
    front, said = asked(two.root, "青石学院", "贵州从江县", "", "2023.5.4", "", "产业 人才", "")
    assert front["institution"] == "青石学院"
    assert front["regions"] == ["贵州省/黔东南苗族侗族自治州/从江县"]
    assert str(front["date"]) == "2023-05-04"
    assert front["categories"] == ["产业", "人才"]
    assert "已新建 cases/shui-tai.md" in said


def test_what_is_not_known_stays_empty_and_what_is_insisted_on_is_taken(two):
    # The title is asked for as well where none is given.
    front, said = asked(two.root, "水苔", "", "甘肃省/陇东县", "甘肃省/陇东县", "", "", title=())
    assert said.startswith("标题")
    assert front["title"] == "水苔"
    assert front["institution"] is None
    assert front["regions"] == ["甘肃省/陇东县"]
    assert front["date"] is None


def test_examples_of_a_new_case_that_still_stand_are_named(project):
    made = project({"cases/a.md": case_text("甲", credits="{供稿: 某某工作队}")})
    assert "cases/a.md 的单位（某某大学）、署名（某某工作队）" in says(start(made.root, "check"))


def test_an_empty_title_is_refused_and_bytes_that_are_no_text_fall_out(two):
    for title in ("", " ", b"\xff"):
        refused = start(two.root, "new", title)
        assert refused.returncode == 2
        assert "没有写标题" in says(refused)
    made = start(two.root, "new", "甲".encode() + b"\xff", "--institution", "乙".encode() + b"\xff")
    assert made.returncode == 0, says(made)
    text = (two.root / "cases" / "jia.md").read_text("utf-8")
    assert "title: 甲\n" in text
    assert "institution: 乙\n" in text


@pytest.mark.parametrize("name", casegen.commands)
def test_arguments_that_may_be_left_out_are_in_brackets(name):
    command = casegen.commands[name]
    line = command.get_usage(click.Context(command, info_name=name))
    for argument in command.params:
        if isinstance(argument, click.Argument):
            shown = argument.human_readable_name
            assert shown in line
            assert shown.startswith("[") is not argument.required
