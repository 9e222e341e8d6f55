/** The door of the blast radius. */
export type { BlastRadius, Edge } from './types';
export { blastRadius, dependentsOf } from './files-depending-on-change';
