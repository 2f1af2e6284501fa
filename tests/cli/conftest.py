"""Projects that the program is started in."""

from __future__ import annotations

import pytest
from projects import Project, case_text


@pytest.fixture
def two(project) -> Project:
    """A project with one case and one draft."""
    return project({"cases/a.md": case_text("甲"), "cases/b.md": case_text("乙", status="draft")})


@pytest.fixture
def faulty(project) -> Project:
    """A project with an error in one case and a warning in another."""
    return project(
        {
            "cases/bad.md": case_text("坏", date="去年"),
            "cases/sub/loose.md": case_text("松", catagory="x"),
        }
    )
