"""Checks the corpus: every rule of the curriculum that a program can check.

Knows which modules hold rules, and how to run them. `corpus.lint_drafts` reads the files, `corpus.lint_code` runs their
code, `corpus.lint_graph`, `corpus.lint_pages`, `corpus.lint_quizzes` and `corpus.lint_exercises` hold the rules.
"""

from dataclasses import dataclass
from pathlib import Path

from corpus import lint_asked, lint_exercises, lint_graph, lint_pages, lint_quizzes  # noqa: F401  importing them registers their rules
from corpus.lint_code import run_scripts
from corpus.lint_drafts import Corpus, read_corpus
from corpus.lint_registry import Finding, all_rules

__all__ = ["Finding", "Report", "lint"]


@dataclass(frozen=True)
class Report:
    """What the rules found, in the order of the rules; `looked_at` says how much they looked at."""

    findings: tuple[Finding, ...]
    looked_at: str

    @property
    def has_errors(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)

    @property
    def summary(self) -> str:
        """The counts in one line."""
        errors = sum(finding.level == "error" for finding in self.findings)
        return f"{self.looked_at}; {errors} errors, {len(self.findings) - errors} warnings"


def lint(folder: Path, cache: Path | None = None) -> Report:
    """Check a corpus folder. Runs its code; code that ran well before is not run again if `cache` is a folder."""
    corpus = read_corpus(folder)
    corpus.outcomes.update(run_scripts(corpus.scripts, cache))
    findings = [finding for rule in all_rules() for finding in rule.findings(corpus)]
    return Report(tuple(findings), _counts(corpus))


def _counts(corpus: Corpus) -> str:
    counts = {
        "concepts": len(corpus.concepts),
        "resources": len(corpus.resources),
        "notes": len(corpus.notes),
        "path notes": len(corpus.pages_of("path")),
        "resource summaries": len(corpus.pages_of("resource")),
        "quiz items": len(corpus.items),
        "exercises": len(corpus.exercises),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items())
