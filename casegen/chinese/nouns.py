"""nouns: what 个, 名, 家 and 位 count: people, homes or things, by the noun after them.

Secret: which nouns are people and homes, and which only begin like one (儿童乐园, 农户合作社).
Not here: the nouns themselves (data/prose.json).
"""

from __future__ import annotations

import re
from functools import cache

from casegen.chinese.characters import HAN
from casegen.chinese.word_lists import match_any

_FARMS = re.compile(f"[{HAN}]{{0,4}}(?:农|困难|贫困|脱贫|养殖|种植|监测)户")
_COUNTERS = frozenset("个名家位")
# 5名贫困户女童 are children, though a word for homes is before them.
_OF_HOMES = re.compile(
    "(?:家庭|户)(?:的)?(?:学生|子女|儿童|孩子|女童|男童|大学生|劳动力|老人|代表)"
)


@cache
def _compile_homes() -> re.Pattern[str]:
    return re.compile(f"{match_any('households')}(?!{match_any('not_households_after')})")


@cache
def _compile_people() -> re.Pattern[str]:
    return re.compile(f"{match_any('people')}(?!{match_any('not_people_after')})")


def find_counted_unit(counter: str, noun: str) -> str:
    """Return 户 or 人 if a counter before this noun counts homes or people; else ""."""
    if counter not in _COUNTERS:
        return ""
    if counter == "家":  # 150家农户 are homes, 3家农户合作社 are not
        return "户" if _FARMS.fullmatch(noun) else ""
    if _compile_homes().search(noun) and not _OF_HOMES.search(noun):
        return "户"
    people = _compile_people().search(noun)
    if people and "的" not in noun[: people.start()]:
        return "人"
    return "人" if re.match("孤|留守|困境|贫困生|困难生", noun) else ""


@cache
def _compile_named(heading: str) -> re.Pattern[str]:
    return re.compile(f"{match_any(heading)}(?:人?数|户?数)?$")


def names_people(name: str) -> bool:
    """Return whether the head of a name is a noun for people (结对重度残疾人)."""
    return _compile_named("people").search(name) is not None


def names_homes(name: str) -> bool:
    """Return whether the head of a name is a noun for homes (困难家庭)."""
    return name.endswith("户") or _compile_named("households").search(name) is not None
