"""pasting: paragraphs, headings, lists and tables that lost their form when they were pasted.

Secret: how paragraphs, headings, lists and tables are recognized that lost their form on the way.
Not here: text that becomes another kind of block (misread), lines that belong to the page they were
copied from (copied), punctuation (typography).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from casegen.chinese import furniture, ticks
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Problem, Severity
from casegen.rules.paragraphs import SHOWN, STRUCTURE, UNDERLINE, Line, is_tabbed, list_paragraphs
from casegen.rules.passage import Wording, make_problem
from casegen.rules.rule import Rule

_NUMERAL = "一二三四五六七八九十"
_FIRST = re.compile(rf"[{_NUMERAL}]{{1,3}}、")
_SECOND = re.compile(rf"[（(][{_NUMERAL}]{{1,3}}[）)]、?")
_ORDINAL = re.compile(r"(?:\d{1,2}(?:[、．）)]|\.(?![\d\s]))|[（(]\d{1,2}[）)]|[①-⑳])\s*")
_BULLET = re.compile(r"[●•■◆○▪◇□▶➢➤✓✔√★☆❖⚫·＊－]\s*")
_STEP = re.compile(rf"第[{_NUMERAL}\d]{{1,3}}(?:步|条|点|项)|[{_NUMERAL}]是")
_LABEL = re.compile(r"[^\s：:，。]{2,8}[：:]\S|【[^【】]{2,10}】\S")
_STOP = tuple("。！？；：…”）")
_SENTENCE = tuple("。！？；")
_BAR = re.compile(r"[|｜]")
_RULER = re.compile(r"(?=.*?[—–\-－])[\s|｜:：—–\-－]+")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_HEADING = 30  # characters; a longer line is a sentence
_NAMED = 5  # headings written out in a hint


def _begins(text: str) -> bool:
    """Return whether a line begins like an item of an enumeration."""
    marks = (_FIRST, _SECOND, _ORDINAL, _BULLET, _STEP, _LABEL)
    return any(mark.match(text.strip()) for mark in marks)


def check_joined(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report lines that were separate paragraphs and become one."""
    firsts = _numbered(case)
    for lines in list_paragraphs(case.body):
        for plain in _plain(lines):
            run = plain[: len(plain) - _items_at_end(plain)]
            if not _was_several(run):
                continue
            text = "".join(line.text.strip() for line in run)
            shown = text[:SHOWN] + ("……" if len(text) > SHOWN else "")
            titles = [_as_heading(line.text, firsts) for line in run if _is_title(line.text)]
            more = f"；小标题写成 {'、'.join(titles[:_NAMED])}" if titles else ""
            words = Wording(
                "joined-lines",
                Severity.WARNING,
                f"这 {len(run)} 行之间没有空行，会连成一段：“{shown}”",
                f"各段之间空一行{more}",
            )
            span = run[0].start, run[-1].span[1]
            yield make_problem(case, span, words, "\n\n".join(line.text for line in run))


def _was_several(run: Sequence[Line]) -> bool:
    """Return whether lines in a row were paragraphs: most end like one, or begin like an item."""
    texts = [line.text for line in run]
    if sum(not (furniture.names_origin(t) or furniture.find_reason(t)) for t in texts) < 2:
        return False  # lines of a web page are to be removed; the rule page-furniture says so
    if any(line.text.endswith(("  ", "\\")) for line in run[:-1]):
        return False  # the breaks are meant
    if sum(is_tabbed(line.text) for line in run) > 1 or _bars(run):
        return False
    if any(UNDERLINE.fullmatch(line.text) for line in run):
        return False
    ends = [
        line.text.rstrip().endswith(_STOP) or _begins(line.text) or _is_title(line.text)
        for line in run[:-1]
    ]
    return sum(ends) * 2 > len(ends)


def _plain(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the longest runs of lines that Markdown takes for text of one paragraph."""
    run: list[Line] = []
    for number, line in enumerate(lines):
        if STRUCTURE.match(line.text) and not (number and line.text.startswith("    ")):
            if run:
                yield run
            run = []
            if not re.match(r"\s*(?:[-*+]|\d{1,9}[.)])\s|\s*>", line.text):
                continue
            return  # the following lines belong to the list or quotation
        run.append(line)
    if run:
        yield run


def _is_title(text: str) -> bool:
    """Return whether a line was meant as a heading: 一、实施背景, **成效**."""
    text = text.strip()
    bold = _BOLD.fullmatch(text)
    inner = bold[1].strip() if bold else text
    marked = bool(bold or _FIRST.match(inner) or _SECOND.match(inner))
    return marked and len(inner) <= _HEADING and not inner.endswith((*_SENTENCE, "，", "："))


def _items_at_end(lines: Sequence[Line]) -> int:
    """Return how many lines at the end are items of one list with a mark unknown to Markdown."""
    last = list(takewhile(lambda line: _BULLET.match(line.text.strip()), reversed(lines)))
    return len(last) if len(last) > 1 else 0


def _bars(run: Sequence[Line]) -> bool:
    return sum(len(_BAR.findall(line.text)) > 0 for line in run) > 1


def check_headings(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report lines that look like headings to a reader but are none."""
    firsts = _numbered(case)
    for lines in list_paragraphs(case.body):
        line = lines[0]
        if len(lines) > 1 or not _is_title(line.text) or STRUCTURE.match(line.text):
            continue
        if furniture.find_reason(line.text):
            continue  # a row of a table of contents; the rule page-furniture reports it
        inner, heading = _inner(line.text), _as_heading(line.text, firsts)
        words = Wording(
            "false-heading",
            Severity.WARNING,
            f"“{inner}”看来是小标题，写成了普通的一段，目录里没有它",
            f"写成 {heading}",
        )
        yield make_problem(case, line.span, words, heading, sure=False)


def _numbered(case: Case) -> bool:
    """Return whether a body numbers its main headings, so that （一） is of the second level."""
    return any(
        _FIRST.match(_inner(line.text)) for run in list_paragraphs(case.body) for line in run
    )


def _as_heading(text: str, firsts: bool) -> str:  # noqa: FBT001
    inner = _inner(text)
    return f"{'###' if _SECOND.match(inner) and firsts else '##'} {inner}"


def _inner(text: str) -> str:
    bold = _BOLD.fullmatch(text.strip())
    return bold[1].strip() if bold else text.strip()


def check_lists(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report items with marks that Markdown does not know: ● · 1）."""
    for lines in list_paragraphs(case.body):
        certain = len(lines) - _items_at_end(lines)
        for number, line in enumerate(lines):
            if STRUCTURE.match(line.text):
                continue
            text = line.text.strip()
            mark = _BULLET.match(text)
            if mark is None or len(text) == mark.end() or ticks.is_choice(text):
                continue
            words = Wording(
                "false-list",
                Severity.WARNING,
                f"“{mark[0].strip()}”不是 Markdown 的列表，各项会连在一起",
                f"写成 - {text[mark.end() :][:SHOWN]}",
            )
            yield make_problem(
                case, line.span, words, f"- {text[mark.end() :]}", sure=number >= certain
            )


def check_tables(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report tables that were pasted as tabs, as full-width bars, or in pieces."""
    for lines in list_paragraphs(case.body):
        tabbed = [line for line in lines if is_tabbed(line.text)]
        if len(tabbed) > 1 and len(tabbed) * 2 > len(lines):
            rows = [[cell.strip() for cell in line.text.strip().split("\t")] for line in tabbed]
            even = len({len(row) for row in rows}) == 1 and len(tabbed) == len(lines)
            words = Wording(
                "tab-table",
                Severity.WARNING,
                f"这 {len(tabbed)} 行是用制表符分开的表格，会连成一段文字",
                "做成 Markdown 的表格：| 项目 | 数量 |，第二行写 | --- | --- |",
            )
            span = lines[0].start, lines[-1].span[1]
            new = _apart(case.body, span, _table(rows)) if even else None
            yield make_problem(case, span, words, new, sure=False)
        elif len(lines) > 1 and any("｜" in line.text for line in lines):
            rows = [_cells(line.text) for line in lines if not _RULER.fullmatch(line.text)]
            even = len({len(row) for row in rows}) == 1
            words = Wording(
                "broken-table",
                Severity.WARNING,
                "表格的竖线是全角的“｜”，会当作文字",
                "竖线用半角的 |，第二行写 | --- | --- |",
            )
            span = lines[0].start, lines[-1].span[1]
            yield make_problem(case, span, words, _table(rows) if even else None, sure=False)
        elif _is_debris(lines):
            words = Wording(
                "broken-table",
                Severity.WARNING,
                "这里像是表格粘贴后散了架，读者只会看到一串竖线",
                "照原稿重新做成表格：| 项目 | 数量 |，第二行写 | --- | --- |",
            )
            yield make_problem(case, lines[0].span, words)


def _apart(body: str, span: tuple[int, int], table: str) -> str:
    """Return a table with empty lines between it and the text around it."""
    above = body[: span[0]].rpartition("\n\n")[2].strip()
    below = body[span[1] :].partition("\n\n")[0].strip()
    return "\n" * bool(above) + table + "\n" * bool(below)


def _is_debris(lines: Sequence[Line]) -> bool:
    """Return whether the lines have bars but no ruler that makes a table of them."""
    barred = [line for line in lines if "|" in line.text and not line.text.lstrip().startswith("`")]
    ruled = any(_RULER.fullmatch(line.text) and "-" in line.text for line in lines)
    if not barred or ruled:
        return False
    return len(barred) > 1 or bool(re.search(r"\|\s*\|\s*\|", barred[0].text))


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in _BAR.split(text.strip().strip("|｜"))]


def _table(rows: Sequence[Sequence[str]]) -> str:
    shown = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in shown]
    return "\n".join([lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]])


PASTING = (
    Rule(
        "joined-lines", Severity.WARNING, "几行会连成一段",
        "Markdown 里空一行才是另起一段；从 Word 粘到记事本的文字一行是一段，全篇会连成一大块。",
        "各段之间空一行；casegen check --fix 会代劳。", check=check_joined,
        wrong="先修路。\n再架桥。", right="先修路。\n\n再架桥。",
    ),
    Rule(
        "false-heading", Severity.WARNING, "小标题写成了普通的一段",
        "“一、”“（一）”和加粗的一行，看着像标题，目录和读屏软件却不认得。",
        "行首写 ## 或 ###；casegen check --fix-all 问过之后会加上。", check=check_headings,
        wrong="一、实施背景\n\n山里人少。", right="## 一、实施背景\n\n山里人少。",
    ),
    Rule(
        "false-list", Severity.WARNING, "列表的符号不对",
        "● · ■ 是文字，不成列表，各项会连在一起。",
        "每项开头写“- ”；连着的几项 casegen check --fix 会改，单独的 --fix-all 问过再改。",
        alike=True, check=check_lists,
        wrong="● 修路通水", right="- 修路通水",
    ),
    Rule(
        "tab-table", Severity.WARNING, "表格是用制表符分开的",
        "从 Excel、Word 粘来的表格，各格之间是制表符，网页上会连成一段。",
        "改成 Markdown 的表格；casegen check --fix-all 问过之后会改。", check=check_tables,
        also=("broken-table",),
        wrong="项目\t数量\n培训\t230", right="| 项目 | 数量 |\n| --- | --- |\n| 培训 | 230 |",
    ),
    Rule(
        "broken-table", Severity.WARNING, "表格散了架",
        "竖线是全角的，或少了第二行的 | --- |，读者看到的是一串竖线。",
        "照“| 项目 | 数量 |”的样子写，第二行是 | --- | --- |。",
        wrong="｜项目｜数量｜\n｜培训｜230｜",
        right="| 项目 | 数量 |\n| --- | --- |\n| 培训 | 230 |",
    ),
)  # fmt: skip
