"""The check of scripts finds what browsers of 2020 lack, in the themes and in the preview."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from projects import REPOSITORY

LATE = """(function () {
  "use strict";
  const { a } = window;
  a.replaceAll("x", "y");
  Object.hasOwn(a, "x");
  a.flatMap(a);
  a.replaceChildren();
  structuredClone(a);
})();
"""


def complaints(source: str, folder: str = "themes/default/assets") -> set[int]:
    """The lines that ESLint complains of, as it does in `make lint`."""
    done = subprocess.run(
        [
            Path(sys.executable).with_name("node"),
            "node_modules/eslint/bin/eslint.js",
            "--stdin",
            "--stdin-filename",
            f"{folder}/late.js",
            "--format",
            "json",
        ],
        cwd=REPOSITORY,
        input=source,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    (report,) = json.loads(done.stdout)
    return {message["line"] for message in report["messages"]}


@pytest.mark.parametrize("folder", ["themes/default/assets", "casegen/desk/assets"])
def test_calls_of_later_interfaces_are_found(folder: str) -> None:
    assert complaints(LATE, folder) == {4, 5, 6, 7, 8}


def test_syntax_later_than_ecmascript_2018_is_found() -> None:
    assert complaints(LATE.replace("{ a } = window", "a = window?.a")) == {3}
