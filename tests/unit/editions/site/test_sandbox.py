from __future__ import annotations

import time

import pytest
from jinja2.exceptions import SecurityError
from markupsafe import Markup

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


@pytest.mark.parametrize(
    "written",
    [
        "{% set ns = namespace(x='甲' * 9) %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}",
        "{% set ns = namespace(x='甲') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}",
        (
            "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}"
            "{% endfor %}{% for i in [1] %}{{ ns.x }}"
        ),
        (
            "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}"
            "{% endfor %}{% for i in [1] %}{{ ns.x | string }}"
        ),
        (
            "{% set ns = namespace(x='甲') %}{% for i in range(99) %}"
            "{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}"
        ),
        "{% set x = [] %}{% for i in range(9999) %}{{ x.append('甲' * 99999) }}",
        "{% set x = [] %}{% for i in range(9999) %}{{ x.append('甲'.center(99999)) }}",
        "{% set x = '甲' * 99999 %}{% for i in range(9999) %}{{ x }}",
        (
            "{% set x = '甲' * 99999 %}{% for i in [1] %}{% set y %}"
            "{% for i in range(9999) %}{{ x }}{% endfor %}{% endset %}"
        ),
        "{% for i in range(999999) %}",
        "{% for i in range(999999999999999999999999) %}",
        "{% for i in [1] %}{{ 'x' | center(99999999) }}",
        "{% for i in [1] %}{{ 'x'.ljust(99999999) }}",
        "{% for i in [1] %}{{ ['x'] | map('center', 99999999) | list }}",
        "{% for i in [1] %}{{ ('\\n' * 9999) | indent(9999) }}",
        "{% for i in [1] %}{{ ([1] * 9999) | tojson(indent=9999) }}",
        "{% for i in [1] %}{{ ('x' * 9999) | replace('x', 'y' * 9999) }}",
        "{% for i in [1] %}{{ ('x' * 9999).replace('x', 'y' * 9999) }}",
        "{% for i in [1] %}{{ ('x' * 9999).translate({120: 'y' * 9999}) }}",
        "{% for i in [1] %}{{ ([1] * 9999) | join('y' * 9999) }}",
        "{% for i in [1] %}{{ ([1] * 9999) | map('string') | join('y' * 9999) }}",
        "{% for i in [1] %}{{ ('y' * 9999).join(['x'] * 9999) }}",
        "{% for i in [1] %}{{ '%99999999d' % 1 }}",
        "{% for i in [1] %}{{ '%*d' % (99999999, 1) }}",
        "{% for i in [1] %}{{ '%99999999d' | format(1) }}",
        "{% for i in [1] %}{{ '{:99999999}'.format(1) }}",
        "{% for i in [1] %}{{ '{{{:99999999}}}'.format(1) }}",
        "{% for i in [1] %}{{ '%%%99999999d' | format(1) }}",
        "{% for i in [1] %}{{ ('%(' ~ 'n' * 200 ~ ')99999999d') | format(n=1) }}",
        "{% for i in [1] %}{{ '{:{}}'.format(1, 99999999) }}",
        "{% for i in [1] %}{{ '{x:99999999}'.format_map({'x': 1}) }}",
    ],
)
@pytest.mark.parametrize("escaped", [True, False])
def test_a_value_that_would_take_all_memory_is_refused(written, escaped, monkeypatch):
    monkeypatch.setattr(sandbox, "LARGEST", 100_000)
    monkeypatch.setattr(sandbox, "MOST", 2_000_000)
    with limit_time(), pytest.raises(SecurityError, match=r"太[大多长]"):
        Sandbox(autoescape=escaped).from_string(written + "{% endfor %}").render()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("'<' ~ 1 ~ bold ~ none", "&lt;1<b>None"),
        ("[1] + [2]", "[1, 2]"),
        ("'a' + '<'", "a&lt;"),
        ("7 % 4", "3"),
        ("'%05.1f%%' % 2.5", "002.5%"),
        ("'%s：%s' | format('甲', 2)", "甲：2"),
        ("'{:*>5}{n}'.format(1, n=2)", "****12"),
        ("'浏览 %d 次，备案号 12345678' | format(3)", "浏览 3 次，备案号 12345678"),
        ("'电话1234567890：{}'.format(1)", "电话1234567890：1"),
        ("'a{{{a}:{b}}}'.format(a=1, b=2)", "a{1:2}"),
        ("'a-b'.replace('-', '——') | replace('a', 'c')", "c——b"),
        ("['a', 'b'] | map('upper') | join('、')", "A、B"),
        ("'、'.join(['a', 'b'])", "a、b"),
        ("range(100000) | length", "100000"),
        ("[12000000000, 1] | max", "12000000000"),
        ("'x' | center(5)", "  x  "),
        ("{'a': [1, 2]} | tojson", '{"a": [1, 2]}'),
        ("[3, 1] | sort | first", "1"),
        ("[{'a': 1}] | map(attribute='a') | sum", "1"),
    ],
)
def test_values_of_usual_size_are_made_as_jinja_makes_them(written, shown):
    assert (
        Sandbox(autoescape=True).from_string("{{ " + written + " }}").render(bold=Markup("<b>"))
        == shown
    )


def test_what_one_page_made_does_not_count_for_the_next(monkeypatch):
    monkeypatch.setattr(sandbox, "MOST", 2_000)
    template = Sandbox().from_string("{% set x = '甲' * 100 %}" * 15)
    for _ in range(3):
        with limit_time():
            template.render()


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
