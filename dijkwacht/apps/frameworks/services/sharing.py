"""Sharing a framework and its mappings with another organisation, as a share of the room people: for a period, with a
TLP label, to be revoked there. The recipient reads it where it is; nothing is copied."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.frameworks.models import Framework
from dijkwacht.apps.frameworks.queries import shared
from dijkwacht.apps.people import services
from dijkwacht.apps.people.models import Organisation, Person, Share, ShareKind
from dijkwacht.core.framework import is_protected


def protected(framework: Framework) -> bool:
    """Whether it says itself that it is of a publisher whose texts may not be passed on."""
    return is_protected(framework.title, framework.ref, framework.file)


def share(
    framework: Framework,
    *,
    recipient: Organisation,
    tlp: str,
    valid_from: date,
    valid_to: date | None,
    by: Person,
    at: datetime,
) -> Share:
    """Lets another organisation use a framework with its mappings; also the versions that follow it.

    Raises people's Refused: a protected text, one that was taken out, shared already, or with oneself.
    """
    if protected(framework):
        raise services.Refused(
            _("This is a text of ISO, IEC or NEN. Those may not be passed on; each organisation buys its own.")
        )
    if framework.ended_at is not None:
        raise services.Refused(_("This framework was taken out or followed by a newer version."))
    if any(each.recipient_id == recipient.pk for each in shared.given(framework, on=valid_from)):
        raise services.Refused(_("This is already shared with that organisation in this period. Revoke that first."))
    given: dict[str, Any] = {"tlp": tlp, "valid_from": valid_from, "valid_to": valid_to, "by": by, "at": at}
    return services.share(
        framework.organisation, recipient=recipient, kind=ShareKind.FRAMEWORK, what=shared.what(framework), **given
    )
