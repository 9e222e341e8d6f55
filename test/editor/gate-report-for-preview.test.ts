import assert from 'node:assert/strict';
import { asRead } from '../../src/editor/gate-report-for-preview';

describe("asRead: the gate's Markdown for VS Code's preview", () => {
  it('turns check boxes into words, and drops emoji', () => {
    assert.equal(
      asRead('## ❌ Fail: 1 sign-off missing.\n\n- [x] Read by a mid.\n- [ ] **A senior.** AI wrote it.\n- plain\n'),
      '## Fail: 1 sign-off missing.\n\n- *Met:* Read by a mid.\n- **A senior.** AI wrote it.\n- plain\n',
    );
  });

  it('keeps what looks like a check box or a mark inside a line', () => {
    const text = 'Use `- [ ] x` in a list, and ✅ in a text.\n';
    assert.equal(asRead(text), text);
  });
});
