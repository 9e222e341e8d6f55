import assert from 'node:assert/strict';
import { circlesIn, importsIn, sourceFiles } from './imports';

/** Where a type that a table and its rows share still leads back to the table. */
const TYPES_LEAD_BACK = /^src\/(?:danger|gate\/(?:disclosures|range|ports)|git\/hooks|forge\/api|editor\/recording)\b/;

describe('the imports of src', () => {
  const files = sourceFiles();
  const imports = importsIn(files);

  it('are read: of values, of types, and on demand', () => {
    for (const kind of ['value', 'type', 'late'] as const)
      assert.ok(imports.filter((one) => one.kind === kind).length > 30, kind);
  });

  it('lead in no circle, import() included', () => {
    assert.deepEqual(circlesIn(imports.filter(({ kind }) => kind !== 'type')), []);
  });

  it('lead in no circle by a type either, apart from rooms that are known for it', () => {
    assert.deepEqual(
      circlesIn(imports).filter((circle) => !circle.every((file) => TYPES_LEAD_BACK.test(file))),
      [],
    );
  });

  it('a circle is found where there is one', () => {
    const late = [
      { from: 'a', to: 'b', kind: 'value' },
      { from: 'b', to: 'c', kind: 'late' },
      { from: 'c', to: 'a', kind: 'value' },
      { from: 'c', to: 'd', kind: 'value' },
    ] as const;
    assert.deepEqual(circlesIn(late), [['a', 'b', 'c']]);
    assert.deepEqual(circlesIn(late.filter(({ kind }) => kind !== 'late')), []);
  });
});
