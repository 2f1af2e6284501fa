"""What the templates of a stranger may reach."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import pytest
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError

from casegen.editions.site.sandbox import Sandbox


@pytest.mark.parametrize(
    ("written", "value"),
    [("x.upper()", "甲a"), ("x.year", dt.date(2023, 6, 1)), ("x.items() | list", {"甲": 1}),
     ("x.real", 3)],
)  # fmt: skip
def test_values_have_their_attributes(written, value):
    assert Sandbox().from_string("{{ " + written + " }}").render(x=value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("x.args", partial(open, "/etc/hosts")), ("x.read_text()", Path("/etc/hosts")),
     ("x.mro()", str), ("x.__class__", "甲")],
)  # fmt: skip
def test_functions_paths_and_classes_have_none(written, value):
    with pytest.raises(SecurityError):
        Sandbox(undefined=StrictUndefined).from_string("{{ " + written + " }}").render(x=value)
