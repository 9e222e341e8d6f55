/** A full object id, SHA-1 or SHA-256, as git writes it (gitglossary(7)): never shortened, in small letters. */
export const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** In the form of an id, and no commit has it, so it is never found. */
export const NO_COMMIT = '0'.repeat(40);
