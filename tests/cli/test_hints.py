"""Each wrong link, copy and address gets its own hint, and the hint mends it."""

from projects import case_text

MONEY = {"institution": "青石学院", "metrics": "{投入帮扶资金: 20万元}"}
BODY = "学校投入帮扶资金20万元。\n\n## 做法\n\n甲。"


def told(project, rule):
    return [(p.where.path, p.severity, p.hint) for p in project.check() if p.rule == rule]


def test_links_to_cases_in_another_form_are_answered_with_the_right_one(project):
    links = (
        "[一](B.md) [二](b.html) [三](sub/c) [四](../x.html) [五](https://example.edu.cn/b.html)"
    )
    made = project(
        {
            "cases/a.md": case_text("甲", links),
            "cases/b.md": case_text("乙"),
            "cases/sub/c.md": case_text("丙"),
        }
    )
    hints = [hint for _, severity, hint in told(made, "missing-case") if severity == "warning"]
    assert hints[:3] == ["写成 b.md", "写成 b.md", "写成 sub/c.md"]
    assert len(hints) == 4
    assert not told(made, "refused-attachment")
    right = "[一](b.md) [二](b.md) [三](sub/c.md) [五](https://example.edu.cn/b.html)"
    made.write({"cases/a.md": case_text("甲", right)})
    assert not told(made, "missing-case")


def test_links_to_drafts_and_to_headings_of_other_cases_are_told(project):
    made = project(
        {
            "cases/a.md": case_text("甲", "[一](b.md) [二](c.md#没有的) [三](c.md#做法)"),
            "cases/b.md": case_text("乙", status="draft"),
            "cases/c.md": case_text("丙", BODY),
        }
    )
    assert [path for path, severity, _ in told(made, "link-to-draft") if severity == "note"] == [
        "cases/a.md"
    ]
    assert [found[:2] for found in told(made, "missing-anchor")] == [("cases/a.md", "warning")]


def test_a_copy_of_a_case_is_an_error_and_other_cases_of_the_title_are_none(project):
    made = project(
        {
            "cases/茶.md": case_text("茶", BODY, **MONEY),
            "cases/茶 - 副本.md": case_text("茶", BODY, **MONEY),
            "cases/b.md": case_text("茶", BODY, **{**MONEY, "institution": "白石学院"}),
        }
    )
    assert [found[:2] for found in told(made, "copied-case")] == [("cases/茶 - 副本.md", "error")]
    made.write({"cases/茶 - 副本.md": case_text("茶", BODY, **MONEY, status="withdrawn")})
    assert told(made, "copied-case") == []  # it is added up nowhere


def test_a_manual_in_the_folder_of_cases_is_told_how_it_may_stay(project):
    made = project({"cases/README.md": "# 说明\n\n这里放案例。\n"})
    assert "_README.md" in told(made, "no-front-matter")[0][2]
    made.write({"cases/README.md": None, "cases/_README.md": "# 说明\n"})
    assert not told(made, "no-front-matter")


def test_an_address_of_the_site_that_is_no_folder_is_answered_with_the_right_one(project):
    for wrong in (
        "example.edu.cn/x/",
        "https://example.edu.cn//x/",
        "https://example.edu.cn/x/i.html",
    ):
        made = project({}, config=f"title: 试集\nbase_url: {wrong}\n")
        assert told(made, "ignored-setting")[0][2] == "写成 https://example.edu.cn/x/"


def test_two_years_of_one_thing_are_no_contradiction(project):
    body = "2022年种植水苔面积100亩。\n\n2023年种植水苔面积120亩。\n"
    fields = {"metrics": "{种植水苔面积: 120亩}"}
    assert not told(project({"cases/a.md": case_text("甲", body, **fields)}), "stated-twice")
    same = body.replace("2023年", "").replace("2022年", "")
    assert told(project({"cases/a.md": case_text("甲", same, **fields)}), "stated-twice")
