"""What a browser keeps of a phone's page, looked at without putting anything there."""

from typing import Any

from playwright.sync_api import Page
from tests.browser.watching import until

KEPT = """async () => {
  const there = (await indexedDB.databases()).some(({ name }) => name === "collavoce");
  if (!there) return [];
  return new Promise((done, failed) => {
    const opening = indexedDB.open("collavoce");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const asked = opening.result.transaction("kept").objectStore("kept").getAll();
      asked.onsuccess = () => {
        opening.result.close();
        done(asked.result);
      };
    };
  });
}"""

LEFT = """async () => ({
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  local: { ...localStorage },
  session: { ...sessionStorage },
  cookies: document.cookie,
  address: location.pathname + location.search + location.hash,
})"""

CACHED = """async () => {
  const words = [];
  for (const name of await caches.keys()) {
    const shell = await caches.open(name);
    for (const asked of await shell.keys()) {
      words.push(asked.url, await (await shell.match(asked)).text());
    }
  }
  return words.join("\\n");
}"""

NOTHING: dict[str, Any] = {
    "workers": 0,
    "caches": [],
    "databases": [],
    "local": {},
    "session": {},
    "cookies": "",
    "address": "/care/",
}


def kept(page: Page) -> list[dict[str, Any]]:
    """What the worker has not sent yet."""
    return page.evaluate(KEPT)


def until_kept(page: Page, count: int) -> None:
    """Wait until the worker has `count` things to send."""
    until(page, f"async () => (await ({KEPT})()).length", count)


def left(page: Page) -> dict[str, Any]:
    """Everything that a page can find in its browser."""
    return page.evaluate(LEFT)


def cached(page: Page) -> str:
    """Every word of the pages that are kept for later."""
    return page.evaluate(CACHED)
