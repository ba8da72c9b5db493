"""Whose approvals meet which demands, and the fewest people who would meet what is left. Exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """So many of `anyone`, of whom `by_others` have to be of `others`: the same people without the author."""

    count: int
    by_others: int
    anyone: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """All that has to be met: needs, and how many people besides the author there must be in any case.

    Unless somebody may serve several needs, each of them takes other people.
    """

    needs: tuple[Need, ...]
    besides: int = 0
    several: bool = False


def serving(terms: Terms, voted: Set[str]) -> tuple[tuple[str, ...], ...]:
    """Who of those that voted serves each need, by name: as many as can, and no more than it asks for.

    Where there is a choice, they leave open what others can fill.
    """
    if terms.several:
        return tuple(_chosen(need, voted) for need in terms.needs)
    slots = _slots(terms.needs)
    served = _match([people & voted for _, people in slots])
    found: list[list[str]] = [[] for _ in terms.needs]
    for (number, _), person in zip(slots, _match([people for _, people in slots], served), strict=True):
        if person is not None and person in voted:
            found[number].append(person)
    return tuple(tuple(sorted(people)) for people in found)


def lacking(terms: Terms, voted: Set[str], outsiders: Set[str]) -> tuple[tuple[int, ...], int]:
    """How many people each need lacks, and how many besides the author are lacking beyond those.

    `outsiders` are not the author.
    """
    short = tuple(
        need.count - len(people) for need, people in zip(terms.needs, serving(terms, voted), strict=True)
    )
    to_come = max(short, default=0) if terms.several else sum(short)
    return short, max(0, terms.besides - len(voted & outsiders) - to_come)


def fewest(
    terms: Terms, voted: Set[str], candidates: Sequence[str], outsiders: Set[str]
) -> tuple[str, ...] | None:
    """The fewest people whose approvals, with those there are, meet all terms; None where nobody's can.

    `candidates` are preferred in their order; nobody in it has voted.
    """
    found = _cover(terms, voted, candidates) if terms.several else _seat(terms.needs, voted, candidates)
    if found is None:
        return None
    short = terms.besides - len((voted | set(found)) & outsiders)
    more = [person for person in candidates if person in outsiders and person not in found][: max(0, short)]
    return (*found, *more) if len(more) >= short else None


# -- each need takes other people ---------------------------------------------------------------------


def _slots(needs: Iterable[Need]) -> list[tuple[int, frozenset[str]]]:
    """One place for each approval, with the number of its need."""
    return [
        (number, need.others if place < need.by_others else need.anyone)
        for number, need in enumerate(needs)
        for place in range(need.count)
    ]


def _seat(needs: Sequence[Need], voted: Set[str], candidates: Sequence[str]) -> tuple[str, ...] | None:
    """Whoever has voted keeps a place, so only what they leave open takes more people."""
    able = [people for _, people in _slots(needs)]
    served = _match([people & voted for people in able])
    rank = {person: place for place, person in enumerate(candidates)}
    served = _match([people & (voted | rank.keys()) for people in able], served, rank)
    if None in served:
        return None
    return tuple(person for person in candidates if person in served)


def _match(
    able: Sequence[Set[str]], served: Sequence[str | None] = (), rank: Mapping[str, int] | None = None
) -> list[str | None]:
    """Who takes each place, as many places taken as can be. Whoever has one of `served` has one still."""
    holders = {person: place for place, person in enumerate(served) if person is not None}
    order = rank or {}

    def take(place: int, tried: set[str]) -> bool:
        free_first = sorted(
            able[place] - tried, key=lambda person: (person in holders, order.get(person, -1), person)
        )
        for person in free_first:
            tried.add(person)
            if person not in holders or take(holders[person], tried):
                holders[person] = place
                return True
        return False

    taken = set(holders.values())
    for place in range(len(able)):
        if place not in taken:
            take(place, set())
    by_place = {place: person for person, place in holders.items()}
    return [by_place.get(place) for place in range(len(able))]


# -- somebody may serve several needs -----------------------------------------------------------------


def _chosen(need: Need, voted: Set[str]) -> tuple[str, ...]:
    """Others first: the author fills what they leave open, as far as the author may."""
    others = sorted(need.others & voted)[: need.count]
    room = min(need.count - len(others), need.count - need.by_others)
    return tuple(sorted((*others, *sorted((need.anyone - need.others) & voted)[:room])))


def _cover(terms: Terms, voted: Set[str], candidates: Sequence[str]) -> tuple[str, ...] | None:
    """The fewest candidates that fill every need. People who fill the same ones stand for each other."""
    wanted = [
        (people & set(candidates), count - len(people & voted))
        for need in terms.needs
        for people, count in ((need.anyone, need.count), (need.others, need.by_others))
    ]
    wanted = [(people, short) for people, short in wanted if short > 0]
    if any(len(people) < short for people, short in wanted):
        return None
    alike: dict[frozenset[int], list[str]] = {}
    for person in candidates:
        fills = frozenset(number for number, (people, _) in enumerate(wanted) if person in people)
        if fills:
            alike.setdefault(fills, []).append(person)
    groups = list(alike.items())
    chosen = _fewest_of_groups(
        [(fills, len(people)) for fills, people in groups], [short for _, short in wanted]
    )
    picked = {
        person for (_, people), number in zip(groups, chosen, strict=True) for person in people[:number]
    }
    return tuple(person for person in candidates if person in picked)


def _fewest_of_groups(groups: Sequence[tuple[frozenset[int], int]], short: Sequence[int]) -> list[int]:
    """How many to take of each group so that every need has enough: one more in every round, until it does.

    There must be enough. At the first need that lacks somebody, a group that fills less than another can wait.
    """
    level = {(tuple(short), (0,) * len(groups))}
    while True:
        further = set()
        for left, taken in sorted(level):
            open_needs = {number for number, count in enumerate(left) if count}
            if not open_needs:
                return list(taken)
            first = min(open_needs)
            able = [
                (fills & open_needs, place)
                for place, (fills, size) in enumerate(groups)
                if first in fills and taken[place] < size
            ]
            for fills, place in able:
                if any(fills < more or (fills == more and other < place) for more, other in able):
                    continue
                rest = tuple(count - (number in fills) for number, count in enumerate(left))
                further.add((rest, (*taken[:place], taken[place] + 1, *taken[place + 1 :])))
        level = further
