"""Which word of harm governs a mention of people: the patterns of English, from the tightest to the loosest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.claim.mentions import Mention
    from sayso.claim.tokens import Token
    from sayso.claim.words import HarmWords, Lexicon, VerbForm
    from sayso.records import Harm

_REACH = 24
_FRAME_REACH = 12
_TOLL_REACH = 32
_AMONG_AHEAD, _AMONG_BEHIND = 6, 12
_UNREAL_REACH = 5
_PLURAL_REACH = 3
_RATE_REACH = 6


@dataclass(frozen=True, slots=True)
class Harmed:
    """A mention and the harm that was said to have come to it.

    `cue` is the range of tokens that tells the harm; `rule` names the pattern, for tests and ablations; `real` is
    False where the words only fear, plan or suppose it; `negated` where they deny it.
    """

    mention: Mention
    harm: Harm
    cue: tuple[int, int]
    rule: str
    real: bool = True
    negated: bool = False


class Governor:
    """One sentence with its mentions; `own` finds the harm that governs one of them."""

    def __init__(self, tokens: Sequence[Token], mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self.lexicon = lexicon
        self.words: HarmWords = lexicon.harms
        self.at = {i: k for k, m in enumerate(mentions) for i in range(m.first, max(m.last, m.figure + 1))}

    def own(self, k: int) -> Harmed | None:
        """Find the harm that governs mention `k` by its own words."""
        m = self.mentions[k]
        patterns: tuple[Callable[[int], Harmed | None], ...] = (
            self._toll,
            self._turned,
            self._of,
            self._frame,
            self._passive,
            self._active,
            self._held,
            self._among,
        )
        if m.form == "harm" and m.harm in {"killed", "killed_or_injured"}:
            patterns = (self._toll, self._held)
        for pattern in patterns:
            found = pattern(k)
            if found is not None:
                return self._judged(found) if self._fits(found) else None
        return None

    def word(self, i: int) -> str:
        """The lower-case word at token `i`, or nothing past either end."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    # what stands behind the people

    def _passive(self, k: int) -> Harmed | None:
        """ "17 people were killed", "two soldiers, one of them a cadet, died", "12 dead"."""
        m, words = self.mentions[k], self.words
        if m.form == "bare" and self.word(m.first - 1) in words.be:
            return None
        be = negated = False
        i = m.last
        while i < min(len(self.tokens), m.last + _REACH):
            word = self.word(i)
            hit = words.after.match(self.tokens, i) if word in words.after.first_words else None
            verb = words.verbs.get(word)
            if hit is not None and (verb is None or hit[0] > i + 1):
                if self._describes(i) or (
                    verb is not None and verb.takes_object and not be and self.has_object(hit[0] - 1)
                ):
                    return None
                return Harmed(m, hit[1], (i, hit[0]), "passive", negated=negated)
            if verb is not None:
                return self._verb_behind(k, i, be=be, negated=negated)
            if be and self._brought_to_care(i):
                return Harmed(m, "injured", (i, i + 1), "passive", negated=negated)
            if i in self.at and self.at[i] != k:
                if not self.coordinated(i):
                    return None
                i = self.mentions[self.at[i]].last
                continue
            step = self._step(i)
            if step is None:
                return None
            be = be or word in words.be or word in words.have
            negated = negated or word in words.negation
            i = step
        return None

    def _brought_to_care(self, i: int) -> bool:
        """ "were taken to Mercy General Hospital": people who are brought there are hurt."""
        if self.word(i) not in self.words.brought or self.word(i + 1) != "to":
            return False
        return any(self.word(j) in self.lexicon.slots.care for j in range(i + 2, i + 8))

    def _describes(self, i: int) -> bool:
        """Tell an adjective before other people ("missing students") from a predicate."""
        return self.word(i) in {"missing", "dead"} and self.lexicon.people.is_person(self.word(i + 1))

    def _verb_behind(self, k: int, i: int, *, be: bool, negated: bool) -> Harmed | None:
        """Judge a verb of harm behind the people: passive or intransitive harms them, active does not."""
        verb = self.words.verbs[self.word(i)]
        if verb.form == "ing":
            return None
        if verb.takes_object:
            if verb.form == "base" and self.word(i) != "hurt":
                return None
            shot_at = verb.shot and self.word(i + 1) == "at" and self.word(i + 2) != "least"
            if not be and (shot_at or self.has_object(i)):
                return None
        elif verb.form == "base" and self.word(i) not in self.words.headline:
            return None
        harm, end = self.outcome(i, verb.harm, shot=verb.shot)
        return Harmed(self.mentions[k], harm, (i, end), "passive", negated=negated)

    def _step(self, i: int) -> int | None:
        """Step over what may stand between people and their verb; None where another clause begins."""
        token, words = self.tokens[i], self.words
        word = token.lower
        if word in words.be or word in words.have or word in words.adverb or word in words.relative:
            return i + 1
        if token.text in words.marks_inside or word in words.negation:
            return i + 1
        for phrase in (words.conjunction, words.including):
            hit = phrase.match(self.tokens, i) if word in phrase.first_words else None
            if hit is not None:
                return hit[0]
        if word in words.inside:
            return i + 1
        if token.text in {".", ";", "!", "?"} or word in words.clause:
            return None
        if word in self.lexicon.stops and word not in words.passed_over:
            return None
        return None if self._is_main_verb(i) else i + 1

    def _is_main_verb(self, i: int) -> bool:
        """Guess whether a word is another verb of the people: in -ed with an object, or in -ing."""
        token = self.tokens[i]
        if token.is_capital:
            return False
        if token.lower.endswith("ing") and token.lower not in {"during", "including", "evening", "morning"}:
            return False
        passive = any(self.word(j) in self.words.be or self.word(j) in self.words.relative for j in (i - 1, i - 2))
        return token.lower.endswith("ed") and not passive and self.has_object(i)

    def _fits(self, found: Harmed) -> bool:
        """Let people without a figure count only where the harm is told of them directly; one name is no plural."""
        m = found.mention
        if m.form == "name" and self.word(m.last) in self.words.plural_verbs:
            return self.word(m.first - 1) in {"and", ",", ";"}
        if m.form != "plural":
            return True
        if found.harm in {"captured", "displaced"} and found.rule != "active":
            return False
        if found.rule in {"passive", "among"} and found.cue[0] - m.last > _PLURAL_REACH:
            return False
        if self.word(m.last) in self.words.relative and self.word(m.last - 1) == "people":
            return False
        if self.word(m.first) in {"the", "these", "those"}:
            return False
        return self.word(m.first - 1) not in {"of", "most"} and self.word(m.first - 2) != "number"

    # what stands before the people

    def _turned(self, k: int) -> Harmed | None:
        """ "in the village was killed a woman": a passive before its subject, as in translated copy."""
        m = self.mentions[k]
        verb = self.words.verbs.get(self.word(m.first - 1))
        if (
            verb is None
            or not verb.takes_object
            or verb.form not in {"past", "participle"}
            or not self._is_passive(m.first - 1)
        ):
            return None
        if self._has_subject(m.first - 1):
            return None
        return Harmed(m, verb.harm, (m.first - 1, m.first), "active")

    def _active(self, k: int) -> Harmed | None:
        """ "killed 17 people", "wounding at least 40", "shot and killed a man"."""
        m, words = self.mentions[k], self.words
        i = m.first - 1
        while (
            i >= 0
            and m.first - i <= 3
            and (self.word(i) in words.before_object or self.tokens[i].text in words.openers)
        ):
            i -= 1
        if i < 0:
            return None
        if self.word(i) in words.lost and self._lost_people(m, i):
            return Harmed(m, "killed", (i, i + 1), "active")
        verb = words.verbs.get(self.word(i))
        if verb is None or not verb.takes_object or self._is_passive(i):
            return None
        if verb.form == "base" and not self._is_headline(i):
            found = Harmed(m, verb.harm, (i, i + 1), "active")
            return found if self._is_meant(i) or self._is_rate(found) else None
        harm, _ = self.outcome(i, verb.harm, shot=verb.shot)
        before = words.verbs.get(self.word(i - 2)) if self.word(i - 1) in {"and", "or"} else None
        if before is not None and {before.harm, verb.harm} == {"killed", "injured"}:
            harm = "killed" if before.shot else "killed_or_injured"
        return Harmed(m, harm, (i, i + 1), "active")

    def _is_meant(self, i: int) -> bool:
        """Say whether somebody only meant to do harm: "was going to kill his wife", "threatened to shoot a guard"."""
        if self.word(i - 1) != "to":
            return False
        return self.word(i - 2) in self.words.meant

    def _lost_people(self, m: Mention, i: int) -> bool:
        if self.word(i) in self.words.costs:
            return m.harm == "killed" and any(t.lower in {"lives", "life"} for t in self.tokens[m.first : m.last])
        named = m.form == "people" and self.word(m.last - 1) not in {"people", "others"}
        return named or m.harm == "killed"

    def _is_headline(self, i: int) -> bool:
        """Take a present form for a headline's past unless something unreal stands before it."""
        before = self.word(i - 1)
        if i == 0 or before in {"to", "not", "n't", "and", "or"} or before in self.words.unreal:
            return before == "and" and self.word(i).endswith("s")
        return True

    def _is_passive(self, i: int) -> bool:
        j = i - 1
        while j >= 0 and self.word(j) in self.words.adverb:
            j -= 1
        return j >= 0 and self.word(j) in self.words.be and self.word(j) != "'s"

    def _has_subject(self, i: int) -> bool:
        """Say whether people stand before a passive, so that what follows is not its subject."""
        return any(j in self.at or self.word(j) in self.words.pronoun for j in range(max(0, i - 8), i))

    def outcome(self, i: int, harm: Harm, *, shot: bool) -> tuple[Harm, int]:
        """Read two harms told together: "shot and killed" kills, "killed or wounded" leaves it open."""
        longer = self.words.after.match(self.tokens, i)
        if longer is not None and longer[0] > i + 1:
            return longer[1], longer[0]
        if self.word(i + 1) in {"and", "or", "/"}:
            j = i + 2
            while self.word(j) in self.words.adverb:
                j += 1
            other = self.words.verbs.get(self.word(j))
            if (
                other is not None
                and other.form in {"past", "participle"}
                and {other.harm, harm} == {"killed", "injured"}
            ):
                return ("killed" if shot or other.shot else "killed_or_injured"), j + 1
        if harm == "injured" and self.word(i - 1) in {"fatally", "mortally"}:
            return "killed", i + 1
        return harm, i + 1

    def has_object(self, i: int) -> bool:
        """Say whether the verb at `i` is followed by its object: people or a noun phrase, not a preposition."""
        j = i + 1
        while self.word(j) in self.words.adverb and self.word(j) != "both":
            j += 1
        if self.word(j) == "and" and self.word(j + 1) in self.words.verbs:
            return self.has_object(j + 1)
        if j in self.at:
            return self._is_free(self.mentions[self.at[j]])
        if self.word(j) in self.words.determiner:
            return not self.lexicon.people.is_thing(self.word(j + 1))
        return self.word(j) in {"him", "her", "them", "it", "us", "me"}

    def _is_free(self, mention: Mention) -> bool:
        """Say whether people have no harm of their own behind them: "12 killed 5 injured" is two claims."""
        i = mention.last
        verb = self.words.verbs.get(self.word(i))
        if (verb is not None and verb.form in {"past", "participle"}) or self.words.after.match(
            self.tokens, i
        ) is not None:
            return False
        follows = self.word(i + 1)
        return not (self.word(i) in self.words.be and (follows in self.words.verbs or follows in self.words.adverb))

    def _of(self, k: int) -> Harmed | None:
        """ "the deaths of 12 people", "killing of a teacher"."""
        m = self.mentions[k]
        for start in range(max(0, m.first - 5), m.first):
            hit = self.words.nouns_of.match(self.tokens, start)
            if hit is not None and hit[0] == m.first:
                return Harmed(m, hit[1], (start, hit[0]), "of")
        return None

    # what stands around them

    def _held(self, k: int) -> Harmed | None:
        """ "12 deaths", "10 wounded soldiers", "no casualties"; "suffered no losses" is of one's own people."""
        m = self.mentions[k]
        if m.harm is None or m.form in {"plural", "definite", "name"}:
            return None
        if self.word(m.last) in self.words.unreal or self.word(m.last) in self.words.told_of:
            return None
        rule = "unhurt" if self.word(m.head) in self.words.losses else "held"
        return Harmed(m, m.harm, (m.head, max(m.last, m.head + 1)), rule)

    def _frame(self, k: int) -> Harmed | None:
        """ "left 12 people dead", "took five hostage", "forced 3,000 villagers to flee"."""
        m = self.mentions[k]
        j = m.first - 1
        while self.word(j) in {"at", "least", "the", "another", "behind", "up", "to", "both"}:
            j -= 1
        if self.word(j) not in self.words.frame:
            return None
        i = m.last
        while i < min(len(self.tokens), m.last + _FRAME_REACH):
            hit = self.words.after.match(self.tokens, i)
            if hit is not None:
                harm, end = self.outcome(i, hit[1], shot=False)
                return Harmed(m, harm, (i, max(end, hit[0])), "frame")
            if i in self.at and self.at[i] != k:
                if not self.coordinated(i):
                    return None
                i = self.mentions[self.at[i]].last
                continue
            joins_verb = self.word(i) in {"and", ","} and i + 1 not in self.at
            if joins_verb or self.word(i) in self.words.be or self.tokens[i].text in {".", ";", ":"}:
                return None
            i += 1
        return None

    def _toll(self, k: int) -> Harmed | None:
        """ "the death toll rose to 40", "bringing the number of wounded to 12", "put the dead at 50"."""
        m = self.mentions[k]
        if m.form not in {"bare", "people", "unknown"} or m.count.kind == "individual":
            return None
        before = m.first - 1
        while before > 0 and self.tokens[before].text in self.words.openers:
            before -= 1
        if before < 0 or self.word(before) not in self.words.toll_verbs:
            return None
        for i in range(before, max(-1, m.first - _TOLL_REACH), -1):
            if self.tokens[i].text in {";", "."}:
                return None
            hit = self.words.toll.match(self.tokens, i) or self._number_of(i)
            if hit is not None and hit[0] <= m.first and i not in self.at:
                told = (self.words.toll_harm.get(t.lower) for t in self.tokens[max(0, i - 2) : m.first])
                return Harmed(m, next((h for h in told if h is not None), "killed"), (i, hit[0]), "toll")
        return None

    def _number_of(self, i: int) -> tuple[int, str] | None:
        """ "the number of inmates killed in the fire": a number of people to whom harm came."""
        if self.word(i) != "number" or self.word(i + 1) != "of":
            return None
        for j in range(i + 2, min(i + 8, len(self.tokens))):
            verb = self.words.verbs.get(self.word(j))
            if verb is not None and verb.form in {"past", "participle"}:
                return j + 1, "number"
        return None

    def _among(self, k: int) -> Harmed | None:
        """ "among the dead were two children", "the victims included a nurse"."""
        m = self.mentions[k]
        ahead = range(m.last, min(len(self.tokens), m.last + _AMONG_AHEAD))
        behind = range(max(0, m.first - _AMONG_BEHIND), m.first)
        for i in (*ahead, *behind):
            if self.word(i) not in self.words.among_words:
                continue
            is_among = self.word(i).startswith("among")
            for n in range(i + 1, i + 5) if is_among else range(max(0, i - 3), i):
                hit = self.words.among.match(self.tokens, n)
                if hit is not None:
                    return Harmed(m, hit[1], (n, hit[0]), "among")
        return None

    def coordinated(self, i: int) -> bool:
        """Say whether the mention at token `i` is joined to what stands before it, or part of it."""
        mention = self.mentions[self.at[i]]
        j = mention.first - 1
        if mention.form == "name" or mention.partitive or self.word(j) in self.words.joins_people:
            return True
        if j >= 0 and self.tokens[j].text in self.words.openers:
            return True
        return any(self.words.including.match(self.tokens, n) is not None for n in range(max(0, j - 3), j + 1))

    # judging

    def _judged(self, found: Harmed) -> Harmed:
        """Mark harm that was not said to have happened: "could kill thousands", "feared dead", "40 die each year"."""
        real = not self._is_unreal(found.cue[0], found.mention) and not self._is_rate(found)
        return Harmed(found.mention, found.harm, found.cue, found.rule, real, found.negated)

    def _is_unreal(self, cue: int, mention: Mention) -> bool:
        words = self.words
        first = min(cue, mention.first) if mention.first <= cue <= mention.last else cue
        base = words.verbs.get(self.word(cue))
        for i in range(first - 1, max(-1, first - 1 - _UNREAL_REACH), -1):
            if mention.first <= i < mention.last:
                continue
            if self.word(i) == "and" and self._goes_on_bare(i + 1, base):
                continue
            if self.tokens[i].text in {",", ";", ".", ":"} or self.word(i) in {"and", "but", "that", "which", "who"}:
                return False
            if self.word(i) == "to" and not self._is_infinitive(i, cue):
                continue
            if words.unreal.match(self.tokens, i) is not None and self.tokens[i].text != "May":
                window = range(max(0, i - 2), i + 1)
                kept = any(words.unreal_unless.match(self.tokens, j) is not None for j in window)
                return not kept and not any(t.lower in words.unreal_unless for t in self.tokens[i + 1 : first])
        return False

    def _is_rate(self, found: Harmed) -> bool:
        """Say whether so many are told of for each of many periods: "kill dozens every year"."""
        end = max(found.mention.last, found.cue[1])
        for i in range(end, min(end + _RATE_REACH, len(self.tokens) - 1)):
            if self.tokens[i].text in {";", ".", ":"} or i in self.at:
                return False
            if self.word(i) in {"each", "every", "per"}:
                return self.word(i + 1) in self.words.periods
        return False

    def _goes_on_bare(self, i: int, base: VerbForm | None) -> bool:
        """Say whether "and" joins a bare verb to one before it, whose "could" then governs both."""
        if base is not None and base.form == "base":
            return True
        word, words = self.word(i), self.words
        function = word in words.preposition or word in words.determiner or word in words.pronoun or word in words.be
        return word.isalpha() and i not in self.at and not function and not word.endswith(("ed", "ing", "s", "t"))

    def _is_infinitive(self, i: int, cue: int) -> bool:
        """Say whether "to" at `i` belongs to the word of harm itself ("to be killed"), not to another verb."""
        words = self.words
        between = [self.word(j) for j in range(i + 1, cue)]
        return all(word in words.be or word in words.have or word in words.adverb for word in between)
