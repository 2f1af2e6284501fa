from __future__ import annotations

import time

import pytest
from jinja2.exceptions import SecurityError

from casegen.editions.site import sandbox
from casegen.editions.site.sandbox import Sandbox, TooLongError, limit_time


@pytest.mark.parametrize(
    "written",
    [
        "'x' * 99999999",
        "99999999 * [1]",
        "9 ** 99999",
        "2 ** (9 ** 9)",
        "n * n",
        "9 ** (0 - 99999)",
    ],
)
def test_a_product_that_would_be_too_large_is_refused(written):
    with pytest.raises(SecurityError):
        Sandbox().from_string("{{ " + written + " }}").render(n=2**6000)


@pytest.mark.parametrize(
    ("written", "shown"), [("'ab' * 3", "ababab"), ("3 * 4", "12"), ("2 ** 10", "1024"),
                           ("1.5 * 2", "3.0"), ("2 ** 0.5 > 1", "True")]
)  # fmt: skip
def test_other_products_are_calculated(written, shown):
    assert Sandbox().from_string("{{ " + written + " }}").render() == shown


def compute_without_end():
    while True:
        pass


def test_what_does_not_end_is_stopped_and_what_ends_is_not(monkeypatch):
    monkeypatch.setattr(sandbox, "LONGEST", 0.2)
    with pytest.raises(TooLongError), limit_time():
        compute_without_end()
    with limit_time():
        pass
    time.sleep(0.4)  # nothing is stopped after the block
