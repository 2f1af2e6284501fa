"""Which books there are, for whom, and that only what changed is set again."""

from __future__ import annotations

import gc
import io
import zipfile
from dataclasses import replace

import pytest
from book.printed import TWO
from book.reading import text, text_of_pdf
from book.test_epub import spine
from book.test_word import whole
from pictures import corners, saved
from PIL import Image
from projects import case_text

from casegen import gathering
from casegen import project as projects
from casegen.desk import building
from casegen.editions.book.press import Wish, list_books, list_site_books

CONFIG = "title: 试验案例集\nbook: {site: true}\n"


def books(report):
    return {path for path in report.written if path.endswith(".pdf")}


@pytest.mark.parametrize("theme", ["default", "hetang"])
def test_the_front_page_offers_the_whole_book_and_each_case_its_own_pdf(project, theme):
    folder = project(TWO, f"{CONFIG}theme: {theme}\n")
    site = folder.build()
    for page in ("index.html", "cases/a.html", "cases/b.html"):
        (link,) = site.page(page).select('main a[href$=".pdf"]')
        place = (site.path(page).parent / link["href"]).resolve()
        found = text_of_pdf(place)
        assert ("另一篇的正文" in found) == (page != "cases/a.html")
        assert ("脚注里的话" in found) == (page != "cases/b.html")


def test_only_the_books_of_what_changed_are_set_again(project):
    folder = project(TWO, CONFIG)
    assert books(folder.try_build().report) == {"book.pdf", "cases/a.pdf", "cases/b.pdf"}
    assert books(folder.try_build().report) == set()
    folder.write({"cases/b.md": case_text("第二篇", "改过的正文。", categories="[人才]")})
    assert books(folder.try_build().report) == {"book.pdf", "cases/b.pdf"}


@pytest.mark.parametrize("files", [TWO, {}], ids=["no wish", "no case"])
def test_a_site_without_books_offers_none(project, files):
    site = project(files, CONFIG if not files else "title: 试验案例集\n").build()
    assert not list(site.folder.rglob("*.pdf"))
    pages = site.folder.rglob("*.html")
    assert not any(".pdf" in page.read_text("utf-8") for page in pages)


def test_the_preview_sets_no_book_and_offers_none(project, tmp_path):
    found, problems = projects.load_project(project(TWO, CONFIG).root)
    building.build_preview(found, problems, tmp_path / "preview")
    assert not list((tmp_path / "preview").rglob("*.pdf"))
    assert ".pdf" not in (tmp_path / "preview" / "cases" / "a.html").read_text("utf-8")


def test_the_pictures_are_listed_once_for_all_books(project):
    class Counted(dict):
        listed = 0

        def items(self):
            self.listed += 1
            return super().items()

    found, problems = projects.load_project(project(TWO, CONFIG).root)
    materials = gathering.gather_materials(found, problems).materials
    pictures = Counted(materials.pictures)
    assert len(list(list_site_books(replace(materials, pictures=pictures)))) == 3
    assert pictures.listed == 1


def test_all_forms_share_pictures_that_are_made_once(project, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    photo = saved(corners((3000, 1800)), "JPEG")
    body = "正文。\n\n![茶园](p.jpg)\n\n又一回：\n\n![茶园](p.jpg)"
    folder = project({"cases/a/index.md": case_text("甲", body), "cases/a/p.jpg": photo})
    found, problems = projects.load_project(folder.root)
    materials = gathering.gather_materials(found, problems).materials
    books, _ = list_books(materials, Wish(("pdf", "epub", "docx")))
    made = [books[0].render()]
    (folder.root / "cases/a/p.jpg").unlink()
    made += [each.render() for each in books[1:]]
    pictures = []
    for content in made[1:]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            (photo,) = (each for each in archive.infolist() if each.filename.endswith(".jpg"))
            assert photo.compress_type == zipfile.ZIP_STORED
            pictures.append(archive.read(photo))
    assert pictures[0] == pictures[1]
    with Image.open(io.BytesIO(pictures[0])) as printed:
        assert printed.width == 1701  # 144 mm at 300 dots an inch
    del books
    gc.collect()
    assert not list(tmp_path.glob("casegen-plates-*"))


def test_an_unchanged_book_is_left_alone_and_a_changed_one_made_again(book):
    folder, first = book()
    place = folder.root / "book" / "book.pdf"
    before = place.stat().st_mtime_ns
    assert "已印成" in first
    assert "没有变化" in folder.start("book").output
    assert place.stat().st_mtime_ns == before
    folder.write({"cases/b.md": case_text("第二篇", "改过的正文。", categories="[人才]")})
    assert "已印成" in folder.start("book").output
    assert "改过的正文" in text(folder)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--case", "aa"], "没有网址名为“aa”的案例"),
        (["--category", "产也"], "没有叫“产也”的类别"),
        (
            ["--case", "b", "--category", "产业"],
            "都不在 --category 写的类别里\n  改法：两个选项只写一个",
        ),
        (["-o", "cases/x.pdf"], "不能写到"),
        (
            ["--format", "all", "-o", "x.pdf"],
            "“x.pdf”却是一个文件的名字\n  改法：-o 写文件夹，如 -o x",
        ),
        (["--format", "all", "-o", "卷一/X.DOCX"], "改法：-o 写文件夹，如 -o X；"),
        (
            ["--format", "epub", "-o", "x.pdf"],
            "后缀是 pdf\n  改法：写 -o x.epub，",
        ),
        (
            ["-o", "x.doc"],
            "没有 .doc 这一种\n  改法：写 -o x.pdf、x.epub、x.docx 中的一个",
        ),
        (["--format", "docx", "-o", "x.wps"], "没有 .wps 这一种\n  改法：写 -o x.docx\n"),
    ],
)
def test_what_cannot_be_done_is_said(project, arguments, said):
    folder = project(TWO)
    before = {path.name for path in folder.root.iterdir()}
    done = folder.start("book", *arguments)
    assert done.exit_code == 2
    assert said in done.output
    assert {path.name for path in folder.root.iterdir()} - before <= {".casegen"}


def test_a_name_that_ends_in_a_number_has_no_ending(book):
    folder, _ = book(TWO, "title: 试验案例集\n", "--format", "epub", "-o", "案例集1.2")
    assert (folder.root / "案例集1.2").exists()


@pytest.mark.parametrize("form", ["all", "epub"])
def test_a_folder_that_stands_takes_books_whatever_its_name_is(project, form):
    folder = project({**TWO, "x.pdf/old.txt": "旧的"})
    done = folder.start("book", "--format", form, "-o", "x.pdf")
    assert done.exit_code == 0, done.output
    assert (folder.root / "x.pdf" / "book.epub").exists()


def test_a_category_by_any_word_for_it_makes_a_book_of_its_cases(book):
    folder, _ = book(TWO, "title: 试验案例集\n", "--category", "人才振兴")
    found = text(folder, "book-talent.pdf")
    assert "另一篇的正文" in found
    assert "脚注里的话" not in found


def test_one_case_is_a_leaflet_and_may_be_a_draft(book):
    files = {**TWO, "cases/c.md": case_text("稿子", "草稿正文。", status="draft")}
    folder, _ = book(files, "title: 试验案例集\n", "--case", "c")
    found = text(folder, "c.pdf")
    assert "草稿不计入合计" in found
    assert "草稿正文" in found
    assert "目录" not in found


def test_a_book_without_first_pages_of_parts_holds_the_cases_in_the_same_order(book):
    settings = (
        "title: 试验案例集\ncategories:\n  industry: {name: 产业振兴}\n"
        "  talent: {name: 人才振兴, intro: 育人的几句话。}\n"
        "book: {omit: [dividers]}\n"
    )
    folder, _ = book(TWO, settings, "--format", "all")
    place = folder.root / "book"
    for found in (text(folder), spine(place / "book.epub"), whole(place / "book.docx")):
        assert "本篇" not in found
        assert "育人的几句话" not in found
        assert found.index("投入200万元") < found.index("另一篇的正文")


WRONG = """\
title: 试验案例集
书: {paper: b5, omit: [cover, 没有的], binding: 90, print: red, site: maybe, foo: 1}
boook: {paper: a4}
"""


def test_a_book_names_wrong_settings_as_check_does_and_is_printed_without_them(book):
    folder, said = book(TWO, WRONG)
    found = [p for p in folder.check() if p.where.path == "casegen.yml"]
    assert len(found) == 7
    for problem in found:
        line = f"casegen.yml:{problem.where.line}:{problem.where.column} 提醒 {problem.message}"
        assert f"{line}  [{problem.rule}]\n    改法：{problem.hint}\n" in said
    assert "casegen.yml 有 7 处问题" in said
    assert "已印成" in said
    assert "没有变化" in (again := folder.start("book").output)
    assert "书的开本“b5”不认识" in again


@pytest.mark.parametrize(
    ("severity", "status", "said"), [("error", 1, "处错误，没有印"), ("off", 0, "已印成")]
)
def test_wrong_settings_weigh_in_a_book_what_the_rules_say(project, severity, status, said):
    folder = project(TWO, f"{WRONG}rules: {{ignored-setting: {severity}}}\n")
    done = folder.start("book")
    assert done.exit_code == status
    assert said in done.output
    assert ("b5" in done.output) == bool(status)
    assert (folder.root / "book" / "book.pdf").exists() == (not status)
