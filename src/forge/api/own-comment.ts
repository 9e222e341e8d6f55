/** Our own comment among those of a pull request. */

/** Whether a text begins with the marker on a line of its own: one quoted or pasted further down does not count. */
export const isOwnComment = (text: string, marker: string): boolean =>
  text.startsWith(`${marker}\n`) || text.startsWith(`${marker}\r\n`);
