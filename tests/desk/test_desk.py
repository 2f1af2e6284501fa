"""`casegen serve`: a real server on loopback, real files, real saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import pytest
from preview import FINE, PATIENCE, fetch, previewing
from projects import CONFIG, case_text

from casegen import desk
from casegen.desk import building


def test_a_page_carries_its_problems_with_line_and_remedy(project) -> None:
    made = project({"cases/a.md": case_text("甲", body="见[明细](mingxi.xlsx)。")})
    with previewing(made.root) as preview:
        bar = preview.get("/cases/a.html").bar
        assert "cases/a.md：1 处提醒" in bar
        assert "第 9 行：文件“mingxi.xlsx”不存在" in bar
        assert "改法：应在 cases/mingxi.xlsx" in bar
        assert "mingxi.xlsx" in preview.get("/.preview/").text


def test_the_files_of_the_preview_stay_as_built(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        assert "casegen-preview" in preview.get("/cases/a.html").text
        built = (made.root / ".casegen/preview/cases/a.html").read_text("utf-8")
        assert "/.preview/" not in built
    assert not (made.root / "site").exists()


def test_a_rule_that_is_off_is_off_beside_a_broken_case_too(project) -> None:
    told = "投入资金180万元。"
    metrics = "[{name: 投入资金, value: 180万元, period: %s}]"
    made = project(
        {
            f"cases/{name}.md": case_text(name, told, metrics=metrics % span)
            for name, span in (("a", "2012-2022"), ("b", "2021-2023"))
        }
        | {"cases/broken.md": "没有案例信息。"},
        CONFIG + "rules: {overlapping-figures: off}\n",
    )
    with previewing(made.root) as preview:
        shown = preview.get("/data/cases.json").text
        assert preview.server.shown.broken
        assert "overlapping-figures" not in shown


def test_a_broken_case_becomes_a_page_that_shows_its_problems(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        made.write({"cases/a.md": case_text("甲", date="2023年")})
        preview.wait(2)
        broken = preview.get("/cases/a.html")
        assert broken.status == 200
        assert broken.soup.h1.text == "甲"
        assert "第 5 行：日期" in broken.text
        other = preview.get("/cases/b.html")
        assert other.soup.h1.text == "乙"
        assert "cases/a.md 有错误" in other.bar
        made.write({"cases/a.md": case_text("甲", date="2023-01-02")})
        preview.wait(3)
        assert preview.get("/cases/a.html").soup.select_one("article, .prose") is not None
        assert "有错误" not in preview.get("/cases/b.html").bar


def test_two_cases_with_one_address_are_both_to_be_seen(project) -> None:
    made = project({"cases/x/a.md": case_text("甲"), "cases/y/a.md": case_text("乙")})
    with previewing(made.root) as preview:
        assert preview.get("/cases/a.html").soup.h1.text == "甲"
        assert "有两个案例在用" in preview.get("/cases/a-2.html").text


def test_a_file_that_cannot_be_understood_has_a_page_too(project) -> None:
    made = project({**FINE, "cases/坏.md": b"\x00\x01\x02\xff\xfe\xfd" * 40})
    with previewing(made.root) as preview:
        assert "cases/坏.md" in preview.get("/cases/huai.html").text
        assert preview.get("/cases/a.html").soup.h1.text == "甲"


@pytest.mark.parametrize("bad", ["titel: x\n", "title: [\n", "title: 试验案例集\ntheme: 没有\n"])
def test_where_nothing_can_be_built_the_last_good_page_stays_with_a_banner(project, bad) -> None:
    made = project(FINE)
    good = (made.root / "casegen.yml").read_text("utf-8")
    with previewing(made.root) as preview:
        made.write({"casegen.yml": bad})
        preview.wait(2)
        page = preview.get("/cases/a.html")
        assert page.soup.h1.text == "甲"
        assert "没有生成" in page.soup.select_one(".banner").text
        made.write({"casegen.yml": good})
        preview.wait(3)
        assert page.soup.select_one(".banner") is not None
        assert preview.get("/cases/a.html").soup.select_one(".banner") is None


def test_before_the_first_build_the_last_preview_is_shown_and_said_to_be_old(project) -> None:
    made = project(FINE)
    with desk.open_preview(made.root, "127.0.0.1", 0) as server:
        first = fetch(server.url)
    with previewing(made.root):
        pass
    with desk.open_preview(made.root, "127.0.0.1", 0) as server:
        again = fetch(server.url)
    assert "正在生成网站" in first
    assert "没有发现问题" not in first
    assert "<h1" in again
    assert "现在看到的是上一次预览的样子" in again
    assert "全部问题" not in again


def test_the_first_build_is_shown_even_of_an_empty_collection(project) -> None:
    made = project({})
    with previewing(made.root) as preview:
        assert "正在生成" not in preview.get("/").text


def test_where_nothing_was_ever_built_every_page_says_why(project) -> None:
    made = project(FINE, "titel: x\n")
    with previewing(made.root) as preview:
        page = preview.get("/")
        assert page.status == 404
        assert "还没有网站" in page.text
        assert "缺少标题" in page.bar


def test_ctrl_c_ends_it_cleanly(project) -> None:
    made = project(FINE)
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "casegen", "serve", "--port", "0"],
        cwd=made.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        assert first.startswith("预览在 http://127.0.0.1:")
        assert running.stdout.readline().startswith("已更新")
        running.send_signal(signal.SIGINT)
        said, complaints = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert said.strip() == "预览结束。"
    assert complaints == ""


def test_a_saved_case_is_shown_while_the_build_still_runs(project, monkeypatch) -> None:
    """Its title stands in lists and beside other cases, so that the whole site must be built."""
    made = project(FINE)
    rebuild, go_on = building.build_preview, threading.Event()

    def wait_and_rebuild(*given: Any) -> building.Preview:
        assert go_on.wait(PATIENCE)
        return rebuild(*given)

    with previewing(made.root) as preview:
        monkeypatch.setattr(building, "build_preview", wait_and_rebuild)
        made.write({"cases/a.md": case_text("换了题名", body="看[清单](qingdan.pdf)。")})
        while "换了题名" not in preview.get("/cases/a.html").text:
            time.sleep(0.05)
        assert "文件“qingdan.pdf”不存在" in preview.get("/cases/a.html").bar
        assert "换了题名" not in preview.get("/cases.html").text
        made.write({"cases/a.md": case_text("换了题名").replace("date:", "日期？：")})
        while preview.get("/cases/a.html").soup.select_one("li.error") is None:
            time.sleep(0.05)
        made.write({"cases/a.md": case_text("又换了题名")})
        while "又换了题名" not in preview.get("/cases/a.html").text:
            time.sleep(0.05)
        go_on.set()
        while preview.server.saves:
            preview.told.get(timeout=PATIENCE)
        assert "又换了题名" in preview.get("/cases.html").text
