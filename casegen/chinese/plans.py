"""plans: the years of the five-year plans, by the numbers they are named with (十三五).

Secret: none; the plans are public (国民经济和社会发展五年规划纲要).
Not here: which years a sentence means (collection.timing), how to write them (source.periods).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PLANS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "十一五": (2006, 2010),
        "十二五": (2011, 2015),
        "十三五": (2016, 2020),
        "十四五": (2021, 2025),
        "十五五": (2026, 2030),
    }
)
