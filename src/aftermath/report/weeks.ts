/** Weeks, from Monday to Sunday, in UTC: the same ones wherever the reader is. */

const DAY = 86_400;
const WEEK = 7 * DAY;
/** 5 January 1970 was a Monday. */
const FIRST_MONDAY = 4 * DAY;

/** Seconds of the Monday of a time's week. */
export const startOfWeek = (seconds: number): number =>
  Math.floor((seconds - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY;

/** The Monday of a time's week, as `2026-11-23`. */
export const mondayOf = (seconds: number): string => new Date(startOfWeek(seconds) * 1000).toISOString().slice(0, 10);

/** The Mondays of all weeks from one time to another. */
export function weeksBetween(since: number, until: number): string[] {
  const weeks: string[] = [];
  for (let at = startOfWeek(since); at <= until; at += WEEK) weeks.push(mondayOf(at));
  return weeks;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-11-23` as `23 Nov`, with the year for the first of a list or of its year. */
export function weekLabels(weeks: readonly string[]): string[] {
  return weeks.map((week, at) => {
    const [year = '', month = '', day = ''] = week.split('-');
    const text = `${String(Number(day))} ${MONTHS[Number(month) - 1] ?? ''}`;
    return at > 0 && weeks[at - 1]?.startsWith(year) === true ? text : `${text} ${year}`;
  });
}
