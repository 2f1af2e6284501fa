"""What is printed on any console and any disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from projects import case_text
from told import real_each

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
