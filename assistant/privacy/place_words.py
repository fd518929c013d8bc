"""Words by which places are told; ``names/place-words.txt`` says what each list shows."""

from __future__ import annotations

from assistant.privacy.vocabulary import word_sets

_LISTS = word_sets("place-words.txt")

STREETS = _LISTS["streets"]
STREETS_OR_WORDS = _LISTS["streets-or-words"]
ANY_STREET = STREETS | STREETS_OR_WORDS
STREETS_IN_CAPITALS = _LISTS["streets-in-capitals"]
SITES = _LISTS["sites"]
WELSH = _LISTS["welsh"]
HOMES = _LISTS["homes"]
DWELLINGS = _LISTS["dwellings"]
WHICH_FLAT = _LISTS["which-flat"]
ADDRESS_LABELS = _LISTS["address-labels"]
OF_TEXTS = _LISTS["of-texts"]
IN_ADDRESSES = _LISTS["in-addresses"]
BESIDE = _LISTS["beside"]
GRAMMAR = _LISTS["grammar"]
NO_NAME = GRAMMAR | _LISTS["no-name"]
OF_ITS_KIND = _LISTS["of-its-kind"]
GENERIC = NO_NAME | OF_ITS_KIND | _LISTS["generic"]
COURTS = _LISTS["courts"]
SCHOOLS = _LISTS["schools"]
OTHER_PLACES = _LISTS["other-places"]
TWO_WORD_PLACES = _LISTS["two-word-places"]
CLUBS = _LISTS["clubs"]
NAMED_AFTER = _LISTS["named-after"]
BEFORE_PLACES = _LISTS["before-places"]
BEFORE_STREETS = _LISTS["before-streets"]
BEFORE_PLAIN_NAMES = _LISTS["before-plain-names"]
SMALL_TOWNS = _LISTS["small-towns"]
TOWNS = SMALL_TOWNS | _LISTS["large-towns"]
ORGANISATIONS = _LISTS["organisations"]
ORGANISATIONS_IN_LOWER_CASE = _LISTS["organisations-in-lower-case"]
TWO_WORD_ORGANISATIONS = _LISTS["two-word-organisations"]
ORDINARY_BEFORE_ORGANISATIONS = _LISTS["ordinary-before-organisations"]
