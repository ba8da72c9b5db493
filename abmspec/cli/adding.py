"""The flags by which a new thing of each kind is described, and the request that they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import click

from abmspec import load, pipeline
from abmspec.cli.completion import HARMLESS, first_argument
from abmspec.cli.options import find_project
from abmspec.load import Entry
from abmspec.proposal.request import Add, Kind

if TYPE_CHECKING:
    from abmspec.proposal.question import Question

KINDS: tuple[Kind, ...] = get_args(Kind)
# A text as it is; several of them, the flag repeated; several separated by commas; `key=text` pairs; a fragment of
# YAML; fragments of a mapping; or no text at all.
Form = Literal["text", "texts", "names", "pairs", "yaml", "entries", "switch"]


class Flag(NamedTuple):
    """A flag, where in the request its text goes, and in which form."""

    option: str
    name: str
    help: str
    form: Form = "text"

    @property
    def parameter(self) -> str:
        """What click calls it."""
        return self.option.removeprefix("--").replace("-", "_")


_LABEL = Flag("--label", "label", "What it is called.")
_REGION = Flag("--region", "region", "Whose it is; without it, everybody's.")
_DESCRIPTION = Flag("--description", "description", "What it means, in a sentence.")
_OWNER = Flag("--owner", "owner", "The role that answers for it.")
_AFTER = Flag("--after", "after", "Behind which one it stands.")
_CONSUMERS = Flag("--consumers", "consumers", "Who uses it, separated by commas.", "names")
_KPIS = Flag("--kpis", "kpis", "The key figures that it is judged by, separated by commas.", "names")
_TRANSLATION = Flag(
    "--translation", "labels", "Its label in a language: de=Fischerei. May be repeated.", "pairs"
)

FLAGS: Mapping[Kind, tuple[Flag, ...]] = {
    "region": (
        _LABEL,
        Flag("--parent", "region", "The region in which it lies; without it, at the top."),
        Flag("--countries", "countries", "Its countries, as IS,GL.", "names"),
        Flag("--subdivisions", "subdivisions", "Parts of countries, as US-PR.", "names"),
        Flag("--claims", "claims.segment", "The segment whose accounts it takes, wherever they are."),
        Flag("--locales", "locales", "The locales in which it writes, as is-IS.", "names"),
        _OWNER,
        Flag("--council-seat", "council_seat", "The seat that speaks for it on the council."),
        Flag("--stage", "stage", "live, or pilot: checked, and not deployed."),
        Flag("--exit-criterion", "pilot.exit_criteria", "What a pilot must show. May be repeated.", "texts"),
        Flag("--review-by", "pilot.review_by", "When a pilot is reviewed, as 2027-03-31."),
        Flag("--route", "gtm.route", "How it sells: direct, partner or hybrid."),
        Flag("--coverage", "gtm.coverage", "named, volume or mixed accounts."),
        Flag("--focus", "gtm.focus", "enterprise, mid-market, smb or mixed."),
        Flag("--maturity", "gtm.maturity", "emerging, developing or established."),
        Flag("--partner-coverage", "gtm.partner_coverage", "none, low, medium or high."),
        _DESCRIPTION,
    ),
    "picklist": (
        _LABEL,
        _REGION,
        Flag("--value", "values", "A value's label; with --rolls-up-to, as Crafts=manufacturing. Repeat it.", "texts"),
        Flag("--rolls-up-to", "rolls_up_to", "The global list to which a region's own rolls up."),
        Flag("--extensible", "extensible", "Regions may add values of their own.", "switch"),
        _OWNER,
        _DESCRIPTION,
    ),
    "value": (
        Flag("--picklist", "picklist", "The list that it joins."),
        _LABEL,
        _REGION,
        Flag("--maps-to", "maps_to", "The global value that a region's own rolls up to, by id, label or alias."),
        Flag("--alias", "aliases", "Another spelling that is met. May be repeated.", "texts"),
        _TRANSLATION,
        Flag("--from", "from", "Of a band: its first number.", "yaml"),
        Flag("--to", "to", "Of a band: its last number.", "yaml"),
        Flag("--score", "scores", "What a factor of the tiers gives it: influence=80. May be repeated.", "pairs"),
        Flag("--allowed-for", "allowed_for", "The values for which it is offered, separated by commas.", "names"),
        _AFTER,
        _DESCRIPTION,
    ),
    "field": (
        Flag("--object", "object", "The object that it describes, as account."),
        _LABEL,
        _REGION,
        _DESCRIPTION,
        Flag("--type", "type", "Its type, as text, number or picklist."),
        Flag("--picklist", "picklist", "The list that it takes its values from."),
        Flag("--to", "to", "Of a reference: the object to which it leads."),
        Flag("--required", "required", "Every record has to have it.", "switch"),
        Flag("--depends-on", "depends_on", "The field by which its values are narrowed down."),
        Flag("--written-by", "written_by", "What writes it, the strongest first, separated by commas.", "names"),
        _CONSUMERS,
        Flag("--system-of-record", "system_of_record", "The system whose value counts."),
        Flag("--quality-owner", "quality_owner", "The role that answers for its quality."),
        Flag("--change-route", "change_route", "The activity of the RACI by which it is changed."),
        Flag("--privacy", "privacy", "Its data standard, as {class: firmographic, …}.", "yaml"),
        Flag("--systems", "systems", "Where it stands, as {sf: {object: Account}, mkto: {offered: false}}.", "yaml"),
        _AFTER,
    ),
    "segment": (
        _LABEL,
        _REGION,
        Flag("--within", "within", "The global segment in which a region's own lies."),
        Flag("--decision", "decision", "The decision of the charter that it is for."),
        _CONSUMERS,
        Flag("--when", "when", "Who is in it, as {field: account.industry, in: [retail]}.", "yaml"),
        Flag("--priority", "priority", "It is one that the programme concentrates on.", "switch"),
        _KPIS,
        _OWNER,
        _DESCRIPTION,
    ),
    "play": (
        _LABEL,
        _REGION,
        Flag("--objective", "objective", "What it wants to reach."),
        Flag("--tiers", "for.tiers", "For accounts of these tiers, separated by commas.", "names"),
        Flag("--segments", "for.segments", "For accounts of these segments, separated by commas.", "names"),
        Flag("--stages", "for.stages", "For accounts at these stages, separated by commas.", "names"),
        Flag("--cta", "cta", "The call to action that it carries."),
        Flag("--step", "steps", "A step: 'invite: {day: 0, channel: email, owner: sdr}'. Repeat it.", "entries"),
        _KPIS,
        Flag("--status", "status", "proposed (the default) or active."),
        _OWNER,
        _DESCRIPTION,
    ),
    "content": (
        _LABEL,
        _REGION,
        Flag("--kind", "kind", "value-prop, proof, offer, asset or event."),
        Flag("--url", "url", "Where it is."),
        _OWNER,
        _DESCRIPTION,
    ),
    "role": (
        _LABEL,
        Flag("--function", "function", "The function of the company that it belongs to."),
        Flag("--group", "group", "What kind of role it is, as region or operations."),
        Flag("--members", "members", "Who is in it: logins, separated by commas.", "names"),
        Flag("--team", "team", "Its team on the forge, as acme/sales."),
        _DESCRIPTION,
    ),
    "waiver": (
        Flag("--rule", "rule", "The rule that it sets aside."),
        Flag("--address", "address", "The thing for which it does."),
        Flag("--approved-by", "approved_by", "The role that agreed to it."),
        Flag("--until", "until", "Its last day, as 2027-03-31."),
    ),
}  # fmt: skip
_REASON = Flag("--reason", "reason", "Why it is wanted; needed where something similar exists.")
_SET = Flag(
    "--set", "", "Anything else that the format has room for: calendar.time_zone=Atlantic/Reykjavik.", "texts"
)


def with_flags(command: click.Command, kind: Kind) -> None:
    """Gives a command the id and the flags of a kind, in front of what it has."""
    made: list[click.Parameter] = [click.Argument(["id"], required=False, default="")]
    made += [_option(flag, kind) for flag in (*FLAGS[kind], _REASON, _SET)]
    command.params[:0] = made


def _option(flag: Flag, kind: Kind) -> click.Option:
    if flag.form == "switch":
        return click.Option([flag.option, flag.parameter], is_flag=True, help=flag.help)
    several = flag.form in ("texts", "names", "pairs", "entries")
    return click.Option(
        [flag.option, flag.parameter],
        multiple=several,
        default=None if several else "",
        metavar="TEXT" if flag.form in ("text", "texts") else None,
        help=flag.help,
        shell_complete=lambda ctx, param, incomplete: _choices(ctx, kind, flag, ctx.params, incomplete),
    )


def request_of(kind: Kind, params: Mapping[str, Any]) -> Add:
    """The request that a kind's flags come to. BadParameter where one cannot be read."""
    from abmspec.proposal.question import answered

    request = Add(kind=kind, id=params.get("id") or "", reason=params.get("reason") or "")
    for flag in FLAGS[kind]:
        value = read(flag, params.get(flag.parameter))
        if value is not None:
            request = answered(request, flag.name, value)
    for text in params.get("set") or ():
        name, separator, value = text.partition("=")
        if not separator:
            raise click.BadParameter(f"`{text}` is not of the form NAME=VALUE.", param_hint="--set")
        request = answered(request, name.strip(), fragment("--set", value))
    return request


def read(flag: Flag, given: Any) -> Any:
    """What was given, in the form of its flag; None where nothing was."""
    if not given:
        return None
    match flag.form:
        case "names":
            return [name.strip() for text in given for name in text.split(",") if name.strip()]
        case "texts":
            return list(given)
        case "pairs":
            return dict(_pair(flag.option, text) for text in given)
        case "yaml":
            return fragment(flag.option, given)
        case "entries":
            return {key: value for text in given for key, value in _entries(flag.option, text).items()}
    return given


def flag_of(kind: Kind, question: Question) -> Flag:
    """The flag that answers a question; a text where there is none."""
    for flag in (*FLAGS[kind], _REASON):
        if flag.name == question.name:
            return flag
    return Flag(question.option, question.name, "")


def fragment(option: str, text: str) -> Any:
    """A fragment of YAML, read as strictly as a file. BadParameter where it is none."""
    document, found = load.parse(
        Entry(option, "", "", ""), f"value: {text}\n".encode("utf-8", "surrogatepass")
    )
    if document is None or found:
        raise click.BadParameter(f"`{text}` cannot be read: {found[0].message}", param_hint=option)
    return document.data["value"]


def _entries(option: str, text: str) -> dict[str, Any]:
    document, found = load.parse(Entry(option, "", "", ""), f"{text}\n".encode("utf-8", "surrogatepass"))
    if document is None or found:
        raise click.BadParameter(f"`{text}` cannot be read: {found[0].message}", param_hint=option)
    return dict(document.data)


def _pair(option: str, text: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator:
        raise click.BadParameter(f"`{text}` is not of the form de=Text.", param_hint=option)
    return key.strip(), value.strip()


def _choices(
    ctx: click.Context, kind: Kind, flag: Flag, said: Mapping[str, Any], incomplete: str
) -> Sequence[str]:
    """What exists and can be said with a flag, in view of what is said already."""
    from abmspec.proposal import ProposalRefused
    from abmspec.proposal.addition import choices

    try:
        request = request_of(kind, {**said, flag.parameter: None})
        resolved = pipeline.resolved_project(find_project(ctx.params.get("directory") or Path()))
        if resolved is None:
            return []
        known = choices(resolved, request, flag.name)
    except (ProposalRefused, click.ClickException):
        return []
    before, _, begun = incomplete.rpartition(",")
    lead = f"{before}," if before else ""
    return [f"{lead}{name}" for name in known if name.startswith(begun) and HARMLESS.fullmatch(name)]


def choices(ctx: click.Context, param: click.Parameter, incomplete: str) -> Sequence[str]:
    """The same where the kind is said by an argument, and a flag of the same name is the kind's."""
    name = first_argument(ctx, "kind")
    said = {**ctx.params, "object": ctx.params.get("object_")}
    for kind in KINDS:
        for flag in FLAGS[kind]:
            if kind == name and flag.option in param.opts:
                return _choices(ctx, kind, flag, said, incomplete)
    return []
