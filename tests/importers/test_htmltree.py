"""Pages as trees of elements: the whole page, or an error."""

from __future__ import annotations

import pytest

from casegen.importers import htmltree


def test_a_page_of_many_faults_and_of_one_very_long_text_is_read_to_its_end():
    text = "</i></b>" * 500 + "<p>" + "茶" * 4_000_000 + "</p><p>尾</p>"
    assert htmltree.parse_html(text).text_content().endswith("茶尾")
    assert not htmltree.fits_usual_limits(text)
    assert htmltree.fits_usual_limits("<p>茶</p>" + "</i></b>" * 500)


@pytest.mark.parametrize("before", ["", "</i></b>" * 500])
def test_a_page_that_the_parser_does_not_read_to_its_end_is_an_error(before):
    with pytest.raises(htmltree.TooDeepError):
        htmltree.parse_html(f"<p>头</p>{before}{'<div>' * 2100}尾")
