"""markdown: text as Markdown: mark-up characters are escaped, runs of style become marks.

Secret: which characters of a plain text mean something to Markdown, and where.
Not here: reading Markdown (casegen.body).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPACES = re.compile("[ \t\r\n\f\v\xa0\u3000\u2002\u2003\u2009]+")
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\xad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INLINE = re.compile(
    r"[\\`*]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|<(?=[A-Za-z/!?])|!?\[(?=[^\]]{0,199}\][(\[:])|\[(?=\^)"
    r"|&(?=#?\w+;)|~(?=~)"
)
# Signs that begin an item of a list in Word and on pages.
BULLET = re.compile("[●•○◆■▪·‧➢\uf06c\uf0b7]\\s*(?=\\S)")
_FIRST = re.compile(r"(#{1,6})(?=\s|$)|([-+>])(?=\s)|(=+|-{2,})$|(:::)|(\d{1,9})([.)])(?=\s)")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    sup: bool = False
    sub: bool = False
    href: str = ""


def tidy_text(text: str) -> str:
    """Return text on one line, without indents, double spaces and invisible characters."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def escape_text(text: str, *, first: bool = True) -> str:
    """Escape a text so that Markdown shows it unchanged; `first`: it begins a block."""
    shown = _INLINE.sub(_escape, text)
    if first and (lead := _FIRST.match(shown)):
        at = lead.start(6) if lead[6] else lead.start()
        shown = f"{shown[:at]}\\{shown[at:]}"
    return shown


def _escape(found: re.Match[str]) -> str:
    if found[0] == "&":
        return "&amp;"
    # The bracket of ![: an escaped ! would leave a link behind it.
    return f"{found[0][:-1]}\\{found[0][-1]}"


_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def write_runs(runs: Sequence[Run]) -> tuple[str, str]:
    """Return runs as Markdown and as plain text; wholly bold text gets no marks (`emphatic`)."""
    merged: list[Run] = []
    for run in runs:
        text = _raised(run)
        style = (run.bold, run.href)
        if merged and (merged[-1].bold, merged[-1].href) == style:
            merged[-1] = Run(merged[-1].text + text, *_style(style))
        elif text:
            merged.append(Run(text, *_style(style)))
    bold_throughout = all(run.bold or not run.text.strip() for run in merged)
    shown = []
    for run in merged:
        text = _SPACES.sub(" ", _UNSEEN.sub("", run.text))
        body = text.strip()
        if not body:
            shown.append(text)
            continue
        marked = body if run.href.startswith("[^") else escape_text(body, first=not shown)
        if run.href.startswith("[^"):
            marked = run.href
        elif run.href:
            marked = (
                f"[{marked}](<{run.href}>)"
                if re.search(r"[\s()]", run.href)
                else (f"[{marked}]({run.href})")
            )
        if run.bold and not bold_throughout and not run.href.startswith("[^"):
            marked = f"**{marked}**"
        left = " " if text[0] == " " else ""
        right = " " if text[-1] == " " and len(text) > 1 else ""
        shown.append(left + marked + right)
    notes = "".join("" if run.href.startswith("[^") else run.text for run in merged)
    return tidy_text("".join(shown)), tidy_text(notes)


def _style(style: tuple[bool, str]) -> tuple[bool, bool, bool, str]:
    return style[0], False, False, style[1]


def _raised(run: Run) -> str:
    """Return superscripts as the characters that Unicode has for them (m², CO₂), else as text."""
    if run.href:
        return run.text
    table = _SUPERSCRIPTS if run.sup else _SUBSCRIPTS if run.sub else None
    if table and run.text.strip() and all(ord(c) in table for c in run.text.strip()):
        return run.text.translate(table)
    return run.text


def write_table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown from cells in Markdown; the first row is its heading."""
    width = max(len(row) for row in rows)
    lines = []
    for number, row in enumerate(rows):
        cells = [re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in (*row, *[""] * (width - len(row)))]
        lines.append("| " + " | ".join(cells) + " |")
        if number == 0:
            lines.append("|" + " --- |" * width)
    return "\n".join(lines)
