"""Writes frames into one growing text and keeps the claims they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.invented import numbers
from training.invented.drafts import CIVILIAN, COMBATANT, UNKNOWN, Draft, Place, counted
from training.invented.frames import Frame, Part, Slot
from training.invented.places import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from training.invented.scene import Scene, Source, Span

_LARGEST = {  # by scale and harm: the figures drawn for one event
    "small": {"killed": 9, "injured": 16, "killed_or_injured": 16, "missing": 5, "abducted": 6, "displaced": 900},
    "medium": {"killed": 70, "injured": 160, "killed_or_injured": 150, "missing": 60, "captured": 250, "abducted": 200},
    "large": {"killed": 1500, "injured": 4000, "killed_or_injured": 3000, "missing": 900, "displaced": 600000},
}
_USUAL = 120
_UNTOLD = frozenset(("people", "victims", "members of one family", "men", "women and men", "inmates"))


class Writer:
    """Renders frames of one scene.

    Attributes:
        text: The report so far.
        drafts: Its claims so far.
        speaker: The source the paragraph's account is credited to, if any.
        goes_on: Whether the last sentence was an account that another may go on with.
    """

    def __init__(self, scene: Scene, draw: Random) -> None:
        self.scene = scene
        self.draw = draw
        self.text = ""
        self.drafts: list[Draft] = []
        self.speaker: Source | None = None
        self.goes_on = False
        self._mentioned: Place | None = None
        self._attacker: str | None = None
        self._victims: tuple[str, str] | None = None
        self._open: list[Draft] = []
        self._local: dict[str, str] = {}
        self._said: dict[str, Place] = {}
        self._heard: list[Place] = []
        self._span: Span | None = None
        self._last = 0
        self._told: Source | None = None
        self._harms: frozenset[str] = frozenset()
        self._hurt: set[str] = set()
        self._unhurt: set[str] = set()
        self._sizes: dict[str, int] = {}
        self._slots: dict[str, Callable[[str], str]] = {
            "N": lambda _: self._number(numbers.drawn(self._size(), self.draw)),
            "Nm": lambda _: self._number(numbers.drawn(max(4, self._size()), self.draw, plain=True)),
            "Nb": lambda _: self._number(numbers.drawn(self._size(), self.draw, plain=True), bare=True),
            "x": lambda arg: self._number(numbers.exact(self._size(arg), self.draw)),
            "few": lambda _: self._number(numbers.exact(self.draw.choice((2, 2, 3, 3, 4, 5)), self.draw)),
            "more": lambda arg: self._number(numbers.further(self._size(arg or "2-14"), self.draw)),
            "all": lambda arg: self._number(numbers.every(self._size(arg or "2-30"), self.draw)),
            "sub": lambda _: self._number(
                numbers.exact(self.draw.randint(2, min(max(self._last - 1, 2), 9)), self.draw)
            ),
            "part": lambda _: self._number(numbers.exact(self._portion(), self.draw)),
            "num": self._figure,
            "age": lambda arg: str(self._within(arg or "16-81")),
            "V": lambda arg: self._people(arg, plural=True),
            "Vs": lambda arg: self._people(arg, plural=False),
            "C": lambda _: self._people("armed", plural=True),
            "Cs": lambda _: self._people("armed", plural=False),
            "clause": lambda _: self._clause(),
            "ameans": lambda _: self._means(self.scene.event.means_phrase),
            "means": lambda _: self._means(self.scene.event.means),
            "event": lambda _: self.draw.choice(self.scene.event.names),
            "place": lambda _: self._place(),
            "place2": lambda _: self.scene.place2,
            "place3": lambda _: self.scene.place3,
            "region": lambda _: self.scene.region.region,
            "country": lambda _: self.scene.region.country,
            "nation": lambda _: self.scene.region.nation,
            "perp": lambda _: self._perpetrator(),
            "rebels": lambda _: self.scene.rebels,
            "day": lambda _: self.scene.day(),
            "span": self._spanned,
            "past": lambda _: self._past(),
            "person": lambda _: " ".join(self.scene.region.person(woman=False)),
            "woman": lambda _: " ".join(self.scene.region.person(woman=True)),
            "say": lambda _: self.draw.choice(words("words")["sources"]["said"]),
        }

    def paragraph(self, separator: str) -> None:
        """Open a paragraph; an account may only be taken up again where a pronoun marks it."""
        if self.text:
            self.text += separator
        self._attacker = None
        self._victims = None
        self._told = self.speaker
        self.speaker = None
        self.goes_on = False

    def fits(self, frame: Frame) -> bool:
        """Say whether what the frame takes up stands before it."""
        if frame.place == "follow" and not (self.goes_on and frame.after <= self._harms):
            return False
        if "{clause}" in frame.text and "clause" in self.scene.event.told:
            return False
        if frame.zeros & self._hurt or frame.harms & self._unhurt:
            return False
        return not frame.need or self._standing(frame) is not None

    def _standing(self, frame: Frame) -> Source | None:
        """Return whom the frame's pronoun would stand for."""
        speaker = self.speaker
        if speaker is None and frame.text.startswith(("{he} added", "{alias} added")):
            speaker = self._told
        if speaker and speaker.aliases and speaker.named and speaker.person == (frame.need == "person"):
            return speaker
        return None

    def sentence(self, frame: Frame) -> None:
        """Write one frame behind what stands."""
        start, first = len(self.text), len(self.drafts)
        self._local, self._said, self._heard, self._span = {}, {}, [], None
        kept = self._victims if frame.place == "follow" else None
        self._victims = kept
        self.scene.taken.clear()
        if frame.need:
            self.speaker = self._standing(frame)
        for part in frame.parts:
            self._part(part)
        self._capitals(start)
        if "{T" in frame.text or not (frame.sourced or frame.place == "follow"):
            self.speaker = None
        for draft in self.drafts[first:]:
            self._credit(draft, frame)
        self.goes_on = bool(frame.harms) and "{T" not in frame.text
        self._harms, self._told = frame.harms, None
        self._hurt |= frame.harms | ({"killed_or_injured"} if frame.harms & {"killed", "injured"} else set())
        self._unhurt |= frame.zeros | ({"killed", "injured"} if "killed_or_injured" in frame.zeros else set())

    def _credit(self, draft: Draft, frame: Frame) -> None:
        """Work out what a claim takes from its sentence."""
        marks = draft.mark.marks
        if "2" in marks:
            draft.source = self._said["T"]
        elif "0" not in marks:
            draft.source = self._said.get("S")
            draft.via = list(self._heard) if "S" in self._said else []
            if draft.source is None and frame.place == "follow" and self.speaker is not None:
                draft.source = self._mentioned
        options = draft.mark.options
        if draft.perpetrator is None:
            draft.perpetrator = self._attacker if draft.main or "{perp}" in frame.text else None
        if "by" in options:
            draft.perpetrator = options["by"].format_map(self._local) or None
        if not draft.main:
            draft.place = self._local.get(options.get("at", "place2")) or self._local.get("region")
            draft.place = draft.place or self._local.get("country")
            draft.span = self._span
        draft.means = options["w"].format_map(self._local) if "w" in options else None
        if "v" in options:
            draft.victims = options["v"].format_map(self._local)
        draft.status = options.get("s", draft.status)

    def _part(self, part: Part) -> None:
        if isinstance(part, str):
            if self.text.endswith(",") and part[0] in ",.;:”":
                self.text = self.text[:-1]
            self.text += part
        elif isinstance(part, Slot):
            self._slot(part)
        else:
            draft = Draft(part, len(self.text))
            self.drafts.append(draft)
            self._open.append(draft)
            for piece in part.body:
                self._part(piece)
            self._open.pop()
            draft.end = len(self.text)
            if draft.number is None and not set("1uo+") & set(part.marks):
                inner = self.drafts[self.drafts.index(draft) + 1]
                draft.number, draft.victims, draft.status = inner.number, inner.victims, inner.status
            self._victims = counted(draft, self.text[draft.start : draft.end], self._victims)

    def _slot(self, slot: Slot) -> None:
        name = slot.name
        if name in ("S", "T", "O", "H", "he", "alias"):
            self._name(name, slot.argument)
            return
        bare = name.rstrip("23456") if name not in self._slots else name
        keeps = name in self._local and name not in ("N", "Nb", "x", "few", "num", "age", "more", "V", "Vs")
        value = self._local[name] if keeps else self._slots[bare](slot.argument)
        self._local[name] = value
        self.text += value

    def _name(self, name: str, argument: str) -> None:
        """Write a source, and remember where."""
        if name in ("he", "alias"):
            source = self.speaker
            if source is None or source.named is None:
                raise ValueError("a pronoun has nobody to stand for")
            self.text += self.draw.choice(source.aliases)
            self._said["S"] = self._mentioned = source.named
            return
        source = self.scene.source(argument or {"O": "media", "H": "head"}.get(name, ""))
        self.scene.taken.append(source)
        written = source.full if source.named is None else source.short
        label = source.label if source.named is None else source.short
        here = (len(self.text), len(self.text) + len(label))
        self.text += written
        known = source.named if source.named and not source.own else here
        source.named = source.named or here
        if name == "O":
            self._heard.append(known)
        else:
            self._said["S" if name == "H" else name] = known
        if name in ("S", "H"):
            self.speaker, self._mentioned = (source if name == "S" else None), known

    def _capitals(self, start: int) -> None:
        """Begin the sentence with a capital, behind a quotation mark too."""
        at = start
        while at < len(self.text) and not self.text[at].isalnum():
            at += 1
        self.text = self.text[:at] + self.text[at : at + 1].upper() + self.text[at + 1 :]

    def _within(self, bounds: str) -> int:
        low, _, high = bounds.partition("-")
        return self.draw.randint(int(low), int(high))

    def _figure(self, argument: str) -> str:
        """Return a figure that counts nobody harmed."""
        number = self._within(argument or "20-400")
        if self.draw.random() < 0.4:
            number = max(numbers.rounded(number), int(argument.partition("-")[0] or 20))
        return numbers.written(number, self.draw)

    def _size(self, argument: str = "") -> int:
        """Draw a figure for the harm of the claim being written."""
        if argument:
            return self._within(argument)
        mark = self._open[-1].mark
        largest = _LARGEST[self.scene.scale].get(mark.harm, _USUAL)
        if mark.harm == "displaced":
            largest = max(largest, 90_000) if "*" in mark.marks or self.scene.scale != "small" else 900
        elif "*" in mark.marks:
            largest *= 40
        low = 40 if mark.harm == "displaced" else 9 if "*" in mark.marks else 2
        drawn = int(low * (largest / low) ** self.draw.random())
        if set("*~=") & set(mark.marks):
            return max(drawn, 2 * self._sizes.get(mark.harm, 1)) if "*" in mark.marks else drawn
        known = self._sizes.setdefault(mark.harm, drawn)
        return known if self.draw.random() < 0.5 else max(2, int(known * self.draw.uniform(0.6, 1.4)))

    def _portion(self) -> int:
        """Draw a figure smaller than what the report says of this harm: one of two, three of twelve."""
        whole = self._sizes.get(self._open[-1].mark.harm, 2)
        return self.draw.randint(1, max(1, min(6, int(whole * 0.6) - 1)))

    def _number(self, number: numbers.Number, *, bare: bool = False) -> str:
        self._open[-1].number = number
        self._last = number.low or number.high or 2
        alone = len(self._open[-1].mark.body) == 1
        return number.bare if bare or alone else number.words

    def _people(self, argument: str, *, plural: bool) -> str:
        """Return the counted people, and note who they are."""
        lists, groups = words("words")["victims"], words("words")["groups"]
        armed = self.scene.event.armed if argument != "civil" else ""
        if argument == "armed":
            armed = armed or ("soldiers" if self.draw.random() < 0.6 else "fighters")
        status, adjective = CIVILIAN, ""
        if armed:
            status = COMBATANT
            word = self.draw.choice(groups[armed if plural else armed.removesuffix("s")])
        else:
            crime = "crime" in self.scene.tags
            word = self.draw.choice(self.scene.people if plural else lists["crimesingle" if crime else "single"])
            if plural and word in lists["described"] and self.draw.random() < 0.3:
                adjective = self.draw.choice(lists["adjectives"]) + " "
        word = self.scene.filled(adjective + word)
        if word in _UNTOLD:
            status = UNKNOWN
        self._victims = (word, status)
        if self._open:
            self._open[-1].victims, self._open[-1].status = word, status
        return word if plural else f"{'an' if word[0] in 'aeiou' else 'a'} {word}"

    def _clause(self) -> str:
        event = self.scene.event
        event.told |= {"place", "means", "clause"}
        self._attacker = event.clause_perpetrator or self._attacker
        return event.cause

    def _means(self, phrase: str) -> str:
        self.scene.event.told.add("means")
        return phrase

    def _place(self) -> str:
        self.scene.event.told.add("place")
        return self.scene.event.place

    def _perpetrator(self) -> str:
        self._attacker = self.scene.event.perpetrator
        return self._attacker

    def _spanned(self, argument: str) -> str:
        self._span = self.scene.span(argument)
        return self._span.text

    def _past(self) -> str:
        self._span = self.scene.past()
        return self._span.text
