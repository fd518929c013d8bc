"""Synthetic messages with their identifiers marked: ``my client [[Anna Example]], 7``.

Nobody is meant: names are combined at random from short lists, numbers are made up or come from
the ranges reserved for drama and tests. The lists were written without looking at the names
that redaction knows.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Sequence

SEED = 20261122
GENERATED = 400

_HERE = Path(__file__).parent

_MARKED = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True)
class Marked:
    """A message and where its identifiers are."""

    text: str
    identifiers: tuple[tuple[int, int], ...]


def read_marked(line: str) -> Marked:
    """The message without its marks, and where they were."""
    text, spans, end = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[end : match.start()]
        spans.append((len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        end = match.end()
    return Marked(text + line[end:], tuple(spans))


def hard_messages() -> list[Marked]:
    """Messages written by hand to be difficult; the rules were tried on them."""
    return _written(_HERE / "hard-messages.txt")


def held_out_messages() -> list[Marked]:
    """Messages written by hand after the rules were settled."""
    return _written(_HERE / "held-out-messages.txt")


def _written(path: Path) -> list[Marked]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [read_marked(line) for line in lines if line and not line.startswith("#")]


def generated_messages(count: int = GENERATED, seed: int = SEED) -> list[Marked]:
    """Messages as practitioners write them, the same for the same seed."""
    return [read_marked(line) for line in _lines(random.Random(seed), count)]


def _lines(choose: random.Random, count: int) -> Iterator[str]:
    styles: Sequence[Callable[[str], str]] = (str, str, str.lower, str.lower, _typos(choose))
    for number in range(count):
        template = _TEMPLATES[number % len(_TEMPLATES)]
        line = re.sub(r"\{(\w+)\}", lambda slot: f"[[{_fill(choose, slot[1])}]]", template)
        yield choose.choice(styles)(line)


def _typos(choose: random.Random) -> Callable[[str], str]:
    """Swap two letters in some ordinary words; what is marked stays as it is."""

    def spoil(line: str) -> str:
        def swap(word: re.Match[str]) -> str:
            letters = list(word.group())
            if choose.random() < 0.25:
                place = choose.randrange(1, len(letters) - 2)
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
            return "".join(letters)

        parts = re.split(r"(\[\[.+?\]\])", line)
        return "".join(
            part if part.startswith("[[") else re.sub(r"\b[a-z]{5,}\b", swap, part)
            for part in parts
        )

    return spoil


def _fill(choose: random.Random, kind: str) -> str:
    if kind == "given":
        return choose.choice(GIVEN_NAMES)
    if kind == "family":
        return choose.choice(_FAMILY)
    if kind == "full":
        return f"{choose.choice(GIVEN_NAMES)} {choose.choice(_FAMILY)}"
    if kind == "initial":
        return choose.choice("BCDEFGHJKLMNPRSTVWZ")
    if kind == "nhs":
        return _nhs_number(choose)
    if kind == "nino":
        pairs = " ".join(_digits(choose, 2) for _ in range(3))
        return f"QQ{pairs}{choose.choice('ABCD')}"
    if kind == "upn":
        return choose.choice("ABHTZ") + _digits(choose, 12)
    if kind == "postcode":
        area, inward = choose.choice(["ZZ", "QZ", "XX"]), choose.choice(["AA", "BD", "XY"])
        return f"{area}{choose.randint(1, 28)} {choose.randint(1, 9)}{inward}"
    if kind == "address":
        return f"{choose.randint(1, 180)} {choose.choice(_STREETS)}"
    if kind == "mobile":
        return f"07700 900{_digits(choose, 3)}"
    if kind == "landline":
        return f"01632 960{_digits(choose, 3)}"
    if kind == "email":
        return f"{choose.choice(GIVEN_NAMES).lower()}.{_digits(choose, 2)}@example.org"
    if kind == "date":
        day, month, year = choose.randint(1, 28), choose.randint(1, 12), choose.randint(2008, 2024)
        written = [f"{day}/{month:02}/{year}", f"{day}.{month}.{year % 100:02}"]
        return choose.choice([*written, f"{day} {_MONTHS[month - 1]} {year}"])
    if kind == "reference":
        digits = _digits(choose, 6)
        return choose.choice([digits, f"CR/{digits}/26", f"LCS{digits}", f"42/{digits}/26"])
    if kind == "url":
        return f"https://records.example.org/person/{_digits(choose, 5)}?tab=notes"
    if kind == "handle":
        return f"@{choose.choice(GIVEN_NAMES).lower().replace(' ', '')}_{_digits(choose, 2)}"
    raise ValueError(kind)


def _digits(choose: random.Random, count: int) -> str:
    return "".join(choose.choice("0123456789") for _ in range(count))


def _nhs_number(choose: random.Random) -> str:
    """A number with a valid checksum in the range kept for tests (it begins with 999)."""
    while True:
        nine = "999" + _digits(choose, 6)
        check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
        if check != 10:
            ten = nine + str(check % 11)
            return f"{ten[:3]} {ten[3:6]} {ten[6:]}"


_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_STREETS = (
    "Acacia Avenue|Example Street|Old Mill Lane|Station Road|Heol y Bont|Primrose Crescent|"
    "Test Terrace|Market St|Elm Grove|Sample Close|Ffordd Newydd|Park View|The Green Lane"
).split("|")
GIVEN_NAMES = (
    "Emma Liam Chloe Kyle Jordan Ella Mason Tyler Kayleigh Connor Shannon Leanne Darren Wayne "
    "Siân Cerys Gwenllian Ieuan Eleri Gethin Tomos Mali Efa Macsen Llinos Rhodri "
    "Zainab Ayesha Harpreet Imran Nasreen Arjun Jasvir Sumaiya Tahmina Rizwan Kiranjeet Fizza "
    "Oluwaseun Chidera Kwabena Adaeze Tendai Abdirahman Hodan Zofia Kacper Ionela Mihai Yusuf "
    "Lacey-Mae Zyaire Keziyah Tamsyn Bobbi-Jo Jaxxon Saoirse Niamh Callum Tegan Mohammed Priya "
    "Summer Grace Will Hope Poppy Jack Ruby Mark Rose Dawn Precious Blessing"
).split()
_FAMILY = (
    "Smith Brown Young Jones Pritchard Llewellyn Ap-Rhys Patel Begum Hussain Chowdhury Kaur Singh "
    "Adeyemi Okonkwo Mensah Warsame Kowalczyk Popescu O'Connor McAllister Hargreaves Wood Cook "
    "Featherstone Illingworth Bevan-Price Rahman Qureshi Sandhu"
).split()
_TEMPLATES = (
    "My client {full} told me her stepdad comes into her room at night, what do I do",
    "A child called {given}, aged 7, has started wetting the bed. Could this be a sign?",
    "I am working with the {family} family and mum {given} says nothing happened",
    "{given} disclosed to me at school today. Who do I tell first?",
    "{given} is 9 and {given} is 4. Do I need to see them apart?",
    "Baby {initial} has bruising and the father will not say how",
    "Child {initial} told her teacher that her brother touches her",
    "NHS number {nhs}, GP wants to know if she may share",
    "can I share this with the GP, nhs no {nhs}, dob {date}",
    "She was born on {date} and lives at {address}, {postcode}",
    "They moved to {address} last week. Which council do I call?",
    "referral for {full} dob {date} NI number {nino}",
    "The pupil's UPN is {upn}. Should school send the file on?",
    "dad's number is {mobile}, should I ring him before the strategy discussion",
    "Nan rang from {landline} to say uncle {given} is back in the house",
    "please email me at {email} about the section 47",
    "Case ref {reference}: police say no further action. What now?",
    "crime reference {reference} but the officer has not rung back, 8 year old girl",
    "the record is at {url} and I need to know what to write in it",
    "He messages her as {handle}. How do I keep the evidence?",
    "Mr {family} the head teacher says we should wait until Monday",
    "Mrs {family} and PC {family} were at the strategy meeting on {date}",
    "{full} ({date}) and sibling {full} ({date}) are on a child protection plan",
    "what should I do if {given} takes back what she said",
    "I think {given}'s dad is abusing her, she is 12 and has a learning disability",
    "her brother {given} who is 15 made her do things. Is this harmful sexual behaviour?",
    "my name is {full}, I am a health visitor in a rural team",
    "the boy, {given}, said his mum's boyfriend {given} hurts him",
    "Social worker {full} has left and nobody has told the family",
    "foster carer says {given} cries after contact with {given}",
    "does the LADO need to know about a teacher, {full}, at our school",
    "we had a referral about {given} {family} from her nursery in Wales",
    "I spoke with {given} and {given} today and both say they are scared of grandad",
    "postcode is {postcode}, who is the out of hours team",
    "Where is the nearest SARC to {postcode}? She is 14 and it happened last night",
    "{initial} told me that her dad watches her in the shower",
    "The review says what about a family like the {family} family, with 3 children",
    "is {given} at risk? he is 3 and lives with a registered sex offender called {full}",
    "Spoke to {given}s mum on {mobile}. She does not believe him.",
    "i have a 6 yr old called {given} who drew a picture of his willy and grandad {given}",
)
