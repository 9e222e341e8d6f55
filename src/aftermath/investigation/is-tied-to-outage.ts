/** Whether more than the time ties a commit to an outage: without that, no person is named beside it. */
import type { IncidentReason } from '../../policy/incidents';
import { REASON_WEIGHTS } from './weigh-reasons';

/** Dangers are listed whatever the outage was, and words in common may be a coincidence. */
const UNTIED: ReadonlySet<string> = new Set(['destructive', 'words']);

/** A sentence that a person wrote into the file does not say what kind of evidence it is: nobody is named for it. */
export const isTied = (reasons: readonly IncidentReason[]): boolean =>
  reasons.some(({ kind }) => kind !== null && Object.hasOwn(REASON_WEIGHTS, kind) && !UNTIED.has(kind));
