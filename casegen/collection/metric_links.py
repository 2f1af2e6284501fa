"""metric_links: which item of the metrics another one names, as its whole or as the same figure.

Secret: that an item is named by its id or by its name, and which of several is meant; circles.
Not here: how an item is written (metric_items), what a part or a repeat means for totals (totals).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casegen.collection.metric import Metric
from casegen.problem import Severity
from casegen.source.schema import Faults, Path, name_closest

_LISTED = 8  # items that a message lists
_ASKED = 200  # a hint proposes names only of so many items before and after an item
_LONGEST = 40  # characters of such a name: the time to compare two grows with the square of them
_BY_ID = "给那一条加上编号（id），这里写编号；没有那一条就删去"


@dataclass(frozen=True, slots=True)
class Item:
    """An item as read: its path, its values by English keys, their marks; None for no metric."""

    at: Path
    values: Mapping[str, Any]
    marks: Mapping[Path, tuple[int, int]]
    metric: Metric | None


def link_items(
    items: Sequence[Item], faults: Faults
) -> tuple[Sequence[int | None], Sequence[int | None]]:
    """Return for each item the position of its whole, and of the one that it repeats."""
    _check_ids(items, faults)
    known = _Names.of(items)
    whole = [_find_named(items, known, (n, "part_of"), faults) for n in range(len(items))]
    same = [_find_named(items, known, (n, "same_as"), faults) for n in range(len(items))]
    _break_cycles(items, whole, same, faults)
    return whole, same


def _check_ids(items: Sequence[Item], faults: Faults) -> None:
    seen: dict[str, Item] = {}
    for item in items:
        name = item.values.get("id", "")
        if name and name in seen:
            line = seen[name].marks[seen[name].at][0]
            _say(faults, item, "id", f"编号“{name}”在第 {line} 行已经用过", "换一个编号")
        elif name:
            seen[name] = item


@dataclass(frozen=True, slots=True)
class _Names:
    """The positions of the items that have an id or a name; of each id the first."""

    ids: Mapping[str, int]
    names: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, items: Sequence[Item]) -> _Names:
        ids: dict[str, int] = {}
        names: defaultdict[str, list[int]] = defaultdict(list)
        for n, item in enumerate(items):
            ids.setdefault(item.values.get("id", ""), n)
            names[item.values.get("name", "")].append(n)
        return cls(ids, names)


def _find_named(
    items: Sequence[Item], known: _Names, link: tuple[int, str], faults: Faults
) -> int | None:
    """Return the position of the item that another one names by id or by its name, else None.

    `link` is the position of the other item, and the key under which it names one.
    """
    number, key = link
    item = items[number]
    wanted = item.values.get(key, "")
    if not wanted:
        if key == "part_of" and item.values.get("split"):
            _say(
                faults,
                item,
                "split",
                "写了口径（split），没有写属于哪一项（part_of）",
                "加上 part_of（属于），或删去 split",
            )
        return None
    found = [known.ids[wanted]] if wanted in known.ids else []
    if not found:
        named = known.names.get(wanted, ())
        found = [n for n in named[: _LISTED + 1] if n != number] or list(named[:1])
    if len(found) == 1 and found[0] != number:
        return found[0]
    if not found:
        near = items[max(0, number - _ASKED) : number + _ASKED]
        others = [other.values for other in near if other is not item]
        said = [v[k] for v in others for k in ("id", "name") if 0 < len(v.get(k, "")) <= _LONGEST]
        _say(
            faults,
            item,
            key,
            f"没有编号或名称为“{wanted}”的指标",
            name_closest(wanted[:_LONGEST], said, 0.3)[:80] if said else _BY_ID,
        )
    elif len(found) > 1:
        lines = "、".join(str(items[n].marks[items[n].at][0]) for n in found[:_LISTED])
        more = "等" * (len(found) > _LISTED)
        _say(
            faults,
            item,
            key,
            f"有几条指标都叫“{wanted}”（第 {lines} 行{more}），不知指哪一条",
            "给那一条加上编号（id），这里写编号",
        )
    else:
        _say(faults, item, key, f"“{wanted}”指的是它自己", "写另一条指标的编号或名称")
    return None


def _break_cycles(
    items: Sequence[Item], whole: list[int | None], same: list[int | None], faults: Faults
) -> None:
    """Report references that lead back to their start, and cut each such cycle once."""
    for links, key in ((whole, "part_of"), (same, "same_as")):
        settled: set[int] = set()  # items that lead to an end
        for start in range(len(items)):
            path = {start: None}
            step = links[start]
            while step is not None and step not in settled and step not in path:
                path[step] = None
                step = links[step]
            if step in path:
                ring = list(path)[list(path).index(step) :]
                first = ring.index(min(ring))
                ring = ring[first:] + ring[:first]
                names = [f"“{items[n].values.get('name', '')}”" for n in (*ring, ring[0])]
                shown = names if len(names) <= _LISTED else [*names[:_LISTED], "……"]
                _say(
                    faults,
                    items[ring[0]],
                    key,
                    f"引用绕成了一圈：{' → '.join(shown)}",
                    "整体不能又是自己的部分；删去其中一个",
                )
                links[ring[0]] = None
            settled |= path.keys()


def _say(faults: Faults, item: Item, key: str, message: str, hint: str) -> None:
    known = faults.within(item.marks)
    name = item.values.get("name", "")
    message = f"指标“{name}”：{message}"
    known.add("metric-reference", Severity.WARNING, message, (*item.at, key), hint=hint)
