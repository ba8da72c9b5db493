"""Every kind of system, in one explicit tuple."""

from __future__ import annotations

from abmspec.systems.amplitude import AMPLITUDE
from abmspec.systems.dbt import DBT
from abmspec.systems.hubspot import HUBSPOT
from abmspec.systems.kind import Kind
from abmspec.systems.known import ACCOUNT_ENGAGEMENT, DATAVERSE, ELOQUA
from abmspec.systems.linkedin import LINKEDIN
from abmspec.systems.marketo import MARKETO
from abmspec.systems.salesforce import SALESFORCE
from abmspec.systems.segment import SEGMENT

KINDS: tuple[Kind, ...] = (
    ACCOUNT_ENGAGEMENT,
    AMPLITUDE,
    DATAVERSE,
    DBT,
    ELOQUA,
    HUBSPOT,
    LINKEDIN,
    MARKETO,
    SALESFORCE,
    SEGMENT,
)


def find_kind(name: str) -> Kind | None:
    """The kind of this name (`salesforce`); None for one that is not known."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    return None
