"""How grave it is when an attribute of a thing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from abmspec.condition import Node
from abmspec.diff.both import Both, Pair
from abmspec.diff.change import ChangeClass, Reason
from abmspec.diff.conditions import said
from abmspec.diff.difference import Difference, as_data
from abmspec.diff.inventory import ACCOUNTS, GOVERNANCE
from abmspec.diff.wording import sentence, shown
from abmspec.model.entity import Entity
from abmspec.model.playbook import ContentOverlay
from abmspec.model.region import FieldsOverlay
from abmspec.words import counted, listing

Judged = tuple[ChangeClass, str]

# What changes how something is called or explained, and nothing else.
COSMETIC = frozenset({"label", "labels", "description", "aliases"})


def of_attribute(both: Both, pair: Pair, each: Difference) -> Iterator[Reason]:
    """The reasons that a changed attribute gives."""
    noun = pair.item.noun
    if each.names == ("hide",):
        yield from _of_hiding(both, pair, each)
        return
    if isinstance(each.before, Node) or isinstance(each.after, Node):
        yield _of_condition(both, pair, each)
        return
    change_class, why = _judged(both, pair, each)
    is_rising_version = (noun, each.attribute, change_class) == ("project", "version", "cosmetic")
    if noun in GOVERNANCE and not is_rising_version:
        change_class = "governance"
    elif noun in ACCOUNTS:
        change_class = "accounts"
    yield Reason(
        change_class=change_class,
        attribute=each.attribute,
        why=why,
        before=as_data(each.before),
        after=as_data(each.after),
    )


def _judged(both: Both, pair: Pair, each: Difference) -> Judged:
    special = SPECIAL.get((pair.item.noun, each.names[0]))
    if isinstance(pair.item.part, ContentOverlay):
        special = _of_local_text
    judged = special(each) if special else None
    if judged is not None:
        return judged
    if each.reordered and pair.item.noun == "picklist":
        return "cosmetic", sentence(each)
    return ("cosmetic" if each.names[-1] in COSMETIC else "meaning"), sentence(each)


# ------------------------------------------------------------------ attributes with a class of their own


def _of_type(each: Difference) -> Judged:
    return "breaking", f"{sentence(each)} What is stored does not fit any more."


def _of_reference(each: Difference) -> Judged:
    return "breaking", f"{sentence(each)} What is stored points at something else."


def _of_list(each: Difference) -> Judged:
    if not each.before or not each.after:
        return "breaking", f"{sentence(each)} What is stored is not of one list before and after."
    return "breaking", (
        f"It draws on the list {shown(each.after)} and not on {shown(each.before)} any more: "
        "what is stored is of the other list."
    )


def _of_lock(dropped: str) -> Callable[[Difference], Judged]:
    def judge(each: Difference) -> Judged:
        return ("breaking", dropped) if each.before and not each.after else ("meaning", sentence(each))

    return judge


def _of_requirement(each: Difference) -> Judged:
    if each.after:
        return (
            "breaking",
            "It becomes required: everybody who writes these records has to give it from now on.",
        )
    return "meaning", "It is not required any more."


def _of_version(each: Difference) -> Judged | None:
    rises = _numbers(each.after) > _numbers(each.before)
    return ("cosmetic", f"The spec's version rises from {each.before} to {each.after}.") if rises else None


def _numbers(version: object) -> tuple[int, ...]:
    release = str(version).partition("-")[0].partition("+")[0]
    return tuple(int(part) if part.isdecimal() else -1 for part in release.split("."))


def _of_text(each: Difference) -> Judged | None:
    """Texts by locale: a new one, its approval, its words."""
    last = each.names[-1]
    if last in ("locales", "content") and each.before is None:
        return "additive", sentence(each)
    if "approval" in each.names or "approvals" in each.names:
        if each.after is None:
            return "meaning", f"{sentence(each)} It is not approved any more."
        return "additive", sentence(each)
    return None


def _of_state(each: Difference) -> Judged | None:
    return ("additive", "It is approved.") if each.after == "approved" else None


def _of_local_text(each: Difference) -> Judged | None:
    """A region's own words for what the centre says."""
    return ("cosmetic", sentence(each)) if each.names[-1] == "text" else _of_text(each)


def _of_stage(each: Difference) -> Judged:
    match each.before, each.after:
        case _, "pilot":
            return "forbidden", (
                "A region that was live cannot become a pilot again: its values would vanish from every system. "
                "Suspend it instead."
            )
        case _, "suspended":
            return (
                "breaking",
                "The region is suspended: its values stay in the systems, but nobody can choose them.",
            )
        case "pilot", "live":
            return "meaning", "The pilot goes live: from the next build on its own things reach the systems."
    return "meaning", "The region is live again: its values can be chosen in the systems."


def _of_countries(each: Difference) -> Judged:
    added = [code for code in each.after or () if code not in (each.before or ())]
    gone = [code for code in each.before or () if code not in (each.after or ())]
    parts = [
        f"{shown(codes)} {one if len(codes) == 1 else several}"
        for codes, one, several in ((added, "comes in", "come in"), (gone, "goes out", "go out"))
        if codes
    ]
    return "meaning", f"Accounts of other countries belong to the region: {', '.join(parts)}."


def _of_parent(each: Difference) -> Judged:
    above, below = (f"`{id}`" if id else "the top" for id in (each.before, each.after))
    return "meaning", f"The region moves from {above} to {below}, and inherits from there."


def _of_threshold(each: Difference) -> Judged:
    falls = (each.after or 0) < (each.before or 0)
    reach = "more" if falls else "fewer"
    return "meaning", (
        f"The threshold {'falls' if falls else 'rises'} from {shown(each.before)} to {shown(each.after)} points: "
        f"{reach} accounts reach the tier."
    )


def _of_capacity(each: Difference) -> Judged | None:
    if each.before is None or each.after is None:
        return None
    return "meaning", f"There is room for {shown(each.after)} accounts instead of {shown(each.before)}."


def _of_place(each: Difference) -> Judged:
    return "cosmetic", "It stands at another place in the list."


def _of_stored_key(each: Difference) -> Judged:
    key = getattr(each.after, "key", each.after)
    return (
        "meaning",
        f"What `{each.route[1]}` stores for it is stated{f' as {shown(key)}' if key else ' otherwise'}.",
    )


def _of_binding(each: Difference) -> Judged:
    system = each.route[1]
    if each.after is None:
        return "meaning", f"It has no place in `{system}` any more."
    if each.before is None:
        return "meaning", f"It gets a place in `{system}`: {shown(each.after)}."
    return "meaning", f"Its place in `{system}` changes from {shown(each.before)} to {shown(each.after)}."


def _of_sorting(each: Difference) -> Judged:
    return (
        "cosmetic",
        f"The values are {'shown by their labels' if each.after else 'shown in the order written'}.",
    )


SPECIAL: Mapping[tuple[str, str], Callable[[Difference], Judged | None]] = {
    ("field", "type"): _of_type,
    ("field", "to"): _of_reference,
    ("field", "picklist"): _of_list,
    ("field", "detail_of"): _of_list,
    ("field", "backbone"): _of_lock("It is not locked any more: regions may hide it."),
    ("field", "restricted"): _of_lock("It is not restricted any more: systems take what is not in the list."),
    ("field", "required"): _of_requirement,
    ("picklist", "extensible"): _of_lock("Regions may not add values of their own any more."),
    ("picklist", "sorted"): _of_sorting,
    ("value", "after"): _of_place,
    ("value", "systems"): _of_stored_key,
    ("field", "systems"): _of_binding,
    ("project", "version"): _of_version,
    ("region", "stage"): _of_stage,
    ("region", "countries"): _of_countries,
    ("region", "subdivisions"): _of_countries,
    ("region", "parent"): _of_parent,
    ("tier", "at_least"): _of_threshold,
    ("tier", "capacity"): _of_capacity,
    ("content", "state"): _of_state,
    ("content", "approvals"): _of_text,
    ("content", "locales"): _of_text,
    ("play", "content"): _of_local_text,
}


# ------------------------------------------------------------------ conditions


def _of_condition(both: Both, pair: Pair, each: Difference) -> Reason:
    scope = pair.item.scope
    before, after = each.before, each.after
    was = both.conditions.words(before, scope, at_head=False)
    now = both.conditions.words(after, scope, at_head=True)
    change_class: ChangeClass = "meaning"
    comparison = None
    if before is None or after is None:
        why = "It gets a condition." if before is None else "Its condition goes."
    else:
        comparison, identical = both.conditions.compare(before, after, scope)
        change_class = "cosmetic" if identical else "meaning"
        why = f"{said(comparison)}."
    if pair.item.noun in GOVERNANCE:
        change_class = "governance"
    return Reason(
        change_class=change_class,
        attribute=each.attribute,
        why=why,
        before=as_data(before),
        after=as_data(after),
        was=was,
        now=now,
        comparison=comparison,
    )


# ------------------------------------------------------------------ hiding


def _of_hiding(both: Both, pair: Pair, each: Difference) -> Iterator[Reason]:
    holder = pair.item.part
    assert isinstance(holder, Entity)
    before, after = frozenset(each.before or ()), frozenset(each.after or ())
    for id in sorted(after - before):
        users = _users_of_hidden(both, holder, id)
        if users:
            yield Reason(
                change_class="breaking", attribute=f"hide.{id}", after=True,
                why=f"`{id}` is not offered in `{holder.scope}` any more, where {listing(users, 'and')} still "
                f"{'needs' if len(users) == 1 else 'need'} it.",
            )  # fmt: skip
        else:
            yield Reason(
                change_class="meaning", attribute=f"hide.{id}", after=True,
                why=f"`{id}` is not offered in `{holder.scope}` any more; records keep it.",
            )  # fmt: skip
    for id in sorted(before - after):
        yield Reason(
            change_class="meaning", attribute=f"hide.{id}", before=True,
            why=f"`{id}` is offered in `{holder.scope}` again.",
        )  # fmt: skip


def _users_of_hidden(both: Both, holder: Entity, id: str) -> list[str]:
    """What the region, or one in it, has that needs a value or field which it hides; and accounts, where known."""
    if isinstance(holder, FieldsOverlay):
        return [f"`{each}`" for each in both.users_in(holder.scope, "field", "", f"{holder.object}.{id}")]
    users = [f"`{each}`" for each in both.users_in(holder.scope, "value", holder.id, id)]
    carried = both.carried.get(f"region.{holder.scope}.picklist.{holder.id}.value.{id}", 0)
    return [*users, counted(carried, "account")] if carried else users
