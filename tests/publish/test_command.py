"""`casegen publish` as an editor runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from projects import case_text

from publish.conftest import CONFIG

LEAKY = CONFIG + "  leaky: sftp://editor:hunter2@host.edu.cn/www\n"


def test_publishing_builds_sends_and_sums_up(folder):
    done = folder.run("publish", "school")
    assert done.returncode == 0, done.stderr
    assert (folder.root / "www/cases/aa.html").is_file()
    assert "已发布到" in done.stdout
    assert "次操作" in done.stdout
    again = folder.start("publish", "school")
    assert "已是最新" in again.stdout


def test_a_total_whose_name_holds_a_wide_blank_leaves_the_record_whole(folder):
    name = "种果\u3000面积"
    row = f"{{name: {name}, dimension: area_land, unit: 亩, rule: sum, source: 自定}}"
    case = case_text("果园", f"{name}100亩。", metrics=f"[{name}: 100亩]")
    folder.write({"casegen.yml": f"{CONFIG}metrics: {{odd: {row}}}\n", "cases/aa.md": case})
    assert folder.start("publish", "school").exit_code == 0
    again = folder.start("publish", "school")
    assert "已是最新" in again.stdout
    assert "坏了" not in again.stdout
    assert "合计不同" not in again.stdout
    assert "种果 面积" in (folder.root / "www/.casegen-manifest.json").read_text("utf-8")


def test_drafts_never_go_out_even_where_the_site_was_built_with_them(folder):
    assert folder.start("build", "--drafts").exit_code == 0
    assert (folder.root / "site/cases/bb.html").is_file()
    folder.start("publish", "school")
    assert not (folder.root / "www/cases/bb.html").exists()


def test_errors_in_the_content_keep_the_site_at_home(folder):
    folder.start("publish", "school")
    before = (folder.root / "www/cases/aa.html").read_bytes()
    folder.write({"cases/aa.md": "---\ntitle: 只有标题\n---\n"})
    done = folder.start("publish", "school")
    assert done.exit_code == 1
    assert "cases/aa.md" in done.stdout
    assert "没有发布" in done.stdout
    assert (folder.root / "www/cases/aa.html").read_bytes() == before


DOUBTFUL = "{name: 帮扶资金, value: 50万元}"


def test_drafts_and_doubtful_metrics_are_named_before_anything_is_sent(folder):
    """A target with someone else's page is refused: nothing is sent, and all is said already."""
    folder.write({"cases/cc.md": case_text("坡上的茶园", metrics=f"[{DOUBTFUL}]")})
    planned = folder.start("publish", "school", "--dry-run").stdout
    folder.write({"www/index.html": "别人的页"})
    refused = folder.start("publish", "school")
    assert refused.exit_code == 2
    folder.write({"www/index.html": None})
    sent = folder.start("publish", "school").stdout
    for said in (planned, refused.stdout, sent):
        assert "另有 1 篇草稿没有上网站：cases/bb.md" in said
        assert "有 1 条指标存疑，照登而不计入合计：cc“帮扶资金”" in said
    assert sent.index("指标存疑") < sent.index("已发布到")
    assert planned.index("指标存疑") < planned.index("要发布到")


def test_a_dry_run_prints_the_plan_and_sends_nothing(folder):
    done = folder.start("publish", "beside", "--dry-run", "--verbose")
    assert f"要发布到 {folder.root.parent / 'beside/www'}：" in done.stdout  # without detours
    assert "新增页面" in done.stdout
    assert "cases/aa.html" in done.stdout
    assert "什么也没有动" in done.stdout
    assert not (folder.root.parent / "beside").exists()


def test_a_roll_back_needs_no_build(folder):
    folder.start("publish", "school")
    first = (folder.root / "www/cases/aa.html").read_bytes()
    folder.write({"cases/aa.md": case_text("山里的果园和茶园")})
    folder.start("publish", "school")
    assert (folder.root / "www/cases/aa.html").read_bytes() != first
    folder.write({"cases/aa.md": "---\ntitle: 坏了\n---\n"})
    done = folder.start("publish", "school", "--rollback")
    assert done.exit_code == 0, done.stderr
    assert (folder.root / "www/cases/aa.html").read_bytes() == first


def test_the_version_that_was_gone_back_from_is_not_sent_again_unasked(folder):
    folder.start("publish", "school")
    folder.write({"cases/aa.md": case_text("山里的果园和茶园")})
    folder.start("publish", "school")
    folder.start("publish", "school", "--rollback")
    before = (folder.root / "www/cases/aa.html").read_bytes()
    assert "退回的那一版" in folder.start("publish", "school", "--dry-run").stdout
    done = folder.start("publish", "school")
    assert done.exit_code == 2
    assert "退回的那一版" in done.stderr
    assert (folder.root / "www/cases/aa.html").read_bytes() == before
    folder.write({"cases/aa.md": case_text("山里的果园，改好了")})
    assert folder.start("publish", "school").exit_code == 0
    folder.start("publish", "school", "--rollback")
    assert folder.start("publish", "school", "--again").exit_code == 0
    assert "改好了" in (folder.root / "www/cases/aa.html").read_text("utf-8")


def test_a_roll_back_is_never_a_dry_run(folder):
    folder.start("publish", "school")
    before = sorted(folder.root.joinpath("www").rglob("*"))
    assert folder.start("publish", "school", "--rollback", "--dry-run").exit_code == 2
    assert sorted(folder.root.joinpath("www").rglob("*")) == before


@pytest.mark.parametrize("target", ["leaky", "school"])
def test_a_password_in_casegen_yml_is_refused_and_shown_nowhere(folder, target):
    """Whatever is published to: the file is passed on and kept."""
    folder.write({"casegen.yml": LEAKY})
    done = folder.start("publish", target)
    assert done.exit_code == 2
    assert "leaky 的地址里写了密码" in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
    assert not (folder.root / "www").exists()


def test_who_stops_a_run_is_told_that_it_can_be_taken_up_and_its_password_was_in_no_list(folder):
    folder.write({"www/.casegen-lock": ""})  # a lock without a mark is looked at for three seconds
    run = subprocess.Popen(
        [sys.executable, "-m", "casegen", "publish", "school"],
        cwd=folder.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "CASEGEN_PASSWORD": "hunter2"},
    )
    while not (folder.root / ".casegen/publish.lock").exists():
        assert run.poll() is None
        time.sleep(0.05)
    time.sleep(0.3)
    # The list of processes, which every user of the machine may read.
    listed = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended
            listed.append(path.read_bytes())
    assert any(b"casegen" in line for line in listed)
    assert not any(b"hunter2" in line for line in listed)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=60)[1]
    assert run.returncode == 1
    assert "再运行一次，会接着做完" in said
    assert "Traceback" not in said


def test_a_lost_connection_shows_neither_password_nor_traceback(folder, monkeypatch):
    monkeypatch.setenv("CASEGEN_PASSWORD", "hunter2")
    for target in ("ftp://editor@127.0.0.1:9/www", "sftp://editor@127.0.0.1:9/www"):
        done = folder.start("publish", target)
        assert done.exit_code == 2
        assert "连不上" in done.stderr
        assert "Traceback" not in done.stderr
        assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("package", "target", "extra"),
    [
        ("paramiko", "sftp://editor@127.0.0.1:9/www", "casegen[sftp]"),
        ("boto3", "s3://KEY@bucket/x", "casegen[s3]"),
    ],
)
def test_a_missing_package_is_named_with_how_to_install_it(folder, package, target, extra):
    without = f"import sys; sys.modules[{package!r}] = None; from casegen.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", without, "publish", target],
        cwd=folder.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "CASEGEN_PASSWORD": "x"},
    )
    assert done.returncode == 2
    assert f'pip install "{extra}"' in done.stderr
