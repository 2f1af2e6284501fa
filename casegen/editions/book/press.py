"""press: which files a book becomes, in which form, and when one need not be made again.

Secret: the forms and their names, and what a book depends on.
Not here: how each form is set (pdf, epub, word), where files are written (printing).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import unicodedata
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from casegen import workers
from casegen.collection.case import make_case_href
from casegen.collection.category import list_category_words
from casegen.collection.collected import Collection
from casegen.editions.book import epub, pdf
from casegen.editions.book import fonts as typefaces
from casegen.editions.book.blocks import as_json
from casegen.editions.book.composition import Choice, Sources, compose
from casegen.editions.book.pieces import Limits, Progress, show_nothing
from casegen.editions.book.plates import Plate, list_plates, print_plate
from casegen.editions.book.templates import digest_files, has_own_files, load_templates
from casegen.editions.book.volume import Volume
from casegen.editions.materials import Materials
from casegen.output import Artifact
from casegen.problem import CasegenError, Problems
from casegen.source.schema import name_closest

UNSEEN = frozenset({"Cc", "Zl", "Zp"})  # they break a line, or are dropped
# Default_Ignorable_Code_Point of Unicode: these need no glyph.
IGNORED = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
FONTS = "fonts"  # the project's own folder of fonts
SHOWN_LACKING = 12
SHOWN_TITLE = 20  # characters
# What programs take for the kind of a file; the 2 of 案例集1.2 is none.
ENDING = re.compile(r"[A-Za-z][A-Za-z0-9]{0,4}")
PLATES_WORTH = 16  # pictures from which other processes convert some of them


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asks for: forms, and which cases (all where both are empty)."""

    forms: tuple[str, ...] = ("pdf",)
    slugs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class Darkroom:
    """Keeps the pictures of a book on disk from its first form to its last; all are of one size."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="casegen-plates-"))
        self._made: set[str] = set()
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def keep(self, made: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield the pictures, and keep each."""
        for name, content in made:
            (self._folder / Path(name).name).write_bytes(content)
            self._made.add(name)
            yield name, content

    def find(self, plates: Sequence[Plate]) -> Iterator[tuple[str, bytes]] | None:
        """Return the bytes of each plate, None where one was not made yet."""
        if not all(plate.name in self._made for plate in plates):
            return None
        return ((each.name, (self._folder / Path(each.name).name).read_bytes()) for each in plates)


@dataclass(frozen=True, slots=True)
class Job:
    """All that one book needs, so that it can be set in any process."""

    volume: Volume
    templates: Mapping[str, bytes] = field(hash=False)
    plates: Mapping[str, Plate] = field(hash=False)  # by name
    root: Path
    characters: frozenset[str]
    own: bool  # whether templates came with the project
    # Where several forms show the same pictures:
    darkroom: Darkroom | None = field(default=None, compare=False)


def list_books(
    materials: Materials, wish: Wish, problems: Problems = (), progress: Progress = show_nothing
) -> tuple[tuple[Artifact, ...], tuple[str, ...]]:
    """Return the files that are asked for, and what the editor should know about them.

    `problems` are listed in the Word file of a single case, which is for review. `progress` is
    called for each piece of a PDF that is set in pieces.
    Raises CasegenError "no-case", "no-category" for unknown names, "no-extra" where a form
    needs what is not installed, "no-font".
    """
    choice = _choose(materials, wish)
    for form in wish.forms:
        _require(form)
    templates, words = load_templates(materials.project)
    plates = list_plates(materials.files, materials.pictures)
    review = _plan(materials, choice, templates, words, plates, problems)
    if len(wish.forms) > 1 and review.plates:
        review = replace(review, darkroom=Darkroom())
    job = replace(review, volume=replace(review.volume, review=()))
    name = _name(choice)
    notices = _say_lacking(job) if "pdf" in wish.forms else ()
    artifacts = []
    for form in wish.forms:
        its = review if form == "docx" else job
        render = partial(FORMS[form], its)
        if form == "pdf":
            render = partial(make_pdf, its, progress=progress)
        artifacts.append(Artifact(f"{name}.{form}", _fingerprint(its, form), render))
    return tuple(artifacts), notices


def list_site_books(materials: Materials) -> Iterator[Artifact]:
    """Yield, for a site with books, the whole one and each published case by itself, as PDF."""
    if not materials.project.config.book.site or not materials.collection.cases:
        return
    _require("pdf")
    templates, words = load_templates(materials.project)
    plates = list_plates(materials.files, materials.pictures)
    whole = _plan(materials, Choice(), templates, words, plates)
    yield Artifact("book.pdf", _fingerprint(whole, "pdf"), partial(make_pdf, whole))
    for case in materials.collection.cases:
        job = _plan(materials, Choice((case.slug,)), templates, words, plates)
        yield Artifact(
            make_case_href(case.slug, "pdf"), _fingerprint(job, "pdf"), partial(make_pdf, job)
        )


def _choose(materials: Materials, wish: Wish) -> Choice:
    collection: Collection = materials.collection
    known = {case.slug: case.slug for case in collection.cases}
    known |= {case.path: case.slug for case in collection.cases}
    slugs = []
    for written in wish.slugs:
        slug = known.get(written.replace("\\", "/"))
        if slug is None:
            raise CasegenError(
                "no-case",
                f"没有网址名为“{written}”的案例",
                name_closest(written, list(collection.by_slug)),
            )
        slugs.append(slug)
    categories = []
    names = list_category_words(collection.categories)
    for written in wish.categories:
        if written not in names:
            raise CasegenError(
                "no-category", f"没有叫“{written}”的类别", name_closest(written, list(names))
            )
        categories.append(names[written])
    choice = Choice(tuple(dict.fromkeys(slugs)), tuple(dict.fromkeys(categories)))
    if not any(choice.takes(case) for case in collection.cases):
        if slugs and categories:
            said, hint = "--case 写的案例都不在 --category 写的类别里", "两个选项只写一个"
        else:
            said, hint = "没有可以印的案例", "已发布的案例才印；连同未发布的一起印，加 --drafts"
        raise CasegenError("no-case", said, hint)
    return choice


def _name(choice: Choice) -> str:
    if len(choice.slugs) == 1:
        return choice.slugs[0]
    if choice.slugs:
        return "selection"
    return "-".join(("book", *choice.categories))


def _plan(  # noqa: PLR0913, PLR0917 all that the books of one build share, and the choice
    materials: Materials,
    choice: Choice,
    templates: Mapping[str, bytes],
    words: Mapping[str, str],
    plates: Mapping[str, Plate],
    problems: Problems = (),
) -> Job:
    names = {path: plate.name for path, plate in plates.items()}
    config = materials.project.config
    sources = Sources(materials.collection, config, materials.pages, words, names, problems)
    volume = compose(sources, choice)
    text = json.dumps(as_json(volume), ensure_ascii=False)
    used = {plate.name: plate for plate in plates.values() if f'"{plate.name}"' in text}
    characters = frozenset(filter(_needs_glyph, set(unicodedata.normalize("NFC", text))))
    own = has_own_files(materials.project)
    return Job(volume, templates, used, materials.project.root, characters, own)


def _needs_glyph(character: str) -> bool:
    if unicodedata.category(character) in UNSEEN:
        return False
    return not any(first <= ord(character) <= last for first, last in IGNORED)


def _fonts(job: Job) -> typefaces.Fonts:
    return typefaces.find_fonts(job.characters, job.root / FONTS)


def _fingerprint(job: Job, form: str) -> str:
    """Return the digest of all that a book is made of."""
    text = json.dumps(as_json(job.volume), ensure_ascii=False, sort_keys=True)
    plates = sorted(f"{plate.name} {plate.digest}" for plate in job.plates.values())
    fonts = _fonts(job).digest if form == "pdf" else ""
    parts = (form, text, digest_files(job.templates), *plates, fonts)
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _say_lacking(job: Job) -> tuple[str, ...]:
    """Return a notice of characters that no font has, with the first case that holds each."""
    missing = _fonts(job).missing
    if not missing:
        return ()
    texts = [(c.title, json.dumps(as_json(c), ensure_ascii=False)) for c in job.volume.chapters]
    places: dict[str, list[str]] = {}
    for character in missing[:SHOWN_LACKING]:
        place = next((title for title, text in texts if character in text), "")
        places.setdefault(place, []).append(f"“{character}”（U+{ord(character):04X}）")
    said = [
        "、".join(found) + (f"，见《{_cut(place)}》" if place else "")
        for place, found in places.items()
    ]
    more = f"；一共 {len(missing)} 个字" if len(missing) > SHOWN_LACKING else ""
    told = f"没有字体能排 {'；'.join(said)}{more}。PDF 里印成 {pdf.LACKING}。"
    return (told + "装一种有这些字的字体，或把字体文件放进案例集的 fonts 文件夹",)


def _cut(title: str) -> str:
    return title if len(title) <= SHOWN_TITLE else f"{title[:SHOWN_TITLE]}……"


# ── forms ──


def make_pdf(job: Job, limits: Limits = pdf.LIMITS, progress: Progress = show_nothing) -> bytes:
    """Return the book as PDF."""
    with tempfile.TemporaryDirectory(prefix="casegen-book-") as place:
        folder = Path(place)
        (folder / "plates").mkdir()
        for name, content in _pictures(job):
            (folder / name).write_bytes(content)
        sizes = {name: (plate.width, plate.height) for name, plate in job.plates.items()}
        fonts = _fonts(job)
        return pdf.typeset(
            job.volume, job.templates, sizes, folder, fonts, limits, progress, own=job.own
        )


def make_epub(job: Job) -> bytes:
    """Return the book as EPUB 3."""
    return epub.write_epub(job.volume, job.templates[epub.STYLE], dict(_pictures(job)))


def make_docx(job: Job) -> bytes:
    """Return the book as Word; a single case as a text for review."""
    from casegen.editions.book import word  # noqa: PLC0415 - the extra `book`

    pictures = {
        name: pdf.draw_png(content) if name.endswith(".svg") else content
        for name, content in _pictures(job)
    }
    return word.write_docx(job.volume, pictures | pdf.draw_codes(job.volume))


def _pictures(job: Job) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of each plate, of the size for print in all forms."""
    plates = list(job.plates.values())
    if job.darkroom is None:
        return _print_plates(job, plates)
    return job.darkroom.find(plates) or job.darkroom.keep(_print_plates(job, plates))


def _print_plates(job: Job, plates: Sequence[Plate]) -> Iterator[tuple[str, bytes]]:
    """Make the plates; other processes make some of them where there are many."""
    room = pdf.find_picture_room(job.volume)
    make = partial(print_plate, root=job.root, room=room, grey=job.volume.grey)
    with workers.Workers(0) as pool:
        made = pool.map(make, plates, worth=PLATES_WORTH, chunk=4)
        yield from ((plate.name, content) for plate, content in zip(plates, made, strict=True))


FORMS: Mapping[str, Callable[[Job], bytes]] = MappingProxyType(
    {"pdf": make_pdf, "epub": make_epub, "docx": make_docx}
)
NEEDS: Mapping[str, tuple[Sequence[str], str]] = MappingProxyType(
    {"pdf": (("typst", "fontTools", "pikepdf"), "排 PDF"), "docx": (("docx", "typst"), "写 Word")}
)


def find_forms(asked: str, name: str) -> tuple[str, ...]:
    """Return the forms of `--format`, else the one that a file's name asks for, else PDF.

    Raises CasegenError "output-path" where the name is that of a file in another form.
    """
    stem, _, ending = name.rpartition(".")
    meant = ending.lower() if stem and ending.lower() in FORMS else ""
    if not meant and asked != "all" and stem and ENDING.fullmatch(ending):
        forms = (asked,) if asked else FORMS
        raise CasegenError(
            "output-path",
            f"书印不成“{name}”：没有 .{ending} 这一种",
            f"写 -o {'、'.join(f'{stem}.{form}' for form in forms)}{'' if asked else ' 中的一个'}",
        )
    if not meant or asked in {"", meant}:
        return tuple(FORMS) if asked == "all" else (asked or meant or "pdf",)
    if asked == "all":
        raise CasegenError(
            "output-path",
            f"--format all 要印 {len(FORMS)} 个文件，“{name}”却是一个文件的名字",
            f"-o 写文件夹，如 -o {stem}；只要这一个文件，就去掉 --format all",
        )
    raise CasegenError(
        "output-path",
        f"--format {asked} 印不出“{name}”：它的后缀是 {meant}",
        f"写 -o {stem}.{asked}，或 --format {meant}",
    )


def _require(form: str) -> None:
    """Raise CasegenError "no-extra" with what to install where a form needs it."""
    modules, what = NEEDS.get(form, ((), ""))
    if any(find_spec(module) is None for module in modules):
        raise CasegenError(
            "no-extra",
            f"{what}要用的组件还没有装",
            "运行 pip install 'casegen[book]'；装不上的电脑，可先用 --format epub",
        )
