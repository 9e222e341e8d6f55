/**
 * The door of rehearsals: what a policy would have asked of the history that is there. A bundle of its own, with the
 * charts in it.
 */
export { rehearsalPage } from './page';
export { rehearse, type RehearsalRequest } from './rehearse';
export { rehearsalText } from './text';
export type { PolicyRehearsal, Rehearsal, RehearsedChange, RehearsedPolicy } from './types';
