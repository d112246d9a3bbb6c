"""Words of the helper for victims that need no database: its pages and its command say the same."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from dijkwacht.core.referral import Urgency

URGENCIES: Mapping[Urgency, Any] = {
    Urgency.NOW: gettext_lazy("Now, at once"),
    Urgency.TODAY: gettext_lazy("Today"),
    Urgency.NEXT: gettext_lazy("After that"),
}
