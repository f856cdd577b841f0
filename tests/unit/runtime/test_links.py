"""Mailboxes: whole datagrams, no waiting, and a receiver that comes back is reached again."""

from pathlib import Path

import pytest

from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Asked, Kept, MailError, News, pack, unpack
from collavoce.show.commands import Go


def test_a_datagram_arrives_whole_with_its_sender(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "a") as a, Mailbox(tmp_path / "b") as b:
        assert a.send(b.path, b"hello")
        assert b.receive() == (b"hello", str(a.path))
        assert b.receive() is None


def test_nobody_there_is_an_answer_and_not_an_error(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "a") as a:
        assert not a.send(tmp_path / "nobody", b"hello")


def test_a_receiver_that_died_and_came_back_is_reached_again(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "a") as a:
        first = Mailbox(tmp_path / "b")
        first.socket.close()  # killed: its name stays behind
        assert not a.send(tmp_path / "b", b"lost")
        with Mailbox(tmp_path / "b") as again:
            assert a.send(tmp_path / "b", b"found")
            assert again.receive() == (b"found", str(a.path))


def test_a_reader_that_does_not_read_never_blocks_its_sender(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "a") as a, Mailbox(tmp_path / "b") as b:
        taken = sum(a.send(b.path, bytes(1000)) for _ in range(20_000))
        assert 0 < taken < 20_000


@pytest.mark.parametrize("mail", [News(7), Kept("k", 3), Asked(Go("2.1"), "caller", "k")])
def test_mail_comes_out_as_it_went_in(mail: News | Kept | Asked) -> None:
    assert unpack(pack(mail)) == mail


@pytest.mark.parametrize("datagram", [b"", b"\x00", b"not ours", pack(News(7))[:-1]])
def test_what_is_none_of_ours_is_refused(datagram: bytes) -> None:
    with pytest.raises(MailError):
        unpack(datagram)
