"""What of a case's page comes from its body."""

import pytest
from judged import a_case
from projects import case_text

from casegen.editions.site.leaves import list_headings, split_cover


def test_the_contents_list_has_two_levels():
    case = a_case(body="## 做法\n\n### 修路\n\n#### 细节\n\n## 成效\n\n正文。")
    assert [(h.level, h.text) for h in list_headings(case.prose.headings)] == [
        (2, "做法"),
        (3, "修路"),
        (2, "成效"),
    ]


@pytest.mark.parametrize(
    ("body", "split"),
    [
        ('![封面](a.png "春天")\n\n正文。', True),
        ('![别的](b.png "春天")\n\n正文。', False),
        ('正文。\n\n![封面](a.png "春天")', False),
    ],
)
def test_only_a_cover_that_opens_the_body_is_cut_off(body, split):
    opening, rest = split_cover(a_case(body=body))
    assert (opening is not None) is split
    assert "正文" in "".join(part for part in rest.parts if isinstance(part, str))


def test_the_sentence_of_a_metric_is_marked_and_an_edit_moves_the_mark(project):
    body = "种植面积100亩。\n\n## 做法\n\n先修路。"
    made = project({"cases/a.md": case_text("甲", body, metrics="[种植面积: 100亩]")})
    site = made.build()
    page = site.page("cases/a.html")
    assert page.select_one(".evidence")["id"] == "M1"
    assert page.select_one(".evidence").text == "种植面积100亩。"
    site = made.write(
        {"cases/a.md": case_text("甲", f"开头。{body}", metrics="[种植面积: 100亩]")}
    ).build()
    assert set(site.outcome.report.written) >= {"cases/a.html", "cases/a.md"}
    assert site.page("cases/a.html").select_one(".evidence").text == "种植面积100亩。"
