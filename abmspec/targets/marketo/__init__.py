"""Marketo Engage: bodies that make fields, allow-lists for closed lists, and smart lists for segments."""
