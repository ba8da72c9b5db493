"""A large spec: the reference content and 400 picklists of 50 values, about 3.5 MB. The same bytes every time."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

PICKLISTS = 400
VALUES = 50
FOLDERS = ("taxonomy", "regions", "playbooks", "accounts")
SYLLABLES = (
    "ka", "ro", "mi", "ten", "sol", "var", "du", "lin", "pex", "or", "gan", "thi", "wes", "nor", "ba", "cre", "fu",
    "lo", "que", "rit", "sta", "um", "vi", "yol", "zen", "hab", "jin", "ost", "pla", "dre",
)  # fmt: skip


def write(reference: Path, target: Path) -> tuple[Path, ...]:
    """Writes the spec into `target`, which must not exist yet. Returns the paths of the generated picklists."""
    target.mkdir(parents=True)
    shutil.copy(reference / "abmspec.yaml", target)
    for folder in FOLDERS:
        if (reference / folder).is_dir():
            shutil.copytree(reference / folder, target / folder)
    made = []
    for number in range(PICKLISTS):
        path = target / "taxonomy" / "picklists" / f"bench-{number:03}.yaml"
        path.write_text(picklist(number), encoding="utf-8")
        made.append(path)
    return tuple(made)


def picklist(number: int) -> str:
    """One list of 50 values with labels, translations, aliases, keys, and a few that are deprecated."""
    words = random.Random(number)
    lines = [
        f"label: Bench list {number:03}",
        f"description: A generated list, number {number}, for measuring.",
        "owner: revops",
        "extensible: true",
        "values:",
    ]
    taken: set[str] = set()
    ids: list[str] = []
    while len(ids) < VALUES:
        name = _word(words)
        if name in taken:
            continue
        taken.add(name)
        ids.append(name)
        second = _word(words)
        lines += [
            f"  {name}:",
            f"    label: {name.title()} {second.title()}",
            f"    labels: {{de: {name.title()}{second}, ja: {name}の値}}",
            f"    aliases: [{name} co, {name.upper()} {second}]",
            f"    systems: {{sf-core: {name.title()} {second.title()}}}",
        ]
        if len(ids) % 17 == 0:
            lines += [
                "    status: deprecated",
                "    deprecated:",
                '      date: "2026-03-01"',
                '      sunset: "2027-09-01"',
                "      reason: Merged into its neighbour.",
                f"      replaced_by: {ids[0]}",
            ]
    return "\n".join(lines) + "\n"


def _word(words: random.Random) -> str:
    return "".join(words.sample(SYLLABLES, 4))
