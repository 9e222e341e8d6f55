import assert from 'node:assert/strict';
import { asRead } from '../../../src/editor/preview-markdown';

describe("the gate's Markdown in the editor's preview", () => {
  it('has a word in place of a box, and no mark that a font may lack', () => {
    assert.equal(
      asRead('## ❌ Fail: 1 sign-off missing.\n\n- [x] Read by a mid.\n- [ ] **A senior.** AI wrote it.\n- plain\n'),
      '## Fail: 1 sign-off missing.\n\n- *Met:* Read by a mid.\n- **A senior.** AI wrote it.\n- plain\n',
    );
  });

  it('leaves what looks like it inside a line', () => {
    const text = 'Use `- [ ] x` in a list, and ✅ in a text.\n';
    assert.equal(asRead(text), text);
  });
});
