"""What holds for every command: its help, and the schema."""

from __future__ import annotations

import jsonschema
import pytest
import yaml
from told import CHINESE, REPOSITORY, says, start, value_of


def test_help_is_chinese_for_every_command(tmp_path):
    top = says(start(tmp_path, "--help"))
    assert CHINESE in top
    for command in ("init", "new", "build", "check", "schema", "explain"):
        assert command in top
        text = says(start(tmp_path, command, "--help"))
        assert "Options" not in text
        assert "Show this message" not in text
    assert start(tmp_path, "--version").stdout.startswith("casegen ")


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
