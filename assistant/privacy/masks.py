"""What is kept in place of what identifies a person."""

from __future__ import annotations

import re

WITHHELD = "[withheld]"
"""In place of a text that is not kept at all."""

MASKS = {
    "NAME": "[name]",
    "UK_NHS": "[NHS number]",
    "NINO": "[National Insurance number]",
    "UPN": "[pupil number]",
    "PHONE": "[phone number]",
    "EMAIL": "[e-mail address]",
    "LINK": "[link]",
    "HANDLE": "[user name]",
    "FILE": "[file name]",
    "CAR": "[car registration]",
    "ADDRESS": "[address]",
    "POSTCODE": "[postcode]",
    "PLACE": "[place]",
    "DATE": "[date]",
    "REFERENCE": "[reference]",
    "NUMBER": "[number]",
    "OTHER_SCRIPT": "[words in another script]",
}
"""Every kind of identifier, and what is kept in its place."""

MASK = re.compile("|".join(re.escape(mask) for mask in MASKS.values()))
"""Any of :data:`MASKS`."""
