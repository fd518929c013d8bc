"""What practitioners shorten, written out: the sentence encoder has never met "LADO" or "tmrw".

The short form is kept beside the long one where it is a term of the field, so that both
can be learned from.
"""

from __future__ import annotations

import re

# Terms of the field. Lower case; matched as whole words.
TERMS = {
    "abe": "achieving best evidence police interview",
    "camhs": "child mental health service",
    "cafcass": "family court advisory service cafcass",
    "ceop": "online child exploitation police",
    "cin": "child in need",
    "cic": "child in care",
    "cp": "child protection",
    "cpc": "child protection conference",
    "cpp": "child protection plan",
    "cps": "crown prosecution service",
    "csa": "child sexual abuse",
    "csc": "children's social care",
    "cse": "child sexual exploitation",
    "csam": "child sexual abuse images",
    "dbs": "disclosure and barring service",
    "dsl": "designated safeguarding lead",
    "ddsl": "deputy designated safeguarding lead",
    "dv": "domestic violence",
    "edt": "emergency duty team out of hours",
    "ehcp": "education health and care plan",
    "fgm": "female genital mutilation",
    "fii": "fabricated illness",
    "gdpr": "data protection",
    "hsb": "harmful sexual behaviour",
    "hv": "health visitor",
    "icpc": "initial child protection conference",
    "idva": "domestic abuse adviser",
    "isva": "sexual violence adviser",
    "ifcsa": "child sexual abuse in the family",
    "iicsa": "independent inquiry into child sexual abuse",
    "iro": "independent reviewing officer",
    "jtai": "joint inspection",
    "kcsie": "keeping children safe in education",
    "la": "local authority",
    "lac": "looked after child",
    "lado": "designated officer for allegations against staff",
    "lscp": "safeguarding children partnership",
    "marac": "domestic abuse risk meeting",
    "mappa": "public protection arrangements for offenders",
    "mash": "multi-agency safeguarding hub",
    "nfa": "no further action",
    "nai": "injury that was no accident",
    "npcc": "police chiefs",
    "pace": "police interview of a suspect",
    "ppo": "police protection order",
    "ppu": "police public protection unit",
    "rcpc": "review child protection conference",
    "rso": "registered sex offender",
    "rui": "released under investigation",
    "s17": "section 17 child in need",
    "s20": "section 20 accommodation",
    "s47": "section 47 enquiry",
    "s.47": "section 47 enquiry",
    "sarc": "sexual assault referral centre",
    "sen": "special educational needs",
    "send": "special educational needs",
    "sgo": "special guardianship order",
    "shpo": "sexual harm prevention order",
    "strat": "strategy discussion",
    "sti": "sexual infection",
    "sw": "social worker",
    "ta": "teaching assistant",
    "wt": "working together",
    "yot": "youth offending team",
    "yjs": "youth justice service",
}

# Everyday shorthand of phones and case notes.
EVERYDAY = {
    "2day": "today",
    "2moro": "tomorrow",
    "2morrow": "tomorrow",
    "2nite": "tonight",
    "abt": "about",
    "appt": "appointment",
    "b4": "before",
    "bc": "because",
    "bf": "boyfriend",
    "cd": "could",
    "clld": "called",
    "cos": "because",
    "cud": "could",
    "cuz": "because",
    "dnt": "don't",
    "dont": "don't",
    "eve": "evening",
    "gd": "grandad",
    "gf": "girlfriend",
    "hse": "house",
    "idk": "i don't know",
    "im": "i'm",
    "ive": "i've",
    "mins": "minutes",
    "mo": "moment",
    "msg": "message",
    "nxt": "next",
    "ofc": "of course",
    "pls": "please",
    "plz": "please",
    "ppl": "people",
    "r": "are",
    "rn": "right now",
    "sch": "school",
    "shes": "she's",
    "hes": "he's",
    "sat": "saturday",
    "sun": "sunday",
    "mon": "monday",
    "thx": "thanks",
    "til": "until",
    "tmrw": "tomorrow",
    "tmw": "tomorrow",
    "tom": "tomorrow",
    "tonite": "tonight",
    "u": "you",
    "ur": "your",
    "w": "with",
    "w/": "with",
    "wat": "what",
    "wd": "would",
    "wen": "when",
    "wk": "week",
    "wkend": "weekend",
    "wknd": "weekend",
    "wot": "what",
    "y'day": "yesterday",
    "yday": "yesterday",
    "yest": "yesterday",
    "yr": "year",
    "yrs": "years",
}

_WORD = re.compile(r"[\w'./&]*\w/?")
# "hv" is a health visitor, but not in "hv to", "hv been".
_HAVE = re.compile(r"\bhv(?= (?:to|been|had|not|you|they|we|just)\b)", re.IGNORECASE)
_AGE = re.compile(r"\b(\d{1,2}) ?(?:yr|y/?o|yrs? old|year old)s?\b", re.IGNORECASE)
# "2" for "to" and "4" for "for", as in "nowhere 2 go", "help 4 him"; but not where they count
# or name something: "4 year old", "2 children", "year 4", "recommendation 2", "at 4".
_SOUNDS = {"2": "to", "4": "for"}
_COUNTED = (
    r"years?|yrs?|months?|weeks?|days?|hours?|mins?|minutes|am|pm|child(?:ren)?|kids?|boys?|girls?"
    r"|brothers?|sisters?|siblings|cousins|people|adults|of|or|and|times|more|other|different"
)
_NAMED = (
    r"years?|yr|aged?|is|section|stage|page|part|recommendation|question|option|at|about|only"
    r"|just|or|and|the|option|turned|nearly|almost"
)
_SOUND = re.compile(
    rf"(?:\b(?P<named>{_NAMED}) )?\b(?P<sound>[24])\b(?= [a-z])(?! (?:{_COUNTED})\b)", re.I
)


def expand(text: str) -> str:
    """The text with shorthand written out; everything else stays as it is.

    ``"nfa on 9yo, hv to go 2nite"`` becomes
    ``"nfa no further action on 9 year old, have to go tonight"``.
    """
    text = _HAVE.sub("have", _AGE.sub(r"\1 year old", text))
    text = _SOUND.sub(_sounded, text)
    return _WORD.sub(_write_out, text)


def _write_out(match: re.Match[str]) -> str:
    word = match.group()
    lowered = word.lower()
    if lowered in TERMS:
        return f"{word} {TERMS[lowered]}"
    return EVERYDAY.get(lowered, word)


def _sounded(match: re.Match[str]) -> str:
    return match.group() if match["named"] else _SOUNDS[match["sound"]]
