"""variants: traditional characters with their simplified forms."""

from casegen.chinese.variants import map_to_simplified


def test_characters_are_mapped_one_to_one_and_to_others():
    forms = map_to_simplified()
    assert {len(text) for pair in forms.items() for text in pair} == {1}
    assert [old for old, new in forms.items() if old == new] == []
    assert "".join(forms.get(char, char) for char in "鄉村振興") == "乡村振兴"
