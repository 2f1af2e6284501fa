"""After any edits, an incremental build has the bytes of a clean one, and touches little."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import CONFIG, Project, Site, case_text

WORDS = ["水苔", "刺梨", "茶园", "电商", "合作社", "讲习所", "路灯", "河道"]
CATEGORIES = ["产业", "人才", "文化", "生态", "组织"]
PLACES = ["甘肃省/定西市/陇西县", "贵州省/黔东南苗族侗族自治州/从江县", "陕西省/安康市/汉阴县"]
MOMENTS = 20 if os.environ.get("CASEGEN_FULL") else 4  # at which a build is killed

words = st.sampled_from(WORDS)


@st.composite
def cases(draw: st.DrawFn) -> str:
    status = draw(st.sampled_from(["published"] * 5 + ["draft", "withdrawn"]))
    number = draw(st.integers(1, 900))
    link = draw(st.sampled_from(["", "见[另一篇](b.md)。", "见[说明](../pages/about.md)。"]))
    return case_text(
        f"{draw(words)}的{draw(words)}",
        f"## 背景\n\n投入{number}万元。{link}",
        categories=f"[{draw(st.sampled_from(CATEGORIES))}]",
        regions=draw(st.sampled_from(PLACES)),
        date=f"20{draw(st.integers(15, 25))}-06-01",
        tags=f"[{draw(words)}]",
        metrics=f"[投入帮扶资金: {number}万元]",
        status=status,
        featured=draw(st.sampled_from(["true", "false"])),
    )


names = st.sampled_from([f"cases/{letter}.md" for letter in "abcdef"])
edits = st.lists(st.dictionaries(names, st.none() | cases(), min_size=1), min_size=2, max_size=5)
titles = st.sampled_from(["甲集", "乙集"])


def clean_build(root: Path) -> dict[str, bytes]:
    """What a first build of the same sources gives, elsewhere, without memory."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", ".casegen"))
        return Project(copy).build().files()


@pytest.mark.long
@settings(max_examples=100 if os.environ.get("CASEGEN_FULL") else 6, deadline=None)
@given(edits, st.lists(titles, min_size=5, max_size=5))
def test_after_any_edits_the_incremental_bytes_are_the_clean_bytes(steps, names):
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.write({"pages/about.md": "# 说明\n\n文字。"})
        (project.root / "cases").mkdir()
        for step, name in zip(steps, names, strict=False):
            known = {n: c for n, c in step.items() if c or (project.root / n).exists()}
            config = f"title: {name}\nbase_url: https://example.edu.cn/x/\n"
            site = project.write({**known, "casegen.yml": config}).build()
            assert site.files() == clean_build(project.root)


# Sixty cases with tags, years and provinces in common.
SIXTY = {
    f"cases/c{n:02}.md": case_text(
        f"案例{n}",
        f"正文{n}。",
        date=f"20{15 + n % 8}-01-{1 + n % 28:02}",
        regions=PLACES[n % 3],
        categories=f"[{CATEGORIES[n % 5]}]",
        tags=f"[{WORDS[n % 8]}]",
    )
    for n in range(60)
}


@pytest.fixture(scope="module")
def sixty_once(tmp_path_factory) -> Project:
    config = CONFIG + "base_url: https://example.edu.cn/x/\n"
    return Project(tmp_path_factory.mktemp("sixty")).write({"casegen.yml": config, **SIXTY})


@pytest.fixture
def sixty(sixty_once) -> Project:
    """The sixty, built; what the test before changed is put back."""
    there = {p.relative_to(sixty_once.root).as_posix(): p for p in sixty_once.root.glob("cases/*")}
    changed = {
        n: text
        for n, text in SIXTY.items()
        if n not in there or there[n].read_text("utf-8") != text
    }
    sixty_once.write({**changed, **dict.fromkeys(there.keys() - SIXTY.keys())}).build()
    return sixty_once


def test_without_changes_nothing_is_written(sixty):
    report = sixty.build().outcome.report
    assert (report.written, report.removed) == ((), ())


def test_the_number_of_jobs_and_the_cache_do_not_change_a_byte(sixty):
    one = sixty.build().files()
    assert sixty.build(jobs=2, clean=True, output=sixty.root / "two").files() == one


def test_an_edit_in_the_body_rewrites_that_case_what_search_has_of_it_and_no_list(sixty):
    text = (sixty.root / "cases/c30.md").read_text("utf-8")
    sixty.write({"cases/c30.md": text.replace("date:", "summary: 不变\ndate:")}).build()
    sixty.write({"cases/c30.md": text.replace("date:", "summary: 不变\ndate:") + "\n又一段。\n"})
    written = sixty.build().outcome.report.written
    kinds = sorted(re.sub(r"-[0-9a-f]{10}\.js", "-….js", path) for path in written)
    assert kinds == [
        "assets/catalog.js",
        "assets/lookup-….js",
        "assets/text-….js",
        "cases/c30.html",
        "cases/c30.md",
    ]


def test_a_changed_title_rewrites_the_pages_that_show_it(sixty):
    text = (sixty.root / "cases/c30.md").read_text("utf-8")
    site = sixty.write({"cases/c30.md": text.replace("案例30", "新题名")}).build()
    written = set(site.outcome.report.written)
    naming = {name for name, content in site.files().items() if "新题名".encode() in content}
    shown = {name for name in naming if not name.startswith((".", "data/metrics"))}
    assert shown <= written
    assert not {f"cases/c{n:02}.html" for n in range(60)} - naming & written
    assert len(written) < 30


def test_a_removed_case_takes_its_pages_with_it(sixty):
    site = sixty.write({"cases/c30.md": None}).build()
    assert {"cases/c30.html", "cases/c30.md"} <= set(site.outcome.report.removed)
    assert not any("c30" in name for name in site.files() if not name.startswith("assets/"))


@pytest.mark.parametrize("harm", ["delete", "alter", "empty"])
def test_every_harmed_output_file_is_restored(sixty, harm):
    whole = sixty.build().files()
    for name in whole:
        path = sixty.root / "site" / name
        if harm == "delete":
            path.unlink()
        else:
            path.write_bytes(b"" if harm == "empty" else path.read_bytes()[:-1] + b"#")
    assert sixty.build().files() == whole


def test_one_altered_byte_is_noticed_though_size_and_time_are_the_same(sixty):
    whole = sixty.build().files()
    path = sixty.root / "site" / "cases" / "c30.html"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace("案例30".encode(), "案例99".encode()))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert sixty.build().files() == whole


@pytest.mark.parametrize("damage", ["removed", "garbled", "truncated"])
def test_a_damaged_cache_costs_only_time(sixty, damage):
    whole = sixty.build().files()
    for path in (sixty.root / ".casegen").rglob("*.sqlite"):
        content = path.read_bytes()
        if damage == "removed":
            path.unlink()
        else:
            path.write_bytes(content[: len(content) // 2] if damage == "truncated" else b"x" * 999)
    assert sixty.build().files() == whole


def start(project: Project, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "casegen", "build", "--jobs", "1", *options],
        cwd=project.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.long
def test_a_build_killed_at_any_moment_is_completed_by_the_next(sixty):
    """Moments spread over a build that turns one site into another, by a fixed seed."""
    sixty.write(dict.fromkeys(name for name in SIXTY if name > "cases/c20.md"))  # twenty will do
    assert start(sixty, "--clean").wait() == 0
    sixty.write({f"cases/c{n:02}.md": case_text(f"第{n}", "改了。") for n in range(0, 20, 2)})
    begun = time.monotonic()
    assert start(sixty).wait() == 0
    length = time.monotonic() - begun
    chance = random.Random(20)
    halfway = 0
    for moment in range(MOMENTS):
        changes: dict[str, str | None] = {
            f"cases/c{n:02}.md": case_text(
                f"第{moment}版{n}", "改了。", tags=f"[{WORDS[moment % 8]}]"
            )
            for n in range(0, 20, 2)
        }
        sixty.write({**changes, f"cases/extra{moment}.md": case_text(f"新增{moment}")})
        process = start(sixty)
        time.sleep(length * (0.3 + 0.7 * (moment + chance.random()) / MOMENTS))
        process.send_signal(signal.SIGKILL)
        halfway += process.wait() != 0
        site = Site(sixty.root / "site", sixty.try_build())
        assert site.files() == clean_build(sixty.root)
    assert halfway >= MOMENTS // 4, "the builds were too quick to be killed"
