/** What the window shows of what happened. */
import { until } from '../editor/host';
import type { Written } from './ledger';
import type { Stage } from './stage';

/** The lines by AI, by their numbers. */
export const byAi = (written: readonly Written[]): number[] =>
  written.filter(({ by }) => by.author === 'ai').map(({ line }) => line);

/**
 * Waits until the status bar counts AI's lines of these files and no others, and gives what it says; nothing is said of
 * none. Where a sign-off is needed its text says that, and the count is read to screen readers.
 */
export async function expectCount({ editor, ledger }: Stage, paths: readonly string[]): Promise<string> {
  const count = paths.flatMap((path) => byAi(ledger.added(path))).length;
  if (count > 0)
    return (
      await editor.workbench.waitStatus(
        new RegExp(`\\b${String(count)} AI lines|\\bAI added ${String(count)} lines`),
        10_000,
      )
    ).text;
  const item = async (): Promise<boolean> =>
    (await editor.workbench.statusBar()).some(
      ({ text, label }) => /\bAI lines?/.test(text) || /\bAI added/.test(label),
    );
  await until(async () => !(await item()), { timeout: 10_000, what: 'the status bar to count nothing' });
  return '';
}

/** Waits until the window knows of the commit, and counts only what is left. */
export async function expectCommitShown(stage: Stage, subject: string, left: readonly string[]): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    ((await stage.editor.workbench.tree('Graph')) ?? []).some(
      (row) => row.text.startsWith(subject) || row.aria.includes(subject),
    );
  await until(isThere, { what: `the commit "${subject}" in the graph` });
  await expectCount(stage, left);
}
