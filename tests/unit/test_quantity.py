from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from casegen.quantity import Quantity, Unreadable, base, read

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "tables" / "quantities.yml").read_text("utf-8")
)


def both(value: Any) -> tuple[Fraction, Fraction]:
    low, high = value if isinstance(value, list) else (value, value)
    return Fraction(low), Fraction(high)


@pytest.mark.parametrize("written", TABLE["读得出"])
def test_a_quantity_is_read_as_the_table_says(written):
    value, unit, qualifier, base_value, base_unit = TABLE["读得出"][written]
    quantity = read(written)
    assert isinstance(quantity, Quantity)
    assert (quantity.low, quantity.high) == both(value)
    assert (quantity.unit, str(quantity.qualifier)) == (unit, qualifier)
    measure = base(quantity)
    assert (measure.low, measure.high) == both(base_value)
    assert measure.unit == base_unit
    assert quantity.as_written == written


@pytest.mark.parametrize("written", TABLE["读不出"])
def test_what_is_no_quantity_says_why_and_how_to_mend_it(written):
    found = read(written)
    assert isinstance(found, Unreadable)
    assert TABLE["读不出"][written] in found.reason
    assert found.hint
