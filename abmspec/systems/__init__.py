"""What each kind of system can hold, as data: limits, how names are spelt, which types it knows."""
