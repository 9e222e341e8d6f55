/**
 * Inline chat runs no hooks, and without the proposed API nothing marks an edit as its own. But it saves files without
 * the usual save events, and the editor keeps a record of what it does until the person accepts or discards it: that
 * record is read then.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { cleanName } from '../../../provenance/assistants';
import type { By } from '../../../provenance/journal';
import { inlineChatEdits } from './read-inline-chat-edits';

interface InlineChatPorts {
  /** The extension's own folder for the workspace; the editor's record is next to it. */
  readonly storage: vscode.Uri | undefined;
  /** Records that an assistant changed a file from one text to another. */
  readonly keep: (file: string, by: By, before: string, after: string) => Promise<void>;
  /** Whether the editor gives reasons itself. */
  readonly areReasonsGiven: () => boolean;
}

const CHAT_EXTENSION = 'GitHub.copilot-chat';
/** The record is written a little before or after the file. */
const LOOKS_AGAIN_AFTER_MS = 250;
const LOOKS = 20;
/** Bytes of a record. */
const LARGEST = 8_000_000;

export class InlineChat implements vscode.Disposable {
  private readonly announced = new Set<string>();
  private readonly kept = new Map<string, string>();
  private readonly subscriptions: vscode.Disposable;
  private looks = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly ports: InlineChatPorts) {
    const { workspace } = vscode;
    this.subscriptions = vscode.Disposable.from(
      workspace.onWillSaveTextDocument(({ document }) => this.announced.add(document.uri.toString())),
      workspace.onDidSaveTextDocument((document) => {
        if (!this.announced.delete(document.uri.toString()) && document.uri.scheme === 'file') this.begin();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  private begin(): void {
    if (this.ports.areReasonsGiven() || vscode.extensions.getExtension(CHAT_EXTENSION)?.isActive !== true) return;
    this.looks = LOOKS;
    if (this.timer === undefined) void this.look();
  }

  private async look(): Promise<void> {
    this.timer = setTimeout(() => undefined, 0); // one read at a time
    await this.readAll().catch(() => undefined); // the record disappears when the person has decided
    this.looks--;
    this.timer = this.looks > 0 ? setTimeout(() => void this.look(), LOOKS_AGAIN_AFTER_MS) : undefined;
  }

  private async readAll(): Promise<void> {
    const { storage } = this.ports;
    if (storage?.scheme !== 'file') return;
    const folder = path.join(path.dirname(storage.fsPath), 'chatEditingSessions');
    for (const session of await readdir(folder)) {
      const file = path.join(folder, session, 'state.json');
      const { size } = await stat(file).catch(() => ({ size: LARGEST + 1 }));
      if (size <= LARGEST) await this.read(session, await readFile(file, 'utf8'));
    }
  }

  private async read(session: string, state: string): Promise<void> {
    for (const { file, request, before, after, model } of inlineChatEdits(state)) {
      const key = `${session} ${request} ${file}`;
      const from = this.kept.get(key) ?? before;
      // Only the content on disk proves that this happened to the file.
      if (from === after || (await readFile(file, 'utf8').catch(() => undefined)) !== after) continue;
      this.kept.set(key, after);
      const [name, id] = [cleanName(model?.split(/[|/]/).at(-1)), cleanName(session)];
      await this.ports.keep(
        file,
        {
          author: 'ai',
          assistant: 'github-copilot',
          ...(name === undefined ? {} : { model: name }),
          ...(id === undefined ? {} : { session: id }),
          evidence: 'reported',
        },
        from,
        after,
      );
    }
  }
}
