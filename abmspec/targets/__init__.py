"""Compilers: what an instance holds → the files that its system deploys. One package a kind, in `catalogue.TARGETS`."""
