import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignatureError, signText } from '../../../src/base/signatures';

describe('a signature with an SSH key', () => {
  it('signText: says what ssh-keygen said from its first letter when there is no such key', () => {
    const key = path.join(tmpdir(), 'linekeeper-no-key');
    assert.throws(
      () => signText('text', { key, namespace: 'linekeeper' }),
      (error) => error instanceof SignatureError && /could not sign: [A-Z][a-z].*No such file/.test(error.message),
    );
  });
});
