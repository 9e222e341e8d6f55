/** Whatever counts for less after a change, in any tool's words: what the rules for single tools do not know. */
import { isFixture, isTest, isVendored } from '../../path-roles';
import type { AnalyzerOfChanges, NoticedIn } from '../../types';
import { changedLines } from '../../changed-lines';
import { mayHaveTests } from './find-tests-and-assertions';
import { runsChecks } from './files-that-run-checks';
import { mayHaveSettings, weakerSettings } from './weaker-settings-of-any-tool';
import { hasTestLines, weakerTests } from './weaker-tests-of-any-framework';

const CODE = /\.(?:go|vue|svelte|exs?|erl|c|cc|cpp|h|hpp|sql|erb|html|tf)$/i;

export const weakenings: AnalyzerOfChanges = {
  id: 'weakenings',
  concerns: (change) =>
    change.before !== null &&
    change.after !== null &&
    change.before !== change.after &&
    !isVendored(change.path) &&
    (hasTestLines(change) || mayHaveSettings(change)),
  alsoReads: ({ path }) => mayHaveTests(path) || CODE.test(path),
  noticeAll(changes) {
    const changesCode = changes.some(
      ({ path }) => !isTest(path) && !runsChecks(path) && (mayHaveTests(path) || CODE.test(path)),
    );
    const arrived = new Set(
      changes
        .filter((change) => hasTestLines(change))
        .flatMap((change) => changedLines(change.before === null ? { ...change, before: '' } : change).gained)
        .map(({ text }) => text),
    );
    return changes.flatMap((change): readonly NoticedIn[] =>
      isVendored(change.path)
        ? []
        : [
            ...(isFixture(change.path) && !isTest(change.path) ? [] : weakerTests(change, changesCode, arrived)),
            ...weakerSettings(change, changesCode),
          ]
            .slice(0, 1)
            .map((notice) => ({ ...notice, path: change.path, across: true, isGeneral: true })),
    );
  },
};
