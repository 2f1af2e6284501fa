"""What the pages of one site share: frame, cards, and the indicators that narrow a list."""

from __future__ import annotations

from projects import case_text
from rendered import soup

FIGURES = ("投入帮扶资金: 3万元", "培训人次: 40人次", "销售/创收: 9万元", "带动/受益农户: 50户",
           "培训人数: 30人", "捐款/助学金: 2万元", "选派专家: 6人次")  # fmt: skip
BODY = "投入帮扶资金3万元，带动农户50户。培训40人次。培训30人。捐款2万元。选派专家6人次。"


def test_every_page_has_the_same_head_and_foot_and_a_case_the_same_card(rich):
    pages = [soup(rich, name) for name in ("cases.html", "metrics.html", "about.html")]
    feet = {page.select_one("footer").get_text(" ", strip=True) for page in pages}
    assert len(feet) == 1
    shown = {
        name: str(soup(rich, name).select_one('[data-case="water"] h3').get_text(strip=True))
        for name in ("cases.html", "categories/industry.html")
    }
    assert len(set(shown.values())) == 1


def ranges(site) -> list[tuple[str, bool]]:
    """The indicators by which the list can be narrowed, and whether each is shown at once."""
    rows = soup(site, "cases.html").select(".range")
    return [(str(row["data-name"]), row.find_parent("details") is None) for row in rows]


def test_a_list_is_narrowed_by_what_most_cases_report_and_the_rest_is_folded(project):
    rare, *usual = (FIGURES[2], *FIGURES[:2], *FIGURES[3:])
    made = project(
        {
            "cases/a.md": case_text("甲", BODY, metrics=f"[{', '.join(usual)}]"),
            "cases/b.md": case_text("乙", BODY, metrics=f"[{', '.join(usual)}]"),
            "cases/c.md": case_text("丙", "销售9万元。", metrics=f"[{rare}]"),
        }
    ).build()
    found = ranges(made)
    assert [leads for _, leads in found] == [True] * 6 + [False]
    assert found[-1][0] == "销售、创收"


def test_a_figure_in_doubt_narrows_no_list(project):
    def built(body):
        return project({"cases/a.md": case_text("甲", body, metrics="[培训人次: 40人次]")}).build()

    assert ranges(built("培训40人次。")) == [("培训人次", True)]
    assert ranges(built("计划培训40人次。")) == []
