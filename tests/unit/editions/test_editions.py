"""The table of editions: what makes up the folder of the site, and what is checked."""

import pickle

from projects import case_text

from casegen.editions import EDITIONS, check_editions, list_site_artifacts


def test_pages_and_tables_make_the_site_and_an_export_is_none_of_it(read, made):
    materials = read(made)
    site = {artifact.path for artifact in list_site_artifacts(materials)}
    assert {"index.html", "cases/a.html", "about.html", "data/metrics.csv"} <= site
    listed = {
        name: {artifact.path for artifact in edition.list_artifacts(materials)}
        for name, edition in EDITIONS.items()
    }
    assert listed["site"] | listed["data"] | listed["book"] == site
    assert {path.rpartition(".")[2] for path in listed["export"]} == {"csv", "xlsx", "json"}
    assert not listed["export"] & site
    assert not listed["book"]


def test_a_book_stands_beside_the_pages_only_where_it_is_asked_for(read, made):
    config = "title: 试验案例集\nbook: {site: true}\n"
    materials = read(made.write({"casegen.yml": config}))
    paths = [artifact.path for artifact in EDITIONS["book"].list_artifacts(materials)]
    assert any(path.endswith(".pdf") for path in paths)


def test_the_checks_of_the_editions_are_asked(read, made):
    made.write({"pages/cases.md": "# 案例\n\n正文。\n"})
    assert [problem.rule for problem in check_editions(read(made))] == ["duplicate-address"]


def test_what_is_sent_to_a_worker_for_a_case_grows_little_with_its_body(read, project):
    """Twice the body for the page and once for the copy: not its sentences and words besides."""
    sizes = {}
    for length in (10, 400):
        body = "修路架桥，一天也没有停。" * length
        materials = read(project({"cases/a.md": case_text("甲", body=body)}))
        every = {a.path: len(pickle.dumps(a.render)) for a in list_site_artifacts(materials)}
        sizes[length] = every["cases/a.html"], every["cases/a.md"], len(body.encode())
    page, copy, text = (big - small for big, small in zip(sizes[400], sizes[10], strict=True))
    assert page < 2.2 * text
    assert copy < 2.2 * text
