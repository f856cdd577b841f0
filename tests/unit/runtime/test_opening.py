"""Opening: one engine a show, one number a night, nothing readable by others."""

import stat
from pathlib import Path

import pytest

from collavoce.runtime.config import read_config
from collavoce.runtime.opening import (
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
