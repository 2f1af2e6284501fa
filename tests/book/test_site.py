"""A site with its books: who reads a page finds its PDF, and only what changed is set again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from book.reading import text_of_pdf
from book.test_pdf import TWO
from projects import case_text

from casegen import gathering
from casegen import project as projects
from casegen.desk import building
from casegen.editions.book.press import list_site_books

CONFIG = "title: 试验案例集\nbook: {site: true}\n"


def books(report):
    return {path for path in report.written if path.endswith(".pdf")}


@pytest.mark.parametrize("theme", ["default", "hetang"])
def test_the_front_page_offers_the_whole_book_and_each_case_its_own_pdf(project, theme):
    folder = project(TWO, f"{CONFIG}theme: {theme}\n")
    site = folder.build()
    for page in ("index.html", "cases/a.html", "cases/b.html"):
        (link,) = site.page(page).select('main a[href$=".pdf"]')
        place = (site.path(page).parent / link["href"]).resolve()
        found = text_of_pdf(place)
        assert ("另一篇的正文" in found) == (page != "cases/a.html")
        assert ("脚注里的话" in found) == (page != "cases/b.html")


def test_only_the_books_of_what_changed_are_set_again(project):
    folder = project(TWO, CONFIG)
    assert books(folder.try_build().report) == {"book.pdf", "cases/a.pdf", "cases/b.pdf"}
    assert books(folder.try_build().report) == set()
    folder.write({"cases/b.md": case_text("第二篇", "改过的正文。", categories="[人才]")})
    assert books(folder.try_build().report) == {"book.pdf", "cases/b.pdf"}


@pytest.mark.parametrize("files", [TWO, {}], ids=["no wish", "no case"])
def test_a_site_without_books_offers_none(project, files):
    site = project(files, CONFIG if not files else "title: 试验案例集\n").build()
    assert not list(site.folder.rglob("*.pdf"))
    pages = site.folder.rglob("*.html")
    assert not any(".pdf" in page.read_text("utf-8") for page in pages)


def test_the_preview_sets_no_book_and_offers_none(project, tmp_path):
    found, problems = projects.load_project(project(TWO, CONFIG).root)
    building.build_preview(found, problems, tmp_path / "preview")
    assert not list((tmp_path / "preview").rglob("*.pdf"))
    assert ".pdf" not in (tmp_path / "preview" / "cases" / "a.html").read_text("utf-8")


def test_the_pictures_are_listed_once_for_all_books(project):
    class Counted(dict):
        listed = 0

        def items(self):
            self.listed += 1
            return super().items()

    found, problems = projects.load_project(project(TWO, CONFIG).root)
    materials = gathering.gather_materials(found, problems).materials
    pictures = Counted(materials.pictures)
    assert len(list(list_site_books(replace(materials, pictures=pictures)))) == 3
    assert pictures.listed == 1
