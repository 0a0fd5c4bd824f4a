"""Initials in place of the names of private people, before anything leaves the house.

In: `Knowledge`. Out: `Knowledge` of the same shape in which whoever holds no public post is called by the initials of
their name (周莉珍 → ZLZ), in the pages' text too. A name keeps its length, so every offset stays true. No id, and no
hash, is made from a name any more. It knows only people whom extraction found: a name that was not recognised stays.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind
from pypinyin import Style, lazy_pinyin

from kg.gazetteers.surnames import load_surnames
from kg.gazetteers.words import is_ordinary_word
from kg.knowledge import Knowledge, entity_index
from kg.model import Article, Entity, Fact, Kind, Link, Mention, PageRecord, Relation, Span, content_id
from kg.ontology import load_ontology

_MASK = re.compile("[某×＊*□〇○]|[xX]{2}")
"""吴某珍, 王××, 张XX: printed so that nobody is named. 某 stands in no real name."""

_ADDRESS = re.compile(
    r"(?P<lead>[小老阿](?=.$))?(?P<name>.+?)"
    r"(?P<tail>先生|女士|小姐|太太|师傅|阿姨|大爷|大妈|大伯|奶奶|爷爷|老师|同学|老人|老汉|大姐|大哥|[某])?\Z",
    re.DOTALL,
)
_PUBLIC_TRACKS = frozenset({"party", "government", "legislature", "cppcc", "judiciary", "military", "collective"})
_PRIVATE_HEADS = frozenset("律师 陪审员 战士 士官 战斗员 退役军人 退伍军人 老兵 民兵 班长".split())
"""Titles of public tracks that are no office: a lawyer, a private, a veteran."""
_GRASSROOTS = re.compile(r"(?<!业委会)(书记|主任|支书|村官|村干部|乡干部|镇干部)\Z")
"""Offices of a village or a residents' committee; the chair of a homeowners' committee (业委会主任) holds none."""
_OTHER, _PUBLIC = 1, 2
"""What is known of a character of a page: part of an organisation's name, part of a public name."""
_PRIVATE_ORGANISATIONS = frozenset({"company", "school", "media"})


def redact_private(knowledge: Knowledge) -> Knowledge:
    """The same knowledge with initials in place of the names of people without a public post.

    Whoever holds, or held, a post of party, government, congress, court or village committee on any page keeps the
    name; names that were printed masked (吴某珍) stay as printed. Ids of people, facts, mentions, articles and events are
    new ones, made of places on pages; they are the same in every redacted export of the same pages and lead back to no
    other export. The result is deterministic.

    Returns:
        Knowledge in the same order, entities sorted anew by kind and id.
    """
    redaction = _Redaction(knowledge)
    records = tuple(redaction.record(record) for record in knowledge.records)
    order = {kind: number for number, kind in enumerate(Kind)}
    entities = sorted(map(redaction.entity, knowledge.entities), key=lambda entity: (order[entity.kind], entity.id))
    return Knowledge(tuple(entities), records)


def private_people(knowledge: Knowledge) -> frozenset[str]:
    """Ids of people who hold no public post on any page, those with a masked name among them."""
    entities = entity_index(knowledge)
    public = {
        fact.subject
        for fact in knowledge.facts
        if fact.relation is Relation.HOLDS_ROLE
        and fact.object in entities
        and is_public_post(entities[fact.object], entities.get(entities[fact.object].org or ""))
    }
    return frozenset(entity.id for entity in knowledge.entities if entity.kind is Kind.PERSON) - public


def is_public_post(role: Entity, organisation: Entity | None) -> bool:
    """Whether a post makes its holder a public person.

    Args:
        organisation: what the post belongs to, None where the text gives none.
    """
    if organisation is not None and organisation.subtype in _PRIVATE_ORGANISATIONS:
        return False
    title = role.title or role.name
    titles = load_ontology().find_titles(title)
    if titles and titles[-1].head in _PRIVATE_HEADS:
        return False
    track = role.track or (titles[-1].group if titles else None)
    if track == "grassroots":
        return bool(_GRASSROOTS.search(title))
    if track == "mass":  # 工会主席 of a county is an office, 会长 of a calligraphers' club is none
        return organisation is not None and organisation.subtype == "government"
    return track in _PUBLIC_TRACKS


def initials(name: str) -> str:
    """A name's initials, one sign a character, so that nothing behind it moves.

    Forms of address stay, and so does every sign that is no letter; a masked name is left as it is.

    >>> initials("周莉珍"), initials("单雄信"), initials("余先生"), initials("吴某珍")
    ('ZLZ', 'SXX', 'Y先生', '吴某珍')
    """
    match = _ADDRESS.match(name)
    if _MASK.search(name) or match is None:
        return name
    lead, core, tail = match["lead"] or "", match["name"], match["tail"] or ""
    surnames = load_surnames()
    surname = surnames.of(core) or (core if core in surnames.pinyin else "")
    spoken = surnames.pinyin.get(surname, "").split()
    signs = [_initial(char) for char in core]
    if spoken:
        signs[0] = _plain(spoken[0][0])
    return lead + "".join(signs) + tail


def _plain(char: str) -> str:
    """A letter without its tone mark, as a capital; × for what is none."""
    letter = lazy_pinyin(char)[0][:1] if ord(char) < 128 else ""
    if not letter:
        import unicodedata

        letter = unicodedata.normalize("NFD", char)[:1]
    return letter.upper() if letter.isascii() and letter.isalpha() else "×"


@cache
def _initial(char: str) -> str:
    if not char.isalnum() or "A" <= char <= "Z":
        return char
    first = lazy_pinyin(char, style=Style.FIRST_LETTER, errors="ignore")
    if first and first[0][:1].isascii() and first[0][:1].isalpha():
        return first[0][0].upper()
    return "×"  # a foreign letter, a digit, a character without a reading


class _Redaction:
    def __init__(self, knowledge: Knowledge) -> None:
        self.entities = entity_index(knowledge)
        self.private = private_people(knowledge)
        self.texts = {record.page.id: record.page.text for record in knowledge.records}
        # What each private person is called anywhere, and on which page.
        self.forms: dict[str, set[str]] = {}
        self.on_page: dict[str, dict[str, str]] = {}
        everywhere: dict[str, str] = {}
        for entity_id in sorted(self.private):
            entity = self.entities[entity_id]
            self.forms[entity_id] = {entity.name, *entity.aliases}
        for record in knowledge.records:
            surfaces = {mention.id: _closed(mention.surface) for mention in record.mentions}
            for link in record.links:
                if link.entity in self.private and link.mention in surfaces:
                    self.forms[link.entity].add(surfaces[link.mention])
        for entity_id in sorted(self.private):
            for form in sorted(self.forms[entity_id]):
                if _is_whole_name(form) and (form == self.entities[entity_id].name or len(form) > 2):
                    everywhere.setdefault(form, self.sign(entity_id, form))
        for record in knowledge.records:
            named = self.on_page.setdefault(record.page.id, {})
            present = {link.entity for link in record.links} | {
                end for fact in record.facts for end in (fact.subject, fact.object)
            }
            for entity_id in sorted(present & self.private):
                for form in sorted(self.forms[entity_id]):
                    if len(form) > 1 and form not in everywhere:
                        named.setdefault(form, self.sign(entity_id, form))
        self.kept = {
            form: form
            for entity in knowledge.entities
            if (entity.kind is Kind.PERSON and entity.id not in self.private)
            or (entity.kind is Kind.PLACE and entity.code)
            for form in (entity.name, *entity.aliases)
            if len(form) > 1
        }
        self.anywhere = _Names(self.kept | everywhere)
        self.ids = self._new_ids(knowledge)
        self.articles = {
            (record.page.id, article.id): content_id("article", record.page.id, article.span.start, article.span.end)
            for record in knowledge.records
            for article in record.articles
        }
        self.facts: set[str] = set()

    def sign(self, entity_id: str, form: str) -> str:
        """What stands for a form of a person's name: the same letters as in the full name where it is part of it."""
        name = self.entities[entity_id].name
        at = name.find(form)
        if _MASK.search(name) or at < 0:
            return initials(form)
        return initials(name)[at : at + len(form)]

    def entity(self, entity: Entity) -> Entity:
        new_id = self.ids.get(entity.id, entity.id)
        org = self.ids.get(entity.org, entity.org) if entity.org else None
        if entity.id in self.private:
            name = self.sign(entity.id, entity.name)
            aliases = {self.sign(entity.id, alias) for alias in entity.aliases} - {name}
            return replace(entity, id=new_id, name=name, aliases=tuple(sorted(aliases)))
        if entity.kind is Kind.PERSON or (entity.kind is Kind.PLACE and entity.code):
            return replace(entity, id=new_id, org=org)
        name = self.anywhere.replaced(entity.name)
        aliases = {self.anywhere.replaced(alias) for alias in entity.aliases} - {name}
        title = self.anywhere.replaced(entity.title) if entity.title else entity.title
        return replace(entity, id=new_id, name=name, aliases=tuple(sorted(aliases)), title=title, org=org)

    def record(self, record: PageRecord) -> PageRecord:
        page = record.page
        names = _Names(self.on_page[page.id], behind=self.anywhere)
        text = self._text(record, names)
        mention_ids = {
            mention.id: content_id("mention", page.id, mention.span.start, mention.span.end, mention.kind)
            for mention in record.mentions
        }
        return replace(
            record,
            page=replace(page, text=text, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()),
            articles=tuple(self._article(article, text, names) for article in record.articles),
            mentions=tuple(self._mention(mention, text, mention_ids) for mention in record.mentions),
            links=tuple(self._link(link, names, mention_ids) for link in record.links),
            facts=tuple(self._fact(fact, page.id, names) for fact in record.facts),
            notes=tuple(map(names.replaced, record.notes)),
        )

    def _text(self, record: PageRecord, names: _Names) -> str:
        entity_of = {link.mention: link.entity for link in record.links}
        public: list[Span] = []
        others: list[Span] = []
        private: list[tuple[Span, str]] = []
        for mention in record.mentions:
            entity = self.entities.get(entity_of.get(mention.id, ""))
            if entity is None:
                continue
            if entity.id in self.private:
                printed = record.page.text[mention.span.start : mention.span.end]
                private.append((mention.span, _spread(self.sign(entity.id, _closed(printed)), printed)))
            elif entity.kind is Kind.PERSON or (entity.kind is Kind.PLACE and entity.code):
                public.append(mention.span)
            else:
                others.append(mention.span)
        return names.replaced(record.page.text, private=private, public=public, others=others)

    def _article(self, article: Article, text: str, names: _Names) -> Article:
        bylines = tuple(
            replace(byline, name=names.replaced(byline.name, private=_printed(byline.name, byline.span, text)))
            for byline in article.bylines
        )
        return replace(
            article, id=self.articles[article.page, article.id], title=names.replaced(article.title), bylines=bylines
        )

    def _mention(self, mention: Mention, text: str, ids: Mapping[str, str]) -> Mention:
        return replace(
            mention,
            id=ids[mention.id],
            article=self.articles.get((mention.page, mention.article or ""), mention.article),
            surface=text[mention.span.start : mention.span.end],
        )

    def _link(self, link: Link, names: _Names, ids: Mapping[str, str]) -> Link:
        # A candidate may be an entity that only this page has: its id is made of a name.
        candidates = tuple(
            replace(
                candidate,
                entity=self.ids.get(candidate.entity, candidate.entity),
                name=names.replaced(candidate.name),
                evidence=tuple(map(names.replaced, candidate.evidence)),
            )
            for candidate in link.candidates
            if candidate.entity in self.entities and link.entity not in self.private
        )
        return replace(
            link,
            mention=ids.get(link.mention, link.mention),
            entity=self.ids.get(link.entity, link.entity),
            candidates=candidates,
        )

    def _fact(self, fact: Fact, page: str, names: _Names) -> Fact:
        subject, target = (self.ids.get(end, end) for end in (fact.subject, fact.object))
        evidence = tuple(
            replace(
                provenance, article=self.articles.get((provenance.page, provenance.article or ""), provenance.article)
            )
            for provenance in fact.evidence
        )
        where = [part for one in evidence for part in (one.page, one.span.start, one.span.end)]
        number = 0
        while (
            fact_id := content_id("fact", page, fact.relation, subject, target, fact.date, number, *where)
        ) in self.facts:
            number += 1
        self.facts.add(fact_id)
        attributes = tuple(
            (key, self.ids.get(value, value) if value in self.entities else names.replaced(value))
            if isinstance(value, str)
            else (key, value)
            for key, value in fact.attributes
        )
        return replace(fact, id=fact_id, subject=subject, object=target, evidence=evidence, attributes=attributes)

    def _new_ids(self, knowledge: Knowledge) -> dict[str, str]:
        """New ids for every entity whose old one may have been made of a private name, by where it first stands."""
        places: dict[str, tuple[str, int, int]] = {}
        for record in knowledge.records:
            spans = {mention.id: mention.span for mention in record.mentions}
            for link in record.links:
                if link.mention in spans:
                    span = spans[link.mention]
                    places.setdefault(link.entity, (record.page.id, span.start, span.end))
            for fact in record.facts:
                at = fact.evidence[0].span if fact.evidence else Span(-1, -1)
                for end in (fact.subject, fact.object):
                    places.setdefault(end, (record.page.id, at.start, at.end))
        ids: dict[str, str] = {}
        renamed: set[str] = set()
        for entity in knowledge.entities:
            changed = self.anywhere.replaced(entity.name) != entity.name
            if entity.id in self.private or entity.kind is Kind.EVENT or (changed and entity.kind is not Kind.PERSON):
                renamed.add(entity.id)
        # A role's id is made of its organisation's.
        renamed |= {entity.id for entity in knowledge.entities if entity.org in renamed}
        # Several happenings are told by one sentence; a person nobody mentions stands nowhere.
        numbers: Counter[tuple[Kind, str, int, int]] = Counter()
        for entity in knowledge.entities:
            if entity.id not in renamed:
                continue
            where = (entity.kind, *places.get(entity.id, ("", -1, -1)))
            numbers[where] += 1
            ids[entity.id] = content_id(entity.kind.value.lower(), "redacted", *where, numbers[where])
        return ids


class _Names:
    """Names that are looked for, longest first, with what takes their place; a name kept takes its own.

    A page's few names stand before those that are looked for on every page: building one automaton a page of all of
    them would take minutes.
    """

    def __init__(self, signs: Mapping[str, str], *, behind: _Names | None = None) -> None:
        self._forms = sorted(form for form in signs if form)
        self._signs = [signs[form] for form in self._forms]
        self._automaton = AhoCorasick(self._forms, matchkind=MatchKind.LeftmostLongest) if self._forms else None
        self._behind = behind

    def replaced(
        self,
        text: str,
        *,
        private: Iterable[tuple[Span, str]] = (),
        public: Iterable[Span] = (),
        others: Iterable[Span] = (),
    ) -> str:
        """The text with every name replaced, also where a line break or a space parts it; of the same length.

        Args:
            private: spans known to mean a private person, with what they become.
            public: spans known to mean somebody or something else, which stay, unless a private one lies in them.
            others: organisations and the like: a whole name in them is replaced (钱小贝农场), a word that is also a name
                is not (文明办).
        """
        chars = list(text)
        state = bytearray(len(chars))
        for spans, level in ((others, _OTHER), (public, _PUBLIC)):
            for span in spans:
                state[span.start : span.end] = bytes((level,)) * (span.end - span.start)
        for span, sign in private:
            chars[span.start : span.end] = sign
            state[span.start : span.end] = bytes(span.end - span.start)
        offsets = [at for at, char in enumerate(text) if not char.isspace()]
        closed = re.sub("[\ud800-\udfff]", "\ufffd", "".join([text[at] for at in offsets]))
        floor = 0
        # The sort is stable: of two readings of one stretch the page's own comes first.
        for start, end, sign, whole in sorted(self._found(closed), key=lambda found: (found[0], -found[1])):
            where = offsets[start:end]
            highest = _OTHER if whole else 0
            if start < floor or any(state[at] > highest for at in where):
                continue
            floor = end
            if sign == closed[start:end]:
                continue  # a name that is kept must not undo a private one inside it
            for at, char in zip(where, sign, strict=True):
                chars[at] = char
        return "".join(chars)

    def _found(self, text: str) -> list[tuple[int, int, str, bool]]:
        """Start, end, sign, and whether it is a whole name, which the page's own additions are not."""
        found: list[tuple[int, int, str, bool]] = []
        if self._automaton is not None:
            whole = self._behind is None
            matches = self._automaton.find_matches_as_indexes(text)
            found = [(start, end, self._signs[at], whole) for at, start, end in matches]
        return found + self._behind._found(text) if self._behind is not None else found


def _closed(text: str) -> str:
    return "".join(text.split())


def _spread(sign: str, printed: str) -> str:
    """A sign written over a printed name, breaks and spaces of the print kept."""
    signs = iter(sign)
    return "".join(char if char.isspace() else next(signs, "×") for char in printed)


def _printed(name: str, span: Span, text: str) -> tuple[tuple[Span, str], ...]:
    """A byline's name as the redacted page now prints it, where the two still run alike."""
    now = _closed(text[span.start : span.end])
    return ((Span(0, len(name)), now),) if len(now) == len(name) else ()


def _is_whole_name(form: str) -> bool:
    """Whether a form of a name tells so surely whom it means that it is looked for on every page."""
    if len(form) < 2 or _MASK.search(form):
        return False
    match = _ADDRESS.match(form)
    if match is None or match["lead"] or match["tail"]:
        return False
    return len(form) > 2 or not is_ordinary_word(form)
