"""Accounts come by invitation only: a colleague adds a person, who sets a password through a link sent by mail."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse

from dijkwacht.apps.people.guessing import GuessingAdapter
from dijkwacht.apps.people.models import Organisation, Person


class InvitationOnlyAdapter(GuessingAdapter):
    """Signing in as allauth does it, with the door for strangers closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: only a colleague can add a person."""
        return False


def password_url(request: HttpRequest, person: Person) -> str:
    """The address at which the person sets a first password; works once, for PASSWORD_RESET_TIMEOUT seconds."""
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return request.build_absolute_uri(path)


def send_invitation(request: HttpRequest, *, person: Person, organisation: Organisation) -> None:
    """Mails the person where to sign in; someone who never set a password gets the link for that.

    Raises OSError (smtplib's errors are) when the mail server refuses or cannot be reached.
    """
    new = not person.has_usable_password()
    url = password_url(request, person) if new else request.build_absolute_uri(reverse("account_login"))
    InvitationOnlyAdapter(request).send_mail(
        "people/email/invitation",
        person.email,
        {"person": person, "organisation": organisation, "inviter": request.user, "url": url, "new": new},
    )
