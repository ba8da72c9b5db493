"""Another id for a thing: uses follow, and the old id stays as a tombstone that points to the new one."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from abmspec.address import GLOBAL
from abmspec.edit import Insert, Put
from abmspec.model.spec import carries_prefix
from abmspec.proposal.basis import Basis, Declaration
from abmspec.proposal.draft import Draft
from abmspec.proposal.proposal import Proposal, ProposalRefused
from abmspec.proposal.request import Rename
from abmspec.proposal.writing import Spelling, retold
from abmspec.references import Reference
from abmspec.source import Anchor
from abmspec.words import counted, quoted

# What a tombstone keeps beside what its schema demands: what people called it, what it rolls up to, what it was before.
KEPT = ("label", "maps_to", "renamed_from")

# What systems hold under a key or a name of its own, which a new id inherits.
STORED = frozenset({"picklist", "value", "field"})


def rename(basis: Basis, request: Rename) -> Proposal:
    """The thing under its new id, all uses, and the tombstone. ProposalRefused where the id cannot be taken."""
    basis.require_whole()
    declared = basis.find_defined(request.address)
    spelling = _new_spelling(basis, declared, request.to)
    draft = Draft(basis.documents, basis.contents)
    renaming = _Renaming(basis, draft, request.reason)
    renaming.follow(declared, spelling)
    return Proposal(
        address=_under(declared.thing.address, declared.thing.address, spelling),
        changes=draft.changes(),
        notes=tuple(_notes(basis, declared, spelling, renaming.followed)),
    )


class _Renaming:
    """One renaming, with those that follow from it."""

    def __init__(self, basis: Basis, draft: Draft, reason: str) -> None:
        self.basis = basis
        self.draft = draft
        self.reason = reason
        self.followed: set[Anchor] = set()

    def follow(self, declared: Declaration, spelling: Spelling) -> None:
        """The new id where the thing is defined, and wherever something names it."""
        predecessor = str(declared.data.get("renamed_from", ""))
        thing = declared.thing
        for use in self.basis.named(thing):
            if use.kind != "address" and not _is_of(use, predecessor):
                self._use(declared, use, spelling)
        for use in self.basis.index.all:
            if use.how == "address" and _is_within(use.id, thing.address):
                self.draft.set(use.at, _under(use.id, thing.address, spelling))
                self.followed.add(use.at)
        self._declaration(declared, spelling)

    def _use(self, declared: Declaration, use: Reference, spelling: Spelling) -> None:
        self.followed.add(use.at)
        other = self.basis.declared_at(use.at)
        if other is not None and other.address != declared.thing.address:
            # A stage is called as the value that it stands for.
            named = self.basis.find(other.address)
            self.follow(named, Spelling(other.id, spelling.after))
        elif use.at.route:
            self.draft.set(use.at, retold(self.basis, use.at, spelling))
        elif use.how == "overlays":
            folder = use.at.path.rpartition("/")[0]
            self.draft.move(use.at.path, f"{folder}/{spelling.after}.yaml")

    def _declaration(self, declared: Declaration, spelling: Spelling) -> None:
        path, old, new = declared.path, spelling.key_before, spelling.key_after
        has_tombstone = declared.thing.status != "proposed"
        tombstone = self._tombstone(declared, new)
        if declared.is_file:
            self.draft.move(path, f"{path.rpartition('/')[0]}/{new}.yaml")
            if has_tombstone:
                self.draft.later(path, Put(("renamed_from",), old))
                self.draft.make(path, declared.document.kind, tombstone)
            return
        holder = declared.route[:-1]
        self.draft.set(declared.thing.at, new)
        if has_tombstone:
            last = self._last(declared)
            behind = new if last == old else last
            self.draft.later(
                path, Put((*holder, new, "renamed_from"), old), Insert(holder, old, tombstone, after=behind)
            )

    def _last(self, declared: Declaration) -> str:
        """The last entry beside a thing: in some mappings the order of what is in use has a meaning."""
        node: Any = declared.document.data
        for part in declared.route[:-1]:
            node = node[part]
        return str(list(node)[-1])

    def _tombstone(self, declared: Declaration, new: str) -> dict[str, Any]:
        data = declared.data
        kept = {key: data[key] for key in data if key in KEPT or key in declared.required}
        if "values" in kept:
            # What was in the list is in the new one; here its ids stay taken.
            kept["values"] = {
                id: {**({"label": value["label"]} if "label" in value else {}), "status": "retired"}
                for id, value in kept["values"].items()
            }
        reason = self.reason or "Renamed."
        deprecated = {"date": self.basis.today.isoformat(), "reason": reason, "replaced_by": new}
        return {**kept, "status": "retired", "deprecated": deprecated}


def _new_spelling(basis: Basis, declared: Declaration, key: str) -> Spelling:
    """How the thing is called before and after. ProposalRefused where it cannot be called so."""
    thing = declared.thing
    _require_renamable(declared)
    object_, dot, _ = thing.id.rpartition(".")
    after = f"{object_}{dot}{key}"
    if key == declared.key:
        raise ProposalRefused(f"The {declared.name} is called so already.")
    if thing.scope != GLOBAL and not carries_prefix(key, thing.scope):
        raise ProposalRefused(
            f"The {declared.name} is `{thing.scope}`'s own, so its id begins with `{thing.scope}-`. "
            f"Did you mean `{thing.scope}-{key}`?"
        )
    for other in basis.index.things.values():
        if (other.kind, other.within, other.id.casefold()) == (thing.kind, thing.within, after.casefold()):
            raise ProposalRefused(_taken(declared, other.address, other.status))
    return Spelling(thing.id, after)


def _require_renamable(declared: Declaration) -> None:
    thing = declared.thing
    if thing.kind == "region":
        raise ProposalRefused(
            f"A region's id is the name of its folder and the prefix of all that is its own, so `{thing.id}` cannot "
            f"get another. Change what people read: `abmspec propose relabel {thing.address} …`."
        )
    if thing.kind == "stage":
        raise ProposalRefused(
            f"A stage is called as the value that it stands for. Rename that value to `{thing.id}`'s new name, and the "
            "stage follows."
        )
    if not declared.has_life:
        relabel = f" Change what people read: `abmspec propose relabel {thing.address} …`."
        raise ProposalRefused(
            f"The {declared.name} has no status, so its old id could not stay as a tombstone."
            + (relabel if "label" in declared.attributes else "")
        )
    if thing.status == "retired":
        raise ProposalRefused(f"The {declared.name} is retired: its id stays what it was for ever.")
    if thing.status == "deprecated":
        raise ProposalRefused(
            f"The {declared.name} is deprecated, so it gets no new name. `abmspec propose deprecate {thing.address} "
            "--replaced-by … --replace` moves what uses it."
        )


def _taken(declared: Declaration, other: str, status: str) -> str:
    if status == "retired":
        return f"`{other}` is retired, and its id is taken for ever. Choose another."
    thing = declared.thing
    merged = f"abmspec propose deprecate {thing.address} --replaced-by {other.rpartition('.')[2]} --replace"
    return f"There is `{other}` already. To merge the two: `{merged}`."


def _is_of(use: Reference, predecessor: str) -> bool:
    """Whether a use is in the tombstone of the thing's own former id, which goes on pointing to it."""
    is_history = use.how == "replaced_by"
    return is_history and bool(predecessor) and use.source.rpartition(".")[2] == predecessor


def _is_within(address: str, of: str) -> bool:
    return address == of or address.startswith(f"{of}.")


def _under(address: str, of: str, spelling: Spelling) -> str:
    """The address of a thing, or of a part of it, once the thing has its new id."""
    return of.removesuffix(spelling.before) + spelling.after + address.removeprefix(of)


def _notes(
    basis: Basis, declared: Declaration, spelling: Spelling, followed: AbstractSet[Anchor]
) -> list[str]:
    thing = declared.thing
    if thing.status == "proposed":
        first = f"`{spelling.key_before}` was only proposed, so nothing of it has to stay."
    else:
        first = f"`{spelling.key_before}` stays as a tombstone that points to `{spelling.key_after}`."
        if thing.kind in STORED:
            first += " Systems go on storing what they store."
    files = {at.path for at in followed}
    notes = [first]
    if followed:
        verb = "follows" if len(followed) == 1 else "follow"
        notes.append(f"{counted(len(followed), 'use')} in {counted(len(files), 'file')} {verb}.")
    if basis.is_listed(thing):
        notes.append(
            f"Rows of the account list are not touched: those that hold `{thing.id}` keep it until migrated."
        )
    former = [use.source for use in basis.index.to.get(thing.address, ()) if use.how == "addresses"]
    if former:
        notes.append(f"Recorded decisions keep the old name: {quoted(dict.fromkeys(former))}.")
    return notes
