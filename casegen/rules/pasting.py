"""pasting: what a manuscript that was pasted from Word or a web page leaves in a body.

Secret: how joined paragraphs, false headings, lists and tables, and the furniture of a page are
recognized.
Not here: the words of page furniture (chinese.furniture), punctuation (typography).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from casegen.body.dialect import find_open_comment
from casegen.chinese import furniture
from casegen.chinese.characters import HAN
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Problem, Severity
from casegen.rules.passage import Wording, make_problem
from casegen.rules.rule import Rule

_NUMERAL = "一二三四五六七八九十"
_FIRST = re.compile(rf"[{_NUMERAL}]{{1,3}}、")
_SECOND = re.compile(rf"[（(][{_NUMERAL}]{{1,3}}[）)]、?")
_ORDINAL = re.compile(r"(?:\d{1,2}(?:[、．）)]|\.(?![\d\s]))|[（(]\d{1,2}[）)]|[①-⑳])\s*")
_BULLET = re.compile(r"[●•■◆○▪◇□▶➢➤✓✔√★☆❖⚫·＊－]\s*")
_STEP = re.compile(rf"第[{_NUMERAL}\d]{{1,3}}(?:步|条|点|项)|[{_NUMERAL}]是")
_LABEL = re.compile(r"[^\s：:，。]{2,8}[：:]\S")
_STOP = tuple("。！？；：…”）")
_SENTENCE = tuple("。！？；")
_STRUCTURE = re.compile(
    r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>|\||`{3,}|~{3,}|!\[|\[\^)|[ ]{4}|\t"
)
_BAR = re.compile(r"[|｜]")
_RULER = re.compile(r"(?=.*?[—–\-－])[\s|｜:：—–\-－]+")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_UNDERLINE = re.compile(r" {0,3}(?:-{2,}|={2,})\s*")
_EMPTY_LINE = re.compile(r"\n?(?:[ \t]{0,99}\n)?")
_ROLE = (
    "文章来源|信息来源|来源|稿源|责任编辑|责编|编辑|审核|初审|复审|终审|校对|作者|供稿|供图|摄影"
)
# 来源：某报 责任编辑：某部门, in a line of nothing else.
_CREDIT = re.compile(rf"[（(【]?(?:{_ROLE}|发布时间)[:：][^，。；：:]{{1,24}}")
_HEADING = 30  # characters; a longer line is a sentence
_SHOWN = 40
_NAMED = 5  # headings written out in a hint


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body: where it begins, and its text."""

    start: int
    text: str

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.start + len(self.text)


@lru_cache(maxsize=2)
def _paragraphs(body: str) -> tuple[Sequence[_Line], ...]:
    """Return runs of lines that are not empty, outside code and comments; many rules ask."""
    return tuple(_cut_paragraphs(body))


def _cut_paragraphs(body: str) -> Iterator[Sequence[_Line]]:
    run: list[_Line] = []
    fence = ""
    comment = False
    at = 0
    for text in body.split("\n"):
        line, at = _Line(at, text), at + len(text) + 1
        mark = re.match(r" {0,3}(`{3,}|~{3,})", text)
        if comment or fence or mark or "<!--" in text:
            if run:
                yield run
                run = []
            if "<!--" in text or comment:
                comment = "-->" not in text
            elif mark:
                fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
            continue
        if text.strip():
            if run and _tabbed(text) != _tabbed(run[-1].text) and "|" not in text:
                yield run  # a table pasted directly below or above a sentence
                run = []
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _tabbed(text: str) -> bool:
    return "\t" in text.strip()


def _begins(text: str) -> bool:
    """Return whether a line begins like an item of an enumeration."""
    marks = (_FIRST, _SECOND, _ORDINAL, _BULLET, _STEP, _LABEL)
    return any(mark.match(text.strip()) for mark in marks)


def check_joined(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report lines that were separate paragraphs and become one."""
    firsts = _numbered(case)
    for lines in _paragraphs(case.body):
        for plain in _plain(lines):
            run = plain[: len(plain) - _items_at_end(plain)]
            if sum(not furniture.find_reason(line.text) for line in run) < 2:
                continue  # the lines of a web page are to go, and that is said
            if len(run) < 2 or any(line.text.endswith(("  ", "\\")) for line in run[:-1]):
                continue
            ends = [
                line.text.rstrip().endswith(_STOP) or _begins(line.text) or _is_title(line.text)
                for line in run
            ]
            tabs = sum(_tabbed(line.text) for line in run)
            ruled = any(_UNDERLINE.fullmatch(line.text) for line in run)
            if tabs > 1 or ruled or _bars(run) or sum(ends[:-1]) * 2 <= len(run) - 1:
                continue
            text = "".join(line.text.strip() for line in run)
            shown = text[:_SHOWN] + ("……" if len(text) > _SHOWN else "")
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


def _plain(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield the longest runs of lines that Markdown takes for text of one paragraph."""
    run: list[_Line] = []
    for number, line in enumerate(lines):
        if _STRUCTURE.match(line.text) and not (number and line.text.startswith("    ")):
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


def _items_at_end(lines: Sequence[_Line]) -> int:
    """Return how many lines at the end are items of one list with a mark unknown to Markdown."""
    last = list(takewhile(lambda line: _BULLET.match(line.text.strip()), reversed(lines)))
    return len(last) if len(last) > 1 else 0


def _bars(run: Sequence[_Line]) -> bool:
    return sum(len(_BAR.findall(line.text)) > 0 for line in run) > 1


def check_headings(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report lines that look like headings to a reader but are none."""
    firsts = _numbered(case)
    for lines in _paragraphs(case.body):
        line = lines[0]
        if len(lines) > 1 or not _is_title(line.text) or _STRUCTURE.match(line.text):
            continue
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
    return any(_FIRST.match(_inner(line.text)) for run in _paragraphs(case.body) for line in run)


def _as_heading(text: str, firsts: bool) -> str:  # noqa: FBT001
    inner = _inner(text)
    return f"{'###' if _SECOND.match(inner) and firsts else '##'} {inner}"


def _inner(text: str) -> str:
    bold = _BOLD.fullmatch(text.strip())
    return bold[1].strip() if bold else text.strip()


def check_lists(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report items with marks that Markdown does not know: ● · 1）."""
    for lines in _paragraphs(case.body):
        certain = len(lines) - _items_at_end(lines)
        for number, line in enumerate(lines):
            if _STRUCTURE.match(line.text):
                continue
            text = line.text.strip()
            mark = _BULLET.match(text)
            if mark is None or len(text) == mark.end():
                continue
            words = Wording(
                "false-list",
                Severity.WARNING,
                f"“{mark[0].strip()}”不是 Markdown 的列表，各项会连在一起",
                f"写成 - {text[mark.end() :][:_SHOWN]}",
            )
            yield make_problem(
                case, line.span, words, f"- {text[mark.end() :]}", sure=number >= certain
            )


def check_tables(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report tables that were pasted as tabs, as full-width bars, or in pieces."""
    for lines in _paragraphs(case.body):
        tabbed = [line for line in lines if _tabbed(line.text)]
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


def _is_debris(lines: Sequence[_Line]) -> bool:
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


def check_indents(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report four blanks before a paragraph, which turn it into code."""
    for lines in _paragraphs(case.body):
        first = lines[0]
        before = case.body[: first.start].rstrip().rpartition("\n")[2]
        if re.match(r"\s*(?:[-*+]|\d{1,9}[.)])\s|\s{2,}\S|\[\^", before):
            continue  # it continues an item of a list or a note
        for line in lines:
            found = re.match(r"(?: {4}|[ ]*\t)\s*", line.text)
            if found is None or not re.search(f"[{HAN}]", line.text):
                break
            if "\t" in line.text.strip():
                break
            words = Wording(
                "indented-paragraph",
                Severity.WARNING,
                "段首的四个空格会把这一段变成代码",
                "删去段首的空格；首行缩进由网页自动加",
            )
            yield make_problem(case, (line.start, line.start + found.end()), words, "")


def check_rulers(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a ruler right under a paragraph, which turns it into a heading."""
    for lines in _paragraphs(case.body):
        for above, line in pairwise(lines):
            if not _UNDERLINE.fullmatch(line.text):
                continue
            if _STRUCTURE.match(above.text) or "|" in above.text:
                continue
            words = Wording(
                "ruler-under-text",
                Severity.WARNING,
                f"“{above.text.strip()[:_SHOWN]}”下面紧跟着横线，会变成大标题",
                "横线上面空一行；要小标题，就删去横线，在那一段前面写 ##",
            )
            yield make_problem(case, (line.start, line.start), words, "\n", sure=False)


def check_fences(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a code fence that is never closed: all that follows becomes code."""
    opened = None
    at = 0
    for text in case.body.split("\n"):
        mark = re.match(r" {0,3}(`{3,}|~{3,})", text)
        if mark and opened is None:
            opened = _Line(at, text), mark[1]
        elif mark and opened and mark[1].startswith(opened[1]):
            opened = None
        at += len(text) + 1
    if opened:
        words = Wording(
            "unclosed-fence",
            Severity.WARNING,
            f"“{opened[1]}”没有配对，从这里到末尾都会变成代码",
            f"在代码之后另起一行写 {opened[1]}，或删去这一行",
        )
        yield make_problem(case, opened[0].span, words)


def check_comments(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report an editors' comment that never ends: the rest of the comment would be published."""
    start = find_open_comment(case.body)
    if start is None:
        return
    words = Wording(
        "unclosed-comment",
        Severity.WARNING,
        "注释 <!-- 没有收尾：同一段看不见了，后面各段照样登出",
        "在注释之后写 -->，或删去 <!--",
    )
    yield make_problem(case, (start, start + 4), words)


def check_furniture(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report navigation, buttons and footers of the page that the text was copied from."""
    for lines in _paragraphs(case.body):
        for line in lines:
            reason, hint = furniture.find_reason(line.text), "删去这一行"
            if not reason and all(map(_CREDIT.fullmatch, re.split(r"[\s|｜]+", line.text.strip()))):
                reason = "稿件的来源和署名"
                hint = "写进 source（来源）和 credits（署名），删去这一行"
            if not reason or _STRUCTURE.match(line.text) or re.search(r"\]\(", line.text):
                continue
            words = Wording(
                "page-furniture",
                Severity.WARNING,
                f"“{line.text.strip()[:_SHOWN]}”是{reason}，不是正文",
                hint,
            )
            yield make_problem(case, (line.start, _end(case.body, line)), words, "", sure=False)


def check_title(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report the title, or the institution, repeated as a line of the body."""
    known = {_folded(case.title): "标题", _folded(case.institution): "单位"}
    seen = set()
    for lines in _paragraphs(case.body):
        for line in lines:
            text = _folded(re.sub(r"^#{1,6}\s+|\*\*", "", line.text.strip()))
            what = known.get(text) if text else None
            if what is None or what in seen:
                continue
            seen.add(what)
            words = Wording(
                "repeated-title",
                Severity.WARNING,
                f"这一行又写了一遍{what}，页面上已经有了",
                "删去这一行",
            )
            yield make_problem(case, (line.start, _end(case.body, line)), words, "", sure=False)


def _end(body: str, line: _Line) -> int:
    """Return where a line that is removed ends, with the empty line after it."""
    found = _EMPTY_LINE.match(body, line.span[1])
    return found.end() if found else line.span[1]


def _folded(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text).casefold()


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
    Rule(
        "indented-paragraph", Severity.WARNING, "段首的空格把一段变成了代码",
        "Markdown 里行首四个空格是代码，会用等宽的灰底显示，也不换行。",
        "删去段首的空格，网页会自动缩进；casegen check --fix 会代劳。", alike=True,
        check=check_indents,
        wrong="    山里人少。", right="山里人少。",
    ),
    Rule(
        "ruler-under-text", Severity.WARNING, "横线把上面的一段变成了标题",
        "紧跟在文字下面的 --- 是另一种标题的写法。",
        "横线上面空一行。", check=check_rulers,
        wrong="前一段。\n---\n\n后一段。", right="前一段。\n\n---\n\n后一段。",
    ),
    Rule(
        "unclosed-fence", Severity.WARNING, "代码没有收尾",
        "``` 之后一直到文末都会变成代码。",
        "补上收尾的一行，或删去开头的一行。", check=check_fences,
        wrong="```\n山里人少。", right="山里人少。",
    ),
    Rule(
        "unclosed-comment", Severity.WARNING, "注释没有收尾",
        "<!-- 之后的话只有写了 --> 才不登；没有收尾的，只藏起这一段，后面各段照样登出。",
        "在注释之后写 -->，或删去 <!--。", check=check_comments,
        wrong="山里人少。\n\n<!-- 待核。\n\n后一段。",
        right="山里人少。\n\n<!-- 待核。 -->\n\n后一段。",
    ),
    Rule(
        "page-furniture", Severity.WARNING, "混进了网页上的按钮和导航",
        "“返回顶部”“打印 关闭”这样的话会登在案例里，没有摘要时还会成为摘要。",
        "删去这一行；casegen check --fix-all 问过之后会删。", check=check_furniture,
        wrong="返回顶部\n\n山里人少。", right="山里人少。",
    ),
    Rule(
        "repeated-title", Severity.WARNING, "正文里又写了一遍标题或单位",
        "页面上已经有标题和单位，再写一遍就重复了。",
        "删去这一行；casegen check --fix-all 问过之后会删。", check=check_title,
        wrong="{title}\n\n山里人少。", right="山里人少。",
    ),
)  # fmt: skip
