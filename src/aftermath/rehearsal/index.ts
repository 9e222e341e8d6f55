/**
 * The door of rehearsals: what a policy would have required of the existing history. A bundle of its own that includes
 * the charts.
 */
export { rehearsalPage } from './rehearsal-page';
export { PACE, rehearse } from './replay-merges-under-policies';
export { rehearsalText } from './rehearsal-text';
export type { RehearsedPolicy } from './types';
