"""The program as its users start it: check."""

from __future__ import annotations

from projects import CONFIG, case_text
from told import says, start, value_of


def test_check_says_file_line_what_is_wrong_and_how_to_mend_it(faulty):
    result = start(faulty.root, "check")
    assert result.returncode == 1
    lines = says(result).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("cases/bad.md:5:7"))
    assert lines[at].startswith("cases/bad.md:5:7 错误 ")
    assert "去年" in lines[at]
    assert "2023-11-05" in lines[at + 1]
    assert any("catagory" in line and "提醒" in line for line in lines)


def test_a_name_that_no_disk_takes_is_named_by_check_with_its_case_and_line_or_made_short(project):
    aliases = [f"old/{'字' * 90}.html", "/".join(["段" * 20] * 40) + ".html"]
    made = project(
        {
            "cases/a.md": case_text("甲", aliases=f"[{', '.join(aliases)}]"),
            "cases/b.md": case_text("乙", slug="x" * 300),
            f"cases/{'丁' * 84}.md": case_text("丁", f"[附件]({'附' * 83}.csv)"),
            f"cases/{'附' * 83}.csv": "甲,乙\n",
            f"pages/{'p' * 252}.md": "# 说明\n\n文字。\n",
        }
    )
    found = value_of(start(made.root, "check", "--format", "json"))
    named = [
        (p["path"], p["line"], p["severity"], p["hint"][:4])
        for p in found
        if p["severity"] != "note"
    ]
    assert named == [
        ("cases/a.md", 7, "error", "改短一些"),
        ("cases/a.md", 7, "error", "改短一些"),
        ("cases/b.md", 7, "warning", "写成 x"),
    ]
    assert start(made.root, "build").returncode == 1
    made.write({"cases/a.md": None})
    assert start(made.root, "build").returncode == 0


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


def test_no_command_shows_a_number_of_a_person_whole(project):
    number = "11010519491231002X"
    body = f"受助人身份证号{number},领取３万元。"
    made = project({"cases/a.md": case_text("甲", body)})
    for command in (
        ("check",),
        ("check", "--fix", "--dry-run"),
        ("list", "--figures"),
        ("set", "summary", "一句话", "a", "--dry-run"),
    ):
        said = made.start(*command)
        assert number not in said.stdout + said.stderr, command
    assert f"{number[-4:]}" in made.start("check", "--fix", "--dry-run").stderr
