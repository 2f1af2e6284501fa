"""Each wrong link, copy and address gets its own hint, and the hint mends it."""

import pytest
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


OWN = "链接到案例，写它的文件名，如 b.md；到网站的其他页，写 https:// 开头的全址"
PLACE = {"regions": "甘肃省/定西市/陇西县"}
# Case, its fields, its body; then every complaint about it and the hint, the usual notes aside.
ROWS = [
    ("whole-country", {"regions": "中国贵州省从江县"}, "正文。",
     [("malformed-region", "写成 贵州省/黔东南苗族侗族自治州/从江县")]),
    ("and-others", {"regions": "湖北省恩施州来凤县等地"}, "正文。",
     [("malformed-region", "写成 湖北省/恩施土家族苗族自治州/来凤县")]),
    ("new-district", {"regions": "上海浦东"}, "正文。",
     [("malformed-region", "写成 上海市/浦东新区")]),
    ("same-number", {"metrics": "[户数: 591户]"}, "这里有591户人家。",
     [("doubtful-evidence", "数抄错了就改；没有错，就让指标的名称与那一句的说法靠近些")]),
    ("starred", {"metrics": "[大棚长: 345米]"}, "大棚长3*4*5米。",
     [("missing-evidence", "核对原稿：数写错了就改，正文漏写就补一句，写法与这里一致")]),
    ("thousands", {"metrics": "[培训人数: 2.3k人]"}, "培训2300人。",
     [("unreadable-quantity", "写成 2300人")]),
    ("drive", {}, "文字。\n\n![图](C:\\a.jpg)",
     [("unsafe-path", "把文件存到案例旁边，写成 a.jpg")]),
    ("folder", {}, "[他](c/)",
     [("missing-case", OWN)]),
    ("page-elsewhere", {}, "[他](x/folder.html)", [("missing-case", "写成 folder.md")]),
    ("heading", {}, "#没有空格的标题\n\n正文。", [("markdown-left", "写成 # 没有空格的标题")]),
    ("items", {}, "做法：\n· 修路\n· 种茶",
     [("false-list", "写成 - 修路"), ("false-list", "写成 - 种茶")]),
    ("headings", {}, "一、背景\n（一）缺水",
     [("joined-lines", "各段之间空一行；小标题写成 ## 一、背景、### （一）缺水")]),
    ("folder-of-case", {}, "[他](d/) [他](d)",
     [("missing-case", "写成 d/index.md"), ("missing-case", "写成 d/index.md")]),
    ("rooted", {}, "[他](/cases/folder.html#做法)", [("unsafe-path", "写成 folder.md#做法")]),
    ("front", {}, "[首页](/) [他](/cases)",
     [("unsafe-path", OWN), ("unsafe-path", OWN)]),
    ("stop", {}, "修路. 架桥, 种茶。",
     [("half-width-punctuation", "改成“。”"), ("half-width-punctuation", "改成“，”")]),
    ("numeral", {}, "一.背景：缺水。", [("half-width-punctuation", "改成“、”")]),
    ("quotes", {}, '推广"非遗"文化。', [("straight-quotes", "改成 “非遗”")]),
    ("numbered", {"summary": "第 #1 批"}, "正文。",
     [("hash-in-value", '用半角引号括起来："第 #1 批"')]),
    ("numbered-item", {"tags": "[甲, 乙 #2]"}, "正文。",
     [("hash-in-value", '用半角引号括起来："乙 #2"')]),
]  # fmt: skip
USUAL = {
    "missing-cover",
    "missing-summary",
    "missing-metrics",
    "missing-sign-off",
    "unknown-indicator",
}


def test_each_fault_gets_one_complaint_with_its_own_hint(project):
    made = project({f"cases/{n}.md": case_text(n, b, **PLACE | f) for n, f, b, _ in ROWS})
    made.write({"cases/d/index.md": case_text("丁")})
    found = [problem for problem in made.check() if problem.rule not in USUAL]
    for name, _, _, expected in ROWS:
        own = [(p.rule, p.hint) for p in found if p.where.path == f"cases/{name}.md"]
        assert own == expected, name


@pytest.mark.parametrize("lost", ["title", "date"])
def test_the_cover_of_a_file_that_is_no_case_is_looked_for_all_the_same(project, lost):
    text = case_text("甲", cover="无.jpg")
    without = "\n".join(line for line in text.split("\n") if not line.startswith(f"{lost}:"))
    made = project({"cases/a.md": without})
    assert {p.rule for p in made.check()} >= {"missing-field", "missing-image"}


def test_full_width_brackets_hide_no_other_fault_of_a_link_or_picture(project):
    body = "见[甲]（b.md）、[乙]（../../c.pdf）、[丙]（#没有）。\n\n![]（无.jpg）"
    made = project({"cases/a.md": case_text("甲", body)})
    rules = {"missing-case", "unsafe-path", "missing-anchor", "missing-alt", "missing-image"}

    def found():
        return {(p.rule, p.where.line, p.message) for p in made.check() if p.rule in rules}

    before = found()
    assert {rule for rule, _, _ in before} == rules
    right = body.translate(str.maketrans("（）", "()"))
    made.write({"cases/a.md": case_text("甲", right)})
    assert found() == before


def test_a_file_behind_full_width_brackets_stops_no_build_and_is_looked_for_after_an_edit(project):
    made = project({"cases/a.md": case_text("甲", "修路。")})
    made.build()
    made.write({"cases/a.md": case_text("甲", "修路。\n\n![图]（无.jpg）")})
    [problem] = [p for p in made.check() if p.rule == "missing-image"]
    assert problem.severity == "warning"
    assert "![图]（无.jpg）" in made.build().page("cases/a.html").text
