"""Faults in the words of ``data/`` that a rule finds since it became stricter.

They wait for an editor and stop nobody meanwhile. A line goes when its text is put right; none is
added for a new text. A text that is changed and still breaks the rule is reported.
"""

from __future__ import annotations

from pathlib import Path
from typing import Mapping

from assistant.editing.checked import Rule
from assistant.guidance import Problem

WAITING: Mapping[str, frozenset[tuple[str, str]]] = {
    "long_sentences": frozenset(
        {
            ("glossary.yml", "Harm to a girl's genitals wi"),
            ("guidance/learning/london-pilot.yml", "It had three strands, all on"),
            ("guidance/learning/practice-leads.yml", "Settle three things: how it "),
            ("guidance/recognise/adolescents.yml", "Read behaviour as a message:"),
            ("guidance/recognise/definition.yml", "Inspectors in England count "),
            ("guidance/recognise/known-risk.yml", "Look at the risk again at ev"),
            ("guidance/recognise/non-abusing-parents-capacity.yml", "Look at four things over tim"),
            ("guidance/recognise/online-and-images.yml", "Signs in a child, for exampl"),
            ("guidance/recognise/retraction.yml", "What stopped the child telli"),
            ("guidance/recognise/signs-in-adults.yml", "Time alone: the adult seeks "),
            ("guidance/recognise/signs-in-adults.yml", "Watch what the adult does, n"),
            ("guidance/recognise/signs-in-children.yml", "Fear: the child is afraid of"),
            ("guidance/respond/after-a-referral.yml", "Protect the child at once; e"),
            ("guidance/respond/family-members-after-an-arrest.yml", "Help for the family: Stop It"),
            ("guidance/respond/family-members-after-an-arrest.yml", "Tell the school's safeguardi"),
            ("guidance/respond/keeping-and-passing-on-records.yml", "When a child leaves, the saf"),
            ("guidance/respond/new-worries-on-an-open-case.yml", "Say it in four sentences: wh"),
            ("guidance/respond/new-worries-on-an-open-case.yml", "Ways differ: in Southwark, f"),
            ("guidance/respond/thresholds.yml", "Child in need (section 17): "),
            ("guidance/talk/before-police-interview.yml", "Agree with the officer what "),
            ("guidance/talk/before-police-interview.yml", "Give the officer your notes "),
            ("guidance/talk/questions-to-ask.yml", "Always find out whether the "),
            ("guidance/talk/when-a-child-tells.yml", "Find out if the child is saf"),
        }
    ),
    "same_sentence": frozenset(
        {
            ("guidance/support/non-abusing-parents.yml", "tell children's social care "),
        }
    ),
    "reading_age": frozenset(
        {
            ("guidance/learning/london-pilot.yml", "reading grade 8.4"),
            ("guidance/review/cleveland.yml", "reading grade 8.4"),
            ("guidance/review/local-enquiries.yml", "reading grade 8.3"),
            ("guidance/review/local-knowledge-skills.yml", "reading grade 8.2"),
            ("guidance/review/national-recommendations.yml", "reading grade 8.5"),
            ("guidance/review/systemic.yml", "reading grade 8.2"),
        }
    ),
    "wrong_test": frozenset(
        {
            (
                "guidance/respond/protective-parents-and-contact-orders.yml",
                "'more likely than not'",
            ),
        }
    ),
}
"""By rule: a file below ``data``, and words of what the rule says of a field of it."""


def waits(rule: Rule, problem: Problem, data: Path) -> bool:
    """Whether this is one of the faults that wait: in the same file, with the same words."""
    listed = WAITING.get(rule.__name__, frozenset())
    said = f"{problem.field}: {problem.fix}"
    return any(problem.path == data / name and words in said for name, words in listed)
