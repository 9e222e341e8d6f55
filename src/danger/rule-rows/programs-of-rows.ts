import { COMMANDS } from '../rules/order-of-rows';
import { namesOfGroup, type NamesOfGroup } from './rows-by-name';

/** The programs of each group of `COMMANDS`. `scripts/build.ts` bundles the answer, since it takes all rows to find it. */
export const programsOfRows = (): readonly NamesOfGroup[] =>
  COMMANDS.map(([, rows]) => namesOfGroup(rows().map(({ program }) => program)));
