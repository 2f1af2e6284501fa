"""addresses: which addresses the site needs for itself, and which others are claimed.

Secret: the address of a hand-written page, the names that generated pages take now or may take
with more cases, and which destinations `nav` may name.
Not here: two cases of one address (case.check_addresses) and what the pages show (pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from casegen.body.link_kinds import clean_href, find_kind, mean_outside
from casegen.chinese import pinyin
from casegen.chinese.likeness import find_like
from casegen.collection.case import Case, make_case_href
from casegen.collection.collected import Collection
from casegen.editions.materials import Materials
from casegen.editions.site.parts import PLURALS, make_indicator_href, make_value_href
from casegen.filenames import is_reserved
from casegen.problem import Location, Problem, Problems, Severity
from casegen.source.document import Document
from casegen.source.schema import locate_field

FILES = frozenset(
    {"index.html", "404.html", "compare.html", "data.html", "feed.xml", "sitemap.xml", "robots.txt",
     "llms.txt", "web.config", "data/cases.json", "data/metrics.csv", "data/metrics.xlsx"}
)  # fmt: skip
COPIES = ("md", "bib", "ris")  # endings of the copies of a case, beside its page
LISTS = ("cases", "metrics", *(name for facet, name in PLURALS.items() if facet != "category"))
OWN_FOLDERS = ("assets", "data", "metrics")
FOLDERS = frozenset({*OWN_FOLDERS, "cases", *PLURALS.values()})
_LIKE = 0.6  # the least likeness of two names, from 0 to 1
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def check_addresses(materials: Materials) -> Problems:
    """Return problems of addresses on the site: two claims to one, `nav` that leads nowhere."""
    config = materials.project.config
    return (
        *check_claims(materials.collection, materials.everyone, materials.pages),
        *check_nav(config.nav, materials.collection, materials.pages, materials.project.text),
    )


def make_page_address(path: str) -> str:
    """Return the address of a hand-written page.

    An ASCII name stays (pages/about.md gives about.html), pages/关于.md is written in pinyin.
    """
    name = PurePosixPath(path).stem
    plain = _NAME.fullmatch(name) and not is_reserved(name)
    return f"{name if plain else pinyin.make_stems([name])[name]}.html"


def list_generated(collection: Collection, asked: Iterable[str]) -> frozenset[str]:
    """Return every address of the site except assets, hand-written pages, aliases, further pages.

    Pages of facet values are included only where one of the `asked` addresses is in such a folder:
    their names are in pinyin, and its dictionary takes half a second to load.
    """
    used = {metric.indicator for case in collection.cases for metric in case.metrics}
    found = {*FILES, *(f"{name}.html" for name in LISTS)}
    folders = {address.partition("/")[0].lower() for address in asked}
    if not folders.isdisjoint(PLURALS.values()):
        for facet, values in collection.facets.items():
            found |= {make_value_href(facet, value.stem) for value in values}
        for value in collection.facets["category"]:
            found.add(f"{PLURALS['category']}/{value.stem}.xml")
    for case in collection.cases:
        found |= {make_case_href(case.slug), *(make_case_href(case.slug, end) for end in COPIES)}
    found |= {make_case_href(case.slug) for case in collection.withdrawn}
    vocabulary = collection.vocabulary
    return frozenset(
        found
        | {make_indicator_href(i.key) for i in vocabulary.indicators if i.page and i.key in used}
    )


def find_target(page: str, addresses: Iterable[str], pages: Mapping[str, str]) -> str:
    """Return where an entry of `nav` leads: a page's name, an address in the site, a full address.

    `pages` maps the paths of hand-written pages to their addresses. "" where it leads nowhere.
    """
    if is_outside(page):
        return clean_href(page)
    name, mark, anchor = page.partition("#")
    for path in (name, f"pages/{name}", f"pages/{name}.md"):
        if path in pages:
            return pages[path] + mark + anchor
    known = {*addresses, *pages.values()}
    found = next((address for address in (name, f"{name}.html") if address in known), "")
    return found and found + mark + anchor


def is_outside(page: str) -> bool:
    """Return whether an entry of `nav` is a full address: another host, mail, telephone."""
    return find_kind(page) == "external"


def check_nav(
    nav: Sequence[tuple[str, str]], collection: Collection, pages: Sequence[Document], text: str
) -> Iterator[Problem]:
    """Yield entries of `nav` that lead nowhere.

    `text` is that of casegen.yml, to find their lines.
    """
    known = list_generated(collection, (page for _, page in nav)) if nav else ()
    written = {page.path: make_page_address(page.path) for page in pages}
    for label, page in nav:
        outside = mean_outside(page)
        if outside or not find_target(page, known, written):
            message = f"导航“{label}”指向的“{page}”不存在，已略去"
            if outside:
                message = f"导航“{label}”的地址“{page}”没有写全，或写错了开头"
            hint = outside and f"写成 {outside}"
            yield Problem(
                "ignored-setting",
                Severity.WARNING,
                message,
                _locate_entry(text, label, page),
                hint or _name_page(page, known, pages),
            )


def _locate_entry(text: str, label: str, page: str) -> Location:
    """Return where casegen.yml writes an entry of `nav`."""
    lines = text.splitlines()
    begin = next((n for n, line in enumerate(lines) if re.match(r"(?:nav|导航)\s*:", line)), 0)
    both = (n for n in range(begin, len(lines)) if label in lines[n] and page in lines[n])
    one = (n for n in range(begin, len(lines)) if page in lines[n])
    n = next(both, next(one, begin))
    column = lines[n].find(page, lines[n].find(label) + len(label)) if lines else 0
    return Location("casegen.yml", n + 1, max(column, 0) + 1, field="nav")


def _name_page(written: str, known: Iterable[str], pages: Sequence[Document]) -> str:
    """Return the hint with the page that an entry means by its title, or by a name that is like it.

    The hint names what is to be written, not the title.
    """
    targets: dict[str, str] = {}
    for page in pages:
        stem = PurePosixPath(page.path).stem
        title = str(page.meta.get("title") or page.meta.get("标题") or stem)
        targets |= {title: stem, stem: stem}
    targets |= {address.removesuffix(".html"): address for address in known}
    parts = PurePosixPath(written.partition("#")[0]).with_suffix("").parts if written else ()
    bare = "/".join(part for part in parts if part not in {"pages", "..", "/"})
    if bare in targets:
        return f"写成 {targets[bare]}"
    if close := find_like(bare, targets, _LIKE):
        return f"是不是“{targets[close[0]]}”？"
    return "写 pages 里的页面名（如 about）、网站里的路径（如 cases.html）或 https://…"


def check_claims(
    collection: Collection,
    everyone: Sequence[Case],
    pages: Sequence[Document],
) -> Problems:
    """Return claims of pages and aliases to addresses that are taken.

    `collection` is what is published. Two cases, or an alias and a case, with one address are not
    reported here (case.check_addresses).
    """
    old = [alias for case in everyone for alias in case.aliases]
    own = frozenset(address.lower() for address in list_generated(collection, old))
    written: dict[str, str] = {}
    found = []
    for page in sorted(pages, key=lambda page: page.path):
        address = make_page_address(page.path)
        other = written.setdefault(address.lower(), page.path)
        if other != page.path:
            found.append(_taken(address, f"“{other}”也", Location(page.path)))
        elif _is_own(address.lower(), own):
            found.append(_taken(address, "网站自己", Location(page.path)))
    aliases = {alias.lower() for alias in old}
    files = {*own, *written, *aliases}
    cases = {make_case_href(case.slug).lower() for case in everyone}
    folders = FOLDERS | {parent for alias in aliases for parent in _parents(alias)}
    for case in everyone:
        for number, alias in enumerate(case.aliases):
            address = alias.lower()
            by = ""
            if address in written:
                by = f"“{written[address]}”"
            elif _is_own(address, own) and address not in cases:
                by = "网站自己"
            elif address in folders or not files.isdisjoint(_parents(address)):
                by = "同名的文件夹或文件"
            if by:
                where = locate_field(case.path, case.marks, ("aliases", number))
                found.append(_taken(alias, by, where))
    return tuple(found)


def _is_own(address: str, own: frozenset[str]) -> bool:
    """Return whether the site needs the address, or will when a list grows longer."""
    first = re.sub(r"-{1,2}[0-9]+\.html$", ".html", address)
    folder, _, name = first.partition("/")
    listed = first in own and (name or folder.removesuffix(".html") in LISTS)
    return address in own or bool(listed) or (folder in OWN_FOLDERS and bool(name))


def _parents(address: str) -> Iterator[str]:
    steps = address.split("/")
    return ("/".join(steps[:end]) for end in range(1, len(steps)))


def _taken(address: str, by: str, where: Location) -> Problem:
    return Problem(
        "duplicate-address",
        Severity.ERROR,
        f"网址 {address} 已经由{by}占用",
        where,
        "页面改一个文件名，旧网址改一个或删去",
    )
