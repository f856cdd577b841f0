"""Story B on the phones, by keyboard alone: the line, the press, whoever comes, the record."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.phones import PATIENCE_MS, Phones, phones, says
from tests.browser.whole_company import WHOLE
from tests.process.care_house import make_circle, press_id

pytestmark = [pytest.mark.browser, pytest.mark.process]

KEYS_MAX = 5
"""Key presses that a step may take, whatever else has the focus."""


def keys(page: Page, *pressed: str) -> None:
    """Press them, and be done within the limit."""
    assert len(pressed) <= KEYS_MAX
    for key in pressed:
        page.keyboard.press(key)


def trusting(them: Phones) -> tuple[Page, Page]:
    """The performer and the one they trust."""
    performer, friend = them.of("pianist"), them.of("friend")
    them.trusting(performer, friend)
    return performer, friend


def test_a_breach_is_raised_answered_recorded_and_over(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        steward, security, medic = them.of("steward"), them.of("security"), them.of("medic")
        steward.locator("#zone").focus()
        keys(steward, "ArrowDown", "ArrowDown", "Alt+l")
        expect(steward.locator("#line-says")).to_have_text("Kept. Security and the desk are told.")
        expect(security.locator("#breaches .says")).to_have_text("LINE. stage door 4.")
        security.locator("#breaches .come").focus()
        keys(security, "Enter")
        expect(steward.locator("#breaches .says")).to_have_text(
            "LINE. stage door 4. Lena Brandt coming."
        )
        assert security.evaluate("document.activeElement !== document.body"), "focus is not lost"
        security.locator("#breaches .radio").press("Enter")
        expect(security.locator("#breaches .radio")).to_be_hidden()
        security.locator("#breaches .resolve").press("Enter")
        expect(steward.locator("#breaches .says")).to_have_text(
            "The line stands again. stage door 4."
        )
        security.locator("#breaches summary").press("Enter")
        security.get_by_label("Camera").fill("4")
        security.get_by_label("What happened").fill("One person, led out.")
        security.get_by_role("button", name="Keep", exact=True).press("Enter")
        expect(security.locator("#breaches .record .answer")).to_have_text("Kept.")
        security.reload()
        security.locator("#breaches summary").press("Enter")
        expect(security.get_by_label("Camera")).to_have_value("4")
        expect(steward.locator("#breaches .record details")).to_have_count(0)
        expect(medic.locator("#breaches li")).to_have_count(0)


def test_the_one_who_comes_asks_for_the_way_and_nobody_learns_for_whom(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = trusting(them)
        security, steward = them.of("security"), them.of("steward")
        keys(performer, "Alt+p")
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        keys(friend, "Alt+c")
        says(performer, "Mira Ortiz is coming.")
        friend.get_by_role("button", name="Keep the way clear").press("Enter")
        for page in (security, steward):
            expect(page.locator("#clears .says")).to_have_text("Keep clear: stage left.")
            assert "Yuna Park needs" not in page.locator("body").inner_text()
            assert "Mira" not in page.locator("main").evaluate(
                "main => [...main.querySelectorAll('p, li')].map((n) => n.textContent).join()"
            )
        keys(friend, "Alt+w")
        says(performer, "Mira Ortiz is with you.")
        keys(performer, "Alt+o")
        says(performer, "Press, and Mira Ortiz is called.")


def test_whoever_cannot_press_is_handed_over_only_if_they_allowed_it(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = trusting(them)
        assistant = them.of("assistant")
        said = "Asked. If they have allowed it, their people are called. Stay near."
        keys(assistant, "Alt+h")
        expect(assistant.locator("#line-says")).to_have_text(said)
        assistant.wait_for_timeout(1500)  # three frames
        expect(friend.locator(".call")).to_have_count(0)
        performer.locator("#rules > summary").press("Enter")
        performer.get_by_label("Somebody beside me may hand me to my friend").press("Space")
        performer.locator("#opening button").press("Enter")
        expect(performer.locator("#opening .says")).to_have_text("Kept.")
        keys(assistant, "Alt+h")
        expect(friend.locator(".call .notes")).to_have_text(
            "Somebody beside them asked for you; Yuna Park could not press."
        )
        expect(assistant.locator("#line-says")).to_have_text(said)


def test_a_breach_at_the_exit_calls_for_whoever_wished_it(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = trusting(them)
        steward = them.of("steward")
        performer.locator("#rules > summary").press("Enter")
        performer.get_by_label("A breach of the line at my exit calls my people").press("Space")
        performer.locator("#opening button").press("Enter")
        expect(performer.locator("#opening .says")).to_have_text("Kept.")
        keys(steward, "Alt+l")
        expect(friend.locator(".call .notes")).to_contain_text("The line was broken at their exit")


def test_the_medic_the_stop_and_the_ears(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        assistant, medic = them.of("assistant"), them.of("medic")
        assistant.locator("#place").select_option(label="stage right")
        keys(assistant, "Alt+m")
        expect(medic.locator("#medics .says")).to_have_text("Medic, please. stage right.")
        medic.locator("#medics .take").press("Enter")
        expect(medic.locator("#medics .says")).to_have_text(
            "Medic. stage right. Tomas Vega is going."
        )
        medic.locator("#medics .done").press("Enter")
        expect(medic.locator("#medics li")).to_have_count(0)
        keys(assistant, "Alt+x")
        expect(assistant.locator("#stop")).to_have_text("Yes, stop the show")
        assistant.locator("#stop-not").press("Enter")
        expect(assistant.locator("#stop")).to_have_text("Stop the show")
        expect(assistant.locator("#urgent-says")).not_to_contain_text("stop is asked")
        keys(assistant, "Alt+x", "Alt+x")
        expect(assistant.locator("#urgent-says")).to_have_text(
            "A stop is asked for. The show holds; the caller decides."
        )
        keys(assistant, "Alt+e")
        expect(assistant.locator("#ears-list")).to_contain_text("Yuna Park: ears out")
        assistant.get_by_role("button", name="Yuna Park: ears in again").press("Enter")
        expect(assistant.locator("#ears-list li")).to_have_count(0)


def test_the_seat_answers_in_place_with_one_tap(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        friend, caller = them.of("friend"), them.care.phone("caller")
        expect(friend.locator("#seat")).to_be_hidden()
        assert caller.act("AskSupport", key="a-round-of-support")["kept"]
        expect(friend.locator("#shout")).to_have_text("Are you in place? Tap when you are.")
        friend.locator("#seat-here").press("Enter")
        expect(friend.locator("#seat")).to_be_hidden()
        expect(friend.locator("#press-button")).to_be_focused()
        assert caller.view()["line"]["support"]["seats"][0]["trip_ms"] > 0


def test_the_last_resort_is_asked_to_stand_back_and_the_presser_is_told_plainly(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        pianist, mira = them.care.phone("pianist"), them.care.phone("friend")
        performer, welfare = them.of("pianist"), them.of("welfare")
        make_circle(pianist, {"friend": mira}, second_after=5)
        ladder = {"receipt_after": 2, "all_after": 6, "voice_after": 7, "last_resort": "welfare"}
        assert pianist.act("WriteLadder", **ladder)["kept"]
        assert pianist.act("Press", press=press_id(1))["kept"]
        expect(welfare.locator(".call .says")).to_have_text(
            "Yuna Park needs someone, and nobody else has come.", timeout=PATIENCE_MS
        )
        expect(welfare.locator(".call .notes")).to_have_text(
            "Please go there, stand back, do not touch. Say who you are and wait."
        )
        expect(performer.locator("#press-says")).to_contain_text("Use your voice, or call 119.")


def test_near_binds_every_call_and_only_its_owner_is_told_whom_it_keeps_away(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = trusting(them)
        performer.locator("#rules > summary").press("Enter")
        performer.get_by_label("Not these").press("Space")
        performer.locator("#near-names").get_by_label("Mira Ortiz").press("Space")
        performer.locator("#near button").press("Enter")
        expect(performer.locator("#near-kept-away")).to_have_text(
            "By this rule not called: Mira Ortiz."
        )
        keys(performer, "Alt+p")
        says(
            performer,
            "Kept, but nobody of your people has the page open. Use your voice, or call 119.",
        )
        expect(friend.locator(".call")).to_have_count(0)
        assert "not called" not in friend.locator("body").inner_text()


def test_somebody_under_18_sees_who_sees_their_circle(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        young, guardian, pianist = them.of("young"), them.of("guardian"), them.care.phone("pianist")
        young.locator("#people > summary").press("Enter")
        expect(young.locator("#minor")).to_contain_text("Hana Seo and Ida Falk see whom")
        young.locator("#add").select_option(label="Yuna Park")
        young.locator("#ask").press("Enter")
        expect(young.locator("#circle")).to_contain_text("Yuna Park")
        assert pianist.act("Reply", owner="young", agrees=True)["kept"]
        guardian.locator("#people > summary").press("Enter")
        expect(guardian.locator("#watched-circles")).to_have_text("Jun Seo: Yuna Park.")
