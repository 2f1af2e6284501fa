from __future__ import annotations

import pytest

from casegen.chinese import reading_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("字" * 100, 1),
        ("字" * 1600, 4),
        ("字，" * 1600, 4),  # punctuation takes no time of its own
        ("word " * 238 * 3, 3),
        ("word " * 238 + "字" * 400, 2),
        ("2023 " * 476, 2),
        ("[字](https://example.edu.cn/a-b-c.html)" * 238, 1),
    ],
)
def test_reading_takes_a_minute_for_400_characters_or_238_words(text: str, expected: int) -> None:
    assert reading_time.count_minutes(text) == expected
