"""The HTML of a body, filled with what only its page knows."""

import pytest

from casegen.body.prose import read_body
from casegen.body.template import (
    BodyWords,
    Image,
    Target,
    Template,
    find_target,
    split_opening,
    write_attributes,
)

WORDS = BodyWords(table="表格", captions="字幕", note="注 {number}")


def filled(body, links=None, marks=None, words=WORDS):
    template = read_body(body).write_template(marks or ())
    return template.fill(links or {}, marks or {}, words)


@pytest.mark.parametrize(
    ("body", "links", "html"),
    [
        ("见[名单](list.pdf)。", {"list.pdf": Target("../files/list.pdf", "PDF，1 KB")},
         '见<a href="../files/list.pdf">名单<span class="link-note">（PDF，1 KB）</span></a>。'),
        ("见[名单](list.pdf)。", {}, "见名单。"),
        ("见[外站](https://example.com/a)。", {},
         '见<a href="https://example.com/a" rel="noopener">外站</a>。'),
        ("见[下文](#做法)。", {}, '见<a href="#做法">下文</a>。'),
    ],
)  # fmt: skip
def test_a_link_has_its_target_or_is_only_its_text(body, links, html):
    assert html in filled(body, links)


def test_an_image_has_its_size_and_widths_or_is_its_alternative_text():
    target = Target("a-800.jpg", srcset="a-800.jpg 800w", width=800, height=600, sizes="100vw")
    html = filled("![茶园](a.jpg)", {"a.jpg": target})
    assert '<img src="a-800.jpg" alt="茶园" srcset="a-800.jpg 800w" sizes="100vw"' in html
    assert 'width="800" height="600"' in html
    assert "<img" not in filled("![茶园](a.jpg)")
    assert "茶园" in filled("![茶园](a.jpg)")


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        (Target("a.mp3", plays="audio"), ['<audio src="a.mp3" controls preload="none"']),
        (Target("a.mp4", plays="video"), ['<video src="a.mp4" controls preload="metadata"']),
        (
            Target("a.mp4", plays="video", poster="a.jpg", captions="a.vtt"),
            ['preload="none"', 'poster="a.jpg"',
             '<track kind="captions" src="a.vtt" label="字幕" srclang="zh">'],
        ),
    ],
)  # fmt: skip
def test_sound_and_film_start_on_demand_and_keep_a_link(target, parts):
    html = filled("![访谈](a.mp4)", {"a.mp4": target})
    assert all(part in html for part in parts)
    assert f'<a href="{target.href}">访谈</a>' in html


def test_only_sentences_that_the_page_marks_have_ids():
    html = filled("先修路。再架桥。", marks={1: ("m1", "m2")})
    assert '先修路。<span class="evidence" id="m1"><span id="m2"></span>再架桥。</span>' in html
    assert "evidence" not in filled("先修路。再架桥。")


def test_a_row_of_a_table_is_marked_itself():
    table = "| 项目 | 数量 |\n|---|---|\n| 修路 | 3公里 |\n"
    html = filled(table, marks={0: ("m1",)})
    assert '<tr class="evidence" id="m1">' in html
    assert 'aria-label="表格"' in html
    assert "aria-label" not in filled(table, words=BodyWords())


def test_no_address_that_runs_a_program_is_linked():
    assert find_target("javascript:alert(1)", {"javascript:alert(1)": Target("x")}) is None


def test_the_picture_that_opens_a_body_is_cut_off_with_its_caption():
    template = read_body('![茶园](a.jpg "春天")\n\n正文。').write_template()
    opening, rest = split_opening(template, "a.jpg")
    links = {"a.jpg": Target("a.jpg")}
    assert opening.fill(links, {}, WORDS).endswith("</figure>")
    assert rest.fill(links, {}, WORDS).strip() == "<p>正文。</p>"
    assert split_opening(template, "b.jpg") is None
    assert split_opening(Template(("<p>正文。</p>", Image("a.jpg", "", ""))), "a.jpg") is None


def test_attributes_are_escaped_and_empty_ones_left_out():
    assert write_attributes(aria_label='"甲"', class_="", width=0) == (
        ' aria-label="&quot;甲&quot;"'
    )
