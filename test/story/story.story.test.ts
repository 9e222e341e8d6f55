/** Each step of the story as a test. */
import { rmSync } from 'node:fs';
import { packedProduct } from '../support/product';
import { SHOTS, Stage } from './stage';
import { STEPS } from './steps';

describe('the story', function () {
  this.timeout(180_000);
  let stage: Stage | undefined;
  let missed: string | undefined;

  before('open the editor on the sample repository', async function () {
    this.timeout(20 * 60_000); // the first start on a machine installs the editor
    rmSync(SHOTS, { recursive: true, force: true });
    stage = await Stage.open({ vsix: await packedProduct(), log: (line) => console.log(line) });
  });
  after('close it', async () => stage?.close());

  for (const step of STEPS) {
    it(step.title, async () => {
      if (missed !== undefined) throw new Error(`not played, because this did not happen: ${missed}`);
      missed = step.title;
      if (stage) {
        try {
          await step.play(stage);
        } catch (error) {
          await stage.editor.screenshot('failed').catch(() => undefined);
          throw error;
        }
      }
      missed = undefined;
    });
  }
});
