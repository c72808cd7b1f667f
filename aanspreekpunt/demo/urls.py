"""The addresses of `demo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from aanspreekpunt.demo import views

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/", views.list_mails, name="mails"),
    path("mail/<str:name>/", views.show_mail, name="mail"),
    path("mail/<str:name>/html/", views.show_mail_as_html, name="mail-as-html"),
]
