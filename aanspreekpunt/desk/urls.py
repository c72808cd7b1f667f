"""The addresses of `desk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from aanspreekpunt.desk.views import account, conversations, home

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
    path("inloggen", account.LogIn.as_view(), name="login"),
    path("uitloggen", account.LogOut.as_view(), name="logout"),
    path("account", account.show_account, name="account"),
    path("taal", account.choose_language, name="choose-language"),
    path("aanwezig", account.say_available, name="say-available"),
    path("contact/nieuw", conversations.begin_conversation, name="new-contact"),
    path("contact/<uuid:conversation>", conversations.show_conversation, name="conversation"),
    path("contact/<uuid:conversation>/concept", conversations.save_conversation, name="save-conversation"),
    path("contact/<uuid:conversation>/deel/<slug:part>", conversations.show_part, name="conversation-part"),
    path("contact/<uuid:conversation>/vraag/<int:number>", conversations.show_receipt, name="receipt"),
]
