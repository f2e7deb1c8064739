"""What was done about money is never changed or removed; each notice adds up, says the database.

Whenever a notice changes, its lines are what it asks, its receipt what was paid, its approved
waivers what was let off, its red letters what was taken back. A12. On PostgreSQL the same is asked
of the lines, receipts and waivers themselves at the end of their transaction.
"""

from typing import Any

from django.db import migrations
from django.db.migrations import RunPython

from openhall.ledger.triggers import OnlyGrows

MESSAGE = "a notice is not what its lines, receipts, waivers and red letters add up to"
SUMS = """
    (SELECT COALESCE(SUM(amount), 0) FROM fees_noticeline WHERE notice_id = {notice}.id)
        <> {notice}.amount
    OR (SELECT COALESCE(SUM(amount), 0) FROM fees_bankreceipt WHERE notice_id = {notice}.id)
        <> {notice}.paid
    OR (SELECT COALESCE(SUM(amount), 0) FROM fees_relief WHERE notice_id = {notice}.id
        AND kind = 'waiver' AND state = 'approved') <> {notice}.waived
    OR (SELECT COALESCE(SUM(amount), 0) FROM fees_paymentnotice red WHERE red.red_of_id = {notice}.id)
        <> {notice}.refunded
"""
ROWS = ("fees_noticeline", "fees_bankreceipt", "fees_relief")


def lay(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER fees_notice_adds_up AFTER UPDATE ON fees_paymentnotice"
            f" WHEN NEW.seq > 0 AND ({SUMS.format(notice='NEW')})"
            f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        return
    schema_editor.execute(
        "CREATE FUNCTION fees_notice_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NEW.seq > 0 AND ({SUMS.format(notice='NEW')}) THEN RAISE EXCEPTION '{MESSAGE}'; "
        "END IF; RETURN NULL; END $$"
    )
    schema_editor.execute(
        "CREATE TRIGGER fees_notice_adds_up AFTER UPDATE ON fees_paymentnotice "
        "FOR EACH ROW EXECUTE FUNCTION fees_notice_adds_up()"
    )
    schema_editor.execute(
        "CREATE FUNCTION fees_rows_add_up() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE one bigint; bill fees_paymentnotice; BEGIN "
        "IF TG_OP = 'DELETE' THEN one := OLD.notice_id; ELSE one := NEW.notice_id; END IF; "
        "SELECT * INTO bill FROM fees_paymentnotice WHERE id = one; "
        f"IF bill.id IS NOT NULL AND ({SUMS.format(notice='bill')}) THEN "
        f"RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN NULL; END $$"
    )
    for table in ROWS:
        schema_editor.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_adds_up AFTER INSERT OR UPDATE OR DELETE "
            f"ON {table} DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION fees_rows_add_up()"
        )


def take_away(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TRIGGER fees_notice_adds_up")
        return
    schema_editor.execute("DROP TRIGGER fees_notice_adds_up ON fees_paymentnotice")
    for table in ROWS:
        schema_editor.execute(f"DROP TRIGGER {table}_adds_up ON {table}")
    schema_editor.execute("DROP FUNCTION fees_notice_adds_up()")
    schema_editor.execute("DROP FUNCTION fees_rows_add_up()")


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]
    operations = [OnlyGrows("fees_feedeed", "fees_statementformatevent"), RunPython(lay, take_away)]
