import assert from 'node:assert/strict';
import { circlesIn, importsIn, sourceFiles } from './imports';

/** Where a type that a table and its rows share still leads back to the table. */
const TYPES_LEAD_BACK =
  /^src\/(?:danger|review\/gate\/(?:disclosures|range|gate-input-types)|git\/hooks|review\/forges\/client-parts|editor\/recording)\b/;

describe('imports of src', () => {
  const files = sourceFiles();
  const imports = importsIn(files);

  it('value, type and dynamic imports are all read', () => {
    for (const kind of ['value', 'type', 'late'] as const)
      assert.ok(imports.filter((one) => one.kind === kind).length > 30, kind);
  });

  it('values lead in no circle, dynamic imports included', () => {
    assert.deepEqual(circlesIn(imports.filter(({ kind }) => kind !== 'type')), []);
  });

  it('types lead in no circle outside the rooms listed for it', () => {
    assert.deepEqual(
      circlesIn(imports).filter((circle) => !circle.every((file) => TYPES_LEAD_BACK.test(file))),
      [],
    );
  });

  it('arrows between floors: none goes up, with types and dynamic imports read too', () => {
    const FLOORS = ['base', 'git', 'provenance', 'danger', 'policy', 'guard', 'review', 'aftermath', 'cli', 'editor'];
    const floorOf = (file: string): number => FLOORS.indexOf(file.split('/')[1] ?? '');
    const arrows = imports.filter(({ from, to }) => floorOf(from) >= 0 && floorOf(from) !== floorOf(to));
    const names = new Set(arrows.map(({ from, to }) => `${String(floorOf(from))} ${String(floorOf(to))}`));
    assert.ok(names.size > 20, 'few arrows are left: is this test still looking at the right place?');
    assert.deepEqual(
      arrows.filter(({ from, to }) => floorOf(to) < 0 || floorOf(from) < floorOf(to)),
      [],
    );
  });

  it('circlesIn finds a circle', () => {
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
