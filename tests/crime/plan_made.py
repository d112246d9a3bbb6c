"""A plan as the tests of plans make it."""

from datetime import timedelta
from typing import Any

from dijkwacht.apps.crime.services import plans as services
from tests.house_people import TODAY

DAY = timedelta(days=1)


def told(**changed: Any) -> services.Told:
    plain: dict[str, Any] = {
        "title": "Bel terug", "phenomena": ["bank_helpdesk"], "goal": "Ouderen hangen op.", "indicator": "Wie ophangt",
        "unit": "procent", "key_person": "voorzitter van de bond", "done_by": "team veiligheid", "start": TODAY - 30 * DAY,
        "evaluate_on": TODAY + 90 * DAY,
    }  # fmt: skip
    return services.Told(**{**plain, **changed})
