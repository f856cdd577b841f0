"""The desk at the gateway: asked only while somebody looks; said to be away when it is silent."""

from pathlib import Path

from collavoce.desk.connecting import ASK_EVERY_S, HEARD_WITHIN_S, GatewayDesk
from collavoce.runtime import mail

GATEWAY = Path("gateway")


class Post:
    """A mailbox that keeps what is sent, and a clock that is moved by hand."""

    def __init__(self) -> None:
        self.there = True
        self.sent: list[mail.AnyMail] = []
        self.at = 100.0
        self.desk = GatewayDesk(self.send, GATEWAY, lambda: self.at)

    def send(self, to: Path, datagram: bytes) -> bool:
        assert to == GATEWAY
        self.sent.append(mail.unpack(datagram))
        return self.there


def test_whoever_looks_asks_but_not_more_often_than_it_can_answer() -> None:
    post = Post()
    for _ in range(5):
        post.desk.now()
    assert post.sent == [mail.AskConnections()]
    post.at += ASK_EVERY_S + 0.1
    post.desk.now()
    assert len(post.sent) == 2


def test_a_gateway_that_says_nothing_any_more_is_away() -> None:
    post = Post()
    post.desk.take(mail.ConnectionsTold({"entries": []}))
    assert post.desk.now().view == {"entries": []}
    post.at += HEARD_WITHIN_S + 0.1
    assert post.desk.now().view is None


def test_what_was_learned_before_is_not_said_of_the_next() -> None:
    post = Post()
    post.desk.take(mail.Learned("k", done=True, words="The pedal does go."))
    assert post.desk.now().learned == "The pedal does go."
    assert post.desk.learn("hold", "key-0001")
    assert post.desk.now().learned == ""
    assert post.sent[1] == mail.Learn("hold", "key-0001")


def test_a_gateway_that_is_not_there_is_told_at_once() -> None:
    post = Post()
    post.there = False
    assert not post.desk.learn("go", "key-0001")
