"""What the program says, read by the tests of tests/cli."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from projects import Project
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


# Each command as the program starts it, all in one process: to load it takes the longest.
_ONE_BY_ONE = """
import json, sys
from casegen.cli import main
for command in json.loads(sys.argv[1]):
    sys.argv[1:] = command
    try:
        main()
    except SystemExit as ended:
        assert ended.code in {0, 1}, command
    print("\\nended", command[0], flush=True)
"""


def real_each(folder: Path, commands: Sequence[Sequence[str]], **options: Any) -> list[bytes]:
    """What a real process prints for each command; every one ends with 0 or 1 and no traceback."""
    result = subprocess.run(
        [sys.executable, "-c", _ONE_BY_ONE, json.dumps(commands)],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=300,
        **options,
    )
    assert result.returncode == 0, result.stderr
    assert b"Traceback" not in result.stderr
    *said, rest = re.split(rb"\r?\nended \S+\r?\n", result.stdout)
    assert (len(said), rest) == (len(commands), b"")
    return said


def real(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    return Project(folder).run(*arguments, **options)
