"""What stands in place of an identifier."""

from __future__ import annotations

from assistant.privacy.masks import MASK, MASKS


def test_every_mask_is_known_as_one_and_tells_its_kind_apart() -> None:
    assert all(MASK.fullmatch(mask) for mask in MASKS.values())
    assert len(set(MASKS.values())) == len(MASKS)
    assert not MASK.search("[withheld] (name)")
