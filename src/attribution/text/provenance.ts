/** Who made a change, and whether two were made by the same. Pure. */
import type { Credit } from '../types';

/** A hand that made a change; `null` when the change was not recorded. */
export type Provenance = Credit | null;

/** A change that nobody recorded, seen at a time: later an assistant that was at work then may claim it. */
export const unrecorded = (time: number): Credit => ({ author: 'unknown', reason: 'unrecorded', time });

/** True for a change that nobody recorded. */
export const isUnrecorded = (provenance: Provenance): boolean =>
  provenance === null || (provenance.author === 'unknown' && provenance.reason === 'unrecorded');

/** Whether two hands are of one writer, at whatever time. */
export const sameWriter = (a: Provenance, b: Provenance): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.author === b.author &&
    a.assistant === b.assistant &&
    a.model === b.model &&
    a.session === b.session &&
    a.reason === b.reason);

/** Who is known to have changed a line (1-based); null: nobody; undefined: nobody changed it. */
export type ProvenanceOfLine = (line: number) => Provenance | undefined;

export const areOthers = (a: Provenance | undefined, b: Provenance | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  ((a?.author ?? 'unknown') !== (b?.author ?? 'unknown') || a?.assistant !== b?.assistant || a?.session !== b?.session);

export const sameProvenance = (a: Provenance, b: Provenance): boolean =>
  a === b || (sameWriter(a, b) && a?.evidence === b?.evidence && a?.time === b?.time);
