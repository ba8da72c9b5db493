"""Things that exist changed: renamed, deprecated, retired, relabelled, translated, mapped, hidden."""
