"""The body of a case as a tree of plain values."""

import pytest

from casegen.editions.book.blocks import (
    DEEPEST,
    Break,
    Code,
    Figure,
    Gallery,
    Heading,
    Items,
    Lead,
    Link,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Styled,
    Table,
    Text,
    as_json,
    read_matter,
    read_plain_text,
    shows_picture,
)

LEADS = {
    "b.md": Lead(case="b"),
    "https://example.com/": Lead(href="https://example.com/"),
    "a.jpg": Lead(name="plates/1.jpg"),
}


def blocks(body):
    return read_matter(body, LEADS).blocks


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("先修路。", Paragraph((Text("先修路。"),))),
        ("> 一句话", Quote((Paragraph((Text("一句话"),)),))),
        ("```\n甲\n  乙\n```", Listing("甲\n  乙")),
        ("---", Rule()),
        ("- 甲\n- 乙", Items(0, ((Paragraph((Text("甲"),)),), (Paragraph((Text("乙"),)),)))),
        ("3. 甲", Items(3, ((Paragraph((Text("甲"),)),),))),
        ("![茶园](a.jpg '春天')", Figure("plates/1.jpg", "茶园", "春天", "")),
    ],
)
def test_each_kind_of_block_is_read(body, block):
    assert blocks(body) == (block,)


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("**重点**", Styled("strong", (Text("重点"),))),
        ("*轻声*", Styled("em", (Text("轻声"),))),
        ("~~旧话~~", Styled("strike", (Text("旧话"),))),
        ("`代码`", Code("代码")),
        ("[第二篇](b.md)", Link((Text("第二篇"),), "第二篇", case="b")),
        (
            "[外站](https://example.com/)",
            Link((Text("外站"),), "外站", href="https://example.com/"),
        ),
        ("[名单](list.pdf)", Text("名单")),
        ("甲 ![茶园](a.jpg) 乙", Picture("plates/1.jpg", "茶园")),
        ("甲 ![没有](c.jpg) 乙", Text("没有")),
    ],
)
def test_each_kind_of_run_is_read(text, run):
    [paragraph] = blocks(text)
    assert run in paragraph.runs


def test_a_line_break_that_the_author_wrote_is_kept():
    assert Break() in blocks("甲  \n乙")[0].runs


def test_levels_of_headings_have_no_gaps():
    found = blocks("## 甲\n\n#### 乙\n\n### 丙\n\n## 丁")
    assert [(b.level, read_plain_text(b.runs)) for b in found if isinstance(b, Heading)] == [
        (1, "甲"),
        (2, "乙"),
        (2, "丙"),
        (1, "丁"),
    ]


def test_a_table_has_its_head_its_rows_and_the_sides_of_its_columns():
    [table] = blocks("| 年份 | 面积 |\n| --- | ---: |\n| 2020 | 3亩 |")
    assert isinstance(table, Table)
    assert [read_plain_text(cell) for cell in table.head] == ["年份", "面积"]
    assert [[read_plain_text(cell) for cell in row] for row in table.rows] == [["2020", "3亩"]]
    assert table.align == ("left", "right")


def test_pictures_in_a_row_are_a_gallery():
    [gallery] = blocks("![春](a.jpg '春天')\n![夏](b.jpg '夏天')")
    assert isinstance(gallery, Gallery)
    assert [(f.name, f.caption) for f in gallery.figures] == [
        ("plates/1.jpg", "春天"),
        ("", "夏天"),
    ]
    assert shows_picture((gallery,), "plates/1.jpg")
    assert not shows_picture((gallery,), "plates/2.jpg")


def test_footnotes_are_numbered_and_the_second_mark_is_a_repetition():
    matter = read_matter("甲[^a]乙[^b]丙[^a]。\n\n[^a]: 一。\n\n[^b]: 二。", {})
    [paragraph] = matter.blocks
    marks = [run for run in paragraph.runs if isinstance(run, Note)]
    assert marks == [Note(1), Note(2), Note(1, again=True)]
    assert [read_plain_text(note[0].runs) for note in matter.notes] == ["一。", "二。"]


def test_the_text_of_runs_has_no_marks():
    [paragraph] = blocks("甲**乙**[丙](b.md)`丁`[^1]\n\n[^1]: 注。")
    assert read_plain_text(paragraph.runs) == "甲乙丙丁"


def test_values_become_json_with_their_kinds():
    assert as_json(blocks("**甲**")) == [
        {
            "kind": "paragraph",
            "runs": [
                {"kind": "styled", "style": "strong", "runs": [{"kind": "text", "text": "甲"}]}
            ],
        }
    ]
    assert as_json({"a": (1, None)}) == {"a": [1, None]}
    assert as_json(Lead(name="x")) == {"name": "x", "href": "", "case": ""}


def nested(depth, mark="- "):
    """Lists or quotations within each other, each with a text of its own."""
    if mark == "> ":
        return "\n".join(f"{mark * (n + 1)}第{n + 1}层\n{mark * (n + 1)}" for n in range(depth))
    return "\n".join(f"{' ' * 2 * n}{mark}第{n + 1}层" for n in range(depth))


def depth_of(found):
    inner = [
        block
        for outer in found
        for part in (outer.items if isinstance(outer, Items) else ())
        for block in part
    ]
    inner += [block for outer in found if isinstance(outer, Quote) for block in outer.blocks]
    return 1 + depth_of(inner) if inner else 0


@pytest.mark.parametrize("mark", ["- ", "> "])
def test_what_is_nested_too_deep_is_shown_as_text_and_loses_no_word(mark):
    for depth in (DEEPEST, DEEPEST + 1, DEEPEST + 3):
        found = blocks(nested(depth, mark))
        assert depth_of(found) == min(depth, DEEPEST)
        assert all(f"第{n + 1}层" in str(found) for n in range(depth))


def test_lists_side_by_side_are_not_nested():
    many = "\n\n文字\n\n".join("- 甲" for _ in range(DEEPEST + 2))
    assert sum(isinstance(block, Items) for block in blocks(many)) == DEEPEST + 2


def test_a_picture_without_words_has_the_name_that_all_such_pictures_have():
    inline = read_matter("甲 ![](a.jpg) 乙", LEADS, "图片").blocks[0].runs
    assert Picture("plates/1.jpg", "图片") in inline
    assert read_matter("![](a.jpg)", LEADS, "图片").blocks == (
        Figure("plates/1.jpg", "图片", "", ""),
    )
    assert read_matter("![](none.jpg '题')", LEADS, "图片").blocks[0].alt == ""


def test_a_picture_gives_its_words_and_a_line_break_a_blank():
    assert read_plain_text((Text("甲"), Break(), Picture("plates/1.jpg", "茶园"))) == "甲 茶园"
