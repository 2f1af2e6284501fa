"""copied: lines of a body that belong to the page or the head of the text it was copied from.

Secret: what is said of such lines, and when a line repeats a field.
Not here: the words of furniture and of sources (chinese.furniture), lost paragraphs (pasting).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegen.chinese import furniture
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Problem, Severity
from casegen.rules.paragraphs import SHOWN, STRUCTURE, Line, list_paragraphs
from casegen.rules.passage import Wording, make_problem
from casegen.rules.rule import Rule

_EMPTY_LINE = re.compile(r"\n?(?:[ \t]{0,99}\n)?")


def check_furniture(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report navigation, buttons and footers of the page that the text was copied from."""
    for lines in list_paragraphs(case.body):
        for line in lines:
            reason, hint = furniture.find_reason(line.text), "删去这一行"
            if furniture.names_origin(line.text):
                reason = "稿件的来源和署名"
                hint = "写进 source（来源）和 credits（署名），删去这一行"
            if not reason or STRUCTURE.match(line.text) or re.search(r"\]\(", line.text):
                continue
            words = Wording(
                "page-furniture",
                Severity.WARNING,
                f"“{line.text.strip()[:SHOWN]}”是{reason}，不是正文",
                hint,
            )
            yield make_problem(case, (line.start, _end(case.body, line)), words, "", sure=False)


def check_title(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report the title, or the institution, repeated as a line of the body."""
    known = {_folded(case.title): "标题", _folded(case.institution): "单位"}
    seen = set()
    for lines in list_paragraphs(case.body):
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


def _end(body: str, line: Line) -> int:
    """Return where a line that is removed ends, with the empty line after it."""
    found = _EMPTY_LINE.match(body, line.span[1])
    return found.end() if found else line.span[1]


def _folded(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text).casefold()


COPIED = (
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
