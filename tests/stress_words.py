"""Do to copies what hands and tools do, at random: no word is lost, no line of the program printed.

``python tests/stress_words.py [SEQUENCES [SEED]]`` prints each sequence that fails.
"""

from __future__ import annotations

import random
import sys

from hands import Hand

from ita_helpers.errors import ConflictingSlot


def main(sequences: int = 2000, seed: int = 1) -> int:
    """Run and return the exit status."""
    failed = refused = gestures = 0
    for number in range(sequences):
        hand = Hand(random.Random(f"{seed} {number}"))
        try:
            problems = hand.play()
        except ConflictingSlot:
            refused += 1
            problems = []
        gestures += len(hand.done)
        if problems:
            failed += 1
            print(number, hand.done, *problems, sep="\n    ", flush=True)
    print(
        f"{sequences} sequences, {gestures} gestures of {len(Hand.KINDS)} kinds: {failed} failed, "
    )
    print(f"{refused} refused for two versions of one slot")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
