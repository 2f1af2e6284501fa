"""overlay: the bar, the banner and the pages of the preview, as HTML."""

from pathlib import Path

import pytest

from casegen.desk import overlay
from casegen.desk.preview import BrokenLink, Failure, Leaf, Shown
from casegen.problem import Location, Problem, Severity

PAGE = "<html><head><title>x</title></head><body><p>正文</p></body></html>"
LEAF = Leaf("cases/a.md", "茶园", links=(BrokenLink("附件", 1, "没有 <这个> 文件"),))
FAILURE = Failure("casegen.yml 第 3 行写错了 <b>", "改成 true")


def shown(**given):
    found = {"leaves": {"cases/a.html": LEAF}, "broken": {}, "failure": FAILURE, **given}
    return Shown(Path("preview"), version=7, **found)


def problem(path, severity=Severity.WARNING, message="缺少 <摘要>"):
    return Problem("missing-summary", severity, message, Location(path, 4), "补一句")


def test_a_page_gets_the_bar_at_its_end_and_the_script_with_version_and_links():
    html = overlay.lay_over(PAGE, "cases/a.html", shown(problems=(problem("cases/a.md"),)))
    head, _, body = html.partition("</head>")
    assert 'preview.js" defer data-version="7"' in head
    assert "附件" in head
    assert "<这个>" not in head
    assert body.index("<p>正文</p>") < body.index('id="casegen-preview"') < body.index("</body>")
    assert "缺少 &lt;摘要&gt;" in body


def test_a_page_that_no_file_makes_has_the_bar_without_problems_of_its_own():
    html = overlay.lay_over(PAGE, "categories/x.html", shown(problems=(problem("cases/a.md"),)))
    assert "缺少" not in html
    assert 'id="casegen-preview"' in html
    assert 'data-links="[]"' in html


def test_a_failure_is_shown_above_everything_with_its_hint_and_nothing_unescaped():
    html = overlay.lay_over(PAGE, "cases/a.html", shown())
    assert "没有生成，网站还是上一次的样子" in html
    assert "第 3 行写错了 &lt;b&gt;" in html
    assert "改法：改成 true" in html


def test_a_policy_that_forbids_scripts_is_taken_out_of_a_self_contained_page():
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
    html = overlay.lay_over(PAGE.replace("<title>", f"{policy}<title>"), "x.html", shown())
    assert "Content-Security-Policy" not in html


def test_a_policy_that_allows_the_scripts_of_the_site_stays():
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">\n'
    html = overlay.lay_over(PAGE.replace("<title>", f"{policy}<title>"), "x.html", shown())
    assert policy in html


def test_the_page_of_a_broken_file_lists_its_errors_and_no_other_files():
    broken = Leaf("cases/b.md", "果园")
    found = (
        problem("cases/b.md", Severity.ERROR, "标题写了两次"),
        problem("cases/a.md", Severity.ERROR, "别处的错"),
    )
    html = overlay.show_broken(broken, shown(problems=found, broken={"cases/b.html": broken}))
    main = html[: html.index('id="casegen-preview"')]
    assert "<h1>果园</h1>" in main
    assert "标题写了两次" in main
    assert "别处的错" not in main


def test_the_overview_links_each_file_that_has_a_page_to_it():
    found = (problem("cases/a.md"), problem("pages/z.md"))
    html = overlay.show_overview(shown(problems=found))
    assert '<h2><a href="/cases/a.html">cases/a.md</a></h2>' in html
    assert "<h2>pages/z.md</h2>" in html


@pytest.mark.parametrize(
    ("failure", "heading"),
    [(None, "正在生成网站"), (FAILURE, "还没有网站")],
    ids=["first", "failed"],
)
def test_an_address_before_the_first_site_says_why_there_is_none(failure, heading):
    assert f"<h1>{heading}</h1>" in overlay.show_missing("cases/q.html", shown(failure=failure))
