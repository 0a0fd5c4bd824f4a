"""Answers as plain columns, which become a pandas DataFrame for who has pandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kg.errors import InputError

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped, unused-ignore] # its stubs are no dependency

Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Named columns of equal length; values are strings, numbers, booleans or None."""

    columns: Mapping[str, Column]

    @classmethod
    def of(cls, names: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
        """A table of rows, each with a value for every name; no rows make empty columns."""
        values = list(zip(*rows, strict=True)) or [()] * len(names)
        return cls({name: _column(value) for name, value in zip(names, values, strict=True)})

    def __len__(self) -> int:
        """How many rows."""
        return len(next(iter(self.columns.values()), ()))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Rows as dictionaries of plain values, in order."""
        names = tuple(self.columns)
        for values in zip(*(column.tolist() for column in self.columns.values()), strict=True):
            yield dict(zip(names, values, strict=True))

    def without(self, *names: str) -> Table:
        """The table without some columns."""
        return Table({name: column for name, column in self.columns.items() if name not in names})

    def frame(self) -> DataFrame:
        """The same as a DataFrame; an empty answer keeps its columns.

        Raises:
            InputError: pandas is not installed.
        """
        try:
            import pandas  # type: ignore[import-untyped, unused-ignore]
        except ImportError:
            raise InputError("pandas is not installed", hint="pip install 'county-kg[notebooks]'") from None
        # With its dtype named pandas looks at no value; guessing at each string costs more than the whole question.
        return pandas.DataFrame(
            {name: pandas.Series(column, dtype=column.dtype, copy=False) for name, column in self.columns.items()}
        )


def _column(values: Sequence[object]) -> Column:
    """Numbers as numbers, everything else as objects."""
    if values and all(type(value) is int for value in values):
        return np.array(values, dtype=np.int64)
    if values and all(type(value) is float for value in values):
        return np.array(values, dtype=np.float64)
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
