"""`python -m tools.schemas`: write the published schemas, and remove those that are no more."""

from __future__ import annotations

from tools.schemas import FOLDER, published, published_inputs, published_outputs


def main() -> None:
    """Bring the folder of the package in line with the source."""
    wanted = {**dict(published()), **dict(published_inputs()), **dict(published_outputs())}
    for path in FOLDER.rglob("*.schema.json"):
        if path.relative_to(FOLDER).as_posix() not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
