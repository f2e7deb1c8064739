"""Made-up requests, by the API's own description: no fault of ours, and every answer as described.

Schemathesis reads the OpenAPI document and makes both what it allows and what it forbids. A few
examples an operation: it is to run with everything else. EXAMPLES=200 looks harder.
"""

import os

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import checks as law
from schemathesis.generation import GenerationMode

from openhall.api.v1.routes import v1
from tests.factories.clients import bearer

pytestmark = pytest.mark.any_database
EXAMPLES = int(os.environ.get("EXAMPLES", "2"))
LOOKED_AT = [
    law.not_a_server_error,
    law.status_code_conformance,
    law.content_type_conformance,
    law.response_headers_conformance,
    law.response_schema_conformance,
]
PLAIN = {"Accept-Encoding": "identity"}  # it reads no zipped answers
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def names() -> list[str]:
    paths = v1.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return sorted(one["operationId"] for methods in paths.values() for one in methods.values())


def look(operation, headers) -> int:
    """Ask ``operation`` what its description allows, and what it forbids; how often it was."""
    asked = 0
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @QUIET
        @given(case=operation.as_strategy(generation_mode=mode))
        def each(case):
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=headers | PLAIN, checks=LOOKED_AT)

        try:
            each()
        except Unsatisfiable:  # nothing is asked of it, so nothing can be wrong
            assert mode == GenerationMode.NEGATIVE, operation.label
    return asked


def test_every_operation_answers_as_described(city, one_connection, settings):
    settings.THROTTLES = False
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    found = [one.ok() for one in schema.get_all_operations()]
    assert sorted(one.definition.raw["operationId"] for one in found) == names()
    for operation in found:
        assert look(operation, bearer(city.keys["all"])), operation.label
