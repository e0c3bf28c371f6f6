# SPDX-License-Identifier: EUPL-1.2
"""What all tables share: `db`, the types of columns, and how a transaction begins."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    DateTime,
    Engine,
    Enum,
    ForeignKey,
    MetaData,
    String,
    Text,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column, registry


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, always in UTC: SQLite forgets time zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = Annotated[int, mapped_column(primary_key=True)]
Word = Annotated[str, mapped_column(String(200))]
Code = Annotated[str, mapped_column(String(80))]
Prose = Annotated[str, mapped_column(Text)]
Instant = Annotated[datetime, mapped_column(UtcDateTime)]
Facts = Annotated[dict[str, Any], mapped_column(JSON)]
Words = Annotated[list[str], mapped_column(JSON)]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all tables; names of constraints are fixed so that migrations can drop them."""

    metadata = MetaData(naming_convention=NAMES)
    registry = registry(type_annotation_map={datetime: UtcDateTime()})


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def link(target: str, *, index: bool = True, **options: Any) -> MappedColumn[Any]:
    """A foreign key to a row of `target`, kept by the database."""
    ondelete = options.pop("ondelete", "CASCADE")
    return mapped_column(ForeignKey(f"{target}.id", ondelete=ondelete), index=index, **options)


def status(kind: type[StrEnum], **options: Any) -> MappedColumn[Any]:
    """A column that holds the value of one of the statuses of `kind`."""
    values = Enum(
        kind,
        native_enum=False,
        length=40,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(values, **options)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    """Write-ahead log, patience for other writers, and transactions that we begin ourselves."""
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=5000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """One that will write takes the lock at once: a later upgrade fails without waiting."""
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def begin_writing() -> None:
    """Start a transaction that takes the write lock at once; what was read before is read again."""
    if db.session().in_transaction():
        db.session.commit()
        db.session.expire_all()
    db.session.connection(execution_options={"writes": True})
