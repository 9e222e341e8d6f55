/** Paths as named in the words of a command. Pure; `/` and `\` are both separators. */

/**
 * Resolves a path from a folder, without `.` and `..`. Wildcards stay. `~NAME` and `~` stay in front: a user's home
 * folder.
 */
export function resolved(folder: string, text: string): string {
  const name = text.replaceAll('\\', '/');
  const whole = /^(?:\/|~|[A-Za-z]:)/.test(name) ? name : `${folder.replaceAll('\\', '/')}/${name}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return /^(?:~|[A-Za-z]:)/.test(whole) ? parts.join('/') : `/${parts.join('/')}`;
}

/** Whether a path is a folder or lies below it. Both resolved. */
export const isIn = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
