"""periods: the years of a case, where they are not written as 2021 or 2021-2023.

Secret: how people write years and spans of years, and what they mean by it.
Not here: which spellings are accepted (kinds), days and months (dates).
"""

from __future__ import annotations

import re

from casegen.chinese.plans import PLANS

_YEARS = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_SHORT_YEARS = re.compile("([0-4][0-9])年?[-—–~～至到]+([0-4][0-9])年?")  # 20-22年
_TAIL_YEAR = re.compile("[0-9]{4}年?[-—–~～至到/]+([0-9]{2})年?$")  # 2020-22


def propose_period(text: str) -> str:
    """Say how to write a period whose years a text names."""
    years = [year for year in _YEARS.findall(text) if year != "0000"]
    if years and re.search("起|今|以来|[-—–~～至到]$", text):
        return f"写上到哪一年为止，如 {years[0]}-{int(years[0]) + 1}；只是那一年，写成 {years[0]}"
    if not years and (short := _SHORT_YEARS.fullmatch(text)):
        years = [f"20{part}" for part in short.groups() if part]
    if not years:
        plan = next((span for name, span in PLANS.items() if name in text), None)
        if plan is None:
            return "写起止的年份，如 2021-2023；只是一年，就写那一年"
        return f"写成 {plan[0]}-{plan[1]}"
    if len(years) == 1 and (tail := _TAIL_YEAR.search(text)):
        years.append(years[0][:2] + tail[1])
    first, last = min(years), max(years)
    return f"写成 {first}" if first == last else f"写成 {first}-{last}"
