"""Public order in the demo: a decision that was taken and one that is prepared, and three signals. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.order.services import deciding, files, signals
from dijkwacht.norms.powers import powers_pack
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

HOUR = timedelta(hours=1)
CALM = {name: "no" for name, each in powers_pack().questions.items() if not each.options}
GATHERING = {**CALM, "serious_fear": "yes", "decider": "mayor", "source_access": "public", "punishable": "unknown"}
TOLD = {
    "serious_fear": (
        "Melding van de meldkamer, 16.10 uur: plaats, tijd en vuurwerk genoemd",
        "Officier van dienst politie",
    ),
    "lighter_suffices": ("Weging in de driehoek", "Adviseur openbare orde"),
}
SIGNALS: tuple[dict[str, Any], ...] = (
    {
        "reason": "In een openbaar kanaal staat een oproep om vrijdag om 20.30 uur naar het Havenplein te komen, met vuurwerk.",
        "purpose": "Weten of er toezicht nodig is op het Havenplein.",
        "question": "Hoeveel mensen reageren, en wordt er een tijd genoemd?",
        "basis": "Gemeentewet 172; AVG 6 lid 1 onder e", "necessity": "Plaats en tijd volstaan; wie reageert is niet nodig.",
        "source": "open",
    },
    {
        "reason": "Een bewoner meldde ongevraagd onrust over een opvanglocatie; er is een moment genoemd, geen plaats.",
        "purpose": "Bepalen of de wijkagent een gesprek moet voeren.",
        "question": "Is er een plaats of een organisator?",
        "basis": "Gemeentewet 172; AVG 6 lid 1 onder e", "necessity": "De melder is al bekend bij de wijkagent.",
        "source": "handed_over",
    },
)  # fmt: skip


def play(world: World, *, at: datetime) -> None:
    """Files and signals as they stand on ``at``."""
    _decided(world, at - 30 * HOUR)
    _draft(world, at - 2 * HOUR)
    _signals(world, at)


def _facts(answers: dict[str, str]) -> dict[str, dict[str, str]]:
    known = {name: answer for name, answer in answers.items() if answer != "unknown"}
    return {
        name: {"answer": answer, "source": TOLD.get(name, ("", ""))[0], "by": TOLD.get(name, ("", ""))[1]}
        for name, answer in known.items()
    }


def _decided(world: World, at: datetime) -> None:
    """A light order for one evening, with its duties still to be done."""
    town, adviser, mayor = world.organisations["dijkstad"], world.person("aov"), world.person("burgemeester")
    who: dict[str, Any] = {"person": adviser, "at": at}
    title = "Samenkomst op het Havenplein, vrijdagavond"
    file = files.open_file(town, power="gemw_172_3_light_order", title=title, answers=GATHERING, on=day_of(at), **who)
    files.tell_facts(file, facts=_facts(GATHERING), **who)
    files.write(
        file, necessity="Er zijn plaats, tijd en middelen genoemd; vorige week is na eenzelfde oproep gegooid met vuurwerk.",
        proportionality="Alleen het plein en de twee straten ernaast, alleen vanavond.",
        subsidiarity="Een gesprek en zichtbaar toezicht zijn gedaan en hielden de vorige keer niet.",
        area="Havenplein, Kadestraat en Sluisstraat", addressee="Wie zich daar ophoudt en geen doel heeft in het gebied",
        begins_at=at + HOUR, ends_at=at + 7 * HOUR, closed_part="Inzet van de politie: zie het draaiboek.", **who,
    )  # fmt: skip
    for power, because in (
        ("talk_organiser", "De oproeper is via de wijkagent gesproken en trekt niets in."),
        ("triangle_consult", "Gedaan; de driehoek vraagt om deze maatregel."),
        ("public_message", "Geplaatst om 17.00 uur; de reacties veranderden niet."),
    ):
        files.weigh(file, power=power, suffices=False, because=because, **who)
    files.hear(
        file,
        who="triangle",
        when=at - HOUR,
        said="Officier en politiechef stemmen in met een gebied voor één avond.",
        **who,
    )
    deciding.decide(file, decided_as="mayor", departure="", person=mayor, at=at + timedelta(minutes=20))


def _draft(world: World, at: datetime) -> None:
    """An emergency order that is only being thought of: facts are missing."""
    answers = {**GATHERING, "lighter_suffices": "unknown", "grave_disorder": "unknown", "disturbance_now": "yes"}
    files.open_file(
        world.organisations["dijkstad"], power="gemw_175_emergency_order", title="Onrust rond de opvanglocatie", on=day_of(at),
        answers=answers, person=world.person("aov"), at=at,
    )  # fmt: skip


def _signals(world: World, at: datetime) -> None:
    town, adviser = world.organisations["dijkstad"], world.person("aov")
    old = at - timedelta(days=20)
    for n, each in enumerate((*SIGNALS, SIGNALS[0])):
        when = old if n == 2 else at - (5 - n) * HOUR
        said = signals.Said(**each, keep_until=day_of(when) + timedelta(days=14))
        row = signals.keep(town, said=said, confirmed=False, person=adviser, at=when)
        if n == 0:
            advice = "Akkoord: alleen plaats en tijd. Bewaar geen schermafdruk."
            signals.check(row, agreed=True, advice=advice, person=world.person("fg"), at=at - HOUR)
    signals.erase_due(at=at)
