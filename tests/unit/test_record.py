from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen import record

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_an_object_of_texts_and_whole_numbers_is_read():
    assert record.load_record(b'{"a": ["b", 1, true, null]}') == {"a": ["b", 1, True, None]}


@pytest.mark.parametrize(
    "written",
    [b"", b"[]", b"3", b"{", b"\xff", b'{"a": 1.5}', b'{"a": 1e999}', b'{"a": NaN}',
     b'{"a": -Infinity}', b'{"a": 99999999999999999999}', b'{"a": 1, "a": 2}',
     b"[" * 200_000, b'{"a":' * 200_000, b'{"a": ' + b"9" * 10_000 + b"}"],
)  # fmt: skip
def test_anything_else_is_damaged(written):
    with pytest.raises(record.DamagedError):
        record.load_record(written)


def test_a_record_longer_than_its_bound_is_damaged():
    assert record.load_record(b'{"a": 1}', 8)
    with pytest.raises(record.DamagedError):
        record.load_record(b'{"a": 1} ', 8)


@pytest.mark.parametrize(
    "text", [1, None, "a\0b", "\ud800", "a\nb", "\u202e", "\ue000", "x" * 1001]
)
def test_a_text_that_cannot_be_shown_is_damaged(text):
    with pytest.raises(record.DamagedError):
        record.read_short_text(text)


@given(st.text(st.characters(), max_size=1200))
def test_what_is_made_to_fit_is_read_again(text):
    fitted = record.fit_text(text)
    assert record.read_short_text(fitted) == fitted


@pytest.mark.parametrize("number", [-1, True, 1.0, "1", None])
def test_a_number_is_whole_and_not_below_zero(number):
    with pytest.raises(record.DamagedError):
        record.read_count(number)


@given(JSON | st.text())
def test_any_json_is_read_or_damaged_and_nothing_else(value):
    try:
        found = record.load_record(json.dumps(value).encode())
    except record.DamagedError:
        return
    assert found == value
