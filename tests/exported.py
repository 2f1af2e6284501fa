"""A small collection to export, and the program's answers as a user's programs read them."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import openpyxl
from projects import Project, case_text

HOSTILE = '=HYPERLINK("https://evil.example/","x")'


METRICS = (
    "[{name: 投入资金, value: 200万元, id: t},"
    " {name: 培训, indicator: 项目资金, value: 80.5万元, part_of: t, split: 用途},"
    " {name: 亩产, value: 3至5万元}, {name: 清运垃圾, value: 2余吨}]"
)


FILES = {
    "cases/a.md": case_text(
        "水苔",
        metrics=METRICS,
        tags="[甲, 乙]",
        order="1.5",
        featured="true",
        credits="{供稿: 某处}",
        source="{name: 某报, url: https://example.edu.cn/a.html}",
        body="投入资金200万元，其中培训80.5万元。亩产3至5万元。清运垃圾2余吨。",
    ),
    "cases/b.md": case_text(
        json.dumps(HOSTILE),
        institution='"+8613"',
        regions="[甘肃省, 陕西省]",
        period="2021-2022",
        categories="[人才, 产业]",
        metrics="[投入资金: 30万元]",
        body="投入资金30万元。",
        summary='"@甲"',
    ),
    "cases/draft.md": case_text("草稿", status="draft", metrics="[投入资金: 9万元]"),
}


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program in this process."""
    ran = project.start(*arguments)
    return subprocess.CompletedProcess(arguments, ran.exit_code, ran.stdout_bytes, ran.stderr_bytes)


def real(project: Project, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "casegen", *arguments],
        cwd=project.root,
        capture_output=True,
        check=False,
        timeout=300,
    )


def sheets(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet) -> list[dict[str, object]]:
    head, *below = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in below]
