"""Keys are changed here: no file that another test sealed may lie about, and none may be left."""

import shutil

import pytest
from django.core.files.storage import storages


@pytest.fixture(autouse=True)
def no_sealed_files_of_others():
    folder = storages["private"].storage.location
    shutil.rmtree(folder, ignore_errors=True)
    yield
    shutil.rmtree(folder, ignore_errors=True)
