"""What is masked, what stays, and the floors under the figures of docs/privacy.md."""

from __future__ import annotations

import pytest

from assistant.privacy.redaction import Redactor, shared_redactor
from benchmarks.redaction import questions_without_identifiers, score
from tests.privacy.messages import generated_messages, hard_messages, held_out_messages


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return shared_redactor()


CASES = {
    "my client zofia nowak, 7, told her teacher": "my client [name], 7, told her teacher",
    "her NHS number is 999 000 0018": "her NHS number is [NHS number]",
    "and 999 000 0019 has a wrong check digit": "and [number] has a wrong check digit",
    "NI number qq 12 34 56 c": "NI number [National Insurance number]",
    "UPN A123456789012": "UPN [pupil number]",
    "at 14 Acacia Avenue, ZZ9 9ZZ": "at [address]",
    "call 07700 900123 or +44 7700 900 123": "call [phone number] or [phone number]",
    "write to a.b@example.org": "write to [e-mail address]",
    "born 14/3/2016, seen 3 May 2026": "born [date], seen [date]",
    "case ref LCS1234567": "case ref [reference]",
    "crime reference 42/12345/26": "crime reference [reference]",
    "he wrote as @zeb_99": "he wrote as [user name]",
    "see https://records.example.org/4711?a=b": "see [link]",
    "Baby S, and child AB said so": "Baby [name], and child [name] said so",
    "Will told me. Will you help?": "[name] told me. Will you help?",
    "a girl called summer": "a girl called [name]",
    "siân and gwenllian live with taid": "[name] and [name] live with taid",
    "we read Oliver Twist with Oliver": "we read Oliver Twist with [name]",
    "is it good law after Re K?": "is it good law after Re K?",
    "MY CLIENT HARPREET SAYS NO": "MY CLIENT [name] SAYS NO",
}


@pytest.mark.parametrize("text", CASES)
def test_identifiers_are_masked_by_kind(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text) == CASES[text]


@pytest.mark.parametrize(
    "text",
    [
        "a 7 year old boy in Year 4, his 15-year-old brother and their foster carer",
        "Do I call 999, 101 or the LADO?",
        "Does KCSIE 2026 say so, or Working Together, section 47?",
        "She rang Childline and the Lucy Faithfull Foundation",
        "the review of November 2024 looked at 136 incidents",
        "The Designated Safeguarding Lead and the Health Visitor in Wales",
    ],
)
def test_what_carries_meaning_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text) == text


def test_redacting_twice_changes_nothing(redactor: Redactor) -> None:
    for message in [*hard_messages(), *held_out_messages()]:
        once = redactor.redact(message.text)
        assert redactor.redact(once) == once


def test_recall_and_precision_on_generated_messages(redactor: Redactor) -> None:
    messages = generated_messages()
    assert len(messages) >= 300
    total = score(redactor, messages)
    assert total.recall >= 0.99, total.misses
    assert total.precision >= 0.98, total.needless


def test_recall_and_precision_on_hard_messages(redactor: Redactor) -> None:
    total = score(redactor, hard_messages())
    assert total.recall >= 0.97, total.misses
    assert total.precision >= 0.97, total.needless


def test_recall_and_precision_on_messages_written_after_the_rules(redactor: Redactor) -> None:
    total = score(redactor, held_out_messages())
    assert total.recall >= 0.90, total.misses
    assert total.precision >= 0.95, total.needless


def test_hardly_a_question_without_identifiers_is_touched(redactor: Redactor) -> None:
    questions = questions_without_identifiers()
    assert len(score(redactor, questions).needless) <= len(questions) / 100


def test_a_text_too_long_to_look_at_is_not_kept(redactor: Redactor) -> None:
    assert redactor.redact("why " * 10_000) == "[withheld]"


def test_data_is_redacted_at_every_depth(redactor: Redactor) -> None:
    data = {"a": ["Harpreet", {"b": ("07700 900123", 7, None, True)}]}
    redacted = {"a": ["[name]", {"b": ["[phone number]", 7, None, True]}]}
    assert redactor.redact_data(data) == redacted
