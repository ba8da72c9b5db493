"""The fewest people, against every set that there is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.gate.assignment import Need, Terms, fewest, lacking, serving

PEOPLE = "abcdef"
AUTHOR = "f"


def need(people: str, count: int = 1, by_others: int | None = None) -> Need:
    anyone = frozenset(people)
    return Need(count, count if by_others is None else by_others, anyone, anyone - {AUTHOR})


def is_met(terms: Terms, voted: Iterable[str]) -> bool:
    """Whether the terms are met, by trying every way to seat people."""
    there = frozenset(voted)
    if len(there - {AUTHOR}) < terms.besides:
        return False
    if terms.several:
        return all(
            len(each.anyone & there) >= each.count and len(each.others & there) >= each.by_others
            for each in terms.needs
        )
    slots = [
        each.others if place < each.by_others else each.anyone
        for each in terms.needs
        for place in range(each.count)
    ]
    return any(
        all(person in slot for person, slot in zip(seated, slots, strict=True))
        for seated in permutations(sorted(there), len(slots))
    )


NEEDS = st.builds(
    lambda people, count, by_others: need("".join(people), count, min(count, by_others)),
    st.sets(st.sampled_from(PEOPLE), max_size=5),
    st.integers(1, 2),
    st.integers(0, 2),
)
TERMS = st.builds(
    Terms, st.lists(NEEDS, max_size=3).map(tuple), besides=st.integers(0, 3), several=st.booleans()
)


@given(TERMS, st.sets(st.sampled_from(PEOPLE)))
def test_the_fewest_open_it_and_fewer_do_not(terms: Terms, voted: set[str]) -> None:
    candidates = [person for person in PEOPLE if person not in voted and person != AUTHOR]
    sizes = (
        size
        for size in range(len(candidates) + 1)
        if any(is_met(terms, voted | set(more)) for more in combinations(candidates, size))
    )
    smallest = next(sizes, None)
    found = fewest(terms, voted, candidates, set(PEOPLE) - {AUTHOR})
    assert (None if found is None else len(found)) == smallest
    if found is not None:
        assert set(found) <= set(candidates)
        assert is_met(terms, voted | set(found))


@given(TERMS, st.sets(st.sampled_from(PEOPLE)))
def test_nothing_lacks_when_it_is_met(terms: Terms, voted: set[str]) -> None:
    short, besides = lacking(terms, voted, set(PEOPLE) - {AUTHOR})
    assert (not any(short) and not besides) == is_met(terms, voted)


@given(TERMS, st.sets(st.sampled_from(PEOPLE)))
def test_whoever_serves_voted_and_what_is_lacking_can_be_filled(terms: Terms, voted: set[str]) -> None:
    serves = serving(terms, voted)
    assert {person for people in serves for person in people} <= voted
    if terms.several:
        return
    seated = [person for people in serves for person in people]
    assert len(set(seated)) == len(seated)
    if fewest(terms, voted, [person for person in PEOPLE if person not in voted], set(PEOPLE)) is not None:
        short, _ = lacking(terms, voted, set(PEOPLE))
        for each, count in zip(terms.needs, short, strict=True):
            assert len(each.anyone - voted) >= count


@pytest.mark.parametrize(("first", "second"), [("ab", "a"), ("a", "ab")])
def test_whoever_voted_takes_the_place_that_nobody_else_can(first: str, second: str) -> None:
    served = dict(zip((first, second), serving(Terms((need(first), need(second))), {"a"}), strict=True))
    assert served == {"a": ("a",), "ab": ()}


@pytest.mark.parametrize(
    ("needs", "several", "voted", "expected"),
    [
        ([need("ab"), need("bc")], False, "", ("a", "b")),
        ([need("ab"), need("bc")], True, "", ("b",)),
        ([need("ab", 2)], True, "", ("a", "b")),
        # Whoever has voted moves to the place that nobody else can take.
        ([need("ab"), need("a")], False, "a", ("b",)),
        ([need("af", by_others=0)], False, "f", ()),
        ([need("af")], False, "f", ("a",)),
        ([need("a"), need("a")], False, "", None),
        ([need("")], True, "", None),
        ([], False, "", ()),
    ],
)
def test_examples(needs: list[Need], several: bool, voted: str, expected: tuple[str, ...] | None) -> None:
    candidates = [person for person in "abcde" if person not in voted]
    terms = Terms(tuple(needs), several=several)
    assert fewest(terms, set(voted), candidates, set("abcde")) == expected


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize(
    ("asked", "voted", "short"),
    [
        (need("af"), "f", 1),
        (need("af", by_others=0), "f", 0),
        (need("abf", 2, by_others=1), "f", 1),
        (need("abf", 2, by_others=2), "af", 1),
        (need("abf", 2, by_others=1), "af", 0),
    ],
)
def test_the_author_counts_as_far_as_the_rule_says(
    several: bool, asked: Need, voted: str, short: int
) -> None:
    assert lacking(Terms((asked,), several=several), set(voted), set("ab")) == ((short,), 0)


def test_many_needs_and_people_take_no_time() -> None:
    """Twelve needs of three, a hundred people."""
    people = [f"p{number:02}" for number in range(100)]
    needs = tuple(
        Need(
            3,
            3,
            frozenset(people[number * 5 : number * 5 + 30]),
            frozenset(people[number * 5 : number * 5 + 30]),
        )
        for number in range(12)
    )
    alone, together = Terms(needs), Terms(needs, several=True)
    assert len(fewest(alone, set(), people, set(people)) or ()) == 36
    assert len(fewest(together, set(), people, set(people)) or ()) == 6
