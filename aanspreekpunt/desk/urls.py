"""The addresses of `desk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from aanspreekpunt.desk.views import (
    access_log,
    account,
    answers,
    conversations,
    demand,
    editing,
    exchange,
    home,
    insights,
    proposals,
    questions,
    queues,
    search,
    supervision,
    values,
)

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
    path("wachtrij", queues.show_queue, name="queue"),
    path("wachtrij.json", queues.show_queue_data, name="queue-data"),
    path("wachtrij/nieuws", queues.show_queue_news, name="queue-news"),
    path("volgende", questions.open_next, name="next"),
    path("vraag/<str:reference>", questions.show_question, name="question"),
    path("vraag/<str:reference>/nieuws", questions.show_question_news, name="question-news"),
    path("vraag/<str:reference>/collegas", questions.suggest_colleagues, name="colleagues"),
    path("vraag/<str:reference>/bijlage/<uuid:attachment>", questions.download, name="attachment"),
    path("vraag/<str:reference>/doen/<slug:verb>", questions.act, name="act"),
    path("zoeken", search.search, name="search"),
    path("zoeken/terwijl-u-typt", search.suggest, name="suggest"),
    path("zoeken/<str:ticket>", search.show_found, name="found"),
    path("toezicht", supervision.show_supervision, name="supervision"),
    path("toezicht/nieuws", queues.show_supervision_news, name="supervision-news"),
    path("beloften", supervision.show_figures, name="figures"),
    path("voor-of-achter", insights.show_proposals, name="insights"),
    path("voor-of-achter/<slug:product>/<slug:kind>", insights.show_proposal, name="insight"),
    path("inzagen", access_log.show_access_log, name="access-log"),
    path("inloggen", account.LogIn.as_view(), name="login"),
    path("uitloggen", account.LogOut.as_view(), name="logout"),
    path("account", account.show_account, name="account"),
    path("account/kanalen", account.choose_channels, name="choose-channels"),
    path("taal", account.choose_language, name="choose-language"),
    path("aanwezig", account.say_available, name="say-available"),
    path("contact/nieuw", conversations.begin_conversation, name="new-contact"),
    path("contact/<uuid:conversation>", conversations.show_conversation, name="conversation"),
    path("contact/<uuid:conversation>/concept", conversations.save_conversation, name="save-conversation"),
    path("contact/<uuid:conversation>/deel/<slug:part>", conversations.show_part, name="conversation-part"),
    path("contact/<uuid:conversation>/vraag/<int:number>", conversations.show_receipt, name="receipt"),
    path("antwoorden", answers.show_answers, name="answers"),
    path("antwoorden/inlezen", exchange.import_answers, name="import-answers"),
    path("antwoorden/inlezen/<uuid:uuid>", exchange.show_import, name="import"),
    path("antwoorden/inlezen/<uuid:uuid>/verslag.csv", exchange.download_report, name="import-report"),
    path("antwoorden/uitvoeren", exchange.export_answers, name="export-answers"),
    path("antwoorden/<slug:key>", answers.show_answer, name="answer"),
    path("antwoorden/<slug:key>/schrijven", editing.edit_answer, name="edit-answer"),
    path("antwoorden/<slug:key>/kladje", editing.keep_typed, name="keep-typed"),
    path("antwoorden/<slug:key>/verschillen", answers.show_differences, name="answer-differences"),
    path("antwoorden/<slug:key>/doen/<slug:verb>", answers.act_on_answer, name="act-on-answer"),
    path("antwoord/nieuw", editing.write_new_answer, name="new-answer"),
    path("antwoord/kladje", editing.keep_typed_new, name="keep-typed-new"),
    path("antwoord/voorbeeld", editing.show_preview, name="answer-preview"),
    path("antwoord/upl", editing.suggest_upl, name="suggest-upl"),
    path("antwoord/zoeken", demand.show_demand, name="demand"),
    path("voorstellen", proposals.show_proposals, name="proposals"),
    path("voorstellen/nieuw", proposals.propose, name="propose"),
    path("voorstellen/gezien", proposals.hear, name="hear-of-proposals"),
    path("voorstellen/<int:pk>", proposals.show_proposal, name="proposal"),
    path("voorstellen/<int:pk>/oordeel", proposals.judge, name="judge-proposal"),
    path("waarden", values.show_values, name="values"),
    path("waarden/<slug:key>", values.show_value, name="value"),
    path("waarde/nieuw", values.make_value, name="new-value"),
]
