"""Whether a sentence says what the notes say: checks that need no language model, each of which can speak against it.

Nearness is not proof: with one fact reversed, a sentence keeps a cosine of .94 to .97 to its source (docs/log.md). So
the numbers, the code and the names of a sentence must stand in its source, and neither a negation nor the opposite of
a word may stand on one side only. Knows words. Does not know vectors: `backend.tutoring.verify` does.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import Stemmer

_OPPOSITES_FILE = Path(__file__).with_name("opposites.txt")

_CODE = re.compile(r"`+([^`]+)`+")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\w)")
_MATHS = re.compile(r"\\[a-zA-Z]+|[{}$^]")
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_IDENTIFIER = re.compile(r"\b(?:[A-Za-z]+(?:_[A-Za-z0-9]+)+|[a-z]+(?:\.[a-z_]+)+|[A-Z][a-z]+(?:[A-Z][A-Za-z]*)+)\b")
_CLAUSE_END = re.compile(
    r"[,;:()]\s|\s(?:and|but|while|whereas|because|so that|although|though|since|which|than|instead of|rather than)\s"
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|cannot|without|hardly|rarely|seldom|lacks?|leaves? out|skips?"
    r"|keeps? \w+ (?:\w+ )?out|instead of|rather than|unable|impossible|un(?:reliable|known|clear|likely|like|related"
    r"|changed|stable|ordered|sorted|labell?ed|seen|used|able|equal|even|safe|biased|bounded|supervised))\b|n't\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = {
    **{"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"},
    **{"eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "twice": "2", "double": "2"},
    **{"half": "0.5", "hundred": "100", "thousand": "1000", "million": "1000000"},
}
_VAGUE = {"1", "2", "0.5"}  # "one" and "half" are said without a number, "twice" where the source says "doubles".
_EMPTY_WORDS = """
a about above after all also an and any are as at be because been before being below between both but by can could did
do does each else for from further get gets give gives had has have how if in into is it its itself just let like made
make makes many may means might more most much must never no not of off often on one only or other our out over own
per same say says should since so some such take takes than that the their them then there these they thing this those
through thus to too under until up us use used uses using very was way we well were what when where whether which
while who why will with would you your
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_CLOSE_CLAUSE = 0.5  # Two clauses with this share of words in common are taken to speak of the same thing.


@dataclass(frozen=True)
class Check:
    """The outcome: `coverage` is the share of the sentence's content words that its source has; `conflicts` says what
    speaks against it, in words, and is empty if nothing does."""

    coverage: float
    conflicts: tuple[str, ...]


def check(sentence: str, source: str, around: str, terms: Callable[[str], Collection[str]]) -> Check:
    """Compare a sentence with the sentence of the notes that it is said to rest on.

    Args:
        sentence: What is claimed.
        source: The nearest sentence of the notes.
        around: What else may be taken for granted: the sentences beside the source, its heading, the question.
        terms: The terms of the field that a text names, in one form each.
    """
    known = f"{source} {around}"
    conflicts = [
        *(f"number {number}" for number in _foreign_numbers(sentence, source, around)),
        *(f"name {name}" for name in _identifiers(sentence) if not _holds(known, name)),
        *(f"term {term}" for term in terms(sentence) if term not in terms(known)),
        *_overstated(sentence, source),
        *_reversals(sentence, source),
    ]
    said, there = stems(sentence), stems(known)
    return Check(len(said & there) / len(said) if said else 1.0, tuple(conflicts))


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text, code and formulas included."""
    words = [word for word in _words(text) if word not in _EMPTY]
    return frozenset(_stemmer().stemWords(words))


def _words(text: str) -> list[str]:
    return _WORD.findall(_MATHS.sub(" ", text.lower().replace("\u2019", "'")))


def _numbers(text: str) -> list[str]:
    """Numbers in one form: `1,000` as `1000`, `0.50` as `0.5`, `three` as `3`, `25 %` as `25`."""
    digits = [_plain(number) for number in _NUMBER.findall(text)]
    return digits + [_NUMBER_WORDS[word] for word in _words(_CODE.sub(" ", text)) if word in _NUMBER_WORDS]


def _foreign_numbers(sentence: str, source: str, around: str) -> list[str]:
    """Numbers that the source does not have. What stands around it may lend one, unless one of its own is gone."""
    said, there = _numbers(sentence), _numbers(source)
    is_one_gone = not {*there} <= {*said}
    known = {*there} if is_one_gone else {*there, *_numbers(around), *_VAGUE}
    return [number for number in said if number not in known]


def _plain(number: str) -> str:
    number = number.replace(",", "")
    return number.rstrip("0").rstrip(".") if "." in number else number


def _identifiers(text: str) -> list[str]:
    code = [piece.strip() for piece in _CODE.findall(text)]
    return [*code, *_IDENTIFIER.findall(_CODE.sub(" ", text))]


def _holds(text: str, name: str) -> bool:
    """Whether a name stands in a text, brackets and the object before the dot apart: `df.head()` holds `head`."""
    bare = name.rstrip("()").rsplit(".", 1)[-1]
    return name in text or (bool(bare) and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text) is not None)


# How much is claimed

_ALWAYS = {
    "always",
    "never",
    "every",
    "all",
    "each",
    "none",
    "only",
    "any",
    "exactly",
    "whatever",
    "must",
    "guarantees",
}
_MOSTLY = {
    *(
        "often",
        "usually",
        "normally",
        "typically",
        "mostly",
        "most",
        "many",
        "some",
        "several",
        "sometimes",
        "may",
        "might",
    ),
    *("can", "could", "few", "fairly", "about", "roughly", "likely", "frequently", "commonly", "one", "or"),
}


def _overstated(sentence: str, source: str) -> Iterator[str]:
    """A word of certainty that the source lacks, where the source has a word of doubt that the sentence lacks."""
    said, there = {*_words(sentence)}, {*_words(source)}
    surer = (said & _ALWAYS) - there
    if surer and not there & _ALWAYS and (there & _MOSTLY) - said:
        yield f"{min(surer)} for {min((there & _MOSTLY) - said)}"


# Opposites and negation


def _reversals(sentence: str, source: str) -> list[str]:
    """What turns the source round: opposites and a negation. One of each undo each other ("does not rise", "falls")."""
    opposites = list(_opposites(sentence, source))
    if not _is_denied(sentence, source):
        return opposites
    return [] if len(opposites) == 1 else [*opposites, "negation"]


@lru_cache(maxsize=1)
def _opposite_pairs() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of sets of words that mean the opposite of each other, from the file beside this one."""
    pairs = []
    for line in _OPPOSITES_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            left, right = line.split("|")
            pairs.append((frozenset(left.split()), frozenset(right.split())))
    return tuple(pairs)


def _opposites(sentence: str, source: str) -> Iterator[str]:
    """Each pair of opposites of which the sentence has one side where its source has the other."""
    said, there = _words(sentence), _words(source)
    for left, right in _opposite_pairs():
        for mine, other in ((left, right), (right, left)):
            if mine.isdisjoint(said) or not other.isdisjoint(said) or other.isdisjoint(there):
                continue
            if mine.isdisjoint(there) or _is_nearer(sentence, source, other, mine):
                yield f"{_first(mine, said)} for {_first(other, there)}"
        if not left.isdisjoint(said) and not right.isdisjoint(said) and _is_swapped(sentence, source, left, right):
            yield f"{_first(left, said)} and {_first(right, said)} swapped"


def _first(words: frozenset[str], text: Sequence[str]) -> str:
    return next(word for word in text if word in words)


def _is_nearer(sentence: str, source: str, other: frozenset[str], mine: frozenset[str]) -> bool:
    """Whether the clauses of the source with the other word share more with the sentence than those with its own."""
    said = stems(sentence)
    shares = {True: 0.0, False: 0.0}
    for clause in _clauses(source):
        words = {*_words(clause)}
        share = _share(stems(clause) - _stemmed(mine | other), said)
        for is_other, side in ((True, other), (False, mine)):
            if not side.isdisjoint(words):
                shares[is_other] = max(shares[is_other], share)
    return shares[True] >= 0.75 and shares[True] > shares[False] + 0.3


def _is_swapped(sentence: str, source: str, left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether what is said beside each of two opposites stands beside the other one in the source."""
    straight = crossed = 0.0
    beside = {
        side: [
            stems(clause) - _stemmed(left | right) for clause in _clauses(source) if not side.isdisjoint(_words(clause))
        ]
        for side in (left, right)
    }
    for clause in _clauses(sentence):
        words = {*_words(clause)}
        about = stems(clause) - _stemmed(left | right)
        for mine, other in ((left, right), (right, left)):
            if about and not mine.isdisjoint(words) and other.isdisjoint(words):
                straight += max((_share(about, there) for there in beside[mine]), default=0.0)
                crossed += max((_share(about, there) for there in beside[other]), default=0.0)
    return crossed > straight + 0.3


def _stemmed(words: frozenset[str]) -> frozenset[str]:
    return frozenset(_stemmer().stemWords(list(words)))


def _is_denied(sentence: str, source: str) -> bool:
    """Whether a clause is denied on one side only."""
    pairs = [
        (clause, max(_clauses(source), key=lambda there: _share(stems(clause), stems(there))))
        for clause in _clauses(sentence)
        if stems(clause)
    ]
    differing = sum(
        _is_negative(clause) != _is_negative(there)
        for clause, there in pairs
        if _share(stems(clause), stems(there)) >= _CLOSE_CLAUSE
    )
    return differing > 0 and _is_negative(sentence) != _is_negative(source)


def _is_negative(clause: str) -> bool:
    clause = _CODE.sub(" ", clause)
    return len(_NEGATION.findall(clause)) % 2 == 1


def _clauses(text: str) -> list[str]:
    plain = _CODE.sub(lambda code: " ".join(_words(code[1])), text.replace("\u2019", "'"))
    return [clause for clause in _CLAUSE_END.split(plain) if clause.strip()] or [plain]


def _share(some: frozenset[str], all_: frozenset[str]) -> float:
    return len(some & all_) / len(some) if some else 0.0


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
