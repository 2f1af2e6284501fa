"""What a publisher marks on the pages of a small paper: tables that go on, heads, endings."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pypdf
import pytest
from book.reading import bare
from projects import Project, case_text

ROWS = "\n".join(f"| 第{row}行 | {row}亩 |" for row in range(90))
FIGURES = (
    "[捐款: 10万元, 培训人数: 200人, 种植面积: 300亩, 荣誉数: 7项, 走访户数: 40户, 受助家庭: 9户,"
    " 帮扶村数: 3个, 选派专家: 5人次, 养殖规模: 80只]"
)
INTRO = "这里看各家怎样做事，怎样算账，怎样把做过的事留给后来的人。" * 3
NAMES = ("industry", "talent", "culture", "ecology", "organization")


def height_of(matrix: list[float], place: list[float]) -> float:
    """How high a text stands on its page."""
    return place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]


@pytest.fixture(scope="module")
def pages(shared) -> list[str]:
    """The pages of a book on 大32开: five categories, nine figures, a table of 90 rows."""

    def make(root: Path) -> None:
        intros = "".join(
            f"  {key}: {{name: {name}振兴, intro: {INTRO}}}\n"
            for key, name in zip(NAMES, ["产业", "人才", "文化", "生态", "组织"], strict=True)
        )
        body = (
            "捐款10万元，培训200人，种植300亩，获荣誉7项，走访40户，受助家庭9户，帮扶3个村，"
            f"选派专家5人次，养殖80只。\n\n| 名 | 值 |\n| -- | --: |\n{ROWS}\n\n最后一段。\n"
        )
        categories = "[产业, 人才, 文化, 生态, 组织]"
        case = case_text("第一篇", body, metrics=FIGURES, categories=categories)
        case = case.replace("---\n", "---\ncredits: {供稿: 某某某}\n", 1)
        more = {
            f"cases/{name}.md": case_text(
                title, f"{title}。捐款3万元。", metrics="[捐款: 3万元]", categories=f"[{kind}]"
            )
            for name, title, kind in (("b", "第二篇", "人才"), ("c", "第三篇", "文化"))
        }
        config = f"title: 试验案例集\ncategories:\n{intros}book:\n  paper: 32k\n"
        folder = Project(root).write({"casegen.yml": config, "cases/a.md": case, **more})
        done = folder.start("book")
        assert done.exit_code == 0, done.output

    root = shared("printed-pages", make)
    reader = pypdf.PdfReader(next((root / "book").glob("*.pdf")))
    return [page.extract_text() for page in reader.pages]


def test_a_table_that_goes_on_says_so_above_its_repeated_head(pages):
    table = [page for page in pages if "第1行" in page or "第45行" in page or "第89行" in page]
    assert len(table) >= 2
    assert "续表" not in table[0]
    assert all("续表" in page for page in table[1:])


def test_the_five_categories_of_a_case_are_not_broken(pages):
    (first,) = [page for page in pages if "第一篇" in page and "时段" in page]
    lines = bare(first)
    for name in ("产业振兴", "人才振兴", "文化振兴", "生态振兴", "组织振兴"):
        assert name in lines
        assert any(name in line.replace(" ", "") for line in first.splitlines())


def test_the_head_of_a_part_holds_its_totals_on_one_page(pages):
    heads = [page for page in pages if "本篇合计" in page]
    assert len(heads) >= 3
    assert all("本篇收入" in page or "本篇没有单列" in page for page in heads)


def test_the_credits_stand_with_the_last_paragraph_and_before_all_figures(pages):
    (ending,) = [page for page in pages if "供稿" in page]
    assert ending.index("最后一段。") < ending.index("供稿")
    said = bare("".join(pages))
    assert said.index("供稿某某某") < said.index("全部9项指标")


def test_an_indicator_of_several_totals_has_its_name_on_the_line_of_the_first(printed):
    found: dict[str, float] = {}

    def visit(text, matrix, place, _font, _size):
        for said in ("捐赠物资数量", "捐赠学习生活用品", "发放书籍"):
            if said in text:
                found.setdefault(said, height_of(matrix, place))

    for page in pypdf.PdfReader(printed / "book.pdf").pages:
        if "捐赠物资数量" in page.extract_text():
            page.extract_text(visitor_text=visit)
    name, first, last = (found[said] for said in ("捐赠物资数量", "捐赠学习生活用品", "发放书籍"))
    assert abs(name - first) < 6 < abs(name - last)


def test_funds_parted_in_two_ways_stand_abreast(printed):
    places = {}

    def visit(text, matrix, place, _font, _size):
        for said in ("按来源分", "按用途分"):
            if said in text and "200" in text:
                places[said] = height_of(matrix, place)

    for page in pypdf.PdfReader(printed / "book.pdf").pages:
        if "投入资金200万元，按来源分" in bare(page.extract_text()):
            page.extract_text(visitor_text=visit)
    assert len(places) == 2
    assert abs(places["按来源分"] - places["按用途分"]) < 1


def test_long_phrases_of_the_title_and_numbers_of_a_wide_table_are_not_broken(project):
    phrase = "某某大学定点帮扶县乡村振兴案例选编"
    head = "|" + "|".join(f" 栏目{at} " for at in range(12)) + "|"
    cells = [[f"{row * at}.{at}万元" for at in range(1, 12)] for row in range(1, 9)]
    rows = "\n".join(f"| 村{row} | {' | '.join(line)} |" for row, line in enumerate(cells))
    body = f"\n{head}\n{'|---' * 12}|\n{rows}\n"
    folder = project(
        {"cases/a.md": case_text("第一篇", body), "cases/b.md": case_text("第二篇", "另一篇。")},
        f"title: 一县一策：{phrase}（第二辑）\n"
        "book: {paper: 16k, binding: 6, omit: [cover, half_title]}\n",
    )
    done = folder.start("book")
    assert done.exit_code == 0, done.output
    found = [page.extract_text() for page in pypdf.PdfReader(folder.root / "book/book.pdf").pages]
    assert any(phrase in line.replace(" ", "") for line in found[0].splitlines())
    (table,) = [page for page in found if "栏目11" in bare(page)]
    assert all("".join(row) in bare(table) for row in cells)
    assert not re.search(r"万\s+元", table)  # the end of a line stands as a space


def test_the_text_fills_its_page_where_credits_and_the_table_of_all_figures_follow(project):
    sentence = "村里的事一件一件做，账一笔一笔算，做完了再回头看一遍。"
    cases = {
        f"cases/c{length}.md": case_text(
            f"第{length}篇", f"捐款10万元。\n\n{sentence * length}\n\n{sentence * 9}最后一句。\n"
        ).replace("---\n", f"---\ncredits: {{供稿: 署名{length}}}\nmetrics: {FIGURES}\n", 1)
        for length in range(24, 40, 2)
    }
    folder = project(cases, "title: 试验案例集\nbook: {paper: 32k}\n")
    done = folder.start("book")
    assert done.exit_code == 0, done.output
    found = [page.extract_text() for page in pypdf.PdfReader(folder.root / "book/book.pdf").pages]
    before = [
        page.count("\n")  # lines of a page of text that the credits follow
        for page, after in itertools.pairwise(found)
        if "时段" not in page and "署名" not in page and "署名" in after and sentence[:5] in page
    ]
    assert len(before) >= 3
    assert min(before) >= max(before) - 3
