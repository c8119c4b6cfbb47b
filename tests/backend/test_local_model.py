"""The local model: absent, fetched, loaded, or failed with a reason."""

import http.client
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from backend import local_model
from backend.local_model import Endpoint, LocalModel, ModelNotLoadable, ModelStatus, check_memory, import_llama, load
from backend.model_files import QWEN_CODER, FetchFailed

TINY = replace(QWEN_CODER, name="tiny.gguf", size=1000)


def started(folder: Path, file: Path | None = None, *, may_fetch: bool = False) -> LocalModel:
    model = LocalModel(TINY, folder, file=file, threads=1, may_fetch=may_fetch)
    model.start()
    model.wait()
    return model


def chat(endpoint: Endpoint, key: str) -> tuple[int, dict[str, object]]:
    address = urlsplit(endpoint.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
    body = {"messages": [{"role": "user", "content": "Say hello."}], "max_tokens": 5}
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    connection.request("POST", f"{address.path}/chat/completions", json.dumps(body), headers)
    response = connection.getresponse()
    try:
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def test_until_it_is_found_it_is_not_ready(tmp_path: Path) -> None:
    model = LocalModel(TINY, tmp_path, file=None, threads=1, may_fetch=False)
    assert model.status.state != "ready"
    assert model.status.reason
    assert model.endpoint is None


def test_without_its_file_the_command_that_fetches_it_is_named(tmp_path: Path) -> None:
    status = started(tmp_path).status
    assert status.state == "absent"
    assert "run `stepwise model pull`" in (status.reason or "")


def test_a_file_of_the_settings_that_is_not_there_is_named(tmp_path: Path) -> None:
    status = started(tmp_path, tmp_path / "mine.gguf", may_fetch=True).status
    assert status.state == "absent"
    assert str(tmp_path / "mine.gguf") in (status.reason or "")


def test_a_file_that_is_no_model_fails_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(b"not a model")
    status = started(tmp_path).status
    assert status.state == "failed"
    assert "cannot load tiny.gguf" in (status.reason or "")
    assert "\n" not in (status.reason or "")


def test_a_real_file_gets_ready(tmp_path: Path, small_model_file: Path) -> None:
    model = started(tmp_path, small_model_file)
    assert model.status == ModelStatus(small_model_file.stem, "ready")
    assert model.endpoint is not None


def test_the_loaded_model_answers_on_loopback_and_only_with_its_key(small_model: Endpoint) -> None:
    assert urlsplit(small_model.url).hostname == "127.0.0.1"
    status, answer = chat(small_model, small_model.key)
    assert status == 200
    assert answer["choices"]
    assert chat(small_model, "guess")[0] == 401


def test_fetching_is_told_as_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[ModelStatus] = []

    def fetch(model: object, folder: Path, on_progress: local_model.Callable[[int, int], None]) -> Path:
        on_progress(250, 1000)
        seen.append(model_under_test.status)
        raise FetchFailed("The hub does not answer.")

    monkeypatch.setattr(local_model, "fetch", fetch)
    model_under_test = LocalModel(TINY, tmp_path, file=None, threads=1, may_fetch=True)
    model_under_test.start()
    model_under_test.wait()
    assert (seen[0].state, seen[0].progress) == ("fetching", 0.25)
    assert "25%" in (seen[0].reason or "")
    assert model_under_test.status == ModelStatus("tiny", "failed", reason="The hub does not answer.")


def test_whatever_goes_wrong_it_does_not_stay_half_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(local_model, "fetch", fetch)
    status = started(tmp_path, may_fetch=True).status
    assert status.state == "failed"
    assert "stepwise doctor" in (status.reason or "")


def test_nothing_is_fetched_that_would_not_fit_into_memory(tmp_path: Path) -> None:
    huge = replace(TINY, size=10**15)
    model = LocalModel(huge, tmp_path, file=None, threads=1, may_fetch=True)
    model.start()
    model.wait()
    assert model.status.state == "failed"
    assert "free memory" in (model.status.reason or "")


@pytest.mark.parametrize(("free", "fits"), [(3_600, True), (3_599, False)])
def test_a_model_needs_room_for_itself_and_for_the_tutor(free: int, fits: bool) -> None:
    if fits:
        check_memory(1000, available=lambda: free)
        return
    with pytest.raises(ModelNotLoadable, match="so the notes are quoted"):
        check_memory(1000, available=lambda: free)


def test_the_need_for_memory_is_told_in_gigabytes() -> None:
    with pytest.raises(ModelNotLoadable, match=r"needs 3\.6 GB of free memory and 2\.0 GB are free"):
        check_memory(10**9, available=lambda: 2 * 10**9)


def test_llama_cpp_can_be_imported_here() -> None:
    assert import_llama().__name__ == "xllamacpp"


def test_a_llama_cpp_that_cannot_be_imported_is_told_with_what_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise ImportError("libsomething.so: cannot open shared object file")

    monkeypatch.setattr(local_model.importlib, "import_module", refuse)
    with pytest.raises(ModelNotLoadable, match="apt-get install"):
        import_llama()


def test_loading_what_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.gguf").write_bytes(b"GGUF")
    with pytest.raises(ModelNotLoadable, match=r"no\.gguf"):
        load(tmp_path / "no.gguf", threads=1)
