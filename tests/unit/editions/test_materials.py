"""All that an edition may be made of."""

import pytest
from projects import case_text

from casegen import gathering
from casegen import project as projects
from casegen.editions import list_site_artifacts


def read(made):
    found, problems = projects.load_project(made.root)
    with gathering.open_run(found) as run:
        return gathering.read_project(run, problems, drafts=False).materials


@pytest.fixture
def made(project):
    return project(
        {
            "cases/a.md": case_text("甲"),
            "cases/b.md": case_text("乙"),
            "pages/about.md": "# 关于\n\n正文。\n",
        }
    )


def test_materials_without_a_file_are_those_of_the_others(made):
    materials = read(made).without({"cases/a.md", "pages/about.md"})
    assert [case.slug for case in materials.collection.cases] == ["b"]
    assert materials.pages == ()
    site = {artifact.path for artifact in list_site_artifacts(materials)}
    assert not {"cases/a.html", "about.html"} & site
