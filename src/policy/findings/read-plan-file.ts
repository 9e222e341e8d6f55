/** The plan file that `--plan` names. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { whyUnread } from '../../base/files';
import { findInPlan } from '../../danger';
import { quoted, type ChangedFile } from '..';

/** A plan is large when much is managed, but not larger than this. Bytes. */
const PLAN_AT_MOST = 64_000_000;

export type PlanFile =
  { readonly file: ChangedFile } | { readonly wrong: string; readonly kind: 'unreadable' | 'not-a-plan' | 'state' };

/** Reads it. `root`: findings name the file relative to it. `wrong` is a sentence. Never throws. */
export function readPlanFile(file: string, root: string): PlanFile {
  const name = nameOf(file, root);
  let text: string;
  try {
    const found = statSync(file);
    if (!found.isFile()) return { kind: 'unreadable', wrong: `The plan ${quoted(name)} is not a file.` };
    if (found.size > PLAN_AT_MOST)
      return { kind: 'unreadable', wrong: `The plan ${quoted(name)} has more than 64 MB and is not read.` };
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return {
      kind: 'unreadable',
      wrong: `The plan ${quoted(name)} can't be read: ${whyUnread(error)}.`,
    };
  }
  const answer = findInPlan(name, text);
  if ('wrong' in answer)
    return { kind: answer.kind, wrong: `The plan ${quoted(name)} says nothing that could be judged. ${answer.wrong}` };
  const none = { ai: 0, human: 0, unknown: 0 };
  return {
    file: {
      path: name,
      from: null,
      added: none,
      removed: none,
      change: null,
      ranges: [],
      removedRanges: [],
      assistants: [],
      findings: answer.findings,
    },
  };
}

function nameOf(file: string, root: string): string {
  const inside = path.relative(root, file);
  return (
    inside === '' || inside.startsWith('..') || path.isAbsolute(inside) ? path.basename(file) : inside
  ).replaceAll('\\', '/');
}
