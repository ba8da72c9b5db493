"""One repository for all attacks; each has a copy of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from abmspec.cli import main
from tests.attacks.pull_request import PullRequest, Run
from tests.repositories import Work
from tests.specs import base_files


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the small spec on `main`."""
    work = Work.begun(tmp_path_factory.mktemp("template") / "repository")
    work.commit({**base_files(), ".github/workflows/gate.yml": "on: push\n", "docs/index.md": "# Hello\n"})
    return work.folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line: exit code, standard output, standard error. A crash is a failure."""

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        printed = capsys.readouterr()
        assert isinstance(end.value.code, int)
        assert end.value.code in (0, 1, 2), printed.err
        assert "Traceback" not in printed.err
        return end.value.code, printed.out, printed.err

    return command


@pytest.fixture
def pull_request(template: Path, tmp_path: Path, run: Run) -> PullRequest:
    """A pull request that changes nothing yet."""
    return PullRequest.copied(template, tmp_path / "repository", run)
