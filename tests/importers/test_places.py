"""Places of a manuscript: sentences and the regions that they name."""

from pathlib import Path

import pytest
import yaml

from casegen.importers.places import find_places

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables/places.yml").read_text("utf-8"))


@pytest.mark.parametrize(("sentence", "regions"), TABLE.items())
def test_a_sentence_names_these_regions(sentence, regions):
    assert list(find_places("帮扶纪实", [sentence])[0]) == regions
