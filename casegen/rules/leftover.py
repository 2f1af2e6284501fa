"""leftover: Markdown signs that stay visible on the page because they are written wrongly.

Secret: which signs no reader should see, and what was meant.
Not here: lines that become another kind of block (misread), HTML (body).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from casegen.body.wide_brackets import WIDE, mean
from casegen.chinese.characters import HAN
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.collection.texts import blank_out
from casegen.problem import Problem, Severity
from casegen.rules.passage import Wording, make_problem
from casegen.rules.rule import Rule

_CODE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(`+)(?!`).{0,2000}?(?<!`)\2(?!`)|<!--[^<]*(?:<(?!!)[^<]*)*-->",
    re.MULTILINE | re.DOTALL,
)
_LEFT = re.compile(
    rf"!?\[(?!\d{{1,3}}\])[^\[\]\n]*\]\s?[（(]|】\s?[（(]https?:|\[\^[^\[\]\s]+\]|\*\*|^#{{1,6}}[{HAN}]"
    r"|!?\[\[[^\[\]\n]{1,60}\]\]|\]\[[^\[\]\n]{0,40}\]|~~|==[^=\n]{1,60}==|^\[(?:TOC|toc)\]$"
    rf"|(?<![\d*])\*[{HAN}][^*\n]{{0,40}} \*(?!\*)|__[{HAN}][^_\n]{{0,40}} __"
    r"|:::[ ]?[a-z]{2,20}|^:::[^\n]{0,40}$|^!!! \w{1,20}|\[![A-Z]{3,12}\]"
    r"|</?(?:o|w|v|st1|m):[A-Za-z]{1,20}[^<>\n]{0,99}>"
    r"|(?<![\w:]):[a-z]{3,20}(?:_[a-z]{1,20}){0,3}:(?!\w)"
    r"|(?<!\$)\$[^$\n]{0,80}(?:\\[A-Za-z]|[\^_])[^$\n]{0,80}\$"
    rf"|[A-Za-z)]~\d{{1,2}}~|\w\^\d{{1,2}}\^|(?<![\w+])\+\+[{HAN}][^+\n]{{0,40}}\+\+"
    rf"|\b(?:PAGEREF|HYPERLINK|INCLUDEPICTURE|MERGEFORMAT)\b[ ]?(?:\"[^\"\n]{{0,200}}\")?"
    r"|错误[！!]\s?未(?:找到|定义)[^。\n]{1,8}。?|\[批注[^\]\n]{0,8}\]"
    r"|\{%[^%\n]{0,60}%\}|\{\{[^}\n]{0,60}\}\}|\{[#.][\w-]{1,40}\}",
    re.MULTILINE,
)
# The form as written, the form that was meant, whether that is sure, and what is wrong.
_KNOWN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str], bool, str], ...] = (
    *((pattern, mean, sure, wrong) for pattern, sure, wrong in WIDE),
    (
        re.compile(r"［\^([^］\]\s]{1,20})］|【\^([^】\s]{1,20})】"), r"[^\1\2]",
        False, "脚注的方括号是全角的",
    ),
    (
        re.compile(
            rf"^( {{0,3}}(?:[-+](?=[{HAN}])|\*(?=[{HAN}][^*\n]*$)))([^\n]+)", re.MULTILINE
        ),
        r"\1 \2", False, "列表的记号后面少了空格",
    ),
    (re.compile(r"^(\[\^[^\]\s]+\])：\s*", re.MULTILINE), r"\1: ", True, "冒号是全角的"),
    (re.compile(rf"^(#{{1,6}})([{HAN}][^\n]*)", re.MULTILINE), r"\1 \2", False, "# 后面少了空格"),
    (
        # Word makes a dash of --, and a Chinese keyboard gives the wide signs.
        re.compile(r"[<＜][!！] ?[-—–－]{1,4}\s?([^<>＜＞\n]{1,200}?)\s?[-—–－]{1,4} ?[>＞]"),
        r"<!-- \1 -->", False, "注释的记号不对",
    ),
    (
        re.compile(
            r"^([ \t]{0,3})！(\[[^\[\]\n]{0,99}\]\([^()\s]{1,200}\.(?:jpe?g|png|gif|webp|svg)\))",
            re.MULTILINE | re.IGNORECASE,
        ),
        r"\1!\2", True, "叹号是全角的，图片成了链接",
    ),
    (
        re.compile(r"^([ \t]*(?:[-*+]|\d{1,9}[.)]) )\[[ xX]\] ([^\n]*)", re.MULTILINE), r"\1\2",
        False, "这里没有任务框",
    ),
)  # fmt: skip


_ONE = r"[\[［]\d{1,3}(?:[-–—,，、]\d{1,3})*[\]］]"
# 茶农[2], as an encyclopedia has it, also [1][2] and a pasted [1][1]; 国发[2021]5号 is no note.
_NUMBER = re.compile(rf"(?<=[{HAN}，。；：！？、”’》）])\s?({_ONE}(?:{_ONE}){{0,9}})(?!\()")
_NOTE = re.compile(r"^[ \t]{0,9}(?:[-*+] )?[\[［]\d{1,3}[\]］]", re.MULTILINE)
_ADDRESS = re.compile(r"^ {0,3}(\[\d{1,3}\]):", re.MULTILINE)


def _find_numbers(case: Case) -> list[re.Match[str]]:
    """Return the numbers of notes that have no note; by hand, notes are lines that begin so.

    A number with an address below, [1]: https://…, is a link.
    """
    source = blank_out(case.body)
    found = list(_NUMBER.finditer(source))
    if not found or _NOTE.search(source):
        return []
    links = set(_ADDRESS.findall(case.body))
    return [number for number in found if number[1][number[1].rfind("[") :] not in links]


def check_numbers(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report numbers of notes without notes, once."""
    found = _find_numbers(case)
    if not found:
        return
    more = f"（共 {len(found)} 处）" if len(found) > 1 else ""
    words = Wording(
        "markdown-left",
        Severity.WARNING,
        f"“{found[0][1][:40]}”会原样显示在页面上，正文里没有这条注{more}",
        "不要注就删去；要注就写 [^1]，文末另起一行写 [^1]: 注的文字",
    )
    yield make_problem(case, found[0].span(1), words)


def check_leftovers(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report signs of Markdown that a reader would see; each cause once."""
    if not _LEFT.search(case.prose.text) and not any(k[0].search(case.body) for k in _KNOWN):
        return
    source = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), case.body)
    taken: list[tuple[int, int]] = []
    notes = set()
    for pattern, meant, sure, wrong in _KNOWN:
        for found in pattern.finditer(source):
            new = meant(found) if callable(meant) else found.expand(meant)
            taken.append(found.span())
            notes |= set(re.findall(r"^\[\^[^\]]+\]", found[0]))
            words = Wording(
                "markdown-left",
                Severity.WARNING,
                f"“{found[0].strip()[:40]}”会原样显示在页面上：{wrong}",
                f"写成 {new.strip()[:60]}",
            )
            yield make_problem(case, found.span(), words, new, sure=sure)
    source = _without(source, _find_numbers(case))  # check_numbers reports [1][1]
    seen = set()
    for found in _LEFT.finditer(case.prose.text):
        mark = found[0]
        if mark in seen or mark in notes:
            continue
        seen.add(mark)
        at = source.find(mark)
        if at < 0 or any(first <= at < last for first, last in taken):
            continue
        words = Wording(
            "markdown-left",
            Severity.WARNING,
            f"“{mark[:40]}”会原样显示在页面上",
            _hint(mark),
        )
        yield make_problem(case, (at, at + len(mark)), words)


def _without(text: str, numbers: list[re.Match[str]]) -> str:
    """Return the text with blanks for the numbers, joined once, for there may be thousands."""
    parts, end = [], 0
    for number in numbers:
        first, last = number.span(1)
        parts += [text[end:first], " " * (last - first)]
        end = last
    return "".join(parts) + text[end:]


def _hint(mark: str) -> str:
    """Return how to mend a mark."""
    if mark.startswith("[^"):
        return f"在文末另起一行写注：{mark}: 注的文字"
    for pattern, hint in _MEANT:
        if found := pattern.fullmatch(mark):
            return found.expand(hint)
    return _HINTS.get(mark[:2]) or _HINTS.get(mark[:1]) or _UNCLEAR


_UNCLEAR = "若是链接，写成 [文字](地址)，括号都用半角；不是链接就删去方括号"
_FOREIGN = "这是别的软件的记号，这里不认得：删去"
_WORD = "这是 Word 留下的记号：删去"
_LOWER = "没有这种记号：写成 ²、₂ 这样的字"
# A mark of other programs that means what Markdown can write, and how it is written.
_MEANT = (
    (re.compile(r"\[\[(?:TOC|toc)\]\]"), "目录会自动生成，删去这一行"),
    (
        re.compile(r"!?\[\[([^\[\]|\n]{1,60}\.(?:jpe?g|png|gif|webp|svg))(?:\|[^\]\n]{0,60})?\]\]"),
        r"写成 ![图上有什么](\1)",
    ),
    (
        re.compile(
            r"\{\{[<%] ?figure src=\"([^\"]{1,60})\" [a-z]{3,7}=\"([^\"]{1,60})\"[^}\"]{0,9}\}\}"
        ),
        r"写成 ![\2](\1)",
    ),
    (re.compile(r"\{% ?asset_img (\S+) ([^%\n]*[^%\s]) ?%\}"), r"写成 ![\2](\1)"),
    (re.compile(r"HYPERLINK ?\"([^\"]+)\""), r"写成 [文字](\1)"),
    (re.compile(r"(?:PAGEREF|HYPERLINK|INCLUDEPICTURE|MERGEFORMAT|错误|\[批注).*"), _WORD),
    (re.compile(r"\$.*"), "这里不认得公式的记号：写成普通的文字，如 E=mc²"),
    (re.compile(r"[A-Za-z)]~\d{1,2}~|\w\^\d{1,2}\^"), _LOWER),
    (re.compile(r"\+\+.*"), "没有这种记号：要强调就写成 **重点**"),
    (re.compile(r":::.*"), f"{_FOREIGN}，后面的 ::: 也删去"),
    (re.compile(r"\[![A-Z]+\]|:[a-z_]+:"), _FOREIGN),
)
_HINTS = {
    "*": "* 里的文字前后不留空格；不要斜体就删去",
    "**": "** 要成对，里面的文字前后不留空格；不要加粗就删去",
    "[[": "链接写成 [文字](地址)",
    "][": "链接写成 [文字](地址)",
    "~~": "~~ 要成对，里面的文字前后不留空格；不要删除线就删去",
    "==": "没有这种记号：要强调就写成 **重点**",
    "__": "__ 里的文字前后不留空格；不要加粗就删去",
    "::": _FOREIGN,
    "!!": _FOREIGN,
    "{%": _FOREIGN,
    "{{": _FOREIGN,
    "{#": _FOREIGN,
    "{.": _FOREIGN,
    "<": _WORD,
    "[T": "目录会自动生成，删去这一行",
    "[t": "目录会自动生成，删去这一行",
}


def _check_all(case: Case, norms: Norms) -> Iterator[Problem]:
    yield from check_leftovers(case, norms)
    yield from check_numbers(case, norms)


LEFTOVER = (
    Rule(
        "markdown-left",
        Severity.WARNING,
        "Markdown 的记号会原样显示",
        "括号、冒号写成全角，或记号不成对，Markdown 就不认得，读者会看到一串符号。",
        "照提示改成半角、配成对；casegen check --fix 会改有把握的。",
        check=_check_all,
        wrong="见[附件]（https://example.edu.cn/a.pdf）。",
        right="见[附件](https://example.edu.cn/a.pdf)。",
    ),
)
