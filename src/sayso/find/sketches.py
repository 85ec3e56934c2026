"""MinHash sketches of texts, and the index that finds those which share many runs of words (by rensa).

MinHash: A. Broder, "On the resemblance and containment of documents" (1997). The sketch is cut into bands; texts that
agree in a whole band are candidates. With 128 bands of 3 values, two texts that share a share `s` of all their runs
become candidates with probability 1 - (1 - s³)¹²⁸: .97 at s = .3, .64 at .2, and one in 8,000 at .01.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

BANDS = 128
VALUES = 3 * BANDS
_SEED = 5
_BYTES = 8


def hashes(words: Sequence[str]) -> Any:  # noqa: ANN401 - an array of 64-bit numbers
    """Return a 64-bit hash of each word, the same on every machine."""
    from rensa import RMinHash

    return np.array(RMinHash.hash_token_sets([words])[0], dtype="<u8")


class Sketches:
    """An index of sketches, added one at a time; looking up takes as long with many as with few."""

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._index = RMinHashLSH(0.3, VALUES, BANDS)

    def add(self, number: int, runs: Any) -> list[int]:  # noqa: ANN401 - an array
        """Add a text, and return the numbers of those added before that may share much with it.

        Args:
            number: The text's number, by which it is returned later.
            runs: Hashes of its runs of words.
        """
        sketch = self.sketch(runs)
        found = sorted(self._index.query(sketch))
        self._index.insert(number, sketch)
        return found

    def near(self, runs: Any) -> list[int]:  # noqa: ANN401 - an array
        """Return the numbers of the texts that may share much with this one, in order."""
        return sorted(self._index.query(self.sketch(runs)))

    def sketch(self, runs: Any) -> Any:  # noqa: ANN401 - rensa is not typed
        """Return the MinHash sketch of a text by its runs of words."""
        from rensa import RMinHash

        sketch = RMinHash(VALUES, _SEED)
        raw = np.asarray(runs, dtype="<u8").tobytes()
        sketch.update([raw[at : at + _BYTES] for at in range(0, len(raw), _BYTES)])
        return sketch
