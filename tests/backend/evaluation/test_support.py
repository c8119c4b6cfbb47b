"""True rewordings are kept and changed facts are caught, on a real note."""

from pathlib import Path

import pytest

from backend.errors import BadRequest
from backend.evaluation.support import Rewording, evaluate_support, read_rewordings
from ingest.embedding import Embedding
from ingest.snapshots import OpenSnapshot


def rewording(sentence: str, flip: str) -> Rewording:
    return Rewording(
        id="a",
        document="gradient-descent",
        sentence=sentence,
        light=sentence,
        heavy="The Eiffel Tower stands in Paris.",
        flip=flip,
        kind="name",
    )


def test_shares_are_of_the_sentences_they_speak_of(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    passages = (snapshot.passages[id_] for id_ in snapshot.passages_of("gradient-descent"))
    entry = next(iter(passages))
    sentence = entry.units[0].of(entry.passage.text)
    items = [rewording(sentence, sentence), rewording(sentence, f"{sentence.rstrip('.')} in 9283 steps.")]
    figures = {figure.name: figure.value for figure in evaluate_support(snapshot, embedding, items)}
    assert figures == {
        "true, kept, as written": 1.0,
        "true, kept, light": 1.0,
        "true, kept, heavy": 0.0,
        "changed fact caught": 0.5,
        "changed fact caught, name": 0.5,
    }


def test_a_sentence_that_is_no_longer_in_the_notes_is_left_out(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    assert evaluate_support(snapshot, embedding, [rewording("Nobody wrote this.", "x")]) == []


def test_a_bad_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rewordings.jsonl"
    with pytest.raises(BadRequest, match="holds no rewordings"):
        read_rewordings(path)
    path.write_text("{}\n")
    with pytest.raises(BadRequest, match="holds no rewordings"):
        read_rewordings(path)
