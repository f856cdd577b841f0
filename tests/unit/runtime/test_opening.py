"""Opening: one engine a show, one number a night, nothing readable by others."""

import errno
import os
import stat
from pathlib import Path

import pytest

from collavoce.ledger import segment
from collavoce.ledger.ring import SEGMENTS_AHEAD
from collavoce.ledger.segment import listing
from collavoce.runtime.config import read_config, ring_dir
from collavoce.runtime.links import Mailbox
from collavoce.runtime.opening import (
    EPOCH_FILE,
    OpeningError,
    Options,
    next_epoch,
    open_performance,
    prepare_state_dir,
    reachable,
    sole_engine,
)
from collavoce.runtime.prepared import Prepared, prepared_show

from .small_show import SHOW

PREPARED = Prepared(SHOW, {}, {})


def test_every_night_has_the_next_number(tmp_path: Path) -> None:
    state = prepare_state_dir(tmp_path)
    assert [next_epoch(state) for _ in range(3)] == [1, 2, 3]


def test_a_number_that_a_power_cut_took_back_is_not_given_twice(tmp_path: Path) -> None:
    state = prepare_state_dir(tmp_path)
    last = max(next_epoch(state) for _ in range(3))
    ring_dir(state, last).mkdir(parents=True)
    (state / EPOCH_FILE).write_text("1\n", encoding="ascii")
    assert next_epoch(state) == last + 1


def test_without_room_for_its_record_a_show_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int, _size: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(segment, "allocate", full)
    with pytest.raises(OpeningError, match="make room"):
        open_performance(Options(tmp_path), PREPARED, "plan")


def test_an_opened_show_has_its_ring_and_the_mailbox_of_its_engine(tmp_path: Path) -> None:
    opening = open_performance(Options(tmp_path), PREPARED, "plan")
    config = opening.config
    try:
        assert len(listing(config.ring_dir)) == SEGMENTS_AHEAD
        with Mailbox(Path(config.run_dir) / "somebody") as somebody:
            assert somebody.send(config.box("engine"), b"early")
            # Nobody reads yet; whoever sits down first finds it, and mail outlives its reader.
            for letter in (b"early", b"late"):
                reader = Mailbox.inherited(config.box("engine"), os.dup(config.engine_fd))
                assert reader.receive() == (letter, str(somebody.path))
                assert somebody.send(config.box("engine"), b"late")
                reader.close()
    finally:
        opening.close()


def test_the_state_folder_is_closed_to_others_and_ignored_by_git(tmp_path: Path) -> None:
    state = prepare_state_dir(tmp_path)
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert (state / ".gitignore").read_text() == "*\n"


def test_a_second_engine_is_refused_in_words_until_the_first_is_gone(tmp_path: Path) -> None:
    state = prepare_state_dir(tmp_path)
    with (
        sole_engine(state),
        pytest.raises(OpeningError, match="already running"),
        sole_engine(state),
    ):
        pass
    with sole_engine(state):
        pass


def test_processes_find_what_they_need_in_a_folder_only_we_can_read(tmp_path: Path) -> None:
    opening = open_performance(Options(tmp_path), PREPARED, "plan")
    try:
        run_dir = Path(opening.config.run_dir)
        assert stat.S_IMODE(run_dir.stat().st_mode) == 0o700
        assert read_config(run_dir) == opening.config
        assert prepared_show(run_dir) == SHOW
    finally:
        opening.close()
    assert not run_dir.exists()


def test_a_taken_port_is_said_with_the_remedy(tmp_path: Path) -> None:
    opening = open_performance(Options(tmp_path), PREPARED, "plan")
    try:
        with pytest.raises(OpeningError, match="choose another port"):
            open_performance(Options(tmp_path, web_port=opening.config.web_port), PREPARED, "plan")
    finally:
        opening.close()


def test_a_folder_that_cannot_hold_a_ledger_is_said(tmp_path: Path) -> None:
    (tmp_path / ".collavoce").write_text("in the way")
    with pytest.raises(OpeningError, match="ledger"):
        prepare_state_dir(tmp_path)


def test_every_interface_is_never_handed_out_as_an_address() -> None:
    assert reachable("192.168.1.5") == "192.168.1.5"
    assert reachable("0.0.0.0") != "0.0.0.0"


def test_whoever_leads_is_named_to_who_cannot_open_and_nobody_else_is(tmp_path: Path) -> None:
    state = prepare_state_dir(tmp_path)
    (state / "lock").write_text("engine 4711".ljust(32) + "\n", encoding="ascii")
    with sole_engine(state):
        # It led before; its number may be another process's by now.
        with pytest.raises(OpeningError) as said, sole_engine(state):
            pass
        assert "4711" not in str(said.value)
        (state / "lock").write_text("spare 4712".ljust(32) + "\n", encoding="ascii")
        with pytest.raises(OpeningError, match=r"kill 4712$"), sole_engine(state):
            pass
