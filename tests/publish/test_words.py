"""What an editor is told before and after publishing."""

from __future__ import annotations

import pytest
from projects import case_text

from casegen.publish.words import list_changed_totals
from publish.conftest import CONFIG


def test_totals_that_a_host_made_up_are_told_in_a_line_each():
    told = list(list_changed_totals({"甲\n" * 5000: "乙" * 5000}, {}))
    assert len(told) == 2
    assert all(len(line) < 200 and "\n" not in line for line in told)


def test_what_changes_the_totals_is_told_before_anything_is_sent(folder):
    def state(area, name):
        metrics = f"[种植面积: {area}, {name}: 3万元]"
        return {"cases/aa.md": case_text("果园", f"种植面积{area}，{name}3万元。", metrics=metrics)}

    folder.write(state("100亩", "投入帮扶资金"))
    assert "合计不同" not in folder.start("publish", "school").stdout
    folder.write(state("120亩", "捐赠物资折价"))
    for options in (("--dry-run",), ()):
        said = folder.start("publish", "school", *options).stdout
        assert "与上次发布的相比，全集有 3 项合计不同：" in said
        assert "种植面积：100亩 → 120亩" in said
        assert "捐赠物资折价：原来没有 → 3万元" in said
        assert "投入帮扶资金：3万元 → 不再有" in said
    assert "合计不同" not in folder.start("publish", "school").stdout


def test_what_a_public_site_should_have_is_recalled_first(folder):
    said = folder.start("publish", "school", "--dry-run").stdout
    assert "备案号" in said
    assert "网址" in said
    assert "编审：cases/aa.md" in said
    assert "编审：cases/bb.md" not in said
    folder.write(
        {
            "casegen.yml": CONFIG + "base_url: https://example.edu.cn/\n"
            "rules: {missing-icp: off, missing-sign-off: off}\n",
        }
    )
    assert "提醒" not in folder.start("publish", "school", "--dry-run").stdout


@pytest.mark.parametrize("target", ["./site", "./cases", ".", "zip:cases/x.zip", "./.casegen/x"])
def test_the_projects_own_folders_are_no_target(folder, target):
    done = folder.start("publish", target)
    assert done.exit_code == 2
    assert "不能发布到" in done.stderr


def test_an_archive_is_summed_up_with_what_to_do_next_or_why_it_was_not_written(folder):
    done = folder.start("publish", "zip:out.zip")
    assert "已打包成" in done.stdout
    assert "上传这个压缩包" in done.stdout
    folder.write({"notes.txt": "笔记"})
    done = folder.start("publish", "zip:notes.txt/out.zip")
    assert done.exit_code == 2
    assert "notes.txt/out.zip 用不了：那里有同名的文件夹或文件挡着" in done.stderr
    assert "Traceback" not in done.stderr


def test_files_that_casegen_did_not_make_stay_at_home_and_are_named(folder):
    folder.start("build")
    folder.write({"site/notes.txt": "只给自己看"})
    done = folder.start("publish", "school")
    assert "notes.txt" in done.stdout
    assert not (folder.root / "www/notes.txt").exists()
