"""A granted exception in the annex of the statement of applicability; names of other organisations; and older statements."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from dijkwacht.adapters.checking import check
from dijkwacht.adapters.package import parse
from dijkwacht.adapters.rejudging import rejudge
from dijkwacht.apps.accountability.models import Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.queries.composing import compose
from dijkwacht.apps.accountability.services import freezing, reproducing
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.accountability.services.reproducing import reproduce
from dijkwacht.apps.isms.models import Deviation
from dijkwacht.apps.isms.services import risks
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.statement import StatementLine
from dijkwacht.demo.world import World
from tests.accountability.house import house
from tests.isms.conftest import LOW
from tests.standing import again, standing

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SOA, RULE, NAME = "bio2-soa", "iso27002:7.8", "soa.control_7_8.exception"
REASON, INSTEAD = "De balie is een monument.", "Een gastvrouw houdt toezicht."
DE_MEREN = "ICT-samenwerking De Meren"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pack(settings: Any, tmp_path: Any) -> None:
    """The real packs, in the place of the small one of this folder; a data folder of its own."""
    settings.DATA_DIR = tmp_path


stands = standing(lambda: house(on=ON))


@pytest.fixture
def world(stands: Any, db: None, tmp_path: Any) -> World:
    return again(stands, tmp_path)


@pytest.fixture
def granted(world: World) -> Deviation:
    """An exception that the college granted, on the strength of a weighed risk."""
    by: dict[str, Any] = {"person": world.person("ciso"), "on": ON, "at": AT}
    risk = risks.add_risk(world.organisations["dijkstad"], text=risks.RiskText("Meekijken aan de balie"), **by)
    risks.weigh(risk, kind="residual", likelihood=1, impacts=LOW, reason="", **by)
    return risks.grant_deviation(
        risk, requirement=RULE, until=ON + 90 * DAY, reason=REASON, instead=INSTEAD, **{**by, "person": world.person("college")}
    )  # fmt: skip


def frozen(world: World, account: str = SOA, **fields: Any) -> Statement:
    given = {"on": ON, "at": AT, "person": world.person("college"), "documents": False, **fields}
    return freeze(world.organisations["dijkstad"], account=account, **given)


def line_of(row: Statement, requirement: str = RULE) -> StatementLine:
    return next(each for each in statements.opened(row).lines if each.requirement == requirement)


def paper(row: Statement, name: str) -> str:
    return parse(statements.package(row)).files[f"documents/{name}"].decode()


def end(world: World, found: Deviation, days: int) -> None:
    risks.end_deviation(found, person=world.person("ciso"), on=ON + days * DAY, at=AT + days * DAY)


# -- in the ledger, so in the statement --------------------------------------------------------------
def test_it_stands_in_the_line_and_in_the_annex(world: World, granted: Deviation) -> None:
    row = frozen(world, documents=True)
    (fact,) = line_of(row).exceptions
    assert line_of(row).status == "unknown"  # nobody said how this measure stands: the annex tells of it all the same
    assert (fact.fact, fact.value["mandate"], fact.said_by) == (NAME, "college", "Esther Kade")
    annex = paper(row, "verklaring-van-toepasselijkheid-uitzonderingen.csv")
    for told in ("7.8", REASON, INSTEAD, "2027-02-23", "Esther Kade", str(granted.risk.number)):
        assert told in annex
    assert "Zie uitzondering 1." in paper(row, "verklaring-van-toepasselijkheid.csv")
    rejudge(check(statements.package(row)))
    assert reproduce(row).same


def test_the_public_version_has_nothing_that_helps_an_attacker(world: World, granted: Deviation) -> None:
    files = parse(statements.package(frozen(world, documents=True))).files
    public = {name: data for name, data in files.items() if "openbaar" in name}
    assert len(public) == 3
    for name, data in public.items():
        for secret in (REASON, INSTEAD, "gastvrouw", "monument"):
            assert secret.encode() not in data, name


def test_it_goes_when_it_ends_and_the_statement_of_then_stays_the_same(world: World, granted: Deviation) -> None:
    before = frozen(world, documents=True)
    end(world, granted, 2)
    after = frozen(world, on=ON + 2 * DAY, at=AT + 2 * DAY + timedelta(minutes=1))
    assert line_of(after).exceptions == ()
    assert reproduce(before).same
    assert len(line_of(before).exceptions) == 1
    earlier = frozen(world, on=ON + DAY, at=AT + 2 * DAY + timedelta(minutes=2))
    assert [each.valid_to for each in line_of(earlier).exceptions] == [ON + 2 * DAY]  # the day before, as known since


def test_it_goes_when_it_is_not_renewed(world: World, granted: Deviation) -> None:
    last, at = granted.until, AT + 90 * DAY
    assert len(line_of(frozen(world, on=last, at=at)).exceptions) == 1
    assert line_of(frozen(world, on=last + DAY, at=at + DAY)).exceptions == ()


def test_a_name_can_be_erased_and_the_statement_keeps_it(world: World, granted: Deviation) -> None:
    row = frozen(world)
    Person.objects.filter(pk=world.person("college").pk).update(name="-")
    assert reproduce(row).same
    assert line_of(row).exceptions[0].said_by == "Esther Kade"


def test_what_would_differ_names_the_line(world: World, granted: Deviation) -> None:
    row = frozen(world)
    end(world, granted, 1)
    changed = statements.would_differ(row, on=ON + DAY, known_at=ON + DAY)
    assert RULE in {each.line.requirement for each in changed}


# -- what other organisations were called ------------------------------------------------------------
def test_names_of_organisations_are_those_of_that_day(world: World) -> None:
    row = frozen(world, documents=True)
    told = [each for each in statements.opened(row).lines if each.others]
    assert {name for each in told for name in each.others.items()} == {("de-meren", DE_MEREN)}
    for each in told:
        named = {fact.inherited_from for fact in each.facts} | {
            reason.params.get("organisation") for reason in each.reasons
        }
        assert "de-meren" in named
    facts = paper(row, "auditorpakket-gegevens.csv")
    assert f";{DE_MEREN};" in facts
    assert ";de-meren;" not in facts
    Organisation.objects.filter(slug="de-meren").update(name="Gemeenschappelijke regeling Plassen")
    assert reproduce(row).same
    assert "Plassen" not in facts


# -- as it was at first ------------------------------------------------------------------------------
@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """Freezes as a statement was frozen before it told of exceptions and of names."""
    monkeypatch.setattr(freezing, "compose", partial(compose, telling=1))
    monkeypatch.setattr(freezing, "FULLEST", 1)


def test_a_statement_of_before_is_made_again_as_it_was(world: World, granted: Deviation, older: None) -> None:
    row = frozen(world, documents=True)
    assert not any(each.exceptions or each.others for each in statements.opened(row).lines)
    assert b'"exceptions"' not in parse(statements.package(row)).files["lines.jsonl"]
    assert ";de-meren;" in paper(row, "auditorpakket-gegevens.csv")
    assert reproduce(row).same
    row.frame = {key: value for key, value in row.frame.items() if key != "telling"}  # such a one does not say so
    assert reproduce(row).same
    check(statements.package(row))


def test_a_fuller_one_is_not_the_same_bytes(world: World, granted: Deviation, older: None) -> None:
    row = frozen(world)
    row.frame = {**row.frame, "telling": 2}
    assert not reproduce(row).same_root
    assert line_of(row).exceptions == ()
    assert len([each for each in reproducing.replayed(row).lines if each.exceptions]) == 1
