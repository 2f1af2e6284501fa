"""Collections whose search has an index in many files though they have few cases."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from projects import case_text

from casegen.editions.site import index, search

WORDS = ["水苔", "刺梨", "茶园", "电商", "合作社", "讲习所", "路灯", "河道"]


SENTENCES = st.lists(
    st.sampled_from(
        ["又写一句。", "路灯亮了。", "合作社的茶园，河道。", "𠮷野；龥。", "- 一\n- 二"]
    ),
    max_size=3,
).map("\n\n".join)


def shrink_index(patch: pytest.MonkeyPatch) -> None:
    """An index for collections of a few cases, with triples, in many shards."""
    patch.setattr(search, "SCAN", 3)
    patch.setattr(index, "SHARD", 100)
    patch.setattr(index, "LEAST", (1, 2, 4))


def text_of(number: int, body: str = "", title: str = "", **fields: str) -> str:
    told = {"summary": "概要", "metrics": f"[投入帮扶资金: {number}万元]"} | fields
    begun = f"{WORDS[number % 8]}和合作社的事，要从头说起，说起来话长，一时说不完。"
    lines = f"## 背景\n\n{begun}前后投入{number}万元。\n\n{body}"
    return case_text(title or f"案例{number}", lines, **told)
