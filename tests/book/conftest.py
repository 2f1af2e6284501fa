"""The demonstration and small projects as books."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import REPOSITORY, Project

from casegen import gathering
from casegen import project as projects


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
