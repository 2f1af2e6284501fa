"""The theme's files for books."""

from __future__ import annotations

from book.printed import TWO
from book.reading import text


def test_a_theme_may_replace_a_template(project):
    folder = project(
        {
            **TWO,
            "themes/own/theme.yml": "name: own\nextends: default\n",
            "themes/own/book/book.typ": '#import "style.typ": *\n#show: setting\n= 自己的书\n',
        },
        "title: 试验案例集\ntheme: own\n",
    )
    assert folder.start("book").exit_code == 0
    assert "自己的书" in text(folder)
