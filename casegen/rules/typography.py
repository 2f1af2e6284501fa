"""typography: punctuation in the body, with fixes.

Secret: which marks are certainly mistakes between Chinese characters.
Not here: typesetting on the page (themes), wording (proofreading), what is no prose (passage).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegen.chinese.characters import HAN
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Problem, Severity
from casegen.rules.passage import Wording, blank_out, make_problem
from casegen.rules.rule import Rule

_SHOWN = 40  # characters of a fix that a hint writes out
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_HALF_WIDTH = re.compile(
    f"(?<=[{HAN}”’》）])([,;:?!]|\\.(?!\\.))(?:[ \\t]{{0,9}}(?=[{HAN}“‘《（])|(?=[ \\t]*$))",
    re.MULTILINE,
)
_NUMBERED = re.compile(r"\n[一二三四五六七八九十]{1,3}$")
_BRACKETS = re.compile(f"\\((?=[^()\\n]*[{HAN}])([^()\\n]+)\\)")
_QUOTES = re.compile(f'"(?=[^"\\n]*[{HAN}])([^"\\n]+)"')
_DOTS = re.compile(f"(?<=[{HAN}“”》）])(?:\\.{{3,}}|。{{3,}}|…(?!…)(?<!……))")
_DOUBLED = re.compile("(，|；|：|、)\\1+|(?<!。)。。(?!。)|，。|。，|、，|，、|；。")
_FULL_DIGITS = re.compile("[０-９]+(?:[．][０-９]+)?")
_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")


def check_half_width(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report half-width marks between Chinese characters."""
    text = blank_out(case.body)
    for found in _HALF_WIDTH.finditer(text):
        before = text[max(found.start() - 5, 0) : found.start()]
        number = found[1] in ".," and _NUMBERED.search(before if len(before) > 4 else "\n" + before)
        new = "、" if number else _FULL[found[1]]
        yield _mend(case, found, f"中文里用了半角的“{found[1]}”", new)
    for found in _BRACKETS.finditer(text):
        if re.search(f"[{HAN}，。：；、“”]", text[max(found.start() - 1, 0) : found.start()]) or (
            re.match(f"[{HAN}]", found[1])
        ):
            yield _mend(case, found, "中文里用了半角的括号", f"（{found[1]}）")


def check_quotes(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report straight quotation marks around Chinese text."""
    text = blank_out(case.body)
    for line in re.finditer(r"[^\n]+", text):
        if line[0].count('"') % 2:
            continue
        for found in _QUOTES.finditer(text, line.start(), line.end()):
            yield _mend(
                case, found, "中文里用了直引号", f"“{found[1]}”", rule="straight-quotes"
            )  # fmt: skip


def check_dots(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report three dots or stops in place of the ellipsis."""
    for found in _DOTS.finditer(blank_out(case.body)):
        yield _mend(case, found, f"省略号写成了“{found[0]}”", "……", rule="false-ellipsis")


def check_doubled(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a mark that is written twice, or two that exclude one another."""
    for found in _DOUBLED.finditer(blank_out(case.body)):
        stop = "。" in found[0]
        mark = "。" if stop else found[0][0]
        sure = len(set(found[0])) == 1
        yield _mend(
            case, found, f"标点重复了：“{found[0]}”", mark, rule="doubled-punctuation", sure=sure
        )


def check_digits(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report full-width digits."""
    for found in _FULL_DIGITS.finditer(blank_out(case.body)):
        new = found[0].translate(_DIGITS)
        yield _mend(case, found, f"数字“{found[0]}”是全角的", new, rule="full-width-digits")


def _mend(  # noqa: PLR0913 a mend has many parts
    case: Case,
    found: re.Match[str],
    message: str,
    new: str,
    *,
    rule: str = "half-width-punctuation",
    sure: bool = True,
) -> Problem:
    if len(new) > _SHOWN:
        hint = f"这一对改成 {new[0]}{new[-1]}"
    else:
        hint = f"改成 {new}" if re.search("[“”]", new) else f"改成“{new}”"
    words = Wording(rule, Severity.WARNING, message, hint)
    return make_problem(case, found.span(), words, new, sure=sure)


TYPOGRAPHY = (
    Rule(
        "half-width-punctuation", Severity.WARNING, "中文里用了半角标点",
        "半角标点在中文里太挤，断行也不对；多半是从别处粘贴来的。",
        "改成全角的；casegen check --fix 会代劳。",
        "修路,架桥 应为 修路，架桥", check=check_half_width, alike=True,
        wrong="修路,架桥。", right="修路，架桥。",
    ),
    Rule(
        "straight-quotes", Severity.WARNING, "中文里用了直引号",
        "直引号分不出开和收，中文用“”。",
        "改成“”；casegen check --fix 会代劳。", check=check_quotes, alike=True,
        wrong='推行"一户一策"。', right="推行“一户一策”。",
    ),
    Rule(
        "false-ellipsis", Severity.WARNING, "省略号的写法不对",
        "中文的省略号是六个点“……”。",
        "改成“……”；casegen check --fix 会代劳。", check=check_dots, alike=True,
        wrong="茶叶、刺梨...都有。", right="茶叶、刺梨……都有。",
    ),
    Rule(
        "doubled-punctuation", Severity.WARNING, "标点重复",
        "多打了一个。",
        "删去一个；casegen check --fix 会代劳。",
        "成效显著。。 应为 成效显著。", check=check_doubled, alike=True,
        wrong="成效显著。。", right="成效显著。",
    ),
    Rule(
        "full-width-digits", Severity.WARNING, "数字是全角的",
        "全角的数字占一个字宽，搜索也找不到。",
        "改成半角的；casegen check --fix 会代劳。", check=check_digits, alike=True,
        wrong="种茶３００亩。", right="种茶300亩。",
    ),
)  # fmt: skip
