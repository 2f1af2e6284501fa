"""findings_json: what a manuscript gives, as the object that `import --json` prints.

Secret: the keys of that object and the form of its values.
Not here: the fields themselves (finding), the report for people (report).
"""

from __future__ import annotations

from collections.abc import Mapping

from casegen.collection.norms import Norms
from casegen.importers import bodies, finding, proposals
from casegen.importers.proposals import Proposal


def as_json(found: finding.Findings, norms: Norms) -> dict[str, object]:
    """Return the object that `import --json` prints (docs/reference/commands.md)."""
    names = {c.key: finding.name_category(c.key) for c in norms.categories}
    return {
        "file": found.file,
        "title": found.title,
        "institution": found.institution,
        "institution_suspect": found.institution_suspect,
        "suspects": [{"text": s.text, "reason": s.reason, "line": s.line} for s in found.suspects],
        "date": found.date if len(found.date) == finding.WHOLE else None,
        "source": found.source,
        "credits": {r: v[0] if len(v) == 1 else list(v) for r, v in found.credits.items()},
        "regions": list(found.regions),
        "categories": [names[s.key] for s in found.categories],
        "sections": list(found.sections),
        "dropped": [d.text for d in found.dropped],
        "uncertain": list(found.uncertain),
        "metrics": [_make_metric_json(p, names) for p in found.metrics],
        "other": [
            {"raw": f.raw, "reason": f.reason, "evidence": said, "start": f.start, "end": f.end}
            for f, said in found.other
        ],
        "losses": list(dict.fromkeys((*found.losses, *bodies.make_body(found, {}).losses))),
    }


def _make_metric_json(p: Proposal, names: Mapping[str, str]) -> dict[str, object]:
    quantity, measure = p.finding.quantity, p.finding.measure
    span = quantity.is_range
    years = p.period
    return {
        "name": p.name,
        "indicator": p.indicator,
        "raw": p.finding.raw,
        "value": None if span else f"{quantity.low.normalize():f}",
        "unit": quantity.unit,
        "base_value": None if span else proposals.write_digits(measure.low),
        "base_unit": measure.unit,
        "low": proposals.write_digits(measure.low),
        "high": proposals.write_digits(measure.high),
        "qualifier": str(quantity.qualifier),
        "category": names.get(p.category, ""),
        "period": "" if not years else f"{years[0]}" if years[0] == years[1]
        else f"{years[0]}-{years[1]}",
        "timing": p.timing,
        "region": p.region,
        "part_of": p.part_of,
        "same_as": p.same_as,
        "evidence": p.evidence,
        "start": p.finding.start,
        "end": p.finding.end,
    }  # fmt: skip
