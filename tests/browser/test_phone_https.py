"""What the phone does over HTTPS without a desk, and what it keeps when it is nobody's any more."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.left_behind import LEFT, NOTHING, cached, kept, left, until_kept
from tests.browser.phones import PATIENCE_MS, Phones, says
from tests.browser.push_service import MY_CONTACTS, PUSH_SERVICE, VAPID
from tests.browser.trusting import address, at_worker, https_phones, minded
from tests.browser.watching import until
from tests.browser.whole_company import COMPANY

pytestmark = [pytest.mark.browser, pytest.mark.process]

NAMES = [person.name for person in COMPANY]
UNSENT = "Not sent yet. Use your voice, or call 119. Trying on."
KEPT_HERE = "Not sent yet, kept on this phone. Use your voice, or call 119. Trying on."
ON_THE_PHONE = "Kept. It is on the phone of Mira Ortiz."
SETTLED_MS = 2000
"""Whoever else would send something has had the time."""


@pytest.fixture
def them(chromium: Browser, tmp_path: Path) -> Iterator[Phones]:
    """Phones that trust the house's own authority."""
    with https_phones(chromium, tmp_path, push=VAPID) as them:
        yield them


def test_a_press_without_a_desk_outlives_its_page_and_arrives_once(them: Phones) -> None:
    performer, friend = minded(them.of("pianist")), them.of("friend")
    them.trusting(performer, friend)
    performer.locator("#place").select_option("left")
    them.care.kill()
    performer.locator("#press-button").click()
    says(performer, UNSENT)
    until_kept(performer, 1)
    [waiting] = kept(performer)
    press = waiting["order"]["press"]
    assert waiting == {
        "key": f"Press {press}",
        "at": waiting["at"],
        "kept": waiting["kept"],
        "order": {"type": "Press", "press": press, "place": "left"},
    }, "which press, when, where: and nothing else"
    context = performer.context
    performer.close()
    them.care.start()
    again = context.new_page()
    again.goto(address(them))
    says(again, ON_THE_PHONE)
    expect(friend.locator(".call")).to_have_count(1, timeout=PATIENCE_MS)
    again.wait_for_timeout(SETTLED_MS)
    expect(friend.locator(".call")).to_have_count(1)
    assert kept(again) == []


def test_without_a_desk_the_page_says_so_at_once_and_still_presses(them: Phones) -> None:
    performer, friend = minded(them.of("pianist")), them.of("friend")
    them.trusting(performer, friend)
    performer.reload()  # it keeps the page for later by now
    assert not any(name in cached(performer) for name in NAMES)
    them.care.kill()
    performer.goto(address(them))
    expect(performer.locator("h1")).to_have_text("The desk does not answer")
    expect(performer.get_by_role("link", name="119")).to_be_visible()
    assert not any(name in performer.content() for name in NAMES)
    performer.locator("#press-button").click()
    says(performer, KEPT_HERE)
    until_kept(performer, 1)
    context = performer.context
    performer.close()
    again = context.new_page()
    again.goto(address(them))
    says(again, KEPT_HERE)
    again.locator("#press-button").click(force=True)
    assert len(kept(again)) == 1, "it is on its way; nobody need press again"
    again.wait_for_timeout(3000)
    them.care.start()
    says(again, ON_THE_PHONE)
    expect(friend.locator(".call")).to_have_count(1, timeout=PATIENCE_MS)
    age = re.search(r"\d+", friend.locator(".call .age").inner_text())
    assert age is not None
    assert int(age[0]) >= 3, "since the finger, not since the desk"
    assert kept(again) == []


def test_a_press_whose_page_stays_shut_is_sent_by_the_browser_itself(them: Phones) -> None:
    performer, friend = minded(them.of("pianist")), them.of("friend")
    them.trusting(performer, friend)
    beside = performer.context.new_page()
    beside.goto(f"{address(them)}static/mark.svg")
    tools, worker = at_worker(beside)
    them.care.kill()
    performer.locator("#press-button").click()
    says(performer, UNSENT)
    until_kept(performer, 1)
    performer.close()
    them.care.start()
    # As the browser does when it thinks that there is a connection again.
    tools.send("ServiceWorker.dispatchSyncEvent", {**worker, "tag": "press", "lastChance": False})
    expect(friend.locator(".call")).to_have_count(1, timeout=PATIENCE_MS)


def test_what_is_taken_back_without_a_desk_calls_nobody_later(them: Phones) -> None:
    performer, friend = minded(them.of("pianist")), them.of("friend")
    them.trusting(performer, friend)
    them.care.kill()
    performer.locator("#press-button").click()
    says(performer, UNSENT)
    until_kept(performer, 1)
    performer.locator("#cancel").click()
    until_kept(performer, 2)
    context = performer.context
    performer.close()
    friend.evaluate(
        """() => {
          window.everCalled = false;
          new MutationObserver(() => (everCalled ||= document.querySelector(".call") !== null))
            .observe(document.getElementById("calls"), { childList: true });
        }"""
    )
    them.care.start()
    again = context.new_page()
    again.goto(address(them))
    expect(again.locator("#link")).to_have_text("connected")
    until_kept(again, 0)
    expect(friend.locator("#link")).to_have_text("connected", timeout=PATIENCE_MS)
    friend.wait_for_timeout(SETTLED_MS)
    assert friend.evaluate("everCalled") is False
    expect(again.locator("#press")).to_have_attribute("data-is", "idle")


def test_the_emergency_number_without_a_desk_is_that_of_tonight(
    chromium: Browser, tmp_path: Path
) -> None:
    with https_phones(chromium, tmp_path) as them:
        performer = minded(them.of("pianist"))
        assert "tel:119" in cached(performer)
        them.care.kill()
        told = them.care.config_path.read_text("utf-8")
        assert '"119"' in told
        them.care.config_path.write_text(told.replace('"119"', '"112"'), "utf-8")
        them.care.start()
        performer.reload()
        kept_page = 'async () => (await (await caches.match("/care/offline")).text())'
        until(performer, f'{kept_page}.includes("tel:112")', True)


def test_after_forgetting_the_phone_its_worker_and_all_it_kept_are_gone(them: Phones) -> None:
    performer = minded(them.of("pianist"))
    second = them.waiting("pianist")
    performer.locator("#asking .yes").click()
    expect(second.locator("#this-phone")).to_be_visible()
    performer.evaluate(PUSH_SERVICE)
    performer.locator("#reached > summary").click()
    performer.locator("#wake").click()
    expect(performer.locator("#contacts li")).to_have_count(1)
    assert len(second.evaluate(MY_CONTACTS)) == 1
    performer.locator("#this-phone > summary").click()
    performer.get_by_label("Paper white, for daylight").check()
    performer.get_by_role("button", name="Forget this phone").click()
    expect(performer.locator("#pairing")).to_be_visible()
    assert left(performer) == NOTHING
    assert performer.context.cookies() == []
    assert second.evaluate(MY_CONTACTS) == [], "no call goes to a phone that is nobody's"


def test_after_erasing_everything_nothing_of_it_is_in_the_browser(them: Phones) -> None:
    performer = minded(them.of("pianist"))
    performer.locator("#kept > summary").click()
    performer.locator("#line-1").fill("perfume, please not")
    performer.locator("#lines button").click()
    expect(performer.locator("#lines .says")).not_to_be_empty()
    performer.locator("#erase").click()
    performer.get_by_role("button", name="Yes, erase everything of mine").click()
    expect(performer.locator("#pairing")).to_be_visible()
    assert left(performer) == NOTHING
    assert performer.context.cookies() == []


def test_a_phone_forgotten_from_another_one_shows_and_keeps_nothing_more(them: Phones) -> None:
    lost, friend = minded(them.of("pianist")), them.of("friend")
    them.trusting(lost, friend)
    second = them.waiting("pianist")
    lost.locator("#asking .yes").click()
    expect(second.locator("#this-phone")).to_be_visible()
    second.locator("#this-phone > summary").click()
    second.get_by_role("button", name="Forget my other phones").click()
    expect(lost.locator("#pairing")).to_be_visible(timeout=PATIENCE_MS)
    until(lost, LEFT, NOTHING)
    assert not any(name in lost.content() for name in NAMES)
