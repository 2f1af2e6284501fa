"""kinship: which cases are related to a case, and by what.

Secret: what two cases may share, how much each counts, and with how few cases one is compared.
Not here: the words for what is shared (the theme).

Each case is compared with a bounded number of others, so that the work grows with the collection
and not with its square: of a bond that many cases share (an indicator, a large institution) only
the nearest in the collection's order are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from casegen.collection.case import Case

RELATED = 3  # related cases shown on the page of a case
LEAST = 3  # weight from which a case is related
NEAREST = 24  # cases compared for each bond
WEIGHTS = {"county": 4, "tag": 3, "institution": 2, "indicator": 1}

Bond: TypeAlias = tuple[str, str]  # kind (a key of WEIGHTS), value


@dataclass(frozen=True, slots=True)
class Kinship:
    """A related case, the weight of what is shared, and what is shared, the strongest first."""

    slug: str
    weight: int
    shared: tuple[Bond, ...]


def relate_cases(cases: Sequence[Case]) -> dict[str, tuple[Kinship, ...]]:
    """Return for each case, by slug, up to RELATED others that share most with it.

    WEIGHTS says how much each shared value counts; at least LEAST is needed. Of equal ones the
    earlier in the order of `cases` comes first.
    """
    bonds = [list_bonds(case) for case in cases]
    members: dict[Bond, list[int]] = defaultdict(list)
    for number, own in enumerate(bonds):
        for bond in own:
            members[bond].append(number)
    reached: dict[Bond, int] = defaultdict(int)  # position among the members of each bond
    found = {}
    for number, case in enumerate(cases):
        candidates = set(find_candidates(bonds[number], members, reached))
        candidates.discard(number)
        weighed = [(_weigh(bonds[number], bonds[other]), other) for other in candidates]
        best = sorted((-weight, other) for weight, other in weighed if weight >= LEAST)[:RELATED]
        found[case.slug] = tuple(
            Kinship(cases[other].slug, -weight, _share(bonds[number], bonds[other]))
            for weight, other in best
        )
        for bond in bonds[number]:
            reached[bond] += 1
    return found


def find_candidates(
    own: Mapping[Bond, None], members: Mapping[Bond, Sequence[int]], reached: Mapping[Bond, int]
) -> Iterator[int]:
    """Yield the positions of cases that may be related: at most NEAREST for each bond.

    The case itself and repeats are included.
    """
    for bond in own:
        sharing = members[bond]
        start = max(0, min(reached[bond] - NEAREST // 2, len(sharing) - NEAREST))
        yield from sharing[start : start + NEAREST]


def list_bonds(case: Case) -> dict[Bond, None]:
    """Return what a case may share with others, in the order of its fields."""
    found: dict[Bond, None] = {}
    for place in case.regions:
        if place.county:
            found["county", f"{place.province}/{place.county}"] = None
    found.update(dict.fromkeys(("tag", tag) for tag in case.tags))
    found["institution", case.institution] = None
    found.update(dict.fromkeys(("indicator", m.indicator) for m in case.metrics if m.indicator))
    return found


def _weigh(mine: Mapping[Bond, None], theirs: Mapping[Bond, None]) -> int:
    return sum(WEIGHTS[bond[0]] for bond in mine if bond in theirs)


def _share(mine: Mapping[Bond, None], theirs: Mapping[Bond, None]) -> tuple[Bond, ...]:
    both = [bond for bond in mine if bond in theirs]
    return tuple(sorted(both, key=lambda bond: -WEIGHTS[bond[0]]))
