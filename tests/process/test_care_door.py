"""Who comes in, with what, and what every answer carries: over real HTTP."""

import re
import ssl
import threading
from collections.abc import Generator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx
import pytest
from tests.process.care_house import CareProcess, Phone, View, care_process, make_circle, press_id
from tests.security.certificates import write_files

from collavoce.runtime.badges import read_badge

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def care(tmp_path_factory: pytest.TempPathFactory) -> Generator[CareProcess]:
    with care_process(tmp_path_factory.mktemp("care"), emergency="119", web_port=8123) as care:
        yield care


def test_a_code_pairs_one_phone_once(care: CareProcess) -> None:
    offered = care.pairing("friend")
    assert offered["url"] == f"{care.url}/care/#{offered['code']}"
    assert len(offered["code"]) >= 22, "128 bits in base64"
    phone = Phone(care.url)
    assert phone.pair(offered["code"])["kept"]
    care.latest["friend"] = phone
    again = Phone(care.url).pair(offered["code"])
    assert not again["kept"]
    assert "two minutes" in again["why"]


def test_a_new_code_voids_the_one_before(care: CareProcess) -> None:
    first, second = care.pairing("friend")["code"], care.pairing("friend")["code"]
    assert not Phone(care.url).pair(first)["kept"]
    assert Phone(care.url).pair(second)["kept"]


def test_nobody_outside_the_show_is_given_a_code(care: CareProcess) -> None:
    answer = care.pairing("a stranger")
    assert "code" not in answer
    assert answer["why"]


def test_the_cookies_are_kept_from_scripts_and_other_sites(care: CareProcess) -> None:
    phone = Phone(care.url)
    code = care.pairing("manager")["code"]
    response = phone.client.post("/care/pair", json={"code": code})
    device, badge = response.headers.get_list("set-cookie")
    assert device.startswith("collavoce_phone=")
    assert "; Path=/care;" in device
    assert badge.startswith("collavoce_badge=")
    assert "; Path=/;" in badge
    for cookie in (device, badge):
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Secure" not in cookie, "over plain HTTP a Secure cookie would be dropped"
    said = badge.split("=", 1)[1].split(";")[0]
    assert read_badge("a key of this test", said, datetime.now(UTC)) == "manager"


def test_over_tls_the_cookies_are_bound_to_this_host(tmp_path: Path) -> None:
    files = write_files(tmp_path / "tls", ("127.0.0.1",))
    tls = {"tls_cert": str(files.certificate), "tls_key": str(files.key), "tls_name": "127.0.0.1"}
    with care_process(tmp_path, **tls) as care:
        origin = care.url.replace("http://", "https://")
        link = care.pairing("friend")
        assert link["url"].startswith(f"{origin}/care/#")
        trust = ssl.create_default_context(cafile=files.root)
        with httpx.Client(base_url=origin, headers={"Origin": origin}, verify=trust) as phone:
            answer = phone.post("/care/pair", json={"code": link["code"]})
            cookies = answer.headers.get_list("set-cookie")
            assert len(cookies) == 2
            for cookie in cookies:
                assert cookie.startswith("__Host-collavoce_")
                assert "; Path=/; " in cookie
                assert "; HttpOnly; SameSite=Strict; Secure" in cookie
            assert phone.post("/care/act", json={"type": "Press", "press": press_id(1)}).json()[
                "kept"
            ]
            plain = {"Cookie": cookies[0].removeprefix("__Host-").partition(";")[0]}
            with httpx.Client(base_url=origin, verify=trust) as other:
                assert other.get("/care/stream", headers=plain).status_code == 401


def test_the_canarys_secret_draws_no_page(tmp_path: Path) -> None:
    with care_process(tmp_path, canary="a secret of the watchdog") as care:
        for person in ("owner", "second"):
            cookie = f"collavoce_phone=a secret of the watchdog.canary:{person}"
            page = httpx.get(f"{care.url}/care/", headers={"Cookie": cookie})
            assert page.status_code == 200
            assert page.content == httpx.get(f"{care.url}/care/").content


def test_the_emergency_number_is_there_without_any_pairing(care: CareProcess) -> None:
    page = httpx.get(f"{care.url}/care/").text
    assert 'href="tel:119"' in page
    assert "Yuna" not in page


def test_every_answer_forbids_keeping_framing_and_foreign_code(care: CareProcess) -> None:
    for path in ("/care/", "/care/static/phone.js", "/care/nowhere", "/care/stream"):
        headers = httpx.get(f"{care.url}{path}").headers
        assert headers["cache-control"] == "no-store", path
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "connect-src 'self' http://127.0.0.1:8123" in policy


def test_no_page_runs_inline_code(care: CareProcess) -> None:
    for page in (
        httpx.get(f"{care.url}/care/").text,
        care.phone("friend").client.get("/care/").text,
    ):
        for tag in re.findall(r"<script[^>]*>", page):
            assert 'src="/care/static/' in tag or 'type="application/json"' in tag
        assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_a_host_header_cannot_write_into_the_policy(care: CareProcess) -> None:
    host = "evil.example; script-src *:80"
    policy = httpx.get(f"{care.url}/care/", headers={"Host": host}).headers
    assert "evil" not in policy["content-security-policy"]


def test_an_act_needs_our_own_origin_json_and_a_paired_phone(care: CareProcess) -> None:
    phone = care.phone("friend")
    body = {"type": "Press", "press": press_id(900)}
    foreign = phone.client.post("/care/act", json=body, headers={"Origin": "http://127.0.0.1:1"})
    assert foreign.status_code == 403
    no_origin = httpx.post(f"{care.url}/care/act", json=body, cookies=dict(phone.client.cookies))
    assert no_origin.status_code == 403
    form = phone.client.post(
        "/care/act", content=b'{"type":"Press"}', headers={"Content-Type": "text/plain"}
    )
    assert form.status_code == 403
    assert Phone(care.url).client.post("/care/act", json=body).status_code == 401
    assert phone.view()["press"]["is"] == "none"


def test_a_body_is_limited_and_must_say_something(care: CareProcess) -> None:
    phone = care.phone("friend")
    long = {"type": "Press", "press": press_id(901), "place": "x" * 5000}
    assert phone.client.post("/care/act", json=long).status_code == 400
    assert phone.client.post("/care/act", json={"type": "Sing"}).status_code == 400
    assert (
        phone.client.post("/care/act", json={"type": "Press", "press": "short"}).status_code == 400
    )
    assert phone.client.post("/care/pair", content=b"x" * 100_000).status_code == 403


def test_every_answer_to_a_paired_phone_is_200_and_equally_long(care: CareProcess) -> None:
    performer, friend = care.phone("pianist"), care.phone("friend")
    make_circle(performer, {"friend": friend})
    acts = (
        {"type": "Press", "press": press_id(902)},
        {"type": "Coming", "press": press_id(902)},
        {"type": "Over", "press": press_id(902)},
        {"type": "Cancel", "press": press_id(903)},
        {"type": "WriteCircle", "order": ["pianist"], "second_after": 20},
    )
    answers = [performer.client.post("/care/act", json=act) for act in acts]
    assert {(answer.status_code, len(answer.content)) for answer in answers} == {(200, 512)}


def test_a_forgotten_phone_is_out_within_a_second_also_on_an_open_stream(care: CareProcess) -> None:
    old, new = care.phone("third"), care.phone("third")
    ended = threading.Event()

    def listen() -> None:
        for _ in old.views():
            pass
        ended.set()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    new.until(lambda view: view["phones"] == 2)
    assert new.act("ForgetRest")["kept"]
    assert ended.wait(5.0)
    assert old.client.get("/care/stream").status_code == 401
    assert new.view()["phones"] == 1
    assert not new.act("ForgetThis")["kept"], "the last one, and no code on paper"
    assert new.act("NewRecovery")["kept"]
    assert new.act("ForgetThis")["kept"]
    assert new.client.get("/care/stream").status_code == 401


def test_a_stream_goes_on_counting_from_the_last_frame_the_page_had(care: CareProcess) -> None:
    phone = care.phone("friend")
    with phone.client.stream("GET", "/care/stream", headers={"Last-Event-ID": "41"}) as response:
        assert next(response.iter_lines()) == "id: 42"


def test_guesses_are_limited_by_address_and_presses_never(tmp_path: Path) -> None:
    with care_process(tmp_path) as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        make_circle(performer, {"friend": friend})
        guesser = Phone(care.url)
        statuses = [
            guesser.client.post("/care/pair", json={"code": f"guess {n}"}).status_code
            for n in range(12)
        ]
        assert statuses[0] == 403
        assert statuses[-1] == 429
        assert all(performer.act("Press", press=press_id(n))["kept"] for n in range(100))
        [call] = friend.until(lambda view: view["calls"], ring=True)["calls"]
        assert call["press"] == press_id(99)


def test_the_same_press_posted_many_times_at_once_is_one_alert(care: CareProcess) -> None:
    performer, friend = care.phone("pianist"), care.phone("friend")
    make_circle(performer, {"friend": friend})
    answers: list[dict[str, object]] = []
    posts = [
        threading.Thread(target=lambda: answers.append(performer.act("Press", press=press_id(904))))
        for _ in range(8)
    ]
    for post in posts:
        post.start()
    for post in posts:
        post.join()
    assert [answer["kept"] for answer in answers] == [True] * 8
    calls = friend.until(lambda view: view["calls"], ring=True)["calls"]
    assert [call["press"] for call in calls if call["is"] == "open"] == [press_id(904)]
    assert performer.act("Over", press=press_id(904))["kept"]


def test_the_place_named_with_the_press_is_shown_while_it_is_open(care: CareProcess) -> None:
    performer, friend = care.phone("pianist"), care.phone("friend")
    make_circle(performer, {"friend": friend})
    for press, said, shown in (
        (905, "right", "right"),
        (906, "", "left"),
        (907, "no exit", "left"),
    ):
        assert performer.act("Press", press=press_id(press), place=said)["kept"]
        wanted = partial(open_call, press=press_id(press))
        call = wanted(friend.until(wanted))
        assert call is not None
        assert call["place"] == shown, "the running order's exit stands in"
        assert call["said"] is (said == "right"), "and is not passed off as said"
    assert performer.act("Over", press=press_id(907))["kept"]


def open_call(view: View, press: str) -> View | None:
    return next((c for c in view["calls"] if c["press"] == press and c["is"] == "open"), None)
