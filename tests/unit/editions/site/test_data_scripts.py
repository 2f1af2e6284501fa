"""Values as scripts that browsers load from disk, and lists cut into such files."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen.editions.site.data_scripts import cut_bundles, make_hashed, read_script, write_script

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda part: st.lists(part) | st.dictionaries(st.text(), part),
    max_leaves=8,
)


@given(VALUES)
def test_a_value_comes_back_from_its_script(value):
    assert read_script(write_script("x", value)) == value


def test_a_script_puts_json_under_a_name_and_ends_no_line_of_its_own():
    text = write_script("茶", {"b": "\u2028\u2029</script>", "a": 1}).decode()
    assert text.startswith('casegen.put("\\u8336",JSON.parse("{\\"a\\":1,')
    assert not {"\u2028", "\u2029"} & set(text)
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"alert(1);\n", b'casegen.put("x",JSON.parse(5));\n', b"\xff" * 9,
     b'casegen.put("x",JSON.parse("[1));\n'],
)  # fmt: skip
def test_any_other_script_is_refused(content):
    with pytest.raises(ValueError):  # noqa: PT011 - any kind of it
        read_script(content)


def test_the_name_of_a_file_is_that_of_its_content():
    one, digits = make_hashed("names", ["茶", "果"])
    again, _ = make_hashed("names", ["茶", "果"])
    other, _ = make_hashed("names", ["果", "茶"])
    assert one.path == again.path == f"assets/names-{digits}.js"
    assert other.path != one.path
    assert json.dumps(one.path) in one.render().decode()


@given(st.lists(st.text(max_size=4), unique=True, max_size=60), st.integers(0, 60), st.text())
def test_an_item_more_changes_only_its_own_bundle(items, at, new):
    before = list(cut_bundles(items, 4, str))
    assert [item for bundle in before for item in bundle] == items
    after = list(cut_bundles([*items[:at], new, *items[at:]], 4, str))
    assert len(set(after) - set(before)) <= 2


def test_bundles_hold_as_many_items_as_is_asked_for_on_average():
    names = [f"案例{number}" for number in range(2000)]
    assert 1600 / 8 <= len(list(cut_bundles(names, 8, str))) <= 2400 / 8
    assert list(cut_bundles([], 8, str)) == []
