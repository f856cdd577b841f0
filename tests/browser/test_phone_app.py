"""The phone's page as an app over HTTPS: on the home screen, awake, woken."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.browser import mark
from tests.browser.phones import Phones
from tests.browser.push_service import MY_CONTACTS, PUSH_SERVICE, VAPID
from tests.browser.trusting import address, at_worker, https_phones, minded
from tests.browser.watching import until

pytestmark = [pytest.mark.browser, pytest.mark.process]

AWAKE = "The screen stays on while this page is in front."
NOT_AWAKE = "This page cannot keep the screen on."
NOT_WOKEN = "This page cannot wake this phone."

HOLD_LOCKS = """
  window.locks = [];
  const request = navigator.wakeLock.request.bind(navigator.wakeLock);
  navigator.wakeLock.request = async (kind) => {
    const lock = await request(kind);
    locks.push(lock);
    return lock;
  };
"""


@pytest.fixture
def them(chromium: Browser, tmp_path: Path) -> Iterator[Phones]:
    """Phones of a house that can wake them."""
    with https_phones(chromium, tmp_path, push=VAPID) as them:
        yield them


def test_the_page_can_be_put_on_the_home_screen(them: Phones) -> None:
    page = minded(them.of("pianist"))
    tools = page.context.new_cdp_session(page)
    manifest: dict[str, Any] = tools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["name"] == "Collavoce"
    assert manifest["url"] == f"{address(them)}static/manifest.webmanifest"
    [wrong] = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert wrong["errorId"] == "in-incognito", "a test's browser forgets everything; nothing else"
    for size in mark.SIZES:
        picture = page.request.get(
            f"{address(them)}static/mark-{size}.png", ignore_https_errors=True
        )
        assert picture.headers["content-type"] == "image/png"


@pytest.mark.parametrize("size", mark.SIZES)
def test_the_pictures_of_the_mark_are_drawn_from_it(chromium: Browser, size: int) -> None:
    stands = mark.pixels(chromium, mark.picture(size).read_bytes())
    drawn = mark.pixels(chromium, mark.draw(chromium, size))
    assert len(stands) == len(drawn) == 4 * size * size
    # Another release of the browser may smooth an edge otherwise.
    differing = sum(abs(one - other) > 32 for one, other in zip(stands, drawn, strict=True))
    assert differing <= len(drawn) // 500


def test_the_screen_is_kept_on_while_the_page_is_in_front(them: Phones) -> None:
    page = them.of("pianist")
    page.context.add_init_script(HOLD_LOCKS)
    page.reload()
    until(page, "locks.length", 1)
    assert page.evaluate("[locks[0].type, locks[0].released]") == ["screen", False]
    page.locator("#reached > summary").click()
    expect(page.locator("#can-awake")).to_have_text(AWAKE)
    page.evaluate("locks[0].release()")  # as a phone does whose battery is low
    expect(page.locator("#can-awake")).to_contain_text(NOT_AWAKE)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # in front again
    until(page, "locks.length", 2)
    expect(page.locator("#can-awake")).to_have_text(AWAKE)


def test_a_screen_that_cannot_be_kept_on_is_said_in_words(them: Phones) -> None:
    page = them.of("pianist")
    page.context.add_init_script(
        "navigator.wakeLock.request = async () => { throw new Error('the battery is low'); };"
    )
    page.reload()
    page.locator("#reached > summary").click()
    expect(page.locator("#can-awake")).to_contain_text(NOT_AWAKE)


def test_a_phone_lets_itself_be_woken_and_that_is_a_contact(them: Phones) -> None:
    page = minded(them.of("pianist"))
    page.evaluate(PUSH_SERVICE)
    page.locator("#reached > summary").click()
    page.locator("#channel").select_option("sms")
    page.locator("#address").fill("+493012345678")
    page.locator("#contact button").click()
    expect(page.locator("#contacts li")).to_have_count(1)
    for times in (1, 2):  # said again, it is still one address of this phone
        page.get_by_role("button", name="Let a call wake this phone").click()
        expect(page.locator("#contacts li")).to_have_count(2)
        expect(page.locator("#contacts li").first).to_contain_text("Waking this phone")
        until(page, "askedOfService.length", times)
    until(page, f"async () => (await ({MY_CONTACTS})())[0].address.includes('/fcm/send/2')", True)
    first, second = page.evaluate(MY_CONTACTS)
    assert (first["channel"], second["channel"]) == ("push", "sms")
    assert json.loads(first["address"]) == {
        "endpoint": "https://fcm.googleapis.com/fcm/send/2",
        "expirationTime": None,
        "keys": {"p256dh": "BPoint", "auth": "salt"},
    }
    asked = page.evaluate("askedOfService")
    assert asked == [{"userVisibleOnly": True, "applicationServerKey": VAPID}] * 2


def test_a_browser_that_will_not_be_woken_is_said_in_words(them: Phones) -> None:
    page = minded(them.of("pianist"))
    page.locator("#reached > summary").click()
    page.get_by_role("button", name="Let a call wake this phone").click()
    expect(page.locator("#contact .says")).to_have_text(
        "This phone does not allow it. Look at its settings for this page."
    )
    assert page.evaluate(MY_CONTACTS) == []


def test_a_house_that_wakes_nobody_says_so(chromium: Browser, tmp_path: Path) -> None:
    with https_phones(chromium, tmp_path) as them:
        page = them.of("pianist")
        page.locator("#reached > summary").click()
        expect(page.locator("#can-push")).to_contain_text(NOT_WOKEN)
        expect(page.locator("#wake")).to_be_hidden()


def test_a_push_says_collavoce_and_nothing_else_and_opens_the_page(them: Phones) -> None:
    page = minded(them.of("pianist"))
    page.context.grant_permissions(["notifications"], origin=page.evaluate("location.origin"))
    tools, worker = at_worker(page)
    for said in ("", "an opaque id", '{"title": "Yuna Park", "body": "stage left"}'):
        tools.send("ServiceWorker.deliverPushMessage", {**worker, "data": said})
    ready = "async () => (await (await navigator.serviceWorker.ready).getNotifications())"
    until(page, f"{ready}.length", 1)
    shown: list[list[Any]] = page.evaluate(
        f"{ready}.map(({{ title, body, data, icon }}) => [title, body, data, icon])"
    )
    assert shown == [["Collavoce", "", None, f"{address(them)}static/mark-192.png"]]
    [behind] = page.context.service_workers
    opened = behind.evaluate(
        """async () => {
          const [notification] = await registration.getNotifications();
          const waits = [];
          const tap = () => {
            const event = new NotificationEvent("notificationclick", { notification });
            event.waitUntil = (work) => waits.push(work);
            dispatchEvent(event);
            return waits.at(-1);
          };
          // A browser lets a worker do this after a tap only, which no tool can make.
          const did = [];
          WindowClient.prototype.focus = async function () {
            did.push(`focus ${new URL(this.url).pathname}`);
          };
          clients.openWindow = async (place) => did.push(`open ${place}`);
          await tap();
          clients.matchAll = async () => [];
          await tap();
          return [did, (await registration.getNotifications()).length];
        }"""
    )
    assert opened == [["focus /care/", "open /care/"], 0]
