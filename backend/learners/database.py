"""The database of learner state: tables, and a session for each use. SQLite by default, PostgreSQL by its URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, DateTime, Engine, ForeignKey, String, Text, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from backend.errors import TutorError

_MIGRATIONS = Path(__file__).with_name("migrations")


class Table(DeclarativeBase):
    """The root of the tables; `backend/learners/migrations` brings a database to this shape."""


class ConversationRow(Table):
    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[str | None] = mapped_column(String(64), index=True)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))
    turns: Mapped[list["TurnRow"]] = relationship(back_populates="conversation", order_by="TurnRow.id")


class TurnRow(Table):
    __tablename__ = "turns"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))
    question: Mapped[str] = mapped_column(Text)
    standalone_question: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    conversation: Mapped[ConversationRow] = relationship(back_populates="turns")


class Database:
    """One engine, and sessions that commit when their block ends well."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = create_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)

    @classmethod
    def at(cls, url: str | None, home: Path) -> "Database":
        """The database of the settings: by default a file in the home folder.

        Raises:
            TutorError: It cannot be used; the message names the setting.
        """
        if url is None:
            try:
                home.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise TutorError(f"The home folder cannot be made ({error}): set STEPWISE_HOME to another.") from error
            url = f"sqlite:///{home / 'stepwise.db'}"
        try:
            return cls(url)
        except (SQLAlchemyError, ImportError) as error:
            raise _unusable(error) from error

    def upgrade(self) -> None:
        """Bring the tables up to date; safe to repeat.

        Raises:
            TutorError: The database cannot be opened.
        """
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        try:
            with self._engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except OperationalError as error:
            raise _unusable(error) from error

    @property
    def engine(self) -> Engine:
        return self._engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self._engine) as session, session.begin():
            yield session

    def close(self) -> None:
        self._engine.dispose()


def _unusable(error: Exception) -> TutorError:
    reason = str(error).splitlines()[0]
    return TutorError(f"The database of learner state cannot be used ({reason}): is STEPWISE_DATABASE_URL right?")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
