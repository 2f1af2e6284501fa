"""Strict YAML as a tree of nodes."""

from importlib.resources import files

import yaml
from hypothesis import given, settings
from yaml_soup import SOUP

from casegen.source import nodes


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_the_quick_parser_sees_what_the_strict_one_sees(text):
    quick = nodes._composed_quickly(text)
    if quick is not None:
        strict = nodes._Strict(text).get_single_node()
        assert tree(quick) == tree(strict)


def tree(node):
    place = (node.start_mark.line, node.start_mark.column)
    if isinstance(node, yaml.ScalarNode):
        return place, node.value, node.style or None
    return (
        place,
        bool(node.flow_style),
        [
            tree(part) if isinstance(part, yaml.Node) else tuple(map(tree, part))
            for part in node.value
        ],
    )


def test_the_vocabulary_is_read_by_the_quick_reader():
    text = files("casegen").joinpath("data", "vocabulary.yml").read_text("utf-8")
    assert nodes._composed_quickly(text) is not None
