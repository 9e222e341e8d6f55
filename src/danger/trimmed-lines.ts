/** The lines of a text without their indentation: what of a change stood there before. None where there was no file. */
export const trimmedLines = (before: string | null): ReadonlySet<string> =>
  new Set((before ?? '').split('\n').map((line) => line.trim()));
