/** A text from outside on one line, so that nothing in it passes for our own words; shortened where a length is given. */
export function oneLine(text: string, lengthAtMost = Infinity): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').trim();
  return line.length > lengthAtMost ? `${line.slice(0, lengthAtMost - 1)}…` : line;
}
