"""Runs the local language model in this process: llama.cpp, as an OpenAI-compatible server on a loopback port.

Knows files, memory and llama.cpp. Does not know prompts, and nothing but `backend.language_model` talks to it.
"""

import ctypes
import importlib
import importlib.util
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, Literal

import psutil

from backend.model_files import FetchFailed, ModelFile, fetch

logger = logging.getLogger(__name__)

State = Literal["none", "absent", "fetching", "loading", "ready", "failed"]

# Measured: 1.9 GB resident for a file of 1.1 GB. With room for the tutor, the page and a browser: 4 GB for that file.
_MEMORY_PER_FILE_BYTE = 3.6
_CONTEXT_TOKENS = 4096


@dataclass(frozen=True)
class ModelStatus:
    """Whether a language model can explain now. `progress` from 0 to 1 while it is being fetched."""

    name: str | None
    state: State
    progress: float | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Endpoint:
    """Where the loaded model answers; the server keeps running as long as this object lives."""

    url: str
    key: str
    server: Any


class LocalModel:
    """One GGUF file, fetched if allowed and loaded in a thread of its own, so that quotes need not wait for it."""

    def __init__(self, model: ModelFile, folder: Path, *, file: Path | None, threads: int, may_fetch: bool) -> None:
        self.name = (file or Path(model.name)).stem
        self.endpoint: Endpoint | None = None
        self.status = ModelStatus(self.name, "absent", reason="The language model is not loaded yet.")
        self._model = model
        self._folder = folder
        self._file = file
        self._threads = threads
        self._may_fetch = may_fetch
        self._thread = Thread(target=self._run, name="local-model", daemon=True)

    def start(self) -> None:
        """Begin to fetch and load; `status` tells how it goes."""
        self.status = ModelStatus(self.name, "loading", reason="The language model is being looked for.")
        self._thread.start()

    def wait(self) -> None:
        """Until it is ready or known not to become so."""
        self._thread.join()

    def _run(self) -> None:
        try:
            file = self._find()
            if file is None:
                return
            self.status = ModelStatus(self.name, "loading", reason="The language model is being loaded.")
            self.endpoint = load(file, self._threads)
            self.status = ModelStatus(self.name, "ready")
        except (FetchFailed, ModelNotLoadable) as error:
            logger.warning("%s", error)
            self.status = ModelStatus(self.name, "failed", reason=str(error))
        # The top of a job: whatever else goes wrong must not leave a model that is being fetched for ever.
        except Exception as error:
            logger.exception("the local model could not be made ready")
            reason = f"The language model could not be made ready ({error}): run `stepwise doctor`."
            self.status = ModelStatus(self.name, "failed", reason=reason)

    def _find(self) -> Path | None:
        file = self._file or self._folder / self._model.name
        if not file.exists() and self._file is None and self._may_fetch:
            check_memory(self._model.size)
            file = fetch(self._model, self._folder, self._on_progress)
        if not file.exists():
            how = "run `stepwise model pull`" if self._file is None else f"there is no file {file}"
            reason = f"The language model is not here ({how}), so the notes are quoted."
            self.status = ModelStatus(self.name, "absent", reason=reason)
            return None
        check_memory(file.stat().st_size)
        return file

    def _on_progress(self, done: int, total: int) -> None:
        share = done / total
        reason = f"The language model is being fetched ({share:.0%}); until it is here, the notes are quoted."
        self.status = ModelStatus(self.name, "fetching", progress=round(share, 4), reason=reason)


class ModelNotLoadable(RuntimeError):
    """The file is there but cannot be run here; the message says why in one line."""


def check_memory(file_size: int, available: Callable[[], int] = lambda: int(psutil.virtual_memory().available)) -> None:
    """Refuse to load a model that would push the machine into swapping.

    Raises:
        ModelNotLoadable: Less memory is free than the model and the tutor need.
    """
    needed, free = file_size * _MEMORY_PER_FILE_BYTE, available()
    if free < needed:
        raise ModelNotLoadable(
            f"The language model needs {needed / 1e9:.1f} GB of free memory and {free / 1e9:.1f} GB are free, "
            "so the notes are quoted."
        )


def load(file: Path, threads: int) -> Endpoint:
    """Load a GGUF file.

    Raises:
        ModelNotLoadable: llama.cpp cannot be imported or refuses the file.
    """
    llama = import_llama()
    params = llama.CommonParams()
    params.model.path = str(file)
    params.n_ctx = _CONTEXT_TOKENS
    params.n_parallel = 1
    params.cache_ram_mib = 256
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.verbosity = 0
    params.ui = False
    key = secrets.token_urlsafe(32)
    params.api_keys = [key]
    try:
        server = llama.Server(params)
    except RuntimeError as error:
        raise ModelNotLoadable(f"llama.cpp cannot load {file.name} ({error}), so the notes are quoted.") from error
    return Endpoint(f"{server.listening_address}/v1", key, server)


def import_llama() -> Any:
    """The llama.cpp binding.

    Raises:
        ModelNotLoadable: It cannot be imported here.
    """
    try:
        return importlib.import_module("xllamacpp")
    except ImportError as error:
        # llama.cpp wants the OpenMP runtime. A machine without a compiler lacks it, but torch brings one along.
        spec = importlib.util.find_spec("torch")
        runtime = Path(spec.origin).parent / "lib" / "libgomp.so.1" if spec and spec.origin else None
        if "libgomp" not in str(error) or runtime is None or not runtime.exists():
            raise ModelNotLoadable(f"llama.cpp cannot be loaded ({error}): `apt-get install libgomp1`.") from error
        ctypes.CDLL(str(runtime), mode=ctypes.RTLD_GLOBAL)
        return importlib.import_module("xllamacpp")
