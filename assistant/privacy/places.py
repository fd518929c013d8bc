"""Addresses, schools, surgeries, places of worship and cars: what tells where a family is found.

A street or a school is known by its kind ("road", "nursery"); the words before or behind it are
its name if they are no ordinary description ("the next road", "a special school").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator, Optional

from assistant.privacy.name_recogniser import is_term
from assistant.privacy.recognisers import LIKELY, POSSIBLE, SHORT_WORDS, Finding
from assistant.privacy.vocabulary import fold, is_english, names

_TOKEN = re.compile(r"[^\W_]{1,60}(?:['&-][^\W_]{1,60}){0,4}'?")
_NUMBER = re.compile(r"\d{1,4}[a-z]?(?:-\d{1,4}[a-z]?)?", re.IGNORECASE)
_POSTCODE = re.compile(r",? ?[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.IGNORECASE)
# Royal Mail's postcode areas of England and Wales.
_AREAS = (
    "(?:A[L]|B[ABDHLNRS]?|C[ABFHMORTVWT]|D[AEHLNTY]|E[CNX]?|FY|G[LUY]|H[ADGPRUX]|I[GP]|JE|K[T]|"
    "L[ADELNSU]?|M[EK]?|N[EGNPRW]?|O[LX]|P[ELOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[AFNQRSW]|UB|"
    "W[ACDFNRSV]?|YO)"
)
_TOWN_WITH_POSTCODE = re.compile(
    r"\b(?P<place>(?!(?:Part|Annex|Form|Section|Band|Level|Grade|Tier|Unit|Stage|Appendix|Block|"
    r"Group|Zone|Exhibit|Room|Class|Set|Paper|Question)\b)"
    r"[A-Z][a-z]{2,20}(?:[ -](?:[A-Z][a-z]{2,20}|on|upon|in|le|by)){0,3},? "
    rf"(?:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|{_AREAS}\d[A-Z\d]?(?<=\w\w\w))(?![\w/-]))"
)

_AFTER_TOWN = re.compile(r"[.,;)\"”]|\n|$| (?:with|and|since|where|on|as) ")

# Kinds of street that are hardly anything else, and those that are ordinary words too.
_STREETS = frozenset(
    "street road rd avenue ave lane ln crescent cres terrace terr grove mews boulevard blvd parade "
    "gdns yd cottages heol ffordd stryd".split()
)
_STREETS_OR_WORDS = frozenset(
    "close court crt drive dr gardens garden green hill park place rise row square sq st view "
    "walk way wharf yard quay quays buildings tower towers villas path alley copse glebe meadow "
    "meadows fold croft bank mount end field fields mead heights mansions estate dell spinney "
    "orchard orchards paddock paddocks leys lea hollow ridge common elms oaks limes firs beeches "
    "willows mill forge wood woods drove gate chase vale dene mere moor brow nook gap hatch "
    "bridge wells cottage house lodge farm barn villa manor av cl ct gdn pl pk ter hse cott bldgs "
    "side approach circus gate precinct esplanade promenade steps wynd brae loan causeway parkway "
    "broadway ginnel brow".split()
)
_ANY_STREET = _STREETS | _STREETS_OR_WORDS
# Of those the ones that need a capital, because in lower case they are hardly ever a street.
_STREETS_IN_CAPITALS = frozenset("av cl ct pl pk ter side approach circus".split())
# What may stand behind a street as a part of the address.
_SITES = frozenset("site estate caravan traveller travellers depot".split())
_WELSH = frozenset(
    "heol ffordd stryd maes lon clos cwrt rhodfa gerddi bryn pen tan ty cae llys nant parc rhes "
    "tre coed glan erw dol pant".split()
)
_HOMES = frozenset(
    "house cottage lodge farm barn villa manor mansions towers tower forge mill foyer hostel hotel "
    "court hall heights point buildings building refuge".split()
)
_DWELLINGS = frozenset(
    "flat flt apartment apt unit caravan plot pitch maisonette bungalow bedsit rm".split()
)
_WHICH_FLAT = frozenset(
    "garden basement attic top ground first second third floor studio upper lower rear "
    "front".split()
)
_ADDRESS_LABELS = frozenset("address addr".split())
_OF_TEXTS = frozenset("section sections s page chapter part article schedule para rule".split())
_IN_ADDRESSES = frozenset("nr near the y yr of at by c/o".split())
_BESIDE = frozenset("above over below behind under beside opposite".split())
# No part of a name, with a capital or without.
_GRAMMAR = frozenset(
    "a an and any are as at be been both but by can did do does each every for from had has have "
    "he her here him his how i if in into is it its just like me more most my near no not of off "
    "on one only or other our out over own per she since so some such than that the their them "
    "then there these they this those through to two under until up us was we were what when "
    "where which while who whose why will with without would you your i'm im hes shes he's she's "
    "child children mr mrs miss ms dr pc dsl sw mum dad".split()
)
# In lower case: counted things, and what people do at a place.
_NO_NAME = _GRAMMAR | frozenset(
    "back case cases first last long many new-build next same school times time year years yr yrs "
    "day days week weeks month months hour hours minute minutes min mins metre metres mile miles "
    "boy boys girl girls kid kids man men woman women people person sibling siblings visit visits "
    "adult adults nearest local different particular page pages way few down across along round "
    "around behind opposite beside between during after before about against towards outside "
    "inside went goes going go come comes came leave leaves left live lives lived attend attends "
    "attended know knows said says told tell tells ask asks asked wanted want wants got get gets "
    "my also now still very too really quite never always often maybe please could should must "
    "may might shall being mums mum's dads dad's son son's daughter daughter's child's brother's "
    "sister's friend friends friend's nan's uncle's".split()
)
# What may stand between the name of a place and its kind.
_OF_ITS_KIND = frozenset(
    "special primary secondary junior infant infants juniors high comprehensive grammar private "
    "public independent boarding residential faith church catholic methodist anglican baptist rc "
    "c e cofe coe cofe's pentecostal orthodox quran islamic muslim jewish hindu sikh christian "
    "welsh medium day pre pre-school preschool holiday upper lower middle first nursery school "
    "academy college medical health gp doctors dental general community district children's "
    "childrens leisure sports sport football rugby cricket boxing gymnastics swimming karate judo "
    "dance drama youth care nursing foster riding scout cub caravan a&e boys girls boys' girls' "
    "social tennis hockey running athletics".split()
)
# What describes a school or a surgery without naming it.
_GENERIC = (
    _NO_NAME
    | _OF_ITS_KIND
    | frozenset(
        "state mainstream of england evangelical sunday english after-school "
        "out-of-school wraparound "
        "breakfast summer night evening weekend free forest nurseries schools colleges hospital "
        "hospitals surgery surgeries doctor's dentist walk-in teaching kids' mental psychiatric "
        "secure specialist maternity acute nhs university city town village parish family centre "
        "center club clubs group groups team home homes unit ward practice clinic mosque temple "
        "mandir gurdwara synagogue chapel cathedral scouts cubs brownie brownies guide "
        "guides beaver "
        "beavers cadet cadets army trust boys' girls' mixed single-sex whole big second "
        "third virtual "
        "online old new main busy quiet little small good bad safe nice lovely head teacher staff "
        "pupil pupils student students class reception form sixth worker nurse governor governors "
        "transport bus run trip trips gate gates play plays because another previous "
        "former current "
        "nearby".split()
    )
)
_COURTS = frozenset(
    "family county crown youth magistrates magistrate supreme criminal civil coroner's "
    "high moot".split()
)
_BLESSED = re.compile(
    r"\b(?:sacred heart|holy (?:trinity|family|cross|rood|name)|all (?:saints|souls)|good shepherd|"
    r"christ the king|our lady(?: of [a-z]{2,20}| queen of [a-z]{2,20})?|corpus christi|"
    r"immaculate (?:heart|conception))\b",
    re.IGNORECASE,
)
_SCHOOLS = frozenset(
    "school primary infants infant juniors junior academy college nursery nurseries preschool "
    "pre-school playgroup kindergarten comprehensive comp high grammar montessori".split()
)
_OTHER_PLACES = frozenset(
    "surgery hospital infirmary hospice church chapel cathedral mosque masjid temple mandir "
    "gurdwara synagogue tabernacle parish priory dojo stables ministries fc afc taxis "
    "cabs minicabs garage salon bakery cafe gym arms hotel restaurant takeaway kebabs stores "
    "library stadium".split()
)
_TWO_WORD_PLACES = frozenset(
    "police/station fire/station medical/centre medical/practice medical/center "
    "medical/group gp/practice health/centre "
    "leisure/centre sports/centre community/centre youth/centre children's/centre family/centre "
    "children's/home childrens/home care/home nursing/home football/club rugby/club cricket/club "
    "boxing/club gymnastics/club swimming/club youth/club karate/club judo/club church/hall "
    "village/hall day/nursery holiday/park scout/group general/a&e boys/club boys'/club girls/club "
    "girls'/club social/club tennis/club hockey/club running/club athletics/club".split()
)
_CLUBS = frozenset("rovers wanderers athletic albion harriers united rangers colts".split())
_VILLAGE = re.compile(
    r"\b(?:in|at|near|from|to|of|around|outside|by|for) "
    r"(?P<place>(?:Upper|Lower|Nether|Over|Great|Little|North|South|East|West|Old|New|Long|High|"
    r"Market|Castle|Temple|Stoke|Chipping|Royal|Much|Kings|Bishops|Abbots)"
    r"[ -](?P<name>[A-Z][a-z]{3,20}))\b"
)
"""A village with a word before its name, which would be left."""
_TEAM = re.compile(
    r"\b(?P<name>[A-Z][\w'-]{2,20}(?: [A-Z][\w'-]{2,20}){0,2}) "
    r"(?:J?FC|JAFC|AFC|RFC|RUFC|RLFC|ASC|SC|ABC|CC|HC|GC|LTC|CAMHS|Dental|General|Unit)(?!\w)"
)
_PO_BOX = re.compile(r"\bP\.?O\.? ?Box \d{1,6}\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:of|at|from|to|lives?|living|addr?ess(?: is|:)?) "
    r"(?P<place>\d{1,4}[a-z]? (?!(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b)[A-Z][a-z']{2,20} [A-Z][a-z]{2,20}(?:, [A-Z][a-z]{3,20})?)\b"
)
"""A house in a street whose kind no list has: "61 Skinner's Rake"."""
_PARTNERS = re.compile(r"\bDrs? [A-Z][\w'-]{1,20} (?:&|and) [Pp]artners\b")
_AGE_GROUP = re.compile(r"u\d{1,2}s?|under-\d{1,2}s")
_CHILDCARE = re.compile(
    r"\b(?:nursery|pre-?school|playgroup|child ?mind|childcare|day ?care|creche|crèche|key ?worker|"
    r"after-?school|early years)",
    re.IGNORECASE,
)
_NAMED_AFTER = frozenset("ysgol ysbyty capel masjid gurdwara mandir camp hmp hmyoi".split())
_BEFORE_PLACES = frozenset(
    "at to from attend attends attended near in of by on up down off outside into "
    "opposite behind".split()
)
_BEFORE_PLAIN_NAMES = frozenset("busy little bright happy tiny big small old new".split())
_PLATE_CUES = (
    r"(?:reg(?:istration)?|(?:number|licen[cs]e) ?plate|plates?|vrm|vrn|car|van|taxi|cab|vehicle|"
    r"lorry|truck|motorbike|moped|minibus|drives|driving|bmw|audi|astra|corsa|fiesta|golf|focus|"
    r"parked|trailer|tractor|quad|scooter|merc(?:edes)?|ford|transit|polo|yaris|honda|toyota|nissan|"
    r"vauxhall|peugeot|renault|kia|tesla|range ?rover|land ?rover)"
)
_PLATE = (
    r"(?:[a-z]{2} ?\d{2} ?[a-z]{3}|[a-z] ?\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,4} ?[a-z]?|"
    r"(?-i:[A-Z]{1,2}) ?\d{3,4}|\d{1,4} ?(?-i:[A-Z]{1,3}))"
)
_PLATES = re.compile(
    r"(?<![\w/-])"
    # With a 0 for an O among its last letters too.
    r"(?:(?P<current>[a-hj-pr-y][a-hj-y][ -]?\d{2}[ -]?(?=[a-z\d]?[a-z])[a-hj-pr-z0]{3})"
    r"|(?P<prefix>[a-hj-y] ?\d{1,3}[ -]?[a-hj-pr-z]{3})"  # also Q: of no known year
    r"|(?P<suffix>[a-hj-pr-z]{3} ?\d{1,3}[ -]?[a-hj-np-z])"
    # Northern Irish: an I or a Z among three letters, and no year of an abbreviation.
    r"|(?P<northern>(?=[a-z]{0,2}[iz])[a-z]{3}[ -]?(?!(?:19|20)\d\d)\d{3,4}))(?![\w/-])",
    re.IGNORECASE,
)
_ANNOUNCED_PLATE = re.compile(
    rf"\b{_PLATE_CUES}(?:[ ,:;(]{{1,2}}[\w']{{1,20}}){{0,2}}[ ,:;(\"]{{1,3}}"
    rf"(?P<id>(?<!\w){_PLATE})(?![\w/-])",
    re.IGNORECASE,
)

# After "reg" or "plate" also one that spells words, or a part of one: "M1 KEY", "starts LD22".
_SAID_TO_BE_A_PLATE = re.compile(
    r"\b(?:reg(?:istration)?|plates?|vr[mn])(?:[ :]{1,2}(?:is|was|no|number|starts|starting|begins|"
    r"beginning|ends|ending|with|in|partial)){0,2}[ :\"]{1,3}"
    r"(?P<id>(?-i:[A-Z]{1,2} ?\d{1,3} ?[A-Z]{3}|[A-Z]{2}\d{2}|[A-Z]\d{1,3}))(?![\w/-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    lower: str
    gap: str  # what stands between it and the token before

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.text) is not None


class PlaceRecogniser:
    """Finds addresses, named places and car registrations in plain text."""

    def __init__(self, kept: re.Pattern[str]) -> None:
        """Take the names of organisations that stay."""
        self._kept = kept

    def find(self, text: str) -> Iterator[Finding]:
        """All of them; findings may overlap."""
        yield from (Finding(*one.span(), "PLACE", POSSIBLE) for one in _BLESSED.finditer(text))
        for town in _TOWN_WITH_POSTCODE.finditer(text):
            if _ANY_STREET.isdisjoint(re.findall(r"[a-z]+", town["place"].lower())):
                yield Finding(*town.span("place"), "ADDRESS", LIKELY)
        kept = [match.span() for match in self._kept.finditer(text)]
        for found in [*_Places(text).find(), *_villages(text), *_plates(text)]:
            if not any(start <= found.start < end for start, end in kept):
                yield found


def _is_welsh_street(word: str) -> bool:
    """ "heol-y-felin", in one word."""
    first, *_, last = word.split("-")
    return first in _WELSH and not is_english(last)


def _villages(text: str) -> Iterator[Finding]:
    for match in _VILLAGE.finditer(text):
        if not is_english(fold(match["name"])):
            yield Finding(*match.span("place"), "PLACE", LIKELY)
    for match in _TEAM.finditer(text):
        words = match["name"].split()
        if any(fold(word) in _CLUBS or not is_english(fold(word)) for word in words):
            yield Finding(*match.span(), "PLACE", LIKELY)
    yield from (Finding(*one.span(), "PLACE", LIKELY) for one in _PARTNERS.finditer(text))
    yield from (Finding(*one.span(), "ADDRESS", LIKELY) for one in _PO_BOX.finditer(text))
    for match in _NUMBERED.finditer(text):
        words = re.findall(r"[a-z']+", match["place"].lower())
        if not any(is_term(word) for word in words):
            yield Finding(*match.span("place"), "ADDRESS", LIKELY)


def _plates(text: str) -> Iterator[Finding]:
    for match in _ANNOUNCED_PLATE.finditer(text):
        if _is_announced_plate(match["id"]):
            yield Finding(*match.span("id"), "CAR", LIKELY)
    for match in _SAID_TO_BE_A_PLATE.finditer(text):
        yield Finding(*match.span("id"), "CAR", LIKELY)
    for match in _PLATES.finditer(text):
        if _is_plate(match):
            yield Finding(*match.span(), "CAR", LIKELY)


def _is_announced_plate(plate: str) -> bool:
    """ "4417 RH" and "A 1234" as well, but no "car 2 DSL", "parked 10 mins", "driving 2019"."""
    letters = [part for part in re.findall(r"[a-z]+", plate.lower()) if len(part) > 1]
    if plate.isupper():
        return any(
            part not in SHORT_WORDS and (len(part) < 3 or not _is_word(part)) for part in letters
        )
    return any(not _is_word(part) for part in letters)


def _is_plate(match: re.Match[str]) -> bool:
    """ "KV19 XTL", "p834kwo"; not "in 15 min", "y5 boy", "S47 NFA"."""
    plate = match.group()
    if match["northern"]:
        quoted = match.string[match.start() - 1 : match.end() + 1] == f'"{plate}"'
        return quoted or not _is_word(plate[:3].lower())
    if match["current"]:  # "MV64 B0J"
        plate = plate[:-3] + plate[-3:].replace("0", "O" if plate.isupper() else "o")
    first, last = re.findall(r"[a-z]+", plate.lower())
    apart = re.search(r"[a-z] \d", plate, re.IGNORECASE) is not None
    spaced = " " in plate
    trio = last if len(last) == 3 else first
    if _is_word(trio):
        # "DA15 DAY" is one if it is written so.
        return (
            match["current"] is not None and plate.isupper() and not apart and not _is_word(first)
        )
    if match["current"]:
        return not (apart and (first in SHORT_WORDS if plate.isupper() else _is_word(first)))
    digits = len(re.sub(r"\D", "", plate))
    if match["prefix"]:
        return (
            digits > 1
            and (not apart or digits == 3)
            and (plate.isupper() or not spaced or digits == 3)
        )
    return digits > 1 and (plate.isupper() or not spaced)


def _is_word(letters: str) -> bool:
    return is_term(letters) or is_english(letters)


class _Places:
    """One text's tokens, and the places among them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._split(text))
        self._cares_for_children = _CHILDCARE.search(text) is not None

    def _split(self, text: str) -> Iterator[_Token]:
        end = 0
        for match in _TOKEN.finditer(text):
            word = match.group()
            yield _Token(match.start(), match.end(), word, word.lower(), text[end : match.start()])
            end = match.end()

    def find(self) -> Iterator[Finding]:
        """Addresses and places by the word that says what they are."""
        for index, token in enumerate(self._tokens):
            if token.lower in _ANY_STREET and (
                token.capital or token.lower not in _STREETS_IN_CAPITALS
            ):
                yield from self._street(index)
            if token.lower in _ADDRESS_LABELS:
                yield from self._labelled(index)
            if token.lower in _WELSH or ("-" in token.text and _is_welsh_street(token.lower)):
                yield from self._welsh(index)
            if token.lower in _DWELLINGS:
                yield from self._dwelling(index)
            if self._place_ends(index):
                yield from self._place(index)
            if token.lower in _NAMED_AFTER:
                yield from self._named_after(index)
            if token.lower == "st":
                yield from self._saint(index)
            if self._cares_for_children and token.lower in _BEFORE_PLAIN_NAMES:
                yield from self._plain_name(index)

    # Streets

    def _street(self, index: int) -> Iterator[Finding]:
        """ "14 Acacia Avenue", "16 the glebe", "Mill Lane", "marlpit gardens number 9"."""
        sure = self._tokens[index].lower in _STREETS
        first = self._name_before(index, 3)
        if self._tokens[index].lower == "court" and self._tokens[index - 1].lower in _COURTS:
            return
        number = self._number_before(first)
        if number is None and self._at(first - 1, "the") and not sure:
            number = self._number_before(first - 1) if first == index else None
        named = first < index
        if number is not None and (named or not sure):
            if named or self._at(index - 1, "the"):
                yield self._address(number, index, LIKELY)
            return
        if not named:
            return
        behind = self._number_behind(index, sure)
        capitals = all(token.capital for token in self._tokens[first : index + 1])
        if behind is not None and (sure or capitals or behind > index + 1):
            yield self._address(first, behind, LIKELY)
        elif self._has_name(first, index, sure, capitals):
            yield self._address(first, index, LIKELY if sure else POSSIBLE)

    def _has_name(self, first: int, index: int, sure: bool, capitals: bool) -> bool:
        """Without a number: a name in capitals, or after "in", "on" and the like."""
        before = self._tokens[first - 1].lower if first else ""
        if capitals and (sure or index - first > 0) and self._inside(first):
            followed = _POSTCODE.match(self._text, self._tokens[index].end) is not None
            in_it = before in _BEFORE_PLACES or followed or self._comma_before(first)
            return sure or (in_it and self._tokens[index].lower not in {"park", "st"}) or followed
        placed = before in _BEFORE_PLACES or (
            before == "the" and first > 1 and self._tokens[first - 2].lower in {"on", "in", "at"}
        )
        strange = any(not is_english(token.lower) for token in self._tokens[first:index])
        if sure:
            return placed and self._tokens[first].lower not in {"high", "memory"}
        return placed and strange and self._tokens[index].lower in {"close", "drive", "gardens"}

    def _name_before(self, index: int, most: int) -> int:
        """Where the name begins that ends before a token: the first of at most so many words."""
        first = index
        while first > 0 and index - first < most:
            if self._tokens[first].gap not in {" ", ". "} or self._ends_name(first - 1):
                break
            first -= 1
        return first

    def _ends_name(self, index: int) -> bool:
        """True if the token cannot be a part of a street's or a school's name."""
        token = self._tokens[index]
        if token.capital and self._inside(index):
            return token.lower in _GRAMMAR
        return token.lower in _NO_NAME or token.text[0].isdigit()

    def _number_before(self, first: int) -> Optional[int]:
        """The house number, with "no" or "number" and the flat before it."""
        if first < 1 or self._tokens[first].gap not in {" ", ", "}:
            return None
        if not self._tokens[first - 1].is_number:
            return None
        number = first - 1
        if number > 0 and self._tokens[number - 1].lower in _OF_TEXTS:
            return None  # "section 20 accommodation end"
        if number > 0 and self._tokens[number].gap == "/" and self._tokens[number - 1].is_number:
            number -= 1  # "2/1 Sorrel Court"
        if number > 0 and self._tokens[number - 1].lower in {"no", "number", "nr"}:
            number -= 1
        return number

    def _number_behind(self, index: int, sure: bool) -> Optional[int]:
        after = index + 1
        if self._at(after, "number") or self._at(after, "no") or self._at(after, "nr"):
            after += 1
        elif not sure:
            return None
        if after >= len(self._tokens) or not self._tokens[after].is_number:
            return None
        if self._tokens[after].gap not in {" ", ", ", ". "}:
            return None
        following = self._tokens[after + 1].lower if after + 1 < len(self._tokens) else ""
        return None if following in {"am", "pm", "times", "years", "minutes", "days"} else after

    def _address(self, first: int, last: int, score: float) -> Finding:
        """The address with the dwelling or house name before it and the town behind it."""
        return Finding(
            self._tokens[self._house_before(first)].start,
            self._tokens[self._town_behind(self._site_behind(last))].end,
            "ADDRESS",
            score,
        )

    def _site_behind(self, last: int) -> int:
        """ "Hatchet Lane Site"."""
        if last + 1 == len(self._tokens):
            return last
        site = self._tokens[last + 1]
        named = site.gap == " " and site.capital and site.lower in _SITES
        return last + named

    def _house_before(self, first: int) -> int:
        """ "Flat 6, 112 Mill Lane", "The Old Forge, Mill Lane", "Rm 6 Jubilee Foyer, 70 ..."."""
        flat = self._flat_before(first)
        if flat < first or first < 1 or self._tokens[first].gap not in {", ", "\n"}:
            return flat
        before = first - 1
        if self._tokens[before].lower not in _HOMES or not self._tokens[before].capital:
            return first
        start = self._name_before(before, 3)
        if start > 0 and self._tokens[start - 1].lower == "the":
            start -= 1
        return self._flat_before(start)

    def _flat_before(self, first: int) -> int:
        """ "Flat 6,", "garden flat,", "flat 2, above the chip shop,"."""
        if first < 1 or self._tokens[first].gap not in {", ", " ", "\n"}:
            return first
        for beside in range(first - 1, max(first - 6, 0), -1):
            if self._tokens[beside].lower in _BESIDE and self._tokens[first].gap == ", ":
                flat = self._flat_before(beside)
                return flat if flat < beside else first
        before = first - 1
        if before > 0 and self._tokens[before].is_number and self._tokens[before].gap == "/":
            before -= 1
        dwellings = _DWELLINGS | {"room"}  # before a house; elsewhere a room is a classroom
        if before > 0 and self._tokens[before].lower not in dwellings:
            before -= 1
        if self._tokens[before].lower not in dwellings:
            return first
        while before > 0 and self._tokens[before].gap == " ":
            if self._tokens[before - 1].lower not in _WHICH_FLAT:
                break
            before -= 1
        return before

    def _labelled(self, index: int) -> Iterator[Finding]:
        """ "Address: The Old Forge, Pant-y-Celyn, nr Llanfair": whatever names a place."""
        last, commas, strange = index, 0, False
        for place in range(index + 1, min(index + 13, len(self._tokens))):
            token = self._tokens[place]
            if token.gap not in ({": ", ":", ":\n"} if place == index + 1 else {" ", ", ", "-"}):
                break
            if not (token.capital or token.is_number or token.lower in _IN_ADDRESSES):
                break
            if is_term(token.lower):
                break
            commas += token.gap == ", "
            strange = strange or not is_english(token.lower)
            last = place
        while last > index and self._tokens[last].lower in _IN_ADDRESSES:
            last -= 1
        if last > index + 1 and (commas or strange):
            yield Finding(
                self._tokens[index + 1].start, self._tokens[last].end, "ADDRESS", POSSIBLE
            )

    def _town_behind(self, last: int) -> int:
        """ ", Castlebridge" and further names up to the postcode."""
        end = last
        for _ in range(3):
            town = end + 1
            if town >= len(self._tokens) or self._tokens[town].gap not in {", ", ",", ",\n", "\n"}:
                break
            words = 0
            while words < 3 and self._is_town(town + words, words):
                words += 1
            followed = town + words - 1
            if not words:
                break
            strange = any(
                not is_english(token.lower) for token in self._tokens[town : followed + 1]
            )
            postcode = _POSTCODE.match(self._text, self._tokens[followed].end) is not None
            # A town that is a word too: "14 Larch Close, Hull." A small word may follow.
            ends = _AFTER_TOWN.match(self._text, self._tokens[followed].end) is not None
            if not (strange or postcode or words > 1 or ends):
                break
            end = followed
        return end

    def _is_town(self, index: int, words: int) -> bool:
        if index >= len(self._tokens) or (words and self._tokens[index].gap != " "):
            return False
        token = self._tokens[index]
        known = token.lower in _GRAMMAR or is_term(token.lower)
        return token.capital and len(token.text) > 2 and token.text.isalpha() and not known

    def _welsh(self, index: int) -> Iterator[Finding]:
        """ "3 Heol y Bont", "4 Pen y Bryn"."""
        number = self._number_before(index)
        last = index
        while last < index + 3 and last + 1 < len(self._tokens):
            token = self._tokens[last + 1]
            if token.gap not in {" ", "-"} or not (
                token.capital or token.lower in {"y", "yr", "ap"} or not is_english(token.lower)
            ):
                break
            last += 1
        if number is not None and (last > index or "-" in self._tokens[index].text):
            yield self._address(number, last, LIKELY)
        elif last > index and self._tokens[index].lower in _STREETS and self._tokens[index].capital:
            yield self._address(index, last, LIKELY)

    def _dwelling(self, index: int) -> Iterator[Finding]:
        """ "flat 12b", "Caravan 18, Seafield Holiday Park", "apartment 304 mercer wharf"."""
        after = index + 1
        if self._at(after, "no") or self._at(after, "number"):
            after += 1
        if after >= len(self._tokens):
            return
        token = self._tokens[after]
        if not token.is_number or token.gap not in {" ", ". ", ", "}:
            return
        if after + 1 < len(self._tokens) and self._tokens[after + 1].gap == "/":
            after += self._tokens[after + 1].is_number  # "flat 2/1"
        last = after
        for more in range(1, 5):
            if after + more >= len(self._tokens) or self._tokens[after + more].gap not in {
                " ",
                ", ",
            }:
                break
            if self._ends_name(after + more) and not self._tokens[after + more].is_number:
                break
            if self._tokens[after + more].lower in _ANY_STREET | {"point"}:
                last = after + more
        yield self._address(index, last, LIKELY)

    # Schools, surgeries, places of worship

    def _place_ends(self, index: int) -> bool:
        """True if the token says what kind of place the words before it name."""
        token = self._tokens[index]
        if token.lower in _SCHOOLS or token.lower in _OTHER_PLACES:
            return True
        if token.lower in {"house", "lodge", "hall"} | _CLUBS and token.capital:
            return True
        pair = f"{self._tokens[index - 1].lower}/{token.lower}" if index else ""
        return pair in _TWO_WORD_PLACES

    def _place(self, index: int) -> Iterator[Finding]:
        """The name before the kind of place, with the words of kind between them."""
        kinds = index
        while kinds > 0 and self._tokens[kinds].gap in {" ", "-"}:
            before = self._tokens[kinds - 1].lower
            if before not in _OF_ITS_KIND and not (before == "of" and self._at(kinds, "e")):
                break
            kinds -= 1
        first = (
            self._name_before(kinds, 4) if self._tokens[kinds].gap in {" ", "-", "'s "} else kinds
        )
        while first < kinds and not self._names_place(first, kinds, index):
            first += 1
        if first == kinds:
            if not self._is_plural_name(kinds, index):
                return
            first = kinds - 1
        first = self._with_capitals_before(first)
        while first > 0 and self._tokens[first - 1].lower in _BEFORE_PLAIN_NAMES - {"old", "new"}:
            if self._tokens[first].gap != " ":
                break
            first -= 1
        last = index
        while last + 1 < len(self._tokens) and last < index + 3:
            more = self._tokens[last + 1]
            more_kind = more.lower in _SCHOOLS | _OTHER_PLACES | {"hall", "centre"}
            if more.gap != " " or not (more_kind or _AGE_GROUP.fullmatch(more.lower)):
                break
            last += 1
        yield Finding(self._tokens[first].start, self._tokens[last].end, "PLACE", LIKELY)

    def _is_plural_name(self, kinds: int, index: int) -> bool:
        """ "cygnets nursery"."""
        if kinds == 0 or self._tokens[index].lower not in {
            "nursery",
            "pre-school",
            "preschool",
            "playgroup",
        }:
            return False
        named = self._tokens[kinds - 1].lower
        plural = named.endswith("s") and not named.endswith(("'s", "ss")) and len(named) > 4
        return plural and named not in _GENERIC and self._tokens[kinds].gap == " "

    def _plain_name(self, index: int) -> Iterator[Finding]:
        """ "Little Acorns", "Busy Bees", where a nursery is spoken of."""
        after = index + 1
        if after < len(self._tokens) and self._tokens[after].gap == " ":
            named = self._tokens[after].capital and self._tokens[after].lower.endswith("s")
            if named and self._tokens[index].capital and self._tokens[after].lower not in _GENERIC:
                yield Finding(self._tokens[index].start, self._tokens[after].end, "PLACE", POSSIBLE)

    def _with_capitals_before(self, first: int) -> int:
        """ "Our Lady of Sorrows", "Holy Trinity": the capitals before belong to it."""
        while first > 0:
            before = first - 1
            if before > 0 and self._tokens[before].lower in {"of", "and", "&"}:
                before -= 1
            token = self._tokens[before]
            joined = all(self._tokens[one].gap == " " for one in range(before + 1, first + 1))
            if not (joined and token.capital and self._tokens[first].capital):
                break
            if token.lower in _GRAMMAR or (token.lower in _GENERIC and not self._inside(before)):
                break
            if before < first - 1 and token.lower in _GENERIC:
                break  # "Head of Larkmead School"
            first = before
        return first

    def _names_place(self, first: int, kinds: int, index: int) -> bool:
        """True if a name may begin here: a capital inside a sentence, or no English word."""
        token = self._tokens[first]
        if (
            token.lower in _GENERIC
            or is_term(token.lower)
            or (len(token.text) < 3 and token.lower != "st")
        ):
            return False
        kind = self._tokens[index]
        strange = not is_english(token.lower)
        home = kind.lower in {"house", "lodge", "hall"}
        if token.capital:
            shown = kind.capital or (self._tokens[kinds - 1].capital and self._inside(first))
            return (shown and (self._inside(first) or kind.capital)) or (strange and not home)
        if home or kind.lower in {"fc", "parish"}:
            return False
        if strange and (token.lower in names() or len(token.lower) > 4):
            return True
        led = first
        while led > 0 and self._tokens[led - 1].lower in _BEFORE_PLAIN_NAMES:
            led -= 1
        before = self._tokens[led - 1].lower if led else ""
        if kind.lower == "comp" and before == "school":
            return True
        weak = {"school", "college", "church", "hospital", "temple", "high", "infant", "junior"}
        return before in _BEFORE_PLACES and (kind.lower not in weak or kinds < index)

    def _named_after(self, index: int) -> Iterator[Finding]:
        """ "Ysgol Llanfedw", "jamia masjid noor", "Camp Wildwater"."""
        last = index
        while last < index + 4 and last + 1 < len(self._tokens):
            token = self._tokens[last + 1]
            named = token.capital or (not is_english(token.lower) and len(token.lower) > 2)
            if token.gap not in {" ", "-"} or not named:
                break
            last += 1
        first = index
        if index and self._tokens[index].gap == " " and self._tokens[index - 1].lower == "jamia":
            first -= 1
        camp = self._tokens[index].lower == "camp" and not self._tokens[index].capital
        if last > index and not camp:
            yield Finding(self._tokens[first].start, self._tokens[last].end, "PLACE", LIKELY)

    def _saint(self, index: int) -> Iterator[Finding]:
        """ "St Aldric's", "st bernadettes", with what stands behind: "church hall", "primary"."""
        name = index + 1
        if name >= len(self._tokens) or self._tokens[name].gap not in {" ", ". ", "."}:
            return
        token = self._tokens[name]
        bare = re.sub(r"'?s?'?$", "", fold(token.lower))
        if len(bare) < 3 or token.text[0].isdigit() or token.lower in _NO_NAME:
            return
        named = token.capital and self._tokens[index].capital
        placed = index > 0 and self._tokens[index - 1].lower in _BEFORE_PLACES
        if not (named or placed or bare in names() or not is_english(token.lower)):
            return
        last = name
        while last + 1 < len(self._tokens) and last < name + 6:
            more = self._tokens[last + 1]
            if more.gap not in {" ", "-"} or not (
                more.lower in _OF_ITS_KIND
                or more.lower in _SCHOOLS | _OTHER_PLACES | {"hall", "of"}
            ):
                break
            last += 1
        while last > name and self._tokens[last].lower == "of":
            last -= 1
        yield Finding(self._tokens[index].start, self._tokens[last].end, "PLACE", LIKELY)

    # What stands around

    def _at(self, index: int, word: str) -> bool:
        return 0 <= index < len(self._tokens) and self._tokens[index].lower == word

    def _inside(self, index: int) -> bool:
        """True if the token does not open a sentence, so that a capital says something."""
        return index > 0 and re.search(r"[.!?:;\n\"•]", self._tokens[index].gap) is None

    def _comma_before(self, index: int) -> bool:
        return self._tokens[index].gap == ", "
