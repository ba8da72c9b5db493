"""New things: a region, a value, a field … in the right file and order."""
