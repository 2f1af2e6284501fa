"""The program as editors run it: what it prints, writes and answers, and when it refuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from projects import CONFIG, Project, case_text
from projects import start as started

REPOSITORY = Path(__file__).parents[1]
CHINESE = "案例集"


def says(result: subprocess.CompletedProcess[str]) -> str:
    """All that was printed; a traceback or an English phrase of the machinery is a failure."""
    text = result.stdout + result.stderr
    assert "Traceback" not in text, text
    assert "Error:" not in text, text
    assert "Usage:" not in text, text
    return text


def value_of(result: subprocess.CompletedProcess[str]) -> Any:
    """The one JSON value on standard output."""
    assert "Traceback" not in result.stderr, result.stderr
    return json.loads(result.stdout)


def start(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program in this process."""
    ran = started(folder, *arguments)
    return subprocess.CompletedProcess(arguments, ran.exit_code, ran.stdout, ran.stderr)


def real(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    return Project(folder).run(*arguments, **options)


@pytest.fixture
def two(project) -> Project:
    """A project with one case and one draft."""
    return project({"cases/a.md": case_text("甲"), "cases/b.md": case_text("乙", status="draft")})


@pytest.fixture
def faulty(project) -> Project:
    """A project with an error in one case and a warning in another."""
    return project(
        {
            "cases/bad.md": case_text("坏", date="去年"),
            "cases/sub/loose.md": case_text("松", catagory="x"),
        }
    )


# ── init and new ──


def test_a_new_collection_builds_at_once(tmp_path):
    made = real(tmp_path, "init", "集子")
    assert made.returncode == 0
    assert "casegen build" in says(made)
    folder = tmp_path / "集子"
    assert (folder / "casegen.yml").is_file()
    assert (folder / "cases").is_dir()
    built = real(folder, "build")
    assert built.returncode == 0, says(built)
    assert (folder / "site" / "index.html").is_file()
    assert real(folder, "check", "--strict").returncode == 0


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


@pytest.mark.parametrize(
    "title", ["../../逃走", 'a: "b" #c', "- 列表", "*星*", "<b>", "！！", "con"]
)
def test_a_title_of_any_kind_makes_a_case_that_can_be_read(two, title):
    assert start(two.root, "new", "--", title).returncode == 0
    (path,) = [p for p in (two.root / "cases").iterdir() if p.name not in {"a.md", "b.md"}]
    assert path.name.isascii()
    assert yaml.safe_load(path.read_text("utf-8").split("\n---\n")[0].removeprefix("---\n"))[
        "title"
    ] == title  # fmt: skip
    assert start(two.root, "build", "--drafts").returncode in {0, 1}


@pytest.mark.parametrize("word", ["产业", "industry", "产业振兴"])
def test_a_category_is_named_in_any_way_that_cases_may_name_it(project, word):
    names = "categories:\n  industry: {name: 产业振兴}\n  talent: {name: 人才振兴}\n"
    made = project({"cases/a.md": case_text()}, CONFIG + names)
    result = start(made.root, "new", "题目", "--category", word)
    assert result.returncode == 0, says(result)


def test_a_category_that_there_is_not_is_refused_by_name(two):
    refused = start(two.root, "new", "题目", "--category", "工业")
    assert refused.returncode == 2
    assert "工业" in says(refused)
    assert "产业" in says(refused)


# ── build ──


def test_build_says_what_it_did_and_names_check(two):
    result = start(two.root, "build")
    assert result.returncode == 0
    text = says(result)
    assert "1 篇案例" in text
    assert "site/index.html" in text
    assert "casegen check" in text.splitlines()[-1]


def test_build_json_is_one_value_with_counts_and_seconds(two):
    first = value_of(real(two.root, "build", "--json"))
    assert set(first) == {
        "cases", "pages", "written", "kept", "removed", "seconds", "problems", "left_out",
    }  # fmt: skip
    assert (first["cases"], first["kept"], first["removed"]) == (1, 0, 0)
    assert first["problems"] == []
    assert all(isinstance(spent, float) for spent in first["seconds"].values())
    files = [p for p in (two.root / "site").rglob("*") if p.is_file()]
    assert first["written"] == len(files) - 1  # the manifest is not counted
    assert first["pages"] == len([p for p in files if p.suffix == ".html"])
    second = value_of(real(two.root, "build", "--json"))
    assert (second["written"], second["kept"]) == (0, first["written"])
    (two.root / "cases" / "a.md").unlink()
    third = value_of(real(two.root, "build", "--json"))
    assert third["cases"] == 0
    assert third["removed"] > 0


def test_build_takes_drafts_a_folder_and_a_number_of_jobs(two):
    result = start(
        two.root, "build", "--drafts", "-o", "预览/草稿", "--jobs", "2", "--clean", "--json"
    )
    assert value_of(result)["cases"] == 2
    assert (two.root / "预览" / "草稿" / "cases" / "b.html").is_file()
    assert not (two.root / "site").exists()


def test_a_folder_with_other_files_is_refused_unless_adopted(two):
    two.write({"out/own.txt": "我的", "out/index.html": "别人的首页"})
    refused = start(two.root, "build", "-o", "out")
    assert refused.returncode == 2
    assert "--adopt" in says(refused)
    assert sorted(p.name for p in (two.root / "out").iterdir()) == ["index.html", "own.txt"]
    assert start(two.root, "build", "-o", "out", "--adopt").returncode == 0
    assert (two.root / "out" / "own.txt").read_text("utf-8") == "我的"
    assert start(two.root, "build", "-o", "out").returncode == 0


def test_clean_rebuilds_the_same_bytes(two):
    start(two.root, "build")
    site = two.root / "site"
    before = {p: p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert start(two.root, "build", "--clean").returncode == 0
    assert {p: p.read_bytes() for p in site.rglob("*") if p.is_file()} == before


def test_an_error_stops_the_build_and_leaves_the_old_site_whole(two):
    real(two.root, "build")
    site = two.root / "site"
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in site.rglob("*") if p.is_file()}
    two.write({"cases/a.md": case_text("改过"), "cases/c.md": case_text("坏", date="昨天")})
    stopped = real(two.root, "build")
    assert stopped.returncode == 1
    text = says(stopped)
    assert "cases/c.md:" in text
    assert "malformed-field" in text
    assert "casegen check" in text
    after = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in site.rglob("*") if p.is_file()}
    assert after == before
    found = value_of(real(two.root, "build", "--json"))
    assert [p["rule"] for p in found["problems"]] == ["malformed-field"]
    assert found["written"] == 0


def test_build_shows_errors_only(faulty):
    text = says(start(faulty.root, "build"))
    assert "提醒" not in text
    assert "catagory" not in text


# ── check ──


def test_check_says_file_line_what_is_wrong_and_how_to_mend_it(faulty):
    result = start(faulty.root, "check")
    assert result.returncode == 1
    lines = says(result).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("cases/bad.md:5:7"))
    assert lines[at].startswith("cases/bad.md:5:7 错误 ")
    assert "去年" in lines[at]
    assert "2023-11-05" in lines[at + 1]
    assert any("catagory" in line and "提醒" in line for line in lines)


def test_check_json_is_a_list_of_problems(faulty):
    found = value_of(start(faulty.root, "check", "--format", "json"))
    for problem in found:
        assert set(problem) == {
            "rule", "severity", "message", "path", "line", "column", "hint", "fixable", "fix",
        }  # fmt: skip
        assert problem["severity"] in {"error", "warning", "note"}
        assert (faulty.root / problem["path"]).is_file()
        assert isinstance(problem["fixable"], bool)
    bad = next(p for p in found if p["severity"] == "error")
    assert (bad["rule"], bad["path"], bad["line"]) == ("malformed-field", "cases/bad.md", 5)


def test_check_is_content_with_warnings_unless_it_is_strict(project):
    made = project({"cases/a.md": case_text(catagory="x")})
    assert start(made.root, "check").returncode == 0
    assert start(made.root, "check", "--strict").returncode == 1


def test_check_of_some_paths_shows_theirs_only(faulty):
    def paths(*arguments: str) -> set[str]:
        found = value_of(start(faulty.root, "check", "--format", "json", *arguments))
        return {p["path"] for p in found}

    assert paths("cases/sub") == {"cases/sub/loose.md"}
    assert paths("cases/bad.md", "cases/sub/loose.md") == paths() >= {"cases/bad.md"}
    assert start(faulty.root, "check", "cases/sub").returncode == 0


def test_a_path_as_check_shows_it_can_be_given_back_from_anywhere(faulty):
    inside = start(faulty.root / "cases" / "sub", "check", "--format", "json", "cases/bad.md")
    assert {p["path"] for p in value_of(inside)} == {"cases/bad.md"}
    outside = start(
        faulty.root.parent, "-C", str(faulty.root), "check", "--format", "json", "cases/sub"
    )
    assert {p["path"] for p in value_of(outside)} == {"cases/sub/loose.md"}


def test_a_path_that_there_is_not_is_named(faulty):
    refused = start(faulty.root, "check", "cases/none.md")
    assert refused.returncode == 2
    assert "none.md" in says(refused)


def test_a_sound_project_says_so(project):
    made = project({}, CONFIG)
    result = start(made.root, "check")
    assert result.returncode == 0
    assert "没有发现问题" in says(result)
    assert value_of(start(made.root, "check", "--format", "json")) == []


# ── where the project is ──


def test_the_project_is_found_from_a_folder_inside_it_and_by_its_path(two):
    assert real(two.root / "cases", "build").returncode == 0
    assert (two.root / "site" / "index.html").is_file()
    shutil.rmtree(two.root / "site")
    assert real(two.root.parent, "-C", two.root.name, "build").returncode == 0
    assert (two.root / "site" / "index.html").is_file()
    assert real(two.root.parent, "-C", str(two.root / "cases"), "check").returncode == 0


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


# ── what goes wrong ──


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
    for command in (["build"], ["check"], ["check", "--format", "json"]):
        result = real(made.root, *command)
        assert result.returncode in {0, 1}, result.stderr
        says(result)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\0\1\2", b"---\n", "\x81\x30".encode()])
def test_a_case_file_of_any_bytes_is_no_trouble(project, content):
    made = project({"cases/a.md": content})
    for command in (["check"], ["build", "--drafts"]):
        assert start(made.root, *command).returncode in {0, 1}
        says(start(made.root, *command))


# ── consoles and programs that read along ──


@pytest.mark.parametrize("coding", ["gbk", "ascii", "cp437"])
def test_output_survives_a_console_that_cannot_show_every_character(project, coding):
    made = project({"cases/a.md": case_text("甲😀", date="𝒳昨天"), "cases/ü.md": "---\n"})
    environment = {**os.environ, "PYTHONIOENCODING": coding, "PYTHONUTF8": "0"}
    for command in (["check"], ["build"], ["explain"], ["--help"], ["schema"], ["new", "题😀"]):
        result = subprocess.run(
            [sys.executable, "-m", "casegen", *command],
            cwd=made.root, env=environment, capture_output=True, check=False, timeout=300,
        )  # fmt: skip
        assert result.returncode in {0, 1}, result.stderr
        assert b"Traceback" not in result.stderr
        assert result.stdout
        if coding == "gbk":
            result.stdout.decode("gbk")


@pytest.mark.parametrize("coding", ["gbk", "ascii", "utf-8"])
def test_json_is_whole_in_every_encoding(project, coding):
    made = project({"cases/a.md": case_text("甲", date="𝒳昨天")})
    environment = {**os.environ, "PYTHONIOENCODING": coding, "PYTHONUTF8": "0"}
    result = subprocess.run(
        [sys.executable, "-m", "casegen", "check", "--format", "json"],
        cwd=made.root, env=environment, capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    (problem,) = [p for p in json.loads(result.stdout.decode()) if p["severity"] == "error"]
    assert "𝒳昨天" in problem["message"]


def test_help_is_chinese_for_every_command(tmp_path):
    top = says(start(tmp_path, "--help"))
    assert CHINESE in top
    for command in ("init", "new", "build", "check", "schema", "explain"):
        assert command in top
        text = says(start(tmp_path, command, "--help"))
        assert "Options" not in text
        assert "Show this message" not in text
    assert start(tmp_path, "--version").stdout.startswith("casegen ")


# ── explain and schema ──


def test_explain_lists_all_rules_or_tells_of_one(tmp_path):
    listed = says(start(tmp_path, "explain"))
    for rule in ("missing-field", "duplicate-address", "missing-cover"):
        assert f"{rule}（" in listed
    told = start(tmp_path, "explain", "missing-image")
    assert told.returncode == 0
    assert "怎么改" in says(told)


def test_explain_of_a_rule_that_there_is_not_names_the_nearest(tmp_path):
    result = start(tmp_path, "explain", "mising-image")
    assert result.returncode == 2
    assert "missing-image" in says(result)


def test_the_schema_is_one_and_accepts_every_case_of_the_demonstration(tmp_path):
    schema = value_of(start(tmp_path, "schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema)
    cases = sorted((REPOSITORY / "cases").rglob("*.md"))
    assert cases
    for path in cases:
        front = path.read_text("utf-8").split("\n---\n")[0].removeprefix("---\n")
        checker.validate(yaml.load(front, yaml.BaseLoader))  # noqa: S506 dates stay text


@pytest.mark.parametrize(
    "front",
    [
        {"catagory": "产业"},
        {"date": "2023年"},
        {"slug": "有中文"},
        {"featured": "yes"},
        {"metrics": 3},
    ],
)
def test_the_schema_refuses_what_check_refuses(tmp_path, front):
    sound = {
        "title": "甲", "institution": "乙", "regions": "甘肃省", "date": "2023-01-01",
        "categories": "产业",
    }  # fmt: skip
    checker = jsonschema.Draft202012Validator(value_of(start(tmp_path, "schema")))
    checker.validate(sound)
    with pytest.raises(jsonschema.ValidationError):
        checker.validate(sound | front)
