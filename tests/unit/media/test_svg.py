from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casegen.media import svg

XLINK = ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inside="", attributes=""):
    text = f'<svg xmlns="http://www.w3.org/2000/svg"{XLINK}{attributes}>{inside}</svg>'
    return svg.redraw(text.encode())


def kept(found):
    """What the drawing says, without its first tag."""
    assert not found.fault
    assert not found.broken
    ET.fromstring(found.content)  # noqa: S314 drawn by us
    return found.content.decode().partition(">")[2].removesuffix("</svg>\n")


OUTSIDE = [
    'a{content:"/*";}svg{background:url(//evil.example)}b{content:"*/"}',
    '<g/>@import url("//evil.example");',
    '<g>x</g>@im<!-- -->port "//evil.example";',
    'rect{fill:image-set("//evil.example" 1x)}',
    'rect{fill:-webkit-image-set("//evil.example" 1x)}',
    "rect{mask:cross-fade(url(#a),url(//evil.example),50%)}",
    "rect{fill:u\\72l(//evil.example)}",
    "rect{fill:\\75\\72\\6c (//evil.example)}",
    "rect{fill:url(/*#*///evil.example)}",
    'rect{fill:u/**/rl(//evil.example);stroke:url( "https://evil.example" )}',
    'rect{filter:src("//evil.example")}',
    "rect{fill:url('//evil.example#a')}",
    "@font-face{font-family:a;src:url(data:font/woff2;base64,AA)}",
    "@import 'a.css';",
    'a{b:"\\"}c{d:url(//evil.example)}',
    "a{b:'}*{fill:url(//evil.example)}",
]


@pytest.mark.parametrize("style", OUTSIDE)
def test_a_style_that_refers_outside_is_an_error(style):
    assert "引用" in drawing(f"<style>{style}</style>").fault


@pytest.mark.parametrize(
    "value",
    ["url(//evil.example)", "image-set('//evil.example' 1x)", "u\\72l(//e)", "url(data:,x)",
     "url(a.svg#b)", "src('//e')", "url( ' //e')"],
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ['<rect fill="{}"/>', '<rect style="fill:{}"/>', '<g filter="{}"/>']
)
def test_a_value_that_refers_outside_is_an_error(form, value):
    assert "引用" in drawing(form.format(value.replace("&", "&amp;"))).fault


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ('<image href="https://e/a.png"/>', "引用"), ('<image xlink:href="a.png"/>', "引用"),
        ('<image href="data:image/svg+xml;base64,AA"/>', "引用"),
        ('<use href="a.svg#b"/>', "引用"), ('<use xlink:href="data:image/png;base64,AA"/>', "引用"),
        ('<feImage href="//e"/>', "引用"), ('<linearGradient xlink:href="//e#a"/>', "引用"),
        ('<image src="//e"/>', "引用"), ('<g xml:base="//e"/>', "引用"),
        ("<script>1</script>", "script"), ('<g onclick="a()"/>', "onclick"),
        ("<foreignObject><p><script>1</script></p></foreignObject>", "script"),
        ('<foreignObject><p onload="a()"/></foreignObject>', "onload"),
        ('<style><g onload="a()"/></style>', "onload"),
        ('<a href="javascript:a()"/>', "javascript"),
        ('<a xlink:href=" java&#10;script:a()"/>', "java"),
        ('<set attributeName="onclick" to="a()"/>', "动画"),
        ('<a><animate attributeName="xlink:href" values="//e"/></a>', "动画"),
        ("<g>" * 300 + "</g>" * 300, "嵌套"),
    ],
)  # fmt: skip
def test_scripts_and_references_to_outside_are_errors(inside, fault):
    assert fault in drawing(inside).fault


# What drawing programs write, each reduced to what is peculiar to it.


TABLE = Path(__file__).parents[2] / "tables" / "drawings.yml"
LAWFUL = yaml.safe_load(TABLE.read_text("utf-8"))


@pytest.mark.parametrize("row", LAWFUL, ids=lambda row: row["program"])
def test_the_drawings_of_common_programs_pass(row):
    found = drawing(row["svg"])
    text = kept(found)
    assert [part for part in row["kept"] if part not in text] == []
    assert list(found.left_out) == row["left_out"]


def test_a_drawing_that_forgot_its_namespace_becomes_one():
    assert b'xmlns="http://www.w3.org/2000/svg"' in svg.redraw(b"<svg><rect/></svg>").content


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<animate attributeName='x' values='0;1'/>", "<animate>"), ("<blink/>", "<blink>"),
        ("<style>@media print{a{fill:red}}</style>", "@media"),
        ("<style>a[b='}']{fill:red}</style>", "a[b='}']"),
        ("<style>a{position:fixed}</style>", "position: fixed"),
        ("<style>a{fill:var(--x)}</style>", "fill: var(--x)"),
        ('<rect fill="var(--x)"/>', "fill: var(--x)"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_named(inside, named):
    assert drawing(inside).left_out == (named,)


def test_a_drawing_drawn_anew_is_drawn_the_same():
    for row in LAWFUL:
        once = drawing(row["svg"]).content
        assert svg.redraw(once).content == once


PIECES = st.sampled_from([
    "<style>", "</style>", "<g>", "</g>", "<rect style='", "'/>", "fill:", "url(", "#a", "//evil",
    ")", "/*", "*/", "\\", "72", '"', ";", "{", "}", "@import ", "image-set(", "a", " ", "&#34;",
    "<![CDATA[", "]]>", "<!--", "-->", "src(", "\n", "<text>", "</text>", "&lt;script&gt;",
])  # fmt: skip
REFERENCE = re.compile(
    r"url\(\s*['\"]?[^#'\")\s]|image-set|@import|src\(|cross-fade", re.IGNORECASE
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_nothing_put_together_from_bits_of_style_leads_outside(inside):
    found = drawing(inside)
    if found.content:
        tree = ET.fromstring(found.content)  # noqa: S314 drawn by us
        styles = [element.get("style", "") for element in tree.iter()]
        styles += [element.text or "" for element in tree.iter() if element.tag.endswith("}style")]
        assert not any(REFERENCE.search(style) or "\\" in style for style in styles)
