"""What a build does once: counted, because a gain in speed that nothing counts is lost again."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections import Counter

import jinja2
import pytest
from judged import NORMS, a_case
from projects import case_text

from casegen import build as builder
from casegen import cache, rules
from casegen import project as projects
from casegen.body import dialect, prose
from casegen.chinese import sounds
from casegen.collection.case import Case
from casegen.collection.texts import list_texts
from casegen.output import MANIFEST
from casegen.rules import paragraphs


@pytest.fixture
def parses(monkeypatch):
    """How often each body was parsed as Markdown."""
    counted: Counter[str] = Counter()
    read = dialect.read_tokens

    def count(text):
        counted[text.strip()] += 1
        return read(text)

    monkeypatch.setattr(prose, "read_tokens", count)
    return counted


def test_a_cold_build_parses_each_body_once_and_a_warm_one_none(project, parses):
    made = project({f"cases/c{n}.md": case_text(body=f"第{n}篇。[附](a.pdf)") for n in range(3)})
    made.build()
    assert {text: n for text, n in parses.items() if text.startswith("第")} == {
        f"第{n}篇。[附](a.pdf)": 1 for n in range(3)
    }
    parses.clear()
    made.build()
    assert [text for text in parses if text.startswith("第")] == []


def test_a_process_reads_the_vocabulary_and_the_files_of_the_program_once(project):
    made = project({"cases/a.md": case_text()})
    for once in (projects.load_vocabulary, cache.digest_code):
        once.cache_clear()
    made.build()
    made.write({"cases/a.md": case_text(body="改了。"), "casegen.yml": "title: 新集\n"}).build()
    made.check()
    for once in (projects.load_vocabulary, cache.digest_code):
        assert once.cache_info().misses == 1
        assert once.cache_info().hits >= 2


def test_a_page_is_parsed_at_most_with_and_without_its_title(project, parses):
    made = project({"pages/about.md": "# 关于\n\n这是关于页。\n", "cases/a.md": case_text()})
    made.build()
    assert max(parses.values()) == 1


COMMAND = """
import sys
from casegen.cli import casegen
casegen(["-C", sys.argv[1], *sys.argv[2:]], standalone_mode=False)
print("pypinyin" in sys.modules, "casegen.editions.site.pages" in sys.modules)
"""


def loads(folder, *command):
    """Whether a command loads the dictionary of pinyin, and whether it loads the site's pages."""
    ran = subprocess.run(
        [sys.executable, "-c", COMMAND, str(folder), *command],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return ran.stdout.splitlines()[-1]


def test_check_loads_neither_dictionary_nor_site_and_a_second_build_no_dictionary(project):
    made = project({"cases/a.md": case_text(title="茶园新路")})
    assert loads(made.root, "check") == "False False"
    assert loads(made.root, "build") == "True True"
    (made.root / "cases/a.md").write_text(case_text(title="茶园新路", body="又写一句。"), "utf-8")
    assert loads(made.root, "build") == "False True"


def test_explain_loads_no_rule():
    code = COMMAND + 'print("casegen.rules" in sys.modules)'
    ran = subprocess.run(
        [sys.executable, "-c", code, ".", "explain", "encoding"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert ran.stdout.splitlines()[-1] == "False"


def test_a_card_is_rendered_once_however_many_lists_show_it(project, monkeypatch):
    rendered: Counter[str] = Counter()
    render = jinja2.Template.render

    def count(template, *args, **context):
        if template.name == "card.html":
            rendered[context["card"].slug] += 1
        return render(template, *args, **context)

    monkeypatch.setattr(jinja2.Template, "render", count)
    titles = [f"只在这一处的第{n}篇" for n in range(3)]  # this process has rendered other cards
    made = project({f"cases/c{n}.md": case_text(title) for n, title in enumerate(titles)})
    site = made.build(jobs=1)
    shown = [name for name, text in site.files().items() if b'data-case="c1"' in text]
    assert len(shown) > 5
    assert rendered == {f"c{n}": 1 for n in range(3)}


def test_a_changed_figure_renders_only_the_files_that_show_it(project, monkeypatch):
    rendered: list[str] = []
    render = builder.render_job

    def count(job):
        rendered.append(job.path)
        return render(job)

    def written(area):
        return case_text("甲乡的茶园", f"种植面积{area}亩。", metrics=f"[种植面积: {area}亩]")

    monkeypatch.setattr(builder, "render_job", count)
    others = {
        f"cases/c{n}.md": case_text(
            f"第{n}篇",
            "培训50人。",
            metrics="[培训人数: 50人]",
            categories="人才",
            regions="云南省/昆明市",
        )
        for n in range(9)
    }
    made = project({"cases/a.md": written(100), **others})
    before = made.build(jobs=1).files()
    rendered.clear()
    after = made.write({"cases/a.md": written(120)}).build(jobs=1).files()
    changed = {path for path, text in after.items() if before.get(path) != text}
    assert set(rendered) == changed - {MANIFEST}
    assert "cases/a.html" in rendered
    assert not any(path.startswith(("cases/c", "categories/talent")) for path in rendered)


def test_a_build_has_few_whole_cases_in_memory(project):
    told = "修路架桥，一天也没有停。" * 9
    made = project({f"cases/c{n}.md": case_text(f"第{n}篇", f"{told}{n}") for n in range(30)})
    found, _ = projects.load_project(made.root)
    whole = []

    def count(stage: str, *_: int) -> None:
        if stage == "render":
            every = (each for each in gc.get_objects() if isinstance(each, Case))
            whole.append(sum(told in each.body for each in every))

    gc.collect()
    gc.freeze()  # what earlier tests left is not listed again and again
    outcome = builder.build_site(found, (), builder.Options(jobs=1), count)
    assert outcome.cases == 30
    assert len(whole) > 90
    assert max(whole) <= 3


def test_the_rules_cut_a_body_into_paragraphs_and_write_its_sounds_once():
    case = a_case("一、先修路。\n\n种植面积100亩。\n\n二、再架桥。", title="茶园新路")
    paragraphs.list_paragraphs.cache_clear()
    sounds._write_sounds.cache_clear()
    rules.check_case(case, NORMS)
    cut, sounded = paragraphs.list_paragraphs.cache_info(), sounds._write_sounds.cache_info()
    assert (cut.misses, cut.hits > 5) == (1, True)
    texts = len(list(list_texts(case)))
    assert sounded.misses <= 2 * texts
    assert sounded.hits >= 2 * texts


@pytest.fixture
def asked(monkeypatch):
    """How often the rules were asked about a case, by case and part."""
    counted: Counter[tuple[str, str]] = Counter()
    check = rules.check_case

    def count(case, norms, part=None):
        counted[case.slug, part.value] += 1
        return check(case, norms, part)

    monkeypatch.setattr(rules, "check_case", count)
    return counted


def test_a_build_leaves_rules_that_only_warn_to_check_which_asks_them_once(project, asked):
    text, told = "先修路,再架桥.", {"summary": "修路架桥。"}
    made = project({f"cases/c{n}.md": case_text(f"第{n}篇", text, **told) for n in range(3)})
    made.build()
    assert asked == {(f"c{n}", "build"): 1 for n in range(3)}
    asked.clear()
    found = made.check()
    assert asked == {(f"c{n}", "rest"): 1 for n in range(3)}
    assert {p.rule for p in found} >= {"half-width-punctuation"}
    asked.clear()
    made.build()
    assert made.check() == found
    assert asked == {}
    made.write({"cases/c1.md": case_text("第1篇", f"{text}又写一句。", **told)})
    made.check()
    assert asked == {("c1", "build"): 1, ("c1", "rest"): 1}
