"""What our measurements say of themselves to who is measured."""

from django.conf import settings

from dijkwacht.adapters.probing.web import agent_of


def user_agent() -> str:
    """The User-Agent that the web servers see, with the settings of this installation."""
    return agent_of(page=settings.DIJKWACHT_ABOUT_SCAN, contact=settings.DIJKWACHT_CONTACT)
