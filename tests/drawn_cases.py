"""Collections that Hypothesis draws for test_totals_property: cases with metrics of every kind."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from hypothesis import strategies as st

CATEGORIES = {"产业": "industry", "人才": "talent", "生态": "ecology"}
PROVINCES = ("甘肃省", "贵州省")
PLACES = (*PROVINCES, "贵州省/黔东南苗族侗族自治州/从江县", "贵州省/毕节市", "甘肃省/定西市/陇西县")
OVERLAP = "overlapping-figures"

WAIVED = (OVERLAP, "missing-evidence", "average-in-total")

FUNDS = ("帮扶资金", "累计帮扶资金", "投入资金", "累计投入资金", "2022年帮扶资金", "茶园资金")
MONEY = (
    "%d万元", "%d至900万元", "约%d万元", "%d余万元", "近%d万元", "%d0000元", "0.%d亿元",
    "%d万元以上", "不超过%d万元", "仅%d万元", "%d万多元",
)  # fmt: skip
THINGS: tuple[Thing, ...] = (
    *((name, "投入帮扶资金", MONEY) for name in FUNDS),
    ("培训人数", "培训人数", ("%d人", "%d余人", "%d名")),
    ("累计培训人数", "培训人数", ("%d人",)),
    ("累计培训", "培训人次", ("%d人次",)),
    ("培训人次", "培训人次", ("%d人次",)),
    ("村集体经济收入", "村集体经济收入", ("%d万元",)),
    ("2021年村集体经济收入", "村集体经济收入", ("%d万元",)),
    ("水苔种植面积", "种植面积", ("%d亩", "%d公顷", "%d多亩")),
    ("刺梨种植面积", "种植面积", ("%d亩",)),
    ("帮扶村数", "帮扶村数", ("%d个",)),
    ("接待游客", "接待游客", ("%d万人次",)),
    ("选派驻村干部", "选派驻村干部", ("%d人", "%d名")),
    ("桌凳", "捐赠物资数量", ("%d套",)),
    ("书籍", "捐赠物资数量", ("%d本", "%d套")),
    ("户均增收", "带动增收总额", ("%d00元",)),
    ("就业率", "比率", ("%d%%",)),
    ("自筹资金", "自筹资金", ("%d万元",)),
)
YEARS = ("2020", "2022", "2023", "2021-2023", "2019-2022", "2012-2020")
# Words of a sentence before the figure, with the timing and the year that they give it.
AHEAD = (
    ("", "", ""), ("当年", "yearly", ""), ("先后", "cumulative", ""), ("2022年", "", "2022"),
    ("2023年全年", "yearly", "2023"), ("自2021年以来", "cumulative", ""),
)  # fmt: skip
Row = dict[str, object]
Thing = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Drawn:
    """A case: front matter, metrics as written, the words before each in its sentence, its body."""

    front: dict[str, str]
    rows: list[Row]
    ahead: dict[str, str] = field(default_factory=dict)  # by the name and value of a metric
    body: str = "正文。"

    @property
    def file(self) -> str:
        lines = [f"{key}: {value}" for key, value in self.front.items()]
        lines.append("metrics: " + json.dumps(self.rows, ensure_ascii=False))
        return "---\n" + "\n".join(lines) + f"\n---\n\n{self.body}\n"


@st.composite
def metric_rows(draw: st.DrawFn, regions: list[str], things: tuple[Thing, ...]) -> list[Row]:
    """Metrics of a case; no two have one value, so that each has a sentence of its own.

    Where a collection is about few things, their years and timings are often written.
    """
    rows: list[Row] = []
    few = len(things) < len(THINGS)
    for number in range(draw(st.integers(0, 5))):
        name, indicator, forms = draw(st.sampled_from(things))
        value = draw(st.sampled_from(forms)) % (draw(st.sampled_from((20, 50, 90))) + number)
        row: Row = {"name": name, "indicator": indicator, "value": value, "id": f"m{number}"}
        if few or draw(st.booleans()):
            row["period"] = draw(st.sampled_from(YEARS))
        if draw(st.integers(0, 3)) == 0 or (few and draw(st.booleans())):
            row["timing"] = draw(st.sampled_from(("当年", "累计", "累计", "期末")))
        if draw(st.integers(0, 6 if few else 2)) == 0:
            # 昆明市 is a place that no case lists.
            row["region"] = draw(st.sampled_from([*regions, "昆明市"])).rpartition("/")[2]
        if draw(st.integers(0, 2)) == 0:
            row["category"] = draw(st.sampled_from(sorted(CATEGORIES)))
        if draw(st.integers(0, 3)) == 0:
            rule = OVERLAP if few else draw(st.sampled_from(WAIVED))
            row["waive"] = {rule: "两笔不同的钱，已核对"}
        if number and draw(st.integers(0, 4)) == 0:
            key = draw(st.sampled_from(("part_of", "same_as")))
            row[key] = f"m{draw(st.integers(0, number - 1))}"
        rows.append(row)
    return rows + (draw(divided_wholes()) if draw(st.booleans()) else [])


@st.composite
def divided_wholes(draw: st.DrawFn) -> list[Row]:
    """A whole, its parts and parts of a part, which make it or do not."""
    rows: list[Row] = [{"name": "项目资金", "value": "700万元", "id": "whole"}]
    parts = (
        ("修渠", "500万元", "whole"),
        ("建棚", draw(st.sampled_from(("200万元", "150万元"))), "whole"),
        ("东渠", "310万元", "修渠"),
        ("西渠", "190万元", "修渠"),
    )
    for name, value, whole in parts[: draw(st.sampled_from((2, 4)))]:
        row: Row = {"name": name, "indicator": "项目资金", "value": value, "part_of": whole}
        if category := draw(st.sampled_from(("产业", "生态", "人才", "生态", ""))):
            row["category"] = category
        rows.append(row)
    return rows


@st.composite
def collections(draw: st.DrawFn) -> dict[str, Drawn]:
    """The cases of a collection by slug."""
    cases = {}
    things, places, owners = THINGS, PLACES, ("甲校（西区）", "甲校(西区)", "乙校")
    if draw(st.booleans()):  # all about one thing of one institution in one place
        things = tuple(draw(st.lists(st.sampled_from(THINGS[:10]), min_size=1, max_size=2)))
        places, owners = PLACES[2:3], owners[:2]
    for number in range(draw(st.integers(1, 5))):
        regions = draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True))
        rows = draw(metric_rows(regions, things))
        front = {
            "title": f"案例{number}",
            "institution": draw(st.sampled_from(owners)),
            "regions": "[" + ", ".join(regions) + "]",
            "date": draw(st.sampled_from(("2022-05-01", "2023-05-01"))),
            "period": draw(st.sampled_from(("2022", "2023", "2021-2023"))),
            "categories": draw(st.sampled_from(("[产业]", "[产业, 人才]", "[人才, 生态]"))),
            "status": draw(st.sampled_from(("published", "published", "draft", "withdrawn"))),
        }
        if draw(st.integers(0, 4)) == 0:
            front["waive"] = "{overlapping-figures: 已与供稿单位核对}"
        # Some sentences are left out: their metrics are in doubt.
        told = [row for row in rows if draw(st.integers(0, 6))]
        # A year before a name with a year would contradict it.
        ahead = {
            f"{r['name']}{r['value']}": ""
            if str(r["name"])[0] == "2"
            else draw(st.sampled_from(AHEAD))[0]
            for r in told
        }
        body = "\n\n".join(f"{words}{said}。" for said, words in ahead.items()) or "正文。"
        cases[f"c{number}"] = Drawn(front, rows, ahead, body)
    return cases
