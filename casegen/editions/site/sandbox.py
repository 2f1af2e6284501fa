"""sandbox: what templates of a project's own may reach, which may be a stranger's.

Secret: that only values have attributes, and what one page may take.
Not here: what a template is given (theme), what stops it (process_limits), which process renders
(workers).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import is_dataclass
from numbers import Number
from typing import Any

from jinja2.sandbox import SandboxedEnvironment

from casegen.process_limits import Limits

LIMITS = Limits()


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox, in which nothing but values and Jinja's own objects has attributes.

    A function may only be called: what it was made of (`functools.partial` shows its arguments)
    or a path would lead to files.
    """

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read an attribute that an object has."""
        return _is_value(obj) and super().is_safe_attribute(obj, attr, value)


def _is_value(thing: object) -> bool:
    """Return whether it is data: a text, a number, a date, a collection, a view, or of Jinja."""
    if isinstance(thing, type):
        return False
    if isinstance(thing, str | Number | dt.date | Collection) or is_dataclass(thing):
        return True
    return type(thing).__module__.partition(".")[0] == "jinja2"
