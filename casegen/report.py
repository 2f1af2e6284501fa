"""report: problems as a file to send on: HTML, a workbook, SARIF; and many of one kind as one.

Secret: the layout of each form.
Not here: finding problems (build, rules), the terminal (cli).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from urllib.parse import quote

from casegen import __version__, rules
from casegen.editions.data import workbook
from casegen.filenames import make_visible
from casegen.problem import Problem, Problems, Severity

MANY = 4  # from this number on, problems of one kind in one file are shown as one
PLACES = 6  # most places that are listed for them
_NAMED = re.compile("“(?P<name>[^“”]{1,60})”(?P<rest>[^“”]*)")
WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "提示"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_HEADINGS = ("文件", "行", "列", "轻重", "问题", "改法", "规则", "自动改")
_FIXES = {True: "casegen check --fix", False: "casegen check --fix-all"}
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_STYLE = """body{font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;
max-width:64em;padding:0 1em;color:#222}h2{font-size:1.1em;margin-top:2em;word-break:break-all}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3em .6em;
text-align:left;vertical-align:top}.error{color:#a11}.warning{color:#850}.note{color:#246}
.hint{color:#555;display:block}td:first-child{white-space:nowrap}"""


def group_problems(problems: Problems) -> Problems:
    """Merge problems of one kind in a file into one that gives their number and places.

    Problems with the same text (a missing picture, as cover and in the body) are merged too.
    """
    catalogue = rules.load_catalogue()
    kinds: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        kinds[problem.where.path, problem.rule].append(problem)
    found: list[Problem] = []
    grouped: set[tuple[str, str]] = set()
    for problem in _told_once(problems):
        kind = problem.where.path, problem.rule
        same = kinds[kind]
        rule = catalogue.get(problem.rule)
        if rule is None or not rule.alike or len(same) < MANY:
            found.append(problem)
        elif kind not in grouped:
            grouped.add(kind)
            places = "、".join(f"{p.where.line}:{p.where.column}" for p in same[:PLACES])
            more = "……" if len(same) > PLACES else ""
            message = f"{rule.title}，共 {len(same)} 处：{places}{more}"
            hints = Counter(p.hint for p in same)
            hint = problem.hint if len(hints) == 1 else rule.mend
            found.append(replace(problem, message=message, hint=hint))
    return _name_together(found)


def _name_together(problems: Sequence[Problem]) -> Problems:
    """Merge notes of a file that say and advise the same of different names into one.

    Nothing is left out: the message has all names, the place is that of the first.
    """
    kinds: defaultdict[tuple[str, ...], list[tuple[Problem, str]]] = defaultdict(list)
    keys: dict[Problem, tuple[str, ...]] = {}
    for problem in problems:
        named = _NAMED.fullmatch(problem.message)
        if named and problem.severity is Severity.NOTE:
            key = (problem.where.path, problem.rule, named["rest"], problem.hint)
            kinds[key].append((problem, named["name"]))
            keys[problem] = key
    found = []
    for problem in problems:
        same = kinds[keys[problem]] if problem in keys else []
        if len(same) < MANY:
            found.append(problem)
        elif same[0][0] is problem:
            names = "".join(f"“{name}”" for _, name in same)
            rest = keys[problem][2]
            found.append(replace(problem, message=f"{names}这 {len(same)} 个名称{rest}"))
    return tuple(found)


def _told_once(problems: Problems) -> Sequence[Problem]:
    """Merge problems with the same text in other places of a file into one with these places."""
    said: defaultdict[tuple[str, str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        said[problem.where.path, problem.rule, problem.message, problem.hint].append(problem)
    catalogue = rules.load_catalogue()
    found = []
    # The place of a problem in a field is that of its value, which may have several.
    there = Counter((p.where, p.rule, p.message, p.hint) for p in problems)
    for problem in problems:
        count = there.pop((problem.where, problem.rule, problem.message, problem.hint), 0)
        if not count:
            continue
        same = said[problem.where.path, problem.rule, problem.message, problem.hint]
        rule = catalogue.get(problem.rule)
        if (rule is not None and rule.alike) or len(same) == count:
            more = f"，共 {count} 处" if count > 1 else ""
            found.append(replace(problem, message=f"{problem.message}{more}"))
        elif problem is same[0]:
            others = dict.fromkeys(p.where for p in same if p.where != problem.where)
            places = "、".join(f"{at.line}:{at.column}" for at in [*others][:PLACES])
            found.append(replace(problem, message=f"{problem.message}（又见 {places}）"))
    return found


def write_report(problems: Problems, form: str) -> bytes:
    """Return problems as a file; `form` is "text", "json", "sarif", "html" or "xlsx"."""
    if form == "xlsx":
        rows = tuple(_row(problem) for problem in problems)
        return workbook.write_workbook([workbook.Sheet("问题", _HEADINGS, rows)])
    if form == "html":
        return _html(problems).encode()
    if form == "sarif":
        return json.dumps(make_sarif(problems), ensure_ascii=False, indent=1).encode()
    if form == "json":
        listed = [problem.as_json() for problem in problems]
        return json.dumps(listed, ensure_ascii=False, indent=1).encode()
    lines = [
        f"{_place(p)} {WORDS[p.severity]} {p.message}  [{p.rule}]" for p in group_problems(problems)
    ]
    return ("\n".join(lines) + "\n").encode()


def make_sarif(problems: Sequence[Problem]) -> dict[str, object]:
    """Return problems as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the text."""
    catalogue = rules.load_catalogue()
    named = dict.fromkeys(problem.rule for problem in problems)
    known = [catalogue[name] for name in named if name in catalogue]
    driver = {
        "name": "casegen",
        "version": __version__,
        "rules": [
            {
                "id": rule.slug,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.why},
                "help": {"text": rule.mend},
            }
            for rule in known
        ],
    }
    results = [
        {
            "ruleId": problem.rule,
            "level": _LEVELS[problem.severity],
            "message": {"text": "\n".join(filter(None, (problem.message, problem.hint)))},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(problem.where.path)},
                        "region": {
                            "startLine": problem.where.line,
                            "startColumn": problem.where.column,
                        },
                    }
                }
            ],
        }
        for problem in problems
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _row(problem: Problem) -> workbook.Row:
    fix = _FIXES[problem.fix.sure] if problem.fix else ""
    where = problem.where
    return (
        where.path, where.line, where.column, WORDS[problem.severity], problem.message,
        problem.hint, problem.rule, fix,
    )  # fmt: skip


def _html(problems: Problems) -> str:
    by_file: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in group_problems(problems):
        by_file[problem.where.path].append(problem)
    counts = Counter(problem.severity for problem in problems)
    summed = "、".join(f"{counts[s]} 处{word}" for s, word in WORDS.items() if counts[s])
    parts = [
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>检查结果</title><style>{_STYLE}</style></head><body><h1>检查结果</h1>",
        f"<p>{f'共 {summed}。' if summed else '没有发现问题。'}</p>",
    ]
    for path, found in by_file.items():
        parts.append(f"<h2>{escape(path)}</h2><table><tr><th>行:列</th><th>问题和改法</th></tr>")
        parts += map(_html_row, found)
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>\n"])


def _html_row(problem: Problem) -> str:
    severity = problem.severity
    return (
        f"<tr><td>{problem.where.line}:{problem.where.column}</td><td>"
        f'<b class="{severity}">{WORDS[severity]}</b> {escape(problem.message)}'
        f'<span class="hint">{escape(problem.hint)}</span></td></tr>'
    )


def _place(problem: Problem) -> str:
    where = problem.where
    return f"{make_visible(where.path)}:{where.line}:{where.column}"
