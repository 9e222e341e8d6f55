/**
 * Dangers that the lines of any file tell by their words, whatever program reads it: a switch that protects is off, rows are
 * deleted by a migration or a task, an entry leaves a list of machines. Rules that know the program come first.
 */
import { changedLines, type ChangedLines } from '../../changed-lines';
import { isDevelopment, isExample, isFixture, isTest, isVendored } from '../../path-roles';
import type { AnalyzerOfChanges, Change, Noticed, NoticedIn } from '../../types';
import { isMigration } from '../migrations';
import { entriesLost } from './entries-lost';
import { rowsDeletedByMigration, rowsDeletedByTask } from './rows-deleted';
import { switchedOff } from './switched-off';

const READ =
  /\.(?:ya?ml|json|toml|ini|cfg|conf|env|properties|tfvars|hcl|xml|gotmpl|tpl|j2|erb|[cm]?[jt]sx?|py|rb|go|php|java|kt|cs|exs?|rs|scala|sql)$|(?:^|\/)(?:\.env[\w.-]*|hosts|inventory)$/i;
const PROSE =
  /(?:^|\/)(?:locales?|i18n|translations?|docs?|cassettes|schemas?|\.github|\.circleci)\/|lock\.(?:json|ya?ml)$|\.min\.\w+$/i;

/** A longer text was written by a program. */
const LARGE = 200_000;

const isRead = ({ path, before, after }: Change): boolean =>
  after !== null &&
  before !== after &&
  after.length <= LARGE &&
  READ.test(path) &&
  !PROSE.test(path) &&
  !isTest(path) &&
  !isFixture(path) &&
  !isVendored(path) &&
  !isExample(path) &&
  !isDevelopment(path);

export const anyLines: AnalyzerOfChanges = {
  id: 'any-lines',
  concerns: isRead,
  noticeAll(changes) {
    const files = changes.filter(isRead).map((change) => ({
      change,
      lines: changedLines(change.before === null ? { ...change, before: '' } : change),
    }));
    const runsByItself = files.some(({ change, lines }) => startsByItself(change, lines));
    return files.flatMap(({ change, lines }): readonly NoticedIn[] => {
      const isStep =
        isMigration(change) || /(?:^|\/)V\d[\w.]*__\w+\.sql$|(?:^|\/)migrations?\/.*\.sql$/i.test(change.path);
      const found: readonly Noticed[] = isStep
        ? rowsDeletedByMigration(change, lines)
        : [
            ...(change.before === null ? [] : [...switchedOff(change, lines), ...entriesLost(change, lines)]),
            ...(runsByItself ? rowsDeletedByTask(change, lines) : []),
          ];
      return found.slice(0, 1).map((notice) => ({ ...notice, path: change.path, across: true, isGeneral: true }));
    });
  },
};

/** By a line that it gains, or by the name of its file, something is started by the clock or with others of its kind. */
const STARTS =
  /\bcron\w*\s*[(:.=]|\bnew CronJob\(|@Scheduled|\bschedule[dr]?\w*\s*[(:.]|beat_schedule|\bevery\s+\d|runCleanup|clean_?up_?tasks?|periodic_?task/i;
const startsByItself = ({ path }: Change, { gained }: ChangedLines): boolean =>
  gained.length > 0 &&
  (/clean_?up|cron|purge|retention|expir|scheduler/i.test(path.slice(path.lastIndexOf('/') + 1)) ||
    gained.some(({ text }) => STARTS.test(text)));
