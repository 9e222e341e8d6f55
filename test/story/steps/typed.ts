import { expectRecorded } from '../recorded';
import { TYPED } from '../plot';
import type { Step } from '../step';
import { JUNE_WRITES } from '../writers';

export const typed: Step = {
  title: 'June types a function',
  async play(stage) {
    const { editor, ledger } = stage;
    const [header, body] = TYPED.keys;
    await editor.text.open(TYPED.path);
    await editor.text.goto(ledger.text(TYPED.path).split('\n').length);
    await editor.press('Enter');
    await editor.type(header, 15);
    await editor.press('Enter');
    await editor.type(body, 15);
    await editor.press('ArrowDown', 'End', 'Enter');
    await editor.text.save();
    ledger.note(JUNE_WRITES, { replace: { path: TYPED.path, old: '', new: TYPED.text } });
    const told = await expectRecorded(stage, [TYPED.path]);
    await stage.shot('a-person-types');
    return told;
  },
};
