"""The tagger against a slow reference written from its description, and that batches never change an answer."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from kg import tagger as module
from kg.tagger import MAX_CHARACTERS, Tagged, Tagger, as_trained, load_tagger
from kg.text import sentence_spans

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    loaded = load_tagger()
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    found = []
    for path in SEEDS:
        text = path.read_text(encoding="utf-8")
        found += [text[start:end] for start, end in sentence_spans(text)]
    return found


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-x)))


def reference(sentence: str) -> tuple[Tagged, ...]:
    """The network, step by step in float64, from the files, with no thought of speed."""
    contents = module._read_contents()
    weights = module._read_weights(contents)
    array = {name: value.astype(np.float64) for name, value in weights.arrays.items() if name != "word_emb"}
    rows = module._read_dictionary(contents["word.dic"])
    x = weights.arrays["word_emb"][[rows.get(char, rows["OOV"]) for char in sentence]].astype(np.float64)
    size = 128

    def run(x: np.ndarray, k: int) -> np.ndarray:
        inputs = x @ array[f"fc_{k}.w_0"] + array[f"fc_{k}.b_0"] + array[f"gru_{k}.b_0"].ravel()
        flat = array[f"gru_{k}.w_0"].ravel()
        gates = flat[: 2 * size * size].reshape(size, 2 * size)
        candidate = flat[2 * size * size :].reshape(size, size)
        h = np.zeros(size)
        states = []
        for a in inputs:
            both = sigmoid(a[: 2 * size] + h @ gates)
            update, reset = both[:size], both[size:]
            c = np.tanh(a[2 * size :] + (reset * h) @ candidate)
            h = (1 - update) * h + update * c
            states.append(h)
        return np.array(states)

    for k in (0, 2):
        x = np.concatenate([run(x, k), run(x[::-1], k + 1)[::-1]], axis=1)
    emissions = x @ array["fc_4.w_0"] + array["fc_4.b_0"]
    first, last, moves = array["crfw"][0], array["crfw"][1], array["crfw"][2:]
    scores = [first + emissions[0]]
    back = []
    for emission in emissions[1:]:
        options = scores[-1][:, None] + moves
        back.append(options.argmax(axis=0))
        scores.append(options.max(axis=0) + emission)
    path = [int((scores[-1] + last).argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    names = [weights.tags[tag] for tag in reversed(path)]
    starts = [
        at for at, name in enumerate(names) if at == 0 or name.endswith("-B") or (name == "O" and names[at - 1] != "O")
    ]
    ends = [*starts[1:], len(sentence)]
    return tuple(Tagged(a, b, names[a].partition("-")[0]) for a, b in zip(starts, ends, strict=True))


def named(tagger: Tagger, sentence: str) -> list[tuple[str, str]]:
    return [(sentence[word.start : word.end], word.tag) for word in tagger.tag([sentence])[0]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "省长李强在杭州市考察阿里巴巴集团",
            [("李强", "PER"), ("杭州市", "LOC"), ("阿里巴巴集团", "ORG")],
            id="person, place, organisation",
        ),
        pytest.param(
            as_trained("本报讯（记者 张建国 李秀英）3月5日，"),
            [("张建国", "PER"), ("李秀英", "PER"), ("3月5日", "TIME")],
            id="reporters and a date",
        ),
        pytest.param("我们在公园里散步", [], id="no name: a park is no place"),
        pytest.param("天气很好,大家都很高兴", [], id="no name: 高兴 is no person"),
        pytest.param("稳步推进各项工作", [], id="no name: an ordinary phrase"),
    ],
)
def test_names(tagger: Tagger, sentence: str, expected: list[tuple[str, str]]) -> None:
    names = [pair for pair in named(tagger, sentence) if pair[1] in {"PER", "LOC", "ORG", "TIME", "nr", "ns", "nt"}]
    assert names == expected


@pytest.mark.parametrize("text", ["", "\n\n"[:0]])
def test_an_empty_sentence_has_no_words(tagger: Tagger, text: str) -> None:
    assert tagger.tag([text]) == [()]
    assert tagger.tag(["北京", text, "上海"])[1] == ()
    assert tagger.tag([]) == []


@pytest.mark.parametrize(
    "sentence",
    ["𠮷野家在北京", "\ud800北京\udfff", "\x00\x01", "😀😀😀", "ﷺ", "\u200b", "a" * 40, " ", "🇨🇳李强", "\U0010ffff"],
    ids=ascii,
)
def test_unknown_characters_are_words_too(tagger: Tagger, sentence: str) -> None:
    words = tagger.tag([sentence])[0]
    assert words[0].start == 0 and words[-1].end == len(sentence)
    assert words == reference(sentence)


def test_as_the_reference(tagger: Tagger, sentences: list[str]) -> None:
    chosen = random.Random(1).sample(sentences, 40) + sorted(sentences, key=len)[-3:] + sorted(sentences, key=len)[:5]
    tagged = tagger.tag(chosen)
    for sentence, words in zip(chosen, tagged, strict=True):
        assert words == reference(sentence), sentence


def test_the_batch_never_matters(tagger: Tagger, sentences: list[str]) -> None:
    together = tagger.tag(sentences)
    shuffled = list(range(len(sentences)))
    random.Random(2).shuffle(shuffled)
    again = tagger.tag([sentences[index] for index in shuffled])
    assert [again[shuffled.index(index)] for index in range(len(sentences))] == together
    some = sentences[::23]
    assert [tagger.tag([sentence])[0] for sentence in some] == together[::23]
    assert tagger.tag(some * 3) == together[::23] * 3


def test_words_cover_every_sentence(tagger: Tagger, sentences: list[str]) -> None:
    for sentence, words in zip(sentences, tagger.tag(sentences), strict=True):
        assert [word.start for word in words] == [0, *(word.end for word in words[:-1])][: len(words)]
        assert words[-1].end == len(sentence)
        assert all(word.start < word.end for word in words)


def test_float32_is_far_nearer_than_the_safe_margin(tagger: Tagger, sentences: list[str]) -> None:
    texts = sorted(set(sentences[:150]), key=lambda text: (-len(text), text))
    ids = [tagger._ids(text) for text in texts]
    fast, fast_margins = tagger._fast.decode(ids)
    exact, exact_margins = tagger._exact.decode(ids)
    assert np.abs(fast_margins - exact_margins).max() < module.SAFE_MARGIN / 4
    for index, margin in enumerate(fast_margins):
        assert margin < module.SAFE_MARGIN or (fast[index] == exact[index]).all()


def test_the_lead_is_that_over_the_second_best_path() -> None:
    """By trying every path of a small CRF."""
    rng = np.random.default_rng(3)
    n_tags, length = 4, 5
    network = object.__new__(module._Network)
    moves = rng.normal(size=(n_tags, n_tags))
    first, last = rng.normal(size=n_tags), rng.normal(size=n_tags)
    network._dtype = np.dtype(np.float64)
    network._first, network._moves = first, moves[:, None, :]
    network._into = np.concatenate([moves.T, last[None]])
    texts = [np.zeros(length, dtype=np.intp), np.zeros(3, dtype=np.intp), np.zeros(1, dtype=np.intp)]
    packing = module._Packing(texts)
    scores = rng.normal(size=(packing.ids.size, n_tags))
    path, gaps = network._best(scores, packing)
    margins = np.minimum.reduceat(gaps[packing.order], packing.firsts)
    for index, text in enumerate(texts):
        rows = packing.order[packing.firsts[index] :][: text.size]
        totals = {
            tags: first[tags[0]]
            + last[tags[-1]]
            + sum(scores[row, tag] for row, tag in zip(rows, tags, strict=True))
            + sum(moves[a, b] for a, b in pairwise(tags))
            for tags in np.ndindex(*[n_tags] * text.size)
        }
        best, second = sorted(totals, key=lambda tags: -totals[tags])[:2]
        assert tuple(path[rows]) == best
        assert math.isclose(margins[index], totals[best] - totals[second])


@pytest.mark.parametrize("lengths", [[1], [5, 5, 5], [9, 4, 4, 3, 1, 1], [200] + [3] * 300, [7] * 100], ids=str)
def test_packing_places_every_character_once(lengths: Sequence[int]) -> None:
    texts = [np.arange(length) + 1000 * index for index, length in enumerate(lengths)]
    packing = module._Packing(texts)
    total = sum(lengths)
    assert sorted(packing.order) == list(range(total))
    assert (packing.ids[packing.order] == np.concatenate(texts)).all()
    assert (packing.ids[packing.mirror][packing.order] == np.concatenate([text[::-1] for text in texts])).all()
    assert packing.live == sorted(packing.live, reverse=True) and packing.starts[-1] == total
    assert sum(lanes.size for lanes in packing.begins) == sum(lanes.size for lanes in packing.ends) == len(texts)
    for row in range(total):
        step = np.searchsorted(packing.starts, row, side="right") - 1
        lane = row - packing.starts[step]
        begins, ends = lane in packing.begins[step], lane in packing.ends[step]
        assert begins == (packing.ids[row] % 1000 == 0)
        assert ends == (packing.ids[row] % 1000 == lengths[packing.ids[row] // 1000] - 1)


@pytest.mark.parametrize(
    ("sentence", "cuts"),
    [
        ("", []),
        ("一" * 512, [512]),
        ("一" * 513, [512, 513]),
        ("一" * 400 + "。" + "一" * 300, [401, 701]),
        ("一" * 300 + "。" + "一" * 100 + "，" + "一" * 300, [301, 702]),
        ("一" * 400 + "，" + "一" * 300, [401, 701]),
        ("一" * 100 + "。" + "一" * 500, [512, 601]),
        ("一" * 511 + "。" + "一", [512, 513]),
    ],
    ids=["empty", "fits", "no mark", "full stop", "full stop before comma", "comma", "mark too early", "mark fits"],
)
def test_long_sentences_are_cut_at_marks(sentence: str, cuts: list[int]) -> None:
    assert [end for _, end in module._pieces(sentence)] == cuts


def test_a_very_long_sentence_keeps_its_offsets(tagger: Tagger) -> None:
    part = "省长李强在杭州市考察,"
    long = part * 200
    assert len(long) > 4 * MAX_CHARACTERS
    words = tagger.tag([long])[0]
    assert [word.start for word in words[1:]] == [word.end for word in words[:-1]] and words[-1].end == len(long)
    assert sum(long[word.start : word.end] == "李强" and word.tag == "PER" for word in words) > 190


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（记者 张三、李四）“ＡＢc”。", '(记者,张三,李四)"abc".'),
        ("《衢州日报》1.5％·2021年", "《衢州日报》1.5%·2021年"),
        ("张三李四", "张三李四"),
        ("", ""),
    ],
)
def test_as_trained(text: str, expected: str) -> None:
    assert as_trained(text) == expected
    assert len(as_trained(text)) == len(text)


def test_as_trained_writes_only_what_was_trained() -> None:
    weights = module._read_weights(module._read_contents())
    norms = np.linalg.norm(weights.arrays["word_emb"], axis=1)
    for code in module._AS_TRAINED.values():
        assert norms[weights.characters[code]] > 10, chr(code)


def test_people_of_the_seed_pages(tagger: Tagger) -> None:
    """Raw PER and nr spans against the gold names, a page: near the known figures; as trained, far above them."""
    figures = []
    for spell in (str, as_trained):
        right = found = wanted = 0
        for path in SEEDS:
            text = path.read_text(encoding="utf-8")
            gold = json.loads((ROOT / "tests" / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
            people = {entity["id"] for entity in gold["entities"] if entity["type"] == "PERSON"}
            parts = [text[start:end] for start, end in sentence_spans(text)]
            tagged = tagger.tag([spell(part) for part in parts])
            names = {
                part[word.start : word.end]
                for part, words in zip(parts, tagged, strict=True)
                for word in words
                if word.tag in {"PER", "nr"}
            }
            right, found, wanted = right + len(people & names), found + len(names), wanted + len(people)
        figures.append((right / found, right / wanted))
    (raw_precision, raw_recall), (precision, recall) = figures
    assert raw_precision == pytest.approx(0.517, abs=0.03) and raw_recall == pytest.approx(0.733, abs=0.03)
    assert precision > 0.87 and recall > 0.95


@pytest.fixture
def forgotten() -> Iterator[None]:
    load_tagger.cache_clear()
    yield
    load_tagger.cache_clear()


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("change", ["missing", "different", "jieba missing"])
def test_without_the_weights_there_is_a_warning_and_no_tagger(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module._folder()
    assert real is not None
    for name in [*(f"model_baseline/{name}" for name in module._PARAMETERS), "tag.dic", "word.dic"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((real / name).read_bytes())
    if change == "missing":
        (tmp_path / "model_baseline" / "crfw").unlink()
    else:
        with (tmp_path / "model_baseline" / "crfw").open("r+b") as file:
            file.seek(500)
            file.write(b"\xff")
    monkeypatch.setattr(module, "_folder", lambda: None if change == "jieba missing" else tmp_path)
    with pytest.warns(RuntimeWarning, match="no tagger"):
        assert load_tagger() is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_tagger() is None


@pytest.mark.usefixtures("forgotten")
def test_weights_that_are_there_load_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_tagger() is load_tagger() is not None


def test_neither_jieba_nor_paddle_is_imported() -> None:
    code = (
        "import sys, kg.tagger; kg.tagger.load_tagger().tag(['北京']); "
        "print([name for name in sys.modules if name.startswith(('jieba', 'paddle'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
