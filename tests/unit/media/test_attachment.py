import io
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from casegen import project, rules
from casegen.collection import parsing
from casegen.collection.norms import Norms
from casegen.media import attachment, pixels
from casegen.media.attachment import Flaw
from casegen.problem import Location
from casegen.source import files

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'
)


def picture(kind, size=(16, 16), mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def rules_of(path, data):
    return [flaw.rule for flaw in attachment.find_flaws(path, data)]


@pytest.mark.parametrize(
    ("path", "kind", "mode"),
    [("a.jpg", "JPEG", "RGB"), ("a.JPEG", "JPEG", "L"), ("a.png", "PNG", "RGBA"),
     ("a.gif", "GIF", "P"), ("a.webp", "WEBP", "RGB"), ("a.tif", "TIFF", "RGB")],
)  # fmt: skip
def test_a_sound_picture_has_no_flaws(path, kind, mode):
    assert rules_of(path, picture(kind, mode=mode)) == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_that_was_cut_off_is_unreadable(kind):
    data = picture(kind, (200, 200))
    assert rules_of("a.png", data[: len(data) // 2]) == ["unreadable-image"]
    assert rules_of("a.png", b"") == ["unreadable-image"]


@pytest.mark.parametrize(("height", "rules"), [(8900, []), (8901, ["large-image"])])
def test_a_picture_of_more_than_89_million_pixels_is_too_large(height, rules):
    assert rules_of("a.png", picture("PNG", (10_000, height), "1")) == rules


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ("", "<rect/>"),
        ("", '<use href="#a"/><g id="a"/>'),
        ("", '<image xlink:href="data:image/png;base64,iVBORw0KGgo="/>'),
        ("", "<style>rect{fill:url(#a)}</style>"),
        (' style="fill:#0a0"', "<title>onload 说明</title>"),
    ],
)
def test_a_plain_svg_is_let_through(attributes, inside):
    assert rules_of("a.svg", SVG.format(attributes, inside).encode()) == []


def test_the_document_type_of_old_drawing_programs_is_let_through():
    head = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert rules_of("a.svg", (head + SVG.format("", "")).encode()) == []


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ("", "<script>1</script>"),
        ("", '<x:script xmlns:x="http://www.w3.org/2000/svg"/>'),
        (' onload="a()"', ""),
        ("", '<g OnClick="a()"/>'),
        ("", '<image href="https://example.org/a.png"/>'),
        ("", '<image href="a.png"/>'),
        ("", '<image href="data:image/svg+xml,x"/>'),
        ("", '<a xlink:href="java&#9;script:alert(1)"/>'),
        ("", '<use xlink:href="data:image/png,x"/>'),
        ("", '<a><animate attributeName="xlink:href" values="x"/></a>'),
        ("", '<set attributeName="onclick" to="a()"/>'),
        (' style="background:url(//example.org/a)"', ""),
        (' style="background:u\\72l(//example.org/a)"', ""),
        ("", "<style>@import 'a.css';</style>"),
        ("", "<style>rect{fill:url( 'https://example.org/a')}</style>"),
        (' xml:base="https://example.org/"', ""),
    ],
)
def test_an_svg_that_could_act_or_lead_outside_is_refused(attributes, inside):
    assert rules_of("a.svg", SVG.format(attributes, inside).encode()) == ["unsafe-svg"]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        "<!DOCTYPE svg [ ]>",
        '<?xml-stylesheet href="a.css"?>',
        '<?xml version="1.0" encoding="UTF-7"?>',
    ],
)
def test_what_stands_before_an_svg_can_make_it_unsafe(head):
    assert rules_of("a.svg", (head + SVG.format("", "")).encode()) == ["unsafe-svg"]
    assert rules_of("a.svg", SVG.format("", "").encode("utf-16")) == ["unsafe-svg"]


@pytest.mark.parametrize("text", ["<svg", "<html/>", "", "甲"])
def test_what_is_no_svg_is_unreadable(text):
    assert rules_of("a.svg", text.encode()) == ["unreadable-image"]


def check(body, found=None, cover="", known=()):
    problems = tell(body, found, cover, known)
    return [(p.rule, str(p.severity), p.where.line, p.where.column) for p in problems]


def tell(body, found=None, cover="", known=()):
    text = (
        "---\ntitle: 甲\ninstitution: 某校\nregions: [甘肃省]\ndate: 2021-10-28\n"
        f"categories: [产业]\ncover: {cover}\n---\n{body}\n"
    )
    document, _ = files.make_document("cases/a.md", text.encode())
    parsed, _ = parsing.parse_case(document, Norms(project.load_vocabulary()))
    return attachment.check_uses(attachment.list_uses(parsed), found or {}, known, {})


@pytest.mark.parametrize(
    ("body", "rule", "severity"),
    [
        ("![图](a.png)", "missing-image", "error"),
        ("[表](a.xlsx)", "missing-file", "warning"),
        ("[乙](b.md)", "missing-case", "warning"),
        ("[坏](a.exe)", "refused-attachment", "error"),
        ("[坏](a)", "refused-attachment", "error"),
        ("![图](a.pdf)", "refused-attachment", "error"),
        ("[网](www.example.edu.cn/a)", "unsafe-link", "warning"),
        ("[网](https//example.edu.cn/a.html)", "unsafe-link", "warning"),
    ],
)
def test_what_a_body_refers_to_must_be_there_and_allowed(body, rule, severity):
    assert check(body) == [(rule, severity, 9, body.index("(") + 2)]


def test_what_is_there_is_no_problem():
    found = {"cases/a.png": (), "cases/a.xlsx": ()}
    body = "![图](a.png) [表](a.xlsx) [乙](b.md) [外](https://example.edu.cn/x.exe)"
    assert check(body, found, cover="a.png", known={"cases/b.md"}) == []


def test_a_flaw_is_reported_wherever_the_file_is_used():
    found = {"cases/a.png": (Flaw("unreadable-image", "图片打不开", "重新导出"),)}
    assert check("![图](a.png)", found, cover="a.png") == [
        ("unreadable-image", "error", 7, 8),
        ("unreadable-image", "error", 9, 6),
    ]


def test_a_file_of_the_same_name_elsewhere_is_named():
    used = attachment.Use("b.png", "cases/b.png", image=True, where=Location("cases/a.md"))
    (problem,) = attachment.check_uses([used], {"cases/x/B.PNG": ()}, (), {})
    assert "cases/x/B.PNG" in problem.hint


@given(
    st.sampled_from(["a.svg", "a.png", "a.jpg"]),
    st.binary(max_size=300) | st.text("<>/&;!\"'= svgentity[]?").map(str.encode),
)
def test_any_bytes_are_judged_without_a_crash(path, data):
    assert {flaw.rule for flaw in attachment.find_flaws(path, data)} <= set(rules.load_catalogue())


def test_pictures_with_long_remarks_or_damaged_metadata_are_sound_and_nothing_english_is_said():
    notes = PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", "x" * 2_000_000, zip=True)
    long, broken, profile = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(long, "PNG", pnginfo=notes)
    Image.new("RGB", (40, 20), "red").save(profile, "PNG", icc_profile=bytes(3_000_000))
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x05\x01\x12\0\x03\xff\xff\xff\xff"
    Image.new("RGB", (40, 20), "red").save(broken, "JPEG", exif=exif)
    files_ = {"a.png": long, "b.png": profile, "c.jpg": broken, "d.jfif": broken}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, made in files_.items():
            assert attachment.find_flaws(name, made.getvalue()) == ()
            seen = pixels.read_facts(made.getvalue(), 800)
            assert (seen.width, seen.height) == (40, 20)


def test_a_file_that_differs_in_case_or_unicode_form_is_named(tmp_path):
    (tmp_path / "cases").mkdir()
    for name in ("caf\u00e9.png", "tu.PNG"):
        (tmp_path / "cases" / name).write_bytes(b"x")
    assert files.find_alike(tmp_path, "cases/cafe\u0301.png") == "cases/caf\u00e9.png"
    assert files.find_alike(tmp_path, "CASES/Tu.png") == "cases/tu.PNG"
    assert not files.find_alike(tmp_path, "cases/other.png")


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ("cases/images/a.jpg", [("unsafe-path", "写成 images/a.jpg")]),
        ("images/a.jpg", [("unsafe-path", "写成 ../images/a.jpg")]),
        (
            "",
            [
                ("unsafe-path", "写成 images/a.jpg"),
                ("missing-image", "应在 cases/images/a.jpg；注意大小写"),
            ],
        ),
    ],
)
def test_a_path_from_the_root_gets_a_hint_with_the_one_path_where_the_file_is(there, said):
    problems = tell("![图](/images/a.jpg)", {there: ()} if there else {})
    assert [(p.rule, p.hint) for p in problems] == said
