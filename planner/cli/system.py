"""What the operating system says when a file cannot be read or written, in the language of the run."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from planner.model.text import Message, message

REASONS: Mapping[int, Message] = {
    errno.ENOENT: message("there is no such file or folder"),
    errno.EACCES: message("you have no permission for it"),
    errno.EPERM: message("you have no permission for it"),
    errno.EISDIR: message("it is a folder"),
    errno.ENOTDIR: message("a part of its path is a file, not a folder"),
    errno.EEXIST: message("there is something else with this name"),
    errno.ENOTEMPTY: message("there is something else with this name"),
    errno.ENOSPC: message("the disk is full"),
    errno.EDQUOT: message("the disk is full"),
    errno.EFBIG: message("it would be too large"),
    errno.EROFS: message("nothing can be written on this disk"),
    errno.ENAMETOOLONG: message("its name is too long"),
    errno.EMFILE: message("too many files are open on this computer"),
    errno.ENFILE: message("too many files are open on this computer"),
    errno.EBUSY: message("another program is using it"),
    errno.ETXTBSY: message("another program is using it"),
    errno.EIO: message("the disk does not answer"),
    errno.ELOOP: message("its links go round in a circle"),
    errno.EINVAL: message("its name cannot be used here"),
    errno.ENOMEM: message("this computer has too little memory left"),
}


def told(error: OSError) -> Message:
    """Return what is the matter, with the name of the file where one is known."""
    reason = REASONS.get(error.errno or 0, message("error {number} of the computer", number=error.errno or 0))
    if not error.filename:
        return message("Something cannot be read or written: {reason}.", reason=reason)
    name = Path(str(error.filename)).name or str(error.filename)
    return message("{file} cannot be opened or written: {reason}.", file=name, reason=reason)
