"""Where a show's care store lives, and the server's own key to it.

The show folder is shared, copied and kept in version control; nothing of care is ever in it, not
even the name under which its store is found. That stands in an index of the user's own. The key
is kept in another folder than the store, so that a copy or a backup of the data folder is only
sealed bytes; whoever copies the whole disk has both, which is why that disk should be encrypted.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

from collavoce.ledger.seal import new_key
from collavoce.runtime.clock import fresh_id

INDEX = "shows.json"
STORE = "care.db"


class HomeError(Exception):
    """The care store or its key cannot be used; says which file, and the remedy."""


@dataclass(frozen=True, slots=True)
class Home:
    """folder: of the store, mode 0700; key_file: the server's own key, mode 0600."""

    folder: Path
    key_file: Path


def care_home(show_folder: Path, data: Path | None = None, keys: Path | None = None) -> Home:
    """The home of the show in `show_folder`, the same at every opening; made if need be.

    data, keys : instead of the user's data and configuration folders. A show folder that was
    moved is another show here; change its line in `shows.json` to take its care along.
    """
    root, keys = _roots(data, keys)
    for folder in (root, keys):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    index = root / INDEX
    homes = _homes(root)
    show = str(show_folder.resolve())
    if show not in homes:
        homes[show] = fresh_id()
        _write_private(index, msgspec.json.encode(homes))
    folder = root / homes[show]
    folder.mkdir(exist_ok=True, mode=0o700)
    return Home(folder, keys / f"{homes[show]}.key")


def found_home(
    show_folder: Path, data: Path | None = None, keys: Path | None = None
) -> Home | None:
    """The home of the show if it has one; nothing is made. Raises HomeError if it cannot be read.

    data, keys : as in `care_home`.
    """
    root, keys = _roots(data, keys)
    try:
        homes = _homes(root)
    except (OSError, msgspec.DecodeError) as error:
        raise HomeError(f"{root / INDEX} cannot be read: {error}; mend or remove it") from error
    name = homes.get(str(show_folder.resolve()))
    return None if name is None else Home(root / name, keys / f"{name}.key")


def keep_key(home: Home, key: bytes) -> None:
    """Put `key` in its place; raises HomeError if another one stands there, or OSError."""
    if home.key_file.exists():
        if home.key_file.read_bytes() != key:
            raise HomeError(f"{home.key_file} is another key; move it away first")
        return
    home.key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_private(home.key_file, key)


def server_key(home: Home) -> bytes:
    """The server's own key, made when the store is new; raises HomeError."""
    if home.key_file.exists():
        return home.key_file.read_bytes()
    if (home.folder / STORE).exists():
        raise HomeError(
            f"{home.key_file} is missing and {home.folder / STORE} cannot be read without it; "
            "put the key file back, or move the store away to begin anew"
        )
    home.key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = new_key()
    _write_private(home.key_file, key)
    return key


def _roots(data: Path | None, keys: Path | None) -> tuple[Path, Path]:
    root = platformdirs.user_data_path("collavoce") / "care" if data is None else data
    return root, platformdirs.user_config_path("collavoce") / "care" if keys is None else keys


def _homes(root: Path) -> dict[str, str]:
    index = root / INDEX
    if not index.exists():
        return {}
    return msgspec.json.decode(index.read_bytes(), type=dict[str, str])


def _write_private(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
