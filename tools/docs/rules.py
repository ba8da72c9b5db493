"""The rules, by what they are about: an index, and the page of each rule beside its kin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from abmspec.check import all_rules
from abmspec.diagnostic import Rule
from tools.docs.markdown import page, table

# What a rule is about, by the first word of its name; what no family takes is about the life of things.
FAMILIES = {
    "files-and-yaml": ("Files and YAML", "yaml file format project schema duplicate-id"),
    "names-and-references": (
        "Names and references",
        "reference own alias near duplicate locale currency dates",
    ),
    "regions": ("Regions and overlays", "region regional overlay pilot country hide translation variation"),
    "picklists": ("Picklists", "after allowed band when standard"),
    "fields": ("Fields", "field consumers depends detail non"),
    "segments": ("Conditions and segments", "condition segment icp priority"),
    "tiers": ("Tiers, scores and accounts", "tier score override plan lifecycle"),
    "routing": ("Routing", "routing territory"),
    "plays": ("Plays, content and experiments", "play content cta experiment learning buying"),
    "governance": (
        "Governance",
        "policy raci role council sign charter waiver emergency change owner owners calendar kpi",
    ),
    "privacy": ("Privacy", "privacy jurisdiction"),
    "systems": ("Systems", "system systems keys"),
}
THE_REST = ("life", "The life of things")


def pages() -> Iterator[tuple[str, str]]:
    """The index, and a page for each family."""
    families = _by_family()
    yield "rules.md", _index(families)
    for name, (title, rules) in families.items():
        yield (
            f"rules/{name}.md",
            page(f"# Rules: {title}", "Every other one: [rules](../rules.md).", *map(_explained, rules)),
        )


def _by_family() -> dict[str, tuple[str, list[Rule]]]:
    """The rules of each family, by name."""
    found: dict[str, tuple[str, list[Rule]]] = {name: (title, []) for name, (title, _) in FAMILIES.items()}
    found[THE_REST[0]] = (THE_REST[1], [])
    for rule in all_rules():
        found[_family(rule.name)][1].append(rule)
    return found


def _family(rule: str) -> str:
    """The family that names the whole rule, or its first word."""
    for wanted in (rule, rule.partition("-")[0]):
        for name, (_, words) in FAMILIES.items():
            if wanted in words.split():
                return name
    return THE_REST[0]


def _index(families: dict[str, tuple[str, list[Rule]]]) -> str:
    blocks = [
        "# Rules",
        "What `abmspec check` looks at. An error stops a build. A warning does not, but fails `check --strict`. A rule "
        "marked * is silenced by no waiver. `abmspec explain RULE` prints a rule's page.",
    ]
    for name, (title, rules) in families.items():
        rows = [
            (
                f"[`{rule.name}`](rules/{name}.md#{rule.name}){'' if rule.waivable else ' *'}",
                str(rule.severity),
                rule.summary,
            )
            for rule in rules
        ]
        blocks += [f"## {title}", table(("rule", "severity", "what it wants"), rows)]
    return page(*blocks)


def _explained(rule: Rule) -> str:
    """A rule's own page, as a section. Its examples say which is which; the page marks them for its test alone."""
    text = files("abmspec").joinpath("rules", f"{rule.name}.md").read_text(encoding="utf-8")
    return "\n".join(_one_level_down(text.splitlines()))


def _one_level_down(lines: Iterable[str]) -> Iterator[str]:
    in_code = False
    for line in lines:
        if line.startswith("```"):
            in_code = not in_code
            fence, *marks = line.split()
            yield fence
            if marks:
                yield f"# {': '.join(marks)}"
        elif line.startswith("#") and not in_code:
            yield f"#{line}"
        else:
            yield line
