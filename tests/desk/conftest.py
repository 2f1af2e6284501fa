"""The preview of two cases, for tests that change nothing."""

import pytest
from preview import FINE, previewing
from projects import CONFIG, Project


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """The preview of two cases, for tests that change nothing."""
    made = Project(tmp_path_factory.mktemp("fine")).write({"casegen.yml": CONFIG, **FINE})
    with previewing(made.root) as shown:
        yield shown
