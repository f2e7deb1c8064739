"""The room's recurring work."""

from django_tasks import task

from openhall.clients.actions.telling import tell_webhooks as tell


@task()
def tell_webhooks() -> int:
    """Tell every webhook what the log has grown by; how many batches arrived."""
    return tell()
