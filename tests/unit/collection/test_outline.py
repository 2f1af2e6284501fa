"""A case as every page but its own sees it."""

import pytest
from judged import a_case

from casegen.collection.outline import (
    STUB,
    have_same_outline,
    make_brief,
    make_outline,
    restore_body,
)

BODY = "先修路。种植面积100亩。见[名单](b.md)和[外站](https://example.com/)。"


def test_the_body_is_left_out_and_the_sentences_that_state_metrics_stay():
    outline = make_outline(a_case(body=BODY))
    assert (outline.body, outline.prose.text, outline.prose.headings) == ("", "", ())
    assert [s.text for s in outline.prose.sentences] == ["", "种植面积100亩。", ""]
    assert outline.html.parts == ()


def test_links_to_files_of_the_project_stay_and_others_go():
    assert [r.href for r in make_outline(a_case(body=BODY)).prose.references] == ["b.md"]


@pytest.mark.parametrize(
    ("body", "same"),
    [
        (BODY.replace("先修路", "先架桥"), True),
        (f"开头另写一句。{BODY}", True),
        (BODY.replace("种植面积100亩", "种植面积共100亩"), False),
        (BODY.replace("b.md", "c.md"), False),
        (f"{BODY}\n\n## 做法", True),
    ],
)
def test_an_edit_that_no_other_page_shows_leaves_the_outline(body, same):
    assert have_same_outline(a_case(body=BODY), a_case(body=body)) is same


def test_an_edit_of_a_field_changes_the_outline():
    assert not have_same_outline(a_case(body=BODY), a_case(body=BODY, title="乙"))


def test_a_brief_case_has_what_rules_on_the_collection_ask_for_and_gets_its_body_back():
    long = f"# 做法\n\n{BODY * 9}"
    whole = a_case(body=long)
    brief = make_brief(whole)
    assert len(brief.body) == STUB + 1
    assert brief.prose.text == ""
    assert (brief.prose.headings, brief.prose.references, brief.gist, brief.digest) == (
        whole.prose.headings,
        whole.prose.references,
        whole.gist,
        whole.digest,
    )
    assert {at: brief.marks[at] for at in brief.marks} == {
        at: place for at, place in whole.marks.items() if at in brief.marks
    }
    assert make_outline(brief) == make_outline(whole)
    again = restore_body(brief, whole)
    assert (again.body, again.prose, again.html) == (whole.body, whole.prose, whole.html)
