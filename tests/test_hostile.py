"""Projects, outputs and states that others have touched: nothing outside, nothing half, no hang."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from projects import case_text, nest_folders
from unit.test_storage import make

from casegen import recall, tree
from casegen.cache import Cache
from casegen.desk.preview import begin_preview
from casegen.process_limits import Limits

CASES = {"cases/a.md": case_text("山里的果园", tags="[果园]"), "cases/b.md": case_text("夜校")}
COMPARISON = """{% for i in range(60) %}{% set ns.x, ns.y = [ns.x] * 2, [ns.y] * 2 %}{% endfor %}
{{ ns.x == ns.y }}"""
KINDS = [("pipe", "管道"), ("socket", "套接字"), ("device", "设备"), ("folder", "文件夹")]


def put(kind: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.unlink()
    here = Path.cwd()
    os.chdir(place.parent)  # a socket's path must be short
    try:
        make(kind, Path(place.name))
    finally:
        os.chdir(here)


@pytest.mark.parametrize(("kind", "said"), KINDS)
@pytest.mark.parametrize(
    "place", ["cases/y.md", "pages/y.md", "cases/y.png", "themes/mine/assets/y"]
)
def test_what_is_no_file_is_named_and_nobody_waits_for_it(project, kind, said, place):
    folder = project(CASES | {"themes/mine/theme.yml": "name: 我的\nextends: default\n"})
    folder.write({"casegen.yml": "title: 集\ntheme: mine\n"})
    folder.write({"cases/a.md": case_text("山里的果园", "![图](y.png)" if ".png" in place else "")})
    put(kind, folder.root / place)
    if kind == "folder" and place in {"cases/y.md", "themes/mine/assets/y"}:
        return  # lawful: a bundle, a folder of assets
    done = folder.start("build")
    assert done.exit_code in {1, 2}
    assert Path(place).name in done.output
    assert said in done.output or "项目外面" in done.output
    assert not (folder.root / "site/index.html").exists()


@pytest.mark.parametrize(("kind", "said"), KINDS)
@pytest.mark.parametrize("place", ["index.html", ".casegen-manifest.json"])
def test_what_stands_in_the_way_in_the_output_is_named_and_the_site_stays(
    project, kind, said, place
):
    folder = project(CASES)
    before = folder.build().files()
    put(kind, folder.root / "site" / place)
    folder.write({"cases/a.md": case_text("山里的果园", "改过。")})
    done = folder.start("build")
    if kind == "device":  # a link, which gives way
        assert done.exit_code == 0
        assert not (folder.root / "site" / place).is_symlink()
        return
    assert done.exit_code == 2
    assert said in done.output
    assert place in done.output
    after = {
        p.relative_to(folder.root / "site").as_posix(): p.read_bytes()
        for p in (folder.root / "site").rglob("*")
        if p.is_file()
    }
    del before[place]
    assert after == before


@pytest.mark.parametrize(("kind", "said"), [*KINDS, ("dangling", "链接")])
def test_a_casegen_yml_that_is_no_file_is_named(project, kind, said):
    folder = project(CASES)
    place = folder.root / "casegen.yml"
    if kind == "dangling":
        place.unlink()
        place.symlink_to("nowhere")
    else:
        put(kind, place)
    done = folder.start("check")
    assert done.exit_code == 2
    assert said in done.output
    assert "casegen.yml" in done.output


@pytest.mark.parametrize(
    "place", [".casegen", ".casegen/cache.sqlite", ".casegen/build.lock", ".casegen/place"]
)
def test_a_link_in_the_memory_is_removed_told_of_and_its_target_left_alone(project, place):
    folder = project(CASES)
    target = folder.root.parent / "elsewhere"
    if place == ".casegen":
        target.mkdir()
        (target / "cache.sqlite").write_text("别人的", "utf-8")
    else:
        target.write_text("别人的", "utf-8")
        (folder.root / ".casegen").mkdir()
    (folder.root / place).symlink_to(target)
    done = folder.start("build")
    assert done.exit_code == 0
    assert f"{place} 是链接" in done.stderr
    assert not (folder.root / place).is_symlink()
    theirs = target / "cache.sqlite" if target.is_dir() else target
    assert theirs.read_text("utf-8") == "别人的"


@pytest.mark.parametrize("place", ["site", "site/cases"])
def test_a_link_is_never_written_through(project, place):
    folder = project(CASES)
    elsewhere = folder.root.parent / "elsewhere"
    elsewhere.mkdir()
    (folder.root / place).parent.mkdir(exist_ok=True)
    (folder.root / place).symlink_to(elsewhere)
    done = folder.start("build", "--adopt")
    assert done.exit_code == 2
    assert "链接" in done.output
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "arguments"),
    [
        ("cases", ["check"]),
        ("pages", ["build"]),
        ("site", ["build"]),
        ("circle", ["build", "-o", "circle"]),
        ("circle", ["build", "-o", "circle/site"]),
        ("circle", ["export", "-o", "circle/a.csv"]),
        ("circle", ["publish", "./circle"]),
        ("circle", ["check", "circle"]),
        ("circle.md", ["check", "circle.md"]),
        ("themes/mine/theme.yml", ["build"]),
        ("themes/mine/assets/circle.css", ["build"]),
        ("casegen.yml", ["build"]),
    ],
)
def test_a_link_that_leads_round_to_itself_is_told(project, place, arguments):
    config = "title: 集\ntheme: mine\n" if place.startswith("themes/") else "title: 集\n"
    folder = project({} if place == "cases" else CASES, config)
    if place.startswith("themes/"):
        folder.write({"themes/mine/theme.yml": "name: 我的\nextends: default\n"})
    link = folder.root / place
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_dir():
        link.rmdir()
    link.unlink(missing_ok=True)
    link.symlink_to(link.name)
    done = folder.start(*arguments)  # raises what the program does not catch
    assert done.exit_code in {1, 2}
    assert Path(place).name in done.output
    assert link.is_symlink()


def test_a_picture_of_a_page_that_is_a_link_to_itself_is_not_waited_for(project):
    folder = project(CASES)
    folder.write({"in.html": "<h1>合作社起步</h1><p>村里办起合作社。</p><img src='a.png'>"})
    (folder.root / "a.png").symlink_to("a.png")
    done = folder.start("import", "in.html")
    assert done.exit_code == 0
    assert "a.png" in done.output


def test_a_theme_does_not_read_outside_the_project(project, tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/file.txt").write_text("机密", "utf-8")
    folder = project(CASES, "title: 集\ntheme: mine\n")
    folder.write({"themes/mine/theme.yml": "name: 我的\nextends: default\n"})
    for place, target in (("assets/x.txt", "file.txt"), ("templates/x", "")):
        link = folder.root / "themes/mine" / place
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(tmp_path / "secret" / target)
        done = folder.start("build")
        assert done.exit_code == 1
        assert "项目外面" in done.output
        assert folder.start("book", "--format", "epub").exit_code in {1, 2}
        link.unlink()


@pytest.mark.parametrize(
    ("written", "seconds", "said"),
    [
        ("{% for i in range(50000) %}" * 3 + "{% endfor %}" * 3, 1, " 第 2 行有错：模板算个没完"),
        (COMPARISON, 1, " 有错：算个没完"),  # one operation, which nothing interrupts
        ("{% for i in range(99) %}\n{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
         60, " 第 3 行有错：要用的内存太多"),
    ],
)  # fmt: skip
def test_a_template_that_takes_all_time_or_memory_is_told_and_changes_nothing(
    project, monkeypatch, written, seconds, said
):
    limits = Limits(seconds=seconds, grace=1)
    monkeypatch.setattr("casegen.editions.site.sandbox.LIMITS", limits)
    folder = project(
        CASES
        | {
            "themes/我的/theme.yml": "name: 我的\nextends: default\n",
            "themes/我的/templates/404.html": "{% include '我的/inner.html' %}",
            "themes/我的/templates/inner.html": "{% set ns = namespace(x='甲', y='甲') %}\n"
            + written,
        },
        "title: 集\ntheme: 我的\n",
    )
    done = folder.start("build", "--jobs", "1")
    assert done.exit_code == 2
    assert f"模板 inner.html{said}" in done.output
    assert not (folder.root / "site").exists()


@pytest.mark.parametrize(
    "written",
    [
        "name: " + "[" * 20_000,
        "extends: default\nindent: 2023-99-99\n",
        "extends: default\nindent: " + "9" * 6000 + "\n",
        "extends: default\nindent: !!timestamp x\n",
        "extends: default\n1: 2\n",
        "a: &a [x, x]\nb: [*a, *a]\nextends: default\n",
    ],
)
@pytest.mark.parametrize("place", ["theme.yml", "words/zh-CN.yml"])
def test_settings_and_words_of_a_theme_that_cannot_be_read_are_told(project, place, written):
    files = {"theme.yml": "name: 我的\nextends: default\n", place: written}
    folder = project(CASES, "title: 集\ntheme: mine\n")
    folder.write({f"themes/mine/{name}": text for name, text in files.items()})
    done = folder.start("build")
    assert done.exit_code == 2
    assert Path(place).name in done.output
    assert "读不懂" in done.output


@pytest.mark.parametrize(
    ("kind", "place", "said"),
    [
        ("pipe", "mine/assets/y", "管道"),
        ("socket", "other/y.html", "套接字"),
        ("device", "mine/words/y.yml", "项目外面"),
        ("folder", "other/theme.yml", "文件夹"),
        ("folder", "mine/templates/case.html", "文件夹"),
        ("link", "mine/templates/y.html", "项目外面"),
        ("link", "other", "项目外面"),
    ],
)
@pytest.mark.parametrize("command", ["check", "build"])
def test_what_is_no_file_in_a_theme_is_told_by_check(project, kind, place, said, command):
    folder = project(CASES | {"themes/mine/theme.yml": "name: 我的\nextends: default\n"})
    odd = folder.root / "themes" / place
    if kind == "link":
        odd.parent.mkdir(parents=True, exist_ok=True)
        odd.symlink_to("nowhere")
    else:
        put(kind, odd)
    done = folder.start(command)
    assert done.exit_code == 1
    assert f"themes/{place}" in done.output
    assert said in done.output
    assert not (folder.root / "site").exists()


@pytest.fixture
def nest():
    """Folders within one another, more than Python calls a function from itself; removed again."""
    tops: list[Path] = []

    def make_nest(top: Path) -> None:
        tops.append(top)
        top.mkdir(parents=True)
        nest_folders(top)

    yield make_nest
    for top in tops:
        tree.remove_folder(top)
        assert not top.exists()


@pytest.mark.parametrize(
    ("place", "code"), [("cases", 1), ("pages", 0), ("themes/mine/assets", 0), ("drafts", 0),
                        ("site/cases/a.html", 2), (".casegen/odd", 0)],
)  # fmt: skip
def test_folders_nested_without_end_do_no_harm(project, nest, place, code):
    folder = project(CASES | {"themes/mine/theme.yml": "name: 我的\nextends: default\n"})
    folder.write({"casegen.yml": "title: 集\ntheme: mine\n"})
    if place.startswith("site"):
        folder.build()
        (folder.root / place).unlink()
    nest(folder.root / place / "d")
    done = folder.start("build")
    assert done.exit_code == code
    assert ("套得太深" in done.output) == (place == "cases")
    assert folder.start("check").exit_code == (1 if place == "cases" else 0)
    assert folder.start("import", str(folder.root / place)).exit_code in {0, 2}
    assert folder.start("new", "新的").exit_code in {0, 2}


def test_a_preview_with_folders_nested_without_end_is_removed(project, nest):
    folder = project(CASES)
    nest(folder.root / ".casegen/preview/d")
    begin_preview(folder.root)
    assert not (folder.root / ".casegen/preview").exists()


def test_files_that_are_far_too_large_are_told_and_not_read(project):
    """They hold nothing: a file may say that it is larger than the disk."""
    folder = project(CASES | {"themes/mine/theme.yml": "name: 我的\nextends: default\n"})
    folder.write({"cases/a.md": case_text("山里的果园", "![图](x.jpg)\n\n[表](x.pdf)")})
    for name in ("cases/x.jpg", "cases/x.pdf"):
        with (folder.root / name).open("wb") as file:
            file.truncate(1 << 40)
    done = folder.start("build")
    assert done.exit_code == 1
    assert done.output.count("有 1024.0 GB，超过 2 GB 的上限") == 2
    folder.write({"cases/a.md": CASES["cases/a.md"], "casegen.yml": "title: 集\ntheme: mine\n"})
    with (folder.root / "themes/mine/y.bin").open("wb") as file:
        file.truncate(1 << 40)
    done = folder.start("build")
    assert done.exit_code == 2
    assert "y.bin 读不了：太大" in done.output


def test_two_builds_of_one_project_are_made_one_after_the_other(project):
    folder = project(CASES)
    command = [sys.executable, "-m", "casegen", "build"]
    lock = folder.root / ".casegen/build.lock"
    hold = subprocess.Popen(
        [sys.executable, "-c", HOLD, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert hold.stdout.readline() == "held\n"
    second = subprocess.Popen(
        command, cwd=folder.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert "另一个窗口正在生成" in second.stderr.readline()
    assert not (folder.root / "site").exists()
    hold.communicate("")
    out, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert "2 篇案例" in out


HOLD = """
import sys, pathlib
from casegen import process_lock
with process_lock.hold_lock(pathlib.Path(sys.argv[1]), None):
    print("held", flush=True)
    sys.stdin.read()
"""


def kinds_of(root):
    """The kinds of what is cached of output folders."""
    with closing(sqlite3.connect(root / ".casegen/cache.sqlite")) as base:
        found = base.execute("SELECT DISTINCT kind FROM memory WHERE kind LIKE 'output %'")
        return [kind for (kind,) in found]


def test_a_forged_memory_does_not_put_a_page_on_the_site(project, tmp_path):
    """A project that comes with a site and a memory that agree on a page nobody wrote."""
    folder = project(CASES)
    folder.build()
    page = folder.root / "site/cases/a.html"
    honest = page.read_bytes()
    page.write_bytes(b"forged")
    digest = hashlib.blake2b(b"forged", digest_size=16).hexdigest()
    with closing(Cache(folder.root / ".casegen", recall.make_stamp())) as cache:
        ((kind, known),) = [
            (kind, rows["cases/a.html"])
            for kind in kinds_of(folder.root)
            if "cases/a.html" in (rows := cache.read(kind))
        ]
        row = replace(known, digest=digest, state=())
        cache.patch({kind: {"cases/a.html": row}}, {})
    forged = tmp_path / "forged"
    subprocess.run(["cp", "-a", folder.root, forged], check=True)
    folder.root.rename(tmp_path / "away")
    forged.rename(folder.root)
    folder.build()
    assert page.read_bytes() == honest


def test_a_folder_of_the_site_that_cannot_be_entered_is_told(project):
    made = project({"cases/a.md": case_text("山里的果园", tags="[果园]")})
    made.build()
    made.write({"cases/a.md": case_text("山里的果园", tags="[果园, 山货]")})
    closed = made.root / "site/tags"
    closed.chmod(0)
    # To root nothing is forbidden, unless it gives up these two rights.
    rights = "-dac_override,-dac_read_search"
    as_others = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]
    done = subprocess.run(
        [*(as_others if os.geteuid() == 0 else ()), sys.executable, "-m", "casegen", "build"],
        cwd=made.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    closed.chmod(0o755)
    assert done.returncode == 2
    assert "没有权限" in done.stderr
    assert "tags" in done.stderr
