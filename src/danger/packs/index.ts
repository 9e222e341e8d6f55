/** The packs, in the order in which they are asked. */
import type { Pack } from '../types';

export const PACKS: readonly Pack[] = [];
