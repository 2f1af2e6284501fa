"""What the program says, read by the tests of tests/cli."""

from __future__ import annotations

import json
import subprocess
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


def real(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    return Project(folder).run(*arguments, **options)
