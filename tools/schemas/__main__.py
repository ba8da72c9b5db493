"""`python -m tools.schemas`: write the published schemas, and remove those of kinds that are no more."""

from __future__ import annotations

from tools.schemas import FOLDER, published


def main() -> None:
    """Bring the folder of the package in line with the source."""
    wanted = dict(published())
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.schema.json"):
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
