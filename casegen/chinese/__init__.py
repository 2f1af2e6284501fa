"""chinese: what any Chinese text says: sentences, numerals, quantities, figures, regions, pinyin.

Secret: the spellings of numbers, units and places, and the tables that know them.
Not here: what a number means in a case (collection), Markdown (body).
"""
