"""A deeper look: begun by a person where consent goes that far, with ports and names below; what it found stays till the next."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dijkwacht.apps.perimeter.models import Domain, DomainState, FoundBy, Issue, Reading, Run, RunKind
from dijkwacht.apps.perimeter.queries.verify import verify_perimeter
from dijkwacht.apps.perimeter.services import consents, deeper, issues, names
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.commands import watching, watching_house
from dijkwacht.commands.watching import Options
from dijkwacht.core.checks.known import Port
from tests.adapters.probing.test_scan import zone_answer
from tests.adapters.probing.world import counting, name_server
from tests.perimeter.conftest import NOW, QUARTER, TODAY
from tests.perimeter.test_watching import NAME, Time, Zone, zone

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "127.0.0.1"


@pytest.fixture
def deep_consent(agreed, people) -> Any:
    """Consent of level 3, confirmed by who may sign."""
    given = agreed(level=3)
    return consents.confirm(given, person=people("college"), at=NOW)


@pytest.fixture
def own(organisation) -> Domain:
    (made,) = names.add(organisation, names=[NAME], person=None, actor="test", on=TODAY, at=NOW).new
    Domain.objects.update(due=None)
    return made


def known(word: str, port: int) -> Callable[[Any], Any]:
    """The policy of a day with one port to try, and one word."""
    real = watching_house.policy_on

    def on(day: Any) -> Any:
        policy = real(day)
        ports = {port: Port(port, "test", "database", word, {"nl": "x", "en": "x"}, "test")}  # type: ignore[arg-type]
        return replace(policy, known=replace(policy.known, ports=ports, words=("vpn", "oud")))

    return on


@contextmanager
def patched(monkeypatch: pytest.MonkeyPatch, port: int) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(watching_house, "policy_on", known("failed", port))
        yield


def work(monkeypatch: pytest.MonkeyPatch, held: Zone, time: Time, *, shut: bool = False) -> int:
    """A worker until nothing is left, with one port of loopback open; how many came there."""

    async def test() -> int:
        async with name_server(lambda data: zone_answer(data, held)) as (_, asked), counting() as (kind, port):
            with patched(monkeypatch, 1 if shut else port):
                made = Options((HERE, asked), lab=True, once=True)
                async with asyncio.timeout(60):
                    await watching.Worker(made, "test", time, lambda done: None).run(asyncio.Event())
            return int(kind.came)

    return asyncio.run(test())


def below(*labels: str) -> Zone:
    return zone() | {(NAME, "A"): [HERE]} | {(f"{label}.{NAME}", "A"): [HERE] for label in labels}


def word(check: str) -> tuple[str, bool]:
    found = Reading.objects.get(check_id=check, until__isnull=True)
    return found.word, found.confirmed


def test_ports_and_names_below(organisation, own, deep_consent, by, monkeypatch) -> None:
    run = deeper.look(organisation, domains=[own], **by("ciso"))
    assert (run.kind, run.deep) == (RunKind.DEEP, True)
    time = Time()
    assert work(monkeypatch, below("vpn"), time) > 0
    assert word("open_ports") == ("failed", False)
    found = Domain.objects.get(state=DomainState.PROPOSED)
    assert (found.name, found.found_by, found.parent, found.due) == (f"vpn.{NAME}", FoundBy.DNS, own, None)
    own.refresh_from_db()
    assert own.deep_at == NOW

    time.now += QUARTER + timedelta(minutes=1)  # the second look is a deep one too
    assert work(monkeypatch, below("vpn"), time) > 0
    assert Run.objects.latest("pk").kind == RunKind.CONFIRM
    assert word("open_ports") == ("failed", True)
    issue = Issue.objects.get(check_id="open_ports")

    time.now += timedelta(days=2)  # an ordinary one says nothing of ports
    assert work(monkeypatch, below("vpn"), time) == 0
    assert not Run.objects.latest("pk").deep
    assert word("open_ports") == ("failed", True)
    issue.refresh_from_db()
    assert issue.state == "open"

    run = issues.measure_again(issue, person=by("ciso")["person"], at=time.now)
    assert run.deep
    assert work(monkeypatch, below("vpn"), time, shut=True) == 0
    issue.refresh_from_db()
    assert issue.state == "fixed"
    assert Domain.objects.filter(state=DomainState.PROPOSED).count() == 1
    assert verify_perimeter(organisation).faulty == []


def test_a_wildcard_proves_nothing(organisation, own, deep_consent, by, monkeypatch) -> None:
    deeper.look(organisation, domains=[own], **by("ciso"))
    held = below("vpn", "oud", "dijkwacht-wildcard")
    work(monkeypatch, held, Time())
    assert not Domain.objects.filter(state=DomainState.PROPOSED).exists()
    told = [why["code"] for why in Reading.objects.get(check_id="subdomains").targets[0]["why"]]
    assert "subdomains_wildcard" in told


def test_without_consent_of_that_level_nothing_begins(organisation, own, agreed, by) -> None:
    with pytest.raises(Refused, match="no_consent"):
        deeper.look(organisation, domains=[own], **by("ciso"))
    agreed(level=3)  # nobody confirmed it
    with pytest.raises(Refused, match="no_consent"):
        deeper.look(organisation, domains=[own], **by("ciso"))
    with pytest.raises(Refused, match="none"):
        deeper.look(organisation, domains=[], **by("ciso"))
    assert not Run.objects.exists()


def test_consent_is_asked_where_the_socket_opens(organisation, own, deep_consent, agreed, by, monkeypatch) -> None:
    """Consent that ended between asking and looking: no port is knocked on, and it is told."""
    deeper.look(organisation, domains=[own], **by("ciso"))
    consents.revoke(deep_consent, reason="ended", person=by("ciso")["person"], at=NOW)
    agreed(level=2)
    assert work(monkeypatch, below(), Time()) == 0
    assert word("open_ports")[0] == "not_tested"
    assert set(Run.objects.latest("pk").refusals) <= {"revoked", "level"}


def test_the_address_may_want_more_than_the_name(organisation, own, agreed, people, by, monkeypatch) -> None:
    """The name lies in the consent, its address does not: at most level 2 there, so no ports."""
    consents.confirm(agreed("*.example", level=3), person=people("college"), at=NOW)
    deeper.look(organisation, domains=[own], **by("ciso"))
    assert work(monkeypatch, below(), Time()) == 0
    assert word("open_ports")[0] == "not_tested"
