"""The addresses of the joint matter's editor, under a desk."""

from django.urls import path

from openhall.desk.pages import with_acts
from openhall.office.views import joint, joint_editing

MATTER = "<slug:code>/"
urlpatterns = [
    path("", joint.listing, name="joint_matters"),
    path("new/", joint_editing.begin, name="begin_joint"),
    path(MATTER + "edit/", joint_editing.edit, name="edit_joint"),
    path(MATTER + "preview/", joint.preview, name="preview_joint"),
    *with_acts(MATTER, joint.overview, "joint_matter"),
]
