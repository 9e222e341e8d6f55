import assert from 'node:assert/strict';
import { builtCli } from '../../support/product';
import { useEditor } from '../use-editor';
import { play } from '../soak/soak';
import { stepsOf } from '../soak/steps';
import { NO_SCORE, tell } from '../soak/score';

/** `npm run soak -- editor` draws others. */
const SEED = 20_261_121;

describe("an engineer's session, line by line (stock build)", function () {
  this.timeout(240_000);
  const shared = useEditor('stock');

  it('every changed line has the author whose key was pressed', async () => {
    await builtCli();
    const score = { ...NO_SCORE };
    await play({ editor: shared().editor, build: 'stock' }, stepsOf(SEED, 40), score);
    console.log(`      ${tell(score)}`);
    assert.ok(score.lines > 20);
    assert.deepEqual([score.wrong, score.missed], [0, 0]);
  });
});
