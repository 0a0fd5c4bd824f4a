"""Errors meant for the person at the keyboard: what is wrong, where, what to do.

Every error of this project that a user can cause is an `InputError`; the command line prints it as one line and exits
with 2. Anything else is a bug.
"""

from __future__ import annotations


class InputError(Exception):
    """Input that cannot be used. `str(error)` is one line: what is wrong, where, and what to do about it."""

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        """`where` is a file, file:line or offset; `hint` says what to do."""
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(self.line())

    def line(self) -> str:
        """The whole message on one line, whatever stands in the pieces."""
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.hint:
            parts.append(self.hint)
        return " — ".join(" ".join(part.split()) for part in parts)
