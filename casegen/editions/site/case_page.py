"""case_page: what the page of a case shows, in a build and for a case saved after it.

Secret: which facts of a case its page shows, and what it shows of other cases.
Not here: its body (leaves), how parts look (parts), which pages exist (pages).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casegen.collection.assembly import assemble
from casegen.collection.case import Case, make_case_href
from casegen.editions.materials import Materials
from casegen.editions.site import leaves, parts, structured, theme
from casegen.editions.site.components import Credit, Link, Related
from casegen.editions.site.shared import Shared
from casegen.editions.site.splits import draw_splits, find_drawn
from casegen.editions.site.views import CasePage


def make_case_page(case: Case, shared: Shared) -> CasePage:
    """Return the page of a case without its body, which `leaves` adds."""
    collection = shared.collection
    path = make_case_href(case.slug)
    rows = [
        parts.make_metric_row(position, metric, case, collection, shared.words)
        for position, metric in enumerate(case.metrics)
    ]
    before, after = _link_neighbours(case.slug, shared)
    told = find_drawn(case)
    cover = shared.links.cover(case.cover)
    image = cover.href.removeprefix("../") if cover else ""
    metadata = structured.describe_case(
        case, shared.cards[case.slug], shared.frame, rows, image, shared.words
    )
    return CasePage(
        shared.head(path, case.title, case.summary, "cases.html", metadata),
        card=shared.cards[case.slug],
        updated=case.updated,
        regions=parts.list_place_links(case.regions, shared.stems["region"]),
        tags=tuple(
            Link(tag, parts.make_value_href("tag", shared.stems["tag"][tag])) for tag in case.tags
        ),
        metrics=tuple(
            replace(rows[position], drawn=position in told)
            for position in parts.weigh_metrics(case, collection)
        ),
        splits=draw_splits(case, rows, shared.words),
        headings=(),
        body="",
        html=case.html,
        links=shared.links.targets(case.path, case.prose, case.references),
        evidence=(),
        credits=tuple(Credit(role, names) for role, names in case.credits),
        source=Link(case.source.name, case.source.url) if case.source.name else None,
        cover=cover,
        opening=None,
        citation=parts.write_citation(case),
        markdown=make_case_href(case.slug, "md"),
        pdf=make_case_href(case.slug, "pdf") if shared.config.book.site else "",
        references=(
            Link("BibTeX", make_case_href(case.slug, "bib")),
            Link("RIS", make_case_href(case.slug, "ris")),
        ),
        related=tuple(
            Related(shared.cards[kin.slug], _name_bonds(kin.shared, shared))
            for kin in collection.related[case.slug]
        ),
        previous=before,
        next=after,
    )


def _name_bonds(bonds: Sequence[tuple[str, str]], shared: Shared) -> str:
    """Return why a case is related, in words: the strongest two things shared."""
    named = []
    for bond, value in bonds[:2]:
        indicator = shared.collection.vocabulary.get(value) if bond == "indicator" else None
        name = indicator.shown_name if indicator else value.rpartition("/")[2]
        named.append(shared.words[f"related.{bond}"].format(name=name))
    return shared.words["related.joint"].join(named)


def _link_neighbours(slug: str, shared: Shared) -> tuple[Link | None, Link | None]:
    """Return links to the cases before and after in the collection's order.

    None at the ends.
    """
    cases = shared.collection.cases
    at = shared.order[slug]

    def link(number: int) -> Link | None:
        if not 0 <= number < len(cases):
            return None
        return Link(cases[number].title, make_case_href(cases[number].slug))

    return link(at - 1), link(at + 1)


def render_saved_case(materials: Materials, case: Case, before: CasePage | None) -> str:
    """Return the HTML of a case that was saved after the site was built of `materials`.

    What other cases decide is as in the page of that build, `before`, or left out where the case
    had no page: related cases, the ones before and after it, figures in doubt beside theirs.
    """
    whole = materials.collection
    silenced = materials.project.norms.silenced
    alone = assemble([case], whole.categories, whole.vocabulary, silenced)
    shared = Shared(materials, alone)
    shared.frame = before.frame if before else Shared(materials, whole).frame
    page = make_case_page(shared.collection.by_slug[case.slug], shared)
    if before:
        beside = before.previous, before.next
        page = replace(page, related=before.related, previous=beside[0], next=beside[1])
    view = leaves.fill_page(page, alone.by_slug[case.slug])
    return theme.render_saved(shared.theme, "case.html", view).decode()
