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
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"]), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
)
def test_what_is_written_in_an_encoding_is_read_back(text, name):
    decoded, _ = encoding.decode(encoding.encode(text, name), "a.md")
    assert (decoded.text, decoded.encoding) == (text, name)


@given(st.binary())
def test_any_bytes_give_text_or_a_reason(data):
    decoded, problems = encoding.decode(data, "a.md")
    assert decoded is not None or problems
