/** Why a file could not be read, for people: an error's code is for programs. */

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'this account may not read it',
  EPERM: 'this account may not read it',
  ELOOP: 'its symbolic links lead in a circle',
};

/** A clause, such as `there is no such file`, for an error of `node:fs`. */
export function whyUnread(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error instanceof Error ? error.message : 'the system gives no reason';
  return REASONS[code] ?? `the system reports ${code}`;
}
