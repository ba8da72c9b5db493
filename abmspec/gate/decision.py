"""May this change merge? Changes, policy and approvals in, a decision out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import UTC, datetime
from functools import cached_property

from abmspec.gate import policy as policies
from abmspec.gate import records
from abmspec.gate.answer import (
    Approvals,
    Counted,
    Decision,
    Missing,
    NotCounted,
    Notified,
    Overridden,
    Refused,
    Required,
    Ruled,
)  # fmt: skip
from abmspec.gate.assignment import Need, Terms, fewest, lacking, serving
from abmspec.gate.calendar import end_of
from abmspec.gate.case import Case
from abmspec.gate.fingerprint import difference
from abmspec.gate.login import folded
from abmspec.gate.obstacles import faults, holds, unlinked
from abmspec.gate.policy import Demand
from abmspec.gate.records import Recorded
from abmspec.gate.roles import Staff
from abmspec.gate.votes import Rejected, Vote, tally
from abmspec.model.governance import ChangePolicy, PolicyRule
from abmspec.words import listing

# A reason for an override stands in the review after this word.
OVERRIDE = re.compile(r"^[ \t>*_]*override[*_]*[ \t]*:[ \t]*(\S[^\r\n]*)", re.IGNORECASE | re.MULTILINE)


def decide(case: Case) -> Decision:
    """The decision on a case."""
    return _Judge(case).decision()


class _Judge:
    """Works one case out, step by step. Lives for one decision."""

    def __init__(self, case: Case) -> None:
        self.case = case
        stated = case.base.governance.policy if case.base is not None else None
        self.policy: ChangePolicy = stated or policies.strict_policy(case.base)
        self.is_built_in = stated is None
        asked = case.pull_request.created if case.pull_request is not None else None
        self.staff = Staff(case.base, asked, case.now)
        self.declared, self.undeclared = records.declared(case.changes, case.head, self.policy, self.staff)
        ruled = policies.rulings(self.policy, case.changes, self.declared, case.version_demanded)
        self.demands, self.rulings = policies.demands(self.policy, ruled, case.base)
        self.others = max((rule.others for rule in self._rules()), default=0)
        self.tally = tally(case.reviews or (), self.barred, self.staff.roles_of, self._staleness)
        self.recorded, self.unrecorded = records.votes(
            case.changes,
            case.head,
            case.at_hand.diff,
            self.policy,
            self.staff,
            self.barred,
            self.tally.counted,
        )

    def decision(self) -> Decision:
        override = self._override()
        hard = tuple(faults(self.case, self.policy))
        soft = (*holds(self.case, self.policy, self.staff, self.rulings), *self.undeclared)
        refused = [ruling for ruling in self.rulings if ruling.refused]
        is_forbidden = any(ruling.change.change_class == "forbidden" for ruling in refused)
        missing = self._missing()
        against = bool(soft or refused or missing or self.objections)
        is_open = not hard and not is_forbidden and (override is not None or not against)
        used = override if against and is_open else None
        return Decision(
            decision="open" if is_open else "closed",
            simulation=self.case.is_simulated,
            policy=policies.BUILT_IN if self.is_built_in else policies.POLICY_PATH,
            diff=self.case.at_hand.diff,
            declared=self.declared,
            rules=tuple(Ruled(address=each.change.address, rule=each.rule) for each in self.rulings),
            required=tuple(self._required()),
            others=self.others,
            approvals=self._approvals(),
            missing=missing,
            refused=tuple(Refused(address=each.change.address, why=each.refused) for each in refused),
            objections=tuple(vote.login for vote in self.objections),
            closed_by=(*hard, *soft, *self._objected()),
            smallest=() if is_open else None if refused else self._smallest(),
            override=used,
            notify=tuple(self._notify()),
            waivers=self.case.waivers,
            notes=tuple(self._notes()),
        )

    # -------------------------------------------------------------- people

    @cached_property
    def authors(self) -> frozenset[str]:
        """Who answers for the change: whoever opened the pull request, and whoever asked for it."""
        author = self.case.pull_request.author if self.case.pull_request is not None else ""
        return frozenset(folded(login) for login in (author, self.case.requester) if login)

    @cached_property
    def barred(self) -> Mapping[str, str]:
        """Whose approvals never count, folded, and why."""
        found: dict[str, str] = {}
        pull_request = self.case.pull_request
        for commit in self.case.listed or ():
            if commit.id not in self.case.updates:
                for login in commit.logins:
                    found[folded(login)] = "made a commit of the change"
        if pull_request is not None and pull_request.pusher and not self._pushed_nothing(pull_request.before):
            found[folded(pull_request.pusher)] = "pushed the change"
        if self.case.requester:
            found[folded(self.case.requester)] = "asked for the change"
        if pull_request is not None and pull_request.author:
            found[folded(pull_request.author)] = "opened the pull request"
        return found

    def _pushed_nothing(self, before: str) -> bool:
        """Whether the last push left the change as it was: it only brought it up to date."""
        seen = self.case.saw.get(before)
        return seen is not None and not difference(seen, self.case.at_hand)

    def _staleness(self, commit: str) -> str:
        if commit == self.case.head_id:
            return ""
        return difference(self.case.saw.get(commit), self.case.at_hand)

    @cached_property
    def objections(self) -> tuple[Vote, ...]:
        """Who asks for changes, and could approve what is required."""
        roles = {role for demand in self.demands for role in demand.roles}
        return tuple(vote for vote in self.tally.objections if not roles.isdisjoint(vote.roles))

    @cached_property
    def outsiders(self) -> frozenset[str]:
        """Everybody with a role who had no hand in the change."""
        roles = self.case.base.governance.roles if self.case.base is not None else ()
        everybody = {person for role in roles for person in self.staff.speakers(role)}
        return frozenset(everybody - self.barred.keys())

    @cached_property
    def voted(self) -> frozenset[str]:
        """Whose word there is on the forge, the author's included."""
        return frozenset({vote.person for vote in self.tally.counted} | self.authors)

    # -------------------------------------------------------------- what is met

    def _rules(self) -> Iterator[PolicyRule]:
        for id in dict.fromkeys(ruling.rule for ruling in self.rulings if ruling.rule):
            yield self.policy.rules[id]

    def _terms(self, recorded: Iterable[Recorded]) -> Terms:
        kept = tuple(recorded)
        return Terms(
            tuple(self._need(demand, kept) for demand in self.demands), self.others, self.policy.several_roles
        )

    def _need(self, demand: Demand, recorded: Iterable[Recorded]) -> Need:
        speakers = {person for role in demand.roles for person in self.staff.speakers(role)}
        on_record = {
            vote.person
            for vote in recorded
            if demand.addresses <= vote.addresses and not set(demand.roles).isdisjoint(vote.roles)
        }
        others = frozenset(speakers - self.barred.keys() | on_record)
        counting = {person for role in demand.author_as for person in self.staff.speakers(role)}
        return Need(demand.count, demand.by_others, others | (self.authors & counting), others)

    @cached_property
    def is_countersigned(self) -> bool:
        """Whether the recorded votes count."""
        wanted = self.policy.recorded_votes
        return wanted is not None and any(
            wanted.countersigned_by in vote.roles for vote in self.tally.counted
        )

    @cached_property
    def standing(self) -> tuple[Recorded, ...]:
        """The recorded votes that count."""
        return self.recorded if self.is_countersigned else ()

    @cached_property
    def terms(self) -> Terms:
        """What has to be met, with the recorded votes that count."""
        return self._terms(self.standing)

    @cached_property
    def all_voted(self) -> frozenset[str]:
        """Whose word there is, on the forge or on the record."""
        return self.voted | {vote.person for vote in self.standing}

    def _required(self) -> Iterator[Required]:
        names = {vote.person: vote.login for vote in self.tally.counted}
        for demand, people in zip(self.demands, serving(self.terms, self.all_voted), strict=True):
            yield Required(
                roles=demand.roles,
                count=demand.count,
                given=tuple(names.get(person) or self._name(person) for person in people),
                rules=tuple(sorted(demand.rules)),
                addresses=tuple(sorted(demand.addresses)),
            )

    def _missing(self) -> tuple[Missing, ...]:
        voted, terms = self.all_voted, self.terms
        short, besides = lacking(terms, voted, self.outsiders | {vote.person for vote in self.standing})
        found = [
            self._missing_of(demand, need, count)
            for demand, need, count in zip(self.demands, terms.needs, short, strict=True)
            if count
        ]
        if besides:
            people = self._written(self.outsiders - voted)
            found.append(Missing(role="somebody else", roles=(), count=besides, people=people))
        return tuple(found)

    def _missing_of(self, demand: Demand, need: Need, count: int) -> Missing:
        due = self._due(demand)
        return Missing(
            role=listing(demand.roles, "or"),
            roles=demand.roles,
            count=count,
            people=self._written(need.others - self.voted, demand.roles),
            due=None if due is None else _printed(due),
            late=due is not None and due < self.case.now,
        )

    def _due(self, demand: Demand) -> datetime | None:
        """When the first term ends in which those asked should answer."""
        asked = self.staff.asked
        ends = [
            end_of(rule.respond_within, asked, self.staff.hours(ruling.change.scope))
            for ruling in self.rulings
            if ruling.rule and ruling.change.address in demand.addresses and asked is not None
            for rule in [self.policy.rules[ruling.rule]]
            if rule.respond_within
        ]
        return min(ends, default=None)

    def _written(self, people: Set[str], roles: Iterable[str] = ()) -> tuple[str, ...]:
        """Logins as the roles write them: members before deputies, then by name."""
        everybody = tuple(self.case.base.governance.roles) if self.case.base is not None else ()
        named: dict[str, tuple[bool, str]] = {}
        for id in tuple(roles) or everybody:
            role = self.staff.role(id)
            for person, login in self.staff.speakers(id).items():
                is_deputy = role is not None and login not in role.members
                named[person] = min(named.get(person, (True, login)), (is_deputy, login))
        return tuple(login for _, login in sorted(named[person] for person in people & named.keys()))

    def _smallest(self) -> tuple[str, ...] | None:
        """The fewest people who would open it. Whoever asks for changes has to be among them."""
        first = tuple(dict.fromkeys(vote.person for vote in self.objections))
        options = [self._fewest(first, self.standing)]
        wanted = self.policy.recorded_votes
        if self.recorded and not self.is_countersigned and wanted is not None:
            able = self.staff.speakers(wanted.countersigned_by).keys() - self.barred.keys()
            options += [
                self._fewest(tuple(dict.fromkeys((*first, person))), self.recorded) for person in sorted(able)
            ]
        found = [option for option in options if option is not None]
        if not found:
            return None
        _, people = min((len(option), option) for option in found)
        return tuple(map(self._name, people))

    def _name(self, person: str) -> str:
        """A person as the roles write them."""
        return next(iter(self._written({person})), person)

    def _fewest(self, first: tuple[str, ...], recorded: tuple[Recorded, ...]) -> tuple[str, ...] | None:
        terms = self._terms(recorded)
        on_record = {vote.person for vote in recorded}
        voted = self.voted | on_record | (set(first) - self.barred.keys())
        able = self.outsiders if self.others else set().union(*(need.others for need in terms.needs))
        roles = [role for demand in self.demands for role in demand.roles]
        ranked = [folded(login) for login in self._written(able - voted, roles)]
        ranked += sorted(able - voted - set(ranked))
        more = fewest(terms, voted, ranked, self.outsiders | on_record)
        return None if more is None else (*first, *more)

    # -------------------------------------------------------------- what holds it

    def _objected(self) -> Iterator[str]:
        for vote in self.objections:
            yield f"{vote.login} asks for changes, as {listing(vote.roles, 'and')}."

    def _override(self) -> Overridden | None:
        allowed = self.policy.override
        for vote in self.tally.counted if allowed is not None else ():
            assert allowed is not None
            reason = OVERRIDE.search(vote.body)
            if reason is not None and allowed.by in vote.roles:
                return Overridden(login=vote.login, role=allowed.by, reason=reason[1].strip())
        return None

    # -------------------------------------------------------------- what is said

    def _approvals(self) -> Approvals:
        wanted = {role for demand in self.demands for role in demand.roles}
        found = [
            Counted(
                login=vote.login,
                roles=tuple(role for role in vote.roles if role in wanted) or vote.roles,
            )
            for vote in self.tally.counted
        ]
        found += [Counted(login=f"seat {vote.seat}", roles=vote.roles, by="record") for vote in self.standing]
        for author in sorted(self.authors):
            roles = {
                role
                for demand in self.demands
                for role in demand.author_as
                if author in self.staff.speakers(role)
            }
            if roles:
                found.append(Counted(login=author, roles=tuple(sorted(roles)), by="author"))
        rejected = [*self.tally.rejected, *self.unrecorded]
        if self.recorded and not self.is_countersigned and self.policy.recorded_votes is not None:
            by = self.policy.recorded_votes.countersigned_by
            rejected += [
                Rejected(f"seat {vote.seat}", f"`{by}` has to countersign the record")
                for vote in self.recorded
            ]
        return Approvals(
            counted=tuple(found),
            rejected=tuple(NotCounted(login=each.login, why=each.why) for each in rejected),
        )

    def _notify(self) -> Iterator[Notified]:
        roles: dict[str, None] = {}
        for ruling in self.rulings:
            for role in self.policy.rules[ruling.rule].notify if ruling.rule else ():
                if role == policies.AFFECTED_OWNERS:
                    affected = (*ruling.change.impact.regions, ruling.change.scope)
                    roles.update(dict.fromkeys(policies.owners_of(affected, self.case.base)))
                else:
                    roles[role] = None
        for role in roles:
            yield Notified(role=role, people=self._written(self.staff.speakers(role).keys(), [role]))

    def _notes(self) -> Iterator[str]:
        if self.case.is_simulated:
            yield "This is a simulation: nobody's approval was asked."
        if self.is_built_in:
            yield f"The base has no `{policies.POLICY_PATH}`: a built-in policy asks two people about every change."
        if self.policy.unlinked_commits == "ignore":
            yield from (f"{said}; the policy lets that pass." for said in unlinked(self.case))
        for id in dict.fromkeys(role for demand in self.demands for role in demand.roles):
            role = self.staff.role(id)
            since = self.staff.deputies_from(role) if role is not None else None
            if role is None:
                yield f"`{id}` has to approve, and at the base there is no such role."
            elif since is not None and since > self.case.now:
                yield f"{listing(role.deputies, 'or')} may stand in for `{id}` from {since:%Y-%m-%d %H:%M} UTC."
        if self.declared:
            for rule in self._rules():
                if rule.when.declared and rule.review_within:
                    yield f"An emergency: to be reviewed within {rule.review_within} of being declared."


def _printed(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
