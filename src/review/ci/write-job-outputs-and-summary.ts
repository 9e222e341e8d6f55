/** Files that a job writes: its summary, the outputs for later steps, and reports for the forge. */
import { appendFileSync } from 'node:fs';
import { replaceFile } from '../../base/files';
import type { CheckResult } from '../gate';
import { CiError, type Environment } from '../forges';

interface StepOutputs {
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
  appendTo(env, 'GITHUB_OUTPUT', `ai-lines=${lines}\nrisk=${risk}\nverdict=${verdict}\n`);
  if (dotenv !== undefined)
    writeTo('dotenv', dotenv, `LINEKEEPER_AI_LINES=${lines}\nLINEKEEPER_RISK=${risk}\nLINEKEEPER_VERDICT=${verdict}\n`);
}

/** GitHub refuses a summary of more than 1 MiB. */
const LONGEST = 900_000;

export const writeSummary = (env: Environment, text: string): void => {
  appendTo(env, 'GITHUB_STEP_SUMMARY', text.length > LONGEST ? `${text.slice(0, LONGEST)}\n…\n` : text);
};

/** Appends to the file that a variable of the forge names, if it names one. Throws a {@link CiError}. */
export function appendTo(env: Environment, name: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY', text: string): void {
  const file = env[name] ?? '';
  if (file === '') return;
  explaining(`${name} names ${file}`, () => {
    appendFileSync(file, text);
  });
}

/** Writes a file that the option `--NAME` names. Throws a {@link CiError}. */
export function writeTo(option: 'sarif' | 'code-quality' | 'dotenv', file: string, text: string): void {
  explaining(`--${option} names ${file}`, () => {
    replaceFile(file, text);
  });
}

function explaining(subject: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException;
    throw new CiError(
      `${subject}, ${code === 'EISDIR' ? 'which is a folder and not a file' : `which can't be written (${code})`}: the result is not where later steps look for it. Name a file that this job may write.`,
    );
  }
}
