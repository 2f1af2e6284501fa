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
from casegen.rules.passage import Slip, Wording, report_slips
from casegen.rules.rule import Rule
from casegen.source.schema import Path

_SHOWN = 40  # characters of a fix that a hint writes out
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_HALF_WIDTH = re.compile(
    f"(?<=[{HAN}”’》）])(?:[ ](?=[,;:?!]))?([,;:?!](?![,;:?!，；：。])|\\.(?![.，；：。]))"
    f"(?:[ \\t]{{0,9}}(?=[{HAN}“‘《（])|(?=[ \\t]*$))",
    re.MULTILINE,
)
_NUMBERED = re.compile(r"\n[一二三四五六七八九十]{1,3}$")
_BRACKETS = re.compile(
    f"(?:(?<=[{HAN}，。：；、]) )?\\((?=[^()\\n]*[{HAN}]) ?([^()\\n]*[^()\\s]) ?\\)"
    f"(?: (?=[{HAN}]))?"
)
_SIGNS = frozenset("=＝+＋×÷/*-")
_QUOTES = re.compile(f'"(?=[^"\\n]*[{HAN}])([^"\\n]+)"')
_SINGLE = re.compile(rf"(?<![A-Za-z0-9'])'(?=[^'\n]*[{HAN}])([^'\n]+)'(?![A-Za-z0-9'])")
_DOTS = re.compile(
    f"(?<=[{HAN}“”》）])(?:\\.{{3,}}+|。{{3,}}|…(?!…)(?<!……))"
    # A row of a table of contents ends in its page.
    "(?![ ]{0,9}[（(]?\\d{1,3}[）)]?[ ]{0,9}(?:\n|\\Z))"
)
_DOUBLED = re.compile(
    "(，|；|：|、)\\1+|(?<!。)。。(?!。)|，。|。，|、，|，、|；。"
    f"|[，；：][,;:]|(?<=[{HAN}])[,;:][，；：。]|。\\.(?!\\.)"
    f"|(?<=[{HAN}])(?:,{{2,9}}|;{{2,9}}|\\.\\.(?!\\.))(?=[{HAN}]|[ \\t]*(?:\\n|\\Z))"
)
_WIDE = str.maketrans(",;:.", "，；：。")
_FULL_DIGITS = re.compile("[０-９]+(?:[．][０-９]+)?")
_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")


def check_half_width(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report half-width marks between Chinese characters."""
    yield from report_slips(case, _find_half_width, _is_reported)


def _is_reported(at: Path, written: str) -> bool:
    """Return whether a mark in a field is a fault of YAML, or an institution has two names."""
    between_tags = at[0] == "tags" and written.strip() in {",", ";"}
    return at == ("institution",) or ": " in written or between_tags


def _find_half_width(text: str) -> Iterator[Slip]:
    for found in _HALF_WIDTH.finditer(text):
        before = text[max(found.start() - 5, 0) : found.start()]
        number = found[1] in ".," and _NUMBERED.search(before if len(before) > 4 else "\n" + before)
        new = "、" if number else _FULL[found[1]]
        yield _mend(found, f"中文里用了半角的“{found[1]}”", new)
    for found in _BRACKETS.finditer(text):
        around = (
            text[max(found.start() - 1, 0) : found.start()],
            text[found.end() : found.end() + 1],
        )
        if set(around) & _SIGNS:
            continue  # (收入-成本)/收入 is a formula
        if re.search(f"[{HAN}，。：；、“”]", text[max(found.start() - 1, 0) : found.start()]) or (
            re.match(f"[{HAN}]", found[1])
        ):
            yield _mend(found, "中文里用了半角的括号", f"（{found[1]}）")


def check_quotes(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report straight quotation marks around Chinese text."""
    yield from report_slips(case, _find_quotes)


def _find_quotes(text: str) -> Iterator[Slip]:
    for line in re.finditer(r"[^\n]+", text):
        if '"' in line[0] and not line[0].count('"') % 2:
            for found in _QUOTES.finditer(text, line.start(), line.end()):
                yield _mend(found, "中文里用了直引号", f"“{found[1]}”", rule="straight-quotes")
        if "'" in line[0] and not line[0].count("'") % 2:
            for found in _SINGLE.finditer(text, line.start(), line.end()):
                left = text[line.start() : found.start()]
                inside = left.count("“") + left.count('"') % 2 > left.count("”")
                new = f"‘{found[1]}’" if inside else f"“{found[1]}”"
                yield _mend(found, "中文里用了直引号", new, rule="straight-quotes", sure=False)


def check_dots(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report three dots or stops in place of the ellipsis."""
    yield from report_slips(case, _find_dots)


def _find_dots(text: str) -> Iterator[Slip]:
    for found in _DOTS.finditer(text):
        yield _mend(found, f"省略号写成了“{found[0]}”", "……", rule="false-ellipsis")


def check_doubled(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a mark that is written twice, or two that exclude one another."""
    yield from report_slips(case, _find_doubled)


def _find_doubled(text: str) -> Iterator[Slip]:
    for found in _DOUBLED.finditer(text):
        marks = found[0].translate(_WIDE)
        mark = "。" if "。" in marks else marks[0]
        sure = len(set(marks)) == 1
        yield _mend(found, f"标点重复了：“{found[0]}”", mark, rule="doubled-punctuation", sure=sure)


def check_digits(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report full-width digits."""
    yield from report_slips(case, _find_digits)


def _find_digits(text: str) -> Iterator[Slip]:
    for found in _FULL_DIGITS.finditer(text):
        new = found[0].translate(_DIGITS)
        yield _mend(found, f"数字“{found[0]}”是全角的", new, rule="full-width-digits")


def _mend(
    found: re.Match[str],
    message: str,
    new: str,
    *,
    rule: str = "half-width-punctuation",
    sure: bool = True,
) -> Slip:
    if len(new) > _SHOWN:
        hint = f"这一对改成 {new[0]}{new[-1]}"
    else:
        hint = f"改成 {new}" if re.search("[“”]", new) else f"改成“{new}”"
    words = Wording(rule, Severity.WARNING, message, hint)
    return Slip(*found.span(), words, new, sure)


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
