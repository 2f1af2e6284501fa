"""The digest of what a template may read."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from casegen.editions.site.view_digest import View, digest_value


@dataclass(frozen=True)
class Part(View):
    name: str
    number: int = 0


@dataclass(frozen=True)
class Other(View):
    name: str
    number: int = 0


@dataclass(frozen=True)
class Whole(View):
    parts: tuple[Part, ...]
    note: str = ""


WHOLE = Whole((Part("茶", 1), Part("果")), "甲")


def test_equal_views_have_one_digest():
    assert WHOLE.digest == Whole((Part("茶", 1), Part("果")), "甲").digest
    assert digest_value(WHOLE) == digest_value(replace(WHOLE))
    assert len(WHOLE.digest) == 32


@pytest.mark.parametrize(
    "other",
    [
        replace(WHOLE, note="乙"),
        replace(WHOLE, parts=(Part("茶", 2), Part("果"))),
        replace(WHOLE, parts=(Part("果"), Part("茶", 1))),
        replace(WHOLE, parts=(Other("茶", 1), Part("果"))),
        Whole((Part("茶", 1),), "甲"),
    ],
)
def test_a_change_anywhere_changes_the_digest(other):
    assert other.digest != WHOLE.digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", 1),
        (1, True),
        (1, Decimal(1)),
        (("a", "b"), ("a,b",)),
        (("a", ("b",)), ("a", "b")),
        ("", None),
        ((), ""),
    ],
)
def test_values_of_two_kinds_have_two_digests(one, other):
    assert digest_value(one) != digest_value(other)
