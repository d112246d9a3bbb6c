"""The supplier answers: once, for everybody who takes part. Every word stands; the last counts.

All of it stands in the trail of who keeps the review, under the name of the supplier's organisation. Files stay the supplier's:
they are kept as evidence in its own ledger, and the review only points to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.ledger import values
from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import TLP_CHOICES, Organisation, Person
from dijkwacht.apps.suppliers.models import Exhibit, Looked, Question, Reply, Review, ReviewFinding, ReviewPhase
from dijkwacht.apps.suppliers.queries.asked import last_replies
from dijkwacht.apps.suppliers.services import concluding
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.web.moments import day_of

LONGEST = 10_000
MOST_FILES = 100
"""Files that one question may have at once."""
_NUMBERS = 2**63
"""A row has a number below this; a page can be sent back with any."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was typed. ``value``: in the engine's own or the plain form; None: none, and ``text`` may say why not.

    ``seen``: the number of the answer that stood on the page: who did not change that, does not take back what a colleague
    answered meanwhile.
    """

    value: Any
    text: str = ""
    seen: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all."""
        return self.value is None and not self.text


def answer(review: Review, said: Mapping[int, Said], *, person: Person, at: datetime) -> list[Reply]:
    """Answers questions, by number; what is the same as before is no new answer. Returns what was recorded.

    Raises Refused: answering_over, handed_in, other_question, value (``question``: its number), too_long. Then nothing is.
    """
    with _answering(review, at=at) as (deed, now):
        asked = {each.pk: each for each in now.questions.filter(left_out_because="")}
        last, rows = last_replies(asked), list[Reply]()
        seen = Reply.objects.in_bulk([each.seen for each in said.values() if each.seen and 0 < each.seen < _NUMBERS])
        for pk, each in said.items():
            if pk not in asked:
                raise Refused("other_question")
            value, text = _checked(asked[pk], each, on=day_of(at))
            before = [one for one in (last.get(pk), seen.get(each.seen or 0)) if one and one.question_id == pk]
            nothing = pk not in last and value is None and not text
            if not nothing and (value, text) not in [(one.value, one.text) for one in before]:
                rows.append(Reply(question=asked[pk], value=value, text=text, person=person, at=at))
        made = Reply.objects.bulk_create(rows)
        if made:
            keys = sorted(each.question.key for each in made)
            concluding.follow(deed, now)
            deed.write("answered", about=_about(now), rows=made, title=now.title, count=len(made), keys=keys)
    return made


def take_over(question: Question, *, earlier: Reply, person: Person, at: datetime) -> Reply:
    """Gives the answer of an earlier review again, with its files. Raises Refused as `answer` does, and other_question."""
    theirs = earlier.question
    if theirs.key != question.key or theirs.review.portal_id != question.review.portal_id:
        raise Refused("other_question")
    with _answering(question.review, at=at) as (deed, now):
        made = Reply.objects.create(question=question, value=earlier.value, text=earlier.text, person=person, at=at)
        here = set(question.exhibits.filter(ended_at__isnull=True).values_list("file_id", flat=True))
        files = [
            Exhibit.objects.create(question=question, file=each.file, tlp=each.tlp, added_by=person, added_at=at)
            for each in theirs.exhibits.filter(ended_at__isnull=True).select_related("file")
            if each.file_id not in here
        ]
        concluding.follow(deed, now)
        deed.write(
            "answer_taken_over", about=_about(now), rows=[made, *files], title=now.title, key=question.key,
            earlier=earlier.pk,
        )  # fmt: skip
    return made


def show(
    question: Question, files: Sequence[Evidence], *, tlp: str, person: Person, at: datetime, late: bool = False
) -> list[Exhibit]:
    """Puts files of the supplier with an answer. One that is there already under the same label is not put twice.

    ``late``: with a finding, when answering is over. Raises Refused: answering_over, handed_in, choice, other_file, too_many.
    """
    if tlp not in dict(TLP_CHOICES):
        raise Refused("choice", field="tlp")
    with _answering(question.review, at=at, late=late) as (deed, now):
        made = _show(now, question, files, tlp=tlp, person=person, at=at)
        if made:
            names = [each.file.name for each in made]
            deed.write(
                "exhibits_added", about=_about(now), rows=made, title=now.title, key=question.key, count=len(made),
                files=names,
            )  # fmt: skip
    return made


def take_back(exhibit: Exhibit, *, at: datetime) -> Exhibit:
    """Takes a file away from an answer: from now on nobody else can open it. Who did, stays known. Raises Refused: gone."""
    with _answering(exhibit.question.review, at=at) as (deed, now):
        if not Exhibit.objects.filter(pk=exhibit.pk, ended_at__isnull=True).update(ended_at=at):
            raise Refused("gone")
        exhibit.refresh_from_db()
        deed.write(
            "exhibit_taken_back", about=_about(now), rows=[exhibit], title=now.title, key=exhibit.question.key,
            name=exhibit.file.name,
        )  # fmt: skip
    return exhibit


def hand_in(review: Review, *, person: Person, at: datetime) -> Review:
    """The supplier is done: what it answered can be judged. Raises Refused: answering_over, handed_in, and unanswered (how many
    questions have neither an answer nor a word why not).
    """
    with _answering(review, at=at) as (deed, now):
        asked = list(now.questions.filter(left_out_because="").values_list("pk", flat=True))
        last = last_replies(asked)
        open_ = sum(pk not in last or (last[pk].value is None and not last[pk].text) for pk in asked)
        if open_:
            raise Refused("unanswered", count=open_)
        now.handed_in_at, now.handed_in_by = at, person
        now.save(update_fields=["handed_in_at", "handed_in_by"])
        deed.write("handed_in", about=_about(now), rows=[now], title=now.title, count=len(asked))
    return now


def reply_to(finding: ReviewFinding, *, text: str, person: Person, at: datetime) -> ReviewFinding:
    """What the supplier says to a finding that was confirmed. A later word takes the place of the earlier, which stays in the
    trail. Raises Refused: no_finding, empty, too_long.
    """
    text = _text(text, field="text")
    if not text:
        raise Refused("empty", field="text")
    with _finding(finding, at=at) as (deed, now):
        now.reply, now.replied_by, now.replied_at = text, person, at
        now.save(update_fields=["reply", "replied_by", "replied_at"])
        deed.write(
            "finding_replied", about=_about(now.question.review), rows=[now], title=now.question.review.title,
            finding=now.title,
        )  # fmt: skip
    return now


def claim_mended(
    finding: ReviewFinding,
    *,
    text: str,
    files: Sequence[Evidence] = (),
    tlp: str = "",
    mended: date | None = None,
    person: Person,
    at: datetime,
) -> ReviewFinding:
    """The supplier says that a finding is mended, and shows it. It counts when a reviewer saw that it is.

    ``mended``: since when; today unless said. Raises Refused: no_finding, settled, future, empty, too_long, choice, other_file.
    """
    text, day = _text(text, field="text"), mended or day_of(at)
    if not text:
        raise Refused("empty", field="text")
    if tlp and tlp not in dict(TLP_CHOICES):
        raise Refused("choice", field="tlp")
    if day > day_of(at):
        raise Refused("future", field="mended")
    with _finding(finding, at=at) as (deed, now):
        if now.mended_on is not None or now.accepted_on is not None:
            raise Refused("finding_settled")
        review = now.question.review
        shown = _show(review, now.question, files, tlp=tlp or review.tlp, person=person, at=at)
        now.reply, now.replied_by, now.replied_at, now.claimed_on = text, person, at, day
        now.save(update_fields=["reply", "replied_by", "replied_at", "claimed_on"])
        deed.write(
            "finding_claimed", about=_about(review), rows=[now, *shown], title=review.title, finding=now.title,
            count=len(shown),
        )  # fmt: skip
    return now


def look_at(exhibit: Exhibit, *, organisation: Organisation, person: Person, at: datetime) -> Looked:
    """Notes that somebody opened a file of the supplier: the supplier may see that. Whether he may is up to who calls."""
    review = exhibit.question.review
    actor = "" if organisation.pk == review.organisation_id else organisation.name
    with doing(review.organisation, person=None if actor else person, at=at, actor=actor) as deed:
        looked = Looked.objects.create(exhibit=exhibit, organisation=organisation, person=person, at=at)
        deed.write(
            "review_file_opened", about=_about(review), rows=[looked], title=review.title,
            organisation=organisation.name,
        )  # fmt: skip
    return looked


@contextmanager
def _answering(review: Review, *, at: datetime, late: bool = False) -> Iterator[tuple[Deed, Review]]:
    """A deed of the supplier in a review that still asks. Raises Refused: answering_over, handed_in."""
    with doing(review.organisation, person=None, at=at, actor=review.portal.name) as deed:
        now = Review.objects.select_related("organisation", "portal").get(pk=review.pk)
        if not late and now.phase != ReviewPhase.ANSWERING:
            raise Refused("answering_over")
        if not late and now.handed_in_at is not None:
            raise Refused("handed_in")
        yield deed, now


@contextmanager
def _finding(finding: ReviewFinding, *, at: datetime) -> Iterator[tuple[Deed, ReviewFinding]]:
    """A deed of the supplier about a finding that stands. Raises Refused: no_finding, answering_over."""
    review = finding.question.review
    with doing(review.organisation, person=None, at=at, actor=review.portal.name) as deed:
        rows = ReviewFinding.objects.select_related("question__review__portal")
        now = rows.filter(pk=finding.pk, confirmed_at__isnull=False, dropped_at__isnull=True).first()
        if now is None:
            raise Refused("no_finding")
        if now.question.review.phase == ReviewPhase.WITHDRAWN:
            raise Refused("answering_over")
        yield deed, now


def _show(
    review: Review, question: Question, files: Sequence[Evidence], *, tlp: str, person: Person, at: datetime
) -> list[Exhibit]:
    """The new exhibits among these files."""
    there = question.exhibits.filter(ended_at__isnull=True)
    here = set(there.values_list("file_id", "tlp"))
    if len(here) + len(files) > MOST_FILES:
        raise Refused("too_many", most=MOST_FILES)
    found = []
    for file in {each.pk: each for each in files}.values():
        if file.organisation_id != review.portal_id:
            raise Refused("other_file")
        if (file.pk, tlp) not in here:
            found.append(Exhibit.objects.create(question=question, file=file, tlp=tlp, added_by=person, added_at=at))
    return found


def _checked(question: Question, said: Said, *, on: date) -> tuple[Any, str]:
    """What was said as it is kept. Raises Refused: value, too_long."""
    text = _text(said.text, field=f"text-{question.pk}")
    if said.value is None:
        return None, text
    try:
        fact_type = packs_on(on).fact_type(question.fact)
        return values.to_stored(values.to_core(fact_type, said.value)), text
    except (KeyError, values.ValueFormError):
        raise Refused("value", field=f"value-{question.pk}", question=question.pk) from None


def _text(text: str, *, field: str) -> str:
    clean = text.replace("\0", "").strip()
    if len(clean) > LONGEST:
        raise Refused("too_long", field=field)
    return clean


def _about(review: Review) -> str:
    return f"joint_review:{review.pk}"
