"""One person's walk through the doubts of a graph: where they are, what they answered, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.decisions import Decision, append_decision, remove_decision
from kg.knowledge import Knowledge
from kg.review.answers import Answer, Records, decide
from kg.review.doubts import Doubt


class Session:
    """Goes through doubts in order. Each answer is in the file before the next question is asked."""

    def __init__(
        self,
        doubts: Sequence[Doubt],
        knowledge: Knowledge,
        path: Path,
        *,
        raw: Records,
        now: Callable[[], str],
        who: str | None = None,
    ) -> None:
        """`path` is the file of decisions, `now` gives the time of a decision in ISO."""
        self.doubts = tuple(doubts)
        self.path = path
        self.at = 0
        self._knowledge, self._raw, self._now, self._who = knowledge, raw, now, who
        self._done: list[tuple[int, tuple[Decision, ...]]] = []

    @property
    def doubt(self) -> Doubt | None:
        """The question to be asked, None where there is none left."""
        return self.doubts[self.at] if self.at < len(self.doubts) else None

    @property
    def n_decided(self) -> int:
        """How many decisions were written and not taken back."""
        return sum(len(decisions) for _at, decisions in self._done)

    def answer(self, answer: Answer, reason: str, *, value: str | None = None) -> int:
        """Write what an answer to the question decides, and go on.

        Returns:
            How many decisions that was; none where the question is about a fact that a decision added.

        Raises:
            InputError: the file is malformed or cannot be written; nothing is written and the question stays.
        """
        doubt = self.doubts[self.at]
        decisions = decide(
            doubt,
            answer,
            raw=self._raw,
            pointed=self._knowledge.records,
            reason=reason,
            made=self._now(),
            who=self._who,
            value=value,
        )
        for number, decision in enumerate(decisions):
            try:
                append_decision(self.path, decision)
            except Exception:
                for written in decisions[:number]:
                    remove_decision(self.path, written)
                raise
        self._done.append((self.at, decisions))
        self.at += 1
        return len(decisions)

    def skip(self) -> None:
        """Go on without a decision."""
        self._done.append((self.at, ()))
        self.at += 1

    def undo(self) -> bool:
        """Go back one question and take back what was decided on it.

        Returns:
            Whether there was one.

        Raises:
            InputError: the file is malformed or cannot be written.
        """
        if not self._done:
            return False
        at, decisions = self._done[-1]
        for decision in reversed(decisions):
            remove_decision(self.path, decision)
        self._done.pop()
        self.at = at
        return True
