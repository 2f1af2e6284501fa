"""feeds: files for machines: Atom, sitemap.xml, robots.txt, llms.txt, web.config.

Secret: the XML and text that readers' programs and search engines expect.
Not here: data files (editions.data).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from casegen.chinese.characters import holds_chinese
from casegen.collection.case import Case, make_case_href
from casegen.collection.collected import Collection
from casegen.collection.page import read_title
from casegen.editions.language import is_chinese
from casegen.editions.site import indicators
from casegen.editions.site.links import Links
from casegen.editions.site.parts import PLURALS, make_indicator_href, make_value_href
from casegen.output import Artifact, make_literal
from casegen.settings import Config
from casegen.source.document import Document

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
FEED_LENGTH = 30
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MIME_TYPES = ((".json", "application/json"), (".md", "text/markdown; charset=utf-8"),
              (".webp", "image/webp"), (".bib", "application/x-bibtex; charset=utf-8"),
              (".ris", "application/x-research-info-systems; charset=utf-8"))  # fmt: skip

# Characters that no XML document may hold, not even escaped (XML 1.0, Char).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def list_feeds(
    collection: Collection,
    config: Config,
    pages: Sequence[Document],
    links: Links,
    words: Mapping[str, str],
) -> Iterator[Artifact]:
    """Yield feeds and sitemap only where base_url is set; robots.txt and llms.txt always."""
    base = config.base_url
    if base:
        yield make_literal(
            "feed.xml", write_feed(collection.cases, config, "feed.xml", "index.html", config.title)
        )
        for value in collection.facets["category"]:
            cases = [collection.by_slug[slug] for slug in value.slugs]
            path = f"{PLURALS['category']}/{value.stem}.xml"
            title = words["feed.category"].format(title=config.title, name=value.label)
            page = make_value_href("category", value.stem)
            yield make_literal(path, write_feed(cases, config, path, page, title))
        yield make_literal("sitemap.xml", write_sitemap(collection, pages, links, base))
    yield make_literal("robots.txt", write_robots(base))
    yield make_literal("llms.txt", write_llms(collection, config, pages, links, words))
    if config.iis:
        yield make_literal("web.config", write_web_config())


def find_updated(cases: Sequence[Case]) -> dt.date:
    """Return the latest date of change; a fixed early date where there are no cases."""
    return max((case.updated for case in cases), default=dt.date(2000, 1, 1))


def write_feed(cases: Sequence[Case], config: Config, path: str, page: str, title: str) -> bytes:
    """Return an Atom feed (RFC 4287) of the cases that changed last."""
    root = ET.Element("feed", {"xmlns": ATOM, _LANG: config.lang})

    def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, name, attributes)
        element.text = text or None
        if text and not is_chinese(config.lang) and holds_chinese(text):
            element.set(_LANG, "zh-CN")
        return element

    add(root, "id", config.base_url + path)
    add(root, "title", title)
    if config.subtitle:
        add(root, "subtitle", config.subtitle)
    add(root, "updated", _moment(find_updated(cases)))
    add(root, "link", rel="self", type="application/atom+xml", href=config.base_url + path)
    add(root, "link", rel="alternate", type="text/html", href=config.base_url + page)
    names = {category.key: category.name for category in config.categories}
    if config.copyright:
        add(root, "rights", config.copyright)
    author = add(root, "author")
    add(author, "name", config.organization or config.title)
    for case in sorted(cases, key=lambda c: (c.updated, c.date, c.slug), reverse=True)[
        :FEED_LENGTH
    ]:
        entry = add(root, "entry")
        address = config.base_url + make_case_href(case.slug)
        add(entry, "id", address)
        add(entry, "title", case.title)
        add(entry, "link", rel="alternate", type="text/html", href=address)
        add(entry, "published", _moment(case.date))
        add(entry, "updated", _moment(case.updated))
        add(add(entry, "author"), "name", case.institution)
        for key in case.categories:
            add(entry, "category", term=key, label=names[key])
        add(entry, "summary", case.summary)
    return _xml(root)


def _moment(date: dt.date) -> str:
    return f"{date:%Y-%m-%d}T00:00:00+08:00"


def write_sitemap(
    collection: Collection, pages: Sequence[Document], links: Links, base: str
) -> bytes:
    """Return every page that readers should find; cases have the date of their last change."""
    root = ET.Element("urlset", xmlns=SITEMAP)
    latest = find_updated(collection.cases)
    addresses: list[tuple[str, dt.date | None]] = [("", latest), ("cases.html", latest)]
    addresses += [(f"{PLURALS[f]}.html", latest) for f in PLURALS if f != "category"]
    addresses += [("metrics.html", latest), ("data.html", latest)]
    addresses += [
        (make_indicator_href(i.key), find_updated(indicators.list_mentioning(i, collection)))
        for i in indicators.list_reported(collection)
    ]
    for facet, values in collection.facets.items():
        for value in values:
            dates = [collection.by_slug[slug].updated for slug in value.slugs]
            addresses.append((make_value_href(facet, value.stem), max(dates, default=None)))
    addresses += [(make_case_href(case.slug), case.updated) for case in collection.cases]
    addresses += [(links.of_page(page), None) for page in pages]
    for path, date in addresses:
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = base + path
        if date:
            ET.SubElement(url, "lastmod").text = date.isoformat()
    return _xml(root)


def _xml(root: ET.Element) -> bytes:
    for element in root.iter():
        element.text = element.text and _NOT_XML.sub("", element.text)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def write_robots(base: str) -> bytes:
    """Return robots.txt: everything may be read.

    With the address of the sitemap, if there is one.
    """
    lines = ["User-agent: *", "Allow: /"]
    if base:
        lines += ["", f"Sitemap: {base}sitemap.xml"]
    return ("\n".join(lines) + "\n").encode()


def write_llms(
    collection: Collection,
    config: Config,
    pages: Sequence[Document],
    links: Links,
    words: Mapping[str, str],
) -> bytes:
    """Return llms.txt (llmstxt.org): what the collection is, then lists of files, copies first.

    A title, a summary as a quotation, a paragraph, and sections whose lines are
    `- [name](address): notes`.
    """
    base = config.base_url
    lines = [f"# {' '.join(config.title.split())}", ""]
    if config.subtitle:
        lines += [f"> {' '.join(config.subtitle.split())}", ""]
    lines += [words["data.lead"].format(n=len(collection.cases)), ""]
    lines += [f"## {words['page.cases']}", ""]
    lines += [
        _entry(c.title, base + make_case_href(c.slug, "md"), c.summary) for c in collection.cases
    ]
    lines += ["", f"## {words['data.title']}", ""]
    lines += [
        _entry(name, f"{base}data/{name}", words[f"data.note.{name.rpartition('.')[2]}"])
        for name in ("cases.json", "metrics.csv", "metrics.xlsx")
    ]
    if pages:
        lines += ["", f"## {words['page.pages']}", ""]
        lines += [_entry(read_title(page), base + links.of_page(page)) for page in pages]
    return ("\n".join(lines) + "\n").encode()


def _entry(name: str, address: str, notes: str = "") -> str:
    """Return a line of a file list: `- [name](address): notes`, brackets of the name escaped."""
    named = re.sub(r"([\[\]\\])", r"\\\1", " ".join(name.split()))
    said = " ".join(notes.split())
    return f"- [{named}]({address})" + (f": {said}" if said else "")


def write_web_config() -> bytes:
    """Return web.config for IIS with the MIME types that IIS does not know."""
    root = ET.Element("configuration")
    content = ET.SubElement(ET.SubElement(root, "system.webServer"), "staticContent")
    for ending, kind in MIME_TYPES:
        ET.SubElement(content, "remove", fileExtension=ending)
        ET.SubElement(content, "mimeMap", fileExtension=ending, mimeType=kind)
    return _xml(root)
