"""The program as its users start it: where the project is, what goes wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import CONFIG, Project, case_text
from told import real_each, says, start, value_of

import casegen


def test_the_project_is_found_from_a_folder_inside_it_and_by_its_path(two):
    assert start(two.root / "cases", "build").returncode == 0
    assert (two.root / "site" / "index.html").is_file()
    shutil.rmtree(two.root / "site")
    assert start(two.root.parent, "-C", two.root.name, "build").returncode == 0
    assert (two.root / "site" / "index.html").is_file()
    assert start(two.root.parent, "-C", str(two.root / "cases"), "check").returncode == 0


@pytest.mark.parametrize("command", [["build"], ["check"], ["new", "题目"], ["build", "--json"]])
def test_without_a_project_every_command_says_what_to_do(tmp_path, command):
    result = start(tmp_path, *command)
    assert result.returncode == 2
    assert "casegen init" in says(result)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_there_is_not_is_no_project(two):
    result = start(two.root, "-C", "nowhere", "build")
    assert result.returncode == 2
    assert "nowhere" in says(result)


@pytest.mark.parametrize(
    "text",
    ["title: [\n", "", "- 甲\n", "title:\n", "subtitle: 甲\n", "title: {a: b}\n", "\tx: 1\n",
     "&a b\n"],
)  # fmt: skip
def test_a_casegen_yml_that_cannot_be_used_is_an_error_with_its_line(project, text):
    made = project({"cases/a.md": case_text()}, text)
    for command in (["build"], ["check"]):
        result = start(made.root, *command)
        assert result.returncode == 1, says(result)
        assert "casegen.yml:" in says(result)
    found = value_of(start(made.root, "check", "--format", "json"))
    assert any(p["path"] == "casegen.yml" and p["severity"] == "error" for p in found)
    assert value_of(start(made.root, "build", "--json"))["problems"]
    assert start(made.root, "new", "题目").returncode == 2


def arrange_output_that_is_a_file(made: Project) -> list[str]:
    made.write({"site": "一个文件"})
    return ["build"]


def arrange_output_below_a_file(made: Project) -> list[str]:
    made.write({"out": "一个文件"})
    return ["build", "-o", "out/deeper/site"]


def arrange_output_in_cases(_: Project) -> list[str]:
    return ["build", "-o", "cases/site"]


def arrange_output_over_the_project(_: Project) -> list[str]:
    return ["build", "-o", "."]


def arrange_output_above_the_project(_: Project) -> list[str]:
    return ["build", "-o", ".."]


def arrange_output_in_the_cache(_: Project) -> list[str]:
    return ["build", "-o", ".casegen"]


def arrange_output_where_nobody_can_write(_: Project) -> list[str]:
    return ["build", "-o", "/proc/casegen/site"]


def arrange_folder_in_the_place_of_a_page(made: Project) -> list[str]:
    start(made.root, "build")
    (made.root / "site" / "cases.html").unlink()
    made.write({"site/cases.html/own.txt": "我的"})
    return ["build"]


def arrange_unknown_theme(made: Project) -> list[str]:
    made.write({"casegen.yml": CONFIG + "theme: 没有\n"})
    return ["build"]


def arrange_broken_template(made: Project) -> list[str]:
    made.write(
        {
            "casegen.yml": CONFIG + "theme: own\n",
            "themes/own/theme.yml": "extends: default\n",
            "themes/own/templates/case.html": "{% if %}",
        }
    )
    return ["build"]


def arrange_broken_theme_file(made: Project) -> list[str]:
    made.write({"casegen.yml": CONFIG + "theme: own\n", "themes/own/theme.yml": "a: [\n"})
    return ["build"]


def arrange_theme_file_that_is_text(made: Project) -> list[str]:
    made.write({"casegen.yml": CONFIG + "theme: own\n", "themes/own/theme.yml": "文字\n"})
    return ["build"]


def arrange_broken_words(made: Project) -> list[str]:
    made.write(
        {
            "casegen.yml": CONFIG + "theme: own\n",
            "themes/own/theme.yml": "extends: default\n",
            "themes/own/words/zh-CN.yml": "a: [\n",
        }
    )
    return ["build"]


def arrange_configuration_that_is_a_folder(made: Project) -> list[str]:
    (made.root / "casegen.yml").unlink()
    (made.root / "casegen.yml").mkdir()
    return ["build"]


def arrange_unknown_option(_: Project) -> list[str]:
    return ["build", "--nonsense"]


def arrange_unknown_command(_: Project) -> list[str]:
    return ["bulid"]


def arrange_wrong_number(_: Project) -> list[str]:
    return ["build", "--jobs", "many"]


def arrange_missing_title(_: Project) -> list[str]:
    return ["new"]


def arrange_wrong_format(_: Project) -> list[str]:
    return ["check", "--format", "xml"]


@pytest.mark.parametrize(
    "arrange",
    [found for name, found in list(globals().items()) if name.startswith("arrange_")],
    ids=lambda arrange: arrange.__name__.removeprefix("arrange_"),
)
def test_what_cannot_run_says_so_in_chinese_and_exits_with_two(two, arrange):
    before = {p: p.read_bytes() for p in (two.root / "cases").rglob("*.md")}
    result = start(two.root, *arrange(two))
    assert result.returncode == 2, says(result)
    assert any("\u4e00" <= character <= "\u9fff" for character in says(result))
    assert result.stdout == ""
    assert {p: p.read_bytes() for p in (two.root / "cases").rglob("*.md")} == before


def test_a_project_without_cases_is_an_empty_site(project):
    made = project({})
    assert start(made.root, "build").returncode == 0
    assert "0 篇" in (made.root / "site" / "cases.html").read_text("utf-8")


def test_a_folder_named_like_a_case_is_a_folder(project):
    made = project({"cases/a.md/b.md": case_text()})
    assert value_of(start(made.root, "build", "--json"))["cases"] == 1


def test_a_file_in_the_place_of_the_cases_is_reported(project):
    made = project({"cases": "文件"})
    result = start(made.root, "build")
    assert result.returncode == 1
    assert "cases:" in says(result)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_are_no_text_are_no_trouble(project):
    made = project({"cases/a.md": case_text("甲")})
    for name in (b"b\xff.md", b"\xe4\xb8.md"):
        (made.root / "cases" / os.fsdecode(name)).write_text(case_text("乙"), "utf-8")
    assert all(real_each(made.root, (["build"], ["check"], ["check", "--format", "json"])))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\0\1\2", b"---\n", "\x81\x30".encode()])
def test_a_case_file_of_any_bytes_is_no_trouble(project, content):
    made = project({"cases/a.md": content})
    for command in (["check"], ["build", "--drafts"]):
        assert start(made.root, *command).returncode in {0, 1}
        says(start(made.root, *command))


LONG = "9" * 300


@pytest.mark.parametrize(
    "command",
    [
        ["check", LONG],
        ["check", "--format", "html", "-o", LONG],
        ["build", "-o", LONG],
        ["build", "-o", f"{LONG}/x"],
        ["export", "-o", f"{LONG}.csv"],
        ["export", "-o", f"{LONG}/x.csv"],
        ["book", "--format", "epub", "-o", f"{LONG}.epub"],
        ["import", LONG],
        ["publish", LONG],
        ["publish", f"./{LONG}"],
        ["publish", f"./{LONG}.zip"],
        ["-C", LONG, "check"],
        ["init", LONG],
        ["set", "title", "甲", LONG],
        ["set", "title", "甲\udcff", "cases/a.md"],
        ["rename", "tag", "果园", "甲\udcff"],
    ],
    ids=lambda command: " ".join(command).replace(LONG, "LONG").encode("ascii", "replace"),
)
def test_a_name_that_no_disk_takes_and_bytes_that_are_no_text_are_said(two, command):
    result = start(two.root, *command)
    assert result.returncode == 2, says(result)
    assert any("\u4e00" <= character <= "\u9fff" for character in says(result))


def test_a_picture_or_a_file_of_too_long_a_name_is_told_where_it_is_named(project):
    body = f"![图]({LONG}.png)\n\n[附件](a/{LONG}.pdf)\n\n[另一篇]({LONG}.md)"
    made = project({"cases/a.md": case_text("甲", body, cover=f"{LONG}.jpg")})
    found = value_of(start(made.root, "check", "--format", "json"))
    named = {(p["rule"], p["line"]) for p in found if p["severity"] != "note"}
    assert named == {("missing-image", 7), ("missing-image", 10), ("missing-file", 12),
                     ("missing-case", 14)}  # fmt: skip
    assert start(made.root, "build").returncode == 1


def test_an_interruption_while_modules_load_is_told_in_chinese(tmp_path):
    start_and_stop = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from casegen.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", start_and_stop, "check"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (1, "已中止。")


# The memory that a command may take beyond what the program itself has when it starts.
START_WITH = """
import resource, sys
from casegen.cli import main
told = open("/proc/self/status").read().partition("VmData:")[2]
most = (int(told.split()[0]) << 10) + (int(sys.argv.pop(1)) << 20)
resource.setrlimit(resource.RLIMIT_DATA, (most, most))
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other system refuses memory so")
@pytest.mark.parametrize("room", [1, 5, 12])  # MiB
@pytest.mark.parametrize(
    "command",
    [("build", "--clean"), ("check", "--format", "json"), ("book", "--format", "pdf"),
     ("book", "--format", "docx"), ("import", "draft.txt"), ("build", "--jobs", "2", "--clean")],
    ids=" ".join,
)  # fmt: skip
def test_too_little_memory_is_told_in_chinese(project, room, command):
    made = project({f"cases/{n}.md": case_text(f"第{n}篇") for n in range(160)})
    made.write({"draft.txt": "夜校\n\n某某大学办了一所夜校。\n"})
    done = subprocess.run(
        [sys.executable, "-c", START_WITH, str(room), *command],
        cwd=made.root,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert (done.returncode == 2) == ("内存不够" in says(done)), says(done)
    assert done.returncode in ({2} if room == 1 else {0, 1, 2})


@pytest.mark.parametrize("damage", [b"\ndef f(:\n", b"\0" * 9], ids=["syntax", "zeros"])
@pytest.mark.parametrize("module", ["screen.py", "exporting.py"])  # before and in a command
def test_a_damaged_module_of_casegen_is_a_traceback_and_no_want_of_memory(two, module, damage):
    folder = two.root.parent / "damaged"
    package = Path(casegen.__file__).parent
    shutil.copytree(package, folder / "casegen", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "themes").symlink_to(package.parent / "themes")
    with (folder / "casegen" / module).open("ab") as file:
        file.write(damage)
    done = subprocess.run(
        [sys.executable, "-m", "casegen", "export"],
        cwd=two.root,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(folder)},
        check=False,
    )
    assert done.returncode == 1
    assert "SyntaxError" in done.stderr
    assert "内存" not in done.stderr
