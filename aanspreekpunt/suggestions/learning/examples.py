"""What is learned from: texts of which the label is known."""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC_WEIGHT = 0.3
"""What a product's own name counts for, next to the 1 of a question that somebody really asked."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its label.

    `source` tells examples of the same person apart from those of different people: what only few sources say is
    never learned. Public texts (names of products, questions of published answers) may be learned whole.
    """

    text: str
    label: str
    source: str = ""
    is_public: bool = False

    @property
    def weight(self) -> float:
        """How much it counts in learning."""
        return PUBLIC_WEIGHT if self.is_public else 1.0
