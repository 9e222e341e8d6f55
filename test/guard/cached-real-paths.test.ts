import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { realPaths } from '../../src/guard/cached-real-paths';
import '../support/seed';

describe('realPaths', () => {
  let top: string;
  beforeEach(() => {
    top = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper-real-paths-')));
  });
  afterEach(() => {
    rmSync(top, { recursive: true, force: true });
  });
  const at = (...names: string[]): string => path.join(top, ...names);

  function quietly<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch {
      return undefined;
    }
  }

  it('agree with the operating system for random trees of links', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const place = fc.array(name, { minLength: 1, maxLength: 3 });
    const target = fc.array(fc.constantFrom('a', 'b', '..'), { minLength: 1, maxLength: 3 });
    const entry = fc.record({
      kind: fc.constantFrom('folder', 'file', 'link', 'link'),
      where: place,
      target,
      absolute: fc.boolean(),
    });
    let round = 0;
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 12 }),
        fc.array(place, { minLength: 1, maxLength: 8 }),
        (entries, asked) => {
          const base = at(String(round++));
          mkdirSync(base);
          for (const { kind, where, target, absolute } of entries) {
            const file = path.join(base, ...where);
            quietly(() => {
              if (kind === 'folder') mkdirSync(file);
              else if (kind === 'file') writeFileSync(file, '');
              else symlinkSync(absolute ? path.join(base, ...target) : target.join('/'), file);
            });
          }
          const real = realPaths();
          for (const words of asked) {
            const found = real(path.join(base, ...words));
            const known = quietly(() => realpathSync(path.join(base, ...words)));
            if (known === undefined) continue;
            compared++;
            assert.equal(found, known);
          }
        },
      ),
      { numRuns: 1000 },
    );
    assert.ok(compared > 100, `${String(compared)} paths were there`);
  });

  it('resolve the existing part of a path that does not exist yet', () => {
    mkdirSync(at('folder'));
    symlinkSync('folder', at('link'));
    symlinkSync('link/new/file', at('dangling'));
    writeFileSync(at('file'), '');
    const real = realPaths();
    assert.deepEqual(
      [
        at('link', 'new'),
        at('dangling'),
        at('none', 'at', 'all'),
        at('file', 'below'),
        at('none', 'other'),
        path.parse(top).root,
      ].map(real),
      [
        at('folder', 'new'),
        at('folder', 'new', 'file'),
        at('none', 'at', 'all'),
        at('file', 'below'),
        at('none', 'other'),
        path.parse(top).root,
      ],
    );
  });

  it('give up on circles and on 100 nested links, without forgetting shorter chains', () => {
    symlinkSync('circle', at('circle'));
    writeFileSync(at('guarded'), '');
    for (let i = 0; i < 100; i++) symlinkSync(i === 0 ? 'guarded' : String(i - 1), at(String(i)));
    const real = realPaths();
    assert.equal(path.dirname(real(at('circle'))), top);
    assert.notEqual(real(at('99')), at('guarded'), 'no system follows so many');
    for (const i of [35, 36, 20, 60]) assert.equal(real(at(String(i))), at('guarded'));
  });
});
