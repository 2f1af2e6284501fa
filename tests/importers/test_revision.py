"""Changes, hidden text and outline levels of Word files, wherever the file keeps them."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from casegen.importers.revision import settle_changes
from importers.word_files import NAMES, cell, docx, p, run

LONG = (
    "青石职业学院选派干部驻村，把课堂搬到田间地头，和村民一起找路子、建基地、闯市场，一步一个脚印。"
)
STYLES = (
    f'<w:styles {NAMES}><w:style w:type="character" w:styleId="C"><w:name w:val="隐"/>'
    '<w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="P">'
    '<w:name w:val="隐段"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="小题"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
)
FOOTNOTES = (
    f'<w:footnotes {NAMES}><w:footnote w:id="2"><w:p>'
    f'<w:ins w:id="1" w:author="x">{run("新加的话，")}</w:ins>'
    '<w:del w:id="2" w:author="x"><w:r><w:delText>删去的话，</w:delText></w:r></w:del>'
    f"{run('没有动的话。')}</w:p></w:footnote></w:footnotes>"
)


def line(words: str, mark: str = "") -> str:
    return f"<w:tr><w:trPr>{mark}</w:trPr>{cell('年')}{cell(words)}</w:tr>"


@pytest.fixture
def word(desk):
    def put(body: str):
        parts = {"word/styles.xml": STYLES, "word/footnotes.xml": FOOTNOTES}
        rows = (("s", "styles", "styles.xml", ""), ("f", "footnotes", "footnotes.xml", ""))
        return desk.put(
            "稿.docx", docx(p("水苔铺出增收路", '<w:jc w:val="center"/>') + body, parts, rows)
        )

    return put


@pytest.mark.parametrize(
    ("changes", "kept", "lost"),
    [("accept", "新加的话", "删去的话"), ("reject", "删去的话", "新加的话")],
)
def test_changes_in_a_footnote_are_settled_and_told(desk, word, changes, kept, lost):
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    place = word(p(LONG) + p("", "", run("说明") + note))
    (one,) = desk.json("--changes", changes, place)
    told = "\n".join(one["losses"])
    assert "插入“新加的话，”" in told
    assert "删去“删去的话，”" in told
    desk.run("--changes", changes, place)
    assert desk.body().endswith(f"[^1]: {kept}，没有动的话。")
    assert lost not in desk.body()


@pytest.mark.parametrize(
    ("changes", "rows"), [("accept", ["一", "三", "四"]), ("reject", ["一", "二", "四"])]
)
def test_rows_of_a_table_that_were_added_or_deleted_are_settled_and_told(desk, word, changes, rows):
    gone, new = '<w:del w:id="1" w:author="y"/>', '<w:ins w:id="2" w:author="y"/>'
    # Word marks the words of a deleted row, too.
    words = f'<w:del w:id="3" w:author="y">{run("二")}</w:del>'
    marked = line("二", gone).replace(run("二"), words)
    lines = line("一") + marked + line("三", new) + line("四")
    place = word(p(LONG) + f"<w:tbl>{lines}</w:tbl>" + p(LONG))
    (one,) = desk.json("--changes", changes, place)
    told = "\n".join(one["losses"])
    assert "删去表格的一行“年 二”" in told
    assert "插入表格的一行“年 三”" in told
    assert "删去“二”" not in told
    desk.run("--changes", changes, place)
    table = [row for row in desk.body().splitlines() if row.startswith("| 年")]
    assert table == [f"| 年 | {row} |" for row in rows]


@pytest.mark.parametrize(("changes", "parts"), [("accept", 1), ("reject", 2)])
def test_paragraphs_whose_border_was_deleted_are_joined(desk, word, changes, parts):
    mark = '<w:rPr><w:del w:id="9" w:author="x"/></w:rPr>'
    desk.run("--changes", changes, word(p("前一半，", mark) + p("后一半。" + LONG)))
    assert desk.body() == ["", "前一半，后一半。", "前一半，\n\n后一半。"][parts] + LONG


def test_text_hidden_by_a_style_is_told_and_not_in_the_draft(desk, word):
    shown = run("显出的话。", '<w:rStyle w:val="C"/><w:vanish w:val="0"/>')
    hidden = run("字的样式藏着", '<w:rStyle w:val="C"/>')
    place = word(p(LONG) + p("段的样式藏着", '<w:pStyle w:val="P"/>') + p("", "", hidden + shown))
    (one,) = desk.json(place)
    assert {"字的样式藏着", "段的样式藏着"} <= set(one["dropped"])
    desk.run(place)
    assert desk.body() == f"{LONG}\n\n显出的话。"


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_words_struck_out_are_told_and_neither_text_nor_metrics(desk, word, mark):
    struck = run("投入资金80", mark) + run("万元，", mark)
    place = word(p("", "", run("学院") + struck + run("投入资金60万元修路。")) + p(LONG))
    (one,) = desk.json(place)
    assert "划掉的字没有写进正文：“投入资金80万元，”，仍有效的请补上" in one["losses"]
    assert [m["raw"] for m in one["metrics"]] == ["60万元"]
    desk.run(place)
    assert desk.body() == f"学院投入资金60万元修路。\n\n{LONG}"


def test_a_level_in_the_outline_makes_a_short_paragraph_a_heading(desk, word):
    styled = '<w:pStyle w:val="S"/>'
    desk.run(
        word(
            p("怎么做", '<w:outlineLvl w:val="0"/>')
            + p(LONG)
            + p("先打地基", styled)
            + p(LONG)
            + p(LONG * 2, styled)
        )
    )
    assert desk.body().split("\n\n") == ["## 怎么做", LONG, "### 先打地基", LONG, LONG * 2]


def test_bookmarks_and_controls_between_rows_leave_merged_cells_right(desk, word):
    begin, again = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    mark = '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>'

    def held(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    rows = (
        f"<w:tr>{cell('年')}{cell('数')}</w:tr>{mark}"
        f"<w:tr>{cell('2022', begin)}{mark}{cell('一')}</w:tr>"
        + held(f"<w:tr>{cell('', again)}{cell('二')}</w:tr>")
        + f"<w:tr>{cell('', again)}{held(cell('三'))}</w:tr>"
    )
    place = word(p(LONG) + f"<w:tbl>{rows}</w:tbl>" + p(LONG))
    desk.run(place)
    table = [line for line in desk.body().splitlines() if line.startswith("| 2")]
    assert table == ["| 2022 | 一 |", "| 2022 | 二 |", "| 2022 | 三 |"]


def test_what_mammoth_does_not_know_is_told_in_chinese(desk, word):
    unknown = (
        '<w:r><w:fancy><w:t>花字</w:t></w:fancy></w:r><w:r><w:sym w:font="X" w:char="0041"/></w:r>'
    )
    (one,) = desk.json(word(p(LONG) + p("", "", run("前") + unknown)))
    assert "Word 里有不认得的内容（w:fancy），没有带来，请对照原稿" in one["losses"]
    assert "一个符号没有带来：它的字体 casegen 不认得，请对照原稿" in one["losses"]


def test_cells_that_begin_further_right_or_are_merged_as_of_old_stand_in_their_columns(desk, word):
    begin = '<w:hMerge w:val="restart"/>'
    rows = (
        f"<w:tr>{cell('年')}{cell('春')}{cell('秋')}</w:tr>"
        f"<w:tr>{cell('2021')}{cell('三', begin)}"
        f"{cell('', '<w:hMerge/>')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("四")}</w:tr>'
    )
    desk.run(word(p(LONG) + f"<w:tbl>{rows}</w:tbl>" + p(LONG)))
    table = [line for line in desk.body().splitlines() if line.startswith("|")]
    assert table[2:] == ["| 2021 | 三 | 三 |", "|  |  | 四 |"]


def test_a_formula_on_a_line_of_its_own_keeps_its_characters(desk, word):
    formula = "<m:oMathPara><m:oMath><m:r><m:t>a+b=c</m:t></m:r></m:oMath></m:oMathPara>"
    place = word(p(LONG) + p(inside=formula) + p(LONG))
    (one,) = desk.json(place)
    assert [loss for loss in one["losses"] if "修订" not in loss] == ["公式只带来了文字：a+b=c"]
    desk.run(place)
    assert desk.body().split("\n\n")[1] == "a+b=c"


def style(name, kind="character", based="", look=""):
    above = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="样式 {name}"/>{above}'
        f"<w:rPr>{look}</w:rPr></w:style>"
    )


LOOKS = "".join(
    [
        style("gone", look="<w:strike/>"),
        style("gone2", based="gone", look="<w:b/>"),
        style("back", based="gone", look='<w:strike w:val="0"/>'),
        style("hid", look="<w:vanish/>"),
        style("pgone", "paragraph", look="<w:dstrike/>"),
        style("pgone2", "paragraph", "pgone"),
        style("phid", "paragraph", "loop"),
        style("loop", "paragraph", "phid", "<w:vanish/>"),
    ]
)


@pytest.mark.parametrize(
    ("above", "own", "why"),
    [
        ("", "gone", "struck"),
        ("", "gone2", "struck"),
        ("", "back", ""),
        ("pgone2", "", "struck"),
        ("", "hid", "hidden"),
        ("phid", "", "hidden"),
        ("phid", "hid", ""),  # Word shows what both styles hide
        ("nowhere", "nowhere", ""),
    ],
)
def test_words_that_a_style_strikes_or_hides_are_told_as_those_struck_directly(
    read, above, own, why
):
    named = f'<w:pStyle w:val="{above}"/>' if above else ""
    look = f'<w:rStyle w:val="{own}"/>' if own else ""
    body = p("水苔铺出增收路") + p(LONG) + p("", named, run("投入80万元", look)) + p(LONG)
    parts = {"word/styles.xml": f"<w:styles {NAMES}>{LOOKS}</w:styles>"}
    one = read(docx(body, parts, (("s", "styles", "styles.xml", ""),)))
    told = [loss for loss in one.losses if "划掉的字没有写进正文：“投入80万元”" in loss]
    aside = [d.text for d in one.dropped if d.reason == "隐藏的文字"]
    assert (bool(told), aside == ["投入80万元"]) == (why == "struck", why == "hidden")
    assert [m.finding.raw for m in one.metrics if m.finding.raw == "80万元"] == (
        [] if why else ["80万元"]
    )


@pytest.mark.full
def test_four_times_the_styles_in_a_row_take_no_eight_times_as_long():
    """Each is based on the one before, the first on the last; each stands above a paragraph."""

    def seconds(count):
        row = "".join(style(f"s{n}", "paragraph", f"s{(n + 1) % count}") for n in range(count))
        body = "".join(p(LONG, f'<w:pStyle w:val="s{n}"/>') for n in range(count))
        parts = {"word/styles.xml": f"<w:styles {NAMES}>{row}</w:styles>"}
        made = docx(body, parts, (("s", "styles", "styles.xml", ""),))
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            began = time.process_time()
            settle_changes(archive, "word/document.xml", accept=True)
            return time.process_time() - began

    once, four = seconds(500), seconds(2000)
    assert four < 8 * once + 0.5, f"{once:.2f} s, {four:.2f} s"
