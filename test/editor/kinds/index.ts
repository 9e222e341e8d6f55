/** Every kind of edit: the table of who its author is, and how each is played in the real editor. */
import type { Play } from './play';
import { ASSISTANTS } from './plays/assistants';
import { COMPLETIONS } from './plays/completions';
import { FILES } from './plays/files';
import { MOVING } from './plays/moving';
import { TOOLS } from './plays/tools';
import { TYPING } from './plays/typing';
import type { KindId } from './table';

/** One for each row of the table: what is missing does not compile. */
export const PLAYS: Readonly<Record<KindId, Play>> = {
  ...TYPING,
  ...MOVING,
  ...COMPLETIONS,
  ...TOOLS,
  ...FILES,
  ...ASSISTANTS,
};

export { FIRST_LINE } from './play';
export { Stage } from './stage';
export { GROUPS, KINDS_OF_EDIT, type Answer, type KindId, type KindOfEdit } from './table';
