"""The book as Word: what stands in it, in which order, in which styles; and a case for review."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from book.printed import TWO
from book.reading import bare
from book.test_pdf import HOSTILE
from docx.oxml.ns import qn
from lxml import etree
from pictures import corners, saved
from PIL import Image
from projects import case_text

from casegen.editions.book.shown import make_total
from casegen.editions.folders import find_folders, load_words

W = qn("w:p")[:-1]
# The order of elements that Word insists on (ECMA-376-1, 17.3.1.26, 17.3.2.28, 17.4.60, 17.6.17).
ORDERS = {
    "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr",
            "suppressLineNumbers", "pBdr", "tabs", "overflowPunct", "topLinePunct", "spacing",
            "ind", "jc", "outlineLvl", "sectPr"],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "strike", "color", "sz", "szCs", "vertAlign", "lang"],
    "tblPr": ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar",
              "tblLook", "tblCaption"],
    "sectPr": ["headerReference", "footerReference", "footnotePr", "type", "pgSz", "pgMar",
               "lnNumType", "pgNumType", "titlePg"],
    "style": ["name", "basedOn", "next", "uiPriority", "semiHidden", "qFormat", "pPr", "rPr",
              "tblPr", "tcPr", "tblStylePr"],
    "settings": ["zoom", "mirrorMargins", "defaultTabStop", "evenAndOddHeaders",
                 "drawingGridVerticalSpacing", "characterSpacingControl", "footnotePr", "compat",
                 "themeFontLang"],
}  # fmt: skip


def parts(place: Path) -> dict[str, etree._Element]:
    """Every XML part of the file."""
    with zipfile.ZipFile(place) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def texts(place: Path) -> list[str]:
    """The text of each paragraph in order, those in cells of tables among them."""
    body = docx.Document(str(place)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def whole(place: Path) -> str:
    return bare("".join(texts(place)))


def styles_of(place: Path) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in docx.Document(str(place)).paragraphs]


def assert_sound(place: Path) -> None:
    """Word finds elements in their order, no relation that leads nowhere, no number twice."""
    found = parts(place)
    for name, root in found.items():
        for element in root.iter():
            wanted = ORDERS.get(str(element.tag).removeprefix(W))
            if wanted and str(element.tag).startswith(W):
                order = [wanted.index(child.tag.removeprefix(W)) for child in element]
                assert order == sorted(order), (name, etree.tostring(element))
    document = found["word/document.xml"]
    relations = {r.get("Id") for r in found["word/_rels/document.xml.rels"]}
    used = {v for e in document.iter() for k, v in e.attrib.items() if k == qn("r:id")}
    used |= {e.get(qn("r:embed")) for e in document.iter(qn("a:blip"))}
    assert used <= relations
    marks = [e.get(qn("w:id")) for e in document.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    names = {e.get(qn("w:name")) for e in document.iter(qn("w:bookmarkStart"))}
    assert {e.get(qn("w:anchor")) for e in document.iter(qn("w:hyperlink"))} - {None} <= names
    kinds = [e.get(qn("w:fldCharType")) for e in document.iter(qn("w:fldChar"))]
    assert [kinds.count(kind) for kind in ("begin", "separate", "end")] == [kinds.count("end")] * 3
    known = {s.get(qn("w:styleId")) for s in found["word/styles.xml"].iter(qn("w:style"))}
    worn = {"pStyle", "rStyle", "tblStyle"}
    for name in ("word/document.xml", "word/footnotes.xml"):
        styles = {e.get(qn("w:val")) for w in worn for e in found[name].iter(qn(f"w:{w}"))}
        assert styles <= known
    numbers = {n.get(qn("w:numId")) for n in found["word/numbering.xml"].iter(qn("w:num"))}
    assert {n.get(qn("w:val")) for n in document.iter(qn("w:numId"))} <= numbers


def test_every_sentence_and_figure_of_the_demonstration_is_in_the_file_in_order(printed, materials):
    place = printed / "book.docx"
    assert_sound(place)
    found = whole(place)
    for case in materials.collection.cases:
        start = found.index(bare(case.title + case.institution + "类别"))
        for metric in case.metrics:
            assert bare(metric.quantity.as_written) in found[start:]
        for sentence in case.prose.sentences:
            wanted = bare(sentence.text)
            if wanted not in found[start:]:  # a footnote's own
                notes = "".join(parts(place)["word/footnotes.xml"].itertext())
                assert wanted in bare(notes)
                continue
            start = found.index(wanted, start)


def test_the_totals_are_the_collections(printed, materials):
    config = materials.project.config
    folders = find_folders(config.theme, materials.project.themes_dir)
    words = load_words(config.theme, folders, config.lang)
    found = whole(printed / "book.docx")
    appendix = found[found.rindex(bare(words["book.appendix_list"])) :]
    for each in materials.collection.all_totals:
        assert bare(make_total(each, materials.collection, words).quantity) in appendix


def test_the_contents_are_filled_and_nothing_is_asked_on_opening(printed, materials):
    place = printed / "book.docx"
    listed = "".join(text for name, text in styles_of(place) if name.startswith("toc "))
    document = docx.Document(str(place)).element.body
    assert any("TOC" in (e.text or "") for e in document.iter(qn("w:instrText")))
    assert all(case.title in listed for case in materials.collection.cases)
    settings = parts(place)["word/settings.xml"]
    assert settings.find(qn("w:updateFields")) is None
    assert not any(e.get(qn("w:dirty")) for e in document.iter(qn("w:fldChar")))


def test_the_file_says_its_title_its_language_and_what_its_pictures_show(printed, materials):
    place = printed / "book.docx"
    document = docx.Document(str(place))
    assert document.core_properties.title == materials.project.config.title
    assert document.core_properties.language == "zh-CN"
    language = next(document.styles.element.iter(qn("w:lang")))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert pictures
    assert all(picture.get("descr") for picture in pictures)


def test_one_case_is_a_text_for_review_with_numbered_lines_and_a_list_of_problems(word):
    bad = case_text("第一篇", "种植300余亩。", metrics="[种植面积: 400亩]", status="draft")
    place = word({"cases/a.md": bad}, "title: 试验案例集\n", "--case", "a")
    assert_sound(place)
    document = docx.Document(str(place))
    assert document.element.body.sectPr.find(qn("w:lnNumType")) is not None
    names = [name for name, _ in styles_of(place)]
    assert names[0] == "Title"
    assert "TOC Heading" not in names
    tables = [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]
    assert ["地区", "甘肃省定西市陇西县"] in tables[0]
    assert tables[1][1][:2] == ["种植面积", "400亩"]
    assert tables[-1][0] == ["序", "轻重", "来稿行", "问题", "怎样改"]
    assert any("400亩" in row[3] for row in tables[-1][1:])
    assert "草稿不计入合计" in whole(place)


def test_a_case_without_problems_says_so(word):
    fields = {
        "summary": "一句话。",
        "credits": "{供稿: 某部门, 编审: 某部门}",
        "cover": "dot.jpg",
        "metrics": "[种植面积: 100亩]",
    }
    files = {
        "cases/a.md": case_text("第一篇", "2023年，种植100亩。", **fields),
        "cases/dot.jpg": saved(corners((1200, 800)), "JPEG"),
    }
    place = word(files, "title: 试验案例集\n", "--case", "a")
    assert "没有发现问题。" in whole(place)


def test_hostile_text_comes_out_as_text(word):
    place = word(
        {
            "cases/a.md": HOSTILE["cases/a.md"],
            "cases/b.md": case_text(
                "'{ INCLUDETEXT \"C:\\x\" } MERGEFIELD =cmd|calc'",
                '正文\u000b有<w:p/>]]>&amp;与 TOC \\o "1-3"。\n\n    <w:fldSimple/>',
            ),
        }
    )
    assert_sound(place)
    found = whole(place)
    for part in (
        '#eval("1+1")$x$@a<b>&amp;</b>=cmd|calc',
        "<script>alert(1)</script>",
        "=1+1",
        '{INCLUDETEXT"C:\\x"}MERGEFIELD=cmd|calc',
        "𠮷",
        "😀",
    ):
        assert part in found
    codes = [
        e.text.split()[0] for e in docx.Document(str(place)).element.body.iter(qn("w:instrText"))
    ]
    assert set(codes) <= {"TOC", "PAGE", "NOTEREF"}


def test_the_same_project_gives_the_same_bytes_and_an_unchanged_file_is_left_alone(project):
    read = []
    for _ in range(2):
        folder = project(TWO)
        folder.start("book", "-o", "集.docx")
        read.append((folder.root / "集.docx").read_bytes())
    assert read[0] == read[1]
    assert "没有变化" in folder.start("book", "-o", "集.docx").output


@pytest.mark.full
@pytest.mark.parametrize("name", ["book", "beidang"])
def test_libreoffice_opens_the_file_and_finds_the_same_text(demonstration, printed, tmp_path, name):
    if name != "book":
        demonstration.start("book", "--format", "docx", "--case", name)
    place = printed / f"{name}.docx"
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(place)],
        capture_output=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0
    pages = pypdf.PdfReader(tmp_path / f"{name}.pdf").pages
    found = bare("".join(page.extract_text() for page in pages))
    for wanted in texts(place):
        assert bare(wanted)[:12] in found


def test_a_cover_stands_below_the_summary_and_leaves_room_there(word):
    case = case_text(
        "第一篇", "种植300亩。", metrics="[种植面积: 300亩]", cover="tall.jpg", summary="摘要。"
    )
    place = word({"cases/a.md": case, "cases/tall.jpg": saved(corners((1200, 2400)), "JPEG")})
    document = docx.Document(str(place))
    body = list(document.element.body)
    (at,) = (n for n, part in enumerate(body) if list(part.iter(qn("wp:inline"))))
    said = ["".join(t.text or "" for t in part.iter(qn("w:t"))) for part in body]
    assert said.index("摘要。") + 1 == at < said.index("全部 1 项指标")
    section = document.sections[0]
    column = section.page_height - section.top_margin - section.bottom_margin
    assert document.inline_shapes[0].height < column * 0.4


@pytest.mark.parametrize(("figures", "share"), [(3, 0.36), (6, 0.27), (8, 0.21), (9, 0.36)])
def test_a_cover_leaves_room_for_a_short_table_of_figures(word, figures, share):
    areas = range(300, 300 + figures)
    case = case_text(
        "第一篇",
        "，".join(f"第{area}片种植{area}亩" for area in areas),
        metrics=f"[{', '.join(f'第{area}片: {area}亩' for area in areas)}]",
        cover="tall.jpg",
    )
    place = word({"cases/a.md": case, "cases/tall.jpg": saved(corners((1200, 2400)), "JPEG")})
    document = docx.Document(str(place))
    section = document.sections[0]
    column = section.page_height - section.top_margin - section.bottom_margin
    assert document.inline_shapes[0].height / column == pytest.approx(share, abs=0.005)


def test_drawings_and_text_have_no_colour_in_a_grey_book(word):
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" fill="#00f">'
        '<rect width="40" height="20" fill="#fc0"/><path d="M0 0h20v20z"/></svg>'
    )
    case = case_text("第一篇", "种植300亩。\n\n![路](road.svg)")
    place = word(
        {"cases/a.md": case, "cases/road.svg": drawing},
        "title: 试验案例集\nbook: {print: grey}\n",
    )
    (shape,) = docx.Document(str(place)).inline_shapes
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip
    picture = docx.Document(str(place)).part.related_parts[blip.embed].blob
    with Image.open(io.BytesIO(picture)) as opened:
        colours = opened.convert("RGB").getcolors(100_000)
    assert len(colours) >= 2
    assert all(max(colour) - min(colour) <= 1 for _count, colour in colours)
    with zipfile.ZipFile(place) as archive:
        said = "".join(archive.read(f"word/{name}.xml").decode() for name in ("styles", "document"))
    inks = re.findall(r'w:color(?: w:val)?="([0-9A-F]{6})"', said)
    assert len(set(inks)) >= 3
    assert all(ink == ink[:2] * 3 for ink in inks)


def test_credits_stay_on_the_page_of_the_end_of_the_text(word):
    case = case_text("第一篇", "头一段。\n\n末一段。", credits="{供稿: 工作队, 编审: 校办}")
    place = word({"cases/a.md": case}, "title: 试验案例集\nbase_url: https://example.edu.cn/\n")
    body = docx.Document(str(place)).element.body
    found = {"".join(t.text or "" for t in p.iter(qn("w:t"))): p for p in body.iter(qn("w:p"))}
    kept = {
        said for said, p in found.items() if p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    }
    assert {"末一段。", "供稿　工作队", "编审　校办"} <= kept
    assert "头一段。" not in kept
    (last,) = (said for said in found if said.startswith("网址　"))
    assert last not in kept
