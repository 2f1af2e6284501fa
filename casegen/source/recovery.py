"""recovery: front matter with faults, read line by line, so that all of them are named at once.

Secret: how a block is cut into entries that are tried one by one, and how a line that is no YAML is
replaced so that the rest can be read.
Not here: the words for each fault (yaml_faults), the parser (nodes).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any, TypeAlias

from casegen.chinese.characters import HAN
from casegen.problem import Edit, Location, Problem, Problems, Severity
from casegen.source import pairs, slips, yaml_faults
from casegen.source.schema import quote_yaml

# The nodes of a text, or the parser's exception.
Compose: TypeAlias = Callable[[str], tuple[Any, Exception | None]]

_DEEP = 8  # levels of indentation; front matter has three or four
_TABS = re.compile(r"^([ ]*)(\t+)|(?<=:)(\t+)(?=\S)|(?<=^-)(\t+)(?=\S)")
_NO_SPACE = re.compile(r"([ ]*(?:- +)?[^\s:'\"\[{#&*!|>%@`,]+):(?!//)(?=[^\s:])(?!.*: )")
_VALUE = re.compile(r"([ ]*(?:- +)?)([^\s:'\"\[{#&*!|>%@`\-][^:]*?)(:[ ]+)(\S(?:.*\S)?)[ ]*")
_ITEM = re.compile(r"([ ]*- +)(\S(?:.*\S)?)[ ]*")
_MISPLACED = {
    "ScalarNode": (
        yaml_faults.NO_FIELD,
        "写成“字段: 值”，冒号用半角，后面加一个空格；若是上一行的一部分，接到上一行后面",
    ),
    "SequenceNode": ("减号“- ”这一项没有放对位置", "各项比上面的字段名多缩进两格"),
    "MappingNode": ("这一行没有放对位置", "列表里的每一项以“- ”开头，同一层的各行左边对齐"),
}
_QUOTES = "\"'"
# "记账班"办了两期: marks of a quotation at its beginning, which YAML takes for those of the value.
_PAIR = re.compile(r"\"([^\"]+)\"|'([^']+)'")
_BEGUN = re.compile(r"(?:\"[^\"]+\"[^\"'\s][^\"']*)+|(?:'[^']+'[^\"'\s][^\"']*)+")
# summary: | and the fields that end its text.
_TEXT = re.compile(r"([ ]*)(?:- )?[^\s:#'\"]{1,20}:[ ]+[|>][0-9+-]{0,2}[ ]*")
_NEXT = re.compile(rf"(?:[a-z_]{{3,20}}|[{HAN}]{{2,4}}):(?:[ ]|$)")
# A tag or an anchor of YAML, and the value behind it.
_TAG = re.compile(r"(!{1,2}[A-Za-z0-9_./:-]{0,40}|&[A-Za-z0-9_-]{1,20})[ ]+(\S.*)")
_QUOTED_ITEMS = re.compile(
    r"(?:\"[^\"]+\"|'[^']+')(?:[ ,，、;；]{1,3}(?:\"[^\"]+\"|'[^']+')){1,99}"
)
_ENDS = {"[": "]", "{": "}"}
_LONG = re.compile(r"(?:name|名称):")  # the first key of a long item
_SURE = "@`%&*!"  # a value that begins so is certainly text
# A comma with nothing before it, outside quotation marks.
_EMPTY = re.compile(r'"(?:[^"\\]|\\.?)*+(?:"|\Z)|\'[^\']*+(?:\'|\Z)|([\[{,])(?:[ ]*,)+', re.DOTALL)
_LOOK_ALIKE = "】］)）〕}｝"  # what is typed for the bracket that ends a list
_CLOSERS = {"[": ("]", "}]"), "{": ("}", "]}")}


@dataclass(frozen=True, slots=True)
class Recovered:
    """A text that can be read, and the faults of the original.

    `guesses` are lines whose value is uncertain, `lost` the rows of which nothing can be read.
    """

    text: str
    problems: Problems
    guesses: frozenset[int] = field(default_factory=frozenset)
    lost: tuple[str, ...] = ()


def recover_block(
    text: str, path: str, line: int, start: int | None, compose: Compose
) -> Recovered:
    """Make a text that is no YAML readable; every fault in it becomes a problem.

    The text begins on `line` of the file, at the offset `start`; None: edits cannot be offered.
    """
    work = _Recovery(text.split("\n"), path, line, start, compose)
    work.indent_texts()
    work.block(0, len(work.rows), 0, listed=False)
    problems = yaml_faults.join_bare(work.problems, text.split("\n"), line, start)
    return Recovered("\n".join(work.rows), problems, frozenset(work.guesses), tuple(work.lost))


class _Recovery:
    """The rows of a block of front matter, mended one entry after the other."""

    def __init__(
        self, rows: list[str], path: str, line: int, start: int | None, compose: Compose
    ) -> None:
        self.rows = rows
        self.path = path
        self.line = line
        self.compose = compose
        self.problems: list[Problem] = []
        self.guesses: set[int] = set()
        self.lost: list[str] = []
        self.changed: set[int] = set()  # rows whose columns are no longer those of the file
        self.starts: list[int] = []
        at = start
        for row in rows:
            self.starts.append(-1 if at is None else at)
            at = None if at is None else at + len(row) + 1

    def indent_texts(self) -> None:
        """Indent the rows of a text below `summary: |` that are not, up to the next field."""
        for n, row in enumerate(self.rows):
            if not (found := _TEXT.fullmatch(row)):
                continue
            below = range(n + 1, len(self.rows))
            own = list(takewhile(lambda m: not _NEXT.match(self.rows[m]), below))
            wide = len(found[1]) + 2
            filled = [m for m in own if self.rows[m].strip()]
            wrong = [m for m in filled if not self.rows[m].startswith(" " * wide)]
            if not wrong:
                continue
            last = "" if len(wrong) == 1 else f"，到第 {self.line + wrong[-1]} 行"
            message = f"这一段文字没有缩进够{last}"
            self.say(wrong[0], 0, message, f"每行前面空 {wide} 格，不用制表符")
            for m in wrong:
                self.rows[m] = " " * wide + self.rows[m].lstrip(" \t")
                self.changed.add(m)

    def block(self, low: int, high: int, depth: int, *, listed: bool) -> None:
        """Mend the entries of a block, which should have one indentation."""
        written = [n for n in range(low, high) if self.filled(n)]
        if not written:
            return
        indents = [_indent(self.rows[n]) for n in written]
        base = indents[0] if depth else min(indents)
        for first, last in self.entries(written, high, base, listed=listed):
            self.shift(first, last, base)
            if not self.reads(first, last, listed=listed):
                self.entry(first, last, depth, listed=listed)

    def entries(
        self, written: list[int], high: int, base: int, *, listed: bool
    ) -> Iterator[tuple[int, int]]:
        """Return the entries of a block.

        A row at its indentation, and the rows that belong to it.
        """
        first = written[0]
        for n in written[1:]:
            row = self.rows[n]
            item = row.lstrip().startswith(("- ", "]", "}")) or row.strip() == "-"
            if _indent(row) <= base and (listed or not item):
                yield first, n
                first = n
        yield first, high

    def shift(self, first: int, last: int, base: int) -> None:
        """Move an entry that is not at the indentation of its block there."""
        wrong = _indent(self.rows[first]) - base
        if not wrong:
            return
        if "\t" in self.rows[first][: base + wrong]:
            self.untab(first, last, base)
            return
        self.say(first, base + wrong, "这一行的缩进与上面不一致", "同一层的各行左边对齐")
        for n in range(first, last):
            row = self.rows[n]
            self.rows[n] = row[wrong:] if wrong > 0 else " " * -wrong + row
            self.changed.add(n)

    def untab(self, first: int, last: int, base: int) -> None:
        """Indent an entry with blanks where it has tabs: one fault a row, not its level as well."""
        outer = _indent(self.rows[first])
        for n in range(first, last):
            row = self.rows[n]
            wide = _indent(row)
            if not self.filled(n) or "\t" not in row[:wide]:
                continue
            blanks = base + 2 * max(0, wide - outer)
            hint = f"把制表符换成 {blanks} 个空格，与同一层对齐" if blanks else "删去制表符"
            self.say(n, row.index("\t"), "这里有制表符（Tab）", hint, (0, wide, " " * blanks))
            self.rows[n] = " " * blanks + row[wide:]
            self.changed.add(n)

    def filled(self, n: int) -> bool:
        """Return whether a row holds more than blanks and a comment."""
        return not re.match(r"[ \t]*(?:#|$)", self.rows[n])

    def reads(self, first: int, last: int, *, listed: bool) -> bool:
        """Return whether an entry by itself is YAML, and of the same kind as its block."""
        node, failure = self.compose("\n".join(self.rows[first:last]) + "\n")
        if failure is not None or node is None:
            return failure is None
        kind = type(node).__name__
        return kind == ("SequenceNode" if listed else "MappingNode")

    def entry(self, first: int, last: int, depth: int, *, listed: bool) -> None:
        """Mend an entry: certain mistakes, then the rows that belong to it, then its first row."""
        for n in range(first, last):
            if self.filled(n):
                beside = n > first and not listed and bool(_VALUE.fullmatch(self.rows[first]))
                self.slips(n, listed=listed, beside=beside)
        if self.reads(first, last, listed=listed):
            return
        rest = [n for n in range(first + 1, last) if self.filled(n)]
        if rest and depth < _DEEP:
            self.nested(first, rest[0], last, depth, listed=listed)
            if self.reads(first, last, listed=listed):
                return
        if rest:
            self.outdented(first, rest, listed=listed)
        if not self.reads(first, last, listed=listed):
            self.single(first, last, rest, listed=listed)

    def single(self, first: int, last: int, rest: list[int], *, listed: bool) -> None:
        """Read rows that do not fit together one by one, as far as possible."""
        if not self.reads(first, first + 1, listed=listed):
            self.guess(first, listed=listed)
        # The number of rows to remove is found by halving: trying each row takes time that grows
        # with the square of their number.
        kept, gone = 0, len(rest)
        while kept < gone:
            middle = (kept + gone) // 2
            if self.reads_without(first, last, rest[:middle], listed=listed):
                gone = middle
            else:
                kept = middle + 1
        for n in rest[:gone]:
            self.drop(n)

    def reads_without(self, first: int, last: int, rows: list[int], *, listed: bool) -> bool:
        """Return whether an entry is YAML without these rows."""
        written = self.rows
        self.rows = list(written)
        for n in rows:
            self.rows[n] = "#"
        try:
            return self.reads(first, last, listed=listed)
        finally:
            self.rows = written

    def nested(self, first: int, below: int, last: int, depth: int, *, listed: bool) -> None:
        """Mend the rows below the first row of an entry, where that row itself has no value."""
        head = self.rows[first]
        if listed and (found := re.match(r"([ ]*)-( +)\S", head)):
            # The item is a mapping: without its dash it is a block of rows.
            self.rows[first] = head.replace("-", " ", 1)
            self.block(first, last, depth + 1, listed=False)
            at = len(found[1])
            self.rows[first] = f"{head[:at]}-{self.rows[first][at + 1 :]}"
        elif re.search(r":[ ]{0,99}(?:#[\s\S]*)?\Z", head):
            self.dash(below, last)
            inner = self.rows[below].lstrip()
            self.block(first + 1, last, depth + 1, listed=inner.startswith("- ") or inner == "-")

    def dash(self, below: int, last: int) -> None:
        """Give the rows above the first item of a list their dash: each of them is an item too."""
        wide = _indent(self.rows[below])
        beside = [n for n in range(below, last) if self.filled(n)]
        above = list(takewhile(lambda n: not _ITEM.fullmatch(self.rows[n]), beside))
        flush = all(_indent(self.rows[n]) == wide for n in beside[: len(above) + 1])
        named = all(_VALUE.fullmatch(self.rows[n]) for n in above)
        if len(above) == len(beside) or not (flush and named):
            return
        long = _LONG.match(self.rows[below].strip())  # name and value are keys of one item
        for n in above:
            self.mark_item(n, wide, inner=bool(long) and n > below)

    def outdented(self, first: int, rest: list[int], *, listed: bool) -> None:
        """Move rows that are indented below a row with a value: they belong beside it."""
        if listed or not _VALUE.fullmatch(self.rows[first]):
            return
        wide = _indent(self.rows[first])
        near = [n for n in rest if _VALUE.fullmatch(self.rows[n])]
        if not near:
            return
        if self.continues(first, near):
            return
        row, line = self.rows[near[0]], self.line + near[0]
        if all(problem.where.line != line for problem in self.problems):
            self.say(near[0], _indent(row), "这一行的缩进与上面不一致", "同一层的各行左边对齐")
        for n in near:
            self.rows[n] = " " * wide + self.rows[n].lstrip()

    def continues(self, first: int, near: list[int]) -> bool:
        """Read rows below a field of one text as its text, where they name no field themselves."""
        head = _VALUE.fullmatch(self.rows[first])
        found = [_VALUE.fullmatch(self.rows[n]) for n in near]
        names = {each[2].strip() for each in found if each}
        if not head or head[2].strip() not in slips.TEXTS or names & slips.FIELDS:
            return False
        for n, each in zip(near, found, strict=True):
            if each:
                at = each.end(2)
                message = f"“{each[2].strip()}”是上面那一项的文字，里面有半角冒号"
                new = self.rows[n][:at] + "：" + each[4]
                self.say(n, at, message, f"写成 {new.strip()}", (at, each.start(4), "："))
                self.rows[n] = new
                self.changed.add(n)
        return True

    def slips(self, n: int, *, listed: bool, beside: bool) -> None:
        """Replace full-width colons, tabs, and colons without a blank by what they certainly mean.

        A row `beside` another has no indentation of its own, so a tab before it is removed.
        """
        row = self.rows[n]
        mended, wide = yaml_faults.mend_half_width(row, self.path, self.line + n, self.starts[n])
        if wide and not (listed and "- " not in row):
            self.problems += wide
            row = mended
        for found in reversed(list(_TABS.finditer(row))):
            start, end = found.span(found.lastindex or 0)
            leads = found.lastindex == 2
            gone = beside and leads and bool(_VALUE.fullmatch(row[end:]))
            hint = "删去制表符" if gone else "把制表符换成空格"
            new = "" if gone else " " * (end - start)
            if leads and not gone and n:
                start, end = 0, _indent(row)
                new = " " * self.level(n)
                hint = f"把制表符换成 {len(new)} 个空格，与同一层对齐" if new else "删去制表符"
            self.say(n, start, "这里有制表符（Tab）", hint, (start, end, new))
            row = f"{row[:start]}{new}{row[end:]}"
        if close := _NO_SPACE.match(row):
            at = close.end(1) + 1
            name = close[1].strip().removeprefix("- ")
            hint = "半角冒号后面加一个空格"
            self.say(n, at - 1, f"“{name}:”后面缺少空格", hint, (at, at, " "))
            row = f"{row[:at]} {row[at:]}"
        if len(row) != len(self.rows[n]):
            self.changed.add(n)
        self.rows[n] = row

    def level(self, n: int) -> int:
        """Return the indentation that a row should have, from the rows above it."""
        item = self.rows[n].lstrip().startswith("- ")
        for m in range(n - 1, -1, -1):
            row = self.rows[m]
            if not self.filled(m):
                continue
            wide, above = _indent(row), row.lstrip().startswith("- ")
            if row.rstrip().endswith(":") and not (item and above):
                return wide + (4 if above and not item else 2)
            if above == item:
                return wide
            if above:
                return wide + 2  # another key of the item
        return 2

    def guess(self, n: int, *, listed: bool) -> None:
        """Report a row that is still no YAML, and read it as text."""
        row = self.rows[n]
        value = _ITEM.fullmatch(row) if listed else _VALUE.fullmatch(row)
        if value is None:
            (self.add_dash if listed and _VALUE.fullmatch(row) else self.drop)(n)
            return
        start, end = value.span(value.lastindex or 0)
        text = row[start:end]
        name = "" if listed else value[2]
        if whole := pairs.write_field(name, text):
            message = f"“{name}”的各项直接写在了冒号后面"
            self.say(n, start, message, f"写成 {name}: {whole}", (start, end, whole))
            self.rows[n] = f"{row[:start]}{whole}{row[end:]}"
            self.changed.add(n)
            return
        if name.strip() in slips.TEXTS and text[0] in _ENDS and _ENDS[text[0]] not in text:
            self.unlist(n, start, end)
            return
        if name.strip() in slips.WORDS and _QUOTED_ITEMS.fullmatch(text):
            self.bracket(n, start, end)
            return
        if tagged := _TAG.fullmatch(text):
            self.complain(n, Edit(start, end, tagged[2]), f"删去 {tagged[1]}")
            self.rows[n] = f"{row[:start]}{tagged[2]}{row[end:]}"
            self.changed.add(n)
            return
        for new, sure in _readings(text):
            changed = f"{row[:start]}{new}{row[end:]}"
            node, failure = self.compose(changed + "\n")
            if failure is None and node is not None:
                wrong = text[-1] if new[:-1] == text[:-1] else ""
                hint = f"把末尾的“{wrong}”换成半角的 {new[-1]}" if wrong else ""
                if new[0] == "“":
                    hint = f"写成 {new}"  # its own quotation marks, as Chinese has them
                elif new[0] in _QUOTES and text[0] not in _QUOTES and '"' in text:
                    hint = f"写成 {new}" if "'" not in new[1:-1] else ""
                self.complain(n, Edit(start, end, new, sure=sure), hint)
                self.rows[n] = changed
                # Only the end of a list was missing: its items are what they are.
                listed = text[0] in _CLOSERS and new.startswith(text[:-1])
                self.guesses |= set() if sure or listed else {self.line + n}
                return
        self.drop(n)

    def add_dash(self, n: int) -> None:
        """Report a row `name: value` below the items of a list, which is an item or part of one."""
        above = next((m for m in range(n - 1, -1, -1) if self.filled(m)), n)
        inner = bool(_LONG.match(self.rows[above].strip().removeprefix("- ")))
        self.mark_item(n, _indent(self.rows[n]), inner=inner)

    def mark_item(self, n: int, wide: int, *, inner: bool) -> None:
        """Say that a row lacks its dash, or the indentation of a key `inner` to an item."""
        mark, row = "  " if inner else "- ", self.rows[n].strip()
        message = "这一行属于上面那一项，没有缩进" if inner else "这一项前面少了“- ”"
        hint = "再缩进两格" if inner else f"写成 - {row}"
        self.say(n, wide, message, hint, (wide, wide, mark))
        self.rows[n] = f"{' ' * wide}{mark}{row}"
        self.changed.add(n)

    def bracket(self, n: int, start: int, end: int) -> None:
        """Put the brackets of a list around items that each have their quotes: "甲", "乙"."""
        row = self.rows[n]
        items = [quote_yaml(one or two) for one, two in _PAIR.findall(row[start:end])]
        new = f"[{', '.join(items)}]"
        self.say(n, start, "几项各有引号，外面少了方括号", f"写成 {new}", (start, end, new))
        self.rows[n] = f"{row[:start]}{new}{row[end:]}"
        self.changed.add(n)

    def unlist(self, n: int, start: int, end: int) -> None:
        """Take the bracket off that makes a list of a field of one text."""
        row = self.rows[n]
        opener = "方括号" if row[start] == "[" else "花括号"
        text = row[start:end].lstrip("[{ ").rstrip(" ,】］〕｝")
        if not text:
            self.drop(n)
            return
        new = json.dumps(text, ensure_ascii=False) if pairs.needs_quotes(text) else text
        message = f"多了一个{opener}：这里只写一段文字，不是几项"
        self.say(n, start, message, f"写成 {new}", (start, end, new))
        self.rows[n] = f"{row[:start]}{new}{row[end:]}"
        self.changed.add(n)

    def complain(self, n: int, edit: Edit | None, hint: str = "") -> None:
        """Return the parser's own fault of one row, in an editor's words; `hint` if it is known."""
        node, failure = self.compose(self.rows[n] + "\n")
        if failure is None:
            message, hint = _MISPLACED.get(type(node).__name__, _MISPLACED["MappingNode"])
            self.say(n, _indent(self.rows[n]), message, hint)
            return
        problem = yaml_faults.explain_error(failure, self.rows[n] + "\n", self.path, self.line + n)
        problem = replace(problem, hint=hint or problem.hint)
        if edit is not None and self.starts[n] >= 0 and n not in self.changed:
            offset = self.starts[n]
            moved = Edit(offset + edit.start, offset + edit.end, edit.text, sure=edit.sure)
            problem = replace(problem, fix=moved)
        self.problems.append(problem)

    def drop(self, n: int) -> None:
        """Report a row of which nothing can be read, unless a problem names it already."""
        if all(problem.where.line != self.line + n for problem in self.problems):
            self.complain(n, None)
        self.lost.append(self.rows[n].strip())
        self.rows[n] = "#"

    def say(
        self, n: int, column: int, message: str, hint: str, edit: tuple[int, int, str] | None = None
    ) -> None:
        where = Location(self.path, self.line + n, column + 1)
        fix = None
        if edit is not None and self.starts[n] >= 0:
            fix = Edit(self.starts[n] + edit[0], self.starts[n] + edit[1], edit[2])
        self.problems.append(Problem("yaml-syntax", Severity.ERROR, message, where, hint, fix))


def _readings(text: str) -> Iterator[tuple[str, bool]]:
    """Return what a value that is no YAML may mean, the likeliest first, and whether it is sure."""
    quoted = json.dumps(text, ensure_ascii=False)
    if '"' in text and "'" not in text:
        quoted = f"'{text}'"  # so that nobody has to write \\
    if _BEGUN.fullmatch(text):
        yield _PAIR.sub(lambda pair: f"“{pair[1] or pair[2]}”", text), False
    if text.startswith(tuple(_SURE)):
        yield quoted, True
    if text[0] in _CLOSERS and (fewer := _EMPTY.sub(lambda m: m[1] or m[0], text)) != text:
        yield fewer, True
    if text.startswith("- "):
        items = [
            json.dumps(i, ensure_ascii=False)
            for i in re.split(r"[ ]{1,99}- {1,99}", text[2:].strip())
        ]
        yield f"[{', '.join(items)}]", False
    for closer in _CLOSERS.get(text[0], ()):
        if text[-1] in _LOOK_ALIKE:
            yield text[:-1] + closer, False
        yield text + closer, False
    if text[0] in "\"'":
        yield text + text[0], False
        yield json.dumps(text.replace(text[0], ""), ensure_ascii=False), False
    yield quoted, ": " in text and text[0] not in "[{\"'|>"


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))
