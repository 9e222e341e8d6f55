import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseCoverage, readCoverage, untestedAiLines } from '../../../src/review/test-coverage';
import { file, range } from '../../support/review-facts';

const REPORTS: Readonly<Record<string, string>> = {
  lcov: 'TN:\nSF:/w/src/a.ts\nDA:1,3\nDA:2,0\nDA:3,0\nDA:5,0\nend_of_record\n',
  cobertura:
    '<?xml version="1.0" ?>\n<!DOCTYPE coverage>\n<coverage line-rate="0.2"><packages><package name="src"><classes><class name="a" filename="src/a.ts"><lines><line number="1" hits="3"/><line number="2" hits="0"/><line number="3" hits="0" branch="false"/><line number="5" hits="0"/></lines></class></classes></package></packages></coverage>',
  jacoco:
    '<?xml version="1.0"?><report name="x"><package name="src"><class name="src/A" sourcefilename="a.ts"/><sourcefile name="a.ts"><line nr="1" mi="0" ci="3" mb="0" cb="0"/><line nr="2" mi="2" ci="0"/><line nr="3" mi="2" ci="0"/><line nr="5" mi="1" ci="0"/></sourcefile></package></report>',
  go: 'mode: set\nexample.com/w/src/a.ts:1.1,1.9 1 3\nexample.com/w/src/a.ts:2.1,3.2 1 0\nexample.com/w/src/a.ts:5.1,5.2 1 0\n',
};

describe("test coverage of AI's lines", () => {
  for (const [format, text] of Object.entries(REPORTS)) {
    it(`a report in ${format} says which of them no test runs`, () => {
      const coverage = parseCoverage(text);
      assert.equal(coverage?.format, format);
      const found = untestedAiLines(
        [file('src/a.ts', { ranges: [range(1, 3, 'ai'), range(5, 5, 'human')] })],
        coverage,
        '/w',
      );
      assert.deepEqual(found, {
        runnable: 3,
        untested: 2,
        files: [{ path: 'src/a.ts', lines: [{ start: 2, end: 3 }] }],
        unmeasured: [],
      });
    });
  }

  it('the name of a report shows no folder outside the repository', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'coverage-'));
    const root = path.join(folder, 'work');
    mkdirSync(path.join(root, 'out'), { recursive: true });
    for (const place of [path.join(folder, 'lcov.info'), path.join(root, 'out', 'lcov.info')])
      writeFileSync(place, REPORTS['lcov'] ?? '');
    const nameOf = (name: string): string | undefined => readCoverage(root, name)?.file;
    assert.deepEqual(
      [path.join(folder, 'lcov.info'), '../lcov.info', path.join(root, 'out/lcov.info'), 'out/lcov.info'].map(nameOf),
      ['lcov.info', 'lcov.info', 'out/lcov.info', 'out/lcov.info'],
    );
    rmSync(folder, { recursive: true });
  });

  it("a report's file is not matched with another file of the same name", () => {
    const coverage = parseCoverage('SF:index.ts\nDA:1,0\nend_of_record\nSF:src/b.ts\nDA:1,0\nend_of_record\n');
    assert.ok(coverage);
    const changed = ['src/a/index.ts', 'src/b/index.ts', 'src/b.ts', 'c.ts'].map((path) =>
      file(path, { ranges: [range(1, 1, 'ai')] }),
    );
    assert.deepEqual(untestedAiLines(changed, coverage, '/w').unmeasured, ['src/a/index.ts', 'src/b/index.ts', 'c.ts']);
  });

  for (const text of [
    '',
    'hello',
    '<html></html>',
    '<coverage',
    '{"a":1}',
    'mode: odd\n',
    `<coverage ${'a="'.repeat(50_000)}`,
    '<!DOCTYPE coverage [<!ENTITY x SYSTEM "file:///etc/passwd">]><coverage><class filename="&x;"><line number="1" hits="0"/></class></coverage>',
  ]) {
    it(`other text is no report: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const files = [...(parseCoverage(text)?.files.keys() ?? [])];
      assert.ok(files.every((name) => name === '&x;'));
    });
  }
});
