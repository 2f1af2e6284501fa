"""What holds for each form of the book alike: doubts are said, strange text stays text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from book.reading import text_of_pdf
from book.test_epub import spine
from book.test_word import whole
from docx.enum.text import WD_LINE_SPACING
from projects import Project, case_text

READERS = {"pdf": text_of_pdf, "epub": spine, "docx": whole}
FORMS = sorted(READERS)
DOUBT = "存疑，不计入合计：正文里没有这个数"
STRANGE = "'{=SUM(A1)} \\input #eval <w:p/> &amp; ]]> 𠮷 繁體'"
DOUBTFUL = {
    "cases/a.md": case_text("第一篇", "种植300亩。", metrics="[种植面积: 300亩, 培训人次: 77人次]"),
    "cases/b.md": case_text(
        "第二篇",
        "种植20亩。",
        metrics="[种植面积: 20亩]",
        regions="贵州省/黔东南苗族侗族自治州/从江县",
    ),
    "cases/c.md": case_text("第三篇", "种植不少。", metrics="[种植面积: 4000亩]"),
}


@pytest.fixture(scope="session")
def printed_doubts(shared):
    """A small collection with figures in doubt and strange texts, in every form."""
    files = {
        **DOUBTFUL,
        "cases/d.md": case_text(STRANGE, "正文བོད་ཡིག。", tags="['=cmd|calc', '@x']"),
    }
    config = "title: 试验案例集\nbase_url: https://example.edu.cn/anli/\n"

    def make(root: Path) -> None:
        folder = Project(root).write({"casegen.yml": config, **files})
        done = folder.start("book", "--format", "all")
        assert done.exit_code == 0, done.output
        folder.write({"said.txt": done.output})

    root = shared("printed-doubts", make)
    return root / "book", (root / "said.txt").read_text("utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_a_figure_in_doubt_is_shown_with_its_reason_and_is_in_no_total(printed_doubts, form):
    found = READERS[form](printed_doubts[0] / f"book.{form}")
    assert "4000亩" in found
    assert "77人次" in found
    assert found.count(DOUBT) == 2
    assert "320亩" in found
    assert "4320亩" not in found
    assert "另有1条存疑未计" in found


@pytest.mark.parametrize("form", FORMS)
def test_strange_text_stays_text(printed_doubts, form):
    found = READERS[form](printed_doubts[0] / f"book.{form}")
    for part in ("{=SUM(A1)}\\input#eval<w:p/>&amp;]]>𠮷繁體", "=cmd|calc", "@x"):
        assert part in found
    tibetan = "བོད" in found
    assert tibetan or (form == "pdf" and "U+0F56" in printed_doubts[1])


def test_word_shows_the_code_of_each_page_that_is_on_the_web(printed_doubts):
    document = docx.Document(str(printed_doubts[0] / "book.docx"))
    said = [d.get("descr") for d in document.element.body.iter() if d.tag.endswith("}docPr")]
    assert sum("网页的二维码" in alt for alt in said) == 4
    with zipfile.ZipFile(printed_doubts[0] / "book.docx") as archive:
        drawn = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert archive.read(drawn[0]).startswith(b"\x89PNG")
    assert len(drawn) == 4
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    holders = [p for cell in cells for p in cell.paragraphs if p._p.xpath(".//pic:pic")]
    assert holders
    heights = {p.style.paragraph_format.line_spacing_rule for p in holders}
    assert heights == {WD_LINE_SPACING.SINGLE}  # a fixed height would cut the code off
