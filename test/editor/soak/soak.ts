/** Plays sessions of a seed in a running editor, one after another in new files of one repository. */
import type { Editor } from '../host';
import type { Build } from '../use-editor';
import { ACTS } from './acts';
import { SoakFile } from './file';
import { COMPLETIONS } from './offered';
import type { Score } from './score';
import { SOAK_SETTINGS } from './settings';
import type { Step } from './steps';
import { word } from './words';
import { World } from './world';

export interface SoakEditor {
  readonly editor: Editor;
  readonly build: Build;
}

/** Something was said of a line that is not so, or model and editor differ. */
export class SoakFailure extends Error {
  constructor(
    readonly steps: readonly Step[],
    override readonly cause: unknown,
  ) {
    super(`${cause instanceof Error ? cause.message : String(cause)}\nafter ${steps.map(({ act }) => act).join(', ')}`);
  }
}

let sessions = 0;

const begun = (): string => Array.from({ length: 6 }, () => `let ${word()} = ${word()} + ${word()};\n`).join('');

/** Plays one session to its end, which is a commit. */
export async function play({ editor, build }: SoakEditor, steps: readonly Step[], score: Score): Promise<void> {
  const name = `soak${String(++sessions)}`;
  await editor.workbench.tidy();
  await editor.settings(SOAK_SETTINGS);
  const world = new World(
    editor,
    build,
    [new SoakFile(`${name}-a.txt`, begun()), new SoakFile(`${name}-b.txt`, begun())],
    score,
  );
  COMPLETIONS.begin();
  await world.start();
  const played: Step[] = [];
  try {
    for (const step of steps) {
      played.push(step);
      score.steps++;
      const file = world.files[step.file % world.files.length];
      if (file) await ACTS[step.act].play(world, step, file);
    }
    for (const file of world.files) await world.save(file);
    await world.commit();
  } catch (error) {
    throw new SoakFailure(played, error);
  }
}
