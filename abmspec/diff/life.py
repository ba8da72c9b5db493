"""How grave it is when a thing's life goes on: announced to go, gone, or back."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diff.both import Both, Pair
from abmspec.diff.change import ChangeClass, Reason
from abmspec.diff.difference import as_data, differences
from abmspec.diff.wording import noun, shown
from abmspec.model.entity import Deprecation, Living
from abmspec.words import counted, quoted

MOST_USERS = 5


def of_life(both: Both, pair: Pair) -> Iterator[Reason]:
    """What became of a thing that is there before and after."""
    was = pair.before.life if pair.before else None
    now = pair.after.life if pair.after else None
    if was is None or now is None:
        return
    if was.status == "retired" and now.status != "retired":
        yield _said(
            "forbidden", was, now,
            "It was retired, and its id stays taken for ever: records may still carry the old meaning. "
            "Give what is new an id of its own.",
        )  # fmt: skip
    elif now.status == "proposed" and was.status != "proposed":
        yield _said(
            "forbidden", was, now,
            "It was published, so it cannot go back to being a proposal: nothing would be left of it where it is "
            "deployed. Deprecate or retire it instead.",
        )  # fmt: skip
    elif now.status == "retired" and was.status != "retired":
        yield from _of_retirement(both, pair, was, now)
    elif was.status == now.status:
        yield from _of_terms(both, pair, was, now)
    elif now.status == "deprecated":
        yield from _of_announcement(was, now)
    elif was.status == "proposed":
        yield _said("additive", was, now, f"The proposed {noun(pair.item.noun)} is published.")
    else:
        yield _said("meaning", was, now, "It is not deprecated any more: it is there to stay.")


def _said(change_class: ChangeClass, was: Living, now: Living, why: str) -> Reason:
    return Reason(change_class=change_class, attribute="status", why=why, before=was.status, after=now.status)


def _of_announcement(was: Living, now: Living) -> Iterator[Reason]:
    terms = now.deprecated
    successors = quoted(terms.successors, "or") if terms else ""
    if terms is not None and terms.sunset and successors:
        yield _said("deprecating", was, now, f"It goes on {terms.sunset}; {successors} takes over.")
    else:
        lacks = " and ".join(
            what for what, there in (("date on which it goes", terms and terms.sunset), ("replacement", successors))
            if not there
        )  # fmt: skip
        yield _said("meaning", was, now, f"It is deprecated, but without a {lacks}.")


def _of_retirement(both: Both, pair: Pair, was: Living, now: Living) -> Iterator[Reason]:
    if pair.renamed_from:
        return
    early = _too_early(both, was)
    if was.status == "proposed":
        yield _said("meaning", was, now, "It was only ever proposed, and its id is now taken for ever.")
        return
    address = pair.item.address
    users = both.users(address)
    successors = now.deprecated.successors if now.deprecated else ()
    objections = [early] if early else []
    if users and not successors:
        objections.append(f"It is retired without a replacement, and still needed by {_some(users)}.")
    if both.carried.get(address):
        objections.append(f"{counted(both.carried[address], 'account')} still carry it.")
    for why in objections:
        yield _said("breaking", was, now, why)
    if not objections:
        after = f"; {quoted(successors, 'or')} takes over" if successors else ""
        yield _said("meaning", was, now, f"It is retired as announced{after}.")


def _too_early(both: Both, was: Living) -> str:
    """Why it is too early to retire it; empty where its day has come."""
    sunset = was.deprecated.sunset if was.deprecated else ""
    if not sunset:
        return "It is retired without ever having been announced with a date: nobody had time to move away from it."
    if both.today.isoformat() < sunset:
        return f"It is retired before {sunset}, the day that was announced."
    return ""


def _of_terms(both: Both, pair: Pair, was: Living, now: Living) -> Iterator[Reason]:
    """The terms of what is deprecated, or a tombstone, before and after; not those that only follow a rename."""
    if was.deprecated is None or now.deprecated is None:
        if was.deprecated is not now.deprecated:
            yield Reason(
                change_class="meaning", attribute="deprecated", why="What is said of its end changes.",
                before=as_data(was.deprecated), after=as_data(now.deprecated),
            )  # fmt: skip
        return
    assert pair.before is not None, "what had terms was there"
    found = (
        each._replace(route=("deprecated", *each.route))
        for each in differences(was.deprecated, now.deprecated)
    )
    for each in both.renames.without_followers(pair.before, found)[0]:
        change_class, why = _of_term(each.names[0], was.deprecated, now.deprecated)
        yield Reason(
            change_class=change_class, attribute=each.attribute, why=why,
            before=as_data(each.before), after=as_data(each.after),
        )  # fmt: skip


def _of_term(name: str, was: Deprecation, now: Deprecation) -> tuple[ChangeClass, str]:
    if name == "sunset":
        if not was.sunset:
            return "deprecating", f"It goes on {now.sunset}."
        if not now.sunset:
            return "meaning", f"It does not go on {was.sunset} any more; no other day is named."
        if now.sunset < was.sunset:
            return (
                "breaking",
                f"It goes on {now.sunset} already, not on {was.sunset}: there is less time to move away.",
            )
        return "deprecating", f"It goes on {now.sunset}, later than {was.sunset}."
    if name == "replaced_by":
        return (
            "meaning",
            f"What takes over changes from {shown(was.replaced_by)} to {shown(now.replaced_by)}.",
        )
    if name == "reason":
        return "cosmetic", "The reason why it goes is worded otherwise."
    return "meaning", f"The day of the announcement changes from {shown(was.date)} to {shown(now.date)}."


def _some(addresses: tuple[str, ...]) -> str:
    if len(addresses) <= MOST_USERS:
        return quoted(addresses)
    first = ", ".join(f"`{each}`" for each in addresses[:MOST_USERS])
    return f"{first} and {len(addresses) - MOST_USERS} more"
