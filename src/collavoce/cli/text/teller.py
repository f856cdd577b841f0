"""Saying each thing once: when it changes, and again when somebody asks for all of it."""

import threading
from collections.abc import Mapping, Sequence
from typing import TextIO

Said = Mapping[str, Sequence[str]]
"""Topic -> the sentences that are true of it now, the most needed topic first."""


class Teller:
    """Sentences on `out`, one a line. What stood there before and still stands is not repeated."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._standing: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    def tell(self, said: Said) -> None:
        """Say what is new in `said`; topics that are not in it stay as they were."""
        with self._lock:
            for topic, sentences in said.items():
                before = self._standing.get(topic, ())
                self._standing[topic] = tuple(sentences)
                for sentence in sentences:
                    if sentence not in before:
                        self._print(sentence)

    def answer(self, sentence: str) -> None:
        """Say the answer to what was typed."""
        with self._lock:
            self._print(sentence)

    def again(self) -> None:
        """Say everything that stands."""
        with self._lock:
            for sentences in self._standing.values():
                for sentence in sentences:
                    self._print(sentence)

    def _print(self, sentence: str) -> None:
        print(sentence, file=self._out, flush=True)
