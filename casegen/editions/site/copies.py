"""copies: the Markdown copy of a case, for readers who keep or process the text.

Secret: what the copy holds, in which order, and where its links lead.
Not here: the page of the case (pages), the source's own Markdown (body).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from casegen.body.link_kinds import find_kind
from casegen.body.prose import Prose, relink_body
from casegen.collection.case import Case, make_case_href
from casegen.editions.site.view_digest import digest_value
from casegen.editions.site.views import (
    CasePage,
)
from casegen.output import Artifact


def make_copy(case: Case, page: CasePage, words: Mapping[str, str], stamp: str) -> Artifact:
    """Return cases/<slug>.md: title, facts, metrics table, body with links to the site."""
    fingerprint = digest_value((page, "markdown", stamp))
    return Artifact(
        make_case_href(case.slug, "md"),
        fingerprint,
        partial(render_markdown, page, _keep_destinations(case.prose), words),
    )


def render_markdown(page: CasePage, body: Prose, words: Mapping[str, str]) -> bytes:
    """Return the Markdown copy, UTF-8 with LF; `body` is what the page's body says."""
    facts = [
        (words["case.institution"], page.card.institution.label),
        (words["case.region"], "；".join(link.label for link in page.regions)),
        (words["case.period"], page.card.years),
        (words["case.date"], page.card.date.isoformat()),
        (words["case.categories"], "、".join(c.name for c in page.card.categories)),
        (words["case.tags"], "、".join(link.label for link in page.tags)),
        *((words[f"credit.{c.role}"], "、".join(c.names)) for c in page.credits),
        (words["case.source"], page.source.label if page.source else ""),
        (words["case.address"], page.canonical),
    ]
    lines = [f"# {page.title}", "", page.card.summary, ""]
    lines += [f"- {name}{words['case.colon']}{value}" for name, value in facts if value]
    if page.metrics:
        heads = [words[f"case.metric_{c}"] for c in ("name", "quantity", "category", "note")]
        lines += ["", f"## {words['case.metrics']}", "", _row(heads), _row(["---"] * 4)]
        lines += [
            _row([m.name, m.quantity.text, m.category.name if m.category else "", m.note])
            for m in page.metrics
        ]
    targets = {link.written: link.href for link in page.links}

    def lead(href: str) -> str | None:
        """Return the new destination.

        One that the site lacks, such as a draft, leads to the page.
        """
        kept = find_kind(href) in {"external", "anchor"}
        return targets.get(href) or (None if kept else "#")

    text = relink_body(page.body, body, lead)
    return ("\n".join([*lines, "", text.strip("\n")]) + "\n").replace("\r\n", "\n").encode()


def _keep_destinations(prose: Prose) -> Prose:
    """Return of what a body says only its destinations: the rest would be sent to the workers."""
    return Prose((), (), "", "", (), (), prose.destinations)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
