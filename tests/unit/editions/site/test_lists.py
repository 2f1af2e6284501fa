"""Pages of a list: how many, what they are called, how they follow one another."""

import pytest

from casegen.editions.site.lists import PAGE_SIZE, cut_pages


@pytest.mark.parametrize(
    ("items", "pages"), [(0, 1), (1, 1), (PAGE_SIZE, 1), (PAGE_SIZE + 1, 2), (PAGE_SIZE * 3, 3)]
)
def test_every_item_stands_on_one_page(items, pages):
    found = list(cut_pages("tags/x.html", range(items)))
    assert len(found) == pages
    assert [item for _, chunk, _ in found for item in chunk] == list(range(items))


def test_pages_lead_to_one_another():
    paths = ["tags/x.html", "tags/x-2.html", "tags/x-3.html"]
    found = list(cut_pages("tags/x.html", range(PAGE_SIZE * 3)))
    assert [path for path, _, _ in found] == paths
    assert [pager.previous for *_, pager in found] == ["", *paths[:-1]]
    assert [pager.next for *_, pager in found] == [*paths[1:], ""]
    for at, (*_, pager) in enumerate(found):
        assert [link.href for link in pager.links] == paths
        assert [link.current for link in pager.links].index(True) == at
        assert (pager.number, pager.count) == (at + 1, 3)


def test_a_page_steps_aside_for_another_lists_own_address():
    found = cut_pages("tags/x.html", range(PAGE_SIZE * 3), taken={"tags/x-2.html"})
    assert [path for path, _, _ in found] == ["tags/x.html", "tags/x--2.html", "tags/x-3.html"]
