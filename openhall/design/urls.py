"""Addresses of the look. Included inside ``i18n_patterns``, so it has both languages."""

from django.urls import path

from openhall.design import views

app_name = "design"
urlpatterns = [
    path("elder/", views.elder, name="elder"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
