"""The mark as pictures: home screens and notifications take no SVG.

`python -m tests.browser.mark` draws them anew beside the SVG after it was changed.
"""

from base64 import b64decode, b64encode
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import collavoce.desk.care

STATIC = Path(collavoce.desk.care.__file__).parent / "static"
MARK = STATIC / "mark.svg"
SIZES = (192, 512)

_PIXELS = """async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let letters = "";
  for (let at = 0; at < data.length; at += 8192) {
    letters += String.fromCharCode(...data.subarray(at, at + 8192));
  }
  return btoa(letters);
}"""


def picture(size: int) -> Path:
    """Where the mark of `size` pixels stands."""
    return STATIC / f"mark-{size}.png"


def draw(chromium: Browser, size: int) -> bytes:
    """The mark as a PNG of `size` pixels."""
    page = chromium.new_page(viewport={"width": size, "height": size})
    try:
        svg = MARK.read_text(encoding="utf-8").replace("<svg", f'<svg width="{size}"', 1)
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
        return page.screenshot(omit_background=True)
    finally:
        page.close()


def pixels(chromium: Browser, png: bytes) -> bytes:
    """Red, green, blue and opacity, 0 to 255, of each pixel of `png`."""
    page = chromium.new_page()
    try:
        return b64decode(page.evaluate(_PIXELS, "data:image/png;base64," + b64encode(png).decode()))
    finally:
        page.close()


def main() -> None:
    """Draw all of them."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for size in SIZES:
            picture(size).write_bytes(draw(chromium, size))


if __name__ == "__main__":
    main()
