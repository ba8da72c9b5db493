"""Accounts on the forge: when two names mean the same person."""

from __future__ import annotations

import re

# Letters and digits of ASCII alone: what only looks like a login is another person's, or nobody's.
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_])?(?:\[bot\])?", re.ASCII)
BOT = "[bot]"


def is_login(text: str) -> bool:
    """Whether a forge could have an account of this name."""
    return _LOGIN.fullmatch(text) is not None


def folded(login: str) -> str:
    """The login as it is compared: without regard to case, in all else exactly."""
    return login.lower() if login.isascii() else login


def is_bot(login: str) -> bool:
    """Whether the name is an app's."""
    return folded(login).endswith(BOT)
