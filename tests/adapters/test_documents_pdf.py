"""The PDF as a screen reader, an archive and another program find it. Looked at with pikepdf, which did not make it."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pikepdf
import pytest

from dijkwacht.adapters.documents import product
from dijkwacht.apps.accountability.document_words import document_words
from dijkwacht.core.statement import Signer
from dijkwacht.core.verdict import Status
from tests.adapters.statements import AT, ROOT, norms, statement

PAPERS = (
    ("bio2-soa", "verklaring-van-toepasselijkheid.pdf"),
    ("bio2-soa", "verklaring-van-toepasselijkheid-openbaar.pdf"),
    ("digid-annex", "collegeverklaring-digid.pdf"),
    ("suwinet-statement", "collegeverklaring-suwinet.pdf"),
    ("ensia-council", "raadsinformatiebrief.pdf"),
    ("cbw-rdi", "cbw-dossier.pdf"),
    ("board-view", "bestuur-een-a4.pdf"),
    ("brp-rvig", "verantwoording.pdf"),
    ("suwinet-statement", "auditorpakket.pdf"),
)


@cache
def made(account: str, name: str, language: str = "nl") -> bytes:
    subject = "digid-loket" if account == "digid-annex" else "dijkstad"
    words = document_words(norms(), language=language)
    return product(name, statement(account, subject=subject), norms(), words=words, root=ROOT)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every structure element below a node, in reading order."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


@pytest.mark.parametrize(("account", "name"), PAPERS)
def test_it_says_that_it_is_accessible_and_lasts(account: str, name: str) -> None:
    pdf = opened(made(account, name))
    with pdf.open_metadata() as found:
        assert found["pdfuaid:part"] == "1"
        assert (found["pdfaid:part"], found["pdfaid:conformance"]) == ("3", "A")
        assert found["dc:title"]
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "nl-NL"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Author"]) == "Gemeente Dijkstad"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20270114")


@pytest.mark.parametrize(("account", "name"), PAPERS)
def test_it_is_tagged_with_headings_and_tables_that_have_heads(account: str, name: str) -> None:
    pdf = opened(made(account, name))
    kinds = Counter(str(each.S) for each in elements(pdf.Root.StructTreeRoot.K))
    assert kinds["/H1"] >= 1
    assert kinds["/Table"] >= 1
    assert kinds["/THead"] == kinds["/Table"]
    assert kinds["/TH"] >= 2 * kinds["/Table"]
    levels = [
        int(str(each.S)[2:])
        for each in elements(pdf.Root.StructTreeRoot.K)
        if str(each.S)[:2] == "/H" and str(each.S)[2:].isdigit()
    ]
    assert all(after - first <= 1 for first, after in zip([0, *levels], levels, strict=False))
    for page in pdf.pages:
        assert page.obj.get("/Tabs") == "/S"
        assert "/StructParents" in page.obj


@pytest.mark.parametrize(("account", "name"), PAPERS)
def test_every_picture_says_in_words_what_it_shows(account: str, name: str) -> None:
    pdf = opened(made(account, name))
    figures = [each for each in elements(pdf.Root.StructTreeRoot.K) if str(each.S) == "/Figure"]
    assert all("regels: " in str(each.Alt) for each in figures)
    assert len(figures) == (0 if "openbaar" in name else 1)


@pytest.mark.parametrize(("account", "name"), PAPERS)
def test_its_data_are_inside(account: str, name: str) -> None:
    pdf = opened(made(account, name))
    files = {str(each.F): each for each in pdf.Root.AF}
    first = name.replace(".pdf", ".csv")
    assert first in files
    assert {str(each.AFRelationship) for each in files.values()} == {"/Data"}
    loose = product(first, statement(account, subject="digid-loket" if account == "digid-annex" else "dijkstad"), norms(),
                    words=document_words(norms()), root=ROOT)  # fmt: skip
    assert pdf.attachments[first].get_file().read_bytes() == loose
    assert str(files[first].EF.F.Subtype) == "/text/csv"


def test_every_typeface_is_inside() -> None:
    pdf = opened(made("cbw-rdi", "cbw-dossier.pdf"))
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            assert "/FontFile3" in each or "/FontFile2" in each


def test_the_language_is_that_of_the_words() -> None:
    pdf = opened(made("ensia-council", "raadsinformatiebrief.pdf", "en"))
    assert str(pdf.Root.Lang) == "en-GB"
    with pdf.open_metadata() as found:
        assert found["dc:title"] == "Letter to the council on information security"


@pytest.mark.parametrize("signed", [True, False])
def test_the_page_for_the_board_is_one_page_whatever_is_in_it(signed: bool) -> None:
    found = statement("board-view", signed=signed)
    long = "Een heel lange titel van een onderwerp dat maar doorgaat " * 5
    lines = tuple(
        replace(line, status=(Status.NOT_MET, Status.MET, Status.UNKNOWN)[at % 3], owner=long, subject="x", subject_name=long,
                stale_at=found.on)
        for at, line in enumerate(found.lines)
    )  # fmt: skip
    signer = Signer(long, "secretary", long, AT) if signed else None
    full = replace(found, lines=lines, signer=signer, organisation=replace(found.organisation, name=long[:120]))
    data = product("bestuur-een-a4.pdf", full, norms(), words=document_words(norms()), root=ROOT, before=found)
    assert len(opened(data).pages) == 1
