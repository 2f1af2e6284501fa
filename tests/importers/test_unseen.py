"""Manuscripts of kinds that an unseen set brought: what was lost without a word is kept or told."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from casegen import project as projects
from casegen.collection.norms import Norms
from casegen.importers import File, bodies, proposals, read_manuscripts
from casegen.importers.finding import Findings
from importers.word_files import NAMES, docx, p, run

TEXT = "青石职业学院帮扶甘肃省定西市陇西县，把课堂搬到田间地头，和村民一起找路子、建基地。"


def read(name: str, data: bytes) -> Findings:
    return read_manuscripts(File(name, data), Norms(projects.load_vocabulary()))[0]


def page(inside: str) -> Findings:
    html = f'<h1>水苔铺出增收路</h1><div class="v_news_content"><p>{TEXT}</p>{inside}<p>{TEXT}</p>'
    return read("a.html", f"<html><head></head><body>{html}</div></body></html>".encode())


def test_a_picture_is_found_by_the_address_that_boda_loads_late_and_in_a_srcset() -> None:
    found = page('<img src="/blank.gif" vurl="f/a.png"><img srcset="f/b.png 1x, f/c.png 2x">')
    assert [b.image for b in found.blocks if b.image] == ["f/a.png", "f/b.png"]


def test_videos_sounds_and_frames_of_an_article_are_told() -> None:
    told = page("<video src=a.mp4></video><mpvoice></mpvoice><iframe src=b></iframe>").losses
    assert [word for word in ("视频", "录音", "嵌着") if any(word in t for t in told)] == [
        "视频",
        "录音",
        "嵌着",
    ]


def test_an_item_that_ends_in_tu_is_no_photographer() -> None:
    found = page("<ul><li>拍照修图</li><li>客服话术</li></ul>")
    assert not found.credits
    assert "拍照修图" in [b.plain for b in found.blocks]
    assert page("<p>（李四四/图）</p>").credits == {"供图": ("李四四",)}


def test_ticked_boxes_are_no_heading() -> None:
    assert page("<p>☑ 已验收　☐ 未验收</p>").sections == ()


def test_both_paragraphs_of_a_footnote_stay_on_the_page() -> None:
    note = f'<w:footnote w:id="2">{p("测产数据。")}{p("干谷计。")}</w:footnote>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    data = docx(
        p("水苔铺出增收路") + p("", "", run(TEXT) + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        {"word/footnotes.xml": f"<w:footnotes {NAMES}>{note}</w:footnotes>"},
        (("rf", "footnotes", "footnotes.xml", ""),),
        f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>',
    )
    made = bodies.make_body(read("a.docx", data), {})
    assert "[^1]: 测产数据。干谷计。" in made.text
    assert made.text.count("[^1]:") == 1


def test_a_ledger_of_projects_gives_title_school_place_and_text() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["项目", "实施学校", "所在县乡", "做法摘要", "受益人口（人）"])
    sheet.append(["山泉入户", "青石职业学院", "甘肃省定西市陇西县", "铺设管道14公里。", 1260])
    made = io.BytesIO()
    book.save(made)
    found = read("a.xlsx", made.getvalue())
    assert (found.title, found.institution) == ("山泉入户", "青石职业学院")
    assert found.regions == ("甘肃省/定西市/陇西县",)
    assert "铺设管道14公里。" in [b.plain for b in found.blocks]
    assert not found.losses


def raws(found: Findings) -> list[str]:
    return [proposals.strip_markup(m.finding.raw) for m in found.metrics]


def test_figures_count_beside_a_picture_whose_words_are_those_of_the_title() -> None:
    said = "<p>三个月直播<em>72</em>场，卖出笋干<strong>3.1万斤</strong>。</p>"
    found = page(f"{said}<p><img src=a.png alt=水苔铺出增收路></p>")
    assert raws(found) == ["72场", "3.1万斤"]


def test_figures_count_beside_a_raised_number_of_a_note() -> None:
    found = page("<p>合作社净利润9.6万元<sup><a href='#n'>1</a></sup>，分给18户。</p>")
    assert raws(found) == ["9.6万元", "18户"]


def test_struck_words_are_told_and_are_neither_text_nor_figure() -> None:
    looks = ("<del>打样60款</del>", "<s>打样<b>60</b>款</s>",
             "<span style='color:red;text-decoration:line-through'>打样60款</span>")  # fmt: skip
    for look in looks:
        found = page(f"<p>师生画稿43张，{look}打样62款。</p>")
        assert "师生画稿43张，打样62款。" in [b.plain for b in found.blocks]
        assert raws(found) == ["43张", "62款"]
        assert any("打样60款" in told for told in found.losses)
    pasted = read("a.txt", f"水苔铺出增收路\n{TEXT}\n<p>打样<del>60款</del>62款。</p>\n".encode())
    assert raws(pasted) == ["62款"]


@pytest.mark.parametrize(
    ("before", "look"),
    [
        ("<style>.a{color:red} .old, b.x { text-decoration : line-through }</style>",
         "<b class='y old'>打样60款</b>"),
        ("<style><!-- p .old{text-decoration-line:line-through}--></style>",
         "<u class=old>打样60款</u>"),
        ("", "<b style='text-decoration: line-through'>打样60款</b>"),
    ],
)  # fmt: skip
def test_words_that_a_class_or_style_strikes_are_told_and_no_figure(before, look) -> None:
    found = page(f"{before}<p>师生画稿43张，{look}打样62款，<b class=new>定稿9款</b>。</p>")
    assert raws(found) == ["43张", "62款", "9款"]
    assert any("打样60款" in told for told in found.losses)


def test_a_struck_cell_stays_a_cell_and_a_struck_paragraph_goes() -> None:
    gone = "style='text-decoration:line-through'"
    row = f"<tr><td>上渠</td><td {gone}>43</td><td>2</td></tr>"
    rows = f"<tr><td>渠段</td><td>长度</td><td>宽</td></tr>{row}"
    found = page(f"<p {gone}>投入资金900万元。</p><table border=1>{rows}</table><p>修渠7公里。</p>")
    assert [b.rows for b in found.blocks if b.rows] == [(("渠段", "长度", "宽"), ("上渠", "", "2"))]
    assert raws(found) == ["7公里"]
    assert len([told for told in found.losses if "划掉的字" in told]) == 2


def test_a_table_without_paragraphs_in_tables_of_layout_stays_in_the_body() -> None:
    rows = "<tr><td>渠段</td><td>长度</td></tr><tr><td>上渠</td><td>43</td></tr>"
    html = (
        "<html><head><title>青石职业学院</title></head><body><table><tr><td><table><tr><td>"
        "<a href=a.htm>学院简介</a></td></tr></table></td><td><table>"
        "<tr><td align=center><b>水苔铺出增收路</b></td></tr>"
        f"<tr><td><font size=3>{TEXT}<br><table border=1>{rows}</table><br>{TEXT}</font></td></tr>"
        "</table></td></tr></table></body></html>"
    )
    found = read("a.htm", html.encode())
    assert [b.rows for b in found.blocks if b.rows] == [(("渠段", "长度"), ("上渠", "43"))]


def test_names_of_metrics_are_words_and_no_piece_of_a_sentence_with_figures() -> None:
    text = "学院投120万元，镇里投80万元，合计200万元。净利润9.6万元，分给18户。"
    found = page(f"<p>{text}</p><p>a) 每场资金3000元。</p>")
    assert [m.name for m in found.metrics] == [
        "出资", "镇里出资", "合计资金", "净利润", "分给户数", "每场资金",
    ]  # fmt: skip
