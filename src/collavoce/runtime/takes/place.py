"""Where takes live: with the user's own data, never in the show folder.

The show folder is copied, sent and kept in version control, and how somebody played is nobody's
business there. So takes stand apart, as care does, and their key in another folder than they:

    $XDG_DATA_HOME/collavoce/takes/<show>/<person>/word          their yes, and the key to the rest
    $XDG_DATA_HOME/collavoce/takes/<show>/<person>/<score>.takes
    $XDG_CONFIG_HOME/collavoce/takes/key                         the house's own key

Every name is a keyed hash. A show folder that was moved is another show here, and asks anew.
"""

from pathlib import Path

import msgspec
import platformdirs

from collavoce.ledger.seal import named

ROOT = "takes"
KEY = "key"


class TakesPlace(msgspec.Struct, frozen=True):
    """root : folder of every show's takes, "" for a house that remembers nothing.

    key_file : the house's own key, made with the first yes. show : the show folder.
    """

    root: str = ""
    key_file: str = ""
    show: str = ""

    def of_show(self, key: bytes) -> Path:
        """The folder of this show's takes."""
        return Path(self.root) / named(key, f"show {self.show}")

    def of(self, key: bytes, person: str) -> Path:
        """The folder of one person's takes in this show."""
        return self.of_show(key) / named(key, f"person {self.show}\0{person}")


def takes_place(show: Path, apart: Path | None = None) -> TakesPlace:
    """Where the takes of the show in folder `show` are. apart: instead of the user's folders."""
    data = platformdirs.user_data_path("collavoce") if apart is None else apart
    keys = platformdirs.user_config_path("collavoce") if apart is None else apart / "keys"
    return TakesPlace(str(data / ROOT), str(keys / ROOT / KEY), str(show.resolve()))
