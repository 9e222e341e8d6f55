/** Plays the story from beginning to end, and tells it. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { SHOTS, Stage, TOP } from './stage';
import type { Step } from './step';
import { LEFT_OUT, STEPS } from './steps';

/** Where the story goes: lines for people. */
export type Teller = (line: string) => void;

/** Whether every step really happened. The first that did not ends the story. Throws when the editor can't be had. */
export async function playStory(vsix: string, tell: Teller): Promise<boolean> {
  rmSync(SHOTS, { recursive: true, force: true });
  tell('Starting the real editor on a sample repository …');
  const stage = await Stage.open({ vsix, log: tell });
  try {
    for (const [index, step] of STEPS.entries()) {
      tell(`\n${String(index + 1).padStart(2)}  ${step.title}`);
      if (
        !(await playStep(stage, step, (line) => {
          tell(line === '' ? '' : `      ${line}`);
        }))
      )
        return false;
    }
    tellEnding(stage, tell);
    return true;
  } finally {
    await stage.close();
  }
}

async function playStep(stage: Stage, step: Step, tell: Teller): Promise<boolean> {
  const started = Date.now();
  try {
    for (const line of await step.play(stage)) tell(line);
    tell(`✓ it happened (${String(Math.round((Date.now() - started) / 1000))} s)`);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tell('✗ IT DID NOT HAPPEN');
    for (const line of why.split('\n')) tell(line);
    const picture = await stage.editor.screenshot('failed').catch(() => undefined);
    if (picture !== undefined) tell(`The window as it was then: ${path.relative(TOP, picture)}`);
    return false;
  }
}

function tellEnding({ ending }: Stage, tell: Teller): void {
  const parts = [
    ['The last commit', ending.message],
    ['The decision', ending.decision],
    ["The pull request's page", ending.address],
    ['What the next agent was told', ending.warning],
    ['What another clone knows of a command that was no commit', ending.session],
  ] as const;
  for (const [title, text] of parts) {
    tell(`\n${title}\n`);
    for (const line of (text ?? '').split('\n')) tell(line === '' ? '' : `  ${line}`);
  }
  if (LEFT_OUT !== undefined) tell(`\n${LEFT_OUT}`);
  tell(`\nAll ${String(STEPS.length)} steps happened. Pictures of the window are in ${path.relative(TOP, SHOTS)}.`);
}
