/** What *Record Incident* asks, one question at a time; Escape ends it, and nothing is written. */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { SEVERITIES, type Severity } from '../../policy/incidents';
import type { Translate } from '../translate';
import { localMinute, timeOf } from './parse-typed-time';

export interface RecordedIncident {
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly severity: Severity | null;
  /** In a person's words; empty where there are none. */
  readonly seen: string;
  /** Stack trace, log lines or a plan; empty where there is none. */
  readonly text: string;
}

const STEPS = 5;
const TEXT_AT_MOST = 16 * 1024 * 1024;
const MINUTE = 60_000;

/** Undefined when the person cancelled. */
export async function askAboutIncident(t: Translate, now: () => number): Promise<RecordedIncident | undefined> {
  const step = (number: number): { readonly title: string; readonly ignoreFocusOut: true } => ({
    title: t('Record Incident ({0} of {1})', String(number), String(STEPS)),
    ignoreFocusOut: true,
  });
  const title = await vscode.window.showInputBox({
    ...step(1),
    prompt: t('What went wrong, in a few words?'),
    validateInput: (value) => (value.trim() === '' ? t('Write a few words: the file is named after them.') : undefined),
  });
  if (title === undefined) return undefined;
  const began = await askWhen(step(2), t, now);
  if (began === undefined) return undefined;
  const severity = await vscode.window.showQuickPick(
    [
      ...Object.entries(SEVERITIES).map(([name, says]) => ({ label: name, detail: says, severity: name as Severity })),
      { label: t('Not known yet'), detail: '', severity: null },
    ],
    { ...step(3), placeHolder: t('How bad is it?') },
  );
  if (severity === undefined) return undefined;
  const seen = await vscode.window.showInputBox({
    ...step(4),
    prompt: t('The symptoms, in a sentence or two. Leave it empty if nobody knows yet.'),
  });
  if (seen === undefined) return undefined;
  const text = await askEvidence(step(5), t);
  if (text === undefined) return undefined;
  return { title: title.trim(), began, severity: severity.severity, seen: seen.trim(), text };
}

async function askWhen(
  step: { readonly title: string; readonly ignoreFocusOut: true },
  t: Translate,
  now: () => number,
): Promise<number | undefined> {
  const at = (minutes: number): number => Math.floor(now() / MINUTE) * MINUTE - minutes * MINUTE;
  const picked = await vscode.window.showQuickPick(
    [
      { label: t('Just now'), description: localMinute(at(0)), began: at(0) },
      { label: t('A quarter of an hour ago'), description: localMinute(at(15)), began: at(15) },
      { label: t('An hour ago'), description: localMinute(at(60)), began: at(60) },
      { label: t('Another time…'), description: '', began: null },
    ],
    { ...step, placeHolder: t('When did it begin?') },
  );
  if (picked === undefined) return undefined;
  if (picked.began !== null) return picked.began;
  const answer = await vscode.window.showInputBox({
    ...step,
    prompt: t('When did it begin? Without a zone it is the time of this machine.'),
    value: localMinute(at(0)),
    validateInput: (value) =>
      timeOf(value) === undefined ? t('Write a time such as {0}.', '2026-11-24 10:12') : undefined,
  });
  return answer === undefined ? undefined : timeOf(answer);
}

/** Stack trace, log lines or a plan; empty when there is none, undefined when the person cancelled. */
async function askEvidence(
  step: { readonly title: string; readonly ignoreFocusOut: true },
  t: Translate,
): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: t('Stack trace or log on the clipboard'), read: () => Promise.resolve(vscode.env.clipboard.readText()) },
      { label: t('Stack trace, log or plan in a file…'), read: () => fromFile(step.title) },
      { label: t('Nothing yet: start from the last deployment'), read: () => Promise.resolve('') },
    ],
    { ...step, placeHolder: t('What do you have?') },
  );
  return picked?.read();
}

async function fromFile(title: string): Promise<string | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ?? [];
  return file === undefined ? undefined : (await readFile(file.fsPath)).subarray(0, TEXT_AT_MOST).toString('utf8');
}
