"""structured: what a page tells machines about itself: Open Graph, Dublin Core, schema.org.

Secret: which property of which vocabulary is used, and how JSON is put safely into a page.
Not here: feeds and site maps (feeds), what readers see (views).

Sources: ogp.me; DCMI Metadata Terms (DC.* as in RFC 5013); schema.org Article, Dataset, Collection.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casegen.chinese.characters import holds_chinese
from casegen.collection.case import Case, make_case_href, show_period
from casegen.editions.site.components import CaseCard, Frame, Metadata, MetricRow

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def find_address(frame: Frame, path: str) -> str:
    """Return a page's full address where base_url is set; else ""."""
    return frame.base_url + ("" if path == "index.html" else path) if frame.base_url else ""


def describe_page(frame: Frame, path: str, title: str, description: str) -> Metadata:
    """Return the metadata of any page: Open Graph where the site has an address."""
    return Metadata(properties=tuple(_open_graph(frame, path, title, description, "website")))


def describe_figures(frame: Frame, description: str, words: Mapping[str, str]) -> Metadata:
    """Return the metadata of the page of all indicators: the collection's figures as a data set."""
    title = words["page.metrics"]
    address = find_address(frame, "metrics.html")
    at = frame.base_url
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": words["page.title"].format(title=title, site=frame.title),
        "description": words["describe.data_all"].format(site=frame.title, description=description),
        "creator": _name_organization(frame.organization or frame.title),
        "isAccessibleForFree": True,
        "distribution": [
            _name_download("text/csv", f"{at}data/metrics.csv"),
            _name_download(_XLSX, f"{at}data/metrics.xlsx"),
            _name_download("application/json", f"{at}data/cases.json"),
        ],
        **_present(url=address, copyrightNotice=frame.copyright),
    }
    properties = _open_graph(frame, "metrics.html", title, description, "website")
    return Metadata(properties=tuple(properties), json_ld=_write_json(data))


def describe_case(  # noqa: PLR0913, PLR0917 all that the page shows
    case: Case,
    card: CaseCard,
    frame: Frame,
    rows: Sequence[MetricRow],
    cover: str,
    words: Mapping[str, str],
) -> Metadata:
    """Return the metadata of a case.

    `cover` is the picture's address from the site's root, or "".
    """
    path = make_case_href(case.slug)
    address = find_address(frame, path)
    image = frame.base_url + cover if cover and address else ""
    properties = [*_open_graph(frame, path, case.title, case.summary, "article")]
    if address:
        properties.append(("article:published_time", case.date.isoformat()))
        properties.append(("article:modified_time", case.updated.isoformat()))
    if image:
        properties.append(("og:image", image))
    return Metadata(
        names=tuple(_dublin_core(case, card, frame, address)),
        properties=tuple(properties),
        json_ld=_write_json(_article(case, card, frame, address, image, rows, words)),
    )


def _write_json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _open_graph(
    frame: Frame, path: str, title: str, description: str, kind: str
) -> Iterator[tuple[str, str]]:
    address = find_address(frame, path)
    if not address:
        return
    yield "og:type", kind
    yield "og:site_name", frame.title
    yield "og:title", title
    yield "og:url", address
    if "-" in frame.lang:
        yield "og:locale", frame.lang.replace("-", "_")
    if description:
        yield "og:description", description


def _dublin_core(
    case: Case, card: CaseCard, frame: Frame, address: str
) -> Iterator[tuple[str, str]]:
    names = {category.key: category.name for category in frame.categories}
    single = {
        "title": case.title,
        "creator": case.institution,
        "publisher": frame.organization,
        "description": case.summary,
        "date": case.date.isoformat(),
        "type": "Text",
        "format": "text/html",
        "identifier": address,
        "source": case.source.url or case.source.name,
        "language": _find_language(case, frame),
        "coverage": "; ".join(card.places),
        "rights": frame.copyright,
    }
    for name, content in single.items():
        if content:
            yield f"DC.{name}", content
    for subject in (*(names[key] for key in case.categories), *case.tags):
        yield "DC.subject", subject
    for _, people in case.credits:
        for name in people:
            yield "DC.contributor", name
    yield "DCTERMS.modified", case.updated.isoformat()


def _article(  # noqa: PLR0913, PLR0917 all that the article says
    case: Case,
    card: CaseCard,
    frame: Frame,
    address: str,
    image: str,
    rows: Sequence[MetricRow],
    words: Mapping[str, str],
) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": case.title,
        "description": case.summary,
        "inLanguage": _find_language(case, frame),
        "datePublished": case.date.isoformat(),
        "dateModified": case.updated.isoformat(),
        "author": _name_organization(case.institution),
        "isPartOf": {"@type": "Collection", "name": frame.title},
        "contentLocation": list(card.places),
        "keywords": list(case.tags),
        **_present(url=address, mainEntityOfPage=address, image=image),
    }
    if frame.organization:
        data["publisher"] = _name_organization(frame.organization)
    if rows:
        data["hasPart"] = _dataset(case, card, frame, address, rows, words)
    return data


def _dataset(  # noqa: PLR0913, PLR0917 all that the figures say
    case: Case,
    card: CaseCard,
    frame: Frame,
    address: str,
    rows: Sequence[MetricRow],
    words: Mapping[str, str],
) -> dict[str, Any]:
    at = frame.base_url or "../"
    return {
        "@type": "Dataset",
        "name": words["data.case"].format(title=case.title),
        "description": words["describe.data"].format(
            title=case.title, institution=case.institution, n=len(rows)
        ),
        "creator": _name_organization(case.institution),
        "dateModified": case.updated.isoformat(),
        "temporalCoverage": show_period(case.period, "/"),
        "spatialCoverage": list(card.places),
        "isAccessibleForFree": True,
        "variableMeasured": [
            {"@type": "PropertyValue", "name": row.name, "value": row.quantity.text} for row in rows
        ],
        "distribution": [
            _name_download("text/csv", f"{at}data/metrics.csv"),
            _name_download("text/markdown", at + make_case_href(case.slug, "md")),
        ],
        **_present(url=f"{address}#case-data" if address else "", copyrightNotice=frame.copyright),
    }


def _find_language(case: Case, frame: Frame) -> str:
    return "zh-CN" if holds_chinese(case.title + case.summary) else frame.lang


def _name_organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _name_download(form: str, address: str) -> dict[str, str]:
    return {"@type": "DataDownload", "encodingFormat": form, "contentUrl": address}


def _present(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
