/**
 * The door of the audit: what the assistants' own configurations allow. Loaded on demand, because it includes a JSON
 * parser.
 */
export { audit, type AuditResult, type Grantee } from './read-permissions';
export { AUDITORS } from './registry';
export type * from './types';
