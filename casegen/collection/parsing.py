"""parsing: a document's front matter and body become a case, with all its faults at once.

Secret: which faults make a usable page impossible, and how the categories, places, period and
status that editors type are read.
Not here: what the fields are (case), spellings of values (source.kinds), metrics (metric_items).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from casegen.body.dialect import list_comments
from casegen.body.prose import Sentence, read_body
from casegen.chinese import spelling
from casegen.chinese.placeholders import find_pending
from casegen.chinese.region import Region
from casegen.chinese.region_reading import Fault, read_region
from casegen.collection import evidence, metric_items, swaps
from casegen.collection.case import Case, Source, cut_opening, make_default_slug
from casegen.collection.case_fields import FIELDS, PAGE_FIELDS
from casegen.collection.category import list_category_words
from casegen.collection.doubt import BodyFacts, judge_metrics
from casegen.collection.gist import make_gist
from casegen.collection.metric import Metric
from casegen.collection.norms import Norms
from casegen.collection.page import read_page_body
from casegen.collection.references import Body, find_meant, read_aliases, read_cover
from casegen.collection.texts import list_unfilled
from casegen.collection.vocabulary import Vocabulary
from casegen.filenames import is_reserved
from casegen.problem import Location, Problems, Severity
from casegen.source import kinds
from casegen.source.document import STATUSES, Document, parse_status
from casegen.source.schema import Faults, name_closest, name_nearest, rename_keys

Parsed = tuple[Case | None, Problems]  # None where no usable page can be made


def parse_case(document: Document, norms: Norms) -> Parsed:
    """Parse a document; return its case, None where no usable page can be made, and all faults."""
    case, problems, whole = read_case(document, norms)
    return (case if whole else None), problems


def read_case(document: Document, norms: Norms) -> tuple[Case, Problems, bool]:
    """Parse a document as far as possible; return the case, all faults, and whether it is usable.

    Fields that cannot be read are empty, so that the rest, above all the body, is checked too. A
    case that is not usable can have no page.
    """
    written = Faults(document.path, document.marks)
    values, marks = rename_keys(FIELDS, document.meta, document.marks, written)
    if not document.sound:
        faults = Faults(document.path, {})
        return _make_case(document, {}, faults, norms), faults.problems, False
    typed, wrong = kinds.read_fields(FIELDS, values)
    marks |= kinds.place_items(FIELDS, values, typed, marks)
    if ("cover",) not in marks and (name := _name_cover(document)):
        marks["cover",] = document.marks.get((name,), (1, 1))
    faults = written.within(marks)
    _report_refused(wrong, faults)
    refused = {str(fault.at[0]) for fault in wrong}
    lost = _report_missing(document, typed, refused, faults)
    if "status" in refused:
        typed["status"] = "draft"
    _loose_period(values.get("period"), typed.get("period"), faults)
    case = _make_case(document, typed, faults, norms)
    broken = lost or any(p.severity is Severity.ERROR and p.rule in _FATAL for p in faults.found)
    said = tuple(p for p in faults.found if (p.where.line, p.where.column) not in document.guesses)
    return case, said, not broken


_FATAL = frozenset({"malformed-field", "missing-field", "malformed-region", "unknown-category"})


def _report_refused(wrong: Iterable[kinds.Fault], faults: Faults) -> None:
    """Report the values that cannot be read; without a required one there is no page."""
    by_key = {f.key: f for f in FIELDS}
    for fault in wrong:
        field = by_key[str(fault.at[0])]
        rule, severity = "ignored-field", Severity.WARNING
        if field.required:
            rule, severity = "malformed-field", Severity.ERROR
        faults.add(rule, severity, f"{field.label}：{fault.message}", fault.at, hint=fault.hint)


def _report_missing(
    document: Document, typed: Mapping[str, Any], refused: set[str], faults: Faults
) -> bool:
    """Report the required fields without a value; return whether one was lost with its row.

    A lost row is already reported where it is.
    """
    lost = False
    for f in FIELDS:
        if not f.required or typed.get(f.key) or f.key in refused:
            continue
        if any(row.lstrip("\"'").startswith((f.key, f.label)) for row in document.lost):
            lost = True
            continue
        hint = f"加上一行 {f.key}: {f.example or '…'}"
        if (f.key,) in faults.marks:
            hint = "在冒号后面写上内容"
        faults.add(
            "missing-field", Severity.ERROR, f"缺少{f.label}（{f.key}）", (f.key,), hint=hint
        )
    return lost


def _make_case(document: Document, typed: Mapping[str, Any], faults: Faults, norms: Norms) -> Case:
    """Return the case of typed values and a body; fields without a value get their default."""
    date = typed.get("date", dt.date.min)
    known = list_category_words(norms.categories)
    categories = _categories(typed.get("categories", ()), known, faults)
    read = read_body(document.body)
    prose = read.prose
    references = Body(document.path, document.body_line, prose).references(faults)
    regions = tuple(_regions(typed.get("regions", ()), faults))
    setting = metric_items.Setting(regions, known, norms.vocabulary)
    written, places = metric_items.read_metrics(
        typed.get("metrics", ()), setting, faults, ("metrics",)
    )
    told = _trace_metrics(written, prose.sentences, norms.vocabulary)
    period = typed.get("period", (date.year, date.year))
    waived = typed.get("waive", ())
    metrics, doubts = judge_metrics(
        written,
        told,
        period,
        dict(waived),
        norms.silenced,
        norms.vocabulary,
        undated="period" not in typed,
    )
    source = typed.get("source", {})
    kept = {
        path: at for path, at in faults.marks.items() if path[:1] != ("metrics",) or len(path) < 2
    }
    case = Case(
        slug=_read_slug(typed, faults) or make_default_slug(document.path),
        path=document.path,
        title=typed.get("title", ""),
        institution=typed.get("institution", ""),
        regions=regions,
        date=date,
        updated=typed.get("updated", date),
        period=period,
        categories=categories,
        summary=typed.get("summary") or cut_opening(prose.opening),
        tags=typed.get("tags", ()),
        metrics=metrics,
        doubts=doubts,
        evidence=tuple(told.said),
        credits=typed.get("credits", ()),
        source=Source(source.get("name") or source.get("url", ""), source.get("url", "")),
        cover=read_cover(typed.get("cover", ""), faults),
        featured=typed.get("featured", False),
        order=typed.get("order"),
        status=_checked_status(typed, faults),
        waive=waived,
        aliases=tuple(read_aliases(typed.get("aliases", ()), faults)),
        body=document.body,
        body_line=document.body_line,
        body_start=document.body_start,
        prose=prose,
        html=read.write_template({m.sentence for m in told.said if m is not None and m.states}),
        references=references,
        marks=kept | {("metrics", n): at for n, at in enumerate(places)},
        digest=document.digest,
        head=document.head,
        gist=make_gist(prose.text),
        guesses=document.guesses,
    )
    return replace(case, unfilled=_list_unfilled(case, document))


_UNFILLED = 3  # marks of one case that the list of what is not on the site names


def _list_unfilled(case: Case, document: Document) -> tuple[tuple[str, str], ...]:
    """Return the first marks of what is still to be written, each once, also those in comments."""
    comments = (*document.notes, *map(find_pending, list_comments(document.body)))
    notes = (("注释", note) for note in comments if note)
    found: dict[tuple[str, str], None] = {}
    for mark in chain(list_unfilled(case), notes):
        found[mark] = None
        if len(found) == _UNFILLED:
            break
    return tuple(found)


def _trace_metrics(
    written: Sequence[Metric], sentences: Sequence[Sentence], vocabulary: Vocabulary
) -> BodyFacts:
    """Return which sentence of the body states each metric, with the figures of all sentences."""
    figures = evidence.find_sentence_figures(sentences)
    found = evidence.trace_metrics(written, sentences, figures, vocabulary)
    said = swaps.weigh_swaps(written, sentences, figures, found, vocabulary)
    return BodyFacts(sentences, figures, said)


_NAMES = frozenset(name for field in FIELDS for name in (field.key, field.label, *field.names))
_COVERS = frozenset(
    name
    for field in FIELDS
    if field.key == "cover"
    for name in (field.key, field.label, *field.names)
)
_SAID = frozenset(said for key in _COVERS for said in (f"写成 {key}", f"是不是“{key}”？"))


def find_cover(document: Document) -> tuple[str, tuple[str, ...], Location] | None:
    """Return the cover of a file that gave no cover: as written, its project paths, its place.

    None for none. For an unsafe address these are the paths that it may mean. A field that the hint
    says to rename to this one is read too, so that a picture that is missing is reported at once.
    """
    name = _name_cover(document)
    if name is None:
        return None
    written = str(document.meta[name])
    silent = Faults(document.path, document.marks)
    path = read_cover(written, silent)
    paths = (path,) if path else find_meant(written, document.path).paths
    return (path or written, paths, silent.where((name,))) if paths else None


def _name_cover(document: Document) -> str | None:
    """Return the name of the field that holds a cover, or is meant to; None for none."""
    for name, written in document.meta.items():
        if name in _NAMES and name not in _COVERS:
            continue
        if not written or not isinstance(written, str):
            continue
        if name in _COVERS or name_nearest(name, FIELDS) in _SAID:
            return name
    return None


def check_page(page: Document) -> Problems:
    """Return the faults of a hand-written page; its front matter may hold only a title."""
    faults = Faults(page.path, page.marks)
    if page.sound:
        values, marks = rename_keys(PAGE_FIELDS, page.meta, page.marks, faults)
        inner = faults.within(marks)
        for wrong in kinds.read_fields(PAGE_FIELDS, values)[1]:
            inner.add("ignored-field", Severity.WARNING, wrong.message, wrong.at, hint=wrong.hint)
    Body(page.path, page.body_line, read_page_body(page.body).prose).references(faults)
    return faults.problems


# --- single fields ---------------------------------------------------------------------------


def _categories(
    written: tuple[str, ...], known: Mapping[str, str], faults: Faults
) -> tuple[str, ...]:
    keys = []
    for number, name in enumerate(written):
        key = known.get(name) or known.get(name.lower())
        if key:
            keys.append(key)
            continue
        names = [known_name for known_name in known if not known_name.endswith("振兴")]
        several = _several(name, known)
        hint = f"写成 [{', '.join(several)}]" if several else name_closest(name, names)
        faults.add(
            "unknown-category",
            Severity.ERROR,
            f"不认识的类别“{name}”",
            ("categories", number),
            hint=hint,
        )
    return tuple(dict.fromkeys(keys))


def _several(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the categories that a text lists, [] where the text says anything else."""
    words = sorted(known, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)))
    rest = re.sub(r"[\s、，；,;/／\\|和与及+]", "", pattern.sub("", text))
    found = list(dict.fromkeys(pattern.findall(text)))
    return found if len(found) > 1 and not rest else []


def _read_place(text: str) -> tuple[Region | None, Sequence[Fault]]:
    """Return the region of a text, and its faults.

    An unusual spelling is one fault with the full path.
    """
    place, wrong = read_region(text)
    if not wrong or all(fault.slug == "renamed-place" for fault in wrong):
        return place, wrong
    meant = spelling.spell_out(text)
    if not meant and place is None and (unsure := _unsure_place(text)):
        return None, (unsure,)
    if not meant or any(read_region(each.text)[1] for each in meant):
        return place, wrong
    if len(meant) > 1:
        message = f"“{text}”写了 {len(meant)} 处，要分成几项"
        listed = ", ".join(each.text for each in meant)
        return None, (Fault("malformed-region", message, f"写成 [{listed}]"),)
    if place is None:
        message = f"“{text}”没有照“省/市/县”的样子写"
        return None, (Fault("malformed-region", message, f"写成 {meant[0].text}"),)
    message = f"“{text}”没有写全"
    return meant[0], (Fault("short-place", message, f"写成 {meant[0].text}"),)


def _unsure_place(text: str) -> Fault | None:
    """Say which of several places is not certain, or which places one name may mean, else None."""
    pieces = spelling.split_places(text)
    if len(pieces) > 1 and "/" not in text:
        unsure = next((piece for piece in pieces if not spelling.spell_out(piece)), text)
        if unsure != text:
            message = f"“{text}”里的“{unsure}”看不出是哪里"
            hint = "各处从省写起，各级用 / 隔开：[甘肃省/定西市/陇西县, 甘肃省/定西市/通渭县]"
            return Fault("malformed-region", message, hint)
    if namesakes := spelling.find_namesakes(text):
        listed = " 或 ".join(each.text for each in namesakes[:_NAMESAKES])
        return Fault("malformed-region", f"叫“{text}”的地方不止一处", f"写成 {listed}")
    return None


_NAMESAKES = 4  # places of one name that a hint lists
_PLACE_SEVERITY = {"malformed-region": Severity.ERROR, "renamed-place": Severity.NOTE}


def _regions(written: tuple[str, ...], faults: Faults) -> Iterable[Region]:
    seen = set()
    for number, text in enumerate(written):
        place, wrong = _read_place(text)
        for fault in wrong:
            severity = _PLACE_SEVERITY.get(fault.slug, Severity.WARNING)
            faults.add(fault.slug, severity, fault.message, ("regions", number), hint=fault.hint)
        if place and place not in seen:
            seen.add(place)
            yield place


def _loose_period(written: object, period: tuple[int, int] | None, faults: Faults) -> None:
    if period is None:
        return
    form = f"{period[0]}" if period[0] == period[1] else f"{period[0]}-{period[1]}"
    if written not in {form, f"{period[0]}-{period[1]}"}:
        faults.add(
            "loose-period",
            Severity.NOTE,
            f"时段“{written}”已读作 {form}",
            ("period",),
            hint=f"写成 {form}",
        )


def _read_slug(typed: Mapping[str, Any], faults: Faults) -> str:
    """Return the slug that is written; one that Windows keeps for a device is an error."""
    slug: str = typed.get("slug", "")
    if is_reserved(slug):
        message = f"网址名“{slug}”不能用：它是 Windows 留给设备的名字"
        faults.add("unsafe-path", Severity.ERROR, message, ("slug",), hint=f"写成 {slug}-1")
    return slug


def _checked_status(typed: Mapping[str, Any], faults: Faults) -> str:
    written = typed.get("status", "published")
    status = parse_status(written)
    if not status:
        faults.add(
            "unknown-status",
            Severity.WARNING,
            f"状态：不认识“{written}”，先按草稿处理，不发布",
            ("status",),
            hint=name_closest(written, [*STATUSES, *STATUSES.values()]),
        )
    return status or "draft"
