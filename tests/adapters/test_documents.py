"""What the papers of a statement say, and what they keep to themselves."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from dijkwacht.adapters.documents import PUBLIC, media_type, product, product_names, products, to_read
from dijkwacht.adapters.documents.applicability import Applicability
from dijkwacht.adapters.documents.board import BoardPage
from dijkwacht.adapters.documents.cbw import CbwFile
from dijkwacht.adapters.documents.college import BoardStatement
from dijkwacht.adapters.documents.council import CouncilLetter
from dijkwacht.adapters.documents.exceptions import exceptions
from dijkwacht.adapters.documents.model import Cell, Document, Note, Pairs, Sheet, Signature, Table, Workbook
from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.apps.accountability.document_words import document_words
from dijkwacht.core.facts import Assurance
from dijkwacht.core.statement import Statement, UsedFact
from dijkwacht.core.verdict import Reason, Status
from tests.adapters.statements import EXCEPTIONS, NAMES, ON, ROOT, WHO, before, norms, statement

ACCOUNTS = ("bio2-soa", "digid-annex", "suwinet-statement", "ensia-council", "cbw-rdi", "board-view")


@cache
def made(account: str, *, signed: bool = True) -> Statement:
    """The statement on an account, about the connection when it is per connection."""
    per = norms().accounts[account].per
    return statement(account, subject="dijkstad" if per == "organisation" else "digid-loket", signed=signed)


def telling(found: Statement, *, language: str = "nl", earlier: Statement | None = None) -> Telling:
    return Telling(found, norms(), document_words(norms(), language=language), ROOT, earlier)


def text_of(document: Document | Workbook | Sheet) -> str:
    """Everything a reader of it sees."""
    return "\n".join(_texts(document))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for each in value for text in _texts(each)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in _texts(getattr(value, name))]
    return []


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_account_has_its_papers_and_the_auditor_pack(account: str) -> None:
    names = product_names(made(account))
    assert "auditorpakket.pdf" in names
    assert len(names) == len(set(names)) > 9
    assert {media_type(name) for name in names} >= {"application/pdf", "text/csv; charset=utf-8"}


def test_an_account_that_no_product_is_made_for_gets_a_plain_one() -> None:
    found = products(replace(made("cbw-rdi"), account="iets-nieuws"), norms(), words=document_words(norms()), root=ROOT)
    assert {"verantwoording.pdf", "verantwoording.odt", "auditorpakket.pdf"} <= found.keys()


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_same_statement_gives_the_same_bytes(account: str) -> None:
    words = document_words(norms())
    first = products(made(account), norms(), words=words, root=ROOT)
    again = products(made(account), norms(), words=document_words(norms()), root=ROOT)
    assert first == again
    assert tuple(first) == product_names(made(account))


def test_one_product_is_the_same_as_among_all() -> None:
    words, found = document_words(norms()), made("suwinet-statement")
    whole = products(found, norms(), words=words, root=ROOT)
    assert {name: product(name, found, norms(), words=words, root=ROOT) for name in whole} == whole
    with pytest.raises(KeyError):
        product("bestuur-een-a4.pdf", found, norms(), words=words, root=ROOT)


MAKERS = {
    "bio2-soa": lambda told: Applicability(told).whole(),
    "digid-annex": lambda told: BoardStatement(told, "digid").product(),
    "suwinet-statement": lambda told: BoardStatement(told, "suwinet").product(),
    "ensia-council": lambda told: CouncilLetter(told).product(),
    "cbw-rdi": lambda told: CbwFile(told).product(),
    "board-view": lambda told: BoardPage(told).product(),
}


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_paper_says_whose_what_when_and_by_whom(account: str, language: str) -> None:
    document = MAKERS[account](telling(made(account), language=language)).document
    found = text_of(document)
    day = "31 december 2026" if language == "nl" else "31 December 2026"
    known = "14 januari 2027" if language == "nl" else "14 January 2027"
    for wanted in (
        "Gemeente Dijkstad",
        day,
        known,
        "BIO2 1.3",
        ROOT[:16],
        "Esther Kade",
        "Mandaatbesluit 2026, artikel 4",
    ):
        assert wanted in found, wanted
    assert re.search(r"(verklaring|statement) 3", document.marks)
    assert "{page}" in document.page
    assert "{pages}" in document.page


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize(("language", "words"), [("nl", "iet ondertekend"), ("en", "ot signed")])
def test_a_paper_that_nobody_signed_says_so_on_every_page(account: str, language: str, words: str) -> None:
    document = MAKERS[account](telling(made(account, signed=False), language=language)).document
    assert words in document.warning
    assert words in document.marks
    (signature,) = (each for each in document.blocks if isinstance(each, Signature))
    assert not signature.signed
    assert words in signature.lines[0]
    assert not MAKERS[account](telling(made(account))).document.warning


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "concept, nog niet vastgelegd"), ("en", "concept, not frozen yet")]
)
def test_a_concept_says_so_on_every_page_and_claims_no_proof(language: str, words: str) -> None:
    told = telling(replace(made("ensia-council", signed=False), number=0), language=language)
    paper = CouncilLetter(told).product().document
    assert words in paper.marks.lower()
    assert words in paper.warning.lower()
    assert ROOT[:8] not in text_of(paper)
    assert "verzegeld" not in text_of(paper)
    assert "sealed" not in text_of(paper)
    assert to_read("ensia-council") == ("raadsinformatiebrief.pdf",)


@pytest.mark.parametrize("account", ["cbw-rdi", "digid-annex", "suwinet-statement", "ensia-council", "bio2-soa"])
def test_what_the_packs_doubt_is_in_the_paper(account: str) -> None:
    notes = [each for each in MAKERS[account](telling(made(account))).document.blocks if isinstance(each, Note)]
    doubt = norms().accounts[account].about["uncertain"]["nl"]
    assert any(each.title.startswith("Onzeker") and doubt in each.text for each in notes)


class TestApplicability:
    def test_every_measure_stands_in_it_with_whether_it_applies_and_why(self) -> None:
        found = Applicability(telling(made("bio2-soa"))).whole().book.sheets[0]
        assert [row[0] for row in found.rows] == list(norms().accounts["bio2-soa"].requirements)
        at = found.columns.index("Van toepassing")
        assert {row[at] for row in found.rows} <= {"ja", "nee", "nog niet vastgesteld"}
        assert all(row[found.columns.index("Waarom")] for row in found.rows)

    def test_what_does_not_apply_says_why(self) -> None:
        told = telling(made("bio2-soa"))
        (line, *_) = (each for each in told.lines if each.status is Status.NOT_APPLICABLE)
        assert Applicability(told).why(line, public=False) == " ".join(told.reasons(line)[:3])

    def test_whether_it_applies_is_open_while_the_answer_on_which_that_hangs_is_missing(self) -> None:
        told = telling(made("suwinet-statement"))
        line = replace(told.lines[0], status=Status.UNKNOWN, reasons=(Reason("not_asked", fact_type="suwinet.used"),))
        paper = Applicability(told)
        assert paper.applies(line) == "open"
        assert "Suwinet" in paper.why(line, public=False)
        assert paper.why(line, public=True) == "Wordt nog onderzocht"
        assert paper.applies(replace(line, reasons=(Reason("not_asked", fact_type="policy.approved"),))) == "yes"
        assert paper.applies(replace(line, status=Status.NOT_APPLICABLE)) == "no"

    def test_exceptions_stand_in_the_annex_with_reason_owner_and_end(self) -> None:
        document = Applicability(telling(made("bio2-soa"))).whole().document
        annex = text_of(document.blocks[-2:])
        assert "De leverancier levert meerfactor pas in versie 9." in annex
        assert "Hoofd Financiën" in annex
        assert "31 maart 2027" in annex
        assert "11 december 2026 (voorbij)" in annex

    def test_what_does_not_apply_stands_in_the_annex_too(self) -> None:
        told = telling(made("bio2-soa"))
        out = {told.number(line) for line in told.lines if line.status is Status.NOT_APPLICABLE}
        blocks = Applicability(told).whole().document.blocks
        (table,) = (each for each in blocks if isinstance(each, Table) and each.about == "Wat niet van toepassing is")
        assert {row[0] for row in table.rows} == out
        public = text_of(Applicability(told).public().document)
        assert all(number in public.partition("Niet van toepassing: ")[2] for number in out)

    def test_the_whole_version_is_not_for_everyone(self) -> None:
        told = telling(made("bio2-soa"))
        assert "Iedereen (openbaar)" not in text_of(Applicability(told).whole().document)
        assert "Iedereen (openbaar)" in text_of(Applicability(told).public().document)

    def test_an_exception_that_is_over_says_so(self) -> None:
        told = telling(replace(made("bio2-soa"), on=date(2027, 6, 1)))
        assert "31 maart 2027 (voorbij)" in text_of(Applicability(told).whole().document)

    def test_the_public_version_keeps_what_helps_an_attacker_to_itself(self) -> None:
        told = telling(made("bio2-soa"))
        product_ = Applicability(told).public()
        public, whole = (
            text_of(product_.document) + text_of(product_.book),
            text_of(Applicability(told).whole().document),
        )
        for secret in _secrets(told):
            assert secret not in public, secret
        assert any(secret in whole for secret in _secrets(told))
        for status in (Status.PARTLY, Status.NOT_MET, Status.UNKNOWN):
            assert f"\n{told.words.status(status)}\n" not in public
        assert "Vertrouwelijk" not in public
        assert "rust op 2 uitzonderingen, bij" in public

    def test_the_public_version_has_each_number_once(self) -> None:
        sheet = Applicability(telling(made("bio2-soa"))).public().book.sheets[0]
        ids = [row[0] for row in sheet.rows]
        assert sorted(set(ids)) == sorted(norms().accounts["bio2-soa"].requirements)
        assert len(ids) == len(set(ids))

    def test_an_account_may_keep_the_exceptions_out_of_it(self) -> None:
        told = telling(made("bio2-soa"))
        account = norms().accounts["bio2-soa"]
        about = {**account.about, "publication": {"exceptions_annex": False}}
        quiet = replace(norms(), accounts={"bio2-soa": replace(account, about=about)})
        assert "uitzondering, bij" not in text_of(Applicability(replace(told, norms=quiet)).public().document)

    def test_without_exceptions_it_says_so(self) -> None:
        lines = tuple(replace(line, facts=()) for line in made("bio2-soa").lines)
        told = telling(replace(made("bio2-soa"), lines=lines))
        assert "rust op geen enkele uitzondering" in text_of(Applicability(told).whole().document)


GRANTED = {
    "reason": "De balie is een monument.", "until": "2027-03-01", "mandate": "college", "instead": "Een gastvrouw kijkt mee.",
    "risk": "14",
}  # fmt: skip


def with_granted(rested: bool = False) -> Statement:
    """The statement in which an exception from 7.8 was granted; ``rested``: on which the line rests as well."""
    whole = made("bio2-soa")
    fact = UsedFact(
        "9001", "dijkstad", "Gemeente Dijkstad", "soa.control_7_8.exception", GRANTED, ON, None, ON, None,
        Assurance.DOCUMENTED, "person", "Esther Kade", 99,
    )  # fmt: skip
    lines = tuple(
        replace(line, exceptions=(fact,), facts=(fact,) if rested else line.facts)
        if line.requirement == "iso27002:7.8" else line
        for line in whole.lines
    )  # fmt: skip
    return replace(whole, lines=lines)


class TestGrantedExceptions:
    @pytest.mark.parametrize("rested", [False, True])
    def test_the_annex_says_all_of_it_once(self, rested: bool) -> None:
        told = telling(with_granted(rested))
        document = Applicability(told).whole().document
        (table,) = (
            each for each in document.blocks if isinstance(each, Table) and each.about == "Bijlage: Uitzonderingen"
        )
        (row,) = (each for each in table.rows if "7.8" in each)
        text = "\n".join(map(str, row))
        title = told.title(next(line for line in told.lines if line.requirement == "iso27002:7.8"))
        for each in (title, GRANTED["reason"], GRANTED["instead"], "1 maart 2027", "(Esther Kade)", "risico 14"):
            assert each in text
        assert len(table.rows) == 3
        sheet = next(each for each in Applicability(told).whole().book.sheets if each.name == "uitzonderingen")
        assert {"Toegestaan door", "Wat in de plaats komt", "Nummer van het risico"} <= set(sheet.columns)

    def test_the_public_version_tells_till_when_and_in_which_role(self) -> None:
        told = telling(with_granted())
        made_ = Applicability(told).public()
        public = text_of(made_.document) + text_of(made_.book)
        for secret in (GRANTED["reason"], GRANTED["instead"], "risico 14", *_secrets(told)):
            assert secret not in public, secret
        table = next(
            each for each in made_.document.blocks if isinstance(each, Table) and "Uitzonderingen" in each.about
        )
        (row,) = (each for each in table.rows if each[0] == "7.8")
        assert row[2:] == ("1 maart 2027", told.words.role("college").capitalize())
        signed_by = [each for each in text_of(made_.document).splitlines() if "Esther Kade" in each]
        assert len(signed_by) == text_of(Applicability(telling(made("bio2-soa"))).public().document).count(
            "Esther Kade"
        )

    def test_a_statement_without_one_is_as_it_was(self) -> None:
        titles = (
            "Nr",
            "Bij nummer",
            "Waarvan wordt afgeweken",
            "Reden",
            "Eigenaar",
            "Tot en met",
            "Vastgelegd door, op",
        )
        (table,) = (
            each for each in Applicability(telling(made("bio2-soa"))).whole().document.blocks
            if isinstance(each, Table) and each.about == "Bijlage: Uitzonderingen"
        )  # fmt: skip
        assert tuple(each.title for each in table.columns) == titles

    def test_other_papers_count_only_those_on_which_a_line_rests(self) -> None:
        assert (len(exceptions(telling(with_granted()))), len(exceptions(telling(with_granted(rested=True))))) == (2, 3)


def test_another_organisation_by_its_name() -> None:
    whole = made("cbw-rdi")
    (first, *rest) = (line for line in whole.lines if line.facts)
    theirs = replace(first.facts[0], inherited_from="de-meren")
    for others, called in (({"de-meren": "GR De Meren"}, "GR De Meren"), ({}, "de-meren")):
        line = replace(first, facts=(theirs, *first.facts[1:]), others=others)
        files = products(replace(whole, lines=(line, *rest)), norms(), words=telling(whole).words, root=ROOT)
        cells = {cell for row in rows(files["auditorpakket-gegevens.csv"]) for cell in row}
        assert cells & {"GR De Meren", "de-meren"} == {called}


def _secrets(told: Telling) -> set[str]:
    """What may never leave the house: reasons, names of what we have, who answered, evidence, exceptions."""
    subjects = {name for key, name in NAMES.items() if key not in ("dijkstad", "gemeentehuis")}
    facts = [fact for line in told.lines for fact in line.facts]
    evidence = {text for fact in facts for mark in fact.evidence for text in (mark.name, mark.sha256[:16])}
    reasons = {reason for line in told.lines for reason in told.reasons(line)}
    exempted = {text for _, _, reason, owner, _ in EXCEPTIONS for text in (reason, owner)}
    return {name for name in subjects if len(name) > 10} | set(WHO) | evidence | reasons | exempted


@pytest.mark.parametrize("account", ["bio2-soa", "ensia-council"])
def test_no_public_file_holds_a_secret(account: str) -> None:
    told = telling(made(account))
    found = products(made(account), norms(), words=told.words, root=ROOT)
    public = {name: data for name, data in found.items() if name in PUBLIC}
    assert public
    for name, data in public.items():
        if name.endswith(".csv"):
            text = data.decode()
            assert [secret for secret in _secrets(told) if secret in text] == [], name


class TestBoardStatement:
    def test_digid_has_annexes_b_and_c_of_the_connection(self) -> None:
        document = BoardStatement(telling(made("digid-annex")), "digid").product().document
        found = text_of(document)
        assert "Bijlage B: de aansluiting DigiD Burgerloket" in found
        assert "Bijlage C: oordeel per norm voor DigiD Burgerloket" in found
        assert "niet in een openbare bron gevonden" in found
        assert "Burgerloket Software BV" in found
        tables = [each for each in document.blocks if isinstance(each, Table) and each.columns[2].title == "Gevraagd"]
        asked = {row[0]: row[2] for table in tables for row in table.rows}
        assert len(asked) == 21
        assert {number for number, what in asked.items() if what == "werking"} == {
            "U/TV.01",
            "U/WA.02",
            "C.07",
            "C.08",
            "C.09",
        }

    def test_suwinet_is_never_a_full_account(self) -> None:
        document = BoardStatement(telling(made("suwinet-statement")), "suwinet").product().document
        (loud,) = (each for each in document.blocks if isinstance(each, Note) and each.loud)
        assert "nooit als volledige verantwoording" in loud.text

    def test_a_joint_arrangement_has_no_college(self) -> None:
        found = made("suwinet-statement")
        shared = replace(found, organisation=replace(found.organisation, kind="joint_arrangement"))
        told = text_of(BoardStatement(telling(shared), "suwinet").product().document)
        assert "Het dagelijks bestuur van Gemeente Dijkstad verklaart" in told
        assert "burgemeester en wethouders" not in told

    def test_each_connection_has_annexes_of_its_own(self) -> None:
        found = made("digid-annex")
        other = tuple(
            replace(line, subject="parkeren", subject_name="DigiD Parkeren", facts=()) for line in found.lines
        )
        both = replace(found, subject=found.organisation.slug, lines=(*found.lines, *other))
        told = text_of(BoardStatement(telling(both), "digid").product().document)
        assert "onze 2 DigiD-aansluitingen samen" in told
        for name in ("DigiD Burgerloket", "DigiD Parkeren"):
            assert f"Bijlage B: de aansluiting {name}" in told
            assert f"Bijlage C: oordeel per norm voor {name}" in told

    def test_what_is_not_in_order_comes_worst_first(self) -> None:
        blocks = BoardStatement(telling(made("digid-annex")), "digid").product().document.blocks
        (table,) = (each for each in blocks if isinstance(each, Table) and each.about.startswith("Niet, deels"))
        order = [Status.NOT_MET, Status.PARTLY, Status.UNKNOWN]
        shown = [cell.status for row in table.rows if isinstance(cell := row[2], Cell)]
        assert shown == sorted(shown, key=lambda each: order.index(each or Status.UNKNOWN))

    def test_a_doubt_about_several_numbers_stands_there_once(self) -> None:
        found = text_of(BoardStatement(telling(made("digid-annex")), "digid").product().document)
        assert "Onzeker bij U/NW.03, U/NW.04, U/NW.05, U/NW.06: " in found


@pytest.mark.parametrize(("account", "interim"), [("digid-annex", True), ("ensia-council", True), ("cbw-rdi", False)])
def test_on_another_day_than_the_fixed_one_a_paper_is_an_interim_state(account: str, interim: bool) -> None:
    early = telling(replace(made(account), on=date(2026, 11, 25)))
    assert (
        "Deze verantwoording heeft 31 december als peildatum" in text_of(MAKERS[account](early).document)
    ) is interim
    assert "Tussenstand" not in text_of(MAKERS[account](telling(made(account))).document)


def test_a_paper_names_the_norms_it_rests_on_and_no_others() -> None:
    assert telling(made("digid-annex")).versions == "DigiD 3.0, BIO2 1.3"


def test_what_the_secretary_submits_is_no_statement_of_the_board() -> None:
    signed = text_of(BoardPage(telling(made("board-view"))).product().document)
    assert "Voorgelegd aan het college van burgemeester en wethouders van Gemeente Dijkstad door Esther Kade" in signed
    assert "Namens" not in signed
    unsigned = text_of(BoardPage(telling(made("board-view", signed=False))).product().document)
    assert "nog niet voorgelegd aan het college" in unsigned


class TestCouncil:
    def test_its_list_tells_of_a_number_only_whether_it_is_in_order(self) -> None:
        sheet = CouncilLetter(telling(made("ensia-council"))).product().book.sheets[1]
        assert {row[-1] for row in sheet.rows} == {"op orde", "nog niet aangetoond", "niet van toepassing"}
        assert [row[0] for row in sheet.rows] == list(norms().accounts["ensia-council"].requirements)

    def test_the_figures_add_up(self) -> None:
        letter = CouncilLetter(telling(made("ensia-council")))
        (table,) = (each for each in letter.product().document.blocks if isinstance(each, Table))
        *themes, total = [[int(_plain(cell)) for cell in row[1:]] for row in table.rows]
        assert [sum(column) for column in zip(*themes, strict=True)] == total
        assert sum(total) == len(made("ensia-council").lines)

    def test_it_tells_what_changed_since_the_one_before(self) -> None:
        now = made("ensia-council")
        was = before(now)
        better = sum(
            line.status is Status.MET and old.status is not Status.MET
            for line, old in zip(now.lines, was.lines, strict=True)
        )
        told = text_of(CouncilLetter(telling(now, earlier=was)).product().document)
        assert f"Sindsdien op orde gekomen: {better}. Niet meer op orde: 0." in told
        assert "Sindsdien" not in text_of(CouncilLetter(telling(now)).product().document)


def _plain(cell: str | Cell) -> str:
    return cell.text if isinstance(cell, Cell) else cell


class TestCbw:
    def test_the_ten_measures_come_first_and_every_duty_is_told(self) -> None:
        document = CbwFile(telling(made("cbw-rdi"))).product().document
        ten, others = (
            each for each in document.blocks if isinstance(each, Table) and each.columns[0].title == "Artikel"
        )
        assert [row[0] for row in ten.rows] == [f"Cbw 21 lid 3 onder {letter}" for letter in "abcdefghij"]
        assert len(others.rows) == len(made("cbw-rdi").lines) - 10
        found = text_of(document)
        for line in made("cbw-rdi").lines:
            assert line.requirement in found
            assert all(mark.sha256[:16] in found for fact in line.facts for mark in fact.evidence)


class TestBoardPage:
    def test_it_asks_for_decisions(self) -> None:
        lines = [
            replace(line, facts=fact_line.facts)
            for line, fact_line in zip(made("board-view").lines, _with_exceptions(), strict=False)
        ]
        told = telling(replace(made("board-view"), lines=tuple(lines)))
        assert exceptions(told)
        found = text_of(BoardPage(told).product().document)
        assert "eindigt op 31 maart 2027: wat komt ervoor in de plaats?" in found
        assert "hier bent u zelf aan zet" in found
        assert "wijs iemand aan die het uitzoekt" in found

    def test_what_runs_out_is_soonest_first(self) -> None:
        page = BoardPage(telling(made("board-view")))
        table = [each for each in page.product().document.blocks if isinstance(each, Table)][-1]
        days = sorted(
            line.stale_at
            for line in made("board-view").lines
            if line.stale_at and line.status is Status.MET and line.stale_at <= page.until
        )
        assert [row[1] for row in table.rows] == [page.told.day(day) for day in days[: len(table.rows)]]

    def test_an_empty_statement_is_told_too(self) -> None:
        found = text_of(BoardPage(telling(replace(made("board-view"), lines=()))).product().document)
        assert "0 van de 0" in found
        assert "Er ligt nu niets om te beslissen." in found


def _with_exceptions() -> list:
    return sorted(made("bio2-soa").lines, key=lambda line: not any("exception" in fact.fact for fact in line.facts))


class TestLists:
    def test_the_auditor_gets_every_line_fact_and_hash_whole(self) -> None:
        found, words = made("cbw-rdi"), document_words(norms())
        names = ("auditorpakket.csv", "auditorpakket-gegevens.csv", "auditorpakket-bewijs.csv")
        lines, facts, evidence = (rows(product(name, found, norms(), words=words, root=ROOT)) for name in names)
        assert [row[0] for row in lines[1:]] == [line.requirement for line in found.lines]
        assert len(facts) - 1 == sum(len(line.facts) for line in found.lines)
        hashes = {mark.sha256 for line in found.lines for fact in line.facts for mark in fact.evidence}
        assert {row[0] for row in evidence[1:]} == hashes
        assert facts[1][facts[0].index("Gezegd door")] in WHO

    def test_the_verdict_of_the_statement_before_stands_beside_it(self) -> None:
        found = made("cbw-rdi")
        data = product(
            "auditorpakket.csv", found, norms(), words=document_words(norms()), root=ROOT, before=before(found)
        )
        head, *body = rows(data)
        assert body[0][head.index("Oordeel vorige verklaring")] == "onbekend"
        words = document_words(norms())
        assert [row[head.index("Oordeel")] for row in body] == [words.status(line.status) for line in found.lines]

    def test_a_requirement_that_the_packs_do_not_know_keeps_its_number(self) -> None:
        found = made("suwinet-statement")
        strange = replace(found, lines=(replace(found.lines[0], requirement="oud:9.9"),))
        (_, line) = rows(product("auditorpakket.csv", strange, norms(), words=document_words(norms()), root=ROOT))
        assert line[0] == "oud:9.9"
        assert products(strange, norms(), words=document_words(norms()), root=ROOT)


def test_a_statement_that_replaces_another_says_which_and_why() -> None:
    found = replace(made("cbw-rdi"), replaces=2, why="Het oude rustte op een verkeerd bewijs.")
    (pairs,) = (each for each in CbwFile(telling(found)).product().document.blocks if isinstance(each, Pairs))
    assert "vervangt nummer 2: Het oude rustte op een verkeerd bewijs." in dict(pairs.rows)["Verklaring"]


def test_the_reference_date_of_these_tests_is_that_of_ensia() -> None:
    assert date(2026, 12, 31) == ON
