"""The tables of answers: their versions, local values, proposals, work for their owners, and how they were used."""

from aanspreekpunt.knowledge.models.articles import Article, Audience, Version
from aanspreekpunt.knowledge.models.chores import Chore
from aanspreekpunt.knowledge.models.imports import AnswerImport
from aanspreekpunt.knowledge.models.learned import LearnedWord
from aanspreekpunt.knowledge.models.links import FollowedLink
from aanspreekpunt.knowledge.models.proposals import Proposal
from aanspreekpunt.knowledge.models.scratches import Scratch
from aanspreekpunt.knowledge.models.uses import SearchTally, Use
from aanspreekpunt.knowledge.models.values import LocalValue, ValueText

__all__ = [
    "AnswerImport",
    "Article",
    "Audience",
    "Chore",
    "FollowedLink",
    "LearnedWord",
    "LocalValue",
    "Proposal",
    "Scratch",
    "SearchTally",
    "Use",
    "ValueText",
    "Version",
]
