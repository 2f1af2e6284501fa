"""outline: a case as every page but its own sees it, without its body.

Secret: what of a body other pages may show: the sentences that state its metrics, and the files of
the project that it uses or links to. Pages of the collection are made of outlines alone, so that an
edit which leaves the outline unchanged can change the files of that one case only.
Not here: the files that show the body (editions.site.leaves).
"""

from __future__ import annotations

from dataclasses import replace

from casegen.body.prose import Prose, Reference, Sentence
from casegen.body.template import Template
from casegen.collection.case import Case

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


def have_same_outline(one: Case, other: Case) -> bool:
    """Return whether all pages but their own show the two cases alike.

    The number of the sentence that states a metric is not shown, so it may differ.
    """
    return _told(one) == _told(other)


def _told(case: Case) -> tuple[Case, tuple[str, ...]]:
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
