"""A new role, and a new waiver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from abmspec.model.governance import RoleGroup
from abmspec.proposal import naming
from abmspec.proposal.made import Made, data_of, roles
from abmspec.proposal.placement import Piece, home_of
from abmspec.proposal.question import Case, Question
from abmspec.words import slug


def questions(case: Case) -> Iterator[Question]:
    """What has to be said of a role: what it is, and who is in it."""
    yield from naming.questions(case, prefixed=False)
    functions = tuple(dict.fromkeys(role.function for role in case.spec.governance.roles.values()))
    yield Question("function", "to which function of the company it belongs", functions, closed=False)
    yield Question("group", "what kind of role it is", get_args(RoleGroup))
    if case.said("group") != "queue":
        yield Question("members", "who is in it (logins)", closed=False, several=True)
    yield Question(
        "team", "its team on the forge, for CODEOWNERS (as `acme/sales`)", closed=False, needed=False
    )


def make(case: Case) -> Made:
    """The role, behind the others."""
    home = home_of(case.spec, "roles", "", "", "roles")
    return Made(Piece(home, case.request.id, data_of(case), case.request.after))


def waiver_questions(case: Case) -> Iterator[Question]:
    """What has to be said of an exception: which finding, why, who agreed, until when."""
    from abmspec.check import all_rules

    waivable = tuple(rule.name for rule in all_rules() if rule.waivable)
    yield Question("rule", "which rule it sets aside", waivable)
    yield Question("address", "for which thing (its address)", closed=False)
    made = slug(f"{str(case.said('address') or '').rpartition('.')[2]} {case.said('rule') or ''}")
    yield Question("id", "by which id others refer to it", default=made or None, closed=False, flag="an ID")
    yield Question("reason", "why", closed=False)
    yield Question("approved_by", "who agreed to it", roles(case.spec))
    yield Question("until", "until when (as 2027-03-31)", closed=False)


def make_waiver(case: Case) -> Made:
    """The waiver's file."""
    home = home_of(case.spec, "waiver", "", case.request.id)
    return Made(Piece(home, case.request.id, data_of(case, reason=case.request.reason)))
