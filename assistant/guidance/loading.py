"""Load what people are shown into one immutable :class:`Library`, or say all that is wrong with it.

Files (``root`` is the ``data`` folder): ``sources.yml``, ``contacts.yml``, ``services.yml``,
``facts/*.yml``, ``glossary.yml``, ``catalogue.yml``, ``local.yml`` (optional),
``guidance/<theme>/<topic>.yml``, one file a topic; ``urgency/replies/<situation>.yml`` and
``urgency/patterns.yml``; the guided conversations: ``guided/<name>.yml``, ``roles.yml`` and
``service-search.yml``; and what is said in Welsh: ``welsh/`` (optional).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Optional, TypeVar

import yaml
from pydantic import ValidationError

from assistant.guidance.base_forms import in_base_forms
from assistant.guidance.guided import PAGE_ID, Guide, Roles, ServiceSearch, words_of
from assistant.guidance.library import Library, Registers
from assistant.guidance.model import (
    BINDING,
    TOPIC_ID,
    CatalogueTopic,
    Contact,
    Content,
    Fact,
    HarmFile,
    Languages,
    LocalContacts,
    Point,
    ReviewLink,
    Service,
    Source,
    Term,
    Topic,
    UrgencyPatternsFile,
    UrgentSituation,
)
from assistant.guidance.names import (
    GENERAL,
    NO_TOPIC,
    REVIEW,
    ROLE_GUIDE,
    SERVICE_GUIDE,
    TO_FINISH,
    URGENT,
)
from assistant.guidance.patterns import pattern_forms, pattern_words
from assistant.guidance.problems import ContentError, Problem
from assistant.guidance.welsh import (
    ContactsInWelsh,
    InterfaceInWelsh,
    SituationInWelsh,
    TopicInWelsh,
    Welsh,
)
from assistant.guidance.yaml_lines import Path_, YamlDocument, YamlProblem, read_yaml

Model = TypeVar("Model", bound=Content)

# pydantic's words, and the fix in ours. What is not listed is passed on as it is.
_FIXES = {
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
        ContentError: with every problem found, each with file, line, field and fix.
    """
    return _Loader(root).load()


def load_registers(root: Path) -> Registers:
    """Read the registers alone, in a tenth of the time: they are not checked against the rest.

    Args:
        root: the ``data`` folder.

    Raises:
        ContentError: with every problem found in these files.
    """
    return _Loader(root).registers()


class _Loader:
    """One pass over the files; collects problems instead of stopping at the first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self._documents: dict[Path, YamlDocument] = {}
        self._facts: dict[str, Fact] = {}
        self._sources: dict[str, Source] = {}
        self._contacts: dict[str, Contact] = {}

    def registers(self) -> Registers:
        made = Registers(
            sources=self._register("sources.yml", "sources", Source),
            contacts=self._register("contacts.yml", "contacts", Contact),
            services=self._register("services.yml", "services", Service),
            glossary=self._glossary(),
        )
        if self.problems:
            raise ContentError(self.problems)
        return made

    def load(self) -> Library:
        self._sources = self._register("sources.yml", "sources", Source)
        self._facts = self._all_facts()
        self._contacts = self._register("contacts.yml", "contacts", Contact)
        services = self._register("services.yml", "services", Service)
        topics = self._topics()
        urgent = self._urgent()
        urgency = self._whole("urgency/patterns.yml", UrgencyPatternsFile)
        harm = self._whole("urgency/harm.yml", HarmFile)
        languages = self._whole("languages.yml", Languages)
        guides = self._guides()
        roles = self._whole("roles.yml", Roles)
        search = self._whole("service-search.yml", ServiceSearch)
        glossary = self._glossary()
        if REVIEW not in self._sources:
            self._problem(self.root / "sources.yml", ("sources",), f"'{REVIEW}' is missing; add it")
        # By name: a file that cannot be read is a problem of its own, not of who names it.
        folder = self.root / "guidance"
        written = {p.relative_to(folder).with_suffix("").as_posix() for p in folder.rglob("*.yml")}
        # A `next` may name a topic that the catalogue promises and nobody has written yet:
        # answers leave it out, and `notice check` lists what is still to come.
        promised = {entry.id for entry in self._catalogue()} | written
        self._check_topics(topics, guides, promised)
        replies = {f"{URGENT}/{p.stem}" for p in (self.root / "urgency" / "replies").glob("*.yml")}
        self._check_also_in(promised | replies)
        self._check_urgency(urgent, urgency, replies, promised)
        self._check_harm(harm, replies, promised)
        if languages:
            path = self.root / "languages.yml"
            self._check_contacts(path, ("contacts",), languages.contacts)
        self._check_services(services)
        self._check_guides(guides, promised, written)
        self._check_roles(roles, written)
        self._check_search(search, services, promised, written)
        self._check_glossary(glossary)
        welsh = self._welsh(promised, replies)
        local = self._local()
        catalogue = self._catalogue()
        if self.problems or not (roles and search and urgency and harm and languages):
            raise ContentError(self.problems)
        return Library(
            sources=self._sources,
            facts=self._facts,
            contacts=self._contacts,
            services=services,
            local=local,
            topics=topics,
            urgent=urgent,
            urgency=urgency,
            harm=harm,
            languages=languages,
            catalogue=catalogue,
            guides=guides,
            roles=roles,
            search=search,
            glossary=glossary,
            welsh=welsh,
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

    def _register(self, name: str, key: str, model: type[Model]) -> dict[str, Model]:
        path = self.root / name
        entries = self._read(path).get(key)
        if not isinstance(entries, dict):
            self._problem(path, (key,), f"'{key}:' with its entries is missing; add it")
            return {}
        made = {}
        for entry_id, fields in entries.items():
            built = self._build(path, (key, entry_id), model, fields)
            if built is not None:
                made[entry_id] = built
        return made

    def _all_facts(self) -> dict[str, Fact]:
        """The facts of all files by id. Read without line numbers: they are many, and right."""
        facts: dict[str, Fact] = {}
        for path in sorted((self.root / "facts").glob("*.yml")):
            try:
                listed = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
                entries = listed["facts"]
                made = [Fact(**entry) for entry in entries]
            except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValidationError):
                self._explain_facts(path)
                continue
            for i, fact in enumerate(made):
                if fact.id in facts:
                    self._problem(path, ("facts", i), f"the id {fact.id} is taken; choose another")
                if fact.authority.source not in self._sources:
                    fix = f"{fact.authority.source}: {_unknown('source', 'sources.yml')}"
                    self._problem(path, ("facts", i, "authority"), fix)
                elif fact.authority.source == REVIEW and not self._is_section(fact.authority.place):
                    fix = f"{fact.authority.place}: {_unknown('section', 'sources.yml')}"
                    self._problem(path, ("facts", i, "authority"), fix)
                facts[fact.id] = fact
        return facts

    def _is_section(self, place: Optional[str]) -> bool:
        review = self._sources.get(REVIEW)
        return place is None or review is None or place in review.sections

    def _explain_facts(self, path: Path) -> None:
        """Read a file of facts again with its lines, to say what is wrong with it."""
        entries = self._read(path).get("facts")
        if not isinstance(entries, list):
            self._problem(path, ("facts",), "'facts:' with a list of facts is missing; add it")
            return
        for i, fields in enumerate(entries):
            self._build(path, ("facts", i), Fact, fields)

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
            if not fields or self._is_draft(path, (), fields):
                continue
            topic = self._build(path, (), Topic, {"id": topic_id, **fields})
            if topic is not None:
                topics[topic_id] = topic
        return topics

    def _is_draft(self, path: Path, at: Path_, value: Any) -> bool:
        """Whether anything is still to be written; each place of it is a problem."""
        if isinstance(value, str) and value.startswith(TO_FINISH):
            self._problem(path, at, f"a draft: write it, and take out '{TO_FINISH}'")
            return True
        parts = value if isinstance(value, dict) else {}
        parts = dict(enumerate(value)) if isinstance(value, list) else parts
        drafts = [self._is_draft(path, (*at, key), part) for key, part in parts.items()]
        return any(drafts)

    def _urgent(self) -> dict[str, UrgentSituation]:
        urgent = {}
        for path in sorted((self.root / "urgency" / "replies").glob("*.yml")):
            situation_id = f"{URGENT}/{path.stem}"
            fields = {"id": situation_id, **self._read(path)}
            situation = self._build(path, (), UrgentSituation, fields)
            if situation is not None:
                urgent[situation_id] = situation
        if GENERAL not in urgent:
            path = self.root / "urgency" / "replies" / "general.yml"
            self._problem(path, (), "the general reply is missing; restore it")
        return urgent

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

    def _glossary(self) -> tuple[Term, ...]:
        path = self.root / "glossary.yml"
        entries = self._read(path).get("terms", [])
        made = [
            self._build(path, ("terms", i), Term, fields) for i, fields in enumerate(entries or ())
        ]
        return tuple(term for term in made if term is not None)

    def _welsh(self, written: set[str], replies: set[str]) -> Optional[Welsh]:
        """What is said in Welsh; None where nothing is."""
        folder = self.root / "welsh"
        if not folder.exists():
            return None
        topics = self._translations(folder / "guidance", TopicInWelsh, "")
        situations = self._translations(folder / "urgency", SituationInWelsh, f"{URGENT}/")
        contacts = self._whole("welsh/contacts.yml", ContactsInWelsh)
        interface = self._whole("welsh/interface.yml", InterfaceInWelsh)
        patterns = self._whole("welsh/patterns.yml", UrgencyPatternsFile)
        self._check_known(folder, (), topics, written, "topic", "guidance/")
        self._check_known(folder, (), situations, replies, "reply", "urgency/replies/")
        if contacts:
            self._check_contacts(folder / "contacts.yml", ("contacts",), contacts.contacts)
        if patterns:
            self._check_patterns(folder / "patterns.yml", patterns, replies)
        if not (contacts and interface and patterns):
            return None
        return Welsh(
            topics=topics,
            situations=situations,
            contacts=contacts,
            interface=interface,
            patterns=patterns,
        )

    def _translations(self, folder: Path, model: type[Model], prefix: str) -> dict[str, Model]:
        """The translations below a folder, by the id of what they translate."""
        found = {}
        for path in sorted(folder.rglob("*.yml")):
            made = self._build(path, (), model, self._read(path))
            if made is not None:
                found[prefix + path.relative_to(folder).with_suffix("").as_posix()] = made
        return found

    def _whole(self, name: str, model: type[Model]) -> Optional[Model]:
        """A file that is one thing, not a register of several."""
        path = self.root / name
        return self._build(path, (), model, self._read(path))

    def _local(self) -> Optional[LocalContacts]:
        path = self.root / "local.yml"
        if not path.exists():
            return None
        local = self._build(path, (), LocalContacts, self._read(path))
        for contact_id in local.contacts if local else ():
            if contact_id not in self._contacts:
                self._problem(path, ("contacts", contact_id), _unknown("contact", "contacts.yml"))
            elif not self._contacts[contact_id].local:
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
                fix = _FIXES.get(detail["type"], detail["msg"])
                self._problem(path, (*at, *detail["loc"]), fix)
            return None

    # --- cross-checking --------------------------------------------------------------

    def _check_topics(
        self, topics: dict[str, Topic], guides: dict[str, Guide], promised: set[str]
    ) -> None:
        named = {path.stem for path in (self.root / "guided").glob("*.yml")} | set(guides)
        startable = {*named, ROLE_GUIDE, SERVICE_GUIDE}
        for topic in topics.values():
            path = self.root / "guidance" / f"{topic.id}.yml"
            self._check_points(path, ("points",), topic.points)
            self._check_points(path, ("more",), topic.more)
            self._check_review(path, (), topic.review)
            self._check_contacts(path, ("contacts",), topic.contacts)
            self._check_known(path, ("next",), topic.next, promised, "topic", "catalogue.yml")
            offered = [topic.guided] if topic.guided else []
            self._check_known(
                path, ("guided",), offered, startable, "guided conversation", "guided/"
            )

    def _check_urgency(
        self,
        urgent: dict[str, UrgentSituation],
        urgency: Optional[UrgencyPatternsFile],
        replies: set[str],
        promised: set[str],
    ) -> None:
        for situation in urgent.values():
            name = situation.id.partition("/")[2]
            path = self.root / "urgency" / "replies" / f"{name}.yml"
            self._check_points(path, ("tell",), [situation.tell])
            self._check_points(path, ("steps",), situation.steps)
            self._check_review(path, (), situation.review)
            self._check_contacts(path, ("contacts",), situation.contacts)
            self._check_known(path, ("next",), situation.next, promised, "topic", "catalogue.yml")
        if urgency:
            path = self.root / "urgency" / "patterns.yml"
            self._check_patterns(path, urgency, replies)
            self._check_base_forms(path, urgency)

    def _check_patterns(self, path: Path, urgency: UrgencyPatternsFile, replies: set[str]) -> None:
        for situation_id, patterns in urgency.patterns.items():
            at: Path_ = ("patterns", situation_id)
            self._check_known(path, at, [situation_id], replies, "reply", "urgency/replies/")
            for i, pattern in enumerate(patterns):
                named = [w for word in pattern.words for w in word.split("|") if w.isupper()]
                used = [*named, *pattern.unless]
                self._check_known(path, (*at, i), used, urgency.words, "word set", "words: above")

    def _check_base_forms(self, path: Path, urgency: UrgencyPatternsFile) -> None:
        """A word in another form than its base form would never be met."""
        forms = pattern_forms(urgency)
        words = pattern_words(urgency)
        named = {word for phrase in words for word in phrase.split()}
        self._check_known(path, ("forms",), urgency.forms, named, "word", "a pattern")
        for word in words:
            read = in_base_forms(word, forms)
            if read != word:
                self._problem(
                    path,
                    ("words",),
                    f"{word}: never met, since messages are read in base forms: write {read}",
                )

    def _check_harm(self, harm: Optional[HarmFile], replies: set[str], promised: set[str]) -> None:
        path = self.root / "urgency" / "harm.yml"
        known = {*replies, *promised, NO_TOPIC}
        for voice, harmful in (harm.harm if harm else {}).items():
            for degree in ("high", "low"):
                at: Path_ = ("harm", voice, degree)
                self._check_known(path, at, getattr(harmful, degree), known, "reply", "the content")

    def _check_also_in(self, answers: set[str]) -> None:
        path = self.root / "contacts.yml"
        for contact_id, contact in self._contacts.items():
            at: Path_ = ("contacts", contact_id, "also_in")
            self._check_known(path, at, contact.also_in, answers, "answer", "guidance/ or urgency/")
            if contact.also_in and not contact.local:
                self._problem(path, at, "only a contact with local: true is filled in; add that")

    def _check_services(self, services: dict[str, Service]) -> None:
        for service_id, service in services.items():
            if service.contact and service.contact not in self._contacts:
                self._problem(
                    self.root / "services.yml",
                    ("services", service_id, "contact"),
                    f"{service.contact}: {_unknown('contact', 'contacts.yml')}",
                )

    def _check_guides(
        self, guides: dict[str, Guide], promised: set[str], written: set[str]
    ) -> None:
        for guide in guides.values():
            path = self.root / "guided" / f"{guide.id}.yml"
            self._check_known(path, ("topic",), [guide.topic], written, "topic", "guidance/")
            self._check_review(path, (), guide.review)
            for name, page in guide.pages.items():
                at: Path_ = ("pages", name)
                self._check_points(path, (*at, "points"), page.points)
                self._check_contacts(path, (*at, "contacts"), page.contacts)
                self._check_known(
                    path, (*at, "choices"), page.choices, guide.pages, "page", "this file"
                )
                self._check_known(
                    path, (*at, "next"), page.next, promised, "topic", "catalogue.yml"
                )

    def _check_roles(self, roles: Optional[Roles], written: set[str]) -> None:
        if roles is None:
            return
        path = self.root / "roles.yml"
        self._check_known(path, ("topic",), [roles.topic], written, "topic", "guidance/")
        self._check_review(path, (), roles.review)
        self._check_points(path, ("points",), roles.points)
        themes = {topic_id.partition("/")[0] for topic_id in written}
        self._check_known(path, ("themes",), roles.themes, themes, "theme", "guidance/")
        for name, role in roles.roles.items():
            at: Path_ = ("roles", name)
            self._check_known(path, (*at, "topic"), [role.topic], written, "topic", "guidance/")
            self._check_points(path, (*at, "first"), role.first)

    def _check_search(
        self,
        search: Optional[ServiceSearch],
        services: dict[str, Service],
        promised: set[str],
        written: set[str],
    ) -> None:
        if search is None:
            return
        path = self.root / "service-search.yml"
        results = search.results
        self._check_known(path, ("topic",), [search.topic], written, "topic", "guidance/")
        self._check_review(path, (), search.review)
        self._check_points(path, ("results", "points"), results.points)
        self._check_known(
            path, ("results", "next"), results.next, promised, "topic", "catalogue.yml"
        )
        at: Path_ = ("results", "directory")
        self._check_known(path, at, [results.directory], services, "service", "services.yml")
        for question, asked in search.questions.items():
            said = {word for service in services.values() for word in words_of(service, question)}
            for name, option in asked.options.items():
                here: Path_ = ("questions", question, "options", name, "matches")
                self._check_known(path, here, option.matches, said, "word", "services.yml")

    def _check_glossary(self, glossary: tuple[Term, ...]) -> None:
        path = self.root / "glossary.yml"
        for i, term in enumerate(glossary):
            at: Path_ = ("terms", i, "facts")
            self._check_known(path, at, term.facts, self._facts, "fact", "facts/")

    def _check_points(self, path: Path, at: Path_, points: Iterable[Point]) -> None:
        for i, point in enumerate(points):
            here: Path_ = at if at == ("tell",) else (*at, i)
            self._check_known(path, (*here, "facts"), point.facts, self._facts, "fact", "facts/")
            known = [self._facts[one] for one in point.facts if one in self._facts]
            if point.duty == "must" and known and not self._may_say_must(known):
                self._problem(
                    path,
                    (*here, "duty"),
                    "'must' needs a fact whose authority is law, statutory guidance or a "
                    "profession's own rules; name one or write should",
                )

    def _may_say_must(self, facts: Iterable[Fact]) -> bool:
        allowed = BINDING | {"professional-guidance", "procedure"}
        sources = [self._sources.get(fact.authority.source) for fact in facts]
        return any(source is None or source.standing in allowed for source in sources)

    def _check_review(self, path: Path, at: Path_, links: Iterable[ReviewLink]) -> None:
        for i, link in enumerate(links):
            if not self._is_section(link.cite.section):
                fix = f"{link.cite}: {_unknown('section', 'sources.yml')}"
                self._problem(path, (*at, "review", i, "cite"), fix)

    def _check_contacts(self, path: Path, at: Path_, ids: Iterable[str]) -> None:
        self._check_known(path, at, ids, self._contacts, "contact", "contacts.yml")

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

    def _problem(self, path: Path, at: Path_, fix: str) -> None:
        document = self._documents.get(path)
        # `__root__` and the like are pydantic's, not the editor's.
        field = ".".join(str(part) for part in at if part != "__root__")
        self.problems.append(Problem(path, document.line(at) if document else 1, field, fix))


def _unknown(kind: str, where: str) -> str:
    return f"there is no such {kind} in {where}; add it there or correct the id"
