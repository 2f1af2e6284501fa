"""Which pages and files a site has, and at which addresses."""

from __future__ import annotations

import re

from projects import case_text
from rendered import LATER, html_files


def test_every_path_that_is_promised_is_there(rich):
    assert {name for name in rich.files() if not LATER.match(name)} - {
        name for name in rich.files() if name.startswith("assets/")
    } == {
        ".casegen-manifest.json",
        "index.html",
        "cases.html",
        *(
            f"cases/{slug}.{form}"
            for slug in ("water", "tea")
            for form in ("html", "md", "bib", "ris")
        ),
        "cases/gone.html",
        "old/water.html",
        "2022/water.htm",
        "old/gone.html",
        *(
            f"categories/{key}.{form}"
            for key in ("industry", "talent", "culture", "ecology", "organization")
            for form in ("html", "xml")
        ),
        "regions.html",
        "regions/guizhou.html",
        "regions/chongqing.html",
        "years.html",
        *(f"years/{year}.html" for year in (2019, 2020, 2021, 2024)),
        "institutions.html",
        "institutions/mou-mou-da-xue.html",
        "institutions/cha-xiang-xue-yuan.html",
        "tags.html",
        "tags/shui-tai.html",
        "tags/he-zuo-she.html",
        "tags/cha.html",
        "about.html",
        "qian-yan.html",
        "data.html",
        "data/cases.json",
        "data/metrics.csv",
        "data/metrics.xlsx",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "llms.txt",
        "web.config",
    }


def test_names_of_files_are_ascii_and_lawful_on_windows(site):
    for name in site.files():
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name), name
        assert not re.search(r"(?i)(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)", name), name
    folded = [name.casefold() for name in site.files()]
    assert len(folded) == len(set(folded))


def test_assets_carry_their_hash_and_only_the_catalog_has_a_fixed_name(site):
    names = [name for name in site.files() if name.startswith("assets/")]
    plain = [name for name in names if not re.search(r"-[0-9a-f]{8,}(-[0-9a-z]+)?\.\w+$", name)]
    assert plain == ["assets/catalog.js"]


def test_no_page_names_a_file_whose_hash_depends_on_other_cases(many):
    volatile = {n for n in many.files() if re.match(r"assets/(cards|columns)-", n)}
    assert volatile
    for name in html_files(many):
        assert not any(asset in many.text(name) for asset in volatile)


def test_the_repository_keeps_ignore_files_in_the_output(project):
    made = project({"cases/a.md": case_text(), "site/.gitignore": "*\n"})
    assert made.build().text(".gitignore") == "*\n"
