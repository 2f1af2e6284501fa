"""nodes: strict YAML as a tree of nodes: no anchors, aliases, tags or types.

Secret: the two parsers, and for which texts the quick one certainly agrees with the strict one.
Not here: what the nodes mean (frontmatter), the words for a fault (yaml_faults).
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from casegen.source import yaml_faults

DEEPEST = 20  # levels of collections within each other
_BRACKETS = 400  # nested, libyaml needs 256 KB of stack for them: less than any thread has
_DOUBTFUL = re.compile(
    r"[\t\r\x85\u2028\u2029\ufeff]|(?:^|[\s\[{,:?-])[&*!|>]|\?(?:$|\s)|^(?:%|---|\.\.\.)",
    re.MULTILINE,
)


class _Strict(yaml.SafeLoader):
    """SafeLoader without implicit types, anchors, aliases and tags."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way to say "none"

    def fetch_flow_collection_start(self, kind: Any) -> None:
        # The scanner checks every open bracket at each token: with a thousand of them it takes
        # seconds.
        if self.flow_level > DEEPEST:
            mark = self.get_mark()
            raise yaml.scanner.ScannerError(problem=yaml_faults.TOO_DEEP, problem_mark=mark)
        super().fetch_flow_collection_start(kind)

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise yaml_faults.Refused("alias", event.start_mark)
        for extra in ("anchor", "tag"):
            if getattr(event, extra, None) is not None:
                raise yaml_faults.Refused(extra, event.start_mark)
        return super().compose_node(parent, index)


class _Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml's loader without implicit types."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as above


def compose_nodes(text: str) -> tuple[Any, Exception | None]:
    """Return the root node of a YAML text and None, or None and the exception that stopped it."""
    quick = _composed_quickly(text)
    if quick is not None:
        return quick, None
    loader = _Strict(text)
    try:
        return loader.get_single_node(), None
    except (yaml.YAMLError, RecursionError) as error:
        return None, error
    finally:
        loader.dispose()


def _composed_quickly(text: str) -> Any:
    """Return the nodes by libyaml, eight times faster, where it certainly agrees with `_Strict`.

    libyaml cannot report anchors and tags, and recurses without limit. A text that may hold
    any, or may be deep, is read by `_Strict`; so is one with a fault, for its words and place.
    """
    if not yaml.__with_libyaml__ or _DOUBTFUL.search(text):
        return None
    if text.count("[") + text.count("{") > _BRACKETS or max(map(len, text.split("\n"))) > 2000:
        return None
    loader = _Plain(text)
    try:
        return loader.get_single_node()
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()
