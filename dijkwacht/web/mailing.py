"""Mails of rooms: claimed first, sent after, so that two machines at once never send one twice."""

from collections.abc import Callable, Mapping
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Model
from django.template.loader import render_to_string


def send_once(row: Model, deliver: Callable[[], None], *, at: datetime) -> bool:
    """Sends the mail that a row stands for; whether it went out by this call. Not in a transaction: it cannot be taken back.

    The row has ``claimed_at``, ``sent_at`` and ``trouble``. Who claims it sends it. What cannot be sent keeps its trouble
    and is not tried again by itself.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    if not rows.filter(claimed_at__isnull=True).update(claimed_at=at):
        return False
    try:
        deliver()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address or header that cannot be
        rows.update(trouble=(str(error) or type(error).__name__)[:200])
        return False
    rows.update(sent_at=at)
    return True


def post(template: str, context: Mapping[str, Any], *, to: str) -> None:
    """Mails what ``<template>_subject.txt`` and ``<template>_message.txt`` say, in the language that is active.

    Raises OSError, SMTPException.
    """
    subject = " ".join(render_to_string(f"{template}_subject.txt", dict(context)).split())
    body = render_to_string(f"{template}_message.txt", dict(context)).strip() + "\n"
    send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", body, settings.DEFAULT_FROM_EMAIL, [to])
