"""Load ``data/`` into one immutable :class:`Library`, or say all that is wrong with it.

Files (``root`` is the ``data`` folder): ``sources.yml``, ``contacts.yml``,
``services.yml``, ``urgency.yml``, ``catalogue.yml``, ``local.yml`` (optional),
``guidance/<theme>/<topic>.yml``, one file a topic, and the guided conversations:
``guided/<name>.yml``, ``roles.yml`` and ``service-search.yml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Optional, TypeVar

from pydantic import ValidationError

from assistant.guidance.guided import (
    PAGE_ID,
    ROLE_GUIDE,
    SERVICE_GUIDE,
    Guide,
    Roles,
    ServiceSearch,
    words_of,
)
from assistant.guidance.library import Library
from assistant.guidance.model import (
    NO_TOPIC,
    REVIEW,
    TOPIC_ID,
    CatalogueTopic,
    Citation,
    Contact,
    Content,
    LocalContacts,
    Point,
    Service,
    Source,
    Topic,
    UrgentSituation,
)
from assistant.guidance.problems import ContentError, Problem
from assistant.guidance.yaml_lines import Path_, YamlDocument, YamlProblem, read_yaml

Model = TypeVar("Model", bound=Content)

# pydantic's words, and the mend in ours. What is not listed is passed on as it is.
_MENDS = {
    "value_error.missing": "add this field",
    "value_error.extra": "no such field; correct its spelling or take it out",
    "value_error.any_str.min_length": "write something here or take the field out",
    "type_error.none.not_allowed": "write something here or take the field out",
}


def load_library(root: Path) -> Library:
    """Read and cross-check all content.

    Args:
        root: the ``data`` folder.

    Returns:
        The library; every id that anything in it refers to exists.

    Raises:
        ContentError: with every problem found, each with file, line, field and mend.
    """
    return _Loader(root).load()


class _Loader:
    """One pass over the files; collects problems instead of stopping at the first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self._documents: dict[Path, YamlDocument] = {}

    def load(self) -> Library:
        sources = self._register("sources.yml", "sources", Source)
        contacts = self._register("contacts.yml", "contacts", Contact)
        services = self._register("services.yml", "services", Service)
        urgent = self._register("urgency.yml", "urgent", UrgentSituation, with_id=True)
        topics = self._topics()
        guides = self._guides()
        roles = self._whole("roles.yml", Roles)
        search = self._whole("service-search.yml", ServiceSearch)
        self._cross_check(sources, contacts, services, urgent, topics)
        self._cross_check_guided(sources, contacts, services, topics, guides, roles, search)
        local = self._local(contacts)
        urgency = self._read(self.root / "urgency.yml")
        catalogue = self._catalogue()
        if self.problems or roles is None or search is None:
            raise ContentError(self.problems)
        return Library(
            sources=sources,
            contacts=contacts,
            services=services,
            local=local,
            topics=topics,
            urgent=urgent,
            word_sets=urgency.get("words", {}),
            not_urgent=tuple(
                (message, topic_id)
                for topic_id, messages in urgency.get("not_urgent", {}).items()
                for message in messages
            ),
            catalogue=catalogue,
            guides=guides,
            roles=roles,
            search=search,
        )

    # --- reading ---------------------------------------------------------------------

    def _read(self, path: Path) -> dict[str, Any]:
        """The mapping in a file; an unreadable file is a problem and an empty mapping."""
        if path not in self._documents:
            try:
                self._documents[path] = read_yaml(path)
            except YamlProblem as error:
                self._documents[path] = YamlDocument({}, {})
                self.problems.append(Problem(path, error.line, "", error.message))
            except OSError:
                self._documents[path] = YamlDocument({}, {})
                self.problems.append(Problem(path, 1, "", "the file is missing; restore it"))
        data = self._documents[path].data
        if not isinstance(data, dict):
            self.problems.append(Problem(path, 1, "", "the file holds no fields; see the others"))
            self._documents[path] = YamlDocument({}, {})
            return {}
        return data

    def _register(
        self, name: str, key: str, model: type[Model], with_id: bool = False
    ) -> dict[str, Model]:
        path = self.root / name
        entries = self._read(path).get(key)
        if not isinstance(entries, dict):
            self._problem(path, (key,), f"'{key}:' with its entries is missing; add it")
            return {}
        made = {}
        for entry_id, fields in entries.items():
            if with_id and isinstance(fields, dict):
                fields = {"id": entry_id, **fields}
            built = self._build(path, (key, entry_id), model, fields)
            if built is not None:
                made[entry_id] = built
        return made

    def _topics(self) -> dict[str, Topic]:
        folder = self.root / "guidance"
        topics = {}
        for path in sorted(folder.rglob("*.yml")):
            topic_id = path.relative_to(folder).with_suffix("").as_posix()
            if not TOPIC_ID.match(topic_id):
                self._problem(
                    path, (), "a topic file is guidance/<theme>/<topic>.yml, lower case; rename it"
                )
                continue
            fields = self._read(path)
            if not fields:
                continue
            topic = self._build(path, (), Topic, {"id": topic_id, **fields})
            if topic is not None:
                topics[topic_id] = topic
        return topics

    def _guides(self) -> dict[str, Guide]:
        guides = {}
        for path in sorted((self.root / "guided").glob("*.yml")):
            name = path.stem
            if not PAGE_ID.match(name) or name in (ROLE_GUIDE, SERVICE_GUIDE):
                self._problem(path, (), "this name is taken or not in lower case; rename the file")
                continue
            guide = self._build(path, (), Guide, {"id": name, **self._read(path)})
            if guide is not None:
                guides[name] = guide
        return guides

    def _whole(self, name: str, model: type[Model]) -> Optional[Model]:
        """A file that is one thing, not a register of several."""
        path = self.root / name
        return self._build(path, (), model, self._read(path))

    def _local(self, contacts: dict[str, Contact]) -> Optional[LocalContacts]:
        path = self.root / "local.yml"
        if not path.exists():
            return None
        local = self._build(path, (), LocalContacts, self._read(path))
        for contact_id in local.contacts if local else ():
            if contact_id not in contacts:
                self._problem(path, ("contacts", contact_id), _unknown("contact", "contacts.yml"))
            elif not contacts[contact_id].local:
                self._problem(
                    path,
                    ("contacts", contact_id),
                    "this contact is national and cannot be replaced; take it out",
                )
        return local

    def _catalogue(self) -> tuple[CatalogueTopic, ...]:
        entries = self._read(self.root / "catalogue.yml").get("topics", [])
        return tuple(CatalogueTopic(id=entry["id"], covers=entry["covers"]) for entry in entries)

    def _build(self, path: Path, at: Path_, model: type[Model], fields: Any) -> Optional[Model]:
        if not isinstance(fields, dict):
            self._problem(path, at, "fields are expected here")
            return None
        try:
            return model(**fields)
        except ValidationError as error:
            for detail in error.errors():
                mend = _MENDS.get(detail["type"], detail["msg"])
                self._problem(path, (*at, *detail["loc"]), mend)
            return None

    # --- cross-checking --------------------------------------------------------------

    def _cross_check(
        self,
        sources: dict[str, Source],
        contacts: dict[str, Contact],
        services: dict[str, Service],
        urgent: dict[str, UrgentSituation],
        topics: dict[str, Topic],
    ) -> None:
        if REVIEW not in sources:
            self._problem(self.root / "sources.yml", ("sources",), f"'{REVIEW}' is missing; add it")

        def citations(path: Path, at: Path_, cited: Iterable[Citation]) -> None:
            self._check_citations(sources, path, at, cited)

        known = self._check_known
        for topic in topics.values():
            path = self.root / "guidance" / f"{topic.id}.yml"
            citations(path, ("review",), topic.review)
            for part in ("points", "more"):
                for i, point in enumerate(getattr(topic.answer, part)):
                    at: Path_ = ("answer", part, i)
                    citations(path, (*at, "cite"), point.cite)
                    if point.duty and all(
                        c.source in sources and not sources[c.source].binds for c in point.cite
                    ):
                        self._problem(
                            path,
                            (*at, "duty"),
                            "'must' needs a citation of law or statutory guidance; "
                            "cite it or take the duty out",
                        )
            contact_ids = topic.answer.contacts
            known(path, ("answer", "contacts"), contact_ids, contacts, "contact", "contacts.yml")

        urgency = self.root / "urgency.yml"
        words = self._read(urgency).get("words", {})
        for situation in urgent.values():
            here: Path_ = ("urgent", situation.id)
            citations(urgency, (*here, "review"), situation.review)
            citations(urgency, (*here, "reply", "tell", "cite"), situation.reply.tell.cite)
            for i, step in enumerate(situation.reply.steps):
                citations(urgency, (*here, "reply", "steps", i, "cite"), step.cite)
            reply_contacts = situation.reply.contacts
            known(
                urgency,
                (*here, "reply", "contacts"),
                reply_contacts,
                contacts,
                "contact",
                "contacts.yml",
            )
            for i, pattern in enumerate(situation.patterns):
                named = [w for word in pattern.words for w in word.split("|") if w.isupper()]
                used = [*named, *pattern.unless]
                known(urgency, (*here, "patterns", i), used, words, "word set", "words: above")

        # A `next` may name a topic that the catalogue promises and nobody has written yet:
        # answers leave it out, and `notice check` lists what is still to come.
        promised = {entry.id for entry in self._catalogue()} | set(topics)
        for topic in topics.values():
            path = self.root / "guidance" / f"{topic.id}.yml"
            known(path, ("next",), topic.next, promised, "topic", "catalogue.yml")
        for situation in urgent.values():
            at = ("urgent", situation.id, "next")
            known(urgency, at, situation.next, promised, "topic", "catalogue.yml")
        for topic_id in self._read(urgency).get("not_urgent", {}):
            if topic_id not in promised and topic_id != NO_TOPIC:
                mend = f"there is no such topic in catalogue.yml; correct it or write {NO_TOPIC}"
                self._problem(urgency, ("not_urgent", topic_id), mend)
        for service_id, service in services.items():
            if service.contact and service.contact not in contacts:
                self._problem(
                    self.root / "services.yml",
                    ("services", service_id, "contact"),
                    f"{service.contact}: {_unknown('contact', 'contacts.yml')}",
                )

    def _cross_check_guided(
        self,
        sources: dict[str, Source],
        contacts: dict[str, Contact],
        services: dict[str, Service],
        topics: dict[str, Topic],
        guides: dict[str, Guide],
        roles: Optional[Roles],
        search: Optional[ServiceSearch],
    ) -> None:
        known = self._check_known
        # By name: a file that cannot be read is a problem of its own, not of who names it.
        folder = self.root / "guidance"
        written = {
            path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yml")
        }
        promised = {entry.id for entry in self._catalogue()} | written

        def points(path: Path, at: Path_, checked: Iterable[Point]) -> None:
            for i, point in enumerate(checked):
                self._check_citations(sources, path, (*at, i, "cite"), point.cite)

        def belongs(path: Path, at: Path_, topic: str, review: Iterable[Citation]) -> None:
            known(path, (*at, "topic"), [topic], written, "topic", "guidance/")
            self._check_citations(sources, path, (*at, "review"), review)

        for guide in guides.values():
            path = self.root / "guided" / f"{guide.id}.yml"
            belongs(path, (), guide.topic, guide.review)
            for name, page in guide.pages.items():
                at: Path_ = ("pages", name)
                points(path, (*at, "points"), page.points)
                known(path, (*at, "contacts"), page.contacts, contacts, "contact", "contacts.yml")
                known(path, (*at, "choices"), page.choices, guide.pages, "page", "this file")
                known(path, (*at, "next"), page.next, promised, "topic", "catalogue.yml")
        path = self.root / "roles.yml"
        if roles:
            belongs(path, (), roles.topic, roles.review)
            points(path, ("points",), roles.points)
            themes = {one.partition("/")[0] for one in written}
            known(path, ("themes",), roles.themes, themes, "theme", "guidance/")
            for name, role in roles.roles.items():
                known(path, ("roles", name, "topic"), [role.topic], written, "topic", "guidance/")
                points(path, ("roles", name, "first"), role.first)
        path = self.root / "service-search.yml"
        if search:
            belongs(path, (), search.topic, search.review)
            points(path, ("results", "points"), search.results.points)
            known(
                path, ("results", "next"), search.results.next, promised, "topic", "catalogue.yml"
            )
            directory = search.results.directory
            known(path, ("results", "directory"), [directory], services, "service", "services.yml")
            for question, asked in search.questions.items():
                said = {
                    word for service in services.values() for word in words_of(service, question)
                }
                for name, option in asked.options.items():
                    here: Path_ = ("questions", question, "options", name, "matches")
                    known(path, here, option.matches, said, "word", "services.yml")
        named = {path.stem for path in (self.root / "guided").glob("*.yml")}
        startable = {*named, ROLE_GUIDE, SERVICE_GUIDE}
        for topic in topics.values():
            path = self.root / "guidance" / f"{topic.id}.yml"
            offered = [topic.guided] if topic.guided else []
            known(path, ("guided",), offered, startable, "guided conversation", "guided/")

    def _check_citations(
        self, sources: dict[str, Source], path: Path, at: Path_, cited: Iterable[Citation]
    ) -> None:
        for i, citation in enumerate(cited):
            source = sources.get(citation.source)
            if source is None:
                mend = f"{citation}: {_unknown('source', 'sources.yml')}"
            elif citation.section and citation.section not in source.sections:
                mend = f"{citation}: {_unknown('section', 'sources.yml')}"
            else:
                continue
            self._problem(path, (*at, i), mend)

    def _check_known(
        self,
        path: Path,
        at: Path_,
        ids: Iterable[str],
        all_ids: Iterable[str],
        kind: str,
        where: str,
    ) -> None:
        for i, one in enumerate(ids):
            if one not in all_ids:
                self._problem(path, (*at, i), f"{one}: {_unknown(kind, where)}")

    def _problem(self, path: Path, at: Path_, mend: str) -> None:
        document = self._documents.get(path)
        # `__root__` and the like are pydantic's, not the editor's.
        field = ".".join(str(part) for part in at if part != "__root__")
        self.problems.append(Problem(path, document.line(at) if document else 1, field, mend))


def _unknown(kind: str, where: str) -> str:
    return f"there is no such {kind} in {where}; add it there or correct the id"
