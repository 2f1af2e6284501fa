"""How the Word file looks."""

from __future__ import annotations

import docx
from docx.oxml.ns import qn


def test_headings_captions_and_tables_have_words_own_styles(printed):
    document = docx.Document(str(printed / "book.docx"))
    names = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Normal", "toc 1", "toc 2"} <= names
    assert {table.style.name for table in document.tables} == {"三线表", "并排图片"}
    fonts = {
        element.get(qn("w:eastAsia")) for element in document.styles.element.iter(qn("w:rFonts"))
    }
    assert {"方正小标宋简体", "黑体", "楷体", "仿宋"} <= fonts
