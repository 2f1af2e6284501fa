"""How tests read a refusal."""

from __future__ import annotations

import re

import pytest

from casegen.problem import CasegenError

RELEASES = ".casegen-releases/"


def refusal(act):
    with pytest.raises(CasegenError) as caught:
        act()
    return caught.value


def foreign_words(error, *known):
    """English in what is said to the editor: every word is Chinese, a name, or to be typed."""
    text = f"{error.message} {error.hint}"
    for word in (*known, ".casegen-releases", "casegen", "--accept-host-key"):
        text = text.replace(word, " ")
    text = re.sub(r"\S+://\S*|SHA256:\S+|/\S+|[\w/-]+\.(?:html|json|js|md)", " ", text)
    return re.findall("[A-Za-z]{4,}", text)
