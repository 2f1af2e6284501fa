"""password: the secret of a target, from the environment, a keyring or a prompt.

Secret: where it is looked for and in which order; it never reaches a message, a log or a repr.
Not here: keys and agents (sftp), the prompt itself (cli).
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from casegen.problem import CasegenError
from casegen.publish.address import Address

SERVICE = "casegen"


@dataclass(slots=True)
class Password:
    """The password of one target, asked for at most once.

    `ask` prompts on the terminal and is None where there is none.
    """

    address: Address
    environ: Mapping[str, str] = field(repr=False)
    ask: Callable[[str], str] | None = field(default=None, repr=False)
    _found: str = field(default="", repr=False)

    def find(self) -> str:
        """Return the password from the environment or the keyring; "" where neither holds it."""
        if not self._found:
            own = "CASEGEN_PASSWORD_" + re.sub(r"\W", "_", self.address.name).upper()
            names = [own, "CASEGEN_PASSWORD"] if self.address.name else ["CASEGEN_PASSWORD"]
            found = next((self.environ[n] for n in names if self.environ.get(n)), "")
            self._found = found or self._read_keyring()
        return self._found

    def require(self, what: str = "密码") -> str:
        """Return the password; ask the user for it, under the Chinese name `what`, if it is needed.

        Raises CasegenError "no-password" where nobody can be asked.
        """
        if not self.find():
            if self.ask is None:
                raise CasegenError(
                    "no-password",
                    f"没有 {self.address.shown} 的{what}，这里也没有终端可以问",
                    "放进环境变量 CASEGEN_PASSWORD 再运行",
                )
            self._found = self.ask(f"{self.address.shown} 的{what}")
        return self._found

    def hide_in(self, text: str) -> str:
        """Return a server's answer with the password, if the answer repeats it, replaced by ***."""
        return text.replace(self._found, "***") if self._found else text

    def _read_keyring(self) -> str:
        """Return the password in the system's keyring.

        "" without one, or without the package `keyring`.
        """
        try:
            keyring = importlib.import_module("keyring")
            account = f"{self.address.scheme}://{self.address.user}@{self.address.host}"
            return keyring.get_password(SERVICE, account) or ""
        except Exception:  # noqa: BLE001 a keyring that is locked or broken is none
            return ""
