"""access: what a connection to a host is opened with, whatever kind of host it is.

Secret: none; a value that publish hands to the stores.
Not here: the parts of an address (address), passwords (password), hosts that are known (trust).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casegen.publish.address import Address
from casegen.publish.password import Password
from casegen.publish.patience import PATIENCE


@dataclass(frozen=True, slots=True)
class Access:
    """Where the host is, the password to it, and how far it is trusted and waited for.

    `memory`: the project's `.casegen/`, where accepted hosts are kept; `accept`: the fingerprint
    of a host that may be trusted; `patience`: how many seconds the host has for one request,
    besides the time for its bytes.
    """

    address: Address
    password: Password
    memory: Path
    accept: str = ""
    patience: float = PATIENCE
