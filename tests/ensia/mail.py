"""A mail server that cannot be reached."""

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise OSError("no route to the mail server")
