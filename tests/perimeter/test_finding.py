"""Names that turned up: out of certificates and measurements, proposed below ours only, and decided upon by a person."""

import gzip
import json
from pathlib import Path

import pytest

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.perimeter.models import Domain, DomainState, FoundBy
from dijkwacht.apps.perimeter.queries.verify import verify_perimeter
from dijkwacht.apps.perimeter.services import finding, names
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.checks.observed import DomainSeen, MailHost, Response, WebAddress
from tests.perimeter.conftest import NAME, NOW, TODAY


def feed(folder: Path, *rows: object, name: str = "ct.jsonl") -> Path:
    path = folder / name
    text = "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in rows).encode()
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return path


def proposed() -> dict[str, str]:
    return dict(Domain.objects.filter(state=DomainState.PROPOSED).values_list("name", "found_by"))


@pytest.mark.parametrize("name", ["ct.jsonl", "ct.jsonl.gz"])
def test_names_below_ours_in_certificates_are_proposed(organisation, domain, by, tmp_path, name) -> None:
    rows = (
        {"names": [f"*.test.{NAME}", f"a.{NAME}", NAME, "elders.test", f"-x.{NAME}"]},
        {"name_value": f"A.{NAME}\nb.{NAME}"},
    )
    made = finding.from_feed(organisation, path=feed(tmp_path, *rows, name=name), **by("ciso"))
    assert (made.new, made.known, made.roots) == (3, 0, 1)
    assert proposed() == dict.fromkeys((f"a.{NAME}", f"b.{NAME}", f"test.{NAME}"), FoundBy.CT)
    assert set(Domain.objects.filter(state=DomainState.PROPOSED).values_list("parent__name", "due")) == {(NAME, None)}
    again = finding.from_feed(organisation, path=feed(tmp_path, *rows, name=name), **by("ciso"))
    assert (again.new, again.known) == (0, 3)
    assert verify_perimeter(organisation).faulty == []


def test_what_is_not_ours_is_not_proposed_again(organisation, domain, by, tmp_path) -> None:
    path = feed(tmp_path, {"names": [f"a.{NAME}"]})
    finding.from_feed(organisation, path=path, **by("ciso"))
    names.decide(Domain.objects.get(name=f"a.{NAME}"), state="not_ours", note="a club", **by("ciso"))
    assert finding.from_feed(organisation, path=path, **by("ciso")).new == 0
    assert proposed() == {}


@pytest.mark.parametrize("row", ["{", "[]", '{"names": 1}', '{"other": 1}', "[" * 99_000])
def test_a_file_that_is_no_feed_proposes_nothing(organisation, domain, by, tmp_path, row) -> None:
    with pytest.raises(Refused, match="feed"):
        finding.from_feed(organisation, path=feed(tmp_path, {"names": [f"a.{NAME}"]}, row), **by("ciso"))
    assert proposed() == {}


def test_a_packed_file_that_is_none_and_a_feed_without_names_of_ours(organisation, by, tmp_path) -> None:
    path = feed(tmp_path, {"names": ["a.test"]})
    with pytest.raises(Refused, match="none"):
        finding.from_feed(organisation, path=path, **by("ciso"))
    names.add(organisation, names=[NAME], **by("ciso"))
    odd = path.rename(tmp_path / "ct.gz")
    with pytest.raises(Refused, match="feed"):
        finding.from_feed(organisation, path=odd, **by("ciso"))


def test_hosts_seen_are_proposed_only_below_ours(organisation, domain) -> None:
    answer = Response(f"https://{NAME}/", 301, (("location", "https://elders.test/"),))
    seen = DomainSeen(
        NAME, NOW.isoformat(), {}, mail=(MailHost(f"mx.{NAME}"), MailHost("mx.elders.test")),
        web=(WebAddress("192.0.2.1", "open", "open", front=answer),),
    )  # fmt: skip
    assert finding.propose(domain, seen, on=TODAY, at=NOW) == 1
    assert proposed() == {f"mx.{NAME}": FoundBy.DNS}
    assert finding.propose(domain, seen, on=TODAY, at=NOW) == 0


def test_several_are_decided_upon_at_once(organisation, domain, by, tmp_path) -> None:
    finding.from_feed(organisation, path=feed(tmp_path, {"names": [f"{x}.{NAME}" for x in "abc"]}), **by("ciso"))
    a, b, c = Domain.objects.filter(state=DomainState.PROPOSED).order_by("name")
    before = Entry.objects.filter(act="perimeter.decided_many").count()
    assert finding.decide_many(organisation, domains=[a.pk, b.pk], state="watched", note="", **by("ciso")) == 2
    assert Subject.objects.filter(name__in=[a.name, b.name]).count() == 2
    assert Entry.objects.filter(act="perimeter.decided_many").count() == before + 1
    with pytest.raises(Refused, match="note"):
        finding.decide_many(organisation, domains=[c.pk], state="not_ours", note=" ", **by("ciso"))
    assert finding.decide_many(organisation, domains=[c.pk], state="not_ours", note="a club", **by("ciso")) == 1
    with pytest.raises(Refused, match="none"):  # decided already
        finding.decide_many(organisation, domains=[a.pk], state="watched", note="", **by("ciso"))
    with pytest.raises(Refused, match="state"):
        finding.decide_many(organisation, domains=[a.pk], state="ended", note="x", **by("ciso"))
    assert verify_perimeter(organisation).faulty == []


def test_of_another_nothing_is_decided(other_organisation, organisation, domain, by, tmp_path) -> None:
    finding.from_feed(organisation, path=feed(tmp_path, {"names": [f"a.{NAME}"]}), **by("ciso"))
    with pytest.raises(Refused, match="none"):
        numbers = list(Domain.objects.values_list("pk", flat=True))
        finding.decide_many(other_organisation, domains=numbers, state="watched", note="", **by("ciso"))
