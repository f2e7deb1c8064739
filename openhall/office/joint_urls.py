"""The addresses of the joint matter's editor, under a desk."""

from django.urls import path

from openhall.office.views import joint, joint_editing

MATTER = "<slug:code>/"
urlpatterns = [
    path("", joint.listing, name="joint_matters"),
    path("new/", joint_editing.begin, name="begin_joint"),
    path(MATTER, joint.overview, name="joint_matter"),
    path(MATTER + "edit/", joint_editing.edit, name="edit_joint"),
    path(MATTER + "preview/", joint.preview, name="preview_joint"),
    path(MATTER + "publish/", joint.publish, name="publish_joint"),
    path(MATTER + "send/", joint.send, name="send_joint"),
    path(MATTER + "back/", joint.send_back, name="send_joint_back"),
    path(MATTER + "next/", joint.next_version, name="next_joint"),
    path(MATTER + "drop/", joint.drop, name="drop_joint"),
    path(MATTER + "end/", joint.end, name="end_joint"),
]
