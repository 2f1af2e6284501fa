"""Drafts: laid out as `new` does, never over an editor's work, and sound to `check`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from PIL import Image

from casegen.cli import casegen

TEXT = """\
青石职业学院：水苔铺出增收路
2023-06-23 青石职业学院
青石职业学院帮扶陇西县菜子镇步云村，选派干部驻村，把课堂搬到田间地头，和村民一起找路子、建基地。
一、主要做法
2023年，学院投入帮扶资金20万元，其中自筹资金8万元，发展水苔100亩，带动60户村民增收，村民都说好。
* 这一行有星号*和_下划线_，还有<b标记，都要照原样显示出来，不能当成标记，也不能不见。
"""


def test_a_draft_has_the_fields_in_order_and_the_body_in_markdown(desk):
    result = desk.run(desk.put("水苔.txt", TEXT))
    assert result.exit_code == 0, result.output
    keys = [line.split(":")[0] for line in desk.fields().splitlines() if line[:1].isalpha()]
    assert keys == ["title", "institution", "regions", "date", "categories", "summary", "metrics",
                    "source", "status"]  # fmt: skip
    assert "status: draft" in desk.fields()
    assert "\n## 一、主要做法\n" in "\n" + desk.body()


def test_what_looks_like_mark_up_in_plain_text_is_escaped(desk):
    desk.run(desk.put("水苔.txt", TEXT))
    assert "\\* 这一行有星号\\*和" in desk.body()


def test_metrics_stand_under_their_sentences_and_parts_name_their_whole(desk):
    desk.run(desk.put("水苔.txt", TEXT))
    front = desk.fields()
    assert "# 原句：2023年，学院投入帮扶资金20万元" in front
    assert "    value: 20万元\n    period: 2023\n    id: m1\n" in front
    assert "    part_of: m1\n" in front


def test_check_doubts_no_metric_of_a_plain_text(desk):
    desk.run(desk.put("水苔.txt", TEXT))
    result = CliRunner().invoke(casegen, ["-C", str(desk.root), "check", "--format", "json"])
    rules = {problem["rule"] for problem in json.loads(result.stdout)}
    assert rules <= {"missing-cover", "unknown-indicator", "half-width-punctuation"}


def test_uncertain_fields_bear_a_comment_with_what_was_seen(desk):
    desk.run(desk.put("稿.txt", "一村一品立起来\n" + "村里建起了合作社，村民人人有活干。" * 6))
    assert "# 待核：稿子里没有写完整的日期\ndate:\n" in desk.fields()
    assert "# 待核：稿子里没有认出地名\nregions:\n" in desk.fields()


def test_a_second_import_of_a_manuscript_changes_nothing_and_offers_replace(desk):
    place = desk.put("水苔.txt", TEXT)
    desk.run(place)
    (name,) = desk.drafts()
    edited = desk.draft().replace("都说好", "个个都说好")
    (desk.root / "cases" / name).write_text(edited, "utf-8")
    again = desk.run(place)
    assert again.exit_code == 2
    assert f"已经导入过，在 cases/{name}" in again.output
    assert "--replace" in again.output
    assert desk.draft() == edited
    assert desk.run("--replace", place).exit_code == 0
    assert "个个都说好" not in desk.draft()


def test_replace_leaves_a_case_alone_that_is_no_draft_any_more(desk):
    place = desk.put("水苔.txt", TEXT)
    desk.run(place)
    (name,) = desk.drafts()
    done = desk.draft().replace("status: draft", "status: approved")
    (desk.root / "cases" / name).write_text(done, "utf-8")
    again = desk.run("--replace", place)
    assert (again.exit_code, desk.draft()) == (2, done)
    assert "已经不是草稿" in again.output


def test_another_manuscript_of_the_same_title_makes_no_second_case(desk):
    desk.run(desk.put("甲.txt", TEXT))
    again = desk.run(desk.put("乙.txt", TEXT + "还有一句。\n"))
    assert "乙.txt 的标题已经有了" in again.output
    assert len(desk.drafts()) == 1


def test_another_title_that_begins_alike_gets_a_name_of_its_own(desk):
    desk.run(desk.put("甲.txt", TEXT))
    desk.run(desk.put("乙.txt", TEXT.replace("铺出增收路", "铺出新路")))
    assert list(desk.drafts()) == ["qing-shi-zhi-ye-xue-yuan-2.md", "qing-shi-zhi-ye-xue-yuan.md"]


def test_small_faults_are_mended_and_listed_so_that_fix_finds_nothing(desk):
    half = TEXT.replace("，", ",")
    result = desk.run(desk.put("水苔.txt", half))
    assert "已经改好的小毛病" in result.output
    assert "半角标点：" in result.output
    assert "选派干部驻村，把课堂搬到田间地头" in desk.body()
    fix = CliRunner().invoke(casegen, ["-C", str(desk.root), "check", "--fix", "--dry-run"])
    assert "没有可以自动改的" in fix.output


def page_with(*colors: str, inbox) -> str:
    for color in colors:
        Image.new("RGB", (30, 20), color).save(inbox / f"{color}.png")
    pictures = "".join(f'<p><img src="{color}.png" alt="{color}"></p>' for color in colors)
    body = "青石职业学院选派干部驻村，把课堂搬到田间地头，和村民一起找路子、建基地、闯市场。" * 2
    return f"<h1>水苔铺出增收路</h1><div class='v_news_content'><p>{body}</p>{pictures}</div>"


def test_replace_keeps_every_picture_that_is_there_and_tells_what_is_not_used(desk):
    place = desk.put("稿.html", page_with("red", "blue", inbox=desk.inbox))
    desk.run(place)
    images = next((desk.root / "cases").rglob("images"))
    own = Image.new("RGB", (30, 20), "yellow")
    own.save(images / "01.png")  # an editor put another picture in its place
    before = (images / "01.png").read_bytes()
    place.write_text(page_with("red", "green", inbox=desk.inbox), "utf-8")
    result = desk.run("--replace", place)
    assert result.exit_code == 0
    assert (images / "01.png").read_bytes() == before
    assert "![图 1](images/03.png)" in desk.body()
    assert result.output.count("旧草稿的图片没有用上，留着没动：") == 2
    assert all(f"images/{name}.png" in result.output for name in ("01", "02"))


def test_replace_with_the_same_pictures_writes_none_a_second_time(desk):
    place = desk.put("稿.html", page_with("red", "blue", inbox=desk.inbox))
    desk.run(place)
    body = desk.body()
    result = desk.run("--replace", place)
    assert desk.body() == body
    assert "旧草稿" not in result.output
    assert len(list((desk.root / "cases").rglob("*.png"))) == 2


def test_a_draft_without_pictures_becomes_a_bundle_when_pictures_come(desk):
    place = desk.put("稿.html", page_with(inbox=desk.inbox))
    desk.run(place)
    place.write_text(page_with("red", inbox=desk.inbox), "utf-8")
    assert desk.run("--replace", place).exit_code == 0
    assert list(desk.drafts()) == ["shui-tai-pu-chu-zeng-shou-lu/index.md"]


def test_a_figure_of_the_title_takes_no_name_from_one_of_the_body(desk):
    text = TEXT.replace("水苔铺出增收路", "修路12公里").replace("发展水苔100亩", "修路5公里")
    result = desk.run(desk.put("修路.txt", text))
    assert result.exit_code == 0, result.output
    assert "12公里" not in desk.fields().partition("metrics:")[2]
    assert "  - name: 修路\n" in desk.fields()
    assert "之2" not in desk.fields()


@pytest.mark.full
def test_a_draft_that_no_other_command_would_read_is_not_written(desk):
    long = "学院请专家进村，手把手传授修剪、施肥、采摘技术，村里的日子一年年好起来。" * 400
    done = desk.run(desk.put("长卷.txt", TEXT + f"{long}\n" * 100))
    assert done.exit_code == 2
    assert "写成草稿有 5 MB，一个案例文件不能超过 4 MB\n  改法：把稿子分成几份" in done.output
    assert list((desk.root / "cases").iterdir()) == []
