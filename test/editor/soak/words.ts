let used = 0;

/** A word that was never used before, and looks like no other. */
export const word = (): string =>
  (Math.imul(++used, 2_654_435_761) >>> 0)
    .toString(26)
    .padStart(7, '0')
    .replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
