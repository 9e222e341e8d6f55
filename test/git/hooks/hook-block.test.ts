import assert from 'node:assert/strict';
import { block, blockIn, withBlock, withoutBlock } from '../../../src/git/hooks/hook-block';

describe("our block in a git hook's file", () => {
  const first = block('pre-push', 'lk_run one\n');
  const second = block('pre-push', 'lk_run two\nexit 0\n');

  it('makes up a new file, below its first line', () => {
    const file = withBlock(undefined, first);
    assert.equal(file, `#!/bin/sh\n${first}`);
    assert.equal(withoutBlock(file), undefined);
  });

  it('is replaced and removed without touching the text around it', () => {
    for (const [above, below] of [
      ['#!/bin/sh\n', 'git lfs pre-push "$@"\n'],
      ['#!/usr/bin/env bash\nset -e\r\n\n', '\n\nexit 3'],
      ['', 'caf\xe9 \xff\x00\n'],
      ['#!/bin/sh\n# >>> another\n# <<< another\n', ''],
    ] as const) {
      const file = above + first + below;
      assert.equal(withBlock(file, second), above + second + below);
      assert.equal(blockIn(file), first);
      assert.equal(withoutBlock(file), above + below === '#!/bin/sh\n' ? undefined : above + below);
    }
  });

  it('without an end mark ends with the last line of ours', () => {
    const old = '# Linekeeper hook: pre-push. Old.\nlk_git=.git\nif x; then\n  y\nfi\nlk_run "$@"\nexit 0\n';
    const file = `#!/bin/sh\n${old}\necho mine\n`;
    assert.equal(withBlock(file, second), `#!/bin/sh\n${second}\necho mine\n`);
    assert.equal(withoutBlock(file), '#!/bin/sh\n\necho mine\n');
  });

  it('is not found in a line that only mentions it', () => {
    assert.equal(blockIn('#!/bin/sh\necho "# Linekeeper hook: x"\n'), undefined);
    assert.equal(withoutBlock('#!/bin/sh\necho\n'), '#!/bin/sh\necho\n');
  });
});
