"""Covers of the cases about villages and counties, and the four seasons of one of them.

Secret: what each picture shows.
Not here: the pen (drawing), the other covers and where they are saved (draw_covers).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from drawing import COVER, INK, LINE, PALE, PAPER, Point, Sheet, curve, land, ridge

# ruff: noqa: INP001  (a script)

EARTH, RED, GOLD, GREEN, BLUE = "#6b4400", "#bb3c1a", "#d9b04a", "#23745d", "#1d53a5"


# ── things that stand in several pictures ──


def house(sheet: Sheet, foot: Point, size: float, wall: str, roof: str) -> None:
    """Draw a house with its door; the foot is its middle on the ground."""
    x, y = foot

    def at(dx: float, dy: float) -> Point:
        return x + dx * size, y + dy * size

    sheet.area([at(-60, 0), at(-60, -62), at(60, -62), at(60, 0)], wall)
    sheet.area([at(-78, -58), at(-40, -104), at(40, -104), at(78, -58)], roof)
    sheet.area([at(-12, 0), at(-12, -38), at(12, -38), at(12, 0)], COVER)
    for side in (-40, 28):
        sheet.area([at(side, -24), at(side, -42), at(side + 16, -42), at(side + 16, -24)], PALE)


def pine(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Draw a pine of three tiers; (x, y) is its foot."""
    sheet.stroke([(x, y), (x, y - 30 * size)], EARTH, 7 * size)
    for tier in range(3):
        foot = y - (22 + tier * 38) * size
        half = (46 - tier * 11) * size
        sheet.area([(x - half, foot), (x, foot - 66 * size), (x + half, foot)], colour)


def tree(sheet: Sheet, foot: Point, size: float, crown: str, light: str) -> None:
    """Draw a tree with a round crown."""
    x, y = foot
    sheet.stroke([(x, y), (x, y - 70 * size)], EARTH, 9 * size)
    for dx, dy, radius in ((-26, -86, 34), (26, -84, 32), (0, -114, 38), (0, -78, 30)):
        sheet.disc(x + dx * size, y + dy * size, radius * size, crown)
    for dx, dy in ((-30, -98), (10, -126), (30, -78), (-6, -76)):
        sheet.disc(x + dx * size, y + dy * size, 7 * size, light)


def bloom(sheet: Sheet, x: float, y: float, radius: float, colour: str) -> None:
    """Draw a flower of six petals."""
    for turn in range(6):
        angle = turn / 6 * math.tau
        sheet.disc(
            x + radius * 0.62 * math.cos(angle),
            y + radius * 0.62 * math.sin(angle),
            radius * 0.46,
            colour,
        )
    sheet.disc(x, y, radius * 0.34, GOLD)


def mound(sheet: Sheet, left: float, right: float, top: float, colour: str) -> None:
    """Draw a hill with a round top, down to the lower edge."""
    middle, third = (left + right) / 2, (right - left) / 5
    rise = curve((left, 640), (left + third, 540), (middle - third, top), (middle, top))
    fall = curve((middle, top), (middle + third, top), (right - third, 540), (right, 640))
    sheet.area([*rise, *fall], colour)


# ── covers ──


def lake(sheet: Sheet) -> None:
    """Draw leaves of the gorgon plant on a lake, one of them in flower, and a boat."""
    land(sheet, ridge(190, 22, 260, 0.8), "#c3d6cf")
    land(sheet, ridge(240, 5, 400, 2.0), "#a9c6cc")
    for row in range(9):
        y = 275 + row * 40
        sheet.stroke([(40 + row * 97 % 500, y), (240 + row * 97 % 500, y)], PALE, 3)
    boat = [*curve((700, 300), (740, 352), (930, 352), (980, 292)), (950, 316), (730, 320)]
    sheet.area(boat, COVER)
    sheet.stroke([(860, 316), (800, 180)], EARTH, 6)
    for x, y, size in (
        (180, 400, 96),
        (420, 480, 130),
        (700, 430, 84),
        (960, 500, 140),
        (610, 580, 78),
        (170, 570, 92),
    ):
        leaf(sheet, x, y, size)
    for x, y in ((420, 452), (980, 468)):
        sheet.stroke([(x, y + 30), (x, y - 10)], GREEN, 9)
        for turn in (-0.8, -0.3, 0.3, 0.8):
            tip = (x + 46 * math.sin(turn), y - 56 * math.cos(turn))
            sheet.area([(x - 10, y - 8), tip, (x + 10, y - 8)], "#7d0f56")


def leaf(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draw a round leaf that lies on the water, with its ribs."""
    flat = 0.42
    rim = [
        (x + size * math.cos(n / 48 * math.tau), y + size * flat * math.sin(n / 48 * math.tau))
        for n in range(49)
    ]
    sheet.area([(px, py + 7) for px, py in rim], "#8f6d4a")
    sheet.area(rim, "#3f856c")
    for turn in range(10):
        end = rim[turn * 48 // 10]
        sheet.stroke([(x, y), (x + (end[0] - x) * 0.86, y + (end[1] - y) * 0.86)], "#6fae95", 3)


def three_hills(sheet: Sheet) -> None:
    """Draw three hills with what grows on each: mushrooms, tea, sugar cane."""
    sheet.disc(1060, 110, 50, "#e3cf8e")
    mound(sheet, -120, 520, 330, "#8a6a2c")
    mound(sheet, 680, 1320, 310, "#8fae9f")
    mound(sheet, 250, 950, 260, "#2b735b")
    for row in range(5):
        half = 120 + row * 44
        y = 330 + row * 62
        for step in range(5 + row * 2):
            x = 600 - half + 2 * half * step / (4 + row * 2)
            sheet.disc(x, y + abs(x - 600) * 0.18, 20, "#5d9a82")
    for x, y, size in ((150, 440, 1.2), (270, 520, 0.9), (70, 560, 0.8)):
        sheet.area([(x - 14 * size, y), (x + 14 * size, y), (x + 18 * size, y + 62 * size),
                    (x - 18 * size, y + 62 * size)], PAPER)  # fmt: skip
        left, right = (x - 66 * size, y + 6 * size), (x + 66 * size, y + 6 * size)
        sheet.area(
            curve(left, (x - 50 * size, y - 74 * size), (x + 50 * size, y - 74 * size), right),
            EARTH,
        )
    for number in range(7):
        x, foot = 900 + number * 42, 600 - (number % 2) * 34
        sheet.stroke([(x, foot), (x + 6, foot - 210)], "#4f8f78", 12)
        for joint in range(1, 5):
            y = foot - joint * 42
            sheet.stroke([(x - 5, y), (x + 9, y)], "#e3cf8e", 3)
        for turn in (-0.9, -0.3, 0.4, 1.0):
            tip = (x + 6 + 74 * math.sin(turn), foot - 210 - 62 * math.cos(turn))
            sheet.stroke([(x + 6, foot - 206), tip], GREEN, 6)


def four_bands(sheet: Sheet) -> None:
    """Draw one mountain in four bands, a season each."""
    skies = ("#f6e3e6", "#dcebe0", "#f3e2c4", "#dbe7f0")
    slopes = ("#8fae9f", "#2b735b", "#b8782f", "#f4f7f6")
    line = curve((-20, 520), (330, 420), (430, 120), (610, 130))
    line += curve((610, 130), (800, 140), (860, 430), (1220, 500))
    for number, (sky, slope) in enumerate(zip(skies, slopes, strict=True)):
        left, right = number * 300, number * 300 + 300
        sheet.box(left, 0, right, 630, sky)
        inside = [(x, y) for x, y in line if left <= x <= right]
        heights = [height(line, left), *inside, height(line, right)]
        sheet.area([(left, 630), *heights, (right, 630)], slope)
    for x, y in ((90, 560), (210, 520), (150, 600)):
        tree(sheet, (x, y), 0.9, "#d98ca3", PAPER)
    for x, y in ((370, 590), (470, 520), (545, 600)):
        tree(sheet, (x, y), 0.95, "#3f856c", "#9fc3b0")
    for x, y in ((670, 540), (780, 600), (850, 520)):
        tree(sheet, (x, y), 0.95, RED, GOLD)
    for x, y in ((960, 590), (1060, 540), (1150, 600)):
        pine(sheet, x, y, 0.95, "#7fa3aa")
    for x in (300, 600, 900):
        sheet.box(x - 4, 0, x + 4, 630, PAPER)


def height(line: list[Point], x: float) -> Point:
    """Return the point of a line nearest to x, moved to it."""
    return x, min(line, key=lambda point: abs(point[0] - x))[1]


def greenhouses(sheet: Sheet) -> None:
    """Draw three greenhouses and rows of greens before them."""
    land(sheet, ridge(230, 40, 300, 1.1), "#d8cfb4")
    land(sheet, ridge(330, 12, 340, 0.2), "#b9a878")
    for x in (200, 600, 1000):
        top = curve((x - 170, 400), (x - 160, 210), (x + 160, 210), (x + 170, 400))
        sheet.area(top, PAPER)
        for rib in range(1, 6):
            along = x - 170 + rib * 340 / 6
            sheet.stroke([(along, 400), height_on(top, along)], PALE, 4)
        sheet.stroke(top, LINE, 6)
        sheet.box(x - 26, 318, x + 26, 400, LINE)
    sheet.box(0, 400, 1200, 630, "#8a6a2c")
    for row in range(4):
        y = 440 + row * 54
        size = 15 + row * 4
        for number in range(15):
            x = 40 + number * 82 + (row % 2) * 38
            for turn in (-0.9, 0.0, 0.9):
                sheet.disc(
                    x + size * math.sin(turn),
                    y - size * math.cos(turn) * 0.7,
                    size * 0.62,
                    ("#2f8a70", "#6fae95")[number % 2],
                )


def height_on(line: list[Point], x: float) -> Point:
    """Return the same as `height`, a little below the line."""
    point = height(line, x)
    return point[0], point[1] + 4


def noodles(sheet: Sheet) -> None:
    """Draw a bowl of noodles, a lift of chopsticks, steam."""
    sheet.box(0, 0, 1200, 630, "#efe6d6")
    sheet.box(0, 470, 1200, 630, "#8a6a2c")
    for number, x in enumerate((470, 600, 730)):
        steam = curve((x, 190), (x - 60, 140), (x + 60, 90), (x - 10, 30 + number * 12))
        sheet.stroke(steam, PAPER, 12)
    for number in range(9):
        x = 520 + number * 20
        sheet.stroke(curve((x, 130), (x + 14, 190), (x - 16, 240), (x, 310)), GOLD, 9)
    sheet.stroke([(480, 128), (1010, 60)], EARTH, 12)
    sheet.stroke([(480, 150), (1020, 100)], EARTH, 12)
    sheet.area(curve((300, 300), (320, 620), (880, 620), (900, 300)), COVER)
    rim = [
        (600 + 300 * math.cos(n / 60 * math.tau), 300 + 62 * math.sin(n / 60 * math.tau))
        for n in range(61)
    ]
    sheet.area(rim, PAPER)
    soup = [(600 + (x - 600) * 0.92, 300 + (y - 300) * 0.86) for x, y in rim]
    sheet.area(soup, "#e3b96a")
    for number in range(7):
        y = 276 + number * 9
        wave = curve((400, y), (500, y - 24), (680, y + 26), (800, y))
        sheet.stroke(wave, "#f3e2c4", 6)
    for x, y in ((440, 310), (700, 330), (760, 290), (520, 340)):
        sheet.disc(x, y, 13, GREEN)
    sheet.stroke(curve((372, 440), (460, 540), (740, 540), (828, 440)), PALE, 5)


def hillside(sheet: Sheet) -> None:
    """Draw yellow walls and red roofs on a hill, and a fast train on its bridge."""
    land(sheet, ridge(180, 60, 240, 0.2), "#cfdfd8")
    mound(sheet, -260, 900, 130, "#6fae95")
    mound(sheet, 300, 1500, 250, "#4f8f78")
    for row, (count, left) in enumerate(((3, 200), (4, 140), (5, 90))):
        for number in range(count):
            x = left + number * 150 + row * 14
            house(sheet, (x, 270 + row * 86), 0.62 + row * 0.08, "#e9cf8b", RED)
    sheet.box(0, 516, 1200, 534, PAPER)
    for x in range(60, 1240, 150):
        sheet.box(x - 12, 534, x + 12, 630, PAPER)
    sheet.area(
        [*curve((560, 514), (590, 470), (640, 460), (700, 460)), (1210, 460), (1210, 514)], PAPER
    )
    sheet.box(600, 492, 1210, 500, BLUE)
    for x in range(690, 1200, 62):
        sheet.box(x, 470, x + 38, 486, COVER)


def courtyards(sheet: Sheet) -> None:
    """Draw courtyards below the mountains, an orange tree in front."""
    for number, colour in enumerate(("#cbdcda", "#a9c6c4", "#7fa8a2", "#4f8f78")):
        land(
            sheet,
            ridge(170 + number * 66, 58 - number * 8, 130 + number * 30, number * 1.4),
            colour,
        )
    for x, y, size in ((210, 420, 0.9), (420, 400, 0.8), (640, 430, 0.95)):
        house(sheet, (x, y), size, PAPER, COVER)
    sheet.box(0, 470, 1200, 630, "#c9b98f")
    for row in range(3):
        y = 470 + row * 40
        for x in range(-40 + row * 20, 760, 70):
            sheet.stroke([(x, y + 20), (x + 34, y + 20)], "#b09e70", 4)
    sheet.stroke([(0, 474), (760, 474)], PAPER, 10)
    sheet.stroke(curve((960, 630), (950, 540), (970, 460), (964, 400)), EARTH, 22)
    for dx, dy, radius in ((-90, -20, 92), (84, -30, 96), (0, -120, 104), (-10, 0, 90)):
        sheet.disc(964 + dx, 330 + dy, radius, GREEN)
    for number in range(15):
        angle, reach = number * 2.4, 24 + number * 9.5
        sheet.disc(
            964 + reach * math.cos(angle), 290 + reach * 0.8 * math.sin(angle), 17, "#e08a2c"
        )


def ski_slope(sheet: Sheet) -> None:
    """Draw a slope of snow with tracks, a lift, and a tower of the old district."""
    sheet.box(0, 0, 1200, 630, "#cfe0ea")
    land(sheet, ridge(260, 60, 210, 2.6), "#b5cdd0")
    sheet.area([(-10, 330), *curve((0, 330), (300, 150), (700, 560), (1210, 560)), (1210, 640),
                (-10, 640)], PAPER)  # fmt: skip
    for shift in (0, 26):
        track = curve(
            (120 + shift, 300), (380 + shift, 330), (180 + shift, 430), (470 + shift, 450)
        )
        track += curve(
            (470 + shift, 450), (700 + shift, 470), (430 + shift, 560), (840, 600 + shift)
        )
        sheet.stroke(track, PALE, 6)
    sheet.stroke([(60, 120), (1190, 400)], LINE, 4)
    for x in (300, 560, 820):
        y = 120 + (x - 60) * 280 / 1130
        sheet.stroke([(x, y), (x, y + 34)], LINE, 4)
        sheet.box(x - 24, y + 34, x + 24, y + 44, RED)
    for x, y, size in ((930, 560, 1.0), (1130, 590, 1.3), (860, 600, 0.7), (60, 620, 1.2)):
        pine(sheet, x, y, size, "#3a6370")
    sheet.area([(1010, 545), (1030, 330), (1070, 330), (1090, 545)], RED)
    sheet.area([(1022, 330), (1050, 270), (1078, 330)], GOLD)


def fields(sheet: Sheet) -> None:
    """Draw a chequer of fields, a store of grain, a van that leaves."""
    land(sheet, ridge(200, 26, 260, 1.7), "#c3d6cf")
    colours = ("#8fae4f", "#d9b04a", "#6fae95", "#a9b86a", "#e3cf8e", "#4f8f78")
    for row in range(4):
        top, bottom = 230 + row * row * 22 + row * 24, 230 + (row + 1) ** 2 * 22 + (row + 1) * 24
        for column in range(7):
            shape = [spread(column, top), spread(column + 1, top), spread(column + 1, bottom),
                     spread(column, bottom)]  # fmt: skip
            sheet.area(shape, colours[(row * 2 + column) % 6])
            sheet.stroke([*shape, shape[0]], PAPER, 3)
    for x in (820, 910, 1000):
        sheet.box(x - 38, 150, x + 38, 330, PALE)
        sheet.area([(x - 44, 152), (x, 96), (x + 44, 152)], LINE)
        for y in (190, 230, 270):
            sheet.stroke([(x - 38, y), (x + 38, y)], LINE, 3)
    sheet.box(0, 560, 1200, 630, LINE)
    for x in range(30, 1200, 130):
        sheet.box(x, 592, x + 66, 600, PAPER)
    sheet.box(250, 470, 460, 572, PAPER)
    sheet.area([(462, 500), (520, 500), (556, 540), (556, 572), (462, 572)], RED)
    for x in (310, 500):
        sheet.disc(x, 576, 26, INK)
        sheet.disc(x, 576, 11, PALE)


def spread(column: float, y: float) -> Point:
    """Return a corner of the chequer: wider the nearer it is."""
    return 600 + (column - 3.5) * (150 + (y - 230) * 0.75), y


def belt(sheet: Sheet) -> None:
    """Draw one belt that carries the dishes of several makers."""
    sheet.box(0, 0, 1200, 630, "#e6ecea")
    for number, colour in enumerate((LINE, COVER, GREEN, LINE)):
        x = 60 + number * 290
        sheet.box(x, 130, x + 210, 330, colour)
        sheet.area([(x, 132), (x, 84), (x + 70, 132), (x + 70, 84), (x + 140, 132), (x + 140, 84),
                    (x + 210, 132)], colour)  # fmt: skip
        for row in range(2):
            for column in range(3):
                left = x + 24 + column * 60
                sheet.box(left, 168 + row * 70, left + 36, 208 + row * 70, PAPER)
        sheet.stroke([(x + 105, 330), (x + 105, 400)], colour, 16)
    sheet.box(0, 470, 1200, 506, INK)
    for x in range(30, 1240, 80):
        sheet.disc(x, 530, 26, LINE)
        sheet.disc(x, 530, 10, PALE)
    for number, colour in enumerate((RED, GOLD, "#2f8a70", RED, GOLD, "#2f8a70")):
        x = 90 + number * 196
        sheet.area([(x - 66, 430), (x + 66, 430), (x + 52, 470), (x - 52, 470)], PAPER)
        for step in range(4):
            sheet.disc(x - 42 + step * 28, 424, 18, colour)


def flowers(sheet: Sheet) -> None:
    """Draw rows of flowers under glass, snow outside."""
    sheet.box(0, 0, 1200, 630, "#dbe7f0")
    land(sheet, ridge(200, 50, 200, 0.5), PAPER)
    sheet.box(0, 330, 1200, 630, "#4f8f78")
    for x in range(-100, 1301, 200):
        sheet.stroke([(x, 150), (x + 100, 70), (x + 200, 150)], LINE, 8)
        sheet.stroke([(x, 330), (x, 150)], LINE, 6)
    sheet.stroke([(0, 330), (1200, 330)], LINE, 8)
    colours = (RED, "#d98ca3", "#7d0f56", GOLD, PAPER)
    for row in range(4):
        y, size = 370 + row * 66, 24 + row * 9
        for number in range(14):
            x = 20 + number * (82 + row * 8) - row * 30
            sheet.stroke([(x, y), (x, y + size * 1.6)], GREEN, 6)
            bloom(sheet, x, y, size, colours[(number + row * 2) % 5])


def snow_village(sheet: Sheet) -> None:
    """Draw log houses under snow at dusk, pines, a sledge's tracks."""
    sheet.box(0, 0, 1200, 630, "#2c5566")
    sheet.disc(960, 120, 46, "#f3e9c8")
    land(sheet, ridge(250, 60, 200, 1.3), LINE)
    land(sheet, ridge(330, 26, 240, 0.1), PALE)
    land(sheet, ridge(430, 16, 330, 2.2), PAPER)
    for number in range(70):
        sheet.disc(number * number * 37.7 % 1200, number * 61.8 % 420, 2 + number % 3, PAPER)
    for x, y, size in ((90, 430, 1.2), (190, 420, 0.9), (1100, 440, 1.3), (640, 400, 0.8)):
        pine(sheet, x, y, size, COVER)
    for x, y, size in ((370, 480, 1.3), (830, 470, 1.15), (1010, 520, 0.9)):
        house(sheet, (x, y), size, EARTH, PAPER)
        for row in range(3):
            level = y - (10 + row * 20) * size
            sheet.stroke([(x - 60 * size, level), (x - 44 * size, level)], "#8a6a2c", 4)
        sheet.box(x - 12 * size, y - 38 * size, x + 12 * size, y, GOLD)
    for shift in (0, 44):
        sheet.stroke(
            curve((120 + shift, 630), (360 + shift, 560), (560 + shift, 560), (700, 470)), PALE, 5
        )


def inn(sheet: Sheet) -> None:
    """Draw an inn by a stream, red lanterns along its eaves."""
    sheet.disc(210, 130, 52, "#e3cf8e")
    land(sheet, ridge(230, 60, 190, 1.9), "#a9c6b8")
    land(sheet, ridge(330, 40, 240, 0.2), "#6fae95")
    sheet.box(0, 500, 1200, 630, "#8fae9f")
    stream = curve((330, 330), (180, 430), (520, 500), (240, 640))
    bank = curve((560, 640), (700, 500), (300, 430), (380, 330))
    sheet.area([*stream, *bank], "#dbe9ea")
    sheet.box(640, 300, 1080, 520, "#efe6d6")
    sheet.area(
        [
            *curve((590, 306), (640, 290), (660, 230), (680, 200)),
            (1040, 200),
            *curve((1040, 200), (1060, 230), (1080, 290), (1130, 306)),
        ],
        COVER,
    )
    for x in (660, 800, 920, 1060):
        sheet.box(x - 7, 306, x + 7, 520, EARTH)
    for x in (695, 955):
        sheet.box(x, 370, x + 80, 450, PALE)
        sheet.stroke([(x + 40, 370), (x + 40, 450)], EARTH, 4)
    sheet.box(822, 370, 898, 520, EARTH)
    for x in (730, 860, 990):
        sheet.stroke([(x, 306), (x, 324)], EARTH, 3)
        sheet.disc(x, 342, 19, RED)
        sheet.stroke([(x, 361), (x, 374)], GOLD, 5)
    for x, y, size in ((80, 520, 1.2), (1150, 520, 1.0)):
        tree(sheet, (x, y), size, GREEN, "#6fae95")


# ── four seasons ──


def spring(sheet: Sheet) -> None:
    """Draw trees in flower on a slope."""
    sheet.box(0, 0, 1200, 630, "#e8f0ee")
    land(sheet, ridge(300, 60, 230, 0.4), "#cfe0c8")
    land(sheet, ridge(440, 40, 280, 1.9), "#9fc38a")
    for number in range(11):
        x, y = 60 + number * 112, 440 + (number * 67) % 150
        tree(sheet, (x, y), 1.0 + (number % 3) * 0.2, "#e3a3b5", PAPER)


def summer(sheet: Sheet) -> None:
    """Draw a path into a wood."""
    sheet.box(0, 0, 1200, 630, "#cfe3d4")
    land(sheet, ridge(260, 30, 200, 1.0), "#7fb09a")
    land(sheet, ridge(400, 14, 300, 0.2), "#3f856c")
    sheet.area(
        [
            *curve((560, 400), (520, 470), (620, 540), (380, 640)),
            (760, 640),
            *curve((760, 640), (700, 540), (610, 470), (600, 400)),
        ],
        "#e9dcb8",
    )
    for number in range(12):
        side = -1 if number % 2 else 1
        x, y = 580 + side * (130 + number * 40), 430 + number * 17
        tree(sheet, (x, y), 0.9 + number * 0.08, ("#23745d", "#2b735b")[number % 2], "#6fae95")


def autumn(sheet: Sheet) -> None:
    """Draw red and golden woods on the hills."""
    sheet.box(0, 0, 1200, 630, "#f3ead6")
    land(sheet, ridge(250, 70, 210, 2.2), "#d8b48a")
    land(sheet, ridge(400, 44, 260, 0.7), "#b8782f")
    for number in range(16):
        x, y = 30 + number * 79, 430 + (number * 89) % 180
        tree(
            sheet, (x, y), 0.85 + (number % 4) * 0.15, (RED, GOLD, "#a8481f")[number % 3], "#f3e2c4"
        )


def winter(sheet: Sheet) -> None:
    """Draw a slope of snow at night, lanterns along it."""
    sheet.box(0, 0, 1200, 630, COVER)
    land(sheet, ridge(280, 60, 230, 1.4), LINE)
    land(sheet, ridge(420, 30, 300, 0.3), PAPER)
    for number in range(90):
        sheet.disc(number * number * 37.7 % 1200, number * 71.9 % 400, 2 + number % 3, PALE)
    for x, y, size in ((110, 470, 1.3), (260, 440, 0.9), (980, 450, 1.1), (1110, 490, 1.4)):
        pine(sheet, x, y, size, "#7fa3aa")
    line = curve((330, 600), (520, 430), (720, 640), (900, 460))
    for step in range(0, len(line), 4):
        x, y = line[step]
        sheet.stroke([(x, y), (x, y - 44)], EARTH, 4)
        sheet.disc(x, y - 56, 15, (RED, GOLD)[step // 4 % 2])


COVERS: dict[str, Callable[[Sheet], None]] = {
    "images/beidang": lake,
    "sancun/cover": three_hills,
    "siji/cover": four_bands,
    "siji/images/spring": spring,
    "siji/images/summer": summer,
    "siji/images/autumn": autumn,
    "siji/images/winter": winter,
    "images/xiji": greenhouses,
    "images/hualong": noodles,
    "images/mingxin": hillside,
    "images/chongqing": courtyards,
    "images/zhaojin": ski_slope,
    "images/zhanqi": fields,
    "images/laiyang": belt,
    "images/linxia": flowers,
    "images/bingxue": snow_village,
    "images/donggou": inn,
}
