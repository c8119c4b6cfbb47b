"""Whether sentences that say what the notes say are kept, and those with one changed fact are caught.

Knows rewordings of sentences of the notes, true and false ones. Asks `backend.tutoring.verify`, as a turn does.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ValidationError

from backend.errors import BadRequest
from backend.evaluation.figures import Figure, figure
from backend.tutoring.verify import Evidence
from ingest.embedding import Embedding
from ingest.passages import Passage
from ingest.snapshots import OpenSnapshot


class Rewording(BaseModel):
    """A sentence of a document, two true rewordings, and one with a changed fact of some `kind`."""

    id: str
    document: str
    sentence: str
    light: str
    heavy: str
    flip: str
    kind: str


def read_rewordings(path: Path) -> list[Rewording]:
    """The lines of a JSONL file.

    Raises:
        BadRequest: The file is missing, or a line is no rewording.
    """
    try:
        return [Rewording.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValidationError) as error:
        raise BadRequest(f"{path} holds no rewordings: {str(error).splitlines()[0]}.") from error


def evaluate_support(snapshot: OpenSnapshot, embedding: Embedding, rewordings: Sequence[Rewording]) -> list[Figure]:
    """The shares of true sentences that are kept and of changed facts that are caught, all and by kind.

    A rewording whose sentence stands in the notes no more is left out.
    """
    values: dict[str, list[float]] = {}
    for rewording, passage in _with_passages(snapshot, rewordings):
        evidence = Evidence.of(snapshot, [(passage, 1.0)], "")
        for name, text in (("as written", rewording.sentence), ("light", rewording.light), ("heavy", rewording.heavy)):
            values.setdefault(f"true, kept, {name}", []).append(_is_kept(text, evidence, embedding))
        for name in ("changed fact caught", f"changed fact caught, {rewording.kind}"):
            values.setdefault(name, []).append(not _is_kept(rewording.flip, evidence, embedding))
    return [figure("answers", name, "all", counted) for name, counted in values.items()]


def _is_kept(sentence: str, evidence: Evidence, embedding: Embedding) -> bool:
    return evidence.attribute(sentence, embedding.embed_one(sentence)).quotation is not None


def _with_passages(snapshot: OpenSnapshot, rewordings: Sequence[Rewording]) -> Iterator[tuple[Rewording, Passage]]:
    for rewording in rewordings:
        passages = (snapshot.passages[id_].passage for id_ in snapshot.passages_of(rewording.document))
        holding = next((passage for passage in passages if rewording.sentence in passage.text), None)
        if holding is not None:
            yield rewording, holding
