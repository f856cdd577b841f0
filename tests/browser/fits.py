"""What has to hold on every screen of a phone, whatever page it shows."""

from playwright.sync_api import Page, ViewportSize

UNROLLED: ViewportSize = {"width": 390, "height": 6000}
"""Tall enough that nothing scrolls: axe cannot judge what lies under something else."""

PRESS_PX = 72
NUMBER_PX = 44
TARGET_PX = 24
"""WCAG 2.2, 2.5.8."""


def press_is_under_the_thumb(page: Page, size: ViewportSize) -> None:
    """At least 72 px, whole on the screen, its middle in the lower half; the number beside it."""
    for selector, least in (("#press-button", PRESS_PX), ("#press .emergency", NUMBER_PX)):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["height"] >= least
        assert box["y"] + box["height"] <= size["height"]
        assert box["y"] + box["height"] / 2 >= size["height"] / 2


def too_small(page: Page) -> list[str]:
    """Targets under 24 px."""
    return page.evaluate(
        """(least) => [...document.querySelectorAll("button, a, input, select, summary, textarea")]
          .filter((node) => node.checkVisibility())
          .filter((node) => {
            const box = (node.closest("label") ?? node).getBoundingClientRect();
            return box.width < least || box.height < least;
          })
          .map((node) => `${node.id} ${node.textContent}`)""",
        TARGET_PX,
    )


def sideways(page: Page) -> int:
    """By how many px the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def under_the_press(page: Page) -> list[str]:
    """What the focus comes to, from the first control to the last, and the press lies over.

    WCAG 2.2, 2.4.11 asks that not all of it is hidden; here none of it is, unless it is higher than
    what the press leaves.
    """
    return page.evaluate(
        """() => {
          const press = document.getElementById("press");
          const controls = "button, a, input, select, summary, textarea";
          const hidden = [];
          for (const node of document.querySelectorAll(controls)) {
            if (!node.checkVisibility() || node.disabled || press.contains(node)) continue;
            node.focus({ preventScroll: true });
            node.scrollIntoView({ block: "nearest" });
            const [box, top] = [node.getBoundingClientRect(), press.getBoundingClientRect().top];
            if (box.bottom <= top + 1 || box.height >= top) continue;
            hidden.push(`${node.id} ${node.textContent}`);
          }
          return hidden;
        }"""
    )


def by_colour_alone(page: Page) -> list[str]:
    """States that have a colour and lack the shape or the word that says the same."""
    return page.evaluate(
        """() => [...document.querySelectorAll("[data-mood], [data-shape], .sign[data-is]")]
          .filter((node) => node.checkVisibility() && node.dataset.mood !== "rest")
          .filter((node) => {
            const says = node.matches("[data-shape]") ? node : node.querySelector("[data-shape]");
            return !says || !says.textContent.trim() || !says.dataset.shape;
          })
          .map((node) => node.outerHTML.slice(0, 120))"""
    )
