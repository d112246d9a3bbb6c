"""Which rows of this room the trail tells of, and how. Every table that an act changes stands here.

Left out: what is derived (rows, products, assets, places, concerns) or still to be, public lists, the cursor of a provider,
lines of a register (an upload holds the digest of all of them), and what time moves and no act (`step_at`, `reminded`, mails).
"""

from collections.abc import Iterable

from django.db.models import Model

from dijkwacht.apps.advisories.models import (
    Advisory,
    Alias,
    Assessment,
    Call,
    Contact,
    Document,
    Handled,
    Own,
    Provider,
    PullKey,
    Rejected,
    Release,
    Service,
    Subscription,
    Text,
    Touched,
    Upload,
    Warned,
    WarningEvent,
)
from dijkwacht.apps.trail.marks import Marks, marks, table

MATCHED = ("affected", "asked", "exposed", "score")
"""Columns of an advisory that follow from matching, and from its document."""
TABLES = (
    table("provider", Provider, without=("next_at", "last_at", "last_new", "last_left", "trouble")),
    table("warning_service", Service),
    table("warning_contact", Contact),
    table("pull_key", PullKey, without=("used_at",)),
    table("advisory_document", Document, without=("packed",)),
    table("advisory", Advisory, without=MATCHED),
    table("advisory_text", Text, within="advisory__organisation"),
    table("register_upload", Upload),
    table("alias", Alias),
    table("rejected_alias", Rejected),
    table("followed", Subscription),
    table("warning", Warned, without=("step_at", "reminded")),
    table("warning_event", WarningEvent, within="warning__organisation"),
    table("touched", Touched, within="warning__organisation", keys={"line": "line__ident"}),
    table("handled", Handled, within="warning__organisation", keys={"line": "line__ident"}),
    table("assessment", Assessment, within="warning__organisation"),
    table("call", Call, within="warning__organisation"),
    table("own_advisory", Own),
    table("own_release", Release, within="own__organisation"),
)


def marked(rows: Iterable[Model]) -> Marks:
    """What the entry of an act tells of the rows that it made or changed."""
    return marks(TABLES, rows)
