"""`load("title: 甲\\n")` gives the project of a casegen.yml, and its problems with their places."""

import pytest

from casegen import project


@pytest.fixture
def load(tmp_path):
    def loaded(text):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "casegen.yml").write_bytes(data)
        found, problems = project.load_project(tmp_path)
        return found, [(p.rule, p.where.line, p.where.column) for p in problems]

    return loaded
