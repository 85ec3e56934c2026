"""The shipped encoder: sentences in, the heads' figures for every word piece out.

A text is read in windows of whole sentences, up to 128 pieces, each with the sentence before it where that fits.
Every window is one call of the model, never a batch, so what a report gives does not depend on its neighbours: the
model rounds what it works on to eight bits by a scale of the whole call.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np

from sayso.problems import SaysoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Chunk = tuple[list[int], list[int], list[int]]
"""The pieces of a stretch of text: their numbers, and where each begins and ends in it."""
LONGEST = 128
"""Pieces in a window, its two marks included."""
_LARGEST_SUM = 8 * 255 * 127
_PRODUCT = (
    b'\x08\x08:\xf5\x01\n"\n\x04left\n\x05right\x12\x04sums"\rMatMulInteger\x12\x04sums*\x1e\x08\x02\x08\x08\x10\x02B\x04leftJ\x10'
    + b"\xff" * 16
    + b"*\x90\x01\x08\x08\x08\x10\x10\x03B\x05rightJ\x80\x01"
    + b"\x7f" * 128
    + b"b\x16\n\x04sums\x12\x0e\n\x0c\x08\x06\x12\x08\n\x02\x08\x02\n\x02\x08\x10B\x04\n\x00\x10\x11"
)
"""A model by itself, whose one output holds `_LARGEST_SUM` where eight products of bytes add up right: MatMulInteger of
2 by 8 bytes of 255 with 8 by 16 of 127, all constants."""
SHIPPED = Path(__file__).with_name("model")
"""The folder of the model that the package brings."""
_FILES = ("model.onnx", "tokenizer.json")
_LAYOUT = "model.json"
_ROOM = LONGEST - 2
_UNIT = 94
_OPEN, _CLOSE = "[CLS]", "[SEP]"
# Half of a surrogate pair is no character, and the tokenizer refuses it; one for one, so that offsets hold.
_BROKEN = re.compile("[\ud800-\udfff]")
# What stands between blanks is cut into pieces whatever stands beside it; few words make up most of any text.
_CHUNK = re.compile(r"[^ \t\r\n]+")
_KEPT, _LONGEST_KEPT = 20_000, 40


class ModelError(SaysoError):
    """The model cannot be loaded: a file is missing or changed, or a library is not installed."""


@dataclass(frozen=True, slots=True)
class Pieced:
    """A text as word pieces.

    Attributes:
        ids: Each piece's number in the vocabulary.
        starts: Where each piece begins in the text, in code points.
        ends: Where it ends, exclusive.
        units: Sentences as ranges of pieces; a sentence too long for a window is several.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    units: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A window as ranges of pieces: `start` to `own` is context, `own` to `end` is read for the first time."""

    start: int
    own: int
    end: int


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Window:
    """One window with what the model says of it, a row a piece.

    Attributes:
        cut: Which pieces of the text it holds.
        outputs: Arrays by name: the logits of every head.
    """

    cut: Cut
    outputs: Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as word pieces, and the windows that it was read in, in order."""

    pieces: Pieced
    windows: tuple[Window, ...]

    def output(self, name: str) -> NDArray[np.float32]:
        """Return an output for every piece of the text, each from the window that read it with context before it.

        Args:
            name: A name of `Encoder.outputs`.
        """
        return np.concatenate([one.outputs[name][one.cut.own - one.cut.start :] for one in self.windows])

    def rows(self, name: str, first: int, last: int) -> NDArray[np.float32]:
        """Return what `output` has for the pieces from `first` to `last`, without putting the whole text together.

        Args:
            name: A name of `Encoder.outputs`.
            first: The number of a piece.
            last: The number of a later one, exclusive.
        """
        parts = []
        for one in self.windows[bisect_right(self.windows, first, key=lambda window: window.cut.end) :]:
            if one.cut.own >= last:
                break
            parts.append(one.outputs[name][max(first, one.cut.own) - one.cut.start : last - one.cut.start])
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


class Encoder:
    """The shipped model, loaded at its first use.

    The same text gives the same bytes whatever was read before and with any number of threads. On another kind of
    processor the last digits may differ.

    Args:
        folder: Holds ``model.onnx``, ``tokenizer.json`` and ``model.json``, which names the outputs with their
            widths (``outputs``) and the SHA-256 of the other two (``sha256``).
        threads: Threads for one window; one is best where several reports are read at a time.
    """

    def __init__(self, folder: Path = SHIPPED, threads: int = 1) -> None:
        self.folder = folder
        self.threads = threads
        self._held: WeakValueDictionary[bytes, Window] = WeakValueDictionary()
        self._known: dict[str, Chunk] = {}

    @cached_property
    def layout(self) -> Mapping[str, object]:
        """What ``model.json`` says: outputs, names of the heads' columns, digests.

        Raises:
            ModelError: It is missing or is not such a file.
        """
        try:
            layout = json.loads(self._bytes(_LAYOUT))
            named = isinstance(layout["outputs"], dict) and all(isinstance(layout["sha256"][f], str) for f in _FILES)
        except (ValueError, KeyError, TypeError, RecursionError):
            named = False
        if not named:
            raise ModelError(f"{self.folder / _LAYOUT} does not describe a model; install sayso again.")
        return dict(layout)

    def settings(self, name: str) -> Mapping[str, Any]:
        """Return what ``model.json`` holds under a name, for those who read the heads' figures.

        Raises:
            ModelError: The model cannot be loaded or has no such settings.
        """
        settings = self.layout.get(name)
        if not isinstance(settings, dict):
            raise ModelError(f"The model in {self.folder} has no settings for {name}; install sayso again.")
        return settings

    def arrays(self, name: str) -> Mapping[str, NDArray[np.float32]] | None:
        """Return the arrays that the model brings in ``NAME.npz``, as floats; None where it brings no such file.

        Raises:
            ModelError: The model cannot be loaded.
        """
        file = f"{name}.npz"
        digests = self.layout["sha256"]
        if not isinstance(digests, dict) or file not in digests:
            return None
        with np.load(BytesIO(self._checked(file)), allow_pickle=False) as arrays:
            return {key: arrays[key].astype(np.float32) for key in arrays.files}

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The names of the outputs, in the model's order."""
        outputs = self.layout["outputs"]
        return tuple(outputs) if isinstance(outputs, dict) else ()

    def encode(self, text: str, sentences: Sequence[tuple[int, int]]) -> Encoded:
        """Read the sentences of a text.

        Args:
            text: The whole text; offsets count its code points.
            sentences: Start and end of each sentence to read, in order and apart. Neighbours in this list are
                each other's context.

        Raises:
            ModelError: The model cannot be loaded.
        """
        pieced = pieces(self._tokenizer, text, sentences, self._known)
        return Encoded(pieced, tuple(self._window(one, pieced.ids[one.start : one.end]) for one in cut(pieced.units)))

    def _window(self, where: Cut, ids: NDArray[np.int64]) -> Window:
        """Read a window, or take the figures of one of the same pieces that somebody still holds: they are the same."""
        key = ids.tobytes()
        held = self._held.get(key)
        window = Window(where, self._run(ids) if held is None else held.outputs)
        self._held[key] = window
        return window

    def _run(self, ids: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
        whole = np.empty((1, len(ids) + 2), dtype=np.int64)
        whole[0, 0], whole[0, -1] = self._marks
        whole[0, 1:-1] = ids
        values = self._session.run(list(self.outputs), {"ids": whole})
        return {name: value[0, 1:-1] for name, value in zip(self.outputs, values, strict=True)}

    @cached_property
    def _marks(self) -> tuple[int, int]:
        marks = (self._tokenizer.token_to_id(_OPEN), self._tokenizer.token_to_id(_CLOSE))
        if marks[0] is None or marks[1] is None:
            raise ModelError(f"The tokenizer in {self.folder} lacks {_OPEN} or {_CLOSE}; install sayso again.")
        return marks[0], marks[1]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise ModelError("The library tokenizers cannot be imported; install it with sayso.") from error
        return Tokenizer.from_str(self._checked("tokenizer.json").decode())

    @cached_property
    def _session(self) -> InferenceSession:
        return self.opened(exact=not self._sums_add_up())

    def _sums_add_up(self) -> bool:
        """Say whether the fast way may be taken: where a processor has no instructions for them, sums overflow."""
        found = self._opened(_PRODUCT, exact=False).run(None, {})[0]
        return bool((found == _LARGEST_SUM).all())

    def opened(self, *, exact: bool) -> InferenceSession:
        """Open the model.

        Args:
            exact: Run it in the way that adds up right on every processor, rather than in the fast one.

        Raises:
            ModelError: It cannot be loaded.
        """
        return self._opened(self._checked("model.onnx"), exact=exact)

    def _opened(self, model: bytes, *, exact: bool) -> InferenceSession:
        try:
            import onnxruntime
        except ImportError as error:
            raise ModelError("The library onnxruntime cannot be imported; install it with sayso.") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.use_deterministic_compute = True
        options.add_session_config_entry("session.x64quantprecision", str(int(exact)))
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        # It would keep the file's bytes for as long as it lives, to try other providers with where this one fails.
        session._model_bytes = b""  # noqa: SLF001 - there is no other way to it
        return session

    def _checked(self, name: str) -> bytes:
        """Return a file's bytes, the very ones that were checked, so that nothing can change in between."""
        content = self._bytes(name)
        digests = self.layout["sha256"]
        if not isinstance(digests, dict) or hashlib.sha256(content).hexdigest() != digests[name]:
            raise ModelError(f"{self.folder / name} is not the file that was shipped; install sayso again.")
        return content

    def _bytes(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise ModelError(f"{self.folder / name} cannot be read ({error}); install sayso again.") from error


@cache
def shipped() -> Encoder:
    """Return the shipped model, one for all who read with it, so that a process holds it once."""
    return Encoder()


def pieces(
    tokenizer: Tokenizer, text: str, sentences: Sequence[tuple[int, int]], known: dict[str, Chunk] | None = None
) -> Pieced:
    """Cut the sentences of a text into word pieces.

    Args:
        tokenizer: Turns a string into pieces with offsets.
        text: The whole text.
        sentences: Start and end of each sentence in the text, in order.
        known: What was cut before, by the words; it is added to.
    """
    known = {} if known is None else known
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    units: list[tuple[int, int]] = []
    for start, end in sentences:
        first = len(ids)
        for found in _CHUNK.finditer(text, start, end):
            at = found.start()
            chunk = known.get(found[0])
            if chunk is None:
                chunk = _chunk(tokenizer, found[0], known)
            numbers, begins, stops = chunk
            ids += numbers
            if len(numbers) == 1:  # as of most words
                starts.append(at + begins[0])
                ends.append(at + stops[0])
            else:
                starts += [at + a for a in begins]
                ends += [at + b for b in stops]
        units += [(at, min(at + _UNIT, len(ids))) for at in range(first, len(ids), _UNIT)]
    return Pieced(
        np.array(ids, dtype=np.int64), np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64), tuple(units)
    )


def _chunk(tokenizer: Tokenizer, words: str, known: dict[str, Chunk]) -> Chunk:
    """Cut what stands between two blanks, and keep how where it may come again."""
    encoded = tokenizer.encode(_BROKEN.sub("\ufffd", words), add_special_tokens=False)
    chunk = (encoded.ids, [a for a, _ in encoded.offsets], [b for _, b in encoded.offsets])
    if len(words) <= _LONGEST_KEPT:
        if len(known) >= _KEPT:
            known.clear()
        known[words] = chunk
    return chunk


def cut(units: Sequence[tuple[int, int]]) -> Iterator[Cut]:
    """Cut a text's units into windows: the unit before for context where it fits, then as many new ones as fit.

    Args:
        units: Ranges of pieces, in order and without gaps, none longer than a window.
    """
    at = 0
    while at < len(units):
        own, end = units[at]
        before = units[at - 1][0] if at else own
        start = before if end - before <= _ROOM else own
        while at < len(units) and units[at][1] - start <= _ROOM:
            end = units[at][1]
            at += 1
        yield Cut(start, own, end)
