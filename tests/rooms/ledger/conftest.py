"""A city whose log an intruder with the database's own password can edit."""

import pytest

TABLES = (
    "ledger_entry",
    "ledger_leaf",
    "ledger_subtree",
    "ledger_checkpoint",
    "ledger_cosignature",
    "ledger_dailycheckpoint",
    "cases_caseevent",
)


@pytest.fixture
def city(cast, doing, settings, tmp_path):
    """Three cases received and accepted, the log signed and published; then the locks broken."""
    from django.db import connection

    from openhall.cases import actions as case_actions
    from openhall.cases.actions import Party
    from openhall.cases.terms import ApplicantKind, Channel
    from openhall.ledger.actions import seal
    from openhall.ledger.publishing import publish_log
    from openhall.organs.terms import IdentityKind

    party = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
    settings.PUBLISHED_ROOT = tmp_path
    settings.DEMO = True  # the story is set in 2024, so its entry times are not the clock's
    for day in ("2024-03-04", "2024-03-05", "2024-03-06"):
        case = case_actions.submit(
            cast.item.code, party, {}, Channel.ONLINE, doing(cast.wang_fang, f"{day} 09:00")
        )
        case_actions.accept(case.pk, doing(cast.li_chuang, f"{day} 10:00", desk="window"))
    seal()
    publish_log()
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
    return cast
