"""misread: text that Markdown takes for code, for a heading or for a comment.

Secret: which blanks, rulers, fences and comment marks were not meant as such.
Not here: what was lost when a text was pasted (pasting), signs that stay visible (leftover).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from casegen.body.dialect import find_open_comment
from casegen.chinese.characters import HAN
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Problem, Severity
from casegen.rules.paragraphs import SHOWN, STRUCTURE, UNDERLINE, Line, list_paragraphs
from casegen.rules.passage import Wording, make_problem
from casegen.rules.rule import Rule


def check_indents(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report four blanks before a paragraph, which turn it into code."""
    for lines in list_paragraphs(case.body):
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
    for lines in list_paragraphs(case.body):
        for above, line in pairwise(lines):
            if not UNDERLINE.fullmatch(line.text):
                continue
            if STRUCTURE.match(above.text) or "|" in above.text:
                continue
            words = Wording(
                "ruler-under-text",
                Severity.WARNING,
                f"“{above.text.strip()[:SHOWN]}”下面紧跟着横线，会变成大标题",
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
            opened = Line(at, text), mark[1]
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


MISREAD = (
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
)  # fmt: skip
