"""A hand-written page: its title, its text without the title, the files it refers to."""

import pytest

from casegen.collection.page import cut_title, list_references, read_html, read_prose, read_title
from casegen.source.files import make_document


def page(text, path="pages/about.md"):
    document, _ = make_document(path, text.encode(), front_matter=False)
    return document


@pytest.mark.parametrize(
    ("text", "title", "left"),
    [
        ("# 关于\n\n正文。\n", "关于", "\n\n正文。\n"),
        ("关于\n===\n\n正文。\n", "关于", "\n\n\n正文。\n"),
        ("正文。\n\n# 关于\n", "关于", "正文。\n\n# 关于\n"),
        ("正文。\n", "about", "正文。\n"),
        ("---\ntitle: 关于\n---\n\n# 关于\n\n正文。\n", "关于", "\n\n\n正文。\n"),
        ("---\n标题: 说明\n---\n# 关于\n\n正文。\n", "说明", "# 关于\n\n正文。\n"),
    ],
)
def test_the_title_is_given_or_the_first_heading_or_the_name(text, title, left):
    found = page(text)
    assert (read_title(found), cut_title(found)) == (title, left)


def test_the_text_of_a_page_has_no_title():
    found = page("# 关于\n\n先修路。\n\n## 做法\n")
    assert [heading.text for heading in read_prose(found).headings] == ["做法"]
    assert "关于" not in "".join(p for p in read_html(found).parts if isinstance(p, str))
    assert read_prose(found).headings[0].line == 5


def test_only_links_to_files_of_the_project_are_references():
    found = page("见[名单](../files/a.pdf)、[外站](https://example.com/)和[下文](#做法)。\n")
    assert list_references(found) == (("../files/a.pdf", "files/a.pdf"),)
