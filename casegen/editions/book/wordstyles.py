"""wordstyles: how the Word file looks: paper, fonts, styles, and its parts beside the text.

Secret: sizes, and the fonts of official documents (GB/T 9704: 小标宋, 黑体, 楷体, 仿宋) with
a replacement for each where it is not installed.
Not here: what is written in a style (word, wordtext).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from types import MappingProxyType

from casegen.editions.book.volume import Volume

TITLE, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体", "仿宋"
LATIN = "Times New Roman"
# Each font, its other name or replacement, and the class by which programs replace it.
FONTS = (
    (TITLE, "华文中宋", "roman"), (HEI, "SimHei", "swiss"), (KAI, "KaiTi", "script"),
    (FANG, "FangSong", "roman"), (LATIN, "Liberation Serif", "roman"),
)  # fmt: skip
SIGNATURE = (  # the scripts of a Chinese font, by which a program chooses a replacement
    '<w:sig w:usb0="00000287" w:usb1="080E0000" w:usb2="00000010" w:usb3="00000000"'
    ' w:csb0="00040000" w:csb1="00000000"/>'
)
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ROOT = f'xmlns:w="{NAMESPACE}"'
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MM = 1440 / 25.4  # twips

HEADINGS = ("part", "case", "section", "point", "detail", "detail")
SOFT, LINE = "4B5B61", "7B8B8F"
COLOUR = re.compile(r'(w:color(?: w:val)?=")([0-9A-F]{6})(?=")')


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: width, height and margins in mm, size and line height of the text in points."""

    width: float
    height: float
    top: float
    bottom: float
    inside: float
    outside: float
    size: float
    line: float

    @property
    def measure(self) -> int:
        """The width of a line, in twips."""
        return round((self.width - self.inside - self.outside) * MM)

    @property
    def column(self) -> int:
        """The height of the text, in twips."""
        return round((self.height - self.top - self.bottom) * MM)


_PAPERS = MappingProxyType(
    {
        "a4": Paper(210, 297, 30, 28, 28, 26, 14, 25),
        "16k": Paper(185, 260, 25, 22, 21, 19, 12, 21),
        "32k": Paper(140, 203, 20, 18, 16, 15, 10.5, 17.5),
    }
)
REVIEW = Paper(210, 297, 37, 35, 28, 26, 16, 28)  # GB/T 9704: 22 lines of 28 characters


def find_paper(volume: Volume) -> Paper:
    """Return the sheet of a book; a case for review is laid out as an official document."""
    if volume.single:
        return REVIEW
    paper = _PAPERS[volume.paper]
    return replace(paper, inside=paper.inside + volume.binding)


def find_heading_style(level: int, *, base: int) -> str:
    """Return the style of an outline level; `base` is the index of level 1 in `HEADINGS`."""
    return HEADINGS[min(level - 1 + base, len(HEADINGS) - 1)]


def find_grey(colour: str) -> str:
    """Return the grey that is as light as a colour; both are RRGGBB."""
    red, green, blue = bytes.fromhex(colour)
    return f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02X}" * 3


def write_styles(paper: Paper, lang: str, base: int, *, grey: bool) -> bytes:
    """Return the styles; `base` says what heading 1 is: a part, a case or a section."""
    said, chinese = _languages(lang)
    half = round(paper.size * 2)
    styles = "".join(_styles(paper, base))
    if grey:
        styles = COLOUR.sub(lambda found: found[1] + find_grey(found[2]), styles)
    return (
        f"{_DECLARED}<w:styles {_ROOT}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}"
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        f'<w:lang w:val="{said}" w:eastAsia="{chinese}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault/></w:docDefaults>{styles}</w:styles>"
    ).encode()


def _languages(lang: str) -> tuple[str, str]:
    """Return the languages of Latin letters and digits, and of Chinese characters.

    In a Chinese book the former are English, as in any file that Word makes of Chinese text:
    LibreOffice breaks a line within a number that is marked as Chinese.
    """
    said = escape(lang)
    return ("en-US", said) if said.lower().startswith("zh") else (said, "zh-CN")


def _fonts(chinese: str, latin: str = LATIN) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{chinese}" w:hAnsi="{latin}" w:cs="{LATIN}"/>'


@dataclass(frozen=True, slots=True)
class _Look:
    """How a paragraph style looks; sizes in points, spaces in lines of the text."""

    font: str = FANG
    size: float = 1.0
    bold: bool = False
    colour: str = ""
    align: str = "both"
    indent: int = 0  # of the first line, in hundredths of a character
    left: int = 0
    hanging: int = 0
    before: float = 0
    after: float = 0
    exact: bool = True
    keep: bool = False
    fresh: bool = False
    level: int = 0
    tab: str = ""
    unnumbered: bool = False  # has no line numbers
    border: str = ""


def _style(ident: str, name: str, look: _Look, paper: Paper, base: str = "Normal") -> str:
    size = paper.size * look.size
    height = paper.line if look.size == 1.0 else max(size * 1.45, 9)
    spacing = f'w:before="{round(look.before * paper.line * 20)}" '
    spacing += f'w:after="{round(look.after * paper.line * 20)}" '
    rule = "exact" if look.exact else "auto"
    spacing += f'w:line="{round(height * 20) if look.exact else 240}" w:lineRule="{rule}"'
    indent = f'w:left="{round(look.left * size / 5)}" w:leftChars="{look.left}" '
    if look.hanging:
        indent += f'w:hanging="{round(look.hanging * size / 5)}" w:hangingChars="{look.hanging}"'
    else:
        indent += f'w:firstLine="{round(look.indent * size / 5)}" w:firstLineChars="{look.indent}"'
    half = round(size * 2)
    parent = "" if ident == "Normal" else f'<w:basedOn w:val="{base}"/>'
    following = '<w:next w:val="Normal"/>' if look.level or look.keep else ""
    default = ' w:default="1"' if ident == "Normal" else ""
    parts = (
        f'<w:style w:type="paragraph"{default} w:styleId="{ident}"><w:name w:val="{name}"/>',
        f"{parent}{following}<w:qFormat/><w:pPr>",
        "<w:keepNext/>" if look.keep else "",
        "<w:keepLines/>" if look.level else "",
        "<w:pageBreakBefore/>" if look.fresh else "",
        "<w:widowControl/>" if ident == "Normal" else "",
        "<w:suppressLineNumbers/>" if look.unnumbered else "",
        look.border,
        look.tab,
        "<w:overflowPunct/><w:topLinePunct/>" if ident == "Normal" else "",
        f"<w:spacing {spacing}/><w:ind {indent}/>",
        f'<w:jc w:val="{look.align}"/>',
        f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else "",
        f"</w:pPr><w:rPr>{_fonts(look.font)}",
        "<w:b/><w:bCs/>" if look.bold else "",
        f'<w:color w:val="{look.colour}"/>' if look.colour else "",
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>',
    )
    return "".join(parts)


def _heads() -> dict[str, _Look]:
    return {
        "part": _Look(TITLE, 2.0, align="center", before=4, after=2, keep=True, fresh=True),
        "case": _Look(TITLE, 1.375, align="center", before=1, after=0.5, keep=True, fresh=True),
        "section": _Look(HEI, 1.1, indent=200, before=0.5, after=0.25, align="left", keep=True),
        "point": _Look(KAI, 1.0, bold=True, indent=200, align="left", keep=True),
        "detail": _Look(FANG, 1.0, bold=True, indent=200, align="left", keep=True),
    }


def _styles(paper: Paper, base: int) -> Iterator[str]:
    dots = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{paper.measure}"/></w:tabs>'
    heads = _heads()
    yield _style("Normal", "Normal", _Look(indent=200), paper)
    for level in range(1, 7):
        look = heads[find_heading_style(level, base=base)]
        yield _style(f"Heading{level}", f"heading {level}", replace(look, level=level), paper)
    rule = f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{LINE}"/></w:pBdr>'
    looks: Sequence[tuple[str, str, _Look]] = (
        ("Title", "Title", _Look(TITLE, 1.375 if base == 2 else 2.2, align="center",
                                 before=0 if base == 2 else 5, after=0.5, keep=True)),
        ("Subtitle", "Subtitle", _Look(KAI, 1.15, align="center", after=0.5)),
        ("Byline", "单位", _Look(KAI, align="center", after=0.5)),
        ("Imprint", "扉页文字", _Look(align="center")),
        ("TOCHeading", "TOC Heading", _Look(TITLE, 1.5, align="center", before=1, after=1,
                                            keep=True, fresh=True)),
        ("TOC1", "toc 1", _Look(HEI, align="left", before=0.4, tab=dots)),
        ("TOC2", "toc 2", _Look(align="left", left=200, tab=dots)),
        ("Caption", "caption", _Look(HEI, 0.8, colour=SOFT, align="center", before=0.2, after=0.6)),
        ("TableCaption", "表题", _Look(HEI, 0.9, align="left", before=0.6, after=0.2, keep=True)),
        ("Picture", "图片", _Look(align="center", before=0.6, exact=False, keep=True,
                               unnumbered=True)),
        ("TableText", "表格", _Look(size=0.85, align="left")),
        ("TableSmall", "表格小字", _Look(size=0.62, align="left")),
        ("TableTiny", "表格细字", _Look(size=0.45, align="left")),
        ("Given", "版权页文字", _Look(align="left", before=0.25, after=0.25)),
        ("Note", "说明", _Look(KAI, 0.85, colour=SOFT, align="left", after=0.4)),
        ("Draft", "草稿", _Look(HEI, 0.9, colour="8A3A00", align="center", after=0.4)),
        ("Summary", "导语", _Look(KAI, indent=200, before=0.4, after=0.4)),
        ("Quote", "Quote", _Look(KAI, left=200, indent=200, before=0.3, after=0.3, border=rule)),
        ("Listing", "原样文字", _Look(HEI, 0.8, align="left", left=200, before=0.3, after=0.3)),
        ("ListParagraph", "List Paragraph", _Look(left=200)),
        ("Separator", "分隔", _Look(align="center", before=0.3, after=0.3)),
        ("Gap", "空行", _Look(size=0.4, unnumbered=True)),
        ("Credits", "署名", _Look(KAI, 0.9, align="left", left=500, hanging=500)),
        ("Entry", "索引项", _Look(size=0.85, align="left", left=200, hanging=200, tab=dots)),
        ("Letter", "索引字母", _Look(HEI, 0.95, align="left", before=0.5, keep=True)),
        ("FootnoteText", "footnote text", _Look(size=0.7, align="left")),
        ("Header", "header", _Look(KAI, 0.7, colour=SOFT, align="center")),
        ("Footer", "footer", _Look("宋体", 0.875, align="right")),
    )  # fmt: skip
    for ident, name, look in looks:
        yield _style(ident, name, look, paper)
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        '</w:style><w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:rPr><w:color w:val="17505D"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="LineNumber"><w:name w:val="line number"/>'
        f'<w:rPr><w:color w:val="{LINE}"/><w:sz w:val="18"/></w:rPr></w:style>'
        f'<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr>'
        f"{_fonts(HEI)}</w:rPr></w:style>"
        f'<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:rPr>'
        f"{_fonts(KAI)}</w:rPr></w:style>"
    )
    yield _table_style()


def _table_style() -> str:
    """Return a table style with three lines: thick above and below, one under the head."""
    thick = f'w:val="single" w:sz="12" w:space="0" w:color="{SOFT}"'
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="CaseTable"><w:name w:val="三线表"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top {thick}/>'
        f"<w:bottom {thick}/><w:insideH {thin}/></w:tblBorders>"
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        '</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:tblStylePr w:type="firstRow"><w:rPr>{_fonts(HEI)}</w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{SOFT}"/></w:tcBorders></w:tcPr>'
        "</w:tblStylePr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Gallery">'
        '<w:name w:val="并排图片"/><w:basedOn w:val="TableNormal"/></w:style>'
    )


def write_settings(lang: str, *, facing: bool) -> bytes:
    """Return the settings; `facing` is for a book with facing pages."""
    said, chinese = _languages(lang)
    uri = "http://schemas.microsoft.com/office/word"
    known = (
        ("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1), ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )  # fmt: skip
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in known
    )
    return (
        f'{_DECLARED}<w:settings {_ROOT}><w:zoom w:percent="100"/>'
        f"{'<w:mirrorMargins/>' if facing else ''}"
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="156"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f"<w:compat><w:useFELayout/>{compat}</w:compat>"
        f'<w:themeFontLang w:val="{said}" w:eastAsia="{chinese}"/></w:settings>'
    ).encode()


def write_fonts() -> bytes:
    """Return the fonts with a replacement for each."""
    said = []
    for name, other, family in FONTS:
        chinese = name != LATIN
        said.append(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/>'
            f'<w:charset w:val="{"86" if chinese else "00"}"/><w:family w:val="{family}"/>'
            f'<w:pitch w:val="{"auto" if chinese else "variable"}"/>'
            f"{SIGNATURE if chinese else ''}</w:font>"
        )
    return f"{_DECLARED}<w:fonts {_ROOT}>{''.join(said)}</w:fonts>".encode()
