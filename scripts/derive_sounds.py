"""Derive casegen/data/sounds.json: how each common Chinese character is read.

Run it when pypinyin has a newer edition:

    python scripts/derive_sounds.py

The characters are those of GB 2312; each stands once, under the reading that pypinyin gives it by
itself. Names and texts are compared by these readings, so that a character with several readings
needs no more than one.
"""

# ruff: noqa: INP001  (a script)

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin

OUT = Path(__file__).parents[1] / "casegen" / "data" / "sounds.json"


def main() -> None:
    """Write the table."""
    sounds: defaultdict[str, str] = defaultdict(str)
    for row in range(16, 88):
        for cell in range(1, 95):
            try:
                char = bytes((row + 0xA0, cell + 0xA0)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            sounds["".join(lazy_pinyin(char, style=Style.NORMAL, v_to_u=False))] += char
    source = "pypinyin (MIT), the first reading of each character of GB 2312"
    rows = [
        f"  {json.dumps(s)}: {json.dumps(c, ensure_ascii=False)}" for s, c in sorted(sounds.items())
    ]
    head = f'{{\n "source": {json.dumps(source)},\n "sounds": {{\n'
    OUT.write_text(head + ",\n".join(rows) + "\n }\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
