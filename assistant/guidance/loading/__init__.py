"""Load what people are shown into one immutable :class:`Library`, or say all that is wrong with it.

Files (``root`` is the ``data`` folder): ``sources.yml``, ``contacts.yml``, ``services.yml``,
``facts/*.yml``, ``glossary.yml``, ``catalogue.yml``, ``local.yml`` (optional),
``guidance/<theme>/<topic>.yml``, one file a topic; ``urgency/replies/<situation>.yml`` and
``urgency/patterns.yml``; the guided conversations: ``guided/<name>.yml``, ``roles.yml`` and
``service-search.yml``; and what is said in Welsh: ``welsh/`` (optional).

One module for each kind of file reads it and checks what it refers to; :mod:`.whole` has them all
do so.
"""

from assistant.guidance.loading.whole import load_library, load_registers

__all__ = ["load_library", "load_registers"]
