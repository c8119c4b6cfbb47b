"""The language model behind one seam: text in, text out, piece by piece. The only module that knows LangChain.

A model phrases; it never decides what is cited, covered or right. It may be missing, slow, cut off or wrong: every
such case ends as `ModelFailed` with a reason for people, and the turn goes on with its quotes.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from backend.local_model import LocalModel, ModelStatus
from backend.model_files import QWEN_CODER
from backend.settings import BackendSettings

MAX_TOKENS = 320
_STRONG_MAX_TOKENS = 900


@dataclass(frozen=True)
class Prompt:
    """What a model is asked: who it is, and one message."""

    system: str
    user: str


class ModelFailed(RuntimeError):
    """The model gave no (or no whole) answer; the message says why, for people."""


class LanguageModel(Protocol):
    """The seam. `is_strong` says whether the model can be trusted with several passages at once."""

    name: str
    is_strong: bool

    @property
    def status(self) -> ModelStatus: ...

    def stream(self, prompt: Prompt) -> AsyncIterator[str]:
        """The model's words as they come.

        Raises:
            ModelFailed: It is not ready, or it broke off.
        """
        ...


@dataclass(frozen=True)
class Deadlines:
    """How long a model may take, in seconds: before its first words, between words, and in all."""

    first: float
    silence: float
    total: float


class NoModel:
    """The notes are quoted, and nothing is explained."""

    name = "none"
    is_strong = False
    status = ModelStatus(None, "none", reason="No language model is set (STEPWISE_MODEL), so the notes are quoted.")

    async def stream(self, prompt: Prompt) -> AsyncIterator[str]:
        raise ModelFailed(self.status.reason)
        yield ""


class RemoteModel:
    """A provider's model, or one on any OpenAI-compatible server."""

    is_strong = True

    def __init__(self, name: str, chat: BaseChatModel) -> None:
        self.name = name
        self.status = ModelStatus(name, "ready")
        self._chat = chat

    def stream(self, prompt: Prompt) -> AsyncIterator[str]:
        return _stream(self._chat, prompt)


class UnusableModel:
    """A model that was asked for and cannot be had, with the reason."""

    is_strong = False

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.status = ModelStatus(name, "failed", reason=reason)

    async def stream(self, prompt: Prompt) -> AsyncIterator[str]:
        raise ModelFailed(self.status.reason)
        yield ""


class InProcessModel:
    """The local model; ready once its thread has loaded it."""

    is_strong = False

    def __init__(self, local: LocalModel) -> None:
        self.name = local.name
        self._local = local
        self._chat: BaseChatModel | None = None

    @property
    def status(self) -> ModelStatus:
        return self._local.status

    async def loaded(self) -> None:
        """Wait until the model is ready, or is known not to become so."""
        await asyncio.to_thread(self._local.wait)

    async def stream(self, prompt: Prompt) -> AsyncIterator[str]:
        endpoint = self._local.endpoint
        if endpoint is None:
            raise ModelFailed(self.status.reason)
        if self._chat is None:
            self._chat = _openai_compatible(self.name, endpoint.url, SecretStr(endpoint.key), MAX_TOKENS)
        async for text in _stream(self._chat, prompt):
            yield text


def language_model(settings: BackendSettings, home: Path) -> LanguageModel:
    """The model that the settings name. A local one begins to load; nothing is asked of a remote one yet."""
    if settings.model == "none":
        return NoModel()
    if settings.model == "local":
        local = LocalModel(
            QWEN_CODER,
            home / "models",
            file=settings.model_file,
            threads=settings.model_threads,
            may_fetch=settings.fetch_model,
        )
        local.start()
        return InProcessModel(local)
    provider, _, name = settings.model.partition(":")
    if settings.model_url is not None:
        key = settings.model_key or SecretStr("none")
        return RemoteModel(name, _openai_compatible(name, settings.model_url, key, _STRONG_MAX_TOKENS))
    try:
        options: dict[str, Any] = {"api_key": settings.model_key.get_secret_value()} if settings.model_key else {}
        chat = init_chat_model(name, model_provider=provider, temperature=0, max_tokens=_STRONG_MAX_TOKENS, **options)
    # Each provider's package has errors of its own for a missing key; the tutor goes on quoting whatever they are.
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return UnusableModel(name, f"The model {settings.model} cannot be used: {reason}")
    return RemoteModel(name, chat)


async def within_deadlines(words: AsyncIterator[str], deadlines: Deadlines) -> AsyncGenerator[str]:
    """Pass the words on, and give up when they take too long.

    Raises:
        ModelFailed: A deadline passed, or the model broke off.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + deadlines.total
    patience, what = deadlines.first, "did not begin"
    while True:
        seconds = min(patience, end - loop.time())
        try:
            async with asyncio.timeout(seconds):
                text = await anext(words)
        except StopAsyncIteration:
            return
        except TimeoutError:
            is_total = seconds < patience
            problem = f"took longer than {deadlines.total:g}" if is_total else f"{what} within {patience:g}"
            raise ModelFailed(f"The language model {problem} seconds.") from None
        yield text
        if text:
            patience, what = deadlines.silence, "fell silent and said nothing"


async def _stream(chat: BaseChatModel, prompt: Prompt) -> AsyncIterator[str]:
    # A connection that ends early is no error to the client. OpenAI's protocol tells the end; others do so variously.
    is_whole = not isinstance(chat, ChatOpenAI)
    try:
        async for chunk in chat.astream([("system", prompt.system), ("user", prompt.user)]):
            is_whole = is_whole or "finish_reason" in chunk.response_metadata
            yield str(chunk.text)
    # Each provider's package has errors of its own; what they mean for the learner is the same.
    except Exception as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise ModelFailed(f"The language model broke off: {reason}") from error
    if not is_whole:
        raise ModelFailed("The language model broke off: the connection ended before the answer did.")


def _openai_compatible(name: str, url: str, key: SecretStr, max_tokens: int) -> BaseChatModel:
    # Deadlines are ours (`within_deadlines`), and a second try would double the wait: neither is left to the client.
    return ChatOpenAI(
        model=name,
        base_url=url,
        api_key=key,
        temperature=0,
        max_completion_tokens=max_tokens,
        max_retries=0,
        stream_usage=False,
    )
