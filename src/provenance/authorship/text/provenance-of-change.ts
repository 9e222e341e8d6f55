/** Who made a change, and whether two changes have the same author. Pure. */
import type { Credit } from '../types';

/** The credit for a change; `null` when the change was not recorded. */
export type Provenance = Credit | null;

/** An unrecorded change, with the time it was seen: an assistant that was at work then may claim it later. */
export const unrecorded = (time: number): Credit => ({ author: 'unknown', reason: 'unrecorded', time });

/** True for an unrecorded change. */
export const isUnrecorded = (provenance: Provenance): boolean =>
  provenance === null || (provenance.author === 'unknown' && provenance.reason === 'unrecorded');

/** Whether two changes are by the same writer, at whatever time. */
export const sameWriter = (a: Provenance, b: Provenance): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.author === b.author &&
    a.assistant === b.assistant &&
    a.model === b.model &&
    a.session === b.session &&
    a.reason === b.reason);

/** Who changed a line (1-based); null: unknown; undefined: the line did not change. */
export type ProvenanceOfLine = (line: number) => Provenance | undefined;

export const areOthers = (a: Provenance | undefined, b: Provenance | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  ((a?.author ?? 'unknown') !== (b?.author ?? 'unknown') || a?.assistant !== b?.assistant || a?.session !== b?.session);

export const sameProvenance = (a: Provenance, b: Provenance): boolean =>
  a === b || (sameWriter(a, b) && a?.evidence === b?.evidence && a?.time === b?.time);
