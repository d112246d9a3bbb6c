"""From words to what a page shows: groups, counts, editions, sentences, and bands over time."""

from datetime import timedelta

from dijkwacht.apps.perimeter.bands import Piece, band
from dijkwacht.apps.perimeter.models import Reading
from dijkwacht.apps.perimeter.queries.issues import Standing
from dijkwacht.apps.perimeter.verdict_rows import groups, row_of
from dijkwacht.apps.perimeter.verdict_words import (
    GROUPS,
    WORDS,
    changes_sentence,
    home_sentence,
    name_sentence,
    trouble,
)
from dijkwacht.norms.read import policy_on
from tests.perimeter.conftest import NOW, TODAY

POLICY = policy_on(TODAY)


def reading(key: str, word: str = "passed", **more) -> Reading:
    area, check = key.split(".")
    filled = {"peer": word, "law": word, "norm": word, "since": NOW, **more}
    return Reading(area=area, check_id=check, word=word, **filled)


def test_every_check_of_the_packs_has_a_group_with_a_title() -> None:
    found = groups([reading(key) for key in POLICY.rules], POLICY)
    assert sum(len(group.rows) for group in found) == len(POLICY.rules)
    assert all(group.title for group in found)
    assert {group.id.partition("-")[2] for group in found} <= set(GROUPS)
    assert [group.area for group in found] == sorted(
        (group.area for group in found), key=["web", "mail", "names"].index
    )


def test_a_check_that_no_pack_knows_is_shown_all_the_same() -> None:
    (group,) = groups([reading("names.brand_new", "failed")], POLICY)
    assert (group.id, group.rows[0].title, group.clean) == ("names-own", "brand_new", False)


def test_the_worst_first_and_counted() -> None:
    keys = ("web.https_exists", "web.https_hsts", "web.https_forced", "web.tls_version")
    rows = [reading(key, word) for key, word in zip(keys, ("passed", "not_tested", "failed", "passed"), strict=True)]
    (group,) = groups(rows, POLICY)
    assert [row.reading.word for row in group.rows] == ["failed", "not_tested", "passed", "passed"]
    assert group.counts == (("failed", 1), ("passed", 2), ("not_tested", 1))
    (group,) = groups([reading("web.https_hsts", "failed", confirmed=False)], POLICY)
    assert group.counts == (("suspected", 1),)
    assert not group.clean


def test_certificates_and_transport_of_mail_stand_apart() -> None:
    keys = ("web.cert_trust", "web.tls_version", "mail.cert_trust", "mail.tls_version", "web.cookies", "mail.spf")
    found = {group.id for group in groups([reading(key) for key in keys], POLICY)}
    assert found == {"web-certificate", "web-tls", "mail-mail_tls", "web-headers", "mail-auth"}


def test_editions_only_where_a_check_knows_them() -> None:
    plain = row_of(reading("web.tls_version", "failed", law="passed", targets=[{"target": "x", "word": "failed"}]))
    assert (plain.law, plain.norm) == ("", "")
    told = [{"target": "x", "word": "failed", "editions": {"tls-2021": "passed", "tls-2025": "failed"}}]
    both = row_of(reading("web.tls_version", "failed", law="passed", targets=told, peer="warning"))
    assert (both.law, both.norm, both.peer) == ("passed", "failed", "warning")


def test_reasons_are_sentences_and_never_twice_the_same() -> None:
    why = {"code": "hsts_none"}
    row = row_of(reading("web.https_hsts", "failed", targets=[{"target": "x", "word": "failed", "why": [why, why]}]))
    (sentence,) = row.targets[0].sentences
    assert sentence.endswith(".")
    assert row.suspected is False
    assert row_of(reading("web.https_hsts", "failed", confirmed=False)).suspected


def test_a_band_fills_its_time_and_what_was_short_is_seen() -> None:
    pieces = [
        Piece("passed", False, NOW, NOW + timedelta(days=5)),
        Piece("failed", True, NOW + timedelta(days=5), NOW + timedelta(days=5, seconds=1)),
        Piece("failed", False, NOW + timedelta(days=5, seconds=1), None),
    ]
    drawn = str(band(pieces, start=NOW, end=NOW + timedelta(days=10), key="k", title="<b>", text="told"))
    assert 'band__piece--passed" x="0.0" y="0" width="500.0"' in drawn
    assert 'band__piece--suspected" x="500.0" y="0" width="4.0"' in drawn
    assert 'band__piece--failed" x="500.0" y="0" width="500.0"' in drawn
    assert "&lt;b&gt;" in drawn
    assert " style=" not in drawn


def test_a_band_of_no_time_at_all() -> None:
    assert 'width="4.0"' in str(
        band([Piece("passed", False, NOW, None)], start=NOW, end=NOW, key="k", title="", text="")
    )


def standing(**more) -> Standing:
    usual = {"wrong": 0, "oldest": None, "pressing": 0, "late": 0, "attention": 0, "explained": 0, "suspected": 0}
    return Standing(**{**usual, **more})


def test_the_sentence_of_the_front_page() -> None:
    told = home_sentence(standing(wrong=4, oldest=NOW, late=1, pressing=2), names=3, measured=True)
    when = "the oldest since 25 November 2026"
    assert told == f"Four things are wrong, {when}; one is too late, two must be mended this week."
    one = home_sentence(standing(wrong=1, oldest=NOW), names=3, measured=True)
    assert one == "One thing is wrong, since 25 November 2026."
    assert home_sentence(standing(wrong=12, oldest=NOW), names=3, measured=True).startswith("12 things")


def test_other_sentences() -> None:
    assert name_sentence(0, 0, 0, seen=True) == "All that was measured is good."
    both = name_sentence(1, 0, 1, suspected=2, seen=True)
    assert both == (
        "One check says that something is wrong; two suspicions are measured again; one could not be measured."
    )
    assert name_sentence(0, 2, 0, seen=True) == "Nothing is wrong, two checks ask attention."
    assert changes_sentence(2, 3, since=TODAY) == "Since 25 November 2026 three words turned at two names."
    assert trouble("denied:no_consent") == "there is no consent to measure it"
    assert trouble("something_new") == "something_new"
    assert set(WORDS) == {"passed", "info", "warning", "failed", "not_tested", "error", "suspected"}
