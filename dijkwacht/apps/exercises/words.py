"""What this room says when a verb is refused, and the words for its codes."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.exercises.services.doing import Refused
from dijkwacht.core.exercise_script import Scenario
from dijkwacht.core.exercises import State
from dijkwacht.norms.powers import powers_pack
from dijkwacht.norms.read import clocks
from dijkwacht.web.clock_words import article_words
from dijkwacht.web.terms import text_of

REFUSED: Mapping[str, Any] = {
    "annulled": gettext_lazy("This exercise was annulled; nothing of it changes any more."),
    "phase": gettext_lazy("That cannot be done now: the exercise has not begun, or has ended. Look again."),
    "roles": gettext_lazy("Choose at least one role of this scenario."),
    "guest_roles": gettext_lazy("Say first which roles guests may choose: change the plan."),
    "left": gettext_lazy("You no longer take part in this exercise."),
    "stranger": gettext_lazy("That is not asked of you here."),
    "answered": gettext_lazy("Somebody in this role decided already; look again."),
    "crowded": gettext_lazy("There are too many guests in this exercise. Ask who leads it."),
    "factor": gettext_lazy("Choose one of the speeds."),
    "went_out": gettext_lazy("The inject that you saw as the next one went out already. Look again."),
    "twice": gettext_lazy("You sent this a moment ago; it went out once."),
    "flood": gettext_lazy("This is a lot at once. Wait a minute before you write more."),
    "function": gettext_lazy("Write your function in one line, in letters, digits and signs that can be read."),
    "nothing_left": gettext_lazy("Every inject of the script has gone out."),
    "owner": gettext_lazy("An action has somebody who does it, and a day."),
    "closed": gettext_lazy("The evaluation is closed."),
    "conclusion": gettext_lazy("Write and save the conclusion first."),
    "players": gettext_lazy("Fewer than %(fewest)s people really took part, so this does not count as an exercise."),
    "done": gettext_lazy("This was done already."),
    "dropped": gettext_lazy("This scenario was taken out of the list."),
    "changed": gettext_lazy("The scenario was changed meanwhile. Look at it again."),
    "script": gettext_lazy("The scenario is not sound: %(what)s"),
}
PHASES: Mapping[str, Any] = {
    "planned": gettext_lazy("planned"),
    "running": gettext_lazy("being played"),
    "paused": gettext_lazy("paused"),
    "ended": gettext_lazy("ended"),
}
BLOCKS: Mapping[str, Any] = {
    "cause": gettext_lazy("Cause"),
    "source": gettext_lazy("Source"),
    "actors": gettext_lazy("Actors"),
    "domain": gettext_lazy("Domain hit"),
    "area": gettext_lazy("Area hit"),
    "way_out": gettext_lazy("Way out"),
}
WEEKDAYS: Mapping[str, Any] = {
    "monday": gettext_lazy("Monday"),
    "tuesday": gettext_lazy("Tuesday"),
    "wednesday": gettext_lazy("Wednesday"),
    "thursday": gettext_lazy("Thursday"),
    "friday": gettext_lazy("Friday"),
    "saturday": gettext_lazy("Saturday"),
    "sunday": gettext_lazy("Sunday"),
}
FITS: Mapping[str, Any] = {
    "fits": gettext_lazy("fits the script"),
    "not_allowed": gettext_lazy("not allowed here"),
    "other": gettext_lazy("not in the script; talk about it"),
}
JUDGED: Mapping[str, Any] = {
    "as_expected": gettext_lazy("As expected"),
    "partly": gettext_lazy("Partly"),
    "otherwise": gettext_lazy("Otherwise"),
}
MORE: Mapping[str, Any] = {
    "notification.rehearsed_on": gettext_lazy("The legal notifications were rehearsed: to whom, before when, by whom"),
    "crisis.communication.tested_on": gettext_lazy("The emergency means of communication was really used"),
    "process.continuity_test.done_on": gettext_lazy("The continuity plan was tested of: %(name)s"),
}


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence. A code without words is told as it is."""
    sentence = REFUSED.get(error.code)
    return str(sentence) % error.params if sentence else f"({error.code})"


def minute_words(minute: int) -> str:
    """``+2 u 05``: so long after the start of the story."""
    hours, minutes = divmod(minute, 60)
    if not hours:
        return _("+%(minutes)s min") % {"minutes": minutes}
    return _("+%(hours)s h %(minutes)s") % {"hours": hours, "minutes": f"{minutes:02}"}


def story_hour(scenario: Scenario, minute: int) -> str:
    """What a clock shows in the story then: `dinsdag 07:15`; empty when the script does not say when it begins."""
    day, hour = scenario.begins
    if not hour:
        return ""
    hours, minutes = (int(part) for part in hour.split(":"))
    whole = timedelta(hours=hours, minutes=minutes + minute)
    days, left = whole.days, whole.seconds // 60
    names = list(WEEKDAYS)
    name = str(WEEKDAYS[names[(names.index(day) + days) % 7]]) if day in names else ""
    return f"{name} {left // 60:02}:{left % 60:02}".strip()


def clock_words(scenario: Scenario, now: State) -> str:
    """What the clock of a session shows, in one line."""
    hour = story_hour(scenario, now.minute)
    shown = f"{hour} ({minute_words(now.minute)})" if hour else minute_words(now.minute)
    if now.phase == "running" and now.factor > 1:
        return _("%(shown)s · %(factor)s times as fast") % {"shown": shown, "factor": now.factor}
    return shown


def role_names(scenario: Scenario, roles: Iterable[str]) -> str:
    """The names of roles, with commas."""
    return ", ".join(role_name(scenario, each) for each in roles)


def role_name(scenario: Scenario, role: str) -> str:
    """The name of a role; the code when the script does not have it."""
    return text_of(scenario.roles.get(role)) or role


def power_name(name: str) -> str:
    """What a power is called, with where it stands; the id when the packs no longer have it."""
    found = powers_pack().powers.get(name)
    return f"{text_of(found.name)} ({found.basis})" if found and found.basis else text_of(found.name) if found else name


def term_name(rule: str) -> str:
    """What a legal term is called, with its article; the id when the packs no longer have it."""
    found = clocks().rules.get(rule)
    return f"{text_of(found.name)} ({article_words(found, clocks())})" if found else rule


def took_words(minutes: int | None) -> str:
    """How long it took, in minutes of the story."""
    if minutes is None:
        return ""
    return ngettext("%(n)s minute of the story", "%(n)s minutes of the story", minutes) % {"n": minutes}
