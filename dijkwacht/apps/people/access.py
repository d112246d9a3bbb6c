"""The first line of every view: who is asking, in which organisation, and may he.

A stranger finds nothing (404), a member without the right is refused (403), and who is not signed in goes to sign in.
The days of roles and shares are held against the real day, never that of the time machine: looking at another day must
not bring back a role that has ended.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from dijkwacht.apps.people import queries
from dijkwacht.apps.people.models import Organisation, Person, Share
from dijkwacht.core import access
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in an organisation, for one request.

    ``roles`` empty: a guest, from an organisation with which something was shared; ``shared`` then holds what.
    """

    organisation: Organisation
    person: Person
    roles: tuple[str, ...]
    functions: tuple[str, ...]
    rights: frozenset[Right]
    shared: tuple[Share, ...] = ()

    def may(self, right: Right) -> bool:
        """Whether this person has the right here; a page shows only what may be done."""
        return right in self.rights

    @property
    def guest(self) -> bool:
        """Whether this is someone of another organisation."""
        return not self.roles


def person_of(request: HttpRequest) -> Person:
    """Who is signed in. Raises PermissionDenied for nobody: views without sign-in do not ask."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def organisation_or_404(request: HttpRequest, slug: str, right: Right) -> Seat:
    """The seat of who asks in this organisation. Raises Http404 for a stranger, PermissionDenied without the right.

    With ``Right.SEE_SHARED`` a guest comes in as well, and sees what ``seat.shared`` covers. A guest who asks for
    anything else is a stranger. The seat is also kept as ``request.seat``, for the header of the page.
    """
    person = person_of(request)
    seat = _member(person, slug) or _guest(person, slug, right)
    if seat is None:
        raise Http404
    if not seat.may(right):
        raise PermissionDenied
    request.seat = seat  # type: ignore[attr-defined]
    return seat


def _member(person: Person, slug: str) -> Seat | None:
    held = queries.roles_at(person, slug, clock.real_today())
    if not held:
        return None
    roles = tuple(role.role for role in held)
    functions = tuple(role.function for role in held if role.function)
    return Seat(held[0].organisation, person, roles, functions, access.rights(roles))


def _guest(person: Person, slug: str, right: Right) -> Seat | None:
    if right is not Right.SEE_SHARED:
        return None
    shared = tuple(queries.shares_for(person, owner=slug, on=clock.real_today()))
    return Seat(shared[0].owner, person, (), (), access.GUEST, shared) if shared else None
