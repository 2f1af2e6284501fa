"""Every rule's own example: the wrong one has this fault alone, the right one none.

An example is a body; or, after ---, fields that take the place of those of a sound case (~ takes
one away), and a body after the next ---; or files, each after === and its path: `raw` is a whole
file in which {head} stands for the sound fields, `gb18030` one in that encoding, `png 9x9` a
picture of that size, `heic` a photo of a telephone; {host} is a site that has the page /here alone.
"""

import io
import re
import sys
import threading
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from judged import NORMS
from PIL import Image

import casegen
from casegen import build, gathering, project, rules
from casegen.cli import casegen as commands
from casegen.collection import case_fields, parsing
from casegen.online import check_links
from casegen.rules.launch import LAUNCH, check_settings
from casegen.source import files

FIELDS = (
    "title: 山里茶园怎样起步\ninstitution: 青石学院\nregions: [甘肃省/定西市/陇西县]\n"
    "date: 2023-05-04\ncategories: [产业]\nsummary: 一句话。\ncover: a.svg\ncredits: {编审: 甲处}"
)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
PLAIN = "title: 试集\n"
CATALOGUE = rules.load_catalogue()
EXAMPLES = list(CATALOGUE.values())
LATE = {rule.slug for rule in LAUNCH}
COMMAND = re.compile(r"casegen ([a-z]+)((?: --[a-z-]+)*)")
KIND = re.compile(r"(?:(raw|gb18030|heic|png \d+x\d+) )?(.*)")
PHOTO = Path(__file__).parents[2] / "files" / "phone.heic"


def named(line):
    found = re.match(r"~?([^\s:：~]+)", line)
    return found[1] if found else ""


def whole(example):
    """The text of a case file."""
    fields, body = "", example.replace("{title}", "山里茶园怎样起步")
    if body.startswith("---\n"):
        fields, _, body = body[4:].partition("\n---\n")
    taken = {named(line) for line in fields.split("\n")}
    kept = [line for line in FIELDS.split("\n") if named(line) not in taken]
    more = [line for line in fields.split("\n") if line and not line.startswith("~")]
    return "---\n" + "\n".join([*kept, *more]) + f"\n---\n\n{body}"


@cache
def picture(width, height):
    written = io.BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return written.getvalue()


@cache
def laid_out(example):
    """The files of an example by their paths."""
    found = {}
    for part in example.split("=== ")[1:]:
        head, _, text = part.partition("\n")
        how, path = KIND.fullmatch(head).groups(default="")
        text = text.removesuffix("\n")
        if how == "raw":
            text = text.replace("{head}", FIELDS)
        elif path.endswith(".md"):
            text = whole(text)
        found[path] = text.encode("gb18030" if how == "gb18030" else "utf-8")
        if how.startswith("png "):
            found[path] = picture(*map(int, how.removeprefix("png ").split("x")))
        elif how == "heic":
            found[path] = PHOTO.read_bytes()
    return found


def is_plain(example):
    return "casegen.yml" not in laid_out(example) and "themes/" not in example


@cache
def plain_project():
    with TemporaryDirectory() as folder:
        (Path(folder) / "casegen.yml").write_text(PLAIN, "utf-8")
        return project.load_project(Path(folder))


def sharing(root):
    """A project with the usual settings, which are read once for all examples."""
    found, problems = plain_project()
    return replace(found, root=root), problems


class Host(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response(200 if self.path == "/here" else 404)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the library's name

    def log_message(self, *_):
        pass


@pytest.fixture
def host(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def in_project(example, root, *, online):
    laid = {"casegen.yml": PLAIN.encode(), "cases/a.svg": DRAWING.encode()}
    for path, data in (laid | laid_out(example)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    found, problems = sharing(root) if is_plain(example) else project.load_project(root)
    late = check_settings(found.config) if "casegen.yml" in laid_out(example) else ()
    if not online:
        return [*build.check_project(found, problems, jobs=1).problems, *late]
    reading = gathering.examine_project(found, problems, jobs=1)
    return [*reading.problems, *check_links(reading.materials), *late]


def found_in(example, root=None, rule=""):
    """The text of the case, and what is wrong with the example."""
    if example.startswith("=== "):
        found = in_project(example, root, online=rule == "dead-link")
        text = laid_out(example).get("cases/a.md", b"")
    else:
        text = whole(example).encode()
        document, faults = files.make_document("cases/a.md", text, required=case_fields.REQUIRED)
        read, own, sound = parsing.read_case(document, NORMS)
        judge = rules.check_case(read, NORMS) if sound else rules.check_rest(read, NORMS, document)
        found = rules.settle_problems((*faults, *own, *judge), [read], NORMS)
    idle = {"missing-metrics"} | (LATE if rule not in LATE else set())
    return text, [problem for problem in found if problem.rule == rule or problem.rule not in idle]


def test_every_rule_has_an_example():
    assert [rule.slug for rule in EXAMPLES if not rule.right] == []


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.slug)
def test_the_wrong_example_has_this_fault_alone_and_its_mend_gives_the_right_one(
    rule, tmp_path, host, monkeypatch
):
    if rule.slug == "heic-unsupported":
        monkeypatch.setitem(sys.modules, "pi_heif", None)
    wrong, right = (example.replace("{host}", host) for example in (rule.wrong, rule.right))
    text, problems = found_in(wrong, tmp_path / "wrong", rule.slug)
    assert {problem.rule for problem in problems} == {rule.slug}
    edits = [problem.fix for problem in problems if problem.fix]
    for problem in problems:
        if problem.fix and (said := re.fullmatch("(?:写成|改成)(?: (.+)|“(.+)”)", problem.hint)):
            assert problem.fix.text.strip() == (said[1] or said[2])  # to the letter
    mended, left = found_in(right, tmp_path / "right", rule.slug)
    assert left == []
    if edits:
        assert files.apply_edits(text, edits)[0] == mended
    else:
        assert all(problem.hint for problem in problems)


def test_numbers_of_persons_are_masked_in_every_message():
    for rule in ("identity-number", "bank-card", "mobile-number", "unsure-number"):
        wrong = rules.load_catalogue()[rule].wrong
        digits = re.search(r"\d{11,}X?", wrong)[0]
        _, problems = found_in(f"{wrong}\n再写一行，{wrong}")
        assert problems
        for problem in problems:
            assert digits not in problem.message + problem.hint


def test_no_message_names_a_command_or_an_option_that_is_not_there():
    for path in sorted(Path(casegen.__file__).parent.rglob("*.py")):
        for name, options in COMMAND.findall(path.read_text("utf-8")):
            known = commands.commands.get(name)
            if not options and known is None:
                continue
            assert known is not None, f"{path.name}: casegen {name}"
            have = {option for given in known.params for option in given.opts}
            assert set(options.split()) <= have, f"{path.name}: casegen {name}{options}"
