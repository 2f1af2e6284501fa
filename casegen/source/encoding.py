"""encoding: the bytes of a text file as text, and text as bytes in the same encoding.

Secret: the encodings that are read (UTF-8, UTF-16 with BOM, GB18030), how they are distinguished,
and which characters are refused inside text.
Not here: what the text means (fences, frontmatter, body), and opening files (source, project).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice

from casegen.chinese.characters import HAN
from casegen.problem import Edit, Location, Problem, Problems, Severity

LIMIT = 4 * 1024 * 1024  # docs/handbook/images.md: a case file over 4 MB is an error

_BOMS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8（带 BOM）",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "gb18030": "GB18030（国标码）",
}
# Control characters, surrogates, non-characters, private-use characters (each font shows its own),
# tags, the line separators that editors do not count as line ends, and the marks that change the
# reading direction of the text beside them.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
# These stay, since some scripts need them; but a search does not find a word that holds one.
_INVISIBLE = re.compile("[\xad\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]")
# Joiners are letters of some scripts; between Chinese characters they come from web pages.
_HIDDEN = re.compile(f"{_INVISIBLE.pattern}+|(?<=[{HAN}])[\u200c\u200d]+(?=[{HAN}])")
_UNSEEN = re.compile(f"{_CONTROL.pattern}+|{_HIDDEN.pattern}")
_EACH = 500  # places that are named one by one; what holds more is no text
_LINE_END = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""Text with line ends as `\n` and control characters as spaces; `encoding` is for `encode`."""

    text: str
    encoding: str


def decode(data: bytes, path: str) -> tuple[Decoded | None, Problems]:
    """Read the bytes of a file as text; None, and an error, where they are no text.

    Positions in the text are positions in the file: a control character becomes one space, and
    only the second half of a Windows line end is dropped.
    """
    if len(data) > LIMIT:
        return None, make_too_large(path, len(data))
    encoding, text, before = _decoded(data)
    if text is None:
        line, column = _place(before)
        name = _NAMES.get(encoding, "")
        reason = f"这里有不合 {name} 编码的字节" if name else "认不出文件的文字编码"
        return _unreadable(
            path,
            f"读不了文件：{reason}",
            "用记事本打开，“另存为”时编码选 UTF-8",
            line=line,
            column=column,
        )
    if text.count("\0") * 10 > len(text):
        return _unreadable(
            path,
            "读不了文件：不是文本，或是没有 BOM 的 UTF-16",
            "用记事本打开，“另存为”时编码选 UTF-8",
        )
    text = _LINE_END.sub("\n", text)
    problems = tuple(_report_encoding(text, encoding, path))
    return Decoded(_CONTROL.sub(" ", text), encoding), problems


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of a text in an encoding that `decode` named, its BOM included."""
    mark = next((bom for bom, name in _BOMS if name == encoding), b"")
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    return mark + text.encode(codec)


def blank_unprintable(text: str) -> str:
    """Return a text with a space for each control character and each half of a surrogate pair."""
    return _CONTROL.sub(" ", text)


def find_hidden(text: str) -> str:
    """Return the first character of a text that nobody sees, as U+200B; "" for none."""
    found = _CONTROL.search(text) or _HIDDEN.search(text)
    return f"U+{ord(found[0][0]):04X}" if found else ""


def decode_plain(data: bytes) -> tuple[str, str] | None:
    """Return a file's text as it stands, without BOM and with its line ends, and its encoding."""
    encoding, text, _ = _decoded(data)
    return None if text is None else (text, encoding)


def _decoded(data: bytes) -> tuple[str, str | None, str]:
    """Return the encoding's name ("" if unknown), the text or None, the text before the fault."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            codec = "utf-8" if encoding == "utf-8-sig" else encoding
            return _strictly(data[len(bom) :], codec, encoding) if codec else ("", None, "")
    found = _strictly(data, "utf-8", "utf-8")
    if found[1] is not None or _mostly_utf8(data):
        return found
    found = _strictly(data, "gb18030", "gb18030")
    return found if found[1] is not None else ("", None, "")


def _strictly(data: bytes, codec: str, encoding: str) -> tuple[str, str | None, str]:
    try:
        return encoding, data.decode(codec), ""
    except UnicodeDecodeError as error:
        return encoding, None, data[: error.start].decode(codec, "replace")


def _mostly_utf8(data: bytes) -> bool:
    """Return whether a file that is not UTF-8 is a damaged one rather than GB18030.

    Chinese text in GB18030 forms a valid sequence of UTF-8 only by accident, so a file in which
    four in five of the non-ASCII characters are valid was UTF-8 once.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - broken
    return sound > 4 * broken


def _place(before: str) -> tuple[int, int]:
    lines = _LINE_END.sub("\n", before).split("\n")
    return len(lines), len(lines[-1]) + 1


def make_too_large(path: str, size: int) -> Problems:
    """Return the error for a file of `size` bytes, which are more than the 4 MB that are read."""
    return _unreadable(
        path,
        f"文件有 {size / 1024 / 1024:.1f} MB，超过 4 MB 的上限",
        "图片、附件请另存为文件放在旁边，正文只写链接",
    )[1]


def _unreadable(
    path: str, message: str, hint: str, *, line: int = 1, column: int = 1
) -> tuple[None, Problems]:
    where = Location(path, line, column)
    return None, (Problem("unreadable", Severity.ERROR, message, where, hint),)


def _report_encoding(text: str, encoding: str, path: str) -> list[Problem]:
    said = []
    if encoding not in ("utf-8", "utf-8-sig"):
        said.append(
            Problem(
                "encoding",
                Severity.NOTE,
                f"文件是 {_NAMES[encoding]} 编码，已照此读取",
                Location(path),
                "不必改；若要统一，用记事本“另存为”，编码选 UTF-8",
            )
        )
    line, begin = 1, 0
    for found in islice(_UNSEEN.finditer(text), _EACH):
        line += text.count("\n", begin, found.start())
        begin = found.start()
        column = begin - text.rfind("\n", 0, begin)
        where = Location(path, line, column)
        said.append(_name_unseen(found, where))
    return said


def _name_unseen(found: re.Match[str], where: Location) -> Problem:
    code = f"U+{ord(found[0][0]):04X}"
    if _CONTROL.match(found[0]):
        message = f"这里有看不见的控制字符 {code}，已当作空格"
        hint = "删去它；多半是从网页或 Word 粘贴时带来的"
        return Problem("control-character", Severity.WARNING, message, where, hint)
    message = f"这里有看不见的字符 {code}，读者搜不到带它的词"
    hint = "删去它，casegen check --fix 会代劳；多半是从网页或 Word 粘贴时带来的"
    fix = Edit(found.start(), found.end(), "")
    return Problem("control-character", Severity.WARNING, message, where, hint, fix)
