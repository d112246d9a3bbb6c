"""``dijkwacht covenant``: the stand and the accounts of an organisation, as data and as lines; the same twice."""

from datetime import date

import pytest

from dijkwacht.apps.people.models import Organisation
from dijkwacht.commands.covenant import covenant

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 25)


def test_the_stand_with_reasons_as_codes(organisation: Organisation) -> None:
    found = covenant(organisation, part="stand", on=ON, language="nl")
    assert [each["challenge"] for each in found.data["challenges"]] == ["1", "2", "3"]
    late = next(each for each in found.data["agreed"] if each["id"] == "process_evaluation")
    assert late["come"] == "late"
    assert late["reasons"] == [{"code": "past_due", "about": ["2023-12-31"]}]
    assert found.lines[0] == f"{organisation.name}, 2026-11-25"


@pytest.mark.parametrize(("part", "product"), [("evaluation", "evaluation"), ("agenda", "investment")])
def test_an_account_is_the_same_twice(organisation: Organisation, part: str, product: str) -> None:
    first, second = (covenant(organisation, part=part, on=ON, language="nl") for _ in range(2))
    assert first.data == second.data
    assert (first.data["product"], first.data["on"], len(first.data["sha256"])) == (product, "2026-11-25", 64)
    assert covenant(organisation, part=part, on=ON, language="en").data["title"] != first.data["title"]
