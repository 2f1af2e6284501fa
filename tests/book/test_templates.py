"""The theme's files for books."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from book.printed import CASES, CUT, TWO, book_of
from book.reading import text
from pictures import corners, saved
from projects import REPOSITORY, case_text

TEMPLATES = REPOSITORY / "themes/default/book"
THEME = "name: own\nextends: default\n"
# What the first `style.typ` gave the other templates. A theme that has its own since then has no
# other name, so what is new stands in `helpers.typ`.
FIRST_STYLE = {
    "data", "words", "fonts", "papers", "inside", "measure", "margins", "leading", "tint", "ink",
    "soft", "line-colour", "accent", "cover-colour", "slip-colour", "on-cover", "on-cover-soft",
    "own-colours", "colour-of", "song", "hei", "kai", "sign", "double-rule", "hairline", "quantity",
    "setting",
}  # fmt: skip
ITS_OWN = {"number-pattern"}  # used in `style.typ` alone


def test_a_theme_may_replace_a_template(project):
    folder = project(
        {
            **TWO,
            "themes/own/theme.yml": THEME,
            "themes/own/book/book.typ": '#import "style.typ": *\n#show: setting\n= 自己的书\n',
        },
        "title: 试验案例集\ntheme: own\n",
    )
    assert folder.start("book").exit_code == 0
    assert "自己的书" in text(folder)


def test_a_style_of_an_older_theme_lacks_nothing_that_others_need():
    style = (TEMPLATES / "style.typ").read_text("utf-8")
    names = set(re.findall(r"^#let ([\w-]+)", style, re.MULTILINE))
    assert names == FIRST_STYLE | ITS_OWN
    others = [path for path in TEMPLATES.glob("*.typ") if path.name != "style.typ"]
    used = {path.name for path in others if re.search("number-pattern", path.read_text("utf-8"))}
    assert not used


def test_a_helper_in_a_theme_s_style_takes_the_place_of_the_default_one(project):
    style = (TEMPLATES / "style.typ").read_text("utf-8")
    own = style + "\n#let double-rule-below() = [自己的线]\n"
    folder = project(
        {**TWO, "themes/own/theme.yml": THEME, "themes/own/book/style.typ": own},
        "title: 试验案例集\ntheme: own\nbook: {colophon: 第1版}\n",
    )
    done = folder.start("book")
    assert done.exit_code == 0, done.output
    assert "自己的线" in text(folder)


def test_the_default_chapter_asks_an_older_plate_for_no_other_width(project):
    own = (TEMPLATES / "text.typ").read_text("utf-8")
    own += "\n#let plate(name, alt) = image(name, width: 30mm, alt: alt)\n"
    cover = saved(corners((400, 300)), "JPEG")
    folder = project(
        {
            "themes/own/theme.yml": THEME,
            "themes/own/book/text.typ": own,
            "cases/a/index.md": case_text("第一篇", "正文。", cover="c.jpg"),
            "cases/a/c.jpg": cover,
        },
        "title: 试验案例集\ntheme: own\n",
    )
    done = folder.start("book")
    assert done.exit_code == 0, done.output


def test_a_template_of_an_older_theme_finds_helpers_that_stood_in_style(project):
    own = (TEMPLATES / "text.typ").read_text("utf-8")
    imported = '#import "helpers.typ": *\n'
    assert own.count(imported) == 1
    assert "table-start" in own
    folder = project(
        {
            **TWO,
            "themes/own/theme.yml": THEME,
            "themes/own/book/text.typ": own.replace(imported, ""),
        },
        "title: 试验案例集\ntheme: own\n",
    )
    done = folder.start("book")
    assert done.exit_code == 0, done.output


OLD_OPENING = "#let opening(title, listed: true) = {"
OWN_FRONT = """\
#import "style.typ": *
#let has(part) = part not in data.omit
#let opening(title) = heading(level: 1, title)
#let committee() = none
#let essay(found, at) = none
#let contents() = outline()
#let front() = page[自己的封面]
"""


def older_fronts():
    front = (TEMPLATES / "front.typ").read_text("utf-8")
    opening = "#let opening(title, listed: true, name: none) = {"
    assert opening in front
    older = front.replace(opening, OLD_OPENING).replace("title)#name]", "title)]")
    assert "#name" not in older
    bare = OWN_FRONT.replace("#let opening(title) = heading(level: 1, title)\n", "")
    assert "opening" not in bare
    return {"older": older, "own": OWN_FRONT, "bare": bare}


@pytest.mark.parametrize("kind", ["older", "own", "bare"])
def test_a_front_of_an_older_theme_prints_appendix_and_indexes(project, kind):
    files = {
        **CASES,
        "casegen.yml": "title: 试验案例集\ntheme: own\n",
        "themes/own/theme.yml": THEME,
        "themes/own/book/front.typ": older_fronts()[kind],
    }
    render = book_of(project(files))
    whole = render()
    assert render(CUT) == whole  # pieces find page numbers by the names that it does not give
    found = pypdf.PdfReader(io.BytesIO(whole))
    titles = [entry.title for entry in found.outline if not isinstance(entry, list)]
    assert titles[-2:] == ["附录　指标总表", "索引"]


@pytest.mark.parametrize("name", ["front", "committee", "essay", "contents"])
def test_a_front_that_lacks_a_name_is_named_with_it(project, name):
    front = (TEMPLATES / "front.typ").read_text("utf-8")
    assert f"#let {name}(" in front
    files = {
        **TWO,
        "pages/preface.md": "---\ntitle: 前言\n---\n前言的话。\n",
        "themes/own/theme.yml": THEME,
        "themes/own/book/front.typ": front.replace(f"#let {name}(", "#let another("),
    }
    settings = "title: 试验案例集\ntheme: own\nbook: {committee: 主编：张三}\n"
    done = project(files, settings).start("book")
    assert done.exit_code == 2
    assert f"主题的 book/front.typ 没有定义 {name}，book/book.typ 第 " in done.output
    assert f"补上 #let {name}(" in done.output


def test_a_name_that_no_default_template_has_is_the_fault_of_the_one_that_uses_it(project):
    own = (TEMPLATES / "front.typ").read_text("utf-8") + "\n#let more = nowhere\n"
    files = {**TWO, "themes/own/theme.yml": THEME, "themes/own/book/front.typ": own}
    done = project(files, "title: 试验案例集\ntheme: own\n").start("book")
    assert "unknown variable: nowhere（这一行是 #let more = nowhere）" in done.output
