"""Several people tell facts of one file at once: none is lost."""

import pytest

from dijkwacht.apps.order.models import DecisionFile
from dijkwacht.apps.order.queries.verify import verify_order
from dijkwacht.apps.order.services import files
from dijkwacht.apps.people.models import Organisation
from tests.house_people import Make
from tests.ledger.test_together import together

NAMES = ("weapons", "serious_fear", "grave_disorder", "disturbance_now")


@pytest.mark.django_db(transaction=True)
def test_facts_told_at_once_are_all_kept(organisation: Organisation, open_file: Make, does: Make) -> None:
    file, who = open_file(), does()
    reads = [DecisionFile.objects.select_related("organisation").get(pk=file.pk) for _ in NAMES]
    told = {"answer": "yes", "source": "Melding", "by": "Officier van dienst"}
    together(*(
        lambda read=read, name=name: files.tell_facts(read, facts={name: told}, **who)  # type: ignore[misc]
        for read, name in zip(reads, NAMES, strict=True)
    ))  # fmt: skip
    file.refresh_from_db()
    assert [file.facts[name] for name in NAMES] == [told] * len(NAMES)
    assert verify_order(organisation).faulty == []
