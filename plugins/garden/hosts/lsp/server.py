"""The language server: which function answers which request of the editor."""

import asyncio
import gc
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Final

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from garden.authoring.renaming import RenamingError
from garden.hosts.lsp.completion import proposals
from garden.hosts.lsp.conversation import Conversation
from garden.hosts.lsp.navigation import definition, hover, references, renamed_at, renaming
from garden.hosts.lsp.open_vault import OpenVault, checked
from garden.model.errors import AuthorError
from garden.model.names import VaultPath, stem
from garden.model.version import VERSION
from garden.vault.pool import end_with_parent

_PAUSE: Final = 0.3
"""Seconds without another save after which the whole vault is read again: that takes more than a key press may."""

_SETTLING: Final = 0.005
"""Seconds to wait for another key press before a note is read: far less than anybody notices."""

_TRIGGERS: Final = ("[", "#", "^", "/")
"""The characters after which the editor asks for proposals by itself."""


class GardenServer(LanguageServer):
    """One editor with one vault."""

    def __init__(self, open_vault: Callable[[Path], OpenVault], today: Callable[[OpenVault], str]) -> None:
        """`open_vault` finds the vault of the folder that the editor has opened; `today` says which day it is."""
        super().__init__("garden", VERSION)
        self._open_vault = open_vault
        self._today = today
        self._vault: OpenVault | None = None
        self._conversation: Conversation | None = None
        self._folder = Path()
        self._ready = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None
        self._is_stale = False
        # The URIs of notes that have changed and have not been read yet
        self._typed: dict[VaultPath, str] = {}
        # Checks run in another process, so that no key press waits for them. It is not forked, because a fork of a program
        # with threads may hang; and it ends with this one, which an editor may kill at any time.
        spawning = multiprocessing.get_context("spawn")
        self._checker = ProcessPoolExecutor(1, spawning, end_with_parent)

    def begin(self, folder: Path) -> None:
        """Begin to read the vault of a folder."""
        self._folder = folder
        self.read_again(pause=0)

    def _found(self) -> OpenVault:
        """Return the vault, found by the first call that can. Raises SettingsError."""
        if self._vault is None:
            self._vault = self._open_vault(self._folder)
            self._conversation = Conversation(self._vault, self.workspace.position_codec)
            # Notes may have been opened before: as long as the settings were wrong, no vault was found.
            for uri in self.workspace.text_documents:
                self.change(uri)
        return self._vault

    def end(self) -> None:
        """End the process that checks."""
        self._checker.shutdown(wait=False, cancel_futures=True)

    async def vault(self) -> tuple[OpenVault, Conversation]:
        """Return the vault when it has been read."""
        await self._ready.wait()
        self.read_typed()
        assert self._vault is not None
        assert self._conversation is not None
        return self._vault, self._conversation

    def change(self, uri: str) -> None:
        """Take the text of an open note, and report its problems when no other message is waiting.

        If the author types faster than a long note can be read, it is read once, not after each key.
        """
        path = self._conversation.path(uri) if self._conversation else None
        if path is None:
            return
        if not self._typed:
            asyncio.get_running_loop().call_later(_SETTLING, self.read_typed)
        self._typed[path] = uri

    def read_typed(self) -> None:
        """Read what has been typed since the last call, and report its problems."""
        typed, self._typed = self._typed, {}
        for path, uri in typed.items():
            if self._vault is not None:
                self._vault.change(path, self.workspace.get_text_document(uri).source)
                self.tell(path)

    def forget(self, uri: str) -> None:
        """Use the file of a note again that has been closed in the editor."""
        path = self._conversation.path(uri) if self._conversation else None
        if self._vault is not None and path is not None and self._ready.is_set():
            self._typed.pop(path, None)
            self._vault.close(path)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def tell(self, path: VaultPath) -> None:
        """Send the problems of a note that is open."""
        if self._vault is None or self._conversation is None or not self._ready.is_set():
            return
        found = [self._conversation.diagnostic(problem) for problem in self._vault.problems(path)]
        uri = self._conversation.uri(path)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found))

    def read_again(self, pause: float = _PAUSE) -> None:
        """Read the whole vault soon, in the background; of several requests in the meantime only the last is carried out."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.get_running_loop().create_task(self._read(pause))
        else:
            self._is_stale = True

    async def _read(self, pause: float) -> None:
        """Read the whole vault, and again as long as it has been asked for meanwhile."""
        self._is_stale = True
        while self._is_stale:
            await asyncio.sleep(pause)
            self._is_stale = False
            try:
                await self._read_once()
            except (AuthorError, OSError) as problem:
                self.window_show_message(
                    types.ShowMessageParams(types.MessageType.Error, f"garden: {problem}")
                )

    async def _read_once(self) -> None:
        """Read and check the whole vault, and send the problems of open notes. Raises AuthorError, or OSError if it cannot be read."""
        vault = self._found()
        loop = asyncio.get_running_loop()
        problems = await loop.run_in_executor(self._checker, checked, vault.check_job(self._today(vault)))
        reading = await asyncio.to_thread(vault.read, problems)
        vault.use(reading)
        await asyncio.to_thread(vault.warm_up)
        # Otherwise key presses would wait for a tenth of a second now and then, while garbage is looked for among all notes.
        gc.freeze()
        self._ready.set()
        for path in list(vault.texts):
            self.tell(path)


def garden_server(open_vault: Callable[[Path], OpenVault], today: Callable[[OpenVault], str]) -> GardenServer:
    """Return a server that answers what it can."""
    server = GardenServer(open_vault, today)
    _add_life(server)
    _add_questions(server)
    _add_renaming(server)
    return server


def _add_life(server: GardenServer) -> None:
    """Make the server follow what is opened, typed, saved and closed."""

    @server.feature(types.INITIALIZED)
    def initialized(ls: GardenServer, params: types.InitializedParams) -> None:
        root = next(iter(ls.workspace.folders), None) or ls.workspace.root_uri
        folder = Path(to_fs_path(root) or ".") if root else Path.cwd()
        ls.begin(folder)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: GardenServer, params: types.DidOpenTextDocumentParams) -> None:
        ls.change(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: GardenServer, params: types.DidChangeTextDocumentParams) -> None:
        ls.change(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: GardenServer, params: types.DidSaveTextDocumentParams) -> None:
        ls.read_again()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: GardenServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.forget(params.text_document.uri)

    @server.feature(types.SHUTDOWN)
    def ending(ls: GardenServer, params: None) -> None:
        ls.end()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(ls: GardenServer, params: types.DidChangeWatchedFilesParams) -> None:
        ls.read_again()


def _add_questions(server: GardenServer) -> None:
    """Make the server complete, navigate and show."""

    async def asked(
        ls: GardenServer, params: Any
    ) -> tuple[OpenVault, Conversation, VaultPath, int, int] | None:
        vault, answers = await ls.vault()
        path = answers.path(params.text_document.uri)
        if path is None or path not in vault.documents:
            return None
        return vault, answers, path, params.position.line, answers.column(path, params.position)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS))
    async def completion(ls: GardenServer, params: types.CompletionParams) -> types.CompletionList | None:
        question = await asked(ls, params)
        if question is None:
            return None
        vault, answers, path, line, column = question
        return answers.completions(path, params.position, proposals(vault, path, line, column))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def leads_to(ls: GardenServer, params: types.DefinitionParams) -> types.Location | None:
        question = await asked(ls, params)
        if question is None:
            return None
        vault, answers, path, line, column = question
        found = definition(vault, path, line, column)
        return answers.location(found) if found else None

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def mentioned(ls: GardenServer, params: types.ReferenceParams) -> list[types.Location]:
        question = await asked(ls, params)
        if question is None:
            return []
        vault, answers, path, line, column = question
        return [answers.location(found) for found in references(vault, path, line, column)]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def shown(ls: GardenServer, params: types.HoverParams) -> types.Hover | None:
        question = await asked(ls, params)
        text = hover(question[0], *question[2:]) if question else ""
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    async def corrections(ls: GardenServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        vault, answers = await ls.vault()
        path = answers.path(params.text_document.uri)
        if path is None or path not in vault.documents:
            return []
        lines = range(params.range.start.line, params.range.end.line + 1)
        problems = (problem for problem in vault.problems(path) if problem.place.line - 1 in lines)
        return [action for problem in problems if (action := answers.nearest_fix(path, problem))]


def _add_renaming(server: GardenServer) -> None:
    """Make the server rename notes."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(
        ls: GardenServer, params: types.PrepareRenameParams
    ) -> types.PrepareRenamePlaceholder | None:
        vault, answers = await ls.vault()
        path = answers.path(params.text_document.uri)
        if path is None or path not in vault.documents:
            return None
        old = renamed_at(vault, path, params.position.line, answers.column(path, params.position))
        return types.PrepareRenamePlaceholder(types.Range(params.position, params.position), stem(old))

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(ls: GardenServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
        vault, answers = await ls.vault()
        path = answers.path(params.text_document.uri)
        if path is None or path not in vault.documents:
            return None
        old = renamed_at(vault, path, params.position.line, answers.column(path, params.position))
        try:
            plan = await asyncio.to_thread(renaming, vault, old, params.new_name)
        except RenamingError as problem:
            raise JsonRpcInvalidParams(str(problem)) from problem
        return answers.renaming(plan)
