"""What the project's own maintenance runs. Not part of the package."""
