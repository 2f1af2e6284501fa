from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casegen.source import encoding

TABLE = yaml.safe_load(
    (Path(__file__).parents[2] / "tables" / "encodings.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_bytes_are_read_as_the_table_says(row):
    decoded, problems = encoding.decode(bytes.fromhex(str(row["bytes"])), "a.md")
    if "text" in row:
        assert (decoded.text, decoded.encoding) == (row["text"], row["encoding"])
        assert [problem.rule for problem in problems] == row.get("notes", [])
    else:
        assert decoded is None
        (problem,) = problems
        assert problem.rule == "unreadable"
        assert f"{problem.where.line}:{problem.where.column}" == row["at"]


def test_a_file_over_four_megabytes_is_refused_with_its_size():
    decoded, (problem,) = encoding.decode(b"a" * (encoding.LIMIT + 1), "a.md")
    assert decoded is None
    assert "4.0 MB" in problem.message


def test_a_file_of_exactly_four_megabytes_is_read():
    decoded, problems = encoding.decode(b"a" * encoding.LIMIT, "a.md")
    assert decoded is not None
    assert problems == ()


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Co", "Cf", "Zl", "Zp", "Cn"]), min_size=1
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
)
def test_what_is_written_in_an_encoding_is_read_back(text, name):
    decoded, _ = encoding.decode(encoding.encode(text, name), "a.md")
    assert (decoded.text, decoded.encoding) == (text, name)


@given(st.binary())
def test_any_bytes_give_text_or_a_reason(data):
    decoded, problems = encoding.decode(data, "a.md")
    assert decoded is not None or problems


@pytest.mark.parametrize(
    "character", ["\ue000", "\uf8ff", "\U000f0000", "\U0010fffd", "\u202e", "\u200f", "\u061c"]
)
def test_private_and_turning_characters_become_spaces_and_are_named(character):
    decoded, (problem,) = encoding.decode(f"甲\n茶{character}叶".encode(), "a.md")
    assert decoded.text == "甲\n茶 叶"
    assert problem.rule == "control-character"
    assert f"U+{ord(character):04X}" in problem.message
    assert (problem.where.line, problem.where.column) == (2, 2)


@pytest.mark.parametrize("character", ["\u200b", "\u2060", "\xad", "\u3164"])
def test_invisible_characters_stay_and_are_named(character):
    decoded, (problem,) = encoding.decode(f"茶{character}叶".encode(), "a.md")
    assert decoded.text == f"茶{character}叶"
    assert f"U+{ord(character):04X}" in problem.message


def test_a_joined_sign_is_no_invisible_character():
    assert encoding.decode("👨‍👩‍👧 བོད".encode(), "a.md")[1] == ()
