"""The few words around an answer, in the language of the answer."""

from __future__ import annotations

from pydantic import BaseModel


class Words(BaseModel):
    """What every channel says round an answer's own words. The defaults are the English."""

    who_to_contact: str = "Who to contact"
    sources: str = "Sources"
    more: str = "More on this"
    in_the_review: str = "In the review"
    nearest_in_the_review: str = "Nearest in the review"
    must: str = "Must"
    should: str = "should"
    may: str = "may"
    or_: str = "or"
    call: str = "Call"
    form: str = "Referral form"
    website: str = "Website"
    steps: str = "More help and what to do"
    checked: str = "Checked"
    months: tuple[str, ...] = (  # whatever the machine's language is
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )

    class Config:
        frozen = True


ENGLISH_WORDS = Words()

__all__ = ["ENGLISH_WORDS", "Words"]
