/** The story, in order. */
import type { Step } from '../step';
import { claude } from './claude';
import { completed } from './completed';
import { copilot } from './copilot';
import { gate } from './gate';
import { deployed } from './deployed';
import { granted } from './granted';
import { previewed } from './previewed';
import { learnt } from './learnt';
import { outage } from './outage';
import { review } from './review';
import { seen } from './seen';
import { sourceControl } from './source-control';
import { terminal } from './terminal';
import { typed } from './typed';
import { warned } from './warned';

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
];
