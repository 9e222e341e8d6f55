import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  callsItselfReading,
  givenTo,
  plainPath,
  removesFolders,
} from '../../../../src/provenance/assistants/hook-payloads/effects-of-unknown-tool';

describe('a tool that no assistant declares', () => {
  it('only a name that says so (read, list, search) makes it a reading tool', () => {
    for (const name of [
      'mcp__files__read_file',
      'readFile',
      'mcp__git__git_diff',
      'github/get_file_contents',
      'list-directory',
      'searchSymbols',
      'mcp_files_read_text_file',
      'directory_tree',
      'MCP:find_files',
    ])
      assert.ok(callsItselfReading(name), name);
    for (const name of [
      'mcp__files__write_file',
      'find_and_replace',
      'get_or_create',
      'read_write',
      'edit',
      'mcp__read__write',
      'move_file',
      'applyDiff',
      'search_replace',
      'fetch_and_save',
      'download_file',
      'list_delete',
      'xyz',
      '',
      '__',
      'toString',
    ])
      assert.ok(!callsItselfReading(name), name);
    assert.ok(
      removesFolders('mcp__files__delete_directory') &&
        removesFolders('moveFile') &&
        !removesFolders('mcp__remove__write_file'),
    );
  });

  it('every text of its input that may be a path or a command is found, however nested', () => {
    const { paths, commands } = givenTo({
      opts: { where: ['infra/a', { deep: 'infra/b' }] },
      files: { 'infra/c': 'text\nof it' },
      cmd: 'rm x',
      argv: ['rm', 'y'],
    });
    for (const one of ['infra/a', 'infra/b', 'infra/c']) assert.ok(paths.includes(one), one);
    assert.ok(!paths.includes('text\nof it'));
    assert.ok(commands.includes('rm x') && commands.includes('rm y'));
  });

  it('file URLs become paths', () => {
    assert.equal(plainPath('file:///a/b%20c/%70rod.tf?x#y'), '/a/b c/prod.tf');
    assert.equal(plainPath('FILE://localhost/a'), '/a');
    assert.equal(plainPath('file:///C:/a'), 'C:/a');
    assert.equal(plainPath('file:///a%zz'), '/a%zz');
    assert.equal(plainPath('a%20b'), 'a%20b');
  });

  it('any input is searched without an error, up to 500 paths', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 12 }), (input) => {
        const { paths, commands } = givenTo(input);
        assert.ok(paths.length + commands.length <= 502);
      }),
      { numRuns: 200 },
    );
    assert.ok(givenTo(Array.from({ length: 100_000 }, (_, index) => `p${String(index)}`)).paths.length <= 500);
  });
});
