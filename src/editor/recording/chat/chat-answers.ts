/**
 * The code in the answers of the editor's chat: what a person puts in from there, or copies, is the assistant's. Its
 * extension writes a transcript for hooks, in a private format that may change. It comes from outside: anything
 * unexpected is skipped.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { cleanName } from '../../../provenance/assistants';
import type { By } from '../../../provenance/journal';
import { mayReadTranscripts } from '../../transcripts/transcript-consent';
import { isDistinctive } from '../document/text-lines';

const FOLDER = 'GitHub.copilot-chat/transcripts';
/** The transcripts with the latest answers. */
const MOST = 8;
/** Bytes of one. */
const LARGEST = 8_000_000;

/** Code blocks, without indentation. */
type Answers = readonly string[];

export class ChatAnswers {
  private readonly read = new Map<string, { readonly changed: number; readonly answers: Answers }>();

  /** `storage`: the extension's own folder for the workspace; the chat's is next to it. */
  constructor(private readonly storage: Pick<vscode.Uri, 'scheme' | 'fsPath'> | undefined) {}

  /** Who wrote a text, if it is code of an answer. */
  async authorOf(text: string): Promise<By | undefined> {
    if (this.storage?.scheme !== 'file' || !isDistinctive(text) || !mayReadTranscripts()) return undefined;
    const folder = path.join(path.dirname(this.storage.fsPath), FOLDER);
    for (const { file, changed } of await latestIn(folder)) {
      if (!(await this.answersIn(file, changed)).some((code) => hasLines(code, text))) continue;
      const session = cleanName(path.basename(file, '.jsonl'));
      return {
        author: 'ai',
        assistant: 'github-copilot',
        ...(session === undefined ? {} : { session }),
        evidence: 'reported',
      };
    }
    return undefined;
  }

  private async answersIn(file: string, changed: number): Promise<Answers> {
    const known = this.read.get(file);
    if (known?.changed === changed) return known.answers;
    const answers = answersOf(await readFile(file, 'utf8').catch(() => ''));
    this.read.set(file, { changed, answers });
    return answers;
  }
}

async function latestIn(folder: string): Promise<readonly { readonly file: string; readonly changed: number }[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const { mtimeMs: changed, size } = await stat(file).catch(() => ({ mtimeMs: 0, size: LARGEST + 1 }));
      return name.endsWith('.jsonl') && size <= LARGEST ? [{ file, changed }] : [];
    }),
  );
  return found
    .flat()
    .sort((a, b) => b.changed - a.changed)
    .slice(0, MOST);
}

const FENCED = /^[ \t]*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^[ \t]*\1[ \t]*$/gm;

/** The code blocks of a transcript's answers. */
export function answersOf(transcript: string): Answers {
  return transcript
    .split('\n')
    .filter((line) => line.includes('"assistant.message"'))
    .flatMap((line) => [...contentOf(line).matchAll(FENCED)].map(([, , code = '']) => flat(code)));
}

function contentOf(line: string): string {
  try {
    const record = JSON.parse(line) as { readonly data?: { readonly content?: unknown } } | null;
    const content = record?.data?.content;
    return typeof content === 'string' ? content.replace(/\r\n?/g, '\n') : '';
  } catch {
    return '';
  }
}

/** Whether a text is whole lines of a block; the editor indents them as their new place is. */
const hasLines = (code: string, text: string): boolean => `\n${code}\n`.includes(`\n${flat(text)}\n`);

const flat = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .join('\n')
    .trim();
