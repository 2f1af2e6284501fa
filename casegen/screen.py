"""screen: prints on the terminal: remarks, problems, counts, progress, JSON.

Secret: how a problem looks there, and that no text from a file or a host can move the cursor.
Not here: which command says what (cli), the words of problems (rules, source).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import click

from casegen.filenames import make_visible
from casegen.problem import Problem, Problems, Severity, shorten_text
from casegen.root import CACHE, find_root_folder

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "提示"}
STAGES = {"parse": "读案例", "render": "生成页面", "send": "上传", "book": "排书"}
SHOWN_ERRORS = 200
KEPT = "\n\t\u3000\u00a0"  # blanks that are printed unchanged


class Bar:
    """Progress on a terminal while pages are read and made; elsewhere nothing is shown."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()
        self._stage = ""
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._finish()

    def show(self, stage: str, done: int, of: int) -> None:
        """Move the bar of `stage` to `done` of `of`; "wait" prints that another run is active."""
        if stage == "wait":
            say("另一个窗口正在生成这个案例集，等它做完就接着来。")
            return
        if not self._shown or (of < 100 and stage not in {"send", "book"}):
            return
        if stage != self._stage or done < self._bar.pos:
            self._finish()
            self._stage = stage
            self._bar = click.progressbar(
                length=of, label=STAGES.get(stage, stage), file=sys.stderr, show_pos=True
            )
            self._bar.__enter__()
        self._bar.length = of  # how many pieces a book has is known when it is cut
        self._bar.update(done - self._bar.pos)

    def _finish(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


def remind(lines: Iterable[str]) -> None:
    """Print remarks, one on each line, on standard error."""
    for line in lines:
        say(f"{line}。", label="提醒", color="yellow")


def say(message: str, hint: str = "", *, label: str = "", color: str = "") -> None:
    """Print a message, and how to mend its cause, on standard error."""
    before = f"{click.style(label, fg=color, bold=True)}：" if label else ""
    after = f"\n  改法：{strip_control(hint)}" if hint else ""
    click.echo(before + strip_control(shorten_text(message)) + after, err=True)


def strip_control(text: str) -> str:
    """Replace characters that could move the cursor or hide text, as in names of files or hosts."""
    return "".join(c if c.isprintable() or c in KEPT else "\ufffd" for c in text)


def print_json(value: object) -> None:
    """Print JSON; in ASCII where the console's encoding cannot show all characters."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    try:
        text.encode("utf-8")
        ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    except UnicodeEncodeError:
        ascii_only = True
    click.echo(json.dumps(value, indent=1) if ascii_only else text)


def print_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Print a line for each problem, and one for how to mend it."""
    colors = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
    for problem in problems:
        where = problem.where
        severity = click.style(SEVERITIES[problem.severity], fg=colors[problem.severity], bold=True)
        click.echo(
            f"{make_visible(where.path)}:{where.line}:{where.column} {severity}"
            f" {strip_control(problem.message)}  [{problem.rule}]",
            err=err,
        )
        if problem.hint:
            click.echo(f"    改法：{strip_control(problem.hint)}", err=err)


def print_first(problems: Problems, *, err: bool = False) -> None:
    """Print the first SHOWN_ERRORS of the problems that stop a command."""
    print_problems(problems[:SHOWN_ERRORS], err=err)


def print_summary(problems: Problems) -> None:
    """Print the number of problems of each severity."""
    counts = {severity: sum(p.severity is severity for p in problems) for severity in SEVERITIES}
    if not problems:
        click.echo("没有发现问题。")
        return
    parts = [f"{counts[s]} 处{name}" for s, name in SEVERITIES.items() if counts[s]]
    click.echo(f"共 {'、'.join(parts)}。想知道某条规则的道理：casegen explain 规则名")


def say_built(  # noqa: PLR0913, PLR0917 all that is printed of a site
    cases: int,
    pages: int,
    files: tuple[int, int, int],
    seconds: float,
    lines: Iterable[str],
    folder: Path,
) -> None:
    """Print the result of a build; `files` are the numbers of files written, kept and removed."""
    click.echo(
        f"{cases} 篇案例，{pages} 个页面；新写 {files[0]} 个文件，未变 {files[1]} 个，"
        f"删去 {files[2]} 个；用时 {seconds:.1f} 秒。"
    )
    for line in lines:
        click.echo(line)
    click.echo("网站在 " + show_path(folder / "index.html") + "；逐项检查请用 casegen check。")


def show_path(path: Path) -> str:
    """Return a path relative to the current folder if it is inside, else the whole path."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def find_root(start: Path) -> Path:
    """Return the root of the project around `start`, and say what was tidied in its `.casegen/`."""
    from casegen import cache  # noqa: PLC0415 commands import only what they need

    root = find_root_folder(start)
    remind(cache.tidy_folder(root / CACHE))
    return root
