"""Sentences in, tagged words out: Baidu's LAC-small (BiGRU-CRF), whose weights lie in jieba's wheel, run with numpy.

It says what a word is (people, places, organisations, times, parts of speech) as a second opinion; it folds nothing,
links nothing and decides nothing. It reads the weights as files, never importing `jieba.lac_small`, which needs paddle.

Source: jieba 0.42.1, `jieba/lac_small` (Apache-2.0, PaddlePaddle authors); network as in its `nets.py`.
"""

from __future__ import annotations

import hashlib
import heapq
import importlib.util
import struct
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

_Floats: TypeAlias = NDArray[np.floating[Any]]
_Ints: TypeAlias = NDArray[np.intp]

HIDDEN = 128
MAX_CHARACTERS = 512  # longer sentences are cut; the longest sentence of a seed page has about 200 characters
# Measured on five pages: more lanes overflow the cache in Viterbi, fewer make thin products.
MAX_LANES = 64
BLOCK_STEPS = 8
BATCH_CHARACTERS = 16384
# A path whose lead over the second best is smaller is computed again in float64 (see `Tagger`). On the seed pages the
# float32 lead is off by 0.0002 at most (0.0006 in pieces of 512 characters), and 1 sentence in 100 is computed again.
SAFE_MARGIN = 0.002
WEIGHTS_SHA256 = "baba365d493bc667436f460fedd9a2b285970915c69dd6d1bbcf9c0190238815"

# The embeddings of full-width punctuation, of full-width and of capital letters, and of the space are as they were
# before training (norm 0.6, against 14-40 of what was seen), so the network knows them only by their ASCII forms.
_AS_TRAINED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_AS_TRAINED |= {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}
_AS_TRAINED |= {code: code + 32 for code in range(0x41, 0x5B)}
_AS_TRAINED |= {
    ord(char): ord(known)
    for chars, known in (
        ("、 \u3000\xa0\t\n\r", ","),  # 记者 张三 李四: with an unknown sign between them, names run together
        ("。…", "."),
        ("“”「」『』", '"'),
        ("‘’", "'"),
        ("—", "-"),
        ("【〔", "["),
        ("】〕", "]"),
        ("〈", "《"),
        ("〉", "》"),
        ("•・", "·"),
    )
    for char in chars
}

_PARAMETERS = (
    *(f"{layer}_{index}.{part}_0" for layer in ("fc", "gru") for index in range(4) for part in ("w", "b")),
    "crfw",
    "fc_4.b_0",
    "fc_4.w_0",
    "word_emb",
)


class Tagged(NamedTuple):  # two hundred thousand a megabyte of text: a tuple is made three times as fast
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


def as_trained(text: str) -> str:
    """Spell punctuation and letters as LAC-small saw them in training, character for character.

    Worth doing before `Tagger.tag`: people of the five seed pages, uncleaned, go from .436 precision and .670 recall to
    .904 and .981, organisations from .492 and .581 to .704 and .657.

    >>> as_trained("本报讯（记者 张三 李四）近日，")
    '本报讯(记者,张三,李四)近日,'
    """
    return text.translate(_AS_TRAINED)


class Tagger:
    """Tags sentences, many at a time; what a sentence gets depends on that sentence alone.

    A float32 product of many rows may round differently from one of few, so the same sentence may score a little
    differently in another batch. So the decoder also gives the lead of the best path over the second best; where that
    is below `SAFE_MARGIN` the sentence is decoded once more in float64, whose rounding (1e-13) decides nothing. Every
    answer is then that of the float64 network, whatever the batch, the number of threads or the machine.

    A tagger learns characters as they come, so it is for one thread at a time; processes have one each. Processes that
    share cores should run it with OPENBLAS_NUM_THREADS=1: two threads of OpenBLAS are 1.3 times as fast on idle cores,
    but were seen several times slower beside other work, as they wait for each other by spinning.
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
            sentences: give many at once (all of a page, or of several pages): batches are what makes it fast. Nothing
                is folded here; see `as_trained`.

        Returns:
            One tuple for each sentence, in the order given; its words in order, without gaps. Empty for "".
        """
        pieces = {sentence: _pieces(sentence) for sentence in sentences}
        paths = self._decode({sentence[start:end] for sentence in pieces for start, end in pieces[sentence]})
        tagged = {
            sentence: tuple(
                chain.from_iterable(self._words(paths[sentence[start:end]], start, end) for start, end in spans)
            )
            for sentence, spans in pieces.items()
        }
        return [tagged[sentence] for sentence in sentences]

    def _decode(self, texts: set[str]) -> dict[str, _Ints]:
        """The best tag path of each text."""
        paths: dict[str, _Ints] = {}
        thin: list[str] = []
        for batch in _batches(sorted(texts, key=lambda text: (-len(text), text))):
            decoded, margins = self._fast.decode([self._ids(text) for text in batch])
            paths.update(zip(batch, decoded, strict=True))
            thin.extend(batch[index] for index in np.flatnonzero(margins < SAFE_MARGIN).tolist())
        for batch in _batches(thin):
            paths.update(zip(batch, self._exact.decode([self._ids(text) for text in batch])[0], strict=True))
        return paths

    def _ids(self, text: str) -> _Ints:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        known = self._weights.characters
        ids: _Ints = known[np.minimum(codes, known.size - 1)]
        return ids

    def _words(self, path: _Ints, start: int, end: int) -> Iterator[Tagged]:
        outside = path == self._outside
        begins = self._begins[path]
        begins[1:] |= outside[1:] & ~outside[:-1]
        begins[0] = True
        starts = np.flatnonzero(begins)
        tags = path[starts].tolist()
        bounds = (starts + start).tolist()
        bounds.append(end)
        return map(Tagged, bounds, bounds[1:], map(self._names.__getitem__, tags))


class _Network:
    """The network in one precision, over packed rows (see `_Packing`).

    The backward half runs over every text reversed, beside the forward half: same packing, one product for both.
    σ(x) = (tanh(x/2) + 1)/2, since numpy has a fast tanh: the halves are folded into the weights.
    """

    def __init__(self, arrays: dict[str, NDArray[np.float32]], dtype: np.dtype[Any]) -> None:
        wide = {name: array.astype(dtype) for name, array in arrays.items() if name != "word_emb"}
        scale = np.ones(3 * HIDDEN, dtype)
        scale[: 2 * HIDDEN] = 0.5
        self._dtype = dtype
        self._half = dtype.type(0.5)
        self._embedding = arrays["word_emb"]
        self._inputs: list[_Floats] = []  # a layer: (direction, in, 3H); columns are update, reset, candidate
        self._biases: list[_Floats] = []  # (direction, 1, 3H)
        self._gates: list[_Floats] = []  # (direction, H, 2H)
        self._candidates: list[_Floats] = []  # (direction, H, H)
        for pair in ((0, 1), (2, 3)):
            self._inputs.append(np.stack([wide[f"fc_{k}.w_0"] * scale for k in pair]))
            biases = [(wide[f"fc_{k}.b_0"] + wide[f"gru_{k}.b_0"].ravel()) * scale for k in pair]
            self._biases.append(np.stack(biases)[:, None, :])
            # The file says (H, 3H), but holds the block of the gates and then that of the candidate.
            flat = [wide[f"gru_{k}.w_0"].ravel() * self._half for k in pair]
            cut = 2 * HIDDEN * HIDDEN
            self._gates.append(np.stack([block[:cut].reshape(HIDDEN, 2 * HIDDEN) for block in flat]))
            self._candidates.append(np.stack([block[cut:].reshape(HIDDEN, HIDDEN) for block in flat]))
        self._output = wide["fc_4.w_0"]
        self._output_bias = wide["fc_4.b_0"]
        self._first = wide["crfw"][0]
        self._moves = np.ascontiguousarray(wide["crfw"][2:])[:, None, :]  # (from, 1, to)
        # (to, from), and as one more "to" the end of the text.
        self._into = np.concatenate([wide["crfw"][2:].T, wide["crfw"][1:2]])
        # What layer 1 adds for a character depends on the character alone: a table, filled as characters come.
        self._slots = np.full(len(self._embedding), -1, dtype=np.intp)
        self._table = np.empty((2, 0, 3 * HIDDEN), dtype)
        self._n_known = 0

    def decode(self, texts: Sequence[_Ints]) -> tuple[list[_Ints], _Floats]:
        """The best path of each text and its lead over the second best.

        Args:
            texts: rows of the embedding; none empty, longest first.
        """
        packing = _Packing(texts)
        mirror = packing.mirror
        self._learn(packing.ids)
        slots = self._slots[packing.ids]

        def look_up(block: slice) -> _Floats:
            return np.stack([self._table[0, slots[block]], self._table[1, slots[mirror[block]]]])

        lower = self._recur(0, look_up, packing)

        def project(block: slice) -> _Floats:
            reading = np.concatenate([lower[0, block], lower[1, mirror[block]]], axis=1)
            reversed_ = np.concatenate([lower[0, mirror[block]], lower[1, block]], axis=1)
            rows: _Floats = np.matmul(np.stack([reading, reversed_]), self._inputs[1])
            rows += self._biases[1]
            return rows

        upper = self._recur(1, project, packing)
        scores = upper[0] @ self._output[:HIDDEN]
        scores += (upper[1] @ self._output[HIDDEN:])[mirror]
        scores += self._output_bias
        path, gaps = self._best(scores, packing)
        margins = np.minimum.reduceat(gaps[packing.order], packing.firsts)
        return np.split(path[packing.order], packing.firsts[1:]), margins

    def _learn(self, ids: _Ints) -> None:
        """Fill the table for characters not seen before."""
        fresh = np.unique(ids[self._slots[ids] < 0])
        if not fresh.size:
            return
        n_known = self._n_known + fresh.size
        if n_known > self._table.shape[1]:
            # Doubled, for nearly every page brings a few new characters and the table has megabytes.
            table = np.empty((2, 2 * n_known, 3 * HIDDEN), self._dtype)
            table[:, : self._n_known] = self._table[:, : self._n_known]
            self._table = table
        rows = self._embedding[fresh].astype(self._dtype) @ self._inputs[0] + self._biases[0]
        self._table[:, self._n_known : n_known] = rows
        self._slots[fresh] = np.arange(self._n_known, n_known)
        self._n_known = n_known

    def _recur(self, layer: int, project: Callable[[slice], _Floats], packing: _Packing) -> _Floats:
        """Run both directions of a GRU layer; `project` gives the inputs (direction, rows, 3H) of a block of rows."""
        gates_weight, candidate_weight = self._gates[layer], self._candidates[layer]
        width = packing.live[0]
        states = np.empty((2, packing.ids.size, HIDDEN), self._dtype)
        # In-place work on buffers: at 64 rows a step, allocating costs as much as the arithmetic outside the products.
        state_buffer, reset_buffer, new_buffer = np.zeros((3, 2, width, HIDDEN), self._dtype)
        gates_buffer = np.empty((2, width, 2 * HIDDEN), self._dtype)
        done = ready = 0
        inputs = states
        for step, live in enumerate(packing.live):
            start = packing.starts[step]
            if start == ready:
                done, ready = ready, packing.starts[min(step + BLOCK_STEPS, len(packing.live))]
                inputs = project(slice(done, ready))
            rows = inputs[:, start - done : start - done + live]
            state, gates = state_buffer[:, :live], gates_buffer[:, :live]
            reset, new = reset_buffer[:, :live], new_buffer[:, :live]
            fresh = packing.begins[step]
            if fresh.size:
                state[:, fresh] = 0
            np.matmul(state, gates_weight, out=gates)
            gates += rows[:, :, : 2 * HIDDEN]
            np.tanh(gates, out=gates)
            gates += 1
            np.multiply(gates[:, :, HIDDEN:], state, out=reset)
            np.matmul(reset, candidate_weight, out=new)
            new += rows[:, :, 2 * HIDDEN :]
            np.tanh(new, out=new)
            new -= state
            new *= gates[:, :, :HIDDEN]
            new *= self._half
            state += new
            states[:, start : start + live] = state
        return states

    def _best(self, scores: _Floats, packing: _Packing) -> tuple[_Ints, _Floats]:
        """Viterbi: the best tag of every row, and what the best path that leaves it there for the last time loses."""
        starts, live, begins, ends = packing.starts, packing.live, packing.begins, packing.ends
        n_tags = scores.shape[1]
        totals = np.empty_like(scores)  # the best score of any path up to here that ends in this tag
        buffer = np.empty((n_tags, live[0], n_tags), self._dtype)
        before = totals[:0]
        for start, n, fresh in zip(starts, live, begins, strict=False):
            here = totals[start : start + n]
            if start:
                options = buffer[:, :n]
                np.add(before[:n].T[:, :, None], self._moves, out=options)
                np.maximum.reduce(options, axis=0, out=here)
            here[fresh] = self._first
            here += scores[start : start + n]
            before = here
        path = np.empty(len(scores), dtype=np.intp)
        gaps = np.empty(len(scores), self._dtype)
        following = np.empty(live[0], dtype=np.intp)
        rows = np.arange(live[0])
        for step in reversed(range(len(live))):
            start, n = starts[step], live[step]
            following[ends[step]] = n_tags
            losses = totals[start : start + n] + self._into[following[:n]]
            chosen = losses.argmax(axis=1)
            best = losses[rows[:n], chosen]
            losses[rows[:n], chosen] = -np.inf
            np.subtract(best, losses.max(axis=1), out=gaps[start : start + n])
            path[start : start + n] = chosen
            following[:n] = chosen
        return path, gaps


class _Packing:
    """How texts lie in packed rows: end to end in lanes, and of all lanes the first character, then the second, …

    Lanes keep the number of rows a step steady whatever the lengths of the texts, so that no product is thin and
    nothing is padded. Longer lanes come first: the lanes still `live` at a step are its first rows.
    """

    def __init__(self, texts: Sequence[_Ints]) -> None:
        lengths = np.array([text.size for text in texts])
        total = int(lengths.sum())
        n_lanes = min(len(texts), MAX_LANES, -(-total // int(lengths[0])))
        loads = [(0, lane) for lane in range(n_lanes)]
        lanes = np.empty(len(texts), dtype=np.intp)
        places = np.empty(len(texts), dtype=np.intp)  # of a text's first character in its lane
        for index, length in enumerate(lengths.tolist()):
            load, lane = loads[0]
            lanes[index], places[index] = lane, load
            heapq.heapreplace(loads, (load + length, lane))
        sizes = np.empty(n_lanes, dtype=np.intp)
        for load, lane in loads:
            sizes[lane] = load
        by_size = np.argsort(-sizes, kind="stable")
        ranks = np.empty_like(by_size)
        ranks[by_size] = np.arange(n_lanes)
        lanes = ranks[lanes]
        live = (sizes[:, None] > np.arange(sizes.max())).sum(axis=0)
        starts = np.concatenate([[0], np.cumsum(live)])
        self.live: list[int] = live.tolist()
        self.starts: list[int] = starts.tolist()  # of each step's rows, and their end
        self.begins = _by_step(places, lanes, live.size)  # lanes where a text begins at this step
        self.ends = _by_step(places + lengths - 1, lanes, live.size)
        self.firsts: _Ints = np.cumsum(lengths) - lengths
        text = np.repeat(np.arange(lengths.size), lengths)
        at = np.arange(total) - self.firsts[text]
        self.order: _Ints = starts[places[text] + at] + lanes[text]  # row of every character, text by text
        self.mirror: _Ints = np.empty_like(self.order)  # row of the character of the same text as far from its end
        self.mirror[self.order] = starts[places[text] + lengths[text] - 1 - at] + lanes[text]
        self.ids: _Ints = np.empty_like(self.order)
        self.ids[self.order] = np.concatenate(texts)


def _by_step(steps: _Ints, lanes: _Ints, n_steps: int) -> list[_Ints]:
    order = np.argsort(steps, kind="stable")
    return np.split(lanes[order], np.searchsorted(steps[order], np.arange(1, n_steps)))


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    start = size = 0
    for end, text in enumerate(texts):
        if size + len(text) > BATCH_CHARACTERS and end > start:
            yield texts[start:end]
            start, size = end, 0
        size += len(text)
    if start < len(texts):
        yield texts[start:]


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
    try:
        contents = _read_contents()
    except OSError as error:
        warnings.warn(f"no tagger, fewer names will be found: {error}", RuntimeWarning, stacklevel=2)
        return None
    return Tagger(_read_weights(contents))


def _read_contents() -> dict[str, bytes]:
    """The files of LAC-small by name; OSError where they are missing or not the known ones."""
    folder = _folder()
    if folder is None:
        raise FileNotFoundError("jieba is not installed")
    contents = {name: (folder / "model_baseline" / name).read_bytes() for name in _PARAMETERS}
    contents |= {name: (folder / name).read_bytes() for name in ("tag.dic", "word.dic")}
    if _digest(contents) != WEIGHTS_SHA256:
        raise OSError(f"{folder} does not hold the LAC-small of jieba 0.42.1")
    return contents


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
