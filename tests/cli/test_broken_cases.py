"""A file that can have no page is compared with the other cases all the same: nothing waits."""

from projects import case_text

BODY = (
    "青石学院派出工作队驻村，先把进山的路修通，再请农技员到田间教种茶。春天补苗，夏天除草，"
    "秋天修枝，冬天办班，一年四季都有人在山上。合作社统一收鲜叶，统一制茶，统一打牌子，"
    "茶农把账本摊在桌上，一笔一笔对清楚。老人说，从前守着荒坡过日子，如今出门就能做工，"
    "孩子放学有热饭吃，村口还添了一间书屋。"
)


def rules_of(project, path="cases/z.md"):
    """The rules that name a file, without those on what would be welcome."""
    found = {problem.rule for problem in project.check() if problem.where.path == path}
    return found - {"missing-cover", "missing-summary", "missing-metrics", "missing-sign-off"}


def test_links_titles_texts_and_addresses_are_looked_at_in_a_file_without_a_date(project):
    made = project(
        {
            "cases/a.md": case_text(
                "甲案例", f"## 修路\n\n{BODY}", slug="one", institution="甲大学"
            ),
            "cases/b.md": case_text("乙案例", status="draft"),
            "cases/z.md": case_text(
                "丙案例",
                f"{BODY}\n\n见[甲](a.md#架桥)和[乙](b.md)。",
                slug="one",
                institution="甲 大学",
                date="去年",
            ),
        }
    )
    assert rules_of(made) >= {
        "malformed-field",
        "missing-anchor",
        "link-to-draft",
        "duplicate-address",
        "institution-spelling",
        "near-copy",
    }


def test_what_is_missing_in_a_broken_file_equals_nothing(project):
    fields = {"institution": "", "date": "去年"}
    made = project({f"cases/{n}.md": case_text("", n, **fields) for n in "yz"})
    assert rules_of(made) == {"malformed-field", "missing-field"}
    assert rules_of(made, "cases/y.md") == {"malformed-field", "missing-field"}


def test_a_waiver_holds_in_a_broken_file(project):
    waived = case_text("甲", "丙。", date="去年", waive="{duplicate-title: 同名}")
    made = project({"cases/a.md": case_text("甲", "乙。"), "cases/z.md": waived})
    assert rules_of(made) == {"malformed-field"}


def test_an_edit_of_a_heading_reaches_the_broken_file_that_links_to_it(project):
    linking = case_text("丙案例", "见[甲](a.md#修路)。", date="去年")
    made = project({"cases/a.md": case_text("甲", "## 修路\n\n通了车。"), "cases/z.md": linking})
    assert "missing-anchor" not in rules_of(made)
    made.write({"cases/a.md": case_text("甲", "## 架桥\n\n通了车。")})
    assert "missing-anchor" in rules_of(made)
