"""When light packets leave (E1.31-2018 6.6), told with a clock moved by hand."""

from collections.abc import Mapping
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.units import Instant
from collavoce.wire.lights import FRAMES_A_SECOND, KEEP_ALIVE, UniverseFrames
from collavoce.wire.sacn import DataPacket, SacnError, decode

CID = bytes(16)
PATCH = {"wash": (1, 1), "spot": (1, 512), "exit": (7, 3)}
FRAME = 1 / FRAMES_A_SECOND


def lights(patch: Mapping[str, tuple[int, int]] = PATCH, *, priority: int = 100) -> UniverseFrames:
    return UniverseFrames(patch, cid=CID, source="test", priority=priority)


def step(
    frames: UniverseFrames, now: float, levels: Mapping[str, float], *, at_once: bool = False
) -> list[DataPacket]:
    sent = frames.step(Instant(now), levels, at_once=at_once)
    return [decode(bytes(frame.datagram)) for frame in sent]


def run(frames: UniverseFrames, since: float, until: float) -> list[tuple[float, DataPacket]]:
    """Step whenever the stream says it is due, and nothing else."""
    sent: list[tuple[float, DataPacket]] = []
    now = Instant(since)
    while now < until:
        sent += [(now, packet) for packet in step(frames, now, {})]
        due = frames.next_due(now)
        assert due > now, "a step at the instant that was due left nothing done"
        now = due
    return sent


def settled() -> UniverseFrames:
    """Streams that have fallen quiet, all dark."""
    frames = lights()
    run(frames, 0.0, 0.5)
    return frames


def test_every_universe_is_sent_at_once_dark_and_from_sequence_0() -> None:
    packets = step(lights(priority=130), 0.0, {})
    assert [(p.universe, p.sequence, p.priority) for p in packets] == [(1, 0, 130), (7, 0, 130)]
    assert all(p.levels == bytes(512) for p in packets)


def test_a_level_lands_at_its_address_and_only_its_universe_is_sent() -> None:
    frames = settled()
    (packet,) = step(frames, 0.6, {"wash": 1.0, "spot": 0.5})
    assert packet.universe == 1
    assert packet.levels == b"\xff" + bytes(510) + b"\x80"


@pytest.mark.parametrize(
    ("level", "slot"), [(0.0, 0), (0.001, 0), (0.002, 1), (0.5, 128), (0.999, 255), (1.0, 255)]
)
def test_a_level_is_rounded_to_the_nearest_step(level: float, slot: int) -> None:
    frames = settled()
    run_on = step(frames, 0.6, {"exit": level})
    assert (run_on[0].levels[2] if run_on else 0) == slot


def test_a_channel_not_named_keeps_its_level_and_one_not_patched_is_passed_over() -> None:
    frames = settled()
    step(frames, 0.6, {"wash": 1.0})
    (packet,) = step(frames, 0.7, {"spot": 1.0, "smoke": 1.0})
    assert (packet.levels[0], packet.levels[511]) == (255, 255)


def test_three_alike_leave_on_the_grid_and_then_one_within_every_second() -> None:
    sent = [at for at, packet in run(lights(), 0.0, 5.0) if packet.universe == 1]
    assert sent[:3] == pytest.approx([0.0, FRAME, 2 * FRAME])
    gaps = [later - earlier for earlier, later in pairwise(sent[2:])]
    assert len(gaps) == 5
    assert all(0.8 <= gap <= 1.0 for gap in gaps)


def test_a_keep_alive_is_the_same_levels_with_the_next_sequence_number() -> None:
    packets = [p for _, p in run(lights(), 0.0, 3.0) if p.universe == 1]
    assert [p.sequence for p in packets] == list(range(len(packets)))
    assert {p.levels for p in packets} == {bytes(512)}


def test_a_change_in_silence_leaves_at_once_and_the_grid_goes_on() -> None:
    frames = settled()
    odd = 0.6 + FRAME / 3
    assert len(step(frames, odd, {"wash": 1.0})) == 1
    later = [at for at, packet in run(frames, odd, 0.7) if packet.universe == 1]
    assert later == pytest.approx([27 * FRAME, 28 * FRAME])


def test_a_moving_universe_keeps_to_the_grid_however_often_it_is_asked() -> None:
    frames = settled()
    asked = [27 * FRAME + k / 1000 for k in range(1000)]
    moving = [step(frames, now, {"wash": now - 27 * FRAME}) for now in asked]
    assert sum(packet.universe == 1 for packets in moving for packet in packets) == 44


def test_a_cue_fired_while_something_moves_does_not_wait_for_the_grid() -> None:
    frames = settled()
    on_grid = 30 * FRAME
    assert step(frames, on_grid, {"wash": 0.5})
    assert step(frames, on_grid + 0.001, {"wash": 0.6}) == []
    (packet,) = step(frames, on_grid + 0.002, {"wash": 1.0}, at_once=True)
    assert packet.levels[0] == 255


def test_a_cue_that_changes_no_light_sends_none() -> None:
    frames = settled()
    step(frames, 30 * FRAME, {"wash": 0.5})
    assert step(frames, 30 * FRAME + 0.001, {"wash": 0.5}, at_once=True) == []


def test_a_storm_of_cues_is_one_extra_packet_between_two_of_the_grid() -> None:
    frames = settled()
    on_grid = 30 * FRAME
    step(frames, on_grid, {"wash": 0.5})
    storm = [
        step(frames, on_grid + k / 100_000, {"wash": k / 2000}, at_once=True)
        for k in range(1, 2000)
    ]
    assert sum(map(len, storm)) == 1
    assert step(frames, on_grid + FRAME, {})[0].levels[0] == 255


def test_a_change_is_due_on_the_grid_and_so_is_whatever_moves() -> None:
    frames = settled()
    now = Instant(0.6)
    assert frames.next_due(now) > 0.6 + FRAME
    assert frames.next_due(now, moving=True) == pytest.approx(27 * FRAME)
    step(frames, now, {"wash": 1.0})
    assert frames.next_due(now) == pytest.approx(27 * FRAME)


def test_sequence_numbers_count_each_universe_by_itself() -> None:
    frames = settled()
    changes = [step(frames, 0.6 + k / 1000, {"wash": 1.0}) for k in range(100)]
    assert [p.sequence for packets in changes for p in packets] == [3, 4, 5]
    (packet,) = step(frames, 0.75, {"exit": 1.0})
    assert (packet.universe, packet.sequence) == (7, 3)


def test_a_repeat_is_every_universe_as_it_stands_with_the_next_sequence_number() -> None:
    frames = settled()
    step(frames, 0.6, {"wash": 1.0})
    repeats = [decode(bytes(f.datagram)) for f in frames.repeat()]
    assert [(p.universe, p.sequence, p.levels[0]) for p in repeats] == [(1, 4, 255), (7, 3, 0)]


def test_a_stream_ends_with_three_packets_that_say_so_and_nothing_after() -> None:
    frames = settled()
    farewells = [decode(bytes(frame.datagram)) for frame in frames.terminate()]
    assert [p.universe for p in farewells] == [1, 7, 1, 7, 1, 7]
    assert all(p.terminated for p in farewells)
    assert len({(p.universe, p.sequence) for p in farewells}) == 6
    assert step(frames, 9.0, {"wash": 1.0}) == []
    assert frames.terminate() == []
    assert frames.next_due(Instant(9.0)) > 9.0


def test_a_patch_without_channels_sends_nothing() -> None:
    frames = lights({})
    assert step(frames, 0.0, {"wash": 1.0}) == []
    assert frames.next_due(Instant(0.0)) == pytest.approx(KEEP_ALIVE)


@pytest.mark.parametrize("place", [(1, 0), (1, 513), (0, 1), (64_000, 1)])
def test_a_place_that_does_not_exist_is_refused(place: tuple[int, int]) -> None:
    with pytest.raises(SacnError, match="does not exist"):
        lights({"wash": place})


def test_two_channels_at_one_address_are_refused_by_name() -> None:
    with pytest.raises(SacnError, match="wash and spot"):
        lights({"wash": (1, 5), "spot": (1, 5)})


moves = st.lists(
    st.tuples(
        st.floats(0.0, 0.3),
        st.dictionaries(st.sampled_from([*PATCH, "smoke"]), st.floats(0.0, 1.0)),
        st.booleans(),
    ),
    max_size=40,
)


@given(moves)
def test_whatever_happens_the_last_levels_are_on_the_wire_within_two_frames(
    story: list[tuple[float, dict[str, float], bool]],
) -> None:
    frames = lights()
    seen: dict[int, bytes] = {}
    wanted = dict.fromkeys(PATCH, 0.0)
    now = 0.0
    for pause, levels, at_once in story:
        now += pause
        wanted |= {name: level for name, level in levels.items() if name in PATCH}
        seen |= {p.universe: p.levels for p in step(frames, now, levels, at_once=at_once)}
    seen |= {p.universe: p.levels for _, p in run(frames, now, now + 2.001 * FRAME)}
    for name, (universe, address) in PATCH.items():
        assert seen[universe][address - 1] == int(wanted[name] * 255 + 0.5)


@given(moves)
def test_no_universe_has_more_than_two_packets_a_frame_nor_a_second_without_one(
    story: list[tuple[float, dict[str, float], bool]],
) -> None:
    frames = lights()
    sent: list[float] = []
    now = 0.0
    for pause, levels, at_once in story:
        sent += [at for at, p in run(frames, now, now + pause) if p.universe == 1]
        now += pause
        sent += [now for p in step(frames, now, levels, at_once=at_once) if p.universe == 1]
    numbers = [floor(at * FRAMES_A_SECOND + 1e-6) for at in sent]
    assert all(numbers.count(number) <= 2 for number in numbers)
    assert all(later - earlier <= 1.0 for earlier, later in pairwise(sent))
