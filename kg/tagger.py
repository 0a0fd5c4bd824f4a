"""Sentences in, words with a tag out: Baidu's LAC-small (BiGRU-CRF), whose weights lie in jieba's wheel, run with numpy.

It says what a word is (people, places, organisations, times, parts of speech) as a second opinion; it folds nothing,
links nothing and decides nothing. It reads the weights as files and never imports `jieba.lac_small`, which wants paddle.

Source: jieba 0.42.1, `jieba/lac_small` (Apache-2.0, PaddlePaddle authors); network as in its `nets.py`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

_Floats: TypeAlias = NDArray[np.floating[Any]]
_Ints: TypeAlias = NDArray[np.intp]

HIDDEN = 128
MAX_CHARACTERS = 512  # longer sentences are cut; the longest sentence of a seed page has about 200 characters
# Characters and sentences a batch: 128 rows keep the matrix products efficient, 8192 characters keep a batch in cache.
BATCH_SENTENCES = 128
BATCH_CHARACTERS = 8192
# A path whose lead over the second best is smaller is computed again in float64 (see `Tagger`).
SAFE_MARGIN = 0.01
WEIGHTS_SHA256 = "baba365d493bc667436f460fedd9a2b285970915c69dd6d1bbcf9c0190238815"

_PARAMETERS = (
    *(f"{layer}_{index}.{part}_0" for layer in ("fc", "gru") for index in range(4) for part in ("w", "b")),
    "crfw",
    "fc_4.b_0",
    "fc_4.w_0",
    "word_emb",
)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A word of a sentence: half-open offsets in the sentence, and its LAC tag (`n`, `nr`, `v`, `PER`, `LOC`, …)."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class _Weights:
    """The parameter files as they are, and the two dictionaries. `characters[code point]` is the embedding's row."""

    arrays: dict[str, NDArray[np.float32]]
    characters: _Ints
    unknown: int
    tags: tuple[str, ...]


class Tagger:
    """Tags sentences, many at a time; what a sentence gets depends on that sentence alone.

    A float32 product of many rows may round differently from one of few, so the same sentence may score a little
    differently in another batch (about 1e-4 at most, against path scores of several hundred). So the decoder also gives
    the exact lead of the best path over the second best; where it is below `SAFE_MARGIN` the sentence is decoded once
    more, alone and in float64. Every answer is then that of the float64 network, whatever the batch or the machine.
    """

    def __init__(self, weights: _Weights) -> None:
        """Use `load_tagger` instead; it finds and checks the weights."""
        self._weights = weights
        self._fast = _Network(weights.arrays, np.dtype(np.float32))
        names = weights.tags
        self._names = tuple(name.partition("-")[0] for name in names)
        self._begins = np.array([name.endswith("-B") for name in names])
        self._outside = names.index("O")

    @cached_property
    def _exact(self) -> _Network:
        return _Network(self._weights.arrays, np.dtype(np.float64))

    def tag(self, sentences: Sequence[str]) -> list[tuple[Tagged, ...]]:
        """Cut every sentence into words and tag them.

        Args:
            sentences: give many at once (all of a page, or of several pages): batches are what makes it fast.

        Returns:
            One tuple for each sentence, in the order given; its words in order, without gaps. Empty for "".
        """
        pieces = {sentence: _pieces(sentence) for sentence in sentences}
        paths = self._decode({sentence[start:end] for sentence in pieces for start, end in pieces[sentence]})
        tagged = {
            sentence: tuple(
                word for start, end in spans for word in self._words(paths[sentence[start:end]], start, end)
            )
            for sentence, spans in pieces.items()
        }
        return [tagged[sentence] for sentence in sentences]

    def _decode(self, texts: set[str]) -> dict[str, _Ints]:
        """The best tag path of each text."""
        paths: dict[str, _Ints] = {}
        for batch in _batches(sorted(texts, key=lambda text: (-len(text), text))):
            ids = [self._ids(text) for text in batch]
            decoded, margins = self._fast.decode(ids)
            for index, text in enumerate(batch):
                if margins[index] < SAFE_MARGIN:
                    paths[text] = self._exact.decode([ids[index]])[0][0]
                else:
                    paths[text] = decoded[index]
        return paths

    def _ids(self, text: str) -> _Ints:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        known = self._weights.characters
        return known[np.minimum(codes, known.size - 1)]

    def _words(self, path: _Ints, start: int, end: int) -> Iterator[Tagged]:
        outside = path == self._outside
        begins = self._begins[path]
        begins[1:] |= outside[1:] & ~outside[:-1]
        begins[0] = True
        starts = np.flatnonzero(begins)
        tags = path[starts].tolist()
        bounds = (starts + start).tolist()
        bounds.append(end)
        for index, tag in enumerate(tags):
            yield Tagged(bounds[index], bounds[index + 1], self._names[tag])


class _Network:
    """The network in one precision. Rows of a batch are packed by step: longest text first, one row a live text.

    The backward half runs over every text reversed, beside the forward half, in the same packing and the same product.
    σ(x) = (tanh(x/2) + 1)/2, since numpy has a fast tanh: the halves are folded into the weights.
    """

    def __init__(self, arrays: dict[str, NDArray[np.float32]], dtype: np.dtype[Any]) -> None:
        wide = {name: array.astype(dtype) for name, array in arrays.items() if name != "word_emb"}
        half = np.ones(3 * HIDDEN, dtype)
        half[: 2 * HIDDEN] = 0.5
        self._dtype = dtype
        self._embedding = arrays["word_emb"]
        self._inputs: list[_Floats] = []  # (direction, in, 3H)
        self._biases: list[_Floats] = []  # (direction, 1, 3H)
        self._gates: list[_Floats] = []  # (direction, H, 2H): update, reset
        self._candidates: list[_Floats] = []  # (direction, H, H)
        for pair in ((0, 1), (2, 3)):
            self._inputs.append(np.stack([wide[f"fc_{k}.w_0"] * half for k in pair]))
            bias = [(wide[f"fc_{k}.b_0"] + wide[f"gru_{k}.b_0"].ravel()) * half for k in pair]
            self._biases.append(np.stack(bias)[:, None, :])
            # The file says (H, 3H), but holds the block of the gates and then that of the candidate.
            flat = [wide[f"gru_{k}.w_0"].ravel() for k in pair]
            cut = 2 * HIDDEN * HIDDEN
            self._gates.append(np.stack([block[:cut].reshape(HIDDEN, 2 * HIDDEN) for block in flat]) * dtype.type(0.5))
            self._candidates.append(np.stack([block[cut:].reshape(HIDDEN, HIDDEN) for block in flat]) * dtype.type(0.5))
        self._output = wide["fc_4.w_0"]
        self._output_bias = wide["fc_4.b_0"]
        self._first, self._last, self._moves = wide["crfw"][0], wide["crfw"][1], np.ascontiguousarray(wide["crfw"][2:])
        # What layer 1 adds for a character depends on the character alone: a table, filled as characters come.
        self._slots = np.full(len(self._embedding), -1, dtype=np.intp)
        self._table = np.empty((2, 0, 3 * HIDDEN), dtype)

    def decode(self, texts: Sequence[_Ints]) -> tuple[list[_Ints], _Floats]:
        """The best path of each text and its lead over the second best.

        Args:
            texts: rows of the embedding; none empty, longest first.
        """
        packing = _Packing(texts)
        self._learn(packing.ids)
        slots = self._slots[packing.ids]
        first = np.stack([self._table[0, slots], self._table[1, slots[packing.mirror]]])
        states = self._recur(0, first, packing)
        second = np.matmul(self._join(states, packing), self._inputs[1])
        second += self._biases[1]
        states = self._recur(1, second, packing)
        scores = self._join(states, packing)[0] @ self._output
        scores += self._output_bias
        path, margins = self._best(scores, packing)
        ordered = path[packing.order]
        return np.split(ordered, packing.cuts), margins

    def _learn(self, ids: _Ints) -> None:
        """Fill the table for characters not seen before."""
        fresh = np.unique(ids[self._slots[ids] < 0])
        if fresh.size:
            rows = self._embedding[fresh].astype(self._dtype) @ self._inputs[0] + self._biases[0]
            self._slots[fresh] = self._table.shape[1] + np.arange(fresh.size)
            self._table = np.concatenate([self._table, rows], axis=1)

    def _recur(self, layer: int, inputs: _Floats, packing: _Packing) -> _Floats:
        """Run both directions of a GRU layer over its packed inputs."""
        gates_weight, candidate_weight = self._gates[layer], self._candidates[layer]
        width = packing.live[0]
        states = np.empty((2, inputs.shape[1], HIDDEN), self._dtype)
        gates_buffer = np.empty((2, width, 2 * HIDDEN), self._dtype)
        reset_buffer = np.empty((2, width, HIDDEN), self._dtype)
        new_buffer = np.empty((2, width, HIDDEN), self._dtype)
        half = self._dtype.type(0.5)
        before = np.zeros((2, width, HIDDEN), self._dtype)
        for start, live in zip(packing.starts, packing.live, strict=True):
            step = inputs[:, start : start + live]
            state = before[:, :live]
            gates, reset, new = gates_buffer[:, :live], reset_buffer[:, :live], new_buffer[:, :live]
            np.matmul(state, gates_weight, out=gates)
            gates += step[:, :, : 2 * HIDDEN]
            np.tanh(gates, out=gates)
            gates += 1
            np.multiply(gates[:, :, HIDDEN:], state, out=reset)
            np.matmul(reset, candidate_weight, out=new)
            new += step[:, :, 2 * HIDDEN :]
            np.tanh(new, out=new)
            new -= state
            new *= gates[:, :, :HIDDEN]
            new *= half
            before = states[:, start : start + live]
            np.add(state, new, out=before)
        return states

    def _join(self, states: _Floats, packing: _Packing) -> _Floats:
        """Both directions side by side: in [0] in reading order, in [1] in reversed order."""
        joined = np.empty((2, states.shape[1], 2 * HIDDEN), self._dtype)
        joined[0, :, :HIDDEN] = states[0]
        joined[0, :, HIDDEN:] = states[1, packing.mirror]
        joined[1, :, :HIDDEN] = states[0, packing.mirror]
        joined[1, :, HIDDEN:] = states[1]
        return joined

    def _best(self, scores: _Floats, packing: _Packing) -> tuple[_Ints, _Floats]:
        """Viterbi over packed emission scores: the packed best paths, and for each text the lead of its best path."""
        starts, live = packing.starts, packing.live
        n_tags = scores.shape[1]
        totals = np.empty_like(scores)  # the best score of any path up to here that ends in this tag
        totals[: live[0]] = scores[: live[0]] + self._first
        for step in range(1, len(live)):
            start, n = starts[step], live[step]
            before = totals[starts[step - 1] : starts[step - 1] + n]
            (before[:, :, None] + self._moves).max(axis=1, out=totals[start : start + n])
            totals[start : start + n] += scores[start : start + n]
        path = np.empty(len(scores), dtype=np.intp)
        margins = np.full(live[0], np.inf, self._dtype)
        into = np.ascontiguousarray(self._moves.T)
        following = path[:0]
        for step in reversed(range(len(live))):
            start, n = starts[step], live[step]
            options = totals[start : start + n].copy()
            options[: following.size] += into[following]
            options[following.size :] += self._last
            chosen = options.argmax(axis=1)
            # The second best path leaves the best one somewhere for the last time: its loss is the gap there.
            rows = np.arange(n)
            best = options[rows, chosen]
            options[rows, chosen] = -np.inf
            np.minimum(margins[:n], best - options.max(axis=1), out=margins[:n])
            path[start : start + n] = chosen
            following = path[start : start + n]
        return path, margins


class _Packing:
    """How texts of falling length lie in packed rows: all first characters, then all second ones, and so on."""

    def __init__(self, texts: Sequence[_Ints]) -> None:
        lengths = np.array([text.size for text in texts])
        live = (lengths[:, None] > np.arange(lengths[0])).sum(axis=0)
        starts = np.concatenate([[0], np.cumsum(live)[:-1]])
        rank = np.repeat(np.arange(lengths.size), lengths)
        first = np.cumsum(lengths) - lengths
        step = np.arange(rank.size) - first[rank]
        self.live: list[int] = live.tolist()
        self.starts: list[int] = starts.tolist()
        self.order: _Ints = starts[step] + rank  # packed row of every character, text by text
        self.mirror: _Ints = np.empty_like(self.order)  # packed row of the same text's character as far from its end
        self.mirror[self.order] = starts[lengths[rank] - 1 - step] + rank
        self.ids: _Ints = np.empty_like(self.order)
        self.ids[self.order] = np.concatenate(texts)
        self.cuts: _Ints = first[1:]


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    while start < len(texts):
        size = min(BATCH_SENTENCES, max(1, BATCH_CHARACTERS // len(texts[start])))
        yield texts[start : start + size]
        start += size


def _pieces(sentence: str) -> list[tuple[int, int]]:
    """Spans of at most `MAX_CHARACTERS`, cut after the last sentence mark, else comma, else space that fits."""
    spans: list[tuple[int, int]] = []
    start = 0
    while len(sentence) - start > MAX_CHARACTERS:
        window = sentence[start : start + MAX_CHARACTERS]
        cut = MAX_CHARACTERS
        for marks in ("。！？!?；;…\n", "，,：:、", " \u3000"):
            last = max(window.rfind(mark) for mark in marks)
            if last >= MAX_CHARACTERS // 2:
                cut = last + 1
                break
        spans.append((start, start + cut))
        start += cut
    if start < len(sentence):
        spans.append((start, len(sentence)))
    return spans


@cache
def load_tagger() -> Tagger | None:
    """The tagger, loaded once; None, with a warning, where jieba's weights are missing or are not the known ones.

    >>> [word.tag for word in load_tagger().tag(["张伟到北京开会"])[0]]
    ['PER', 'v', 'LOC', 'v']
    """
    folder = _folder()
    if folder is None:
        return _absent("jieba is not installed")
    try:
        contents = {name: (folder / "model_baseline" / name).read_bytes() for name in _PARAMETERS}
        contents |= {name: (folder / name).read_bytes() for name in ("tag.dic", "word.dic")}
    except OSError as error:
        return _absent(f"jieba's LAC-small cannot be read: {error}")
    if _digest(contents) != WEIGHTS_SHA256:
        return _absent(f"{folder} does not hold the LAC-small of jieba 0.42.1")
    return Tagger(_read_weights(contents))


def _absent(why: str) -> None:
    warnings.warn(f"names are read without the tagger, fewer will be found: {why}", RuntimeWarning, stacklevel=3)


def _folder() -> Path | None:
    # find_spec of a top-level name imports nothing; of `jieba.lac_small` it would import jieba.
    spec = importlib.util.find_spec("jieba")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) / "lac_small" if places else None


def _digest(contents: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name}\x00{len(contents[name])}\x00".encode())
        digest.update(contents[name])
    return digest.hexdigest()


def _read_weights(contents: dict[str, bytes]) -> _Weights:
    words = _read_dictionary(contents["word.dic"])
    unknown = words["OOV"]
    codes = {ord(word): row for word, row in words.items() if len(word) == 1}
    characters = np.full(max(codes) + 2, unknown, dtype=np.intp)  # the last place stands for every code beyond
    characters[list(codes)] = list(codes.values())
    rows = _read_dictionary(contents["tag.dic"])
    arrays = {name: _read_parameter(contents[name]) for name in _PARAMETERS}
    return _Weights(arrays, characters, unknown, tuple(sorted(rows, key=rows.__getitem__)))


def _read_dictionary(content: bytes) -> dict[str, int]:
    """`number<TAB>entry` lines as entry → number."""
    lines = content.decode("utf-8").split("\n")
    return {entry: int(number) for number, tab, entry in (line.partition("\t") for line in lines) if tab}


def _read_parameter(content: bytes) -> NDArray[np.float32]:
    """One tensor of a Paddle 1.x parameter file.

    Layout: u32 version, u64 number of levels (0), u32 version, i32 size of a protobuf `TensorDesc`, that, raw float32.
    """
    (size,) = struct.unpack_from("<i", content, 16)
    desc = content[20 : 20 + size]
    shape: list[int] = []
    at = 2  # after field 1, the data type: always 05, float32
    while at < size:
        at += 1  # the key of field 2, one dimension
        value = shift = 0
        while True:
            byte = desc[at]
            value |= (byte & 0x7F) << shift
            shift += 7
            at += 1
            if byte < 0x80:
                break
        shape.append(value)
    return np.frombuffer(content, dtype="<f4", offset=20 + size).reshape(shape)
