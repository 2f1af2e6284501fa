"""Two cases and a page, and what editions are given of them."""

import pytest
from projects import Project, case_text

from casegen import gathering
from casegen import project as projects
from casegen.editions.materials import Materials


def read_materials(made: Project) -> Materials:
    found, problems = projects.load_project(made.root)
    assert found is not None
    with gathering.open_run(found) as run:
        return gathering.read_project(run, problems, drafts=False).materials


@pytest.fixture
def read():
    """A function that reads a project."""
    return read_materials


@pytest.fixture
def made(project):
    return project(
        {
            "cases/a.md": case_text("甲"),
            "cases/b.md": case_text("乙"),
            "pages/about.md": "# 关于\n\n正文。\n",
        }
    )
