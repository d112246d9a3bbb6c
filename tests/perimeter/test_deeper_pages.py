"""The pages about deeper looks, names that were found, and versions."""

from io import BytesIO

import pytest
from django.urls import reverse

from dijkwacht.apps.perimeter.models import Domain, DomainState, Issue, Run, VersionSaid
from dijkwacht.apps.perimeter.queries.verify import verify_perimeter
from dijkwacht.apps.perimeter.queries.versions import said_of, versions
from dijkwacht.apps.perimeter.services import consents, names
from dijkwacht.apps.trail.models import Entry
from tests.perimeter.conftest import ADVISED, NAME, NOW, QUARTER, TARGETS, measure


def url(name: str, *more: object) -> str:
    return reverse(f"perimeter:{name}", args=["dijkstad", *more])


@pytest.fixture
def advised(domain) -> Issue:
    measure(domain, {ADVISED: "warning"}, at=NOW - QUARTER, targets=TARGETS)
    return Issue.objects.get()


def test_what_is_lacking_is_said_and_where_it_is_given(ciso, domain) -> None:
    text = ciso.get(url("deeper")).content.decode()
    assert "No name has consent of level 3 yet." in text
    assert url("consents") in text
    assert 'type="checkbox"' not in text
    answer = ciso.post(url("deeper_start"), {"names": [domain.pk]}, follow=True).content.decode()
    assert "None of these names has consent of level 3" in answer
    assert not Run.objects.exists()


def test_with_consent_of_level_3_it_is_begun(ciso, people, domain, agreed) -> None:
    consents.confirm(agreed("*.test", level=3), person=people("college"), at=NOW)
    text = ciso.get(url("deeper")).content.decode()
    assert f'name="names" value="{domain.pk}"' in text
    ciso.post(url("deeper_start"), {"names": [domain.pk, "x", "0"]})
    assert Run.objects.get().deep
    assert "Deeper, with ports and names below" in ciso.get(url("runs")).content.decode()


def test_who_may_not_say_how_far_does_not_begin(people, domain) -> None:
    assert people.browser("process_owner").post(url("deeper_start"), {"names": [domain.pk]}).status_code == 403


def test_a_feed_is_read_and_decided_upon(ciso, organisation, domain) -> None:
    file = BytesIO(b'{"names": ["a.%s", "b.%s"]}\n' % (NAME.encode(), NAME.encode()))
    file.name = "ct.jsonl"
    text = ciso.post(url("feed"), {"feed": file}, follow=True).content.decode()
    assert "2 names were new." in text
    assert f"a.{NAME}" in text
    pk = Domain.objects.get(name=f"a.{NAME}").pk
    assert "Choose one name" in ciso.post(url("found_decide"), {"state": "watched"}, follow=True).content.decode()
    ciso.post(url("found_decide"), {"state": "watched", "names": [pk]})
    assert Domain.objects.get(pk=pk).state == DomainState.WATCHED
    assert Domain.objects.filter(state=DomainState.PROPOSED).count() == 1


@pytest.mark.parametrize(("name", "content"), [("ct.jsonl", b"{"), ("ct.gz", b"x")])
def test_a_file_that_is_no_feed_is_told(ciso, domain, name, content) -> None:
    file = BytesIO(content)
    file.name = name
    answer = ciso.post(url("feed"), {"feed": file})
    assert answer.status_code == 200
    assert "packed" in answer.content.decode() or "no feed" in answer.content.decode()


def test_the_owner_says_that_a_version_runs_here(ciso, people, organisation, domain, advised) -> None:
    assert "nobody said yet" in ciso.get(url("issue", advised.pk)).content.decode()
    key = versions(domain)[0].key
    ciso.post(url("issue_version", advised.pk), {"version": key, "said": "runs", "text": ""})
    assert said_of(domain)["apache:http_server", "2.4.49"].runs
    text = ciso.get(url("issue", advised.pk)).content.decode()
    assert "this version runs here" in text
    assert Entry.objects.filter(act="perimeter.version_said").count() == 1
    assert verify_perimeter(organisation).faulty == []


def test_that_it_was_mended_needs_an_explanation_and_replaces_what_was_said(
    ciso, organisation, domain, advised
) -> None:
    key = versions(domain)[0].key
    ciso.post(url("issue_version", advised.pk), {"version": key, "said": "runs"})
    answer = ciso.post(url("issue_version", advised.pk), {"version": key, "said": "mended", "text": " "})
    assert "Say why it stays like this for now." in answer.content.decode()
    ciso.post(url("issue_version", advised.pk), {"version": key, "said": "mended", "text": "release 12u3"})
    said = said_of(domain)["apache:http_server", "2.4.49"]
    assert said.mended(["CVE-2099-0001"])
    assert not said.mended(["CVE-2099-0001", "CVE-2099-0002"])
    assert VersionSaid.objects.filter(ended_at__isnull=True).count() == 1
    assert verify_perimeter(organisation).faulty == []


def test_of_another_check_there_is_nothing_to_say(ciso, issue) -> None:
    assert ciso.get(url("issue_version", issue.pk)).status_code == 302
    assert not VersionSaid.objects.exists()


def test_a_page_refuses_more_names_than_it_can_add(ciso, monkeypatch) -> None:
    monkeypatch.setattr(names, "MOST_AT_ONCE", 1)
    text = ciso.post(url("names_add"), {"names": "a.test\nb.test"}).content.decode()
    assert "dijkwacht perimeter add" in text
    assert not Domain.objects.exists()
