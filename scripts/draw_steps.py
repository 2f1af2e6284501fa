"""Draw the pictures of the handbook's page from a Word file to a case: what each step shows.

    python scripts/draw_steps.py

Secret: how a window with text is drawn, and which commands of the page each picture shows.
Not here: the page itself (docs/handbook/word.md), whose commands are run as they stand there.
"""

from __future__ import annotations

import contextlib
import html
import io
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner
from PIL import Image

from casegen import scaffold
from casegen.cli import casegen

# ruff: noqa: INP001  (a script)

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "handbook" / "word.md"
PICTURES = PAGE.parent / "pictures"
CASE = "cases/qing-shi-zhi-ye-xue-yuan.md"
SITE = Path("site") / "cases" / "qing-shi-zhi-ye-xue-yuan.html"
COLUMNS = 86
MOST_LINES = 30
SIZE, STEP, EDGE, BAR = 14, 21, 16, 30
FONTS = "'Sarasa Mono SC','Noto Sans Mono CJK SC','Microsoft YaHei',monospace"
_BLOCK = re.compile(r"^```(\S+)(?: (\S+))?[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def draw() -> dict[str, str]:
    """Return the drawings by name, of the commands and files of the page in their order."""
    with tempfile.TemporaryDirectory() as folder:
        return dict(_drawn(Path(folder) / "案例集"))


def _drawn(here: Path) -> Iterator[tuple[str, str]]:
    scaffold.create_collection(here)
    turns = []
    for turn in _followed(here):
        turns.append(turn)
        if turn.command.startswith("casegen set"):
            break
    first = next(n for n, turn in enumerate(turns) if turn.command.startswith("casegen import"))
    yield "word-1.svg", window("命令窗口", _shown(turns[first : first + 1]))
    yield "word-2.svg", window(f"记事本：{CASE}", turns[first].draft.split("\n"))
    yield "word-3.svg", window("命令窗口", _shown(turns[-2:]))


class Turn(NamedTuple):
    """A command of the page, what it printed, and the draft after it."""

    command: str
    printed: str
    draft: str


def _followed(here: Path) -> Iterator[Turn]:
    """Yield each command of the page up to the site."""
    for language, name, text in _BLOCK.findall(PAGE.read_text("utf-8")):
        if language == "console":
            for command in re.findall(r"^\$ (casegen .+)$", text, re.MULTILINE):
                with contextlib.chdir(here):
                    done = CliRunner().invoke(casegen, command.split()[1:], prog_name="casegen")
                draft = here / CASE
                yield Turn(command, done.output, draft.read_text("utf-8") if draft.exists() else "")
                if command.startswith("casegen publish"):
                    return
        elif name:
            place = here / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")


def _shown(turns: list[Turn]) -> list[str]:
    lines: list[str] = []
    for turn in turns:
        lines += [f"> {turn.command}", *turn.printed.rstrip("\n").split("\n"), ""]
    return lines[:-1]


def window(title: str, lines: list[str]) -> str:
    """Return a window with a title and lines of text, long ones broken, as a drawing."""
    rows = [row for line in lines for row in _broken(line)]
    if len(rows) > MOST_LINES:
        rows = [*rows[: MOST_LINES - 1], "…"]
    width = EDGE * 2 + COLUMNS * SIZE // 2
    height = BAR + EDGE * 2 + len(rows) * STEP
    drawn = "".join(_row(n, row) for n, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" font-family="{FONTS}" font-size="{SIZE}">'
        f"<title>{html.escape(title)}</title>"
        f'<rect width="{width}" height="{height}" rx="8" fill="#fbfaf7" stroke="#b9b2a3"/>'
        f'<path d="M0 {BAR}H{width}" stroke="#b9b2a3"/>'
        f'<text x="{EDGE}" y="{BAR - 10}" fill="#5b5548">{html.escape(title)}</text>{drawn}</svg>\n'
    )


def _row(number: int, row: str) -> str:
    y = BAR + EDGE + (number + 1) * STEP - 6
    colour = "#1d4f91" if row.startswith("> ") else "#9a4a00" if "待核" in row else "#23211c"
    weight = ' font-weight="bold"' if row.startswith("> ") or "待核" in row else ""
    text = html.escape(row).replace(" ", "\u00a0")
    return f'<text x="{EDGE}" y="{y}" fill="{colour}"{weight}>{text}</text>\n'


def _broken(line: str) -> Iterator[str]:
    row, columns = "", 0
    for char in line:
        wide = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if columns + wide > COLUMNS:
            yield row
            row, columns = "", 0
        row, columns = row + char, columns + wide
    yield row


def photograph(place: Path) -> bytes:
    """Return a page of the site as Chromium shows it, in few colours so that the file is small."""
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "shot.png"
        command = [
            "chromium",
            "--headless=new",
            "--no-sandbox",
            "--hide-scrollbars",
            "--window-size=1000,760",
            f"--screenshot={shot}",
            place.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
        made = io.BytesIO()
        Image.open(shot).convert("RGB").quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> None:
    """Write the pictures beside the page."""
    PICTURES.mkdir(exist_ok=True)
    for name, drawing in draw().items():
        (PICTURES / name).write_text(drawing, "utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "案例集"
        scaffold.create_collection(here)
        list(_followed(here))
        (PICTURES / "word-4.png").write_bytes(photograph(here / SITE))


if __name__ == "__main__":
    main()
