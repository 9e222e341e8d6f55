/** Why a file could not be read or written, for people: an error's code is for programs. */

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'this account may not read it',
  EPERM: 'this account may not read it',
  ELOOP: 'its symbolic links lead in a circle',
};

const REASONS_OF_WRITING: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is a file and no folder',
  EEXIST: 'a part of its path is a file and no folder',
  EISDIR: 'it is a folder',
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'the disk there is read-only',
  ELOOP: 'its symbolic links lead in a circle',
};

/** A clause, such as `there is no such file`, for an error of `node:fs`. */
export const whyUnread = (error: unknown): string => reasonOf(error, REASONS);

/** The same for a file or folder that could not be written, such as `its folder does not exist`. */
export const whyUnwritten = (error: unknown): string => reasonOf(error, REASONS_OF_WRITING);

function reasonOf(error: unknown, reasons: Readonly<Record<string, string>>): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error instanceof Error ? error.message : 'the system gives no reason';
  return reasons[code] ?? `the system reports ${code}`;
}
