"""frames: what all pages of a site share: its names, its navigation, its footer.

Secret: which entries the navigation has where `nav` names none.
Not here: where an entry of `nav` leads (addresses), how the frame looks (theme).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casegen.collection.collected import Collection
from casegen.collection.page import read_title
from casegen.editions.site import addresses, parts
from casegen.editions.site.components import Frame, Link
from casegen.editions.site.links import Links
from casegen.settings import Config
from casegen.source.document import Document


def make_frame(
    config: Config,
    collection: Collection,
    pages: Sequence[Document],
    links: Links,
    words: Mapping[str, str],
) -> Frame:
    """Return the frame of every page."""
    return Frame(
        title=config.title,
        subtitle=config.subtitle,
        organization=config.organization,
        contact=config.contact,
        copyright=config.copyright,
        license=config.license,
        base_url=config.base_url,
        lang=config.lang,
        icp=config.icp,
        police=config.police,
        site_code=config.site_code,
        report_error=config.report_error,
        qr=config.qr,
        logo=links.thumb(config.logo),
        nav=list_navigation(config, collection, pages, links, words),
        categories=tuple(parts.make_mark(category) for category in collection.categories),
        comparable=len(collection.cases) > 1,
    )


def list_navigation(
    config: Config,
    collection: Collection,
    pages: Sequence[Document],
    links: Links,
    words: Mapping[str, str],
) -> tuple[Link, ...]:
    """Return the entries of `nav`; without `nav`, lists that hold something, and written pages.

    The years stand on the front page and in the filters: with them, a phone needs two rows.
    """
    if config.nav:
        known = addresses.list_generated(collection, (page for _, page in config.nav))
        written = {page.path: links.of_page(page) for page in pages}
        entries = [
            Link(label, addresses.find_target(page, known, written), addresses.is_outside(page))
            for label, page in config.nav
        ]
        return tuple(entry for entry in entries if entry.href)
    filled = {
        "cases": True,
        "regions": bool(collection.cases),
        "metrics": any(entry.metrics for entry in collection.entries),
        "institutions": bool(collection.cases),
        "tags": bool(collection.facets["tag"]),
        "compare": len(collection.cases) > 1,
    }
    lists = [Link(words[f"page.{name}"], f"{name}.html") for name, holds in filled.items() if holds]
    return (*lists, *(Link(read_title(page), links.of_page(page)) for page in pages))
