"""Identity and reference numbers and telephone numbers."""

from __future__ import annotations

import pytest

from assistant.privacy.numbers import NUMBER_PATTERNS, STATUTORY_INSTRUMENT, is_form_number
from assistant.privacy.redaction import shared_redactor
from tests.privacy.finding import found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("NHS number 999 000 0018", "999 000 0018"),
        ("NI qq 12 34 56 c", "qq 12 34 56 c"),
        ("UPN A123456789012", "A123456789012"),
        ("ring 07700 900123 ext 4", "07700 900123 ext 4"),
        ("case ref LCS1234567", "LCS1234567"),
        ("incident 231 of 5 May", "231 of 5 May"),
        ("a log number, 0419", "0419"),
        ("ring oh double seven double oh nine hundred one two three", "oh double seven"),
        ("PNC 04/123456X", "04/123456X"),
        ("the card ending 4417", "4417"),
        ("as A1079 shows", "A1079"),
        ("my number there was 5214", "5214"),
        ("its number, which they gave late, is AB-COMP-0417", "AB-COMP-0417"),
        ("a note of it: LCS 30417", "LCS 30417"),
        ("DS Verity 4417 came", "4417"),
        ("inc 0417 of 04MAR2025", "0417 of 04MAR2025"),
        ("unit TX41 went", "TX41"),
        ("General ward, bed 14", "bed 14"),
        ("bed 14 on the next ward", "bed 14"),
        ("IBAN GB29 ZZZZ 6016 1331 9268 19", "GB29 ZZZZ 6016 1331 9268 19"),
        ("child benefit CHB10441744 AB", "CHB10441744 AB"),
        ("the last four digits are 4417", "4417"),
        ("on 07700 nine hundred 118", "07700 nine hundred 118"),
        ("ref JH/ab/2091", "JH/ab/2091"),
        ("order RCJ/FD24P00512", "RCJ/FD24P00512"),
        ("my phone is o7700 9oo 123", "o7700 9oo 123"),
    ],
)
def test_a_number_is_found(text: str, number: str) -> None:
    assert any(number in span for span in found(NUMBER_PATTERNS, text))


@pytest.mark.parametrize(
    "text",
    [
        "call 999",
        "in 2018-2024",
        "section 47",
        "form C100",
        "4 of 12",
        "off the A1079",
        "ooooooooooo",
        "the number of referrals was 1400",
        "wets the bed 14 times",
        "an SF/CIN/2 form",
        "GBP 12000",
        "CASE NOTE 18:40. OCCURRENCE LOG 22:14",
    ],
)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert not found(NUMBER_PATTERNS, text)


def test_a_number_with_a_wrong_check_digit_is_no_nhs_number() -> None:
    kinds = {
        finding.kind for pattern in NUMBER_PATTERNS for finding in pattern.find("999 000 0019")
    }
    assert kinds == {"NUMBER"}


def test_forms_and_guidelines_are_everybodys() -> None:
    assert is_form_number("C100") and is_form_number("PD12J") and not is_form_number("LCS123")


def test_a_time_of_day_behind_a_log_is_no_reference() -> None:
    assert not found(NUMBER_PATTERNS, "Duty log 21:15: he was out. Phone note 08.45 next")
    assert found(NUMBER_PATTERNS, "Duty log 211508") == ["211508"]


def test_a_threshold_for_marac_is_no_number_of_a_case() -> None:
    assert not found(NUMBER_PATTERNS, "our line for MARAC is 15")
    assert found(NUMBER_PATTERNS, "MARAC 1507") == ["1507"]


def test_a_statutory_instrument_is_a_law() -> None:
    assert STATUTORY_INSTRUMENT.search("reg 24 (SI 2010/959)")
    redactor = shared_redactor()
    assert not redactor.find("reg 24 of SI 2010/959") and redactor.find("our file 2010/959")
