"""metric_items: metric items as a case writes them, short and long, and the metrics they make.

Secret: the shapes in which an item may be written.
Not here: how items refer to one another (metric_links), reading a quantity (quantity), indicators
and sums (totals), other fields (case).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casegen.chinese.quantity import Unreadable, read_quantity
from casegen.chinese.region import Region
from casegen.collection.indicator import TIMINGS, Timing
from casegen.collection.metric import Metric
from casegen.collection.metric_links import Item, link_items
from casegen.collection.vocabulary import Vocabulary
from casegen.problem import Severity
from casegen.source import kinds
from casegen.source.pairs import list_pairs, write_pairs
from casegen.source.schema import KEY, Faults, Field, Path, name_closest, rename_keys

METRIC_FIELDS = (
    Field("name", "名称", "text", "指标的名称，照原文写", required=True, example="投入资金"),
    Field(
        "indicator", "指标类", "text", "词表里的指标名或键", default="按名称和同义词查找",
        example="投入帮扶资金",
    ),
    Field("value", "数值", "text", "数量，照原文写", "83.5万元、460余人次", required=True,
          example="200万元"),
    Field("unit", "计量单位", "text", "数值只写数字时，单位写在这里", example="万元"),
    Field("category", "类别", "text", "归入哪一类",
          default="整数由写明类别的部分定，否则案例唯一的类别，否则指标通常的类别", example="组织"),
    Field("period", "时段", "period", "数字所属的年份", "2021 或 2021-2023",
          default="名称或原句里的年份，否则案例的时段", example="2021"),
    Field("timing", "时间口径", "text", "是一年里发生的、累计的，还是期末的存量",
          "当年 累计 期末（或 yearly cumulative standing）", default="由名称、原句、时段和指标推定",
          example="累计", choices=tuple(TIMINGS)),
    Field("region", "地区", "text", "是案例哪一处的数：写那一处的全称，或它末尾的几级",
          default="案例只有一处的，就是那一处", example="陇西县"),
    Field("lead", "首要", "switch", "是否先显示，最多写四条", "true 或 false", default="false",
          example="true"),
    Field("waive", "豁免", "words", "哪条规则对这一条不适用，为什么", "{规则名: 理由}",
          example="{doubtful-evidence: 已核对}"),
    Field("id", "编号", "text", "供别的指标引用的短名", example="total"),
    Field("part_of", "属于", "text", "它是哪一项的一部分：写那一项的编号或名称", example="total"),
    Field("split", "口径", "text", "按什么划分：同一整体可按来源、按用途各分一次", example="用途"),
    Field("same_as", "同", "text", "与哪一项说的是同一件事：写那一项的编号或名称",
          example="total"),
    Field("note", "备注", "text", "给读者的说明", example="含前期投入"),
)  # fmt: skip
_LONG = frozenset(name for f in METRIC_FIELDS for name in (f.key, f.label))

_NAMED = re.compile(
    r"([^\W\d_]{2,20}?)[ \u3000]{0,9}((?:约|近|超过|超)?[ ]?[\d一二两三四五六七八九十].{0,40})"
)
_NO_VALUE = "写上数量，如 200万元；还没有数，就删去这一条"
_YEAR = re.compile(r"[12]\d{3}年")  # 始于2021年 states no result


@dataclass(frozen=True, slots=True)
class Setting:
    """What an item takes from its case."""

    regions: tuple[Region, ...]  # of the case
    known: Mapping[str, str]  # category key or name -> key
    vocabulary: Vocabulary


def read_metrics(
    value: Any, setting: Setting, faults: Faults, at: Path
) -> tuple[tuple[Metric, ...], tuple[tuple[int, int], ...]]:
    """Return the metrics of a case and the mark of each; items that cannot be read are left out.

    `value` is as written, `at` its path among the marks that `faults` knows. A mark is line and
    column, both from 1.
    """
    items = [_item(*given, setting, faults) for given in _items(value, at, faults)]
    whole, same = link_items(items, faults)
    place = {n: i for i, n in enumerate(n for n, item in enumerate(items) if item.metric)}
    made = []
    marks = []
    for n, item in enumerate(items):
        if item.metric is None:
            continue
        made.append(replace(item.metric, part_of=_at(place, whole[n]), same_as=_at(place, same[n])))
        marks.append(item.marks[item.at])
    return tuple(_fewer_leads(made, items, faults)), tuple(marks)


def _at(place: Mapping[int, int], number: int | None) -> int | None:
    return None if number is None else place.get(number)


def _items(value: Any, at: Path, faults: Faults) -> list[tuple[Path, dict[str, Any], Path]]:
    """Return each item: its path, its values under written keys, the path of its first key."""
    found: list[tuple[Path, dict[str, Any], Path]] = []
    if isinstance(value, dict) and not {"name", "名称"}.isdisjoint(value):
        return [(at, value, at)]
    if isinstance(value, dict):
        return [_named(name, part, (*at, name)) for name, part in value.items()]
    if not isinstance(value, list | tuple):
        _malformed(faults, at, value)
        return []
    for number, item in enumerate(value):
        here = (*at, number)
        if not isinstance(item, dict):
            if item is not None:
                _malformed(faults, here, item)
        elif _LONG.isdisjoint(item):
            found += [_named(name, part, (*here, name)) for name, part in item.items()]
        else:
            found.append((here, item, here))
    return found


def _named(name: str, part: Any, at: Path) -> tuple[Path, dict[str, Any], Path]:
    """Return an item with its name: a quantity, or the rest of a long item."""
    if isinstance(part, dict):
        return at, {"name": name, **part}, at
    return at, {"name": name, "value": part}, ()


def _parted(text: str) -> str:
    """Return a hint how to write 培训人数230人 as a row; "" for a text of another form."""
    found = _NAMED.fullmatch(text.strip())
    if not found or _YEAR.match(found[2]) or isinstance(read_quantity(found[2], None), Unreadable):
        return ""
    return f"写成 {found[1]}: {found[2]}"


def _malformed(faults: Faults, at: Path, item: object) -> None:
    hint = (isinstance(item, str) and _parted(item)) or "写成“名称: 数量”，如 种植面积: 100亩"
    found = list_pairs(item) if isinstance(item, str) else ()
    if len(found) == 1:
        hint = "冒号要用半角，后面加一个空格：" + ": ".join(found[0])[:40]
    elif isinstance(item, str) and found:
        hint = (
            f"写成 {write_pairs(item, '[]')}"
            if len(at) == 1
            else "一条写一项：" + "；".join(": ".join(pair) for pair in found)
        )
    faults.add(
        "malformed-metric", Severity.WARNING, "这一条指标的写法不对，没有读入", at, hint=hint
    )


def _item(at: Path, written: dict[str, Any], long: Path, setting: Setting, faults: Faults) -> Item:
    values: dict[str, Any] = written
    marks: dict[Path, tuple[int, int]] = {}
    if long:
        values, marks = rename_keys(METRIC_FIELDS, written, faults.marks, faults, at)
        start = faults.where(at)
    else:
        start = faults.where((*at, KEY))
        number = faults.where(at)
        marks["value",] = number.line, number.column
    inner = faults.within(
        {at: (start.line, start.column)} | {(*at, *p): place for p, place in marks.items()}
    )
    typed, wrong = kinds.read_fields(
        METRIC_FIELDS, {k: v for k, v in values.items() if v is not None}
    )
    for fault in wrong:
        inner.add(
            "malformed-metric",
            Severity.WARNING,
            f"指标：{fault.message}",
            (*at, *fault.at),
            hint=fault.hint,
        )
    missing = [f.label for f in METRIC_FIELDS if f.required and f.key not in values]
    missing += [f.label for f in METRIC_FIELDS if f.required and values.get(f.key, "") is None]
    metric = None
    if missing:
        name = f"“{typed['name']}”" if "name" in typed else ""
        only_value = name and "value" not in typed
        inner.add(
            "malformed-metric",
            Severity.WARNING,
            f"指标{name}缺少{'、'.join(missing)}，没有读入",
            at,
            hint=_NO_VALUE if only_value else "长写法：{名称: 投入资金, 数值: 200万元}",
        )
    elif "name" in typed and "value" in typed:
        metric = _metric(at, typed, setting, inner)
    return Item(at, typed, inner.marks, metric)


def _metric(at: Path, typed: Mapping[str, Any], setting: Setting, faults: Faults) -> Metric | None:
    quantity = read_quantity(typed["value"], typed.get("unit"))
    name = typed["name"]
    if isinstance(quantity, Unreadable):
        faults.add(
            "unreadable-quantity",
            Severity.WARNING,
            f"指标“{name}”的数值“{typed['value']}”没有读懂：{quantity.reason}",
            (*at, "value"),
            hint=quantity.hint,
        )
        return None
    vocabulary = setting.vocabulary
    given = typed.get("indicator", "")
    indicator = vocabulary.get(given) if given else vocabulary.recognise(name, quantity.unit)
    region, elsewhere = _region(at, typed, setting, faults)
    return Metric(
        name=name,
        indicator=indicator.key if indicator else "",
        asked="" if indicator else given,
        quantity=quantity,
        period=typed.get("period"),
        category=_category(at, typed, setting, faults),
        timing=_timing(at, typed, faults),
        region=region,
        elsewhere=elsewhere,
        lead=typed.get("lead", False),
        waive=typed.get("waive", ()),
        id=typed.get("id", ""),
        split=typed.get("split", ""),
        note=typed.get("note", ""),
    )


def _category(at: Path, typed: Mapping[str, Any], setting: Setting, faults: Faults) -> str:
    """Return the key of the category as written; "" for none, or for one that is unknown."""
    own = typed.get("category", "")
    if own:
        if own in setting.known:
            return setting.known[own]
        faults.add(
            "unknown-metric-category",
            Severity.WARNING,
            f"不认识的类别“{own}”",
            (*at, "category"),
            hint=name_closest(own, list(setting.known)),
        )
    return ""


def _timing(at: Path, typed: Mapping[str, Any], faults: Faults) -> Timing | None:
    written = typed.get("timing", "")
    if not written:
        return None
    found = TIMINGS.get(written, written.lower())
    if found in set(Timing):
        return Timing(found)
    faults.add(
        "ignored-field",
        Severity.WARNING,
        f"不认识的时间口径“{written}”，没有采用",
        (*at, "timing"),
        hint="写 当年、累计、期末 之一，或不写",
    )
    return None


def _region(
    at: Path, typed: Mapping[str, Any], setting: Setting, faults: Faults
) -> tuple[str, str]:
    """Return the full name of the case's region that ends as written, and what none ends as."""
    written = typed.get("region", "")
    if not written:
        return "", ""
    found = [place for place in setting.regions if place.text == written]
    found = found or [
        place
        for place in setting.regions
        if place.text.endswith(written) or place.label.endswith(written)
    ]
    if len(found) == 1:
        return found[0].text, ""
    unread = (p.message for p in faults.found if p.rule == "malformed-region")
    if not found and any(written in message for message in unread):
        return "", written  # the place is listed, and its own fault is reported
    which = "案例所列的地区里没有" if not found else "案例所列的地区里不止一处是"
    known = [place.text for place in (found or setting.regions)]
    hint = f"写全称：{'，或 '.join(known)}" if known else "先在 regions（地区）里列出这一处"
    if not found and known:
        hint += "；是别处，就先在 regions（地区）里列出"
    faults.add(
        "ignored-field",
        Severity.WARNING,
        f"{which}“{written}”，{'没有采用' if found else '计入未分地区'}",
        (*at, "region"),
        hint=hint,
    )
    return "", "" if found else written


MOST_LEADS = 4


def _fewer_leads(made: list[Metric], items: Sequence[Item], faults: Faults) -> list[Metric]:
    """Return the metrics with no more than four that lead; the others are reported."""
    leads = [n for n, metric in enumerate(made) if metric.lead]
    kept = [item for item in items if item.metric]
    for n in leads[MOST_LEADS:]:
        made[n] = replace(made[n], lead=False)
        known = Faults(faults.path, kept[n].marks)
        known.add(
            "ignored-field",
            Severity.WARNING,
            f"首要（lead）最多写四条，“{made[n].name}”是第五条以后的，没有采用",
            (*kept[n].at, "lead"),
            hint="去掉几条的 lead",
        )
        faults.found += known.found
    return made
