"""editions: the renderings of one collection; build knows nothing but the table of them.

Secret: which editions there are, and which of them make up the folder `site/`.
Each edition is imported when its files are asked for: `check` needs none of them.
Not here: how each is made (the packages below), writing to disk (output).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from casegen.editions import folders
from casegen.editions.materials import Materials
from casegen.editions.site.addresses import check_addresses
from casegen.output import Artifact
from casegen.problem import CasegenError, Problems
from casegen.project import Project


def check_nothing(_materials: Materials) -> Problems:
    """Return no problems: the edition has no checks of its own."""
    return ()


def list_pages(materials: Materials) -> Iterator[Artifact]:
    """Yield the files of the site itself."""
    from casegen.editions.site.pages import list_artifacts  # noqa: PLC0415

    yield from list_artifacts(materials)


def list_tables(materials: Materials) -> Iterator[Artifact]:
    """Yield the data files of the site."""
    from casegen.editions.data import tables  # noqa: PLC0415

    yield from tables.list_tables(materials)


def list_exports(materials: Materials) -> Iterator[Artifact]:
    """Yield the collection as one file in each form of `export`."""
    from casegen.editions.data import export  # noqa: PLC0415

    yield from export.list_exports(materials)


def list_site_books(materials: Materials) -> Iterator[Artifact]:
    """Yield the PDFs beside the pages, where the settings ask for them."""
    if materials.project.config.book.site:
        from casegen.editions.book import press  # noqa: PLC0415

        yield from press.list_site_books(materials)


@dataclass(frozen=True, slots=True)
class Edition:
    """A rendering: its files, listed one by one when asked for, and its own checks."""

    list_artifacts: Callable[[Materials], Iterator[Artifact]]
    check: Callable[[Materials], Problems] = check_nothing


EDITIONS: Mapping[str, Edition] = {
    "site": Edition(list_pages, check_addresses),
    "data": Edition(list_tables),
    "book": Edition(list_site_books),
    "export": Edition(list_exports),
}
SITE = ("site", "data", "book")  # the editions that `build` writes into one folder


def list_site_artifacts(materials: Materials) -> Iterator[Artifact]:
    """Yield every file of the folder `site/`."""
    for name in SITE:
        yield from EDITIONS[name].list_artifacts(materials)


def has_own_templates(project: Project) -> bool:
    """Return whether pages are made with templates that came with the project."""
    if not project.themes_dir.is_dir():
        return False
    return folders.has_own_templates(folders.find_folders(project.config.theme, project.themes_dir))


def explain_end(project: Project, said: str) -> CasegenError:
    """Return the error for a process that ended while it made pages (site.theme.explain_end)."""
    from casegen.editions.site import theme  # noqa: PLC0415

    config = project.config
    return theme.explain_end(theme.load_theme(config.theme, config.lang, project.themes_dir), said)


def check_editions(materials: Materials) -> Problems:
    """Return the problems that the editions find."""
    return tuple(problem for edition in EDITIONS.values() for problem in edition.check(materials))
