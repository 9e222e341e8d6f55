/** The door of importers: what other tools have recorded about who wrote what, and how it becomes part of our notes. */
import { agentTrace } from './agent-trace';
import { entire } from './entire';
import type { ForeignSource } from './types';
import { whogitit } from './whogitit';

export { applyForeign } from './merge-foreign-records-into-notes';
export { ForeignError } from './types';
export type * from './types';

/** One line for each tool. */
export const SOURCES: readonly ForeignSource[] = [whogitit, entire, agentTrace];
