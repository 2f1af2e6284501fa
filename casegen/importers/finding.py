"""finding: all that a manuscript says, as fields of a case, each certain or not.

Secret: which of several places a field is taken from, and when it counts as uncertain.
Not here: splitting a manuscript (layout), writing the draft (draft), showing it (report,
findings_json).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casegen.chinese import ticks
from casegen.chinese.region_reading import read_region as region_of
from casegen.chinese.relations import Finding as Figure
from casegen.collection.case import cut_opening
from casegen.collection.case_fields import ROLES
from casegen.collection.category import CATEGORIES
from casegen.collection.norms import Norms
from casegen.importers import (
    byline,
    institutions,
    labels,
    layout,
    places,
    proposals,
    suspects,
    topics,
    unlisted,
)
from casegen.importers.headings import find_lone_captions
from casegen.importers.manuscript import (
    Block,
    Dropped,
    Kind,
    Manuscript,
    blank_code,
    place_blocks,
)
from casegen.importers.proposals import Proposal
from casegen.importers.suspects import Suspect

WHOLE = len("2023-06-23")
_EMPTY = "草稿的正文里没有文字：除了标题和署名，没有读到别的，请对照原稿补上正文"
_DATELINE = re.compile(
    r"^[^。]{0,20}?(?:(?P<a>20\d\d年\d{1,2}月\d{1,2}日)(?:，|,|电|讯|在|，?记者|上午|下午)|[（(](?P<b>20\d\d年\d{1,2}月\d{1,2}日)[）)]|"
    r"(?:今天|昨日|近日)[（(](?P<c>\d{1,2}月\d{1,2}日)[）)])"
)
_YEARS = re.compile(r"(?<!\d)(20\d\d)(?:年?[-—–－~～至到]{1,2}(20\d\d))?年(?!前|来|起|以来)")
_IN_LINK = re.compile(
    r"/(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.A-Za-z]|$)|[/_t](20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[_/.])"
)


@dataclass(frozen=True, slots=True)
class Findings:
    """All fields that a manuscript gives.

    `uncertain` maps fields to what was seen, and where. `untold` are positions of metrics that only
    the title states, so that no sentence of the body confirms them.
    """

    file: str
    title: str
    institution: str
    institution_suspect: bool
    suspects: tuple[Suspect, ...]
    date: str
    source: str
    link: str
    credits: Mapping[str, tuple[str, ...]]
    regions: tuple[str, ...]
    categories: tuple[topics.Suggestion, ...]
    period: str
    tags: tuple[str, ...]
    summary: str
    sections: tuple[str, ...]
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...]
    uncertain: Mapping[str, str]
    metrics: tuple[Proposal, ...]
    other: tuple[tuple[Figure, str], ...]
    losses: tuple[str, ...]
    untold: frozenset[int] = frozenset()
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    digest: str = ""


def find_fields(manuscript: Manuscript, norms: Norms) -> Findings:
    """Find all fields of a manuscript."""
    manuscript = manuscript if manuscript.rows else labels.take_labels(manuscript)
    said = manuscript.said
    laid = _lay_out_row(manuscript) if manuscript.rows else layout.lay_out(manuscript)
    marked_up = "<" in manuscript.text
    blocks = tuple(place_blocks(laid.blocks, manuscript.text, marked_up=marked_up))
    # A figure of the title counts even where the text does not repeat it.
    head = tuple(place_blocks(laid.head, manuscript.text, marked_up=marked_up))
    lines = [b.plain for b in blocks if b.kind is not Kind.IMAGE]
    uncertain: dict[str, str] = {}
    if not laid.title_seen:
        uncertain["title"] = "稿子里没有标题行，用的是第一个小标题或第一句话"
    suspected = _find_seen_suspects(manuscript, laid, lines)
    date = _find_date(manuscript, laid, lines, uncertain)
    # 投入资金学校60万元, from a column, names no school.
    stated = [m["name"] + m["value"] for m in manuscript.metrics]
    prose = [line for line in lines if not any(each in line for each in stated)]
    institution, suspect = institutions.find_institution(
        manuscript, laid, prose, suspected, uncertain
    )
    regions = _find_regions(said, laid, lines, uncertain)
    known = {c.key for c in norms.categories}
    named = _read_categories(manuscript, known)
    categories = named or _suggest_categories(laid.title, blocks, lines, known)
    uncertain["categories"] = _describe_categories(categories)
    year = int(date[:4]) if date else _find_year(lines)
    keys = tuple(s.key for s in categories)
    setting = proposals.Setting(norms.vocabulary, keys, regions, year, dated=bool(date))
    flow = manuscript.flow or manuscript.text
    metrics, other = proposals.propose_metrics(
        blank_code(flow) if marked_up else flow,
        (*head, *blocks),
        setting,
        manuscript.metrics,
        len(head),
    )
    told = {"date": date, "regions": regions, "categories": named}
    unread = _list_unread(manuscript, told) if manuscript.rows else ()
    empty = () if manuscript.rows or any(map(str.strip, lines)) else (_EMPTY,)
    return Findings(
        file=manuscript.file,
        title=laid.title,
        institution=institution,
        institution_suspect=suspect,
        suspects=suspected,
        date=date,
        source=laid.said.source or said.get("source", "") or said.get("account", ""),
        link=said.get("url", "") or laid.link,
        credits=_join_credits(laid, manuscript),
        regions=regions,
        categories=categories,
        tags=_list_tags(laid, manuscript),
        period=said.get("period", "") or _find_period(laid.title, date),
        summary=said.get("summary") or _choose_summary(blocks, laid.title, manuscript),
        sections=laid.sections,
        blocks=blocks,
        dropped=laid.dropped,
        uncertain=uncertain,
        metrics=metrics,
        untold=frozenset(n for n, p in enumerate(metrics) if _is_in(p, head)),
        other=other,
        losses=tuple(
            dict.fromkeys(
                (
                    *empty,
                    *manuscript.losses,
                    *_tell_captions(blocks),
                    *unread,
                    *unlisted.tell_table_figures(blocks),
                )
            )
        ),
        pictures=manuscript.pictures,
        digest=manuscript.digest,
    )


def _find_seen_suspects(
    manuscript: Manuscript, laid: layout.Layout, lines: Sequence[str]
) -> tuple[Suspect, ...]:
    """Return the suspect names that are injected, or stand in what becomes the case."""
    seen = "\n".join((laid.title, laid.said.source, *lines))
    found = suspects.find_suspects(manuscript.text)
    return tuple(each for each in found if each.injected or each.text in seen)


def _find_regions(
    said: Mapping[str, str], laid: layout.Layout, lines: Sequence[str], uncertain: dict[str, str]
) -> tuple[str, ...]:
    """Return the regions that a column names, else those of title, summary and text.

    Where these name none, the byline may: 来源：青石学院驻陇西县步云村工作队.
    """
    if named := said.get("regions"):
        regions, why = _read_places(named)
    else:
        stated = said.get("summary", "")
        regions, why = places.find_places(laid.title, [stated, *lines] if stated else lines)
    if not regions:
        for line in (laid.said.source, *laid.said.credits.get("供稿", ()), laid.said.institution):
            regions, unsure = places.find_places("", [line])
            if regions:
                why = f"正文里没有写在哪里，这是署名里的：{line}" + (
                    f"；{unsure}" if unsure else ""
                )
                break
    if why:
        uncertain["regions"] = why
    return regions


def _suggest_categories(
    title: str, blocks: Sequence[Block], lines: Sequence[str], known: set[str]
) -> tuple[topics.Suggestion, ...]:
    """Return the categories that headings and text suggest, of those that the collection has."""
    heads = [title, *(b.plain for b in blocks if b.kind is Kind.HEADING)]
    found = topics.suggest_categories(heads, "\n".join(lines))
    return tuple(each for each in found if each.key in known)


def _describe_categories(categories: Sequence[topics.Suggestion]) -> str:
    """Return each category with the words that suggest it, for the editor to confirm."""
    shown = (f"{name_category(s.key)}（{'、'.join(s.words[:3])}）" for s in categories)
    return "；".join(shown) or "没有看出属于哪一类"


def _tell_captions(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield a remark on the captions whose pictures are not in the manuscript."""
    lone = [f"“{block.plain}”" for block in find_lone_captions(blocks)]
    if lone:
        yield (
            f"有 {len(lone)} 行像图片的说明，图片不在稿子里，请向供稿的部门要，要不到就删去这几行："
            f"{'、'.join(lone)}"
        )


_NAMED = {"date": "日期", "regions": "地区", "categories": "类别"}


def _list_unread(manuscript: Manuscript, told: Mapping[str, object]) -> Iterator[str]:
    """Yield the cells of a ledger whose words are no date, place or category."""
    for key, value in told.items():
        if not value and (cell := manuscript.said.get(key, "")):
            yield f"“{_NAMED[key]}”一栏没有读懂：{cell}"


def _join_credits(laid: layout.Layout, manuscript: Manuscript) -> dict[str, tuple[str, ...]]:
    """Return names by role, from bylines and from columns, written as text or as a list."""
    said = manuscript.said
    names = {r: tuple(laid.said.credits[r]) for r in ROLES.values() if laid.said.credits.get(r)}
    if author := said.get("author"):
        names.setdefault("供稿", tuple(byline.read_names(author)))
    together = byline.Said()
    for part in re.split(r"[;；\n]+", _flatten_list(said.get("credits", ""))):
        if part.strip() and not byline.read_line(part, together):
            together.add("供稿", byline.read_names(part))
    names |= {r: tuple(who) for r, who in together.credits.items() if r in ROLES.values()}
    for role in ROLES.values():
        if who := byline.read_names(_flatten_list(said.get(role, ""))):
            names[role] = tuple(dict.fromkeys((*names.get(role, ()), *who)))
    return names


def _flatten_list(value: str) -> str:
    """Return a list in a program's notation (["甲", "乙"]) as text."""
    return re.sub("[\\[\\]{}\"'“”]", " ", value).replace(",", "、").strip()


def _lay_out_row(manuscript: Manuscript) -> layout.Layout:
    """Return the layout of a row of a ledger: it has neither title nor furniture."""
    heads = tuple(b.plain for b in manuscript.blocks if b.kind is Kind.HEADING)
    title = manuscript.said.get("title", "")
    return layout.Layout(title, bool(title), "", manuscript.blocks, byline.Said(), (), heads, "")


def _list_tags(laid: layout.Layout, manuscript: Manuscript) -> tuple[str, ...]:
    words = re.split(r"[、，,；;\s]+", _flatten_list(manuscript.said.get("tags", "")))
    return tuple(dict.fromkeys(filter(None, (laid.series, *words))))


def _read_places(named: str) -> tuple[tuple[str, ...], str]:
    """Return the regions of a column: whole paths unchanged, else the places that it names."""
    parts = [part for part in re.split(r"[、，,；;\n]+", named) if part.strip()]
    whole = tuple(part for part in parts if "/" in part and region_of(part)[0] is not None)
    return (whole, "") if whole and len(whole) == len(parts) else places.find_places(named, ())


def _read_categories(manuscript: Manuscript, known: set[str]) -> tuple[topics.Suggestion, ...]:
    """Return the categories that a column or a line with a label names, and where it stands.

    Of a line with boxes, those that are ticked.
    """
    named = manuscript.said.get("categories", "")
    line = next((d.text for d in manuscript.dropped if named and d.text.endswith(named)), named)
    where = "台账里写的" if manuscript.rows else f"稿子里写着“{line.strip()}”"
    if ticked := ticks.read_ticks(named):
        named = "、".join(ticked.words)
        rest = f"，没有勾“{'、'.join(ticked.others)}”" if ticked.others else ""
        where = f"稿子里勾的是“{named}”{rest}"
    return tuple(
        topics.Suggestion(c.key, (where,))
        for c in CATEGORIES
        if c.key in known and (c.name in named or c.key in named.lower())
    )


def _is_in(proposal: Proposal, head: Sequence[Block]) -> bool:
    return any(b.start <= proposal.finding.start < b.end for b in head)


def name_category(key: str) -> str:
    """Return the Chinese name of a category; the key where the collection has its own."""
    return next((c.name for c in CATEGORIES if c.key == key), key)


def _find_date(
    manuscript: Manuscript, laid: layout.Layout, lines: Sequence[str], uncertain: dict[str, str]
) -> str:
    """Return the date: of the byline, else of a column, the dateline, or the source link."""
    told = manuscript.said.get("date", "")
    if whole := laid.said.date or byline.read_date(told):
        return whole
    month = told if re.fullmatch(r"\d{4}-\d{2}", told) else laid.said.month
    entered = byline.read_date(manuscript.said.get("entered", ""))
    if entered and (not month or entered.startswith(month)):
        return entered
    link = manuscript.said.get("url", "") or laid.link
    linked = _find_date_in_link(link)
    for line in lines[:3]:
        if found := _DATELINE.match(line):
            whole = found["a"] or found["b"]
            if whole:
                return byline.read_date(whole)
            if linked:
                return byline.read_date(f"{linked[:4]}年{found['c']}")
    if linked and not (month and entered and not linked.startswith(month)):
        uncertain["date"] = f"稿子里没有日期，这是网址里的：{link}"
        return linked
    uncertain["date"] = "稿子里只写到月" if month else "稿子里没有写完整的日期"
    return month


def _find_date_in_link(link: str) -> str:
    found = _IN_LINK.search(link)
    if not found:
        return ""
    year, month, day = found.groups()[:3] if found[1] else found.groups()[3:]
    return byline.read_date(f"{year}-{month}-{day}")


def _find_year(lines: Sequence[str]) -> int | None:
    years = [int(y) for line in lines for y in re.findall(r"(?<!\d)(20\d\d)年", line)]
    return max(set(years), key=lambda y: (years.count(y), y)) if years else None


def _find_period(title: str, date: str) -> str:
    """Return the year or years that a title names once (2023年定点帮扶情况); "" for none."""
    found = [match.groups() for match in _YEARS.finditer(title)]
    if len(found) != 1:
        return ""
    first, last = found[0]
    if (last and first >= last) or (date and (last or first) > date[:4]):
        return ""
    return f"{first}-{last}" if last else first


def _choose_summary(blocks: Sequence[Block], title: str, manuscript: Manuscript) -> str:
    """Return the first paragraph of the body that has enough text, as the summary.

    The figures of a row of a ledger are none: they would stand twice on each card.
    """
    key = re.sub(r"\W", "", title)
    figures = manuscript.blocks[-1].plain if manuscript.rows and manuscript.metrics else ""
    for block in blocks:
        if block.kind is Kind.PARAGRAPH and len(block.plain) > 40 and block.plain != figures:
            text = cut_opening(block.plain)
            if re.sub(r"\W", "", text) != key:
                return text
    return ""
