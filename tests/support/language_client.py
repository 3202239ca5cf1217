"""An editor, as far as a language server can tell: it speaks the protocol with `garden lsp`, on pipes."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from tests.support.building import ROOT
from tests.support.patience import PATIENCE

Message = dict[str, Any]


class LanguageClient:
    """One server in a folder; notes are named by their paths there."""

    def __init__(self, folder: Path, *, capabilities: Mapping[str, Any] | None = None) -> None:
        """Start the server and introduce ourselves."""
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "garden", "lsp"],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "plugins"),
                "XDG_CACHE_HOME": str(folder.parent / "cache"),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._messages: Queue[Message] = Queue()
        self._diagnostics: Queue[Message] = Queue()
        self._versions: dict[str, int] = {}
        self._last = 0
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        root = {"uri": folder.as_uri(), "name": folder.name}
        self.capabilities = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "workspaceFolders": [root],
                "capabilities": capabilities or {},
            },
        )["capabilities"]
        self.tell("initialized", {})

    @property
    def process_id(self) -> int:
        """The server's process."""
        return self._process.pid

    def ask(self, method: str, params: object) -> Any:
        """Ask something and return the result. Raises ValueError with the server's words for an error."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while True:
            message = self._messages.get(timeout=PATIENCE)
            if message.get("id") == self._last and "method" not in message:
                if "error" in message:
                    raise ValueError(message["error"]["message"])
                return message["result"]

    def tell(self, method: str, params: object) -> None:
        """Tell something that has no answer."""
        self._send({"method": method, "params": params})

    def uri(self, path: str) -> str:
        """Return the address of a note."""
        return (self._folder / path).as_uri()

    def open(self, path: str) -> str:
        """Open a note and return its text."""
        text = (self._folder / path).read_text(encoding="utf-8")
        document = {"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text}
        self._versions[path] = 1
        self.tell("textDocument/didOpen", {"textDocument": document})
        return text

    def change(self, path: str, text: str) -> None:
        """Type another text."""
        self._versions[path] += 1
        document = {"uri": self.uri(path), "version": self._versions[path]}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def save(self, path: str, text: str) -> None:
        """Write a note to the disk."""
        (self._folder / path).write_text(text, encoding="utf-8")
        self.tell("textDocument/didSave", {"textDocument": {"uri": self.uri(path)}})

    def at(self, question: str, path: str, line: int, character: int, **more: object) -> Any:
        """Ask about a position (0-based, in UTF-16 units)."""
        position = {"line": line, "character": character}
        return self.ask(
            f"textDocument/{question}",
            {"textDocument": {"uri": self.uri(path)}, "position": position, **more},
        )

    def diagnostics(self, path: str) -> list[Message]:
        """Wait for the next report on a note."""
        while True:
            report = self._diagnostics.get(timeout=PATIENCE)
            if report["uri"] == self.uri(path):
                found: list[Message] = report["diagnostics"]
                return found

    def forget_diagnostics(self) -> None:
        """Drop what has been reported."""
        while True:
            try:
                self._diagnostics.get_nowait()
            except Empty:
                return

    def close(self) -> int:
        """Say goodbye and return the server's exit code."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        code = self._process.wait(timeout=PATIENCE)
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        return code

    def _send(self, message: Message) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._process.stdin.flush()

    def _listen(self) -> None:
        out = self._process.stdout
        assert out is not None
        while line := out.readline():
            if not line.lower().startswith(b"content-length:"):
                continue
            size = int(line.split(b":")[1])
            while out.readline().strip():
                pass
            message: Message = json.loads(out.read(size))
            if message.get("method") == "textDocument/publishDiagnostics":
                self._diagnostics.put(message["params"])
            else:
                self._messages.put(message)
