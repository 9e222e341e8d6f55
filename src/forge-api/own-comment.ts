/** Our own comment among those of a pull request. */

/** Whether a text begins with the marker on a line of its own: a quoted or pasted one further down does not count. */
export const isOwnComment = (text: string, marker: string): boolean =>
  text.startsWith(`${marker}\n`) || text.startsWith(`${marker}\r\n`);
