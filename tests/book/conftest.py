"""The demonstration and small projects as books."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import REPOSITORY, Project

from casegen import build as builder
from casegen import project as projects


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Project:
    """The demonstration in a folder of its own, without what was made of it."""
    root = tmp_path_factory.mktemp("demonstration") / "project"
    root.mkdir()
    for name in ("cases", "pages"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "casegen.yml", root)
    return Project(root)


@pytest.fixture(scope="session")
def materials(demonstration):
    found, problems = projects.load_project(demonstration.root)
    return builder.gather_materials(found, problems).materials


@pytest.fixture(scope="session")
def printed(demonstration) -> Path:
    """The demonstration printed in every form."""
    folder = demonstration.root / "book"
    done = demonstration.start("book", "--format", "all")
    assert done.exit_code == 0, done.output
    return folder
