"""Whether a regular expression may take more than linear time, decided by its automaton.

Each character of a pattern is a state: "about to read this". A pattern is superlinear where two
states can both go round on the same word, and the first can also become the second on it: the
backtracking matcher then tries every place of the change (Weber and Seidl, On the degree of
ambiguity of finite automata, 1991). A search may start anywhere, which is one more state that goes
round on everything. Where the second state may end the match, the first attempt succeeds: fine.

Sets are compared on sample characters; repeats of at most SHORT are taken as constant. Of
what stands around a place only the nearest character is used, so that the answer errs to the safe
side. A possessive repeat of something bounded is gone through in one way.
"""

from __future__ import annotations

import re
import re._constants as c
import re._parser as parser
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

SHORT = 200
SURE = ("", "end", "sure")  # that a way can be gone: not, at the end of the text, always
SAMPLES = "aZ09_ \t\n\r\u3000中一，。%.-:：/\\#<>|`*[]()\u00e9٣\x00"
DIGITS, SPACES, WORDS = (re.compile(p) for p in (r"\d", r"\s", r"\w"))
CATEGORIES: dict[Any, Callable[[str], bool]] = {
    c.CATEGORY_DIGIT: lambda x: bool(DIGITS.match(x)),
    c.CATEGORY_NOT_DIGIT: lambda x: not DIGITS.match(x),
    c.CATEGORY_SPACE: lambda x: bool(SPACES.match(x)),
    c.CATEGORY_NOT_SPACE: lambda x: not SPACES.match(x),
    c.CATEGORY_WORD: lambda x: bool(WORDS.match(x)),
    c.CATEGORY_NOT_WORD: lambda x: not WORDS.match(x),
}
REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)


@dataclass(slots=True)
class Node:
    """A place between two characters: steps without reading (`guard`: sets of the character before
    it; `sure`: nothing else may forbid them), or the set of what is read next."""

    reads: int = 0
    after: Node | None = None
    steps: list[tuple[int, str, Node]] = field(default_factory=list)
    ahead: int = -1  # what may be read next
    atom: int = 0  # the group without backtracking in which it stands


class Automaton:
    def __init__(self, pattern: str, flags: int, *, searched: bool, whole: bool) -> None:
        self.tree = parser.parse(pattern, flags)
        self.flags = self.tree.state.flags
        self.alphabet = "".join(sorted({*SAMPLES, *spoken(self.tree.data)}))
        self.every = (1 << len(self.alphabet)) - 1
        self.groups = dict(groups_of(self.tree.data))
        self.atom = self.atoms = 0
        self.accept = Node()
        end = Node()
        end.steps.append((self.every, "end" if whole else "sure", self.accept))
        first = self.sequence(self.tree.data, end)
        self.start = Node()
        self.start.steps.append((self.every, "sure", first))
        if searched:
            self.start.reads = self.every
            self.start.after = self.start
        self.edges: dict[int, list[tuple[int, int]]] = {}
        self.ends: set[int] = set()
        self.doubled: set[tuple[int, int]] = set()
        self.narrow: dict[tuple[int, int], Node] = {}
        self._follow([self.start, first])

    # --- from a tree to nodes ---

    def sequence(self, items: Iterable[Any], end: Node) -> Node:
        for item in reversed(list(items)):
            end = self.one(item, end)
        return end

    def one(self, item: tuple[Any, Any], end: Node) -> Node:  # noqa: PLR0911 one a kind of item
        kind, value = item
        if kind is c.POSSESSIVE_REPEAT and not unbounded(value[2].data):
            return self.atomic(lambda: self.repeat(*value, end))
        if kind in REPEATS:
            return self.repeat(*value, end)
        if kind is c.SUBPATTERN:
            return self.sequence(value[-1].data, end)
        if kind is c.ATOMIC_GROUP:
            return self.sequence(value.data, end)
        if kind is c.BRANCH:
            return fork(self.every, *(self.sequence(branch.data, end) for branch in value[1]))
        if kind in (c.ASSERT, c.ASSERT_NOT):
            return self.look(*value, end, wanted=kind is c.ASSERT)
        if kind is c.AT:
            return self.anchor(value, end)
        if kind is c.GROUPREF:  # it reads no more than its group does
            return self.sequence(self.groups[value], end)
        return Node(reads=self.mask(item), after=end, atom=self.atom)

    def atomic(self, make: Callable[[], Node]) -> Node:
        outside = self.atom
        if not outside:
            self.atoms += 1
            self.atom = self.atoms
        node = make()
        self.atom = outside
        return node

    def repeat(self, least: int, most: int, body: Any, end: Node) -> Node:
        if most > SHORT:
            again = Node()
            inside = self.sequence(body.data, again)
            again.steps += [(self.every, "sure", inside), (self.every, "sure", end)]
            return inside if least else again
        node = end
        for number in reversed(range(min(most, 2))):
            inside = self.sequence(body.data, node)
            node = inside if number < least else fork(self.every, inside, end)
        return node

    def look(self, where: int, body: Any, end: Node, *, wanted: bool) -> Node:
        node = Node()
        if where > 0 and len(body.data) == 1 and (single := last_set(body.data, alone=True)):
            mask = self.mask(single[0])
            node.steps.append((self.every, "", end))
            node.ahead = mask if wanted else self.every & ~mask
            return node
        if where > 0:  # what it reads ahead costs time, and ends nowhere
            node.steps.append((self.every, "sure", self.sequence(body.data, Node())))
            node.steps.append((self.every, "", end))
            return node
        guard = self.every
        if single := last_set(body.data, alone=not wanted):
            masks = 0
            for item in single:
                masks |= self.mask(item)
            guard = masks if wanted else self.every & ~masks
        node.steps.append((guard, "", end))
        return node

    def anchor(self, where: Any, end: Node) -> Node:
        guard, sure = self.every, ""
        if where in (c.AT_BEGINNING, c.AT_BEGINNING_STRING):
            lines = self.flags & re.MULTILINE and where is c.AT_BEGINNING
            guard = self.bits(lambda x: x == "\n") if lines else 0
        elif where is c.AT_END_STRING:
            sure = "end"
        return Node(steps=[(guard, sure, end)])

    def mask(self, item: tuple[Any, Any]) -> int:
        if not self.flags & re.IGNORECASE:
            return self.bits(lambda x: within(item, x, self.flags))
        return self.bits(
            lambda x: any(within(item, y[:1], self.flags) for y in (x, x.lower(), x.upper()))
        )

    def bits(self, test: Callable[[str], bool]) -> int:
        return sum(1 << n for n, x in enumerate(self.alphabet) if test(x))

    # --- from nodes to edges between states that read ---

    def _follow(self, todo: list[Node]) -> None:
        nodes: dict[int, Node] = {}
        self.nodes = nodes
        todo = [*todo, *(self.narrowed(n, a) for f in todo for n, _, _, a in self.reached(f))]
        while todo:
            node = todo.pop()
            if id(node) in nodes or not node.reads:
                continue
            nodes[id(node)] = node
            edges: dict[int, int] = {}
            # the start itself is followed by its own loop and by the pattern
            after = [node.after] if node.after is not None else []
            for there, guard, sure, ahead in (r for n in after for r in self.reached(n)):
                mask = node.reads & guard
                if there is self.accept:
                    if mask == node.reads and (sure == "sure" or (sure and mask == self.every)):
                        self.ends.add(id(node))
                    continue
                target = self.narrowed(there, ahead)
                if mask and target.reads:
                    if edges.get(id(target), 0) & mask:
                        self.doubled.add((id(node), id(target)))
                    edges[id(target)] = edges.get(id(target), 0) | mask
                    todo.append(target)
            self.edges[id(node)] = list(edges.items())

    def narrowed(self, node: Node, ahead: int) -> Node:
        """A state that reads less: what was looked at ahead."""
        if node.reads & ahead == node.reads:
            return node
        key = (id(node), node.reads & ahead)
        if key not in self.narrow:
            self.narrow[key] = Node(reads=key[1], after=node.after, atom=node.atom)
        return self.narrow[key]

    def reached(self, node: Node) -> Iterator[tuple[Node, int, str, int]]:
        """Each way from a node, without reading, to one that reads or to the end."""
        todo: list[tuple[Node, int, str, int, frozenset[int]]]
        todo = [(node, self.every, "sure", self.every, frozenset())]
        while todo:
            here, guard, sure, ahead, passed = todo.pop()
            if here.reads or here is self.accept:
                yield here, guard, sure if ahead == self.every else "", ahead
            for step, certain, target in here.steps:
                if id(target) not in passed:
                    both = min(sure, certain, key=SURE.index)
                    todo.append(
                        (target, guard & step, both, ahead & here.ahead, passed | {id(here)})
                    )


def fork(every: int, *ways: Node) -> Node:
    node = Node()
    node.steps += [(every, "sure", way) for way in ways]
    return node


def spoken(items: Any) -> Iterator[str]:
    """The characters that a pattern names, ends of ranges and what lies just inside included."""
    for kind, value in items:
        if kind in (c.LITERAL, c.NOT_LITERAL):
            yield from {chr(value), chr(value).lower()[:1], chr(value).upper()[:1]}
        elif kind is c.RANGE:
            low, high = value
            yield from {chr(low), chr(high), chr((low + high) // 2), chr(min(low + 1, high))}
        elif kind is c.IN:
            yield from spoken(value)
        else:
            for part in parts_of(kind, value):
                yield from spoken(part)


def unbounded(items: Any) -> bool:
    """Whether there is a repeat without a bound."""
    return any(
        (kind in REPEATS and value[1] > SHORT) or any(map(unbounded, parts_of(kind, value)))
        for kind, value in items
    )


def groups_of(items: Any) -> Iterator[tuple[int, Any]]:
    """Number of a group -> what it holds."""
    for kind, value in items:
        if kind is c.SUBPATTERN:
            yield value[0], value[-1].data
        for part in parts_of(kind, value):
            yield from groups_of(part)


def parts_of(kind: Any, value: Any) -> list[Any]:
    """The sequences that an item holds."""
    if kind in REPEATS:
        return [value[2].data]
    if kind is c.SUBPATTERN:
        return [value[-1].data]
    if kind is c.ATOMIC_GROUP:
        return [value.data]
    if kind is c.BRANCH:
        return [branch.data for branch in value[1]]
    return [value[1].data] if kind in (c.ASSERT, c.ASSERT_NOT) else []


def within(item: tuple[Any, Any], char: str, flags: int) -> bool:
    kind, value = item
    if kind is c.LITERAL:
        return ord(char) == value
    if kind is c.NOT_LITERAL:
        return ord(char) != value
    if kind is c.ANY:
        return bool(flags & re.DOTALL) or char != "\n"
    if kind is c.RANGE:
        return value[0] <= ord(char) <= value[1]
    if kind is c.CATEGORY:
        return CATEGORIES[value](char)
    if kind is c.IN:
        negated = value[0][0] is c.NEGATE
        return any(within(i, char, flags) for i in value[negated:]) != negated
    raise ValueError(f"{kind}: not judged")


def last_set(items: Any, *, alone: bool) -> list[tuple[Any, Any]] | None:
    """The sets of which the last character of a lookbehind must be; `alone`: it has no other."""
    if not items or (alone and len(items) > 1):
        return None
    kind, value = items[-1]
    if kind is c.BRANCH:
        found = [last_set(branch.data, alone=alone) for branch in value[1]]
        if alone:  # each branch forbids on its own
            return [item for one in found for item in one or []] or None
        return None if None in found else [item for one in found for item in one or []]
    if kind is c.SUBPATTERN:
        return last_set(value[-1].data, alone=alone)
    return [items[-1]] if kind in (c.LITERAL, c.NOT_LITERAL, c.IN, c.ANY) else None


def fault_of(pattern: str, flags: int = 0, *, searched: bool = True, whole: bool = False) -> str:
    """Why a pattern may take more than linear time, with a word that shows it; "" if it does not.

    `searched`: it may start anywhere in the text; `whole`: it must reach its end.
    """
    made = Automaton(pattern, flags, searched=searched, whole=whole)
    start = id(made.start)
    own = {state: edges for state, edges in made.edges.items() if state != start}
    groups = cycles(own)
    members: dict[int, list[int]] = {}
    for state, group in groups.items():
        members.setdefault(group, []).append(state)
    # a group that lies in one atom is gone through in one way, and is not gone through again
    atomic = {
        group
        for group, states in members.items()
        if len({made.nodes[s].atom for s in states}) == 1 and made.nodes[states[0]].atom
    }
    for group, states in members.items():
        if group not in atomic and (word := split_word(made, set(states))):
            return f"exponential on {word!r}"
    if searched:
        made.edges[start] = [(start, made.every), *entries(made)]
        groups[start] = -1
        members[-1] = [start]
    may_end = {group for group, states in members.items() if made.ends & set(states)}
    for one in members.keys() - atomic:
        for two in members.keys() - may_end - {one, -1}:
            for first in members[one]:
                for second in members[two]:
                    if word := shared_word(made, groups, first, second):
                        where = "searched" if first == start else "matched"
                        return f"quadratic when {where}, on {word!r}"
    return ""


def entries(made: Automaton) -> Iterator[tuple[int, int]]:
    """Where the pattern begins in the middle of a text, with what may stand before it."""
    first = made.start.steps[0][2]
    for node, guard, _, ahead in made.reached(first):
        if guard and node.reads & ahead:
            yield id(made.narrowed(node, ahead)), guard


def cycles(edges: dict[int, list[tuple[int, int]]]) -> dict[int, int]:
    """State -> number of the group of states that it goes round with; states without are absent."""
    reach: dict[int, set[int]] = {}
    for state, after in edges.items():
        seen: set[int] = set()
        todo = [target for target, _ in after]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo += [target for target, _ in edges.get(here, ())]
        reach[state] = seen
    found: dict[int, int] = {}
    for number, state in enumerate(edges):
        if state in reach[state] and state not in found:
            for other in reach[state]:
                if state in reach.get(other, ()):
                    found[other] = number
    return found


def shared_word(made: Automaton, groups: dict[int, int], first: int, second: int) -> str:
    """A word on which both go round and the first becomes the second."""
    edges = made.edges
    inside: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for group in (groups[first], groups[second]):
        inside[group] = {
            state: [(t, m) for t, m in edges[state] if groups.get(t) == group]
            for state in edges
            if groups.get(state) == group
        }
    begin = (first, first, second)
    goal = (first, second, second)
    came: dict[tuple[int, int, int], tuple[tuple[int, int, int], int]] = {}
    todo = deque([begin])
    while todo:
        here = todo.popleft()
        for one, mask1 in inside[groups[first]].get(here[0], ()):
            for three, mask3 in inside[groups[second]].get(here[2], ()):
                both = mask1 & mask3
                if not both:
                    continue
                for two, mask2 in edges.get(here[1], ()):
                    mask = both & mask2
                    there = (one, two, three)
                    if mask and there == goal:
                        return spell(made, came, here, mask)
                    if mask and there not in came and there != begin:
                        came[there] = (here, mask)
                        todo.append(there)
    return ""


def split_word(made: Automaton, group: set[int]) -> str:
    """A word on which a state of a group comes back to itself in two ways."""
    inside = {s: [(t, m) for t, m in made.edges[s] if t in group] for s in group}
    for state, after in inside.items():
        for target, mask in after:
            if (state, target) in made.doubled:
                return made.alphabet[(mask & -mask).bit_length() - 1]
    came: dict[tuple[int, int], tuple[tuple[int, int], int]] = {}
    todo = deque((state, state) for state in group)
    while todo:
        here = todo.popleft()
        for one, mask1 in inside[here[0]]:
            for two, mask2 in inside[here[1]]:
                there = (one, two)
                if not mask1 & mask2:
                    continue
                if one == two and here[0] != here[1]:
                    return spell(made, came, here, mask1 & mask2)
                if one != two and there not in came:
                    came[there] = (here, mask1 & mask2)
                    todo.append(there)
    return ""


def spell(made: Automaton, came: dict[Any, tuple[Any, int]], here: Any, last: int) -> str:
    word = []
    while True:
        word.append(made.alphabet[(last & -last).bit_length() - 1])
        if here not in came or len(word) > 40:
            return "".join(reversed(word))
        here, last = came[here]
