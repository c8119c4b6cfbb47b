"""What a rule of the linter is: a function that looks at the corpus and yields where something is wrong, and what.

Knows ids and levels. Does not know any rule: the modules `corpus.lint_*` register theirs here when they are imported.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.lint_drafts import Corpus, Page, PageKind, Spot

Level = Literal["error", "warning"]
Check = Callable[[Corpus], Iterable[Spot]]
PageCheck = Callable[[Page, Corpus], Iterable[Spot]]


@dataclass(frozen=True)
class Finding:
    """One place that breaks one rule.

    >>> print(Finding("error", "N8", "notes/python-basics/lists.md:12", "[[arrays]] goes nowhere"))
    error    N8   notes/python-basics/lists.md:12  [[arrays]] goes nowhere
    """

    level: Level
    rule: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.level:<7}  {self.rule:<3}  {self.where}  {self.what}"


@dataclass(frozen=True)
class Rule:
    """`says` is the rule in one line: the docstring of the function that checks it."""

    id: str
    level: Level
    says: str
    check: Check

    def findings(self, corpus: Corpus) -> Iterator[Finding]:
        for where, what in self.check(corpus):
            yield Finding(self.level, self.id, where, what)

    @property
    def order(self) -> tuple[str, int]:
        """N2 comes before N10."""
        return self.id[0], int(self.id[1:])


_rules: dict[str, Rule] = {}


def all_rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.order)


def rule(rule_id: str, level: Level = "error") -> Callable[[Check], Check]:
    """Registers a function that checks the whole corpus."""

    def register(check: Check) -> Check:
        _add(Rule(rule_id, level, check.__doc__ or "", check))
        return check

    return register


def page_rule(
    *, note: str | None = None, path: str | None = None, resource: str | None = None, level: Level = "error"
) -> Callable[[PageCheck], PageCheck]:
    """Registers a function that checks one page; it has an id of its own for each kind of page that it looks at."""
    ids: dict[PageKind, str | None] = {"note": note, "path": path, "resource": resource}

    def register(check: PageCheck) -> PageCheck:
        for kind, rule_id in ids.items():
            if rule_id is not None:
                _add(Rule(rule_id, level, check.__doc__ or "", _on_pages(kind, check)))
        return check

    return register


def _on_pages(kind: PageKind, check: PageCheck) -> Check:
    def check_pages(corpus: Corpus) -> Iterator[Spot]:
        for page in corpus.pages_of(kind):
            yield from check(page, corpus)

    return check_pages


def _add(new: Rule) -> None:
    if new.id in _rules or not re.fullmatch(r"[A-Z]\d+", new.id) or not new.says:
        raise ValueError(f"Rule {new.id!r} needs an id of its own, such as N8, and a docstring that says the rule.")
    _rules[new.id] = new
