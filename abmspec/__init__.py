"""Account-based marketing as config-as-code."""

__version__ = "0.1.0"

# Where the project lives; tools that read our reports show it.
HOMEPAGE = "https://github.com/abmspec/abmspec"
