/** Where assistants keep what is theirs. */
import path from 'node:path';

/** `given`, such as the value of a variable, when it is an absolute path. */
export const absolute = (given: string | undefined, otherwise: string): string => (given !== undefined && path.isAbsolute(given) ? given : otherwise);
