"""What is worth a second try, and what is not."""

import dns.message
import pytest

from dijkwacht.adapters.probing.run import Progress, run
from dijkwacht.adapters.probing.scan import Scanner
from dijkwacht.adapters.probing.trouble import is_lookup_troubled, is_mail_troubled, is_web_troubled
from dijkwacht.core.checks.observed import DomainSeen, HelloSeen, Lookup, MailAddress, WebAddress
from tests.adapters.probing.test_dns_wire import answer_to
from tests.adapters.probing.test_scan import scanning, zone_answer


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        (MailAddress("192.0.2.1", "open", starttls="error", reason="banner_421"), True),  # too busy, or too many of us
        (MailAddress("192.0.2.1", "open", starttls="yes", hellos=(HelloSeen("weak", "unreachable"),)), True),
        (MailAddress("192.0.2.1", "open", starttls="yes", hellos=(HelloSeen("weak", "timeout"),)), True),
        (MailAddress("192.0.2.1", "timeout"), True),
        (MailAddress("192.0.2.1", "open", starttls="no", reason="no_starttls"), False),
        (MailAddress("192.0.2.1", "open", starttls="yes", hellos=(HelloSeen("weak", "alert"),)), False),
        (MailAddress("192.0.2.1", "closed"), False),
        (MailAddress("2001:db8::1", "not_tried", reason="no_ipv6"), False),
    ],
)
def test_mail(mail: MailAddress, expected: bool) -> None:
    assert is_mail_troubled(mail) is expected


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        (WebAddress("192.0.2.1", "open", "open", hellos=(HelloSeen("weak", "unreachable"),)), True),
        (WebAddress("192.0.2.1", "open", "timeout", hellos=(HelloSeen("weak", "closed"),)), False),
        (WebAddress("192.0.2.1", "reset", "open"), True),
        (WebAddress("2001:db8::1", "not_tried", "not_tried", reason="no_ipv6"), False),
    ],
)
def test_web(web: WebAddress, expected: bool) -> None:
    assert is_web_troubled(web) is expected


@pytest.mark.parametrize(
    ("lookup", "expected"),
    [
        (Lookup("a.example", "A", "TIMEOUT"), True),
        (Lookup("a.example", "A", "SERVFAIL"), True),  # not even without checking: nobody reached its servers
        (Lookup("a.example", "A", "NOERROR", ("192.0.2.1",), bogus=True), False),  # a broken signature stays broken
        (Lookup("a.example", "A", "NXDOMAIN"), False),
        (Lookup("a.example", "A", "DENIED"), False),
    ],
)
def test_lookup(lookup: Lookup, expected: bool) -> None:
    assert is_lookup_troubled(lookup) is expected


@pytest.mark.parametrize("times", [1, 10_000])
def test_what_the_name_system_could_not_say_is_asked_again(times: int) -> None:
    """Once it answers, the name is looked at anew; as long as it does not, nothing else is done twice."""
    left = {"questions": 2 * times}  # with and without checking

    def answer(sent: bytes) -> bytes:
        asked = dns.message.from_wire(sent).question[0]
        if asked.name.to_text() == "b.example." and dns.rdatatype.to_text(asked.rdtype) == "TXT" and left["questions"]:
            left["questions"] -= 1
            return answer_to(sent, "", rcode=2)
        return zone_answer(sent)

    got: dict[str, DomainSeen] = {}
    progress = Progress(1)

    async def go(scanner: Scanner) -> None:
        await run(scanner, ["b.example"], lambda seen: got.update({seen.name: seen}), progress=progress, at_once=1)

    _, eyes = scanning(go, answer=answer)
    mended = times == 1
    assert got["b.example"].lookups["b.example", "TXT"].rcode == ("NOERROR" if mended else "SERVFAIL")
    assert (progress.twice, progress.mended) == (1, int(mended))
    assert eyes.looked["web b.example 127.0.0.12"] == (2 if mended else 1)
