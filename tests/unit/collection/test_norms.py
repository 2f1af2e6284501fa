"""What the settings of a project mean for its rules."""

from judged import NORMS

from casegen.collection.norms import Norms
from casegen.problem import Severity


def test_only_rules_without_a_severity_are_silenced():
    severities = {"missing-alt": None, "missing-cover": Severity.ERROR, "empty-body": None}
    assert Norms(NORMS.vocabulary, severities=severities).silenced == {"missing-alt", "empty-body"}
    assert NORMS.silenced == frozenset()
