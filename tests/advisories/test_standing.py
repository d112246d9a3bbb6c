"""What is said of a warning that no longer holds, of a draft, of a desk that left; who is told of what, and who no longer."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from dijkwacht.apps.advisories.models import Contact, Handled, Mail, Service, Warned, WarningEvent
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import (
    acknowledging,
    lists,
    mailing,
    naming,
    receiving,
    serving,
    stating,
    warning,
)
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.people.models import Organisation, Person, Role
from tests.advisories.conftest import data
from tests.advisories.handled import given_warning
from tests.advisories.test_intake_lists import kev
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
BOX = "ict@dijkstad.example"


@pytest.fixture
def warned(served: Organisation, register: Any, receive: Any, analyst: Person) -> Callable[..., Warned]:
    return given_warning(served, register, receive, analyst)


def page(client: Any, row: Warned) -> str:
    return str(client.get(reverse("advisories:warning", args=["dijkstad", row.pk])).content.decode())


def over(csirt: Organisation, *, category: str, version: str = "2", at: Any = LATER, **links: str) -> None:
    """The publisher takes its document back. ``links``: summary and address."""
    body = json.loads(data(version=version))
    body["document"]["category"] = category
    if links:
        body["document"]["references"] = [
            {"category": "external", "summary": said, "url": address} for said, address in links.items()
        ]
    for _twice in range(2):
        came = [Came(json.dumps(body).encode(), "vb-2026-0001.json")]
        receiving.receive(csirt, came, at=at, actor="test")
    warning.catch_up(at=at)
    assert Warned.objects.get().state == "lapsed"


def to_box() -> list[Any]:
    return [each for each in mail.outbox if each.to == [BOX]]


def test_who_was_warned_is_told_once_that_it_was_withdrawn(
    warned: Any, csirt: Organisation, ciso: Any, served: Organisation
) -> None:
    row = warned(kans="high")
    mailing.send_waiting(at=NOW)
    mail.outbox.clear()
    over(csirt, category="csaf_withdrawn")
    assert mailing.send_waiting(at=LATER) == 2
    assert len(to_box()) == 1
    assert "Kwetsbaarheid in Zaaksysteem" in to_box()[0].subject
    assert "The publisher withdrew this advisory. No action is needed any more." in page(ciso, row)
    assert "no longer about you" not in page(ciso, row)
    assert verify_advisories(served).faulty == []


def test_of_what_was_replaced_it_is_told_by_what(warned: Any, csirt: Organisation, ciso: Any) -> None:
    row = warned()
    Handled.objects.update(status="done")
    stating.restate(row, at=NOW)
    over(csirt, category="csaf_superseded", **{"Superseding Document: VB-2026-0009\nTLP:RED": "https://x.example/9"})
    Mail.objects.exclude(kind="over").delete()
    assert mailing.send_waiting(at=LATER) == 2
    assert "VB-2026-0009 TLP:RED (https://x.example/9)" in to_box()[0].body
    assert "VB-2026-0009" in page(ciso, row)


def test_nobody_is_told_of_a_withdrawal_that_was_taken_back(warned: Any, csirt: Organisation, receive: Any) -> None:
    warned()
    over(csirt, category="csaf_withdrawn")
    receive(version="3", at=LATER)
    Mail.objects.exclude(kind="over").delete()
    assert mailing.send_waiting(at=LATER) == 0


@pytest.mark.parametrize("state", ["draft", "interim"])
def test_what_is_not_final_is_said_to_be_so(
    organisation: Organisation, register: Any, receive: Any, ciso: Any, people: Any, does: Any, state: str
) -> None:
    serving.add_contact(organisation, role="general", name="Servicedesk", email=BOX, **does())
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    receive(by=organisation, kans="high", state=state)
    words = {"draft": "This is a draft of the publisher", "interim": "This is an interim version of the publisher"}
    assert words[state] in page(ciso, Warned.objects.get())
    mailing.send_waiting(at=NOW)
    told = {"draft": ("concept", "draft"), "interim": ("tussentijdse", "interim")}[state]
    assert any(each in to_box()[0].body for each in told)
    receive(by=organisation, kans="high", version="2", at=LATER)
    assert words[state] not in page(ciso, Warned.objects.get())


def test_after_leaving_a_desk_it_is_said_that_nobody_looked(
    warned: Any, served: Organisation, csirt: Organisation, ciso: Any, receive: Any, does: Any
) -> None:
    row = warned()
    serving.leave(Service.objects.get(desk=csirt), **does())
    receive(version="2", fix="Installeer 3.2.1.", at=LATER)
    row.refresh_from_db()
    assert row.state == "lapsed"
    assert WarningEvent.objects.last().reasons == [["desk_left", [["day", TODAY.isoformat()]]]]
    said = page(ciso, row)
    assert "CSIRT Voorbeeld no longer warns you since" in said
    assert "no longer about you" not in said
    assert not Mail.objects.filter(kind="over").exists()


def test_a_revision_that_was_shown_meanwhile_does_not_hide_that_it_is_used(
    warned: Any, csirt: Organisation, analyst: Person, receive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    warned(cves=("CVE-2026-1001", "CVE-2026-1002"))
    with monkeypatch.context() as cut:
        cut.setattr(lists, "told_of_lists", lambda *_args, **_more: 0)
        lists.take_kev(kev("CVE-2026-1001"), desk=csirt, person=analyst, at=LATER)
    receive(version="2", at=LATER + timedelta(hours=1))  # a weakness less: shown, and no more than that
    assert list(WarningEvent.objects.values_list("kind", flat=True)) == ["first", "shown"]
    again = {"desk": csirt, "person": analyst, "at": LATER + timedelta(hours=2)}
    assert lists.take_kev(kev("CVE-2026-1001"), **again).told == 1
    assert lists.take_kev(kev("CVE-2026-1001"), **again).told == 0
    assert WarningEvent.objects.last().reasons == [["exploited", [["weakness", "CVE-2026-1001"]]]]


def test_the_link_of_a_mail_ends_with_the_role(warned: Any, people: Any) -> None:
    token = acknowledging.token_for(warned(), Contact.objects.get(person=people("ciso")))
    before = acknowledging.read(token, on=TODAY)
    Role.objects.filter(person=people("ciso")).update(valid_to=TODAY)
    after = acknowledging.read(token, on=TODAY)
    assert before is not None
    assert after is not None
    assert (before.holds, after.holds) == (True, False)


def test_names_too_long_for_an_index_are_refused(organisation: Organisation, does: Any) -> None:
    rare = "".join(chr(0x20000 + 7919 * n % 40000) for n in range(300))
    names = {field: chr(0x20000 + place) + rare[1:] for place, field in enumerate(naming.FIELDS)}
    with pytest.raises(Refused, match="long_together"):
        naming.reject(organisation, names=names, **does())


def test_who_may_not_bring_lists_gets_no_form(ciso: Any, served: Organisation, desk: Any) -> None:
    at = "advisories:lists"
    assert 'type="file"' not in ciso.get(reverse(at, args=["dijkstad"])).content.decode()
    assert 'type="file"' in desk.get(reverse(at, args=["csirt-voorbeeld"])).content.decode()
