"""template: the HTML of a body with slots for what only its page knows.

Secret: which parts of the HTML depend on the page: links, pictures, marked sentences, labels.
Not here: writing the HTML with its slots (html), where a link leads (editions.site).

A body is parsed as Markdown once, when its case is read. The template is kept with the case, and a
page fills it; so a page needs no Markdown parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from markdown_it.common.normalize_url import normalizeLink

from casegen.body.link_kinds import clean_href, find_kind


@dataclass(frozen=True, slots=True)
class Target:
    """What a destination becomes on the page: an address, and what is known of the file there.

    `note` (`PDF，1.2 MB`) follows the text of a link; `srcset`, `width` and `height` (pixels) are
    for images and left out where empty or 0; so is `sizes`, how wide the page shows them.
    `plays` is "audio" or "video" for what is played in the page, with `poster` and `captions`.
    """

    href: str
    note: str = ""
    srcset: str = ""
    width: int = 0
    height: int = 0
    sizes: str = ""
    plays: str = ""
    poster: str = ""
    captions: str = ""


@dataclass(frozen=True, slots=True)
class BodyWords:
    """The words a page adds for screen readers; `{number}` counts; those left empty are omitted.

    `table` names the scroll region of a table, `footnotes` the list of footnotes, `note` the
    mark of a footnote in the text, `back` the link back from it; `file` is what follows a link to
    a file, `{note}` its kind and size; `captions` names those of a video.
    """

    table: str = ""
    footnotes: str = ""
    note: str = ""
    back: str = ""
    file: str = "（{note}）"
    captions: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """The values for the slots: see `Template.fill`."""

    links: Mapping[str, Target]
    marks: Mapping[int, tuple[str, ...]]
    words: BodyWords


@dataclass(frozen=True, slots=True)
class LinkStart:
    """The start of a link to a destination as written; one whose text is the address is `plain`."""

    href: str
    title: str
    plain: bool = False

    def fill(self, page: Filling) -> str:
        """Return the tag; "" where the link leads nowhere."""
        target = find_target(self.href, page.links)
        if target is None:
            return ""
        rel = "noopener" if find_kind(target.href) == "external" else ""
        more = write_attributes(title=self.title, rel=rel, class_="plain" if self.plain else "")
        return f'<a href="{escape(target.href)}"{more}>'


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """The end of a link to a destination as written."""

    href: str

    def fill(self, page: Filling) -> str:
        """Return the closing tag, after kind and size of the file that the link leads to."""
        target = find_target(self.href, page.links)
        if target is None:
            return ""
        if not target.note:
            return "</a>"
        note = page.words.file.replace("{note}", target.note)
        return f'<span class="link-note">{escape(note)}</span></a>'


@dataclass(frozen=True, slots=True)
class Image:
    """An image by its destination as written."""

    href: str
    alt: str
    title: str

    def fill(self, page: Filling) -> str:
        """Return the tag of an image or a player; the alternative text where there is no file."""
        local = find_kind(self.href) == "local"
        target = page.links.get(self.href) if local else None
        if target is None:
            return escape(self.alt)
        if target.plays:
            return self._player(target, page.words)
        return (
            f'<img src="{escape(target.href)}" alt="{escape(self.alt)}"'
            + write_attributes(
                title=self.title,
                srcset=target.srcset,
                sizes=target.sizes if target.srcset else "",
                width=target.width,
                height=target.height,
            )
            + ' loading="lazy" decoding="async">'
        )

    def _player(self, target: Target, words: BodyWords) -> str:
        """Return a player that starts only on demand; browsers without one show a link."""
        tag, src = target.plays, escape(target.href)
        size = write_attributes(width=target.width, height=target.height, title=self.title)
        given = write_attributes(aria_label=self.alt, poster=target.poster) + size
        load = "none" if target.poster or tag == "audio" else "metadata"
        track = ""
        if target.captions:
            named = write_attributes(label=words.captions, srclang="zh")
            track = f'<track kind="captions" src="{escape(target.captions)}"{named}>'
        link = f'<a href="{src}">{escape(self.alt or target.href.rpartition("/")[2])}</a>'
        return f'<{tag} src="{src}" controls preload="{load}"{given}>{track}{link}</{tag}>'


@dataclass(frozen=True, slots=True)
class MarkStart:
    """The start of a piece of a sentence that may be marked; ids are on its first piece."""

    sentence: int
    first: bool

    def fill(self, page: Filling) -> str:
        """Return the opening tag; "" where the page does not mark the sentence."""
        ids = page.marks.get(self.sentence, ())
        if not ids:
            return ""
        if not self.first:
            return '<span class="evidence">'
        return f'<span class="evidence" id="{escape(ids[0])}">' + write_anchors(ids[1:])


@dataclass(frozen=True, slots=True)
class MarkEnd:
    """The end of a piece of a sentence that may be marked."""

    sentence: int

    def fill(self, page: Filling) -> str:
        """Return the closing tag; "" where the page does not mark the sentence."""
        return "</span>" if page.marks.get(self.sentence) else ""


@dataclass(frozen=True, slots=True)
class RowMark:
    """The attributes of a table's row that may be marked."""

    sentence: int

    def fill(self, page: Filling) -> str:
        """Return class and id of a row that the page marks; "" for other rows."""
        ids = page.marks.get(self.sentence, ())
        return f' class="evidence" id="{escape(ids[0])}"' if ids else ""


@dataclass(frozen=True, slots=True)
class RowAnchors:
    """The further ids of a marked row, in its first cell."""

    sentence: int

    def fill(self, page: Filling) -> str:
        """Return an empty element for each id after the first."""
        return write_anchors(page.marks.get(self.sentence, ())[1:])


@dataclass(frozen=True, slots=True)
class Label:
    """Return an aria-label with the page's words; `also` are attributes written with it."""

    word: str
    number: str = ""
    also: str = ""

    def fill(self, page: Filling) -> str:
        """Return the attributes; "" where the page has no such word."""
        label = str(getattr(page.words, self.word)).replace("{number}", self.number)
        return self.also + write_attributes(aria_label=label) if label else ""


Slot: TypeAlias = LinkStart | LinkEnd | Image | MarkStart | MarkEnd | RowMark | RowAnchors | Label


@dataclass(frozen=True, slots=True)
class Template:
    """The HTML of a body: finished text, and slots."""

    parts: tuple[str | Slot, ...] = ()

    def fill(
        self,
        links: Mapping[str, Target],
        marks: Mapping[int, tuple[str, ...]],
        words: BodyWords,
    ) -> str:
        """Return the HTML for one page.

        `links` gives each destination its target. One that it lacks: other hosts are linked as
        written, `#anchor` too; of a local or forbidden one only the text is shown, of an image the
        alternative text. `marks` gives sentences, by index, their ids.
        """
        page = Filling(links, marks, words)
        return "".join(p if isinstance(p, str) else p.fill(page) for p in self.parts)


def split_opening(template: Template, href: str) -> tuple[Template, Template] | None:
    """Split the figure of the picture `href` from the body it opens; None if it does not."""
    match template.parts:
        case ("<figure>", Image() as image, str() as after, *rest) if image.href == href:
            caption, end, tail = after.partition("</figure>")
            if end:
                opening = Template(("<figure>", image, caption + end))
                return opening, Template((tail.lstrip("\n"), *rest))
    return None


def write_attributes(**values: str | int) -> str:
    """Write attributes as HTML; `_` in a name becomes `-`, an empty value is left out."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in values.items()
        if value
    )


def write_anchors(ids: tuple[str, ...]) -> str:
    """Return an empty element for each id."""
    return "".join(f'<span id="{escape(name)}"></span>' for name in ids)


def find_target(href: str, links: Mapping[str, Target]) -> Target | None:
    """Return a link's target: the page's, else the link as written for other hosts and anchors."""
    sort = find_kind(href)
    if sort == "unsafe":
        return None
    if href in links:
        return links[href]
    if sort == "external":
        return Target(normalizeLink(clean_href(href)))
    return Target(re.sub(r"\s", "%20", href)) if sort == "anchor" else None
