"""theme: templates and words of a theme; the Jinja environment and what it may access.

Secret: what a template may call, and how its faults are named.
Not here: how a theme is found (folders), files that pages load (assets), where lines break
(phrases), what pages exist (pages) and what they show (views).

A theme is a folder: `theme.yml` (name, extends), `templates/*.html`, `words/<lang>.yml` and
`assets/*`. A theme that extends another overrides single templates: `case.html` of the nearest
theme is used, and may itself say `{% extends "default/case.html" %}`. Every theme's `style.css` is
linked, the most basic first, so that a theme may consist of a few lines of colour.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, fields
from functools import cache, partial
from pathlib import Path
from traceback import walk_tb
from urllib.parse import quote

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)
from markupsafe import Markup, escape

from casegen.body.template import BodyWords, Target, Template
from casegen.chinese import reading_time
from casegen.chinese.characters import holds_chinese
from casegen.editions import language, qr
from casegen.editions.folders import (
    Words,
    find_folders,
    has_own_templates,
    load_words,
    read_files,
    read_settings,
)
from casegen.editions.site import sandbox
from casegen.editions.site.assets import Assets, make_hashed_path
from casegen.editions.site.components import CaseCard, LinkTarget
from casegen.editions.site.phrases import keep_unbroken, split_phrases
from casegen.editions.site.sandbox import Sandbox
from casegen.editions.site.view_digest import View
from casegen.problem import CasegenError
from casegen.process_limits import Limits, hold_limits
from casegen.source.dates import write_long
from casegen.workers import EndedError, run_alone

ROOT = "\uffff"  # placeholder for the path to the site's root; no text holds this non-character
JSON_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"}


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with all it extends: `folders` from the nearest to the most basic.

    It is small and picklable for worker processes; `digest` covers every byte of
    templates of pages, words and assets.
    """

    name: str
    folders: tuple[Path, ...]
    lang: str
    assets: tuple[tuple[str, str], ...]  # file name -> path in the site, with its content's hash
    styles: tuple[str, ...]  # paths of the style sheets, the most basic first
    indent: bool  # whether paragraphs of a text begin two characters in
    digest: str
    limits: Limits | None  # of a page, where some templates are the project's own

    @property
    def asset_paths(self) -> frozenset[str]:
        """The paths in the site of all files that pages load."""
        return frozenset((*self.styles, *(path for _, path in self.assets)))


def load_theme(name: str, lang: str, own: Path) -> Theme:
    """Load the theme called `name`: from the project's `themes/` (`own`), else a shipped one.

    Raises CasegenError "no-theme" if it, or one it extends, does not exist or extends itself in a
    circle.
    """
    folders = find_folders(name, own)
    assets: dict[str, str] = {}
    styles: list[str] = []
    indent = True
    total = hashlib.blake2b(lang.encode(), digest_size=16)
    for folder in reversed(folders):
        indent = _switch(folder / "theme.yml", "indent", default=indent)
        for path, content in read_files(folder):
            inside = path.relative_to(folder).as_posix()
            if inside.startswith("book/"):  # no page depends on the files for books
                continue
            total.update(f"{folder.name}/{inside}\0{len(content)}\0".encode() + content)
            if inside.startswith("assets/"):
                site_path = make_hashed_path(path.name, content)
                assets[path.name] = site_path
                if path.name == "style.css":
                    styles.append(site_path)
    limits = sandbox.LIMITS if has_own_templates(folders) else None
    return Theme(
        name, folders, lang, tuple(assets.items()), tuple(styles), indent, total.hexdigest(), limits
    )


def _switch(path: Path, key: str, *, default: bool) -> bool:
    """Return a setting of a theme that is on or off."""
    found = read_settings(path).get(key, default)
    if not isinstance(found, bool):
        raise CasegenError("theme", f"主题文件 {path} 的 {key} 写法不对", hint="只写 true 或 false")
    return found


def render_view(theme: Theme, template: str, view: View) -> bytes:
    """Return the page: `template` filled with the fields of `view`, UTF-8.

    Raises CasegenError "theme" with the line of the template where it has a fault.
    """
    names = {field.name for field in fields(view)} | _properties(type(view))  # type: ignore[arg-type]
    context = {name: getattr(view, name) for name in names}
    with _telling_faults(theme, template):
        return make_environment(theme).get_template(template).render(context).encode()


def render_card(theme: Theme, card: CaseCard) -> str:
    """Return the card of a case with ROOT in place of the path to the site's root.

    Each process renders a card once. Raises CasegenError "theme" as `render_view` does.
    """
    with _telling_faults(theme, "card.html"):
        return _find_cards(theme).render(card)


@contextmanager
def _telling_faults(theme: Theme, template: str) -> Iterator[None]:
    """Turn the errors of a template into a CasegenError that names the line."""
    try:
        with hold_limits(theme.limits) if theme.limits else nullcontext():
            yield
    except TemplateError as error:
        where, line = getattr(error, "name", None), getattr(error, "lineno", None)
        place = f"{where or template} 第 {line} 行" if line else _place(error, theme, template)
        raise CasegenError(
            "theme",
            f"主题“{theme.name}”的模板 {place}有错：{error}",
            hint="改好模板再生成；内置主题不应出现此错",
        ) from error
    except CasegenError:
        raise
    except Exception as error:  # a template of one's own may do anything, also run out of memory
        if not theme.limits:
            raise
        said = str(error) or type(error).__name__
        if isinstance(error, MemoryError):
            said = "要用的内存太多，已经停下"
        raise CasegenError(
            "theme",
            f"主题“{theme.name}”的模板 {_place(error, theme, template)}有错：{said}",
            hint="改好模板再生成",
        ) from error


def render_saved(theme: Theme, template: str, view: View) -> bytes:
    """Return a page as `render_view` does; templates of a project run in a process of their own."""
    if not theme.limits:
        return render_view(theme, template, view)
    try:
        return run_alone(partial(render_view, theme, template, view))
    except EndedError as error:
        raise explain_end(theme, error.said) from error


def explain_end(theme: Theme, said: str) -> CasegenError:
    """Return the error for a process that ended while it rendered pages of a theme.

    `said` is what it wrote before: where Python was, the innermost place first.
    """
    # faulthandler writes other characters than those of ASCII as escapes.
    names = {
        str(path).encode("ascii", "backslashreplace").decode(): path.relative_to(folder).as_posix()
        for folder in theme.folders
        for path, _ in read_files(folder)
    }
    places = re.findall(r'File "([^"\n]*)", line', said)
    found = next((names[place] for place in places if place in names), "")
    where = found.removeprefix("templates/") + " " if found else ""
    return CasegenError(
        "theme",
        f"主题“{theme.name}”的模板 {where}有错：算个没完，或用尽了内存，已经停下",
        hint="改好模板再生成",
    )


def _place(error: Exception, theme: Theme, template: str) -> str:
    """Return the file and line of the innermost template that ran when an error rose."""
    folders = [folder / "templates" for folder in theme.folders]
    for frame, line in reversed(list(walk_tb(error.__traceback__))):
        path = Path(frame.f_code.co_filename)
        for folder in folders:
            if path.is_relative_to(folder):
                return f"{path.relative_to(folder).as_posix()} 第 {line} 行"
    return f"{template} "


@cache
def _properties(view: type[View]) -> frozenset[str]:
    return frozenset(n for n in dir(view) if isinstance(getattr(view, n), property))


class Cards:
    """The cards that this process has rendered, by digest: a case is in ten lists or more.

    They are kept compressed, a kilobyte each where there are thousands.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._known: dict[str, bytes] = {}

    def render(self, card: CaseCard) -> str:
        """Return a card with ROOT in place of the path to the site's root."""
        known = self._known.get(card.digest)
        if known is not None:
            return zlib.decompress(known).decode()
        html = self._environment.get_template("card.html").render(card=card, root=ROOT).strip()
        self._known[card.digest] = zlib.compress(html.encode(), 1)
        return html


@cache
def make_environment(theme: Theme) -> Environment:
    """Return the Jinja environment of a theme; it is made once in each process."""
    loaders = [FileSystemLoader(folder / "templates") for folder in theme.folders]
    by_name = PrefixLoader(
        {folder.name: FileSystemLoader(folder / "templates") for folder in theme.folders}
    )
    # A project's theme may come from anywhere; outside the sandbox a template could run any code.
    environment = (Sandbox if theme.limits else Environment)(
        loader=ChoiceLoader([*loaders, by_name]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    words = find_words(theme)
    assets = Assets(theme.assets)
    environment.globals.update(
        t=partial(_word, words),
        words_json=cache(partial(_words_json, words)),  # every page asks for the same words
        asset=assets.__getitem__,
        styles=theme.styles,
        theme_name=theme.name,
        body_html=partial(_body_html, words),
        indent=theme.indent,
        chinese=language.is_chinese(theme.lang),
        lang=language.mark_nothing if language.is_chinese(theme.lang) else language.mark_language,
        qr=qr.draw_code,
        show_card=partial(_show_card, theme),
    )
    environment.filters.update(
        phrases=split_phrases,
        unbroken=keep_unbroken,
        long_date=partial(write_date, words),
        tojson_attr=_json_attribute,
        json_script=_json_script,
        mixed=escape if language.is_chinese(theme.lang) else language.mark_runs,
        letter=write_mailto,
        minutes=reading_time.count_minutes,
    )
    environment.tests["han"] = holds_chinese
    return environment


@cache
def _find_cards(theme: Theme) -> Cards:
    return Cards(make_environment(theme))


def _show_card(theme: Theme, card: CaseCard, root: str) -> Markup:
    """Return a card for a page with this path to the site's root."""
    return Markup(_find_cards(theme).render(card).replace(ROOT, root))  # noqa: S704 escaped there


def find_words(theme: Theme) -> Words:
    """Return all words of the theme in its language."""
    return load_words(theme.name, theme.folders, theme.lang)


def _word(words: Words, key: str, **values: object) -> str | Markup:
    """Return the words for `key` with `{name}` filled in; those of `<key>.one` where n is 1."""
    text = words[key]
    if values.get("n") == 1:
        text = words.get(f"{key}.one", text)
    if not values:
        return text
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(escape(text)).format(**values)  # noqa: S704 escaped just now
    return text.format(**values)


def _words_json(words: Words, prefix: str) -> str:
    """Return the words whose key starts with `prefix` as JSON, without the prefix, for scripts."""
    chosen = {k.removeprefix(prefix): v for k, v in words.items() if k.startswith(prefix)}
    return json.dumps(chosen, ensure_ascii=False, sort_keys=True)


def _json_attribute(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_script(text: str) -> Markup:
    """Return JSON in which an HTML parser finds no mark-up."""
    for mark, harmless in JSON_ESCAPES.items():
        text = text.replace(mark, harmless)
    return Markup(text)  # noqa: S704 the marks of HTML are escaped above


def _body_html(
    words: Words,
    html: Template,
    links: tuple[LinkTarget, ...],
    evidence: tuple[tuple[int, tuple[str, ...]], ...] = (),
    sizes: str = "100vw",
) -> Markup:
    targets = {
        link.written: Target(
            link.href,
            link.note,
            link.srcset,
            link.width,
            link.height,
            sizes,
            link.plays,
            link.poster,
            link.captions,
        )
        for link in links
    }
    labels = BodyWords(
        table=words["body.table"],
        footnotes=words["body.footnotes"],
        note=words["body.note"],
        back=words["body.back"],
        file=words["body.file"],
        captions=words["body.captions"],
    )
    return Markup(html.fill(targets, dict(evidence), labels))  # noqa: S704 the template is escaped


def write_date(words: Words, date: dt.date) -> str:
    """Return a date in full, in the order and with the names of months of the theme's language."""
    return write_long(date, words)


def write_mailto(address: str, subject: str, body: str) -> str:
    """Return a mailto: address with subject and body filled in; any other address unchanged."""
    if not address.lower().startswith("mailto:"):
        return address
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}subject={quote(subject, safe='')}&body={quote(body, safe='')}"
