import datetime as dt
import re
from decimal import Decimal

import pytest

from casegen import project
from casegen.chinese.region import Region
from casegen.collection import case, parsing
from casegen.collection.category import Category
from casegen.collection.norms import Norms
from casegen.source import files

VOCABULARY = project.load_vocabulary()
NORMS = Norms(VOCABULARY)
REQUIRED = {
    "title": "甲",
    "institution": "某校",
    "regions": "[甘肃省]",
    "date": "2021-10-28",
    "categories": "[产业, 组织]",
}


def read(body="正文。\n", path="cases/a.md", norms=NORMS, **fields):
    lines = [f"{key}: {value}" for key, value in (REQUIRED | fields).items() if value is not None]
    text = "---\n" + "\n".join(lines) + "\n---\n" + body
    document, problems = files.make_document(path, text.encode())
    found, more = parsing.parse_case(document, norms)
    return found, [(p.rule, p.where.line, p.where.column) for p in problems + more]


def good(**given):
    found, problems = read(**given)
    assert problems == []
    return found


def rules_of(**given):
    return [rule for rule, _, _ in read(**given)[1]]


FULL = """---
标题: 四坚持五聚焦
单位: 贵州某校
地区: [贵州省/黔东南苗族侗族自治州/从江县, 重庆市/万州区]
日期: 2021-10-28
更新: 2022-01-02
时段: 2019-2021
类别: [产业, talent, 文化振兴]
摘要: 一句话。
标签: [水苔, 刺梨, 水苔]
指标: {种植面积: 100亩}
署名: {供稿: [甲队, 乙队], 编审: 校办}
来源: {名称: 某报, 网址: https://example.edu.cn/a.html}
封面: images/a.jpg
推荐: true
顺序: 1.50
状态: 已编审
豁免: {missing-alt: 装饰图}
网址名: Congjiang-2021
旧网址: [old/a.html, /b/]
---

正文。
"""
ENGLISH = {
    "标题": "title", "单位": "institution", "地区": "regions", "日期": "date", "更新": "updated",
    "时段": "period", "类别": "categories", "摘要": "summary", "标签": "tags", "指标": "metrics",
    "署名": "credits", "供稿": "contributor", "编审": "reviewer", "来源": "source", "名称": "name",
    "封面": "cover", "推荐": "featured", "顺序": "order", "状态": "status", "豁免": "waive",
    "网址名": "slug", "旧网址": "aliases", "网址": "url",
}  # fmt: skip


def test_every_field_is_read_under_its_chinese_key():
    document, _ = files.make_document("cases/x.md", FULL.encode())
    found, problems = parsing.parse_case(document, NORMS)
    assert problems == ()
    assert found.title == "四坚持五聚焦"
    assert found.institution == "贵州某校"
    assert found.regions == (
        Region("贵州省", "黔东南苗族侗族自治州", "从江县"),
        Region("重庆市", "", "万州区"),
    )
    assert (found.date, found.updated) == (dt.date(2021, 10, 28), dt.date(2022, 1, 2))
    assert found.years == (2019, 2020, 2021)
    assert found.categories == ("industry", "talent", "culture")
    assert (found.summary, found.tags) == ("一句话。", ("水苔", "刺梨"))
    assert found.credits == (("contributor", ("甲队", "乙队")), ("reviewer", ("校办",)))
    assert found.source == case.Source("某报", "https://example.edu.cn/a.html")
    assert (found.cover, found.featured) == ("cases/images/a.jpg", True)
    assert (found.order, found.status) == (Decimal("1.50"), "approved")
    assert found.waive == (("missing-alt", "装饰图"),)
    assert (found.slug, found.aliases) == ("Congjiang-2021", ("old/a.html", "b/index.html"))
    assert (found.body, found.body_line) == ("\n正文。\n", 22)


def test_english_and_chinese_keys_mean_the_same():
    text = re.sub(r"\w+(?=: )", lambda m: ENGLISH.get(m[0], m[0]), FULL)
    assert "title: 四坚持" in text
    chinese, _ = parsing.parse_case(files.make_document("cases/x.md", FULL.encode())[0], NORMS)
    english, problems = parsing.parse_case(
        files.make_document("cases/x.md", text.encode())[0], NORMS
    )
    assert problems == ()
    for field in ("title", "regions", "metrics", "credits", "source", "aliases", "waive", "order"):
        assert getattr(english, field) == getattr(chinese, field)


def test_what_is_not_written_has_its_default():
    found = good(body="## 背景\n\n第一段的话。\n\n第二段。\n")
    assert found.updated == found.date
    assert found.period == (2021, 2021)
    assert found.summary == "第一段的话。"
    assert (found.slug, found.status, found.featured, found.order) == (
        "a",
        "published",
        False,
        None,
    )
    assert (found.tags, found.metrics, found.credits, found.cover) == ((), (), (), "")
    assert found.source == case.Source()


@pytest.mark.parametrize("key", list(REQUIRED))
def test_a_missing_required_field_is_an_error(key):
    found, problems = read(**{key: None})
    assert found is None
    assert problems == [("missing-field", 1, 1)]


def test_all_missing_fields_are_named_at_once():
    assert rules_of(**dict.fromkeys(REQUIRED)) == ["missing-field"] * 5


def test_a_required_field_left_empty_is_missing_where_it_stands():
    _, problems = read(institution="# 待补")
    assert problems == [("missing-field", 3, 13)]


@pytest.mark.parametrize(
    ("fields", "rule", "column"),
    [
        ({"date": "2021/10/28"}, "malformed-field", 7),
        ({"date": "2021-13-45"}, "malformed-field", 7),
        ({"title": "[甲, 乙]"}, "malformed-field", 8),
        ({"institution": "true"}, "malformed-field", 14),
        ({"categories": "[产业, 工业]"}, "unknown-category", 18),
        ({"regions": "[甘肃省, 某地]"}, "malformed-region", 16),
        ({"regions": "{省: 甘肃省}"}, "malformed-field", 10),
    ],
)
def test_a_malformed_required_field_leaves_no_case(fields, rule, column):
    found, problems = read(**fields)
    line = 2 + list(REQUIRED).index(next(iter(fields)))
    assert found is None
    assert problems == [(rule, line, column)]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"updated": "昨天"}, "ignored-field"),
        ({"period": "近年"}, "ignored-field"),
        ({"period": "2022-2021"}, "ignored-field"),
        ({"featured": "是"}, "ignored-field"),
        ({"featured": '"true"'}, "ignored-field"),
        ({"order": "1_000"}, "ignored-field"),
        ({"order": ".nan"}, "ignored-field"),
        ({"tags": "{甲: 乙}"}, "ignored-field"),
        ({"credits": "甲"}, "ignored-field"),
        ({"source": "{url: javascript:alert(1)}"}, "ignored-field"),
        ({"slug": "水苔"}, "ignored-field"),
        ({"slug": "../a"}, "ignored-field"),
        ({"slug": "a" * 61}, "ignored-field"),
        ({"cover": "https://example.org/a.png"}, "ignored-field"),
        ({"waive": "甲"}, "ignored-field"),
        ({"catagories": "[产业]"}, "unknown-field"),
        ({"regions": "[甘肃省/兰州省]"}, "unknown-place"),
    ],
)
def test_a_malformed_optional_field_is_a_warning_and_its_default_is_taken(fields, rule):
    found, problems = read(**fields)
    assert found is not None
    assert [each for each, _, _ in problems] == [rule]
    if rule == "ignored-field":
        key = next(iter(fields))
        assert getattr(found, key) == getattr(good(), key)


def test_an_unknown_status_does_not_publish():
    found, problems = read(status="publshed")
    assert (found.status, problems[0][0]) == ("draft", "unknown-status")


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2021", (2021, 2021)),
        ("2019-2021", (2019, 2021)),
        ("2019—2021", (2019, 2021)),
        ("2021年", (2021, 2021)),
        ("2019年至2021年", (2019, 2021)),
        ("２０２１", (2021, 2021)),
    ],
)
def test_a_period_is_read_where_it_is_unambiguous_and_the_usual_form_is_named(written, period):
    found, problems = read(period=written)
    assert found.period == period
    usual = written in {"2021", "2019-2021"}
    assert [rule for rule, _, _ in problems] == ([] if usual else ["loose-period"])


def hint_of(line):
    text = "---\n" + line + "\n---\n"
    _, problems = parsing.parse_case(files.make_document("cases/a.md", text.encode())[0], NORMS)
    return next(p.hint for p in problems if p.rule == "unknown-field")


def test_an_unknown_key_is_answered_in_its_own_language():
    assert "categories" in hint_of("catagory: 甲")
    assert "摘要" in hint_of("摘 要: 甲")
    assert "单位" in hint_of("供稿单位: 甲")


def test_configured_categories_replace_the_usual_ones():
    norms = Norms(VOCABULARY, (Category("industry", "产业振兴"), Category("health", "健康")))
    found = good(norms=norms, categories="[健康, 产业, industry]")
    assert found.categories == ("health", "industry")
    assert rules_of(norms=norms, categories="[文化]") == ["unknown-category"]


# --- metrics ---------------------------------------------------------------------------------


def metrics(text, **fields):
    found, problems = read(metrics=text, **fields)
    return found.metrics, problems


def test_the_short_and_the_long_forms_say_the_same():
    forms = [
        "{种植面积: 100亩}",
        "[种植面积: 100亩]",
        "[{name: 种植面积, value: 100亩}]",
        "[{名称: 种植面积, 数值: 100, 计量单位: 亩}]",
        "{name: 种植面积, value: 100亩}",
        "\n  种植面积: 100亩",
        "\n  - 种植面积: 100亩",
        "\n- name: 种植面积\n  数值: 100亩",
        "\n  种植面积:\n    数值: 100亩",
        "[种植面积: {value: 100亩}]",
    ]
    for form in forms:
        (metric,), problems = metrics(form)
        assert problems == []
        assert (metric.name, metric.indicator) == ("种植面积", "planting_area")
        assert (metric.quantity.low, metric.quantity.as_written) == (100, "100亩")


def test_an_indicator_is_named_or_found_by_the_name():
    found, problems = metrics(
        "[{name: 帮扶款, indicator: funds_invested, value: 3万元},"
        " {name: 款项, indicator: 投入帮扶资金, value: 3万元}, 投入资金: 3万元, 船: 3艘]"
    )
    assert [metric.indicator for metric in found] == ["funds_invested"] * 3 + [""]
    assert problems == []


def test_the_category_of_a_metric_is_the_one_written_with_it():
    found, _ = metrics(
        "[{name: 甲, value: 3亩, category: 文化}, 驻村干部: 3名, 培训人数: 30人]",
        categories="[产业, 组织]",
    )
    assert [metric.category for metric in found] == ["culture", "", ""]


def test_references_are_positions_in_the_metrics_that_could_be_read():
    found, problems = metrics(
        "[户数: 数十户, {name: 总, value: 9万元, id: t}, {name: 分, value: 3万元, part_of: t,"
        " split: 用途}, {name: 又, value: 9万元, same_as: 总, period: 2019-2020, note: 备}]"
    )
    assert [(m.part_of, m.same_as) for m in found] == [(None, None), (0, None), (None, 0)]
    assert (found[1].split, found[2].period, found[2].note) == ("用途", (2019, 2020), "备")
    assert "unreadable-quantity" in [rule for rule, _, _ in problems]


@pytest.mark.parametrize(
    "text",
    [
        "[{name: 甲, value: 3亩, part_of: ^没有}]",
        "[{name: 甲, value: 3亩, part_of: ^甲}]",
        "[{name: 甲, value: 3亩, split: ^用途}]",
        "[{name: 乙, value: 3亩, same_as: ^甲}, 甲: 1亩, 甲: 2亩]",
        "[{name: 甲, value: 3亩, id: x}, {name: 乙, value: 3亩, id: ^x}]",
        "[{name: 甲, value: 3亩, part_of: ^乙}, {name: 乙, value: 3亩, part_of: 甲}]",
    ],
)
def test_a_reference_that_leads_nowhere_or_round_is_reported_where_it_stands(text):
    found, problems = metrics(text.replace("^", ""))
    column = len("metrics: ") + text.index("^") + 1
    assert [each for each in problems if each[0] == "metric-reference"] == [
        ("metric-reference", 7, column)
    ]
    for number, metric in enumerate(found):
        assert metric.part_of != number
        assert metric.same_as != number


def test_no_circle_of_references_is_left():
    text = ", ".join(f"{{name: m{n}, value: 1亩, part_of: m{(n + 1) % 5}}}" for n in range(5))
    found, _ = metrics(f"[{text}]")
    for start in range(5):
        step, steps = start, 0
        while step is not None:
            step, steps = found[step].part_of, steps + 1
            assert steps <= 5


# --- paths -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("a.png", "cases/x/a.png"),
        ("../b/index.md", "cases/b/index.md"),
        ("../../pages/a.md#题", "pages/a.md"),
        ("%E5%9B%BE.png", "cases/x/图.png"),
        ("./a.pdf?v=1", "cases/x/a.pdf"),
    ],
)
def test_a_link_to_a_file_is_resolved_from_the_case_file(href, path):
    found = good(path="cases/x/index.md", body=f"[甲]({href})\n")
    assert found.references == ((href, path),)


@pytest.mark.parametrize(
    "href",
    ["../../../a.png", "/.a.png", "%2e%2e/%2e%2e/%2e%2e/a.png", "a%5Cb.png", "..%5c..%5ca.png",
     "../../.git/config.txt", "a%00.png"],
)  # fmt: skip
def test_a_path_out_of_the_project_is_an_error(href):
    assert "unsafe-path" in rules_of(path="cases/x/index.md", body=f"[甲]({href})\n")
    assert "unsafe-path" in rules_of(path="cases/x/index.md", cover=f'"{href}"')


@pytest.mark.parametrize(
    "alias", ["../a.html", "a/../../b.html", "a\\\\b", "C:/a", ".git/x", "a//b"]
)
def test_an_unsafe_alias_is_an_error(alias):
    assert rules_of(aliases=f'["{alias}"]') == ["unsafe-path"]


def test_faults_of_the_body_are_found_on_their_line_of_the_file():
    _, problems = read(body="\n\n[甲](#没有)\n\n![](a.png)\n")
    assert sorted(problems) == [("missing-alt", 12, 5), ("missing-anchor", 10, 5)]


@pytest.mark.parametrize(
    "written", ["甲乙，\n  丙丁", "|\n  甲乙，\n  丙丁", ">\n  甲乙，\n  丙丁"]
)
def test_a_line_break_between_chinese_characters_leaves_no_gap_in_a_value(written):
    assert good(summary=written).summary == "甲乙，丙丁"
    assert good(summary="two words\n  and more").summary == "two words and more"
    assert good(summary="甲 乙").summary == "甲 乙"


def test_a_link_to_a_heading_that_is_there_is_fine():
    assert good(body="## 做法\n\n[见](#做法)\n").references == ()


def test_a_page_may_have_a_title_and_its_body_is_checked_like_that_of_a_case():
    text = "---\ntitel: 关于\n标题: [甲]\n---\n[甲](../../x.pdf)\n\n![](a.png)\n"
    page, _ = files.make_document("pages/about.md", text.encode(), front_matter=False)
    problems = parsing.check_page(page)
    assert [(p.rule, p.where.line, p.where.column) for p in problems] == [
        ("unknown-field", 2, 1),
        ("ignored-field", 3, 5),
        ("unsafe-path", 5, 5),
        ("missing-alt", 7, 5),
    ]
    plain, _ = files.make_document("pages/a.md", b"# A\n", front_matter=False)
    assert parsing.check_page(plain) == ()
