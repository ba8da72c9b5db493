"""How grave it is that a thing comes or goes."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec import condition
from abmspec.address import GLOBAL
from abmspec.diff.both import Both, Pair
from abmspec.diff.change import Reason
from abmspec.diff.inventory import ACCOUNTS, GOVERNANCE, Item
from abmspec.diff.wording import noun
from abmspec.model.entity import Entity
from abmspec.model.region import Region
from abmspec.model.taxonomy import Field, Picklist, Value, qualified
from abmspec.resolve import Resolved
from abmspec.words import listing, quoted

# What adds to the spec without an answer to any question that was asked before.
ADDITIVE = frozenset(
    {"picklist", "field", "segment", "play", "region", "experiment", "content", "cta", "learning"}
)


def of_arrival(both: Both, item: Item) -> Iterator[Reason]:
    """The reasons of a thing that was not there."""
    name = noun(item.noun)
    if item.noun in GOVERNANCE:
        yield Reason(change_class="governance", why=f"The {name} is new.")
    elif item.noun in ACCOUNTS:
        yield Reason(change_class="accounts", why=f"The {name} is new.")
    elif isinstance(item.part, Value):
        yield from of_new_value(both, item, item.part)
    elif item.noun in ADDITIVE:
        yield Reason(change_class="additive", why=f"The {name} is new.")
        if isinstance(item.part, Field) and item.part.required:
            yield Reason(
                change_class="breaking", attribute="required", after=True,
                why="It is required from the start: everybody who writes these records has to give it.",
            )  # fmt: skip
        if isinstance(item.part, Region):
            yield from _of_taken(both, item.part)
    else:
        yield Reason(change_class="meaning", why=f"The {name} is new.")


def of_departure(item: Item) -> Iterator[Reason]:
    """The reasons of a thing that is not there any more."""
    name = noun(item.noun)
    life = item.life
    if life is not None and life.status == "retired":
        yield Reason(
            change_class="forbidden",
            why=f"The tombstone of the {name} is deleted. It has to stay, so that nobody takes the id for another.",
        )
    elif life is not None and life.status != "proposed":
        yield Reason(
            change_class="forbidden",
            why=f"The {name} was published and just vanishes, while records, reports and systems still know it. "
            "Keep it, with `status: retired`.",
        )
    if item.noun in GOVERNANCE:
        yield Reason(change_class="governance", why=f"The {name} is gone.")
    elif item.noun in ACCOUNTS:
        yield Reason(change_class="accounts", why=f"The {name} is gone.")
    elif life is None or life.status == "proposed":
        yield Reason(change_class="meaning", why=f"The {name} is gone.")


def of_renaming(both: Both, pair: Pair) -> Iterator[Reason]:
    """The reasons of another id. What a thing that moves up to everybody brings with it stands beside them."""
    assert pair.before is not None, "what is renamed was there"
    assert pair.after is not None, "and is there"
    yield Reason(
        change_class="meaning", attribute="renamed_from", before=pair.before.id, after=pair.after.id,
        why=f"It was called `{pair.before.id}`. The stored keys stay, and whoever names it has to follow.",
    )  # fmt: skip
    if pair.before.scope != pair.after.scope and isinstance(pair.after.part, Value):
        for reason in of_new_value(both, pair.after, pair.after.part):
            if reason.change_class != "additive":
                yield reason


# ------------------------------------------------------------------ values


def of_new_value(both: Both, item: Item, value: Value) -> Iterator[Reason]:
    """A new value: with a parent it takes that one's answers; without one, closed lists may lack theirs."""
    if value.status == "proposed":
        yield Reason(change_class="additive", why="The value is proposed; no system gets it yet.")
        return
    if value.maps_to:
        yield Reason(
            change_class="additive",
            why=f"The value is new. It rolls up to `{value.maps_to}` and takes its score and rules.",
        )
        return
    holder = item.holder
    assert holder is not None, "a value stands in a picklist"
    wanting = listing(_wanting(both.head, item, holder), "and")
    if wanting:
        yield Reason(
            change_class="meaning",
            why=f"The value is new, and wants an answer in {wanting}.",
        )
    else:
        yield Reason(change_class="additive", why="The value is new.")


def _wanting(resolved: Resolved, item: Item, holder: Entity) -> list[str]:
    """Where an answer for a new value without a parent is missing."""
    if isinstance(holder, Picklist) and holder.bands_of:
        return [f"`{holder.bands_of}`, of which the bands are cut anew"]
    if item.scope != GLOBAL:
        return ["reports, for it rolls up to no global value"]
    return sorted(_expecting(resolved, holder.id))


def _expecting(resolved: Resolved, picklist: str) -> Iterator[str]:
    """What lists the values of a picklist one by one, and so has no answer for one that is new."""
    spec = resolved.spec
    fields = {
        name for view in resolved.views for name, field in view.fields.items() if field.picklist == picklist
    }
    if spec.tiers is not None:
        scoring = [id for id, each in spec.tiers.factors.items() if each.scores and fields & set(each.inputs)]
        if scoring:
            yield f"the tiers (each value has a score in {quoted(sorted(scoring))})"
    if spec.lifecycle is not None and spec.lifecycle.field in fields:
        yield "the lifecycle (the values are its stages)"
    if spec.buying_groups is not None and spec.buying_groups.field in fields:
        yield "the buying groups (the values are their roles)"
    yield from _routing(resolved, fields)
    dependent = {
        field.name
        for view in resolved.views
        for field in view.fields.values()
        if field.depends_on and qualified(field.depends_on, field.object) in fields
    }
    if dependent:
        yield f"the choices of {quoted(sorted(dependent))}, which depend on it"


def _routing(resolved: Resolved, fields: set[str]) -> Iterator[str]:
    asking = {
        predicate.address
        for predicate in resolved.conditions()
        if ".territory." in predicate.address or ".rule." in predicate.address
        if fields & set(condition.fields(predicate.when))
    }
    if asking:
        yield f"the routing ({quoted(sorted(asking))})"


# ------------------------------------------------------------------ regions


def _of_taken(both: Both, region: Region) -> Iterator[Reason]:
    """A new region that takes countries, or accounts by condition, that belonged to another."""
    owners = {code: each.id for each in both.base.spec.regions.values() for code in each.countries}
    taken = [code for code in region.countries if code in owners]
    if taken:
        givers = sorted({owners[code] for code in taken})
        yield Reason(
            change_class="meaning", attribute="countries", after=taken,
            why=f"It takes {quoted(taken)} over from {quoted(givers)}.",
        )  # fmt: skip
    if region.claims is not None:
        yield Reason(
            change_class="meaning", attribute="claims", after=region.claims.segment,
            why=f"It takes the accounts of the segment `{region.claims.segment}`, whichever region they were in.",
        )  # fmt: skip
