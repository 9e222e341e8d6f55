import type { Size } from './rates';

/** A machine that a team used, and for how long. */
export interface Usage {
  readonly team: string;
  readonly size: Size;
  readonly hours: number;
}

/** Reads one line of the monthly list: team, size, hours. */
export function parseUsage(line: string): Usage {
  const [team = '', size = '', hours = ''] = line.split(',');
  if (!isSize(size)) throw new Error(`there is no machine of size ${size}`);
  if (team === '') throw new Error('a line has no team');
  if (!(Number(hours) >= 0)) throw new Error(`${hours} is no number of hours`);
  return { team, size, hours: Number(hours) };
}

const isSize = (text: string): text is Size => ['small', 'medium', 'large'].includes(text);
