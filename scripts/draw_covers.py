"""Draw the pictures of ours: covers of the demonstration cases, share cards of the categories.

    python scripts/draw_covers.py

Secret: what is drawn, and that the same bytes come out each time.
Not here: the pen (drawing), covers of cases about places (place_covers), the sizes in which a site
shows pictures (casegen.editions).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import place_covers
from drawing import (
    COVER,
    FINE,
    INK,
    LINE,
    PALE,
    PAPER,
    SIZE,
    SKY,
    Point,
    Sheet,
    curve,
    land,
    ridge,
)

# ruff: noqa: INP001  (a script)

ROOT = Path(__file__).parents[1]
CATEGORIES = {
    "industry": "#6b4400",
    "talent": "#1d53a5",
    "culture": "#7d0f56",
    "ecology": "#23745d",
    "organization": "#bb3c1a",
}


# ── covers ──


def hens(sheet: Sheet) -> None:
    """Draw hens on a slope that walk towards a telephone which shows one of them."""
    land(sheet, ridge(330, 40, 210, 0.4), "#d8e4df")
    land(sheet, ridge(430, 34, 260, 2.2), "#c3d6cf")
    land(sheet, ridge(530, 12, 300, 1.0), "#8fae9f")
    for x, y, size, colour in (
        (170, 480, 1.0, "#6b4400"),
        (360, 500, 0.82, "#bb3c1a"),
        (520, 488, 0.92, "#8a6a2c"),
    ):
        hen(sheet, x, y, size, colour)
    sheet.pen.rounded_rectangle([v * FINE for v in (800, 80, 1040, 566)], 30 * FINE, fill=COVER)
    sheet.pen.rounded_rectangle([v * FINE for v in (816, 112, 1024, 520)], 8 * FINE, fill=PAPER)
    sheet.disc(920, 543, 10, PALE)
    sheet.box(816, 400, 1024, 404, LINE)
    hen(sheet, 905, 350, 0.82, "#bb3c1a")
    for row, width in enumerate((150, 110, 130)):
        sheet.box(838, 424 + row * 30, 838 + width, 434 + row * 30, PALE)


def hen(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Draw a hen that looks to the right; (x, y) is the middle of her body."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * size, y + dy * size

    for leg in (-8, 16):
        sheet.stroke([at(leg, 30), at(leg, 66), at(leg + 14, 66)], INK, 4 * size)
    body = curve(at(-88, -52), at(-60, 62), at(72, 70), at(66, -40))
    back = curve(at(66, -40), at(48, -30), at(10, 12), at(-30, -12))
    sheet.area([*body, *back, at(-88, -52)], colour)
    sheet.disc(*at(58, -52), 24 * size, colour)
    sheet.area([at(78, -60), at(102, -50), at(78, -42)], "#d9b04a")
    for dx, dy in ((44, -78), (58, -84), (72, -76)):
        sheet.disc(*at(dx, dy), 9 * size, "#bb3c1a")
    sheet.disc(*at(64, -56), 4 * size, PAPER)
    wing = curve(at(-40, -4), at(-20, 44), at(24, 40), at(34, 6))
    sheet.stroke(wing, PAPER, 3 * size)


def peaks(sheet: Sheet) -> None:
    """Draw four mountains, one a county, tied by five lines."""
    sheet.disc(930, 150, 56, "#e3cf8e")
    shades = ("#b5cdd0", "#7fa3aa", "#3a6370", COVER)
    for number, (x, top) in enumerate(((180, 250), (450, 170), (720, 220), (1000, 290))):
        left, right = x - 260, x + 260
        slope = [*curve((left, 640), (x - 130, 500), (x - 70, top + 30), (x, top))]
        fall = curve((x, top), (x + 60, top + 40), (x + 140, 480), (right, 640))
        sheet.area([*slope, *fall], shades[number])
    for number, colour in enumerate(CATEGORIES.values()):
        y = 400 + number * 34
        line = curve((-10, y + 60), (380, y - 60), (760, y + 100), (1210, y - 20))
        sheet.stroke(line, PAPER, 13)
        sheet.stroke(line, colour, 7)


def moss(sheet: Sheet) -> None:
    """Draw a river between banks of moss."""
    land(sheet, ridge(190, 46, 190, 1.2), "#cfdfd8")
    land(sheet, ridge(270, 30, 250, 3.0), "#a9c6b8")
    bank = curve((700, 260), (420, 330), (980, 420), (520, 640))
    other = curve((1000, 640), (1180, 430), (620, 350), (760, 262))
    land(sheet, ridge(300, 10, 320, 0.3), "#4f8f78")
    sheet.area([*bank, *other], "#dbe9ea")
    for shift in (0.3, 0.55, 0.8):
        middle = [
            (a[0] + (b[0] - a[0]) * shift, a[1] + (b[1] - a[1]) * shift)
            for a, b in zip(bank, reversed(other), strict=True)
        ]
        sheet.stroke(middle[6:36], "#9fc0c6", 3)
    for number in range(150):
        x = (number * 137.5) % 1200
        y = 345 + (number * 61.8) % 280
        near = min(bank, key=lambda p: abs(p[1] - y))[0]
        far = min(other, key=lambda p: abs(p[1] - y))[0]
        if near - 34 < x < far + 34:
            continue
        size = 9 + (y - 330) / 22
        shade = ("#23745d", "#2f8a70", "#6fae95")[number % 3]
        for turn in (-0.9, -0.45, 0.0, 0.45, 0.9):
            tip = (x + size * 1.7 * math.sin(turn), y - size * 1.7 * math.cos(turn))
            sheet.stroke([(x, y), tip], shade, size / 4)


def terraces(sheet: Sheet) -> None:
    """Draw terraces of tea, row above row, and a path up to a house."""
    sheet.disc(250, 140, 50, "#e3cf8e")
    land(sheet, ridge(250, 40, 230, 2.0), "#d3e1dc")
    greens = ("#9fc3b0", "#7fb09a", "#5d9a82", "#3f856c", "#2b735b", "#1f5f4b")
    for number, colour in enumerate(greens):
        line = ridge(300 + number * 58, 26 - number * 2, 250 + number * 14, 0.5 + number * 0.35)
        land(sheet, line, colour)
        for step in range(4, len(line) - 1, 9 - number // 2):
            x, y = line[step]
            radius = 9 + number * 3
            sheet.disc(x, y + radius * 0.7, radius, greens[min(number + 1, 5)])
    path = curve((860, 640), (700, 520), (1010, 440), (900, 300))
    sheet.stroke(path, PAPER, 12)
    sheet.box(850, 226, 950, 300, PAPER)
    sheet.area([(832, 230), (900, 182), (968, 230)], COVER)
    sheet.box(888, 256, 912, 300, "#bb3c1a")


def courtyard(sheet: Sheet) -> None:
    """Draw a row of gates, each with its plate; one more is being looked at."""
    sheet.box(0, 0, 1200, 150, "#dfe8e6")
    sheet.box(0, 150, 1200, 500, "#f1ede2")
    sheet.box(0, 500, 1200, 630, "#d5cfc0")
    for x in range(-60, 1260, 44):
        sheet.area(curve((x, 150), (x + 4, 176), (x + 40, 176), (x + 44, 150)), COVER)
    sheet.box(0, 132, 1200, 152, COVER)
    for number, left in enumerate((110, 480, 850)):
        sheet.box(left - 18, 226, left + 258, 500, LINE)
        sheet.box(left, 244, left + 118, 500, "#8f2d16")
        sheet.box(left + 122, 244, left + 240, 500, "#8f2d16")
        for x in (left + 100, left + 140):
            sheet.disc(x, 384, 9, "#d9b04a")
        plate = left + 78
        sheet.box(plate, 184, plate + 84, 214, "#1d53a5")
        for dot in range(number + 1):
            sheet.box(plate + 14 + dot * 22, 193, plate + 28 + dot * 22, 205, PAPER)
    for row in range(3):
        sheet.box(0, 530 + row * 34, 1200, 533 + row * 34, "#bdb6a4")
    for x in (404, 774):
        sheet.stroke(curve((x, 500), (x - 6, 440), (x + 4, 400), (x, 360)), "#5a4a2a", 7)
        for turn in range(9):
            angle = turn * 2.4
            reach = 10 + turn * 4.5
            sheet.disc(
                x + reach * math.cos(angle), 350 + reach * math.sin(angle) * 0.8, 19, "#23745d"
            )


COVERS: dict[str, Callable[[Sheet], None]] = {
    "images/buyun": hens,
    "images/wuwei-yiti": peaks,
    "images/congjiang": moss,
    "images/sanyuan": terraces,
    "images/jiugu": courtyard,
    **place_covers.COVERS,
}


# ── share cards ──


def leaf_pair(y: float) -> list[list[Point]]:
    """Return two leaves of an ear, in the square of 24 that the signs are drawn in."""
    right = [
        *curve((12, y), (8.8, y), (7, y - 1.9), (7, y - 4.8)),
        *curve((7, y - 4.8), (10.2, y - 4.8), (12, y - 2.9), (12, y)),
    ]
    return [right, [(24 - x, line) for x, line in right]]


def ring(x: float, y: float, radius: float) -> list[Point]:
    """Return a circle as points."""
    return [
        (x + radius * math.cos(n / 40 * math.tau), y + radius * math.sin(n / 40 * math.tau))
        for n in range(41)
    ]


def wave(y: float) -> list[Point]:
    """Return four half waves of water."""
    return [(2.5 + n * 19 / 80, y - 1.2 * math.sin(n / 80 * math.tau * 2)) for n in range(81)]


def signs() -> dict[str, list[list[Point]]]:
    """Return the five signs of the default theme as lines in a square of 24."""
    page = [
        *curve((12, 14.75), (9.5, 12.75), (6.3, 12.05), (2.5, 12.75)),
        (2.5, 19.25),
        *curve((2.5, 19.25), (6.3, 18.55), (9.5, 19.25), (12, 21.25)),
    ]
    side = curve((8.5, 5), (3.5, 8), (3.5, 14), (8.5, 17))
    return {
        "industry": [[(12, 21.5), (12, 3)], *leaf_pair(11), *leaf_pair(17.5)],
        "talent": [
            ring(12, 5.75, 3), page, [(24 - x, y) for x, y in page], [(12, 14.75), (12, 21.25)],
        ],
        "culture": [
            [(12, 2), (12, 5)], [(8.5, 5), (15.5, 5)], [(8.5, 17), (15.5, 17)], side,
            [(24 - x, y) for x, y in side], [(12, 5), (12, 22)], [(9.75, 19.5), (9.75, 21.5)],
            [(14.25, 19.5), (14.25, 21.5)],
        ],
        "ecology": [
            [(2.5, 15), (9, 4.5), (13.2, 11.3), (15.2, 8.4), (21.5, 15)], wave(19.25),
        ],
        "organization": [
            [(4.5, 4.5), (19.5, 4.5)], [(2.5, 9), (21.5, 9)], [(6.5, 9), (6.5, 21)],
            [(17.5, 9), (17.5, 21)], [(12, 4.5), (12, 9)], [(6.5, 13.5), (17.5, 13.5)],
            [(4, 21), (9, 21)], [(15, 21), (20, 21)],
        ],
    }  # fmt: skip


def share_card(colour: str, sign: list[list[Point]]) -> Sheet:
    """Draw a category's card: its colour, a slip of paper, its sign."""
    sheet = Sheet(colour)
    middle, size = SIZE[0] / 2, 13.0
    sheet.box(middle - 228, 75, middle + 228, 555, PAPER)
    for inset, width in ((14, 4), (24, 1.5)):
        left, top, right, bottom = (
            middle - 228 + inset,
            75 + inset,
            middle + 228 - inset,
            555 - inset,
        )
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        sheet.stroke(corners, colour, width)
    for line in sign:
        points = [(middle + (x - 12) * size, SIZE[1] / 2 + (y - 12) * size) for x, y in line]
        sheet.stroke(points, colour, 1.15 * size)
    return sheet


def main() -> None:
    """Draw all of them into their places."""
    for name, draw in COVERS.items():
        sheet = Sheet(SKY)
        draw(sheet)
        sheet.save(ROOT / "cases" / f"{name}.png")
    found = signs()
    for key, colour in CATEGORIES.items():
        share_card(colour, found[key]).save(
            ROOT / "themes" / "default" / "assets" / f"share-{key}.png"
        )


if __name__ == "__main__":
    main()
