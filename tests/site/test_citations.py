"""A case as BibTeX and as RIS."""

from __future__ import annotations

from projects import case_text
from rendered import BASE


def test_a_case_can_be_taken_as_bibtex_and_ris(rich):
    page = rich.page("cases/water.html")
    links = {a.text: a["href"] for a in page.select(".actions a[download]")}
    assert links == {"BibTeX": "../cases/water.bib", "RIS": "../cases/water.ris"}
    bibtex = rich.text("cases/water.bib")
    assert bibtex.startswith("@misc{water,\n  title = {{水苔下山}},\n  author = {{某某大学}},\n")
    assert f"url = {{{BASE}cases/water.html}}" in bibtex
    ris = rich.path("cases/water.ris").read_bytes().decode()
    assert ris.startswith("TY  - ELEC\r\nTI  - 水苔下山\r\nAU  - 某某大学\r\nPY  - 2022\r\n")
    assert ris.endswith(f"UR  - {BASE}cases/water.html\r\nER  - \r\n")


def test_signs_of_tex_in_a_title_do_not_break_the_entry(project):
    site = project({"cases/a.md": case_text('"50%的{甲_乙}"')}).build()
    bibtex = site.text("cases/a.bib")
    assert r"{50\%的\textbraceleft{}甲\_乙\textbraceright{}}" in bibtex
    assert bibtex.count("{") == bibtex.count("}")
