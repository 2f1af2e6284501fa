"""citations: a case as BibTeX and as RIS, for programs that keep references.

Secret: the fields of both forms and how they are escaped.
Not here: the citation that the page shows (parts).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from casegen.collection.case import Case, make_case_href
from casegen.editions.site.components import Frame
from casegen.output import Artifact, make_literal
from casegen.source.dates import Month

# BibTeX counts escaped braces too, so they are written as commands.
TEX_MARKS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "#$%&_"},
}
_TEX_MARK = re.compile("[" + re.escape("".join(TEX_MARKS)) + "]")


def list_citations(case: Case, frame: Frame) -> Iterator[Artifact]:
    """Yield cases/<slug>.bib and cases/<slug>.ris."""
    yield make_literal(make_case_href(case.slug, "bib"), write_bibtex(case, frame))
    yield make_literal(make_case_href(case.slug, "ris"), write_ris(case, frame))


def write_bibtex(case: Case, frame: Frame) -> bytes:
    """Return an entry of type misc, which every style knows; the institution's name is one unit."""
    fields = {
        "title": f"{{{_for_tex(case.title)}}}",
        "author": f"{{{_for_tex(case.institution)}}}",
        "year": str(case.date.year),
        "month": str(case.date.month),
        "howpublished": _for_tex(frame.title),
        "publisher": _for_tex(frame.organization),
        "url": _find_address(case, frame),
        "keywords": ", ".join(_for_tex(tag) for tag in case.tags),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return ("\n".join([f"@misc{{{case.slug},", *lines, "}"]) + "\n").encode()


def write_ris(case: Case, frame: Frame) -> bytes:
    """Return a record of type ELEC, an electronic source, with the line ends of RIS."""
    fields = [
        ("TY", "ELEC"),
        ("TI", case.title),
        ("AU", case.institution),
        ("PY", str(case.date.year)),
        ("DA", _ris_date(case.date)),
        ("T2", frame.title),
        ("PB", frame.organization),
        ("AB", case.summary),
        *(("KW", tag) for tag in case.tags),
        ("UR", _find_address(case, frame)),
    ]
    lines = [f"{name}  - {_on_one_line(value)}" for name, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""]).encode()


def _ris_date(date: dt.date) -> str:
    """Return a date as RIS writes it: year/month/day/, with unknown parts empty."""
    return f"{date:%Y/%m/}/" if isinstance(date, Month) else f"{date:%Y/%m/%d}"


def _find_address(case: Case, frame: Frame) -> str:
    return frame.base_url + make_case_href(case.slug) if frame.base_url else ""


def _for_tex(text: str) -> str:
    return _TEX_MARK.sub(lambda found: TEX_MARKS[found.group()], _on_one_line(text))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
