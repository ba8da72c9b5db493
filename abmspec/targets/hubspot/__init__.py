"""HubSpot: bodies of the calls that make property groups and properties, and the order of these calls."""
