/** Spans of time as programs' settings and code write them. */

/** Seconds of a unit, by its first letters. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** `90d`, `1h30m`, `60 * 60 * 24`, `7.days`; a number without a unit is in whatever its name says. Undefined for other texts. */
export function durationOf(text: string): number | undefined {
  const plain = text
    .trim()
    .replaceAll('_', '')
    .replace(/\.(?=[a-z])/gi, ' ');
  if (plain.length === 0 || plain.length > 60) return undefined;
  if (plain.includes('*')) {
    const factors = plain.split('*').map((factor) => durationOf(factor));
    return factors.reduce<number | undefined>(
      (product, factor) => (product === undefined || factor === undefined ? undefined : product * factor),
      1,
    );
  }
  let sum = 0;
  const parts = plain.match(/\d+(?:\.\d+)?\s*[a-z]*/gi) ?? [];
  if (parts.join('').replace(/\s/g, '') !== plain.replace(/\s/g, '')) return undefined;
  for (const part of parts) {
    const [, count, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(part) ?? [];
    const size = unit === '' ? 1 : unitOf(unit.toLowerCase());
    if (count === undefined || size === undefined) return undefined;
    sum += Number(count) * size;
  }
  return sum;
}

const unitOf = (unit: string): number | undefined =>
  /^(?:ms|millis\w*)$/.test(unit)
    ? 0.001
    : /^(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|years?)$/.test(unit)
      ? UNITS[unit.charAt(0)]
      : undefined;

/** How many times as long the second is; undefined where one has a unit and the other has none. */
export function timesAsLong(before: string, after: string): number | undefined {
  const [earlier, later] = [durationOf(before), durationOf(after)];
  const isComparable = /[a-z]/i.test(before) === /[a-z]/i.test(after);
  return isComparable && earlier !== undefined && later !== undefined && earlier > 0 ? later / earlier : undefined;
}
