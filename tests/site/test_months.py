"""A case whose day is not known is dated by its month, in every form of the site."""

import json

from projects import case_text


def test_a_month_is_shown_as_a_month_and_sorted_as_its_first_day(project):
    made = project(
        {
            "cases/a.md": case_text("甲", date="2023-05"),
            "cases/b.md": case_text("乙", date="2023-05-02"),
            "cases/c.md": case_text("丙", date="2023-04-30"),
        },
        config="title: 试集\nbase_url: https://example.edu.cn/x/\n",
    )
    for _ in range(2):  # the second time the cases come from the cache
        site = made.build(clean=False)
    page = site.page("cases/a.html")
    assert page.select_one("time")["datetime"] == "2023-05"
    assert page.select_one("time").text == "2023年5月"
    cases = json.loads(site.text("data/cases.json"))["cases"]
    assert [(c["title"], c["date"], c["updated"]) for c in cases] == [
        ("乙", "2023-05-02", "2023-05-02"),
        ("甲", "2023-05", "2023-05"),
        ("丙", "2023-04-30", "2023-04-30"),
    ]
    assert "2023-05-01T00:00:00+08:00" in site.text("feed.xml")
    assert "2023-05-01" not in site.text("data/metrics.csv") + site.text("cases/a.md")
    ris = [path for path in site.files() if path.endswith(".ris") and "cases/a" in path]
    assert all("DA  - 2023/05//\r\n" in site.files()[path].decode() for path in ris)


def test_a_month_that_is_none_is_refused_with_the_right_form(project):
    problems = project(
        {
            "cases/a.md": case_text("甲", date="2023-13"),
            "cases/b.md": case_text("乙", date="2023年5月"),
        }
    ).check()
    told = {p.where.path: p for p in problems if p.rule == "malformed-field"}
    assert "没有“2023-13”这个月" in told["cases/a.md"].message
    assert told["cases/b.md"].hint == "写成 2023-05"
