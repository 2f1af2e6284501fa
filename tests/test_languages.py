"""A site in another language around Chinese cases: words, marks of language, a third one."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

import pytest
import yaml
from bs4 import BeautifulSoup, Comment
from projects import REPOSITORY, Project, Site, case_text

from casegen.problem import CasegenError

THEMES = REPOSITORY / "themes"
HAN = re.compile("[\u3400-\u9fff]")
BASE = "https://example.edu.cn/xczx/"
CONFIG = f"""\
title: Cases of the Hills
organization: 山乡大学
contact: 山乡大学编辑室
copyright: 版权归山乡大学
base_url: {BASE}
report_error: mailto:office@example.edu.cn
qr: true
lang: en
"""
BODY = """\
## 背景

先投入200万元，其中大棚120万元，培训80万元。带动30户。[^1]

## 做法

| 年份 | 面积 |
| --- | --- |
| 2020 | 100亩 |

## 成效

见[名单](files/list.csv)。

[^1]: 一条注。
"""
CASES = {
    "cases/water.md": case_text(
        "水苔下山：三年的账",
        BODY,
        institution="山乡大学",
        regions="[贵州省/黔东南苗族侗族自治州/从江县, 甘肃省/定西市/陇西县, 甘肃省/兰州市]",
        period="2019-2021",
        date="2022-03-04",
        updated="2022-03-05",
        categories="[产业, 人才]",
        tags="[水苔]",
        credits="{供稿: 工作队, 编审: 校办}",
        source="{name: 山乡大学网, url: 'https://example.edu.cn/a.html'}",
        metrics=(
            "[{name: 投入资金, indicator: 投入帮扶资金, value: 200万元, id: total},"
            " {name: 大棚, indicator: 项目资金, value: 120万元, part_of: total, split: 用途},"
            " {name: 培训, indicator: 项目资金, value: 80万元, part_of: total, split: 用途},"
            " {name: 带动户数, value: 30户}, {name: 出勤率, value: 95%},"
            " {name: 亩产, value: 3至5万元}]"
        ),
        aliases="[old/water.html]",
    ),
    **{
        f"cases/tea-{n}.md": case_text(
            f"茶园里的第{n}课",
            "培训300人次，投入帮扶资金10万元。",
            regions="甘肃省/定西市/陇西县",
            tags="[水苔]",
            metrics="[培训人次: 300人次, 投入帮扶资金: 10万元, 工作经费预算: 3万元]",
        )
        for n in range(1, 13)
    },
    "cases/files/list.csv": "甲,乙\n",
    "cases/gone.md": case_text("收回的一篇", status="withdrawn"),
    "pages/about.md": "# About these cases\n\nA line with a [file](../cases/files/list.csv).\n",
}


@pytest.fixture(scope="module", params=["default", "hetang"])
def english(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp(f"english-{request.param}")
    config = CONFIG + f"theme: {request.param}\n"
    return Project(root).write({"casegen.yml": config, **CASES}).build()


def pages(site: Site) -> Iterator[tuple[str, BeautifulSoup]]:
    for name in site.files():
        if name.endswith((".html", ".htm")):
            yield name, site.page(name)


# ── the words files ──


def words_of(theme: str, lang: str) -> dict[str, str]:
    text = (THEMES / theme / "words" / f"{lang}.yml").read_text("utf-8")
    return {key: str(said) for key, said in yaml.safe_load(text).items()}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("theme", ["default", "hetang"])
def test_both_languages_have_the_same_words_in_the_same_order_with_the_same_places(theme):
    chinese, english = words_of(theme, "zh-CN"), words_of(theme, "en")
    singular = {key for key in english if key.removesuffix(".one") in english.keys() - {key}}
    assert [key for key in english if key not in singular] == list(chinese)
    for key, said in english.items():
        if key in singular:
            assert places(said) <= places(chinese[key.removesuffix(".one")]), key
        else:
            assert places(said) == places(chinese[key]), key
        assert not HAN.search(said), key


@pytest.mark.parametrize("theme", ["default", "hetang"])
def test_every_word_that_a_template_asks_for_is_there_and_none_is_idle(theme):
    known = words_of("default", "zh-CN") | words_of(theme, "zh-CN")
    folders = [THEMES / "default", THEMES / theme, REPOSITORY / "casegen" / "editions"]
    folders.append(REPOSITORY / "casegen" / "source")  # dates are written there
    folders.append(REPOSITORY / "casegen" / "collection")  # and questions are asked there
    code = "\n".join(
        path.read_text("utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".html", ".py", ".typ"}
    )
    asked = set(re.findall(r"""\bt\(['"]([\w.-]+)['"][,)]""", code))
    asked |= set(re.findall(r"""\bwords\[['"]([\w.-]+)['"]\]""", code))
    asked |= {f"book.{name}" for name in re.findall(r"""\bwords\.([a-z_]+)""", code)} & known.keys()
    assert asked <= known.keys()
    built = re.findall(r"""(?:\bt\(|words_json\(|f)['"]([\w-]+(?:\.[\w-]+)*\.)['"{]""", code)
    idle = {key for key in known if key not in asked and not key.startswith(tuple(built))}
    assert idle == set()


# ── the pages ──

# What holds text alone cannot say where in it the language changes.
PLAIN = "option"


def unmarked(page: BeautifulSoup) -> list[str]:
    """Chinese text whose nearest language is not Chinese."""
    found = []
    kept = {id(tag) for tag in page.select(PLAIN)}
    for node in page.find_all(string=HAN):
        around = list(node.parents)
        if isinstance(node, Comment) or any(tag.name in {"script", "title"} for tag in around):
            continue
        if any(id(tag) in kept for tag in around):
            continue
        if next(str(tag["lang"]) for tag in around if tag.has_attr("lang")) != "zh-CN":
            found.append(f"{node.parent} in {node.parent.parent}"[:200])
    return found


def test_chinese_stands_only_where_it_is_marked_as_chinese(english):
    faults = {name: found for name, page in pages(english) if (found := unmarked(page))}
    assert faults == {}


def test_no_english_stands_where_the_page_says_chinese(english):
    spoken = set(re.findall(r"[a-z]{3,}", " ".join(words_of("default", "en").values())))
    for name, page in pages(english):
        for tag in page.select("[lang=zh-CN]"):
            if tag.select_one("[lang=en]") or "prose" in tag.get("class", []):
                continue
            said = set(re.findall(r"[a-z]{3,}", re.sub(r"https?://\S+", "", tag.text)))
            assert not said & spoken - {"date", "of", "citing"}, (name, tag)


def test_attributes_and_titles_hold_no_chinese_but_the_cases_own(english):
    own = " ".join([*CASES.values(), CONFIG]).replace("/", "")
    for name, page in pages(english):
        for tag in page.select("*"):
            texts = [v for k, v in tag.attrs.items() if isinstance(v, str) and k != "data-case"]
            texts += [str(tag.string)] if tag.name == "title" else []
            for text in texts:
                for run in re.findall("[\u3400-\u9fff]+", text):
                    assert run in own or run in NORMS, (name, tag.name, text)


NORMS = (
    " ".join(
        (REPOSITORY / "casegen" / "data" / file).read_text("utf-8") for file in ("vocabulary.yml",)
    )
    + "产业人才文化生态组织"
)


def test_every_page_says_that_it_is_english_and_dates_are_written_out(english):
    for name, page in pages(english):
        assert page.html["lang"] == "en", name
    page = english.page("cases/water.html")
    assert page.select_one(".facts time").text == "4 March 2022"
    assert "2019–2021" in page.select_one(".facts").text
    assert page.select_one(".prose")["lang"] == "zh-CN"
    assert "About a minute" in page.select_one(".facts").text
    assert english.page("about.html").select_one(".prose").get("lang") is None
    assert "(CSV, 8 B)" in english.page("about.html").select_one(".prose").text


def test_notes_and_reasons_made_while_building_are_english(english):
    page = english.page("cases/water.html")
    notes = [note.text for note in page.select(".figures-grid .note")]
    assert "part of 投入资金, not counted twice" in notes
    footnotes = " ".join(note.text for note in page.select(".footnote"))
    assert "Figures without an indicator are shown here only" in footnotes
    assert "The 2 parts add up to 200万元, the total." in page.select_one(".split .footnote").text
    reasons = {note.text for note in english.page("metrics.html").select(".note")}
    assert "A budget is not yet spent, so it is not added up" in reasons
    related = english.page("cases/tea-1.html").select_one(".related").text
    assert "also in 陇西县, also tagged “水苔”" in related


def test_one_is_said_as_one(english):
    counts = {
        a.strong.text: a.select_one(".count").text.strip()
        for a in english.page("regions.html").select(".values a")
    }
    assert counts == {"甘肃省": "13 cases", "贵州省": "1 case"}


def test_feeds_and_copies_are_english_around_chinese(english):
    feed = english.text("categories/industry.xml")
    assert 'xml:lang="en"' in feed
    assert '<title xml:lang="zh-CN">水苔下山：三年的账</title>' in feed
    copy = english.text("cases/water.md")
    heads = "| Metric | Value | Category | Note |"
    facts = {
        "Institution: 山乡大学",
        "Contributed by: 工作队",
        "Reviewed by: 校办",
        "Period: 2019–2021",
    }
    assert {f"- {fact}" for fact in facts} | {"## Metrics", heads} <= set(copy.splitlines())
    assert "## Cases" in english.text("llms.txt")


# ── other languages ──


def with_theme(words: str, lang: str) -> dict[str, str]:
    return {
        "cases/a.md": case_text("一个案例"),
        "themes/own/theme.yml": "name: own\nextends: default\n",
        f"themes/own/words/{lang}.yml": words,
    }


def test_a_third_language_needs_one_file_and_the_rest_is_said_in_chinese(project):
    words = 'nav.home: Accueil\ndate.long: "{day} {month} {year}"\n'
    words += "date.months: janvier février mars avril mai juin juillet août septembre octobre"
    words += " novembre décembre\nscript.count: '{n} cas'\n"
    config = "title: Les cas\ntheme: own\nlang: fr\n"
    site = project(with_theme(words, "fr"), config).build()
    page = site.page("cases/a.html")
    assert page.html["lang"] == "fr"
    assert page.select_one(".crumbs a").text == "Accueil"
    assert page.select_one(".facts time").text == "1 juin 2023"
    assert site.page("cases.html").select_one("[role=status]").text == "1 cas"
    assert page.select_one("nav.contents, .citation b").text == "引用本文"


def test_a_variety_of_a_language_takes_its_words_and_its_own(project):
    made = project(
        with_theme("nav.home: Front page\n", "en-GB"), "title: T\ntheme: own\nlang: en-GB\n"
    )
    page = made.build().page("cases/a.html")
    assert page.html["lang"] == "en-GB"
    assert page.select_one(".crumbs a").text == "Front page"
    assert page.select_one(".skip").text == "Skip to the text"


def test_words_of_a_theme_in_chinese_do_not_stand_on_an_english_page(project):
    files = with_theme("home.newest: 最新\n", "zh-CN")
    page = project(files, "title: T\ntheme: own\nlang: en\n").build().page("index.html")
    assert "最新" not in page.text
    assert "Latest cases" in page.text


@pytest.mark.parametrize("lang", ["xx", "../../en", "EN/../x"])
def test_a_language_without_words_is_said_and_nothing_is_written(project, lang):
    made = project({"cases/a.md": case_text()}, f"title: T\nlang: {lang}\n")
    with pytest.raises(CasegenError, match="的译文"):
        made.build()
    assert not (made.root / "site" / "index.html").exists()


def test_switching_the_language_renews_every_page_and_card(project):
    made = project({"cases/a.md": case_text("一个案例")}, "title: T\n")
    made.build()
    site = made.write({"casegen.yml": "title: T\nlang: en\n"}).build()
    fresh = made.build(clean=True, output=made.root / "fresh")
    same = {name for name in fresh.files() if not name.startswith(".")}
    assert {name: site.files()[name] for name in same} == {
        name: fresh.files()[name] for name in same
    }
