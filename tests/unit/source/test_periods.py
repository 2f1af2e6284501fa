"""periods: years as people write them are answered with the years as they must be written."""

import pytest

from casegen.source.periods import propose_period


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("十三五期间", "写成 2016-2020"),
        ("20-22年", "写成 2020-2022"),
        ("2020/22", "写成 2020-2022"),
        ("2019、2020、2021", "写成 2019-2021"),
        ("2021年起", "写上到哪一年为止，如 2021-2022；只是那一年，写成 2021"),
        ("近几年", "写起止的年份，如 2021-2023；只是一年，就写那一年"),
    ],
)
def test_years_are_proposed(text, hint):
    assert propose_period(text) == hint
