"""outline: a case as every page but its own sees it, without its body.

Secret: what of a body other pages may show: the sentences that state its metrics, and the files of
the project that it uses or links to. Pages of the collection are made of outlines alone, so that an
edit which leaves the outline unchanged can change the files of that one case only.
A brief case is an outline with what the rules on the collection ask for besides: a build has only
these in memory (decision 23).
Not here: the files that show the body (editions.site.leaves).
"""

from __future__ import annotations

from dataclasses import replace

from casegen.body.prose import Prose, Reference, Sentence
from casegen.body.template import Template
from casegen.collection.case import Case
from casegen.source.schema import Path

STUB = 40  # characters of a body; a shorter one proves nothing by being similar to another
_SILENT = Sentence(0, "", 0, -1)
_EMPTY = Template(())


def make_outline(case: Case) -> Case:
    """Return the case without its body; sentences that state no metric are emptied, not removed."""
    stating = {metric.evidence for metric in case.metrics}
    used = {written for written, _ in case.references}
    prose = case.prose
    return replace(
        case,
        doubts=(),
        evidence=(),
        body="",
        body_line=0,
        body_start=0,
        prose=Prose(
            headings=(),
            references=tuple(
                Reference(reference.kind, reference.href, "", "", 0, 0)
                for reference in prose.references
                if reference.href in used
            ),
            opening="",
            text="",
            sentences=tuple(
                Sentence(number, sentence.text, 0, -1) if number in stating else _SILENT
                for number, sentence in enumerate(prose.sentences)
            ),
            faults=(),
            meant=tuple(replace(link, text="", title="", line=0, column=0) for link in prose.meant),
        ),
        html=_EMPTY,
        gist=(),
        marks={},
        digest="",
    )


def make_brief(case: Case) -> Case:
    """Return the case with all that stages before its own page ask for: outline, places, gist.

    Problems of the whole collection name lines, compare texts and look for headings.
    """
    outline = make_outline(case)
    prose = replace(
        outline.prose,
        headings=case.prose.headings,
        references=case.prose.references,
        meant=case.prose.meant,
    )
    return replace(
        outline,
        body=case.body[: STUB + 1],
        body_line=case.body_line,
        body_start=case.body_start,
        prose=prose,
        gist=case.gist,
        marks={at: place for at, place in case.marks.items() if _is_asked(at)},
        digest=case.digest,
    )


def restore_body(case: Case, whole: Case) -> Case:
    """Return a case of `make_brief`, perhaps changed since, with the body of the `whole` one."""
    return replace(case, body=whole.body, prose=whole.prose, html=whole.html)


def _is_asked(at: Path) -> bool:
    """Return whether rules on the collection name the place of a field."""
    return len(at) < 2 or at[0] == "waive" or (at[0] == "metrics" and len(at) == 2)


def have_same_outline(one: Case, other: Case) -> bool:
    """Return whether all pages but their own show the two cases alike.

    The number of the sentence that states a metric is not shown, so it may differ.
    """
    return _make_comparable(one) == _make_comparable(other)


def _make_comparable(case: Case) -> tuple[Case, tuple[str, ...]]:
    seen = make_outline(case)
    sentences = seen.prose.sentences
    stating = tuple(
        "" if metric.evidence is None else sentences[metric.evidence].text
        for metric in seen.metrics
    )
    metrics = tuple(
        replace(metric, evidence=None if metric.evidence is None else 0) for metric in seen.metrics
    )
    return replace(seen, metrics=metrics, prose=replace(seen.prose, sentences=())), stating
