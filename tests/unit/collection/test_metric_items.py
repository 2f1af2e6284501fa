from __future__ import annotations

import difflib

import pytest
from judged import NORMS, WHOLE

from casegen.collection import parsing
from casegen.source import files


def read(metrics, regions="[甘肃省]"):
    """The metrics of a case and the rules and messages of all faults."""
    text = WHOLE.format(title="甲", institution="某校", metrics=metrics, more="", body="正文。")
    text = text.replace("regions: [甘肃省]", f"regions: {regions}")
    document, _ = files.make_document("cases/a.md", text.encode())
    found, problems = parsing.parse_case(document, NORMS)
    assert found is not None
    return found.metrics, [(p.rule, p.message) for p in problems]


@pytest.mark.parametrize(
    "written",
    [
        "[种植面积: 100亩]",
        "{种植面积: 100亩}",
        "[{name: 种植面积, value: 100亩}]",
        "[{名称: 种植面积, 数值: 100亩}]",
    ],
)
def test_a_metric_may_be_written_short_or_long_in_either_language(written):
    [metric], problems = read(written)
    assert problems == []
    assert (metric.name, metric.indicator, metric.quantity.as_written) == (
        "种植面积",
        "planting_area",
        "100亩",
    )


def test_all_fields_of_the_long_form_are_read():
    [whole, metric], problems = read(
        "[{name: 投入帮扶资金, value: 200万元, id: t}, "
        "{name: 修渠, indicator: 投入帮扶资金, value: 120万元, part_of: t, split: 用途, "
        "category: 产业, period: 2021-2023, timing: 累计, region: 陇西县, "
        "note: 另有说明, lead: true, waive: {changed-value: 已核对}}]",
        regions="[甘肃省/定西市/陇西县, 贵州省]",
    )
    assert problems == []
    assert whole.id == "t"
    assert (metric.part_of, metric.split, metric.category) == (0, "用途", "industry")
    assert (metric.period, str(metric.timing)) == ((2021, 2023), "cumulative")
    assert (metric.region, metric.note, metric.lead) == ("甘肃省/定西市/陇西县", "另有说明", True)
    assert metric.waive == (("changed-value", "已核对"),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[种植面积: 几十亩]", "没有确定的数"),
        ("[种植面积: 100]", "计量单位"),
        ("[户数: 4户15人]", "两"),
        ("[{name: 修渠, value: 120万元, part_of: 总额}]", "总额"),
        ("[{name: 修渠, value: 120万元, category: 工业}]", "工业"),
        ("[{name: 修渠, value: 120万元, region: 四川省}]", "四川省"),
        ("[{name: 修渠, value: 120万元, timing: 去年}]", "去年"),
        ("[{name: 修渠, value: 120万元, colour: 红}]", "colour"),
    ],
)
def test_a_fault_of_a_metric_is_told_in_words_of_the_metric(written, said):
    _, problems = read(written)
    assert any(said in message for _, message in problems), problems


@pytest.mark.parametrize(
    ("region", "regions", "found"),
    [
        ("陇西县", "[甘肃省/定西市/陇西县]", ("甘肃省/定西市/陇西县", "")),
        ("四川省", "[甘肃省]", ("", "四川省")),
        ("鼓楼区", "[江苏省/南京市/鼓楼区, 江苏省/徐州市/鼓楼区]", ("", "")),
    ],
)
def test_a_region_that_the_case_does_not_list_is_kept_as_elsewhere(region, regions, found):
    [metric], _ = read(f"[{{name: 修渠, value: 120万元, region: {region}}}]", regions)
    assert (metric.region, metric.elsewhere) == found


def test_a_metric_that_cannot_be_read_leaves_the_others_in_their_places():
    metrics, problems = read(
        "[种植面积: 几十亩, {name: 总额, indicator: 投入帮扶资金, value: 200万元, id: t}, "
        "{name: 修渠, indicator: 投入帮扶资金, value: 120万元, part_of: t}]"
    )
    assert len(problems) == 1
    assert [(metric.name, metric.part_of) for metric in metrics] == [("总额", None), ("修渠", 0)]


def test_a_ring_of_references_is_told_once_and_cut_at_its_first_item():
    links = {"甲": "乙", "乙": "丙", "丙": "丁", "丁": "乙", "戊": "甲"}
    rows = [f"{{name: {name}, value: 100亩, part_of: {to}}}" for name, to in links.items()]
    metrics, problems = read(f"[{', '.join(rows)}]")
    assert [text for rule, text in problems if rule == "metric-reference"] == [
        "指标“乙”：引用绕成了一圈：“乙” → “丙” → “丁” → “乙”"
    ]
    assert [metric.part_of for metric in metrics] == [1, None, 3, 1, 0]


def test_a_name_that_several_metrics_have_names_no_one_of_them():
    rows = [
        "{name: 甲, value: 1亩}",
        "{name: 甲, value: 2亩}",
        "{name: 乙, value: 3亩, part_of: 甲}",
    ]
    metrics, problems = read(f"[{', '.join(rows)}]")
    assert [rule for rule, _ in problems] == ["metric-reference"]
    assert metrics[2].part_of is None


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("培训人数230人", "写成 培训人数: 230人"),
        ("受益户数 约120户", "写成 受益户数: 约120户"),
        ("投入资金1.5万元", "写成 投入资金: 1.5万元"),
        ("面积三百亩", "写成 面积: 三百亩"),
        ("始于2021年", "写成“名称: 数量”，如 种植面积: 100亩"),
        ("培训很多人", "写成“名称: 数量”，如 种植面积: 100亩"),
        ("培训4户15人", "写成“名称: 数量”，如 种植面积: 100亩"),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_a_row_without_its_colon_is_answered_with_the_row(row, hint, listed):
    metrics = f"\n  - {row}" if listed else row
    text = WHOLE.format(title="甲", institution="某校", metrics=metrics, more="", body="正文。")
    document, _ = files.make_document("cases/a.md", text.encode())
    _, problems = parsing.parse_case(document, NORMS)
    assert [problem.hint for problem in problems] == [hint]


def test_an_unknown_whole_is_compared_with_short_names_only(monkeypatch):
    # To compare two long names takes time that grows with the square of their length.
    compared = []
    plain = difflib.SequenceMatcher.ratio
    monkeypatch.setattr(
        difflib.SequenceMatcher, "ratio", lambda self: compared.append(self.a) or plain(self)
    )
    long = [f"{{name: {'长' * 140}{n}, value: {n}个, part_of: 短明}}" for n in range(20, 40)]
    _, problems = read(f"[{', '.join(long)}, {{name: 短名, value: 9个}}]")
    assert len([rule for rule, said in problems if "“短明”" in said]) == len(long)
    assert compared
    assert max(map(len, compared)) <= 40


def test_an_unknown_whole_is_answered_where_every_name_is_too_long_to_propose():
    text = f"[{{name: {'长' * 90}, value: 9个}}, {{name: 树, value: 8个, part_of: 果}}]"
    text = WHOLE.format(title="甲", institution="某校", metrics=text, more="", body="正文。")
    document, _ = files.make_document("cases/a.md", text.encode())
    hints = [p.hint for p in parsing.parse_case(document, NORMS)[1] if "“果”" in p.message]
    assert hints == ["给那一条加上编号（id），这里写编号；没有那一条就删去"]
