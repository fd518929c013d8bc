"""Draw the two icons of the Teams app: ``python teams/draw_icons.py``.

A speech bubble with an open eye: something is noticed, and said. Microsoft asks for 192x192
in colour and for a white outline of 32x32 on nothing.
https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
BLUE, WHITE, NOTHING = (29, 78, 137, 255), (255, 255, 255, 255), (0, 0, 0, 0)
FINER = 8  # drawn larger and made smaller, for smooth edges


def draw_bubble(size: int, background: tuple[int, ...], filled: bool) -> Image.Image:
    """The bubble in white on a background of this size; filled, or its outline."""
    unit = size * FINER / 32
    image = Image.new("RGBA", (size * FINER, size * FINER), background)
    draw = ImageDraw.Draw(image)

    def scaled(*points: float) -> list[float]:
        return [point * unit for point in points]

    line = round(2 * unit)
    bubble, tail = scaled(4, 5, 28, 22), scaled(9, 20, 9, 28, 17, 20)
    if filled:
        draw.rounded_rectangle(bubble, 5 * unit, fill=WHITE)
        draw.polygon(tail, fill=WHITE)
        eye, ground = BLUE, WHITE
    else:
        draw.polygon(tail, fill=WHITE)
        draw.rounded_rectangle(bubble, 5 * unit, fill=background, outline=WHITE, width=line)
        eye, ground = WHITE, background
    # The eye: where two circles overlap.
    upper, lower = (Image.new("L", image.size, 0) for _ in range(2))
    ImageDraw.Draw(upper).ellipse(scaled(8.5, 8.8, 23.5, 23.8), fill=255)
    ImageDraw.Draw(lower).ellipse(scaled(8.5, 3.2, 23.5, 18.2), fill=255)
    lens = Image.composite(upper, Image.new("L", image.size, 0), lower)
    image.paste(eye, mask=lens)
    draw.ellipse(scaled(13.3, 10.8, 18.7, 16.2), fill=ground)
    draw.ellipse(scaled(14.7, 12.2, 17.3, 14.8), fill=eye)
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw_bubble(192, BLUE, filled=True).save(HERE / "color.png", optimize=True)
    outline = draw_bubble(32, NOTHING, filled=False)
    # White everywhere, so that only the transparency draws: no grey edges on dark themes.
    white = Image.new("RGBA", outline.size, WHITE)
    white.putalpha(outline.getchannel("A"))
    white.save(HERE / "outline.png", optimize=True)
