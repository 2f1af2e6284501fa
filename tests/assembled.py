"""Small collections, assembled from cases written short."""

from judged import NORMS

from casegen.collection import parsing
from casegen.collection.assembly import assemble
from casegen.collection.category import Category
from casegen.source import files

CATEGORIES = (Category("talent", "人才", order=2), Category("industry", "产业", order=1))


def a_case(slug, metrics="[]", body="正文。", **more):
    front = {
        "title": slug,
        "institution": "某校",
        "regions": "[甘肃省/定西市/陇西县]",
        "date": "2023-06-01",
        "categories": "[产业]",
        "metrics": metrics,
        **more,
    }
    text = "---\n" + "\n".join(f"{k}: {v}" for k, v in front.items()) + f"\n---\n\n{body}\n"
    document, _ = files.make_document(f"cases/{slug}.md", text.encode())
    found, _ = parsing.parse_case(document, NORMS)
    assert found is not None
    return found


def whole(*cases, silenced=()):
    return assemble(cases, CATEGORIES, NORMS.vocabulary, frozenset(silenced))


def total(collection, key="funds_invested"):
    return next(t for t in collection.all_totals if t.indicator == key)
