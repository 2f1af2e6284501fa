"""All that an edition may be made of."""

from casegen.editions import list_site_artifacts


def test_materials_without_a_file_are_those_of_the_others(read, made):
    materials = read(made).without({"cases/a.md", "pages/about.md"})
    assert [case.slug for case in materials.collection.cases] == ["b"]
    assert materials.pages == ()
    site = {artifact.path for artifact in list_site_artifacts(materials)}
    assert not {"cases/a.html", "about.html"} & site
