"""Whoever guesses comes to nothing, keeps nobody out, and finds nothing to tell apart.

`GUESSES` says how often; more on request: COLLAVOCE_GUESSES=1000000.
"""

import asyncio
import os
import random
from collections import Counter

import pytest
from tests.browser.fake_stagehand import KEY, FakeStagehand
from tests.security.care_pages import Pages
from tests.security.desks import client, desk

from collavoce.care.commands import PairDevice
from collavoce.care.events import Refused
from collavoce.care.recovery import is_whole, written
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.access import assistant_key, desk_token
from collavoce.desk.care.access import known
from collavoce.runtime.badges import read_badge, write_badge
from collavoce.runtime.care.guesses import ADDRESSES_MAX, TRIES
from collavoce.runtime.clock import fresh_id, utc_now

GUESSES = int(os.environ.get("COLLAVOCE_GUESSES", "25000"))
SEED = 20261121
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def near(code: str, dice: random.Random) -> str:
    """A guess of somebody who saw the code from afar: one letter of it is wrong."""
    at = dice.randrange(len(code))
    letter = dice.choice(ALPHABET.replace(code[at], ""))
    return code[:at] + letter + code[at + 1 :]


def test_no_guessed_pairing_code_is_accepted_and_a_real_one_is_all_the_while() -> None:
    """All from one address, and the owner's phone from another, as on a venue's network."""

    async def go() -> tuple[Counter[int], int]:
        dice = random.Random(SEED)
        pages = Pages()
        code = pages.code("friend")
        answers: Counter[int] = Counter()
        paired = 0
        for number in range(GUESSES):
            if number % (GUESSES // 10) == GUESSES // 20:
                await pages.paired("second", address=f"192.168.2.{paired + 1}")
                paired += 1
            pages.now += 0.0005
            guess = near(code, dice)
            said = await pages.post("/care/pair", {"code": guess}, address="192.168.1.66")
            answers[said.status] += 1
        return answers, paired

    answers, paired = asyncio.run(go())
    assert set(answers) == {403, 429}
    assert sum(answers.values()) == GUESSES
    assert answers[403] <= TRIES + GUESSES * 0.0005 / 6.0 + 1
    assert paired == 10


def test_no_guessed_pairing_code_is_accepted_from_ever_new_addresses() -> None:
    """Past the limit by address: the rule itself, with a code open all the while."""
    dice = random.Random(SEED)
    pages = Pages()
    code = pages.code("friend")
    for _ in range(GUESSES):
        outcome = pages.house.ask(PairDevice(secret_hash(near(code, dice)), secret_hash("token")))
        assert isinstance(outcome, Refused)
    assert pages.house.state.pairings.devices.keys().isdisjoint({secret_hash("token")})
    assert not isinstance(
        pages.house.ask(PairDevice(secret_hash(code), secret_hash("token"))), Refused
    )


def test_the_book_of_guessers_is_limited() -> None:
    pages = Pages()
    for number in range(3 * ADDRESSES_MAX):
        pages.care.guessed_wrong(str(number))
    assert len(pages.care._guesses._buckets) == ADDRESSES_MAX


def test_no_guessed_cookie_is_anybodys_device() -> None:
    async def go() -> None:
        dice = random.Random(SEED)
        pages = Pages()
        token = await pages.paired("friend")
        now = pages.house.moment()
        pairings = pages.house.state.pairings
        for _ in range(GUESSES):
            assert known(pairings, secret_hash(near(token, dice)), now) is None
        assert known(pairings, secret_hash(token), now) is not None

    asyncio.run(go())


def test_no_guessed_recovery_code_opens_anything_and_the_right_one_still_does() -> None:
    async def go() -> tuple[int, bool]:
        dice = random.Random(SEED)
        pages = Pages()
        owner = await pages.paired("friend")
        shown = (await pages.post("/care/act", {"type": "NewRecovery"}, owner)).said["code"]
        waiting = await pages.paired("friend", address="192.168.1.3")
        opened = 0
        for number in range(GUESSES):
            guess = written(dice.randbytes(16))
            if number % 1000 == 0:
                # One more is allowed every six seconds: let some reach the rule itself.
                pages.now += 6.0
                assert is_whole(guess)
            if number % 50_000 == 0:
                waiting = await pages.paired("friend", address=f"192.168.4.{number // 50_000}")
            answer = await pages.post(
                "/care/act", {"type": "Recover", "code": guess}, waiting, address="192.168.1.66"
            )
            opened += bool(answer.said["kept"])
        waiting = await pages.paired("friend", address="192.168.1.9")
        right = await pages.post(
            "/care/act", {"type": "Recover", "code": shown}, waiting, address="192.168.1.9"
        )
        return opened, bool(right.said["kept"])

    assert asyncio.run(go()) == (0, True)


def test_no_guessed_desk_cookie_opens_a_desk() -> None:
    dice = random.Random(SEED)
    good = {desk_token(KEY), desk_token(assistant_key(KEY))}
    guesses = {"".join(dice.choices("0123456789abcdef", k=64)) for _ in range(GUESSES)}
    assert good.isdisjoint(guesses)

    async def go() -> set[int]:
        async with client(desk(FakeStagehand())) as browser:
            return {
                (
                    await browser.get("/plan.json", headers={"cookie": f"collavoce_desk={g}"})
                ).status_code
                for g in list(guesses)[:500]
            }

    assert asyncio.run(go()) == {401}


def test_no_changed_badge_is_taken() -> None:
    dice = random.Random(SEED)
    now = utc_now()
    badge = write_badge("key", "mina", now, "device")
    for _ in range(min(GUESSES, 20_000)):
        changed = near(badge, dice)
        read = read_badge("key", changed, now)
        # The last letter of a seal carries two bits that are nothing (RFC 4648, 3.5).
        assert read is None or changed[:-1] == badge[:-1]


@pytest.mark.parametrize("bits", [128, 256])
def test_every_secret_has_the_bits_it_says(bits: int) -> None:
    """16384 draws: none twice, and each of the 64 letters about as often at every place."""
    drawn = [fresh_id(bits) for _ in range(16384)]
    assert len(set(drawn)) == len(drawn)
    assert len(drawn[0]) * 6 >= bits
    for place in range(len(drawn[0]) - 1):
        counts = Counter(secret[place] for secret in drawn)
        assert len(counts) == 64
        assert min(counts.values()) > 160
        assert max(counts.values()) < 360
