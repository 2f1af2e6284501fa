"""typography: punctuation in the body, with safe mends.

Secret: which marks are surely slips between Chinese characters, and what of a body is no prose.
Not here: typesetting on the page (themes), wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegen.chinese.characters import HAN
from casegen.collection.case import Case, Norms
from casegen.problem import Edit, Location, Problem, Severity
from casegen.rules.rule import Rule

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_WIDTH = re.compile(f"(?<=[{HAN}”’》）])[,;:?!](?=[{HAN}“‘《（]|$)", re.MULTILINE)
_DOUBLED = re.compile("([，。；：、])\\1+")
# Code, destinations, addresses, HTML, table rulers and definitions of footnotes and links.
_NO_PROSE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)"
    r"|(?<=\])\([^)\n]*\)|<[^>\n]*>|https?://[^\s，。；）]+|^ {0,3}\[[^\]\n]*\]:[^\n]*$"
    r"|^(?: {4}|\t)[^\n]*$",
    re.MULTILINE | re.DOTALL,
)


def half_width(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Half-width marks between Chinese characters."""
    for found in _HALF_WIDTH.finditer(_prose(case.body)):
        mark = _FULL[found[0]]
        yield _problem(case, found, "half-width-punctuation", f"中文里用了半角的“{found[0]}”", mark)


def doubled(case: Case, _norms: Norms) -> Iterator[Problem]:
    """The same mark twice."""
    for found in _DOUBLED.finditer(_prose(case.body)):
        yield _problem(case, found, "doubled-punctuation", f"标点重复了：“{found[0]}”", found[1])


def _prose(body: str) -> str:
    """The body with everything that is no prose blanked out, so that positions stay."""
    return _NO_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)


def _problem(case: Case, found: re.Match[str], slug: str, message: str, mend: str) -> Problem:
    start = case.body.rfind("\n", 0, found.start()) + 1
    line = case.body_line + case.body.count("\n", 0, start)
    where = Location(case.path, line, found.start() - start + 1, "body")
    edit = Edit(case.body_start + found.start(), case.body_start + found.end(), mend)
    hint = f"改成“{mend}”；casegen check --fix 会代劳"
    return Problem(slug, Severity.WARNING, message, where, hint, edit)


TYPOGRAPHY = (
    Rule(
        "half-width-punctuation", Severity.WARNING, "中文里用了半角标点",
        "半角标点在中文里太挤，断行也不对；多半是从别处粘贴来的。",
        "改成全角的；casegen check --fix 会代劳。",
        "修路,架桥 应为 修路，架桥", check=half_width, alike=True,
        wrong="修路,架桥。", right="修路，架桥。",
    ),
    Rule(
        "doubled-punctuation", Severity.WARNING, "标点重复",
        "多打了一个。",
        "删去一个；casegen check --fix 会代劳。",
        "成效显著。。 应为 成效显著。", check=doubled, alike=True,
        wrong="成效显著。。", right="成效显著。",
    ),
)  # fmt: skip
