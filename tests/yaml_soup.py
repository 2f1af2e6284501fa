"""Texts that are nearly YAML."""

from hypothesis import strategies as st

# Bits of YAML and of what editors write; joined at random they make nearly lawful files.
WORDS = ("\n", "\n  ", ": ", "- ", ", ", "? ", "1.10", "true", "---", "标题", "&x", "*x", "!t")
BITS = st.sampled_from([*WORDS, *" \t\r\x85:：[]{}，\"'#|>-0~?？%@\\a"])
SOUP = st.lists(BITS, max_size=40).map("".join)
