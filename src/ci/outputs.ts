/** Files that a job writes: its summary, the outputs for later steps, and reports for the forge. */
import { appendFileSync, writeFileSync } from 'node:fs';
import type { CheckResult } from '../gate';
import type { Environment } from './types';

export interface StepOutputs {
  /** Lines added and removed by AI; null when nothing could be decided. */
  readonly aiLines: number | null;
  /** The highest tier that requires something; empty for none. */
  readonly risk: string;
  readonly verdict: 'pass' | 'fail' | 'undecided';
}

export function outputsOf(result: CheckResult, aiLines: number): StepOutputs {
  return {
    aiLines,
    risk: result.tiers.find(({ required }) => required.length > 0)?.name ?? '',
    verdict: result.verdict,
  };
}

/** Tier names and verdicts consist of a few plain letters, so nothing can start a line of its own. */
export function writeOutputs(
  env: Environment,
  { aiLines, risk, verdict }: StepOutputs,
  dotenv: string | undefined,
): void {
  const lines = aiLines === null ? '' : String(aiLines);
  appendTo(env['GITHUB_OUTPUT'], `ai-lines=${lines}\nrisk=${risk}\nverdict=${verdict}\n`);
  if (dotenv !== undefined)
    writeFileSync(dotenv, `LINEKEEPER_AI_LINES=${lines}\nLINEKEEPER_RISK=${risk}\nLINEKEEPER_VERDICT=${verdict}\n`);
}

/** GitHub refuses a summary of more than 1 MiB. */
const LONGEST = 900_000;

export const writeSummary = (env: Environment, text: string): void =>
  appendTo(env['GITHUB_STEP_SUMMARY'], text.length > LONGEST ? `${text.slice(0, LONGEST)}\n…\n` : text);

/** Appends to a file that the forge names, if it names one. */
export function appendTo(file: string | undefined, text: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, text);
}
