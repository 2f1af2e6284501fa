"""The parts of a Word file as trees."""

import io
import zipfile

import pytest

from casegen.importers.wordxml import (
    W,
    find_part,
    is_on,
    make_run,
    parse_part,
    read_value,
    read_words,
)

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(inside, name="word/document.xml"):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr(name, f'<w:body xmlns:w="{SPACE}">{inside}</w:body>')
    return zipfile.ZipFile(data)


def tree(inside):
    return parse_part(archive(inside), "word/document.xml")


def test_the_words_of_an_element_have_a_blank_between_paragraphs():
    root = tree(
        "<w:p><w:r><w:t>先</w:t></w:r><w:r><w:t>修路。</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>再</w:t><w:tab/><w:t>架桥。</w:t></w:r><w:del><w:delText>旧话</w:delText></w:del></w:p>"
    )
    assert read_words(root) == "先修路。 再 架桥。旧话"


def test_a_part_that_is_not_there_is_none_and_comments_are_left_out():
    assert find_part(archive(""), "word/styles.xml") is None
    styles = archive("<w:t>正文</w:t>", "word/styles.xml")
    assert read_words(find_part(styles, "word/styles.xml")) == "正文"
    assert len(tree("<!-- 甲 --><w:p/>")) == 1


@pytest.mark.parametrize(
    ("inside", "on"),
    [("<w:b/>", True), ('<w:b w:val="true"/>', True), ('<w:b w:val="0"/>', False),
     ('<w:b w:val="off"/>', False), ("<w:i/>", None)],
)  # fmt: skip
def test_a_property_is_on_off_or_not_said(inside, on):
    assert is_on(tree(inside), "b") is on
    assert is_on(None, "b") is None


def test_the_value_of_a_child_is_read():
    root = tree('<w:numId w:val="7"/>')
    assert read_value(root, "numId") == "7"
    assert read_value(root, "ilvl") == ""
    assert read_value(None, "numId") == ""


def test_a_run_keeps_the_blanks_of_its_text():
    run = make_run(" 一、", tree("<w:p/>"))
    assert run.tag == f"{W}r"
    assert read_words(run) == "一、"
    assert run[0].text == " 一、"
    assert run[0].get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
