"""The program as its users start it: consoles and programs that read along, explain and schema."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import jsonschema
import pytest
import yaml
from projects import case_text
from told import CHINESE, REPOSITORY, real_each, says, start, value_of

COMMANDS = (
    ["check"], ["build"], ["explain"], ["--help"], ["schema"], ["new", "题😀"],
    ["check", "--format", "json"],
)  # fmt: skip


@pytest.mark.parametrize(
    "coding", ["gbk", "ascii", "utf-8", pytest.param("cp437", marks=pytest.mark.full)]
)
def test_output_survives_a_console_that_cannot_show_every_character_and_json_is_whole(
    project, coding
):
    made = project({"cases/a.md": case_text("甲😀", date="𝒳昨天"), "cases/ü.md": "---\n"})
    environment = {**os.environ, "PYTHONIOENCODING": coding, "PYTHONUTF8": "0"}
    said = real_each(made.root, COMMANDS, env=environment)
    assert all(text.strip() for text in said)
    if coding == "gbk":
        for text in said:
            text.decode("gbk")
    messages = [problem["message"] for problem in json.loads(said[-1].decode())]
    assert any("𝒳昨天" in message for message in messages)


def test_help_is_chinese_for_every_command(tmp_path):
    top = says(start(tmp_path, "--help"))
    assert CHINESE in top
    for command in ("init", "new", "build", "check", "schema", "explain"):
        assert command in top
        text = says(start(tmp_path, command, "--help"))
        assert "Options" not in text
        assert "Show this message" not in text
    assert start(tmp_path, "--version").stdout.startswith("casegen ")


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
        "title": "甲",
        "institution": "乙",
        "regions": "甘肃省",
        "date": "2023-01-01",
        "categories": "产业",
    }
    checker = jsonschema.Draft202012Validator(value_of(start(tmp_path, "schema")))
    checker.validate(sound)
    with pytest.raises(jsonschema.ValidationError):
        checker.validate(sound | front)


@pytest.mark.parametrize("command", [["schema"], ["list"], ["build", "--json"], ["export"]])
def test_a_disk_too_full_for_what_is_printed_is_told(project, command):
    made = project({"cases/a.md": case_text("甲")})
    with open("/dev/full", "wb") as full:  # noqa: PTH123 a device that takes nothing
        done = subprocess.run(
            [sys.executable, "-m", "casegen", *command],
            cwd=made.root,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    said = done.stderr.decode()
    assert done.returncode == 2
    assert "结果没有写完：磁盘满了" in said
    assert "Traceback" not in said
