"""A whole name, and a whole run: against a name server in this process, with looks that say what a test wants."""

import asyncio
import struct
from collections import Counter

import dns.message
import pytest

from dijkwacht.adapters.probing import run as run_module
from dijkwacht.adapters.probing.gate import Denied
from dijkwacht.adapters.probing.looks import Looks
from dijkwacht.adapters.probing.resolver import Resolver
from dijkwacht.adapters.probing.routes import Tables
from dijkwacht.adapters.probing.run import Progress, run
from dijkwacht.adapters.probing.scan import Plan, Scanner
from dijkwacht.adapters.probing.trouble import is_troubled
from dijkwacht.adapters.probing.visits import Folder, Once
from dijkwacht.core.checks.observed import Certificate, DomainSeen, MailAddress, MailHost, OpenPort, WebAddress
from dijkwacht.core.consent import Allowed
from tests.adapters.probing.test_dns_wire import answer_to
from tests.adapters.probing.world import gate, name_server

LIMITS = {
    "name_servers": 8, "mail_hosts": 10, "spf_lookups": 10, "dmarc_lookups": 8, "dmarc_report_hosts": 10, "caa_climb": 8,
    "zone_climb": 3,
}  # fmt: skip
ZONE = {
    ("a.example", "A"): ["127.0.0.11"],
    ("a.example", "AAAA"): ["::1"],
    ("a.example", "NS"): ["ns1.a.example."],
    ("a.example", "MX"): ["10 mx1.example.", "20 mx2.example."],
    ("a.example", "TXT"): ['"v=spf1 include:spf.example -all"'],
    ("b.example", "A"): ["127.0.0.12"],
    ("b.example", "MX"): ["10 mx1.example."],
    ("ns1.a.example", "A"): ["127.0.0.53"],
    ("mx1.example", "A"): ["127.0.0.25"],
    ("mx1.example", "AAAA"): ["::1"],
    ("mx2.example", "A"): ["127.0.0.26"],
    ("www.a.example", "A"): ["127.0.0.11"],
    ("vpn.a.example", "A"): ["127.0.0.11"],
}
CONSENT = {"organisation": "dijkstad", "scope": ["*.example", "127.0.0.0/8", "::1"], "level": 3}


def zone_answer(sent: bytes, zone=ZONE) -> bytes:
    question = dns.message.from_wire(sent).question[0]
    name, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
    rows = "\n".join(f"{name}. 60 IN {kind} {text}" for text in zone.get((name, kind), []))
    known = any(key[0] == name or key[0].endswith("." + name) for key in zone)
    return answer_to(sent, rows, rcode=0 if known else 3)


class Eyes:
    """Looks that count, and answer what they are told."""

    def __init__(self, web=None, mail=None) -> None:
        self.looked: Counter[str] = Counter()
        self.here: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self._web, self._mail = web, mail

    async def web(self, name, address, follow, patience):
        self.looked[f"web {name} {address}"] += 1
        if self._web:
            return await self._web(name, address, follow)
        return WebAddress(address, "open", "open"), {}, b""

    async def mail(self, host, address, patience):
        self.looked[f"mail {host} {address}"] += 1
        self.here[host] += 1
        self.most[host] = max(self.most[host], self.here[host])
        await asyncio.sleep(0)
        self.here[host] -= 1
        if self._mail:
            return await self._mail(host, address)
        return MailAddress(address, "open", starttls="yes"), {}

    async def ports(self, host, address):
        self.looked[f"ports {address}"] += 1
        return (OpenPort(host, address, 22, "open", "SSH-2.0-x"),)


def scanning(go, *, eyes=None, plan=None, answer=zone_answer, row=CONSENT, tables=None, ports=False, sharing=None):
    """Runs `go(scanner, eyes)` in a world of its own."""
    eyes = eyes or Eyes()

    async def whole():
        async with name_server(answer) as (server, port):
            through = gate(*(row if isinstance(row, tuple) else (row,)), resolver=("127.0.0.1", port))
            resolver = Resolver(through, trusted=True, waits=(0.05,))
            looks = Looks(eyes.web, eyes.mail, eyes.ports if ports else None)
            scanner = Scanner(through, resolver, looks, plan or Plan(LIMITS), tables=tables, sharing=sharing)
            eyes.server, eyes.scanner = server, scanner
            try:
                return await go(scanner)
            finally:
                resolver.close()

    return asyncio.run(whole()), eyes


def test_a_name_is_looked_at_whole() -> None:
    tables = Tables([("127.0.0.0/8", 64500)], [("127.0.0.0/8", 8, 64500)])
    seen, eyes = scanning(lambda scanner: scanner.look("a.example"), tables=tables)
    assert [each.address for each in seen.web] == ["127.0.0.11", "::1"]
    assert [(host.name, [each.address for each in host.addresses]) for host in seen.mail] == [
        ("mx1.example", ["127.0.0.25", "::1"]), ("mx2.example", ["127.0.0.26"])
    ]  # fmt: skip
    assert [(each.host, each.address, each.reach) for each in seen.name_servers] == [
        ("ns1.a.example", "127.0.0.53", "closed")
    ]
    assert seen.routing is not None
    assert seen.routing["127.0.0.11"].covered
    assert seen.lookup("spf.example", "TXT") is not None
    assert seen.organisational == "a.example"
    assert seen.at == "2026-05-04T11:00:00+00:00"
    assert eyes.looked["web a.example 127.0.0.11"] == 1
    assert not seen.subdomains
    assert not eyes.scanner.faults


def test_without_consent_nothing_is_asked_and_nobody_is_visited() -> None:
    seen, eyes = scanning(lambda scanner: scanner.look("a.example"), row=CONSENT | {"scope": ["*.other.test"]})
    assert {each.rcode for each in seen.lookups.values()} == {"DENIED"}
    assert eyes.server.asked == []
    assert not eyes.looked
    assert seen.web == seen.mail == seen.name_servers == ()


@pytest.mark.parametrize("names", [("a.example", "b.example"), ("b.example", "a.example")])
def test_whoever_comes_first_an_address_of_two_organisations_is_known_as_such(names) -> None:
    rows = tuple(
        {"organisation": who, "scope": [scope, "127.0.0.0/8"], "level": 2}
        for who, scope in (("dijkstad", "a.example"), ("waterveen", "b.example"))
    )

    async def go(scanner: Scanner) -> list[bool]:
        await scanner.sound(names)
        return [isinstance(scanner.gate.decision(name, "127.0.0.11", level=2), Allowed) for name in names]

    zone = {**ZONE, ("b.example", "A"): ["127.0.0.11"]}
    allowed, _eyes = scanning(go, row=rows, answer=lambda sent: zone_answer(sent, zone))
    assert allowed == [False, False]


def test_one_organisation_costs_no_question_more() -> None:
    _none, eyes = scanning(lambda scanner: scanner.sound(["a.example"]))
    assert eyes.server.asked == []


def test_mail_hosts_are_visited_once_however_many_names_lead_to_them() -> None:
    async def go(scanner):
        return await asyncio.gather(*(scanner.look(name) for name in ("a.example", "b.example", "a.example")))

    seen, eyes = scanning(go)
    assert seen[0].mail[0] == seen[1].mail[0]
    assert eyes.looked["mail mx1.example 127.0.0.25"] == 1
    assert set(eyes.most.values()) == {1}


def test_a_fault_of_ours_is_written_down_and_the_rest_goes_on() -> None:
    async def broken(name, address, follow):
        raise RuntimeError("a bug")

    async def mail(host, address):
        raise ZeroDivisionError("another")

    seen, eyes = scanning(lambda scanner: scanner.look("a.example"), eyes=Eyes(broken, mail))
    assert seen.web[0] == WebAddress("127.0.0.11", "not_tried", "not_tried", reason="RuntimeError: a bug")
    assert seen.mail[0].addresses[0].reason == "ZeroDivisionError: another"
    assert eyes.scanner.faults == {"web: RuntimeError: a bug": 2, "mail: ZeroDivisionError: another": 3}


def test_names_below_come_from_words_and_certificates_and_their_ports_once_per_address() -> None:
    plan = Plan(LIMITS, ["vpn", "nothing"], {"a.example": frozenset({"www.a.example", "gone.a.example"})})
    seen, eyes = scanning(lambda scanner: scanner.look("a.example"), plan=plan, ports=True)
    assert seen.subdomains == {
        "vpn.a.example": ("list",), "nothing.a.example": ("list",), "www.a.example": ("ct",), "gone.a.example": ("ct",)
    }  # fmt: skip
    assert sorted((each.host, each.port) for each in seen.ports) == [("vpn.a.example", 22), ("www.a.example", 22)]
    assert eyes.looked["ports 127.0.0.11"] == 1


def test_a_redirect_is_followed_only_within_consent() -> None:
    told: list[object] = []

    async def web(name, address, follow):
        for host in ("b.example", "nowhere.example", "www.other.test"):
            try:
                told.append(await follow(host, "::1"))
            except (Denied, OSError) as error:
                told.append(type(error).__name__)
        return WebAddress(address, "open", "open"), {}, b""

    _, eyes = scanning(lambda scanner: scanner.look("b.example"), eyes=Eyes(web))
    assert told == ["127.0.0.12", "OSError", "Denied"]
    assert not any(b"\5other" in sent for sent, _ in eyes.server.asked)


@pytest.mark.parametrize(
    "answer",
    [
        lambda sent: None,
        lambda sent: b"\0" * 40,
        lambda sent: sent[:2] + b"\x81\x80\0\1\0\5" + sent[8:] + b"\xc0\x0c" * 30,
        lambda sent: answer_to(sent, "", rcode=2),
        lambda sent: sent[:2] + struct.pack(">H", 0x8380) + sent[4:],
    ],
    ids=["silent", "noise", "malformed", "servfail", "cut off, and no TCP"],
)
def test_a_bad_resolver_gives_reasons_and_no_crash(answer) -> None:
    seen, eyes = scanning(lambda scanner: scanner.look("a.example"), answer=answer)
    assert seen.lookups
    assert all(each.rcode in ("TIMEOUT", "ERROR", "SERVFAIL") for each in seen.lookups.values())
    assert not eyes.scanner.faults


def test_ten_thousand_addresses_cost_eight_visits() -> None:
    zone = {("a.example", "A"): [f"127.1.{n // 250}.{n % 250 + 1}" for n in range(40)], ("a.example", "AAAA"): ["::1"]}
    zone["a.example", "NS"] = [f"ns{n}.example." for n in range(30)]
    zone["a.example", "MX"] = [f"{n} mx{n}.example." for n in range(30)]
    seen, eyes = scanning(lambda scanner: scanner.look("a.example"), answer=lambda sent: zone_answer(sent, zone))
    assert len(seen.web) == 5
    assert len(seen.mail) == LIMITS["mail_hosts"]
    assert len(eyes.server.asked) < 200


def test_a_run_hands_on_every_name_once_and_bounds_what_is_busy() -> None:
    got: list[str] = []
    busy = [0]
    progress = Progress(40)

    async def web(name, address, follow):
        busy[0] = max(busy[0], len(progress.busy))
        await asyncio.sleep(0)
        return WebAddress(address, "open", "open"), {}, b""

    zone = {(f"n{n}.example", "A"): ["127.0.0.11"] for n in range(40)}

    async def go(scanner):
        names = [f"n{n}.example" for n in range(40)]
        await run(scanner, names, lambda seen: got.append(seen.name), progress=progress, at_once=5)

    scanning(go, eyes=Eyes(web), answer=lambda sent: zone_answer(sent, zone))
    assert sorted(got) == sorted(f"n{n}.example" for n in range(40))
    assert progress.seen == 40
    assert 1 < busy[0] <= 5
    assert not progress.busy


def running(eyes, names=("a.example", "b.example"), **more):
    got: dict[str, DomainSeen] = {}
    progress = Progress(len(names))

    async def go(scanner):
        await run(scanner, names, lambda seen: got.setdefault(seen.name, seen), progress=progress, **more)

    scanning(go, eyes=eyes)
    return got, progress


def test_what_was_silent_is_tried_again_and_mended() -> None:
    async def web(name, address, follow):
        first = eyes.looked[f"web {name} {address}"] == 1 and name == "a.example"
        return WebAddress(address, "timeout" if first else "open", "open"), {}, b""

    eyes = Eyes(web)
    got, progress = running(eyes)
    assert {each.https for each in got["a.example"].web} == {"open"}
    assert (progress.twice, progress.mended) == (1, 1)
    assert eyes.looked["web b.example 127.0.0.12"] == 1


def test_what_stays_silent_was_tried_twice_and_no_more() -> None:
    async def web(name, address, follow):
        return WebAddress(address, "timeout", "not_tried"), {}, b""

    async def mail(host, address):
        return MailAddress(address, "timeout"), {}

    eyes = Eyes(web, mail)
    got, progress = running(eyes)
    assert got["a.example"].web[0].https == "timeout"
    assert progress.mended == 0
    assert set(eyes.looked.values()) == {2}


def test_a_mail_host_that_answers_the_second_time_is_mended_for_all_its_names() -> None:
    async def mail(host, address):
        first = eyes.looked[f"mail {host} {address}"] == 1
        return MailAddress(address, "timeout" if first else "open"), {}

    eyes = Eyes(mail=mail)
    got, _ = running(eyes)
    assert all(each.smtp == "open" for seen in got.values() for host in seen.mail for each in host.addresses)
    assert max(eyes.looked.values()) <= 4


def test_what_waits_for_a_second_try_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(run_module, "SET_ASIDE", 2)

    async def web(name, address, follow):
        return WebAddress(address, "timeout", "not_tried"), {}, b""

    got, progress = running(
        Eyes(web), names=["a.example", "b.example"] + [f"{n}.b.example" for n in range(5)], at_once=1
    )
    assert len(got) == 7
    assert progress.twice == 2


def test_an_observer_that_fails_ends_the_run() -> None:
    def fail(seen):
        raise OSError("disk full")

    async def go(scanner):
        with pytest.raises(ExceptionGroup) as group:
            await run(scanner, ["a.example", "b.example"], fail, progress=Progress(2))
        return group.value

    error, _ = scanning(go)
    assert error.subgroup(OSError)


def test_trouble_is_silence_not_refusal() -> None:
    def seen(**more):
        return DomainSeen("a.example", "", {}, **more)

    assert not is_troubled(seen(web=(WebAddress("x", "closed", "timeout"), WebAddress("x", "denied", "denied"))))
    assert is_troubled(seen(web=(WebAddress("x", "reset", "open"),)))
    assert is_troubled(seen(mail=(MailHost("mx", (MailAddress("x", "unreachable"),)),)))


def test_workers_share_what_they_saw_and_hold_a_mail_host_alone(tmp_path) -> None:
    here: Counter[str] = Counter()
    most: Counter[str] = Counter()
    certificate = Certificate(
        "ab", b"der", b"spki", "s", "i", "1", "", "", ("mx1.example",), "ec", 256, "p", "sha256", False, False
    )

    async def mail(host, address):
        for key in (host, address):
            here[key] += 1
            most[key] = max(most[key], here[key])
        await asyncio.sleep(0.01)
        for key in (host, address):
            here[key] -= 1
        return MailAddress(address, "open"), {"ab": certificate}

    eyes = Eyes(mail=mail)

    async def go(scanner):
        others = [
            Scanner(scanner.gate, scanner.resolver, Looks(eyes.web, eyes.mail), Plan(LIMITS), sharing=Folder(tmp_path))
            for _ in range(3)
        ]
        return await asyncio.gather(*(each.look("a.example") for each in [*others, others[0]]))

    seen, _ = scanning(go, eyes=eyes)
    assert len({each.mail for each in seen}) == 1
    assert all(each.certificates == {"ab": certificate} for each in seen)
    assert eyes.looked["mail mx1.example 127.0.0.25"] == 1
    assert set(most.values()) == {1}


def test_a_broken_file_of_another_worker_is_no_memory(tmp_path) -> None:
    shared = Folder(tmp_path)
    host = MailHost("mx1.example", (MailAddress("127.0.0.25", "open"),))
    shared.remember("mx1.example", (host, {}))
    assert shared.recalled("mx1.example") == (host, {})
    for each in tmp_path.glob("*.json"):
        each.write_text('{"host": {"name": 1}}')
    assert shared.recalled("mx1.example") is None
    shared.forget("mx1.example")
    shared.forget("mx1.example")


def test_once_goes_on_when_whoever_asked_is_broken_off() -> None:
    async def go():
        once: Once[int] = Once()
        began, let = asyncio.Event(), asyncio.Event()

        async def visit():
            began.set()
            await let.wait()
            return 7

        first = asyncio.ensure_future(once.of("x", visit))
        await began.wait()
        first.cancel()
        second = asyncio.ensure_future(once.of("x", visit))
        await asyncio.sleep(0)
        let.set()
        return await second

    assert asyncio.run(go()) == 7
