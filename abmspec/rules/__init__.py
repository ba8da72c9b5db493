"""What a good spec keeps to: one module a rule, all of them in `catalogue.RULES`."""
