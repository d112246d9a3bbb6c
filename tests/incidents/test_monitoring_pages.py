"""The pages of the reports of a monitoring service: who sees them, the preview, taking over, hostile files; and the command."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.incidents.models import Incident, MonitoringAlert, MonitoringReport
from dijkwacht.cli import main
from dijkwacht.examples import __path__ as examples
from tests.incidents.test_monitoring import alert, report, take  # noqa: F401  # fixture

SEVERE = alert(severity="high", system="mail", what="<script>alert(1)</script>")


def at(name: str, *more: object, organisation: str = "dijkstad") -> str:
    return reverse(f"incidents:{name}", args=[organisation, *more])


def bring(browser: Client, data: bytes, *, name: str = "rapport.json", **more: str) -> str:
    """The address of the preview of a file."""
    sent = browser.post(at("monitoring_bring"), {"file": SimpleUploadedFile(name, data), **more})
    assert sent.status_code == 302, sent.text
    return sent["Location"]


class TestWho:
    @pytest.mark.parametrize("name", ["monitoring", "monitoring_bring"])
    def test_of_all(self, name, ciso, people, make_organisation) -> None:
        assert ciso.get(at(name)).status_code == 200
        assert people.stranger(make_organisation("elders")).get(at(name)).status_code == 404
        assert people.browser("auditor").get(at(name)).status_code == (200 if name == "monitoring" else 403)
        assert "login" in Client().get(at(name)).url

    def test_of_a_report(self, take, ciso, people, make_organisation) -> None:  # noqa: F811
        pk = take(report(SEVERE)).report.pk
        url = at("monitoring_report", pk)
        assert ciso.get(url).status_code == people.browser("auditor").get(url).status_code == 200
        assert people.stranger(make_organisation("elders")).get(url).status_code == 404
        assert (
            people.stranger(make_organisation("daar")).get(at("monitoring_report", pk, organisation="daar")).status_code
            == 404
        )
        assert ciso.get(at("monitoring_report", pk + 9)).status_code == 404
        assert "login" in Client().get(url).url

    def test_of_an_alert(self, take, ciso, people, make_organisation) -> None:  # noqa: F811
        take(report(alert(severity="low")))
        url = at("monitoring_incident", MonitoringAlert.objects.get().pk)
        assert people.stranger(make_organisation("elders")).post(url).status_code == 404
        assert people.browser("auditor").post(url).status_code == 403
        assert ciso.post(at("monitoring_incident", 999)).status_code == 404
        assert ciso.get(url).status_code == 405
        assert "login" in Client().post(url).url
        assert ciso.post(url).url == reverse("incidents:incident", args=["dijkstad", Incident.objects.get().pk])
        assert "already" in ciso.post(url, follow=True).text

    def test_of_a_preview_only_who_brought_it(self, ciso, people, make_organisation) -> None:
        url = bring(ciso, report(SEVERE))
        assert ciso.get(url).status_code == 200
        assert people.browser("auditor").get(url).status_code == 403
        assert people.browser("process_owner").get(url).status_code in (403, 404)
        assert people.stranger(make_organisation("elders")).get(url).status_code == 404
        assert ciso.get(at("monitoring_preview", "niets")).status_code == 404
        assert "login" in Client().get(url).url


class TestBringing:
    def test_first_it_is_shown_and_then_taken_over(self, ciso) -> None:
        assert "No report of a monitoring service came in yet." in ciso.get(at("monitoring")).text
        url = bring(ciso, report(SEVERE, sources={"connected": 41, "expected": 44}))
        text = ciso.get(url).text
        assert "We read 1 alert; 1 would become an incident. Nothing has been recorded yet." in text
        assert "41 of 44" in text
        assert not MonitoringReport.objects.exists()
        done = ciso.post(url, follow=True)
        assert "1 alerts new" in done.text
        assert "Incident 2026-001" in done.text
        assert "<script>alert" not in done.text
        assert ciso.get(url).status_code == 404  # the file waits no longer
        assert "Wachttoren Monitoring B.V." in ciso.get(at("monitoring")).text

    def test_again_it_says_so(self, ciso, take) -> None:  # noqa: F811
        data = report(SEVERE)
        take(data)
        url = bring(ciso, data)
        assert "Bringing it in again changes nothing." in ciso.get(url).text
        assert ciso.post(url).url == at("monitoring_report", MonitoringReport.objects.get().pk)
        assert Incident.objects.count() == 1

    def test_what_the_file_does_not_tell_is_asked(self, ciso) -> None:
        data = json.dumps({"alerts": [alert(severity="low", at="2026-10-03 10:00")]}).encode()
        text = ciso.get(bring(ciso, data)).text
        assert "The file does not tell which service reports." in text
        assert "Take it over" not in text
        given = {"service": "Wachttoren", "first": "2026-10-01", "last": "2026-10-31", "zone": "UTC"}
        url = bring(ciso, data, **given)
        assert "Take it over" in ciso.get(url).text
        ciso.post(url, given)
        row = MonitoringAlert.objects.get()
        assert row.at.isoformat() == "2026-10-03T10:00:00+00:00"

    @pytest.mark.parametrize(
        ("more", "sentence"),
        [
            ({"first": "2026-10-01"}, "Fill in both days of the period, or neither."),
            ({"first": "2026-10-31", "last": "2026-10-01"}, "The last day cannot lie before the first."),
        ],
    )
    def test_half_a_period_is_no_period(self, ciso, more, sentence) -> None:
        sent = ciso.post(at("monitoring_bring"), {"file": SimpleUploadedFile("x.json", report()), **more})
        assert sentence in sent.text

    def test_what_has_yet_to_come_is_refused_with_its_number(self, ciso) -> None:
        url = bring(ciso, report(alert(at="2026-11-28T10:00:00+01:00"), month="11", last="30"))
        sent = ciso.post(url)
        assert "Alert W-1 is of 28 November 2026, which has yet to come." in sent.text
        assert not MonitoringReport.objects.exists()

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (b"\x00\x01\x02" * 50, "x.csv"), (b"{" * 5000, "x.json"), (b'{"alerts": [', "x.json"), (b"PK\x03\x04kapot", "x.xlsx"),
            (b"a;b;c\n1;2;3\n", "x.csv"), (b'{"type": "bundle", "objects": []}', "x.json"), (b"[]", "x.json"),
            (b'{"alerts": [{"id": 1}], "alerts": []}', "x.json"), ("\u202e;x\n".encode(), "x.csv"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_says_why_and_changes_nothing(self, ciso, data, name) -> None:
        url = bring(ciso, data, name=name)
        found = ciso.get(url)
        assert found.status_code == 200
        assert "nothing can be taken over" in found.text
        assert ciso.post(url).status_code == 200
        assert not MonitoringReport.objects.exists()

    def test_an_empty_file_and_none(self, ciso) -> None:
        empty = ciso.post(at("monitoring_bring"), {"file": SimpleUploadedFile("x.csv", b"")})
        assert empty.status_code == 200
        assert ciso.post(at("monitoring_bring"), {}).status_code == 200

    def test_a_file_that_is_too_large(self, ciso, monkeypatch) -> None:
        monkeypatch.setattr("dijkwacht.apps.incidents.services.monitoring.LARGEST", 1024 * 1024)
        sent = ciso.post(at("monitoring_bring"), {"file": SimpleUploadedFile("x.csv", b"x" * (1024 * 1024 + 1))})
        assert "larger than 1 MB" in sent.text

    @pytest.mark.parametrize("name", ["monitoring.csv", "monitoring.json"])
    def test_the_examples_can_be_brought_in(self, ciso, name) -> None:
        with Path(next(iter(examples)), name).open("rb") as file:
            url = bring(ciso, file.read(), name=name)
        assert "We read 2 alerts; 0 would become incidents." in ciso.get(url).text
        assert ciso.post(url).status_code == 302


class TestReport:
    def test_what_waits_stands_first_and_has_a_button(self, ciso, take, monkeypatch, people) -> None:  # noqa: F811
        rows = [alert(f"W-{n}", severity="high") for n in range(22)]
        pk = take(report(*rows)).report.pk
        text = ciso.get(at("monitoring_report", pk)).text
        assert "2 severe alerts still wait for somebody." in text
        assert text.count("Make it an incident") == 2
        assert "2 severe alerts are not handled" in ciso.get(at("monitoring")).text
        assert "Make it an incident" not in people.browser("auditor").get(at("monitoring_report", pk)).text

    def test_a_restricted_incident_is_not_named_to_who_does_not_handle(self, take, ciso, people) -> None:  # noqa: F811
        pk = take(report(SEVERE)).report.pk
        Incident.objects.update(restricted=True)
        assert "2026-001" not in people.browser("auditor").get(at("monitoring_report", pk)).text
        assert "2026-001" in ciso.get(at("monitoring_report", pk)).text

    def test_what_is_not_told_is_said(self, take, ciso) -> None:  # noqa: F811
        text = ciso.get(at("monitoring_report", take(report(alert())).report.pk)).text
        assert "severity not told" in text
        assert "not told whether it is handled" in text


class TestCommand:
    @pytest.fixture
    def path(self, tmp_path):
        found = tmp_path / "rapport.json"
        found.write_bytes(report(SEVERE))
        return str(found)

    def run(self, capsys, *arguments: str) -> tuple[int, str]:
        code = main(["monitoring", "import", "dijkstad", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    @pytest.fixture(autouse=True)
    def _no_setup(self, monkeypatch) -> None:
        monkeypatch.setattr("dijkwacht.cli.monitoring.database", lambda: None)

    def test_it_takes_over_once(self, organisation, path, capsys) -> None:
        code, said = self.run(capsys, path, "--dry-run")
        assert (code, MonitoringReport.objects.count()) == (0, 0)
        assert "1 would become an incident" in said
        code, said = self.run(capsys, path, "--json")
        found = json.loads(said)
        assert (code, found["imported"], len(found["incidents"])) == (0, True, 1)
        assert self.run(capsys, path)[1].strip() == "This file was imported before."

    def test_what_is_wrong_is_told(self, organisation, tmp_path, capsys) -> None:
        bad = tmp_path / "x.csv"
        bad.write_text("a;b\n1;2\n")
        code, said = self.run(capsys, str(bad))
        assert code == 1
        assert "Nothing was imported." in said
        assert self.run(capsys, str(tmp_path / "niets.csv"))[0] == 1
        assert self.run(capsys, str(bad), "--first", "2026-10-01")[0] == 2
        assert self.run(capsys, str(bad), "--zone", "Ergens/Daar")[0] == 2
        assert self.run(capsys, str(bad), "--first", "2026-10-09", "--last", "2026-10-01")[0] == 2
