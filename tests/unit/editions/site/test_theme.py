"""Themes: strangers' templates, and how their faults are named."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from casegen.editions.site import theme
from casegen.problem import CasegenError


@dataclass(frozen=True)
class Nothing:
    """A view that shows nothing."""


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "第 1 行"),
        ("\n{{ t.func.__globals__ }}", "第 2 行"),
        ("{{ show_card.args[0].folders[0].read_text() }}", "第 1 行"),
        ("{{ t.args }}", "第 1 行"),
        ("{{ [body_html] | map(attribute='keywords') | join }}", "第 1 行"),
        ("{{ '{0.args}'.format(t) }}", "第 1 行"),
        ("{{ (t | attr('func')) }}", "第 1 行"),
        ("{{ words_json.cache_info() }}", "第 1 行"),
        ("{{ '{0.__class__}'.format(1) }}", "第 1 行"),
        ("{{ 1 / 0 }}", "第 1 行"),
        ("{{ [][7].x }}", "第 1 行"),
        ("{{ 'a' + 1 }}", "第 1 行"),
        ("{% for i in range(100000000) %}{% endfor %}", "第 1 行"),
        ("{% include '../../../../../../../etc/passwd' %}", "第 1 行"),
        ("{{ 'x' | long_date }}", "第 1 行"),
        ("{{ show_card(none, '') }}", "第 1 行"),
        ("{% set x = [1] %}\n{% for i in range(99) %}{{ x.extend(x) }}{% endfor %}", "第 2 行"),
        ("{{ 'x' * 10000000000 }}", "第 1 行"),
        ("{% set n = 1 %}\n{{ ('x' * 99999 * n) | replace(new='y' * 99999, old='x') }}", "第 2 行"),
        ("{{ ('x'.encode() * 9999).join([1] * 99999 * 99999) }}", "要用的内存太多"),
        ("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "too many"),
        ("{{ " + "(" * 100_000 + " }}", "404.html"),
    ],
)  # fmt: skip
def test_a_template_of_ones_own_cannot_leave_its_page_nor_crash(tmp_path, template, place):
    folder = tmp_path / "themes" / "mine"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yml").write_text("name: 我的\nextends: default\n", "utf-8")
    (folder / "templates" / "404.html").write_text(template, "utf-8")
    look = theme.load_theme("mine", "zh-CN", tmp_path / "themes")
    with pytest.raises(CasegenError, match=r"主题“mine”的模板 .*有错") as found:
        theme.render_view(look, "404.html", Nothing())
    assert place in found.value.message
