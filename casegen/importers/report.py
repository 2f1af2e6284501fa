"""report: the report of an import: found, uncertain, dropped and lost, and what to do next.

Secret: the words of the report in the terminal and on the page for the department.
Not here: the JSON (finding), printing (cli).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from casegen.chinese.identity import mask_numbers
from casegen.importers.draft import Draft
from casegen.importers.finding import Findings
from casegen.importers.proposals import Proposal, strip_markup

_METRICS = "认出的指标"
_LABELS = {"title": "标题", "institution": "单位", "regions": "地区", "date": "日期",
           "categories": "类别", "source": "来源", "credits": "署名"}  # fmt: skip
_STYLE = (
    "body{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.8 sans-serif}"
    "li{margin:.2em 0}h2{border-top:1px solid #999;padding-top:1em}"
)
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_NEXT = (
    "写着“待核”“可疑的名称”的，请供稿的部门答复编辑",
    "“没有带来”的和“不在正文里的行”里有案例要用的，请告诉编辑，或补一份来",
    "指标请对照原句：错的改正，不是成效的删去",
)
SHOWN = 12  # most lines of one kind in the terminal; the page has all of them


def write_lines(found: Findings, draft: Draft | None) -> Iterator[str]:
    """Yield the lines of the report in the terminal; `draft` None where nothing was written."""
    if draft:
        again = "重新导入" if draft.replaced else "导入"
        yield f"{found.file} 已{again}为草稿 {draft.path}"
    for label, value in _found(found):
        yield f"  {label}：{value}"
    for label, rows in _parts(found, draft):
        yield f"  {label}（{len(rows)}）："
        yield from (f"    {_one_line(mask_numbers(row))}" for row in rows[:SHOWN])
        if len(rows) > SHOWN:
            yield f"    …另有 {len(rows) - SHOWN} 处，用 --report 写成一页"
    if draft:
        yield f"  下一步：打开 {draft.path}，核对写着“待核”的地方，"
        yield f"          再运行 casegen check {draft.path}"


def _found(found: Findings) -> Iterator[tuple[str, str]]:
    yield "标题", found.title
    yield "单位", found.institution or "（没有认出）"
    yield "地区", "、".join(found.regions) or "（没有认出）"
    yield "日期", found.date or "（没有认出）"
    if found.source:
        yield "来源", found.source
    if found.credits:
        yield "署名", "；".join(f"{r} {'、'.join(w)}" for r, w in found.credits.items())
    yield (
        "正文",
        f"{len(found.sections)} 个小标题，{len(found.blocks)} 段；指标 {len(found.metrics)} 条",
    )


def _parts(found: Findings, draft: Draft | None) -> Iterator[tuple[str, Sequence[str]]]:
    uncertain = [f"{_LABELS.get(k, k)}：{why}" for k, why in found.uncertain.items()]
    suspects = [f"第 {s.line} 行“{s.text}”：{s.reason}" for s in found.suspects]
    losses = [*found.losses, *(draft.losses if draft else ())]
    dropped = [f"{d.text.strip()}　[{d.reason}]" for d in found.dropped]
    for label, rows in (
        ("待核", uncertain),
        ("可疑的名称", suspects),
        ("没有带来", losses),
        ("指标里要看一眼的", list(draft.doubts) if draft else []),
        ("已经改好的小毛病", list(draft.mended) if draft else []),
        ("不在正文里的行", dropped),
        (_METRICS, [f"{_write_figure(p)}　{p.evidence}" for p in found.metrics]),
    ):
        if rows:
            yield label, rows


def _write_figure(proposal: Proposal) -> str:
    return f"{proposal.name} {strip_markup(proposal.finding.raw)}"


def _group_figures(found: Findings) -> Iterator[str]:
    """Yield the figures of each sentence on one row, with the sentence once."""
    for evidence, proposals in groupby(found.metrics, key=lambda p: p.evidence):
        yield f"{'；'.join(map(_write_figure, proposals))}。原句：{evidence}"


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else line[:99] + "…"


def write_page(reports: Sequence[tuple[Findings, Draft | None]], refused: Sequence[str]) -> str:
    """Return the report as a self-contained page that can be sent to the department."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN"><head><meta charset="utf-8"><title>导入报告</title>',
        f"{_VIEWPORT}<style>{_STYLE}</style></head><body>",
        "<h1>导入报告</h1>",
        f"<p>{count_files(len(reports), len(refused))}</p>",
    ]
    if refused:
        parts += ["<h2>没有导入的文件</h2>", _write_list(refused)]
    if reports:
        parts += ["<h2>下一步</h2>", _write_list(_NEXT)]
    for found, draft in reports:
        where = f"；草稿：{draft.path}" if draft else ""
        parts.append(f"<h2>{escape(found.title)}</h2><p>原稿：{escape(found.file + where)}</p>")
        parts.append(_write_list([f"{k}：{v}" for k, v in _found(found)]))
        for label, rows in _parts(found, draft):
            shown = list(_group_figures(found)) if label == _METRICS else rows
            parts.append(f"<h3>{escape(label)}（{len(rows)}）</h3>")
            parts.append(_write_list([mask_numbers(row) for row in shown]))
    return "\n".join([*parts, "</body></html>\n"])


def _write_list(rows: Sequence[str]) -> str:
    return "\n".join(["<ul>", *(f"<li>{escape(row)}</li>" for row in rows), "</ul>"])


def count_files(imported: int, refused: int) -> str:
    """Return the line that says how many manuscripts were imported, and how many were not."""
    return f"共 {imported} 篇已导入，{refused} 个没有导入。"
