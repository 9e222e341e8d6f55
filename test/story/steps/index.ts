/** The story, in order. */
import type { Step } from '../step';
import { answered } from './answered';
import { claude } from './claude';
import { completed } from './completed';
import { copilot } from './copilot';
import { gate } from './gate';
import { deployed } from './deployed';
import { elsewhere } from './elsewhere';
import { evidence } from './evidence';
import { forbidden } from './forbidden';
import { granted } from './granted';
import { previewed } from './previewed';
import { learnt } from './learnt';
import { outage } from './outage';
import { permitted } from './permitted';
import { review } from './review';
import { seen } from './seen';
import { sourceControl } from './source-control';
import { terminal } from './terminal';
import { typed } from './typed';
import { warned } from './warned';

/** An outage that was a command and no commit. It needs no window. */
export const THE_MORNING_AFTER = [forbidden, permitted, elsewhere, answered, evidence] as const;

/** Why the last part is not played here; undefined where it is. */
export const LEFT_OUT =
  process.platform === 'linux'
    ? undefined
    : 'The morning after a command that was no commit was not played: it types at a terminal by script(1) of Linux.';

export const STEPS: readonly Step[] = [
  typed,
  completed,
  granted,
  copilot,
  claude,
  seen,
  previewed,
  sourceControl,
  terminal,
  review,
  gate,
  deployed,
  outage,
  learnt,
  warned,
  ...(LEFT_OUT === undefined ? THE_MORNING_AFTER : []),
];
