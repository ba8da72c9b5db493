"""What comes of a region that moves under another: what it does not inherit any more, and what it does now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from abmspec.diff.both import Both
from abmspec.diff.change import ChangeClass, Reason
from abmspec.model.region import Region
from abmspec.resolve import View
from abmspec.words import listing

MOST_NAMED = 6


def of_moving(both: Both, before: Region, after: Region) -> Iterator[Reason]:
    """The reasons of a region's having another parent."""
    if before.parent == after.parent:
        return
    was, now = both.base.view(before.id), both.head.view(after.id)
    gone, new = _of_values(was, now), _of_values(now, was)
    users = {value: both.users_in(after.id, "value", *value) for value in gone}
    needed = [".".join(value) for value in gone if users[value]]
    if needed:
        needing = sorted({each for several in users.values() for each in several})
        need = "needs" if len(needing) == 1 else "need"
        why = f"It does not inherit {_named(needed)} any more, which {_named(needing)} still {need}."
        yield Reason(change_class="breaking", attribute="parent", why=why)
    for verb, values in (("loses", gone), ("gains", new)):
        if values:
            names = [f"{picklist}.{id}" for picklist, id in values]
            yield Reason(
                change_class="meaning",
                attribute="parent",
                why=f"It {verb} what could be chosen: {_named(names)}.",
            )
    for what in ("fields", "segments", "privacy", "plays"):
        yield from _of_things(what, getattr(was, what), getattr(now, what))


def _of_values(one: View, other: View) -> list[tuple[str, str]]:
    """The values that one view offers and the other does not, of lists that both have."""
    return [
        (picklist, id)
        for picklist in one.picklists
        if picklist in other.picklists
        for id in sorted(one.offered(picklist).keys() - other.offered(picklist).keys())
    ]


def _of_things(what: str, was: Iterable[str], now: Iterable[str]) -> Iterator[Reason]:
    """Whole things that come and go with the parent. Which law applies is governance, wherever it is said."""
    change_class: ChangeClass = "governance" if what == "privacy" else "meaning"
    name = "privacy rules" if what == "privacy" else what
    for verb, ids in (("loses", {*was} - {*now}), ("gains", {*now} - {*was})):
        if ids:
            why = f"It {verb} {name}: {_named(sorted(ids))}."
            yield Reason(change_class=change_class, attribute="parent", why=why)


def _named(names: Collection[str]) -> str:
    shown = [f"`{name}`" for name in names][:MOST_NAMED]
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return listing([*shown, *more], "and")
