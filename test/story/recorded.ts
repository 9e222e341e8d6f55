/** What Linekeeper has recorded, compared with what happened, and told. */
import assert from 'node:assert/strict';
import type { LineRange } from '../../src/provenance/authorship';
import { until } from '../editor/host';
import type { Written } from './ledger';
import type { FileStatus, Status } from './shapes';
import type { Stage } from './stage';

type Lines = readonly string[];

/** `12 ai claude-code`: a line and whose it is. */
export const happened = (written: readonly Written[]): Lines =>
  written.map(({ line, by }) => [String(line), by.author, by.assistant ?? ''].join(' ').trim());

/** The same of what Linekeeper says. */
export const said = (ranges: readonly LineRange[]): Lines =>
  ranges.flatMap(({ start, end, author, assistant }) =>
    Array.from({ length: end - start + 1 }, (_, offset) =>
      [String(start + offset), author, assistant ?? ''].join(' ').trim(),
    ),
  );

/**
 * Waits until `linekeeper status` agrees with the ledger on these files, line by line, and the files with it too; then
 * tells what it says. What is recorded comes a moment after what is done.
 */
export async function expectRecorded(stage: Stage, paths: Lines): Promise<string[]> {
  const { ledger, editor, linekeeper } = stage;
  await until(
    () => paths.every((path) => editor.workspace.has(path) && editor.workspace.read(path) === ledger.text(path)),
    { timeout: 10_000, what: 'the files' },
  ).catch(() => undefined);
  for (const path of paths)
    assert.equal(editor.workspace.read(path), ledger.text(path), `${path} is not what was written`);
  const want = paths.map((path) => [path, happened(ledger.added(path)), happened(ledger.removed(path))]);
  let files: readonly FileStatus[] = [];
  let have: unknown;
  const agrees = async (): Promise<boolean> => {
    ({ files } = await linekeeper.json<Status>('status'));
    have = paths.map((path) => {
      const file = files.find((one) => one.path === path);
      return [path, said(file?.ranges ?? []), said(file?.removedRanges ?? [])];
    });
    return JSON.stringify(have) === JSON.stringify(want);
  };
  await until(agrees, { timeout: 15_000, every: 300, what: 'the record' }).catch((error: unknown) => (have ??= error));
  assert.deepEqual(have, want, 'who wrote which line, as "linekeeper status" says it and as it happened');
  return files
    .filter((file) => paths.includes(file.path))
    .flatMap((file) => [...tell(file.path, '+', file.ranges), ...tell(file.path, '-', file.removedRanges)]);
}

/** `src/invoice.ts +18–21 a person (observed)` */
export function tell(path: string, sign: '+' | '-', ranges: readonly LineRange[]): string[] {
  return ranges.map(({ start, end, author, assistant, model, edited, evidence }) => {
    const who =
      author === 'ai'
        ? [assistant, model].filter((word) => word !== null).join(':')
        : author === 'human'
          ? 'a person'
          : 'nobody knows';
    const how = [evidence, edited ? 'with another hand in it' : '']
      .filter((word) => word !== null && word !== '')
      .join(', ');
    const lines = start === end ? String(start) : `${String(start)}-${String(end)}`;
    return `${path.padEnd(28)} ${`${sign}${lines}`.padEnd(8)} ${who}${how === '' ? '' : ` (${how})`}`;
  });
}
