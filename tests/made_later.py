"""Every regular expression that casegen makes of what it is given, as JSON, for test_patterns.

The demonstration is checked and a few texts are read and imported, in a process of its own: what
another test has made already is kept, and would not be seen again. A row is the module, the line,
the function of `re` that was called, the pattern and its flags.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from projects import CONFIG, Project, case_text

from casegen import importers, project

ROOT = Path(__file__).parents[1]
CASE = case_text(
    "果园",
    "全村共有521户1206人，其中贫困户284户。产值增长30%，从100万元增加到130万元。\n\n村里建大棚十栋。要加大投入；继续扶持企业4家。",
    categories="产业和人才",
    metrics="[大棚: 十栋, 面积: {value: 12, unit: 万亩}]",
)
DRAFT = """夜校办到村里

央视网消息（新闻联播）：夜校办到了村里，村民人人有活干，日子越过越红火，学员都说好。
"""
Row = tuple[str, int, str, str, int]


def watch(found: set[Row]) -> None:
    """From now on note each pattern that a function of casegen hands to `re`."""
    compiled: Callable[..., Any] = re._compile  # type: ignore[attr-defined]

    def note(pattern: Any, flags: int) -> Any:
        method = sys._getframe(1).f_code.co_name
        caller = sys._getframe(2)
        module = str(caller.f_globals.get("__name__", ""))
        if module.startswith("casegen.") and isinstance(pattern, str):
            inside = caller.f_code.co_name != "<module>"
            if inside:
                row = (module.removeprefix("casegen."), caller.f_lineno, method, pattern)
                found.add((*row, int(flags)))
        return compiled(pattern, flags)

    re._compile = note  # type: ignore[attr-defined]


def main() -> None:
    found: set[Row] = set()
    watch(found)
    with tempfile.TemporaryDirectory() as name:  # without the memory of another check
        shutil.copytree(ROOT / "cases", Path(name) / "cases")
        Project(Path(name)).write({"casegen.yml": CONFIG, "cases/new.md": CASE}).check()
    norms = project.find_project(ROOT).norms
    importers.read_manuscripts(importers.File("稿.txt", DRAFT.encode()), norms)
    project.find_project(ROOT).line_of("title")
    print(json.dumps(sorted(found)))  # noqa: T201


if __name__ == "__main__":
    main()
