"""Where the links and images of a body lead, in a book."""

from casegen.body.prose import parse_body
from casegen.editions.book.blocks import Lead
from casegen.editions.book.leads import find_leads

BODY = (
    "见[第二篇](b.md)、[名单](list.pdf)、[外站](https://example.com/茶)和[下文](#做法)。\n\n"
    "![茶园](a.jpg)\n\n[坏的](javascript:x)"
)
FILES = (("b.md", "cases/b.md"), ("list.pdf", "cases/list.pdf"), ("a.jpg", "cases/a.jpg"))


def leads(plates, slugs):
    return find_leads(parse_body(BODY).references, FILES, plates, slugs)


def test_a_case_of_the_book_a_picture_and_another_host_are_led_to():
    found = leads({"cases/a.jpg": "plates/1.jpg"}, {"cases/b.md": "b"})
    assert found["b.md"] == Lead(case="b")
    assert found["a.jpg"] == Lead(name="plates/1.jpg")
    assert found["https://example.com/茶"].href == "https://example.com/%E8%8C%B6"


def test_of_other_files_and_places_only_the_text_stays():
    found = leads({}, {})
    assert found["b.md"] == found["list.pdf"] == found["a.jpg"] == Lead()
    assert "#做法" not in found
    assert "javascript:x" not in found
