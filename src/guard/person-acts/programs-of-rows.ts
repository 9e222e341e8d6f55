import { namesOfGroup, type NamesOfGroup } from '../../danger/commands';
import { ACTS } from './all-acts';

/** The programs of each group of `ACTS`. `scripts/build.ts` bundles the answer, since it takes all rows to find it. */
export const programsOfRows = (): readonly NamesOfGroup[] =>
  ACTS.map((acts) => namesOfGroup((acts().commands ?? []).map(({ program }) => program)));
