"""What is worth a second try, and what is not."""

import pytest

from dijkwacht.adapters.probing.trouble import is_mail_troubled, is_web_troubled
from dijkwacht.core.checks.observed import HelloSeen, MailAddress, WebAddress


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
