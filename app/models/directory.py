# SPDX-License-Identifier: EUPL-1.2
"""Which listings changed, and in what order: what keeps the search of every process up to date."""

from typing import Any

from sqlalchemy import DDL, Connection, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key

# Table → how to say which listings a row of it is about.
WATCHED = {
    "organisation": "SELECT {row}.id",
    "activity": "SELECT {row}.organisation_id",
    "organisation_label": "SELECT {row}.organisation_id",
    "network_member": "SELECT {row}.organisation_id",
    "contract_holder": "SELECT id FROM organisation "
    "WHERE siret BETWEEN {row}.siren || '00000' AND {row}.siren || '99999'",
}
CHANGES = ("INSERT", "UPDATE", "DELETE")
LOCK = 20_140_731  # any number that nothing else locks: the day of the law on the SSE


class ListingChange(Base):
    """The last change of one listing: a new number each time, in the order of the commits.

    The database writes it itself, whoever changes a listing and however (see `watch`). A line
    outlives its organisation, so that the search forgets it; nobody empties this table.
    """

    __tablename__ = "listing_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(unique=True)


def watch(connection: Connection) -> None:
    """Let the database note every change of a listing, if the table for it is there."""
    if not inspect(connection).has_table(ListingChange.__tablename__):
        return
    for statement in _statements(connection.dialect.name):
        connection.execute(DDL(statement.replace("%", "%%")))


def unwatch(connection: Connection) -> None:
    """Note nothing any more, so that tables may be made anew; `watch` them again afterwards.

    SQLite forgets the triggers of a table that a migration makes anew, and refuses to rename a
    table while a trigger speaks of one that is not there.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(DDL("DROP FUNCTION IF EXISTS note_listing_change() CASCADE"))
        return
    for table in WATCHED:
        for change in CHANGES:
            connection.execute(DDL(f"DROP TRIGGER IF EXISTS {_name(table, change)}"))


def _statements(dialect: str) -> list[str]:
    if dialect == "sqlite":
        return [
            statement
            for table in WATCHED
            for change in CHANGES
            for statement in _on_sqlite(table, change)
        ]
    return [*_FUNCTION, *(line for table in WATCHED for line in _on_postgres(table))]


def _name(table: str, change: str) -> str:
    return f"listing_change_{table}_{change.lower()}"


def _on_sqlite(table: str, change: str) -> list[str]:
    """One writer at a time: the numbers follow the commits by themselves."""
    name = _name(table, change)
    about = WATCHED[table].format(row="OLD" if change == "DELETE" else "NEW")
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"""CREATE TRIGGER {name} AFTER {change} ON {table} BEGIN
        DELETE FROM listing_change WHERE organisation_id IN ({about});
        INSERT INTO listing_change (organisation_id) {about};
        END""",  # noqa: S608 (tables are named here, not typed)
    ]


# PostgreSQL has many writers. The trigger waits for the end of the transaction and then takes a
# lock until the commit: numbers are drawn in the order of the commits, and none is ever missed. It
# is the last lock taken, so that two writers cannot wait for each other.
_FUNCTION = [
    f"""CREATE OR REPLACE FUNCTION note_listing_change() RETURNS trigger AS $$
    DECLARE
        changed record;
        about integer;
    BEGIN
        PERFORM pg_advisory_xact_lock({LOCK});
        IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
        FOR about IN EXECUTE TG_ARGV[0] USING changed LOOP
            INSERT INTO listing_change (organisation_id) VALUES (about)
            ON CONFLICT (organisation_id) DO UPDATE
            SET id = nextval(pg_get_serial_sequence('listing_change', 'id'));
        END LOOP;
        RETURN NULL;
    END $$ LANGUAGE plpgsql"""  # noqa: S608
]


def _on_postgres(table: str) -> list[str]:
    about = WATCHED[table].format(row="($1)").replace("'", "''")
    return [
        f"DROP TRIGGER IF EXISTS listing_change_{table} ON {table}",
        f"""CREATE CONSTRAINT TRIGGER listing_change_{table}
        AFTER INSERT OR UPDATE OR DELETE ON {table} DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION note_listing_change('{about}')""",
    ]


@event.listens_for(Base.metadata, "after_create")
def _watch_new_tables(_: Any, connection: Connection, **more: Any) -> None:
    watch(connection)
