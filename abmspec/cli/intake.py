"""`abmspec intake`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import IO

import click

from abmspec import pipeline
from abmspec.cli.options import (
    ProjectError,
    directory_option,
    find_project,
    refusals_as_errors,
    require_usable,
    today_option,
)
from abmspec.edit import unified
from abmspec.github import IntakeRefused, NotARequest
from abmspec.github.intake import MOST_BYTES
from abmspec.output import write_file
from abmspec.pipeline import NotComparable, Taken
from abmspec.proposal import ProposalRefused
from abmspec.report.intake import IntakeReport, as_pull_request, as_refusal, title


@click.command(
    "intake",
    epilog="""\b
Examples:
  abmspec intake "$GITHUB_EVENT_PATH" --out request/    in a workflow that an issue starts
""",
)
@click.argument("event", type=click.File("rb"), metavar="EVENT")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder to write into.",
)
@directory_option
@today_option
def command(event: IO[bytes], out: Path, directory: Path, today: date) -> None:
    """Turn a filed form into a change and the text of its pull request.

    EVENT is GitHub's `issues` event. DIR gets `verdict` (`proposed`, `refused`, or `none` where no form was filed),
    `body.md`, the pull request's text or the answer, `title.txt`, and `change.patch` for `git apply`. What stands in
    the issue is data: nothing of it is run, and it is shown as text. The exit code is 0 whatever the verdict.
    """
    root = find_project(directory)
    now = datetime.combine(today, time(23, 59, 59), UTC)
    try:
        files = _answered(pipeline.take(root, now, event.read(MOST_BYTES + 1)))
    except NotARequest:
        files = {"verdict": "none"}
    except (IntakeRefused, ProposalRefused) as refusal:
        files = {"verdict": "refused", "body.md": as_refusal(str(refusal))}
    except NotComparable as error:
        raise ProjectError(str(error)) from error
    with refusals_as_errors():
        for name, text in files.items():
            write_file(out / name, text.encode())
    click.echo(files["verdict"])


def _answered(taken: Taken) -> dict[str, str]:
    """The files of a request that could be worked out."""
    require_usable(taken.proposed.before)
    proposal, request = taken.proposed.proposal, taken.filed.request
    assert proposal is not None, "a usable project has a proposal"
    if taken.decision is None:
        return {
            "verdict": "refused",
            "body.md": as_refusal("The spec would have errors:", taken.proposed.errors),
        }
    if not proposal.changes:
        return {
            "verdict": "refused",
            "body.md": as_refusal("\n".join(("There is nothing to change.", *proposal.notes))),
        }
    before, _ = taken.proposed.resolved
    roles = {} if before is None else {id: role.label for id, role in before.spec.governance.roles.items()}
    report = IntakeReport(
        taken.filed.number, taken.filed.login, request, proposal, taken.changes, taken.decision, roles
    )
    return {
        "verdict": "proposed",
        "title.txt": f"{title(request)}\n",
        "body.md": as_pull_request(report),
        "change.patch": unified(proposal.changes),
    }
