"""The database of learner state."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from backend.errors import TutorError
from backend.learners.database import ConversationRow, Database, Table, TurnRow


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database.at(None, tmp_path / "home")
    made.upgrade()
    return made


def test_by_default_it_is_a_file_in_the_home_folder(database: Database, tmp_path: Path) -> None:
    assert (tmp_path / "home" / "stepwise.db").exists()
    assert Database.at("sqlite:///elsewhere.db", tmp_path).url == "sqlite:///elsewhere.db"


@pytest.mark.parametrize("url", ["nonsense", "nosuch://host/x", "sqlite:////nowhere/at/all/x.db"])
def test_a_database_that_cannot_be_used_is_told_in_one_line_with_its_setting(tmp_path: Path, url: str) -> None:
    with pytest.raises(TutorError, match="STEPWISE_DATABASE_URL") as refused:
        Database.at(url, tmp_path).upgrade()
    assert "\n" not in refused.value.message


def test_a_home_that_cannot_be_made_is_told_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"a file, not a folder")
    with pytest.raises(TutorError, match="set STEPWISE_HOME"):
        Database.at(None, tmp_path / "home")


def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_upgrading_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    with database.session() as session:
        session.add(ConversationRow(id="con_1"))
    database.upgrade()
    with Database.at(None, tmp_path / "home").session() as session:
        assert session.get(ConversationRow, "con_1") is not None


def test_a_session_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.session() as session:
            session.add(ConversationRow(id="con_1"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.session() as session:
        assert session.get(ConversationRow, "con_1") is None


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.engine.connect() as connection:
        assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
    with database.session() as writer, database.session() as reader:
        writer.add(ConversationRow(id="con_1"))
        writer.flush()
        assert reader.get(ConversationRow, "con_1") is None


def test_a_turn_without_its_conversation_is_refused(database: Database) -> None:
    turn = TurnRow(conversation_id="nowhere", question="q", standalone_question="q", answer={})
    with pytest.raises(IntegrityError), database.session() as session:
        session.add(turn)
