"""The demonstration and small projects as books."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from book.printed import TWO
from projects import REPOSITORY, Project

from casegen import gathering
from casegen import project as projects
from casegen.editions.book.composition import Choice, Sources, compose
from casegen.editions.book.templates import load_templates


@pytest.fixture(scope="session")
def demonstration(shared) -> Project:
    """The demonstration, printed in every form, in a folder of its own."""

    def make(root: Path) -> None:
        for name in ("cases", "pages"):
            shutil.copytree(REPOSITORY / name, root / name)
        shutil.copy(REPOSITORY / "casegen.yml", root)
        done = Project(root).start("book", "--format", "all")
        assert done.exit_code == 0, done.output

    return Project(shared("printed-demonstration", make))


@pytest.fixture(scope="session")
def materials(demonstration):
    found, problems = projects.load_project(demonstration.root)
    return gathering.gather_materials(found, problems).materials


@pytest.fixture(scope="session")
def printed(demonstration) -> Path:
    """The demonstration printed in every form."""
    return demonstration.root / "book"


@pytest.fixture
def book(project):
    def made(files=TWO, config="title: 试验案例集\n", *arguments):
        folder = project(files, config)
        done = folder.start("book", *arguments)
        assert done.exit_code == 0, done.output
        return folder, done.output

    return made


@pytest.fixture
def word(project):
    def made(files=TWO, config="title: 试验案例集\n", *arguments):
        folder = project(files, config)
        done = folder.start("book", "--format", "docx", *arguments)
        assert done.exit_code == 0, done.output
        return next((folder.root / "book").glob("*.docx"))

    return made


@pytest.fixture(scope="session")
def volume(materials):
    words = load_templates(materials.project)[1]
    sources = Sources(materials.collection, materials.project.config, materials.pages, words, {})
    return compose(sources, Choice())
