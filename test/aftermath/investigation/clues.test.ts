/** What texts of outages are read as. */
import assert from 'node:assert/strict';
import { connections } from '../../../src/aftermath/investigation/clues-in-text/failed-connections';
import { dependencies } from '../../../src/aftermath/investigation/clues-in-text/failing-libraries';
import { isNamed } from '../../../src/aftermath/investigation/suspects-by-danger';
import { limits } from '../../../src/aftermath/investigation/clues-in-text/exhausted-limits-and-bad-certificates';
import { matchClues } from '../../../src/aftermath/investigation/clues-to-changes';
import { namesIn } from '../../../src/aftermath/investigation/clues-to-changes/normalize-names';

describe("clues in an incident's log", () => {
  it('the clue of an error name matches the whole word, never a part of a longer name', () => {
    for (const line of [
      "ERROR costs: DBInstanceNotFound: DBInstance 'costs-prod' has no tables",
      'ResourceNotFoundException: Requested resource not found',
      'PipelineTimedOut',
      'class TypeNoAuthority',
    ])
      assert.deepEqual(connections([line]), [], line);
    for (const line of ['SystemFile', 'at openFile (/srv/a.js:1:2)']) assert.deepEqual(limits([line]), [], line);
  });

  it('an error code such as ENOTFOUND, ETIMEDOUT or EMFILE becomes a sentence about what failed', () => {
    for (const [line, says] of [
      ['Error: getaddrinfo ENOTFOUND db.internal', 'a host has no address (db.internal)'],
      ['Error: connect ETIMEDOUT 10.0.0.7:5432', 'a host does not answer'],
      ['connect ECONNREFUSED 127.0.0.1:6379', 'a host refuses to be connected to'],
    ] as const)
      assert.equal(connections([line])[0]?.says, says);
    assert.equal(limits(['Error: EMFILE: too many open files']).length, 1);
  });

  it("the name of a library's error names the library, marked as one that may only pass the error on", () => {
    for (const [line, library] of [
      ['psycopg.OperationalError: another command is already in progress', 'psycopg'],
      ['requests.exceptions.ConnectionError: refused', 'requests'],
      ['Redis::CannotConnectError', 'redis'],
      ['ZodError has issues but no errors', 'zod'],
    ] as const)
      assert.deepEqual(
        dependencies([line]).map((clue) => [clue.library, clue.isMessenger]),
        [[library, true]],
        line,
      );
    assert.deepEqual(dependencies(['java.lang.IllegalStateError', 'the error is gone']), []);
  });

  it('isNamed is true when the finding and the log name the same kind of resource and the same resource', () => {
    const danger = 'deletion_protection is switched off for aws_db_instance.costs. (destructive/tf-protection-off)';
    assert.ok(isNamed(danger, 'ERROR costs: DBInstanceNotFound: DBInstance costs-prod has no tables'));
    assert.ok(!isNamed(danger, 'ERROR costs: TypeError: total is not a function'));
    assert.ok(!isNamed(danger, 'DBInstanceNotFound: DBInstance orders-prod'));
  });

  it('names of a host: are the whole and its first label when a domain follows', () => {
    const [clue] = connections(['Error: getaddrinfo ENOTFOUND orders-db.prod.acme.example']);
    assert.deepEqual(clue?.names, ['orders-db.prod.acme.example', 'orders-db']);
  });

  it('a suspected change: says what stood there before when the line has a former one', () => {
    const text = 'host: orders-db.acme.example';
    const says = (counterpart: string | null): string[] => {
      const found: string[] = [];
      const line = {
        side: 'added' as const,
        line: 3,
        text,
        names: namesIn(text),
        scope: null,
        counterpart,
        isElsewhere: false,
      };
      matchClues(
        connections(['Error: getaddrinfo ENOTFOUND orders-db.acme.example']),
        new Map([['c1', [{ path: 'config/app.yml', names: new Set<string>(), lines: [line] }]]]),
        (_, __, sentence) => found.push(sentence),
      );
      return found;
    };
    assert.match(
      says('host: orders.acme.example')[0] ?? '',
      /sets "host: orders-db\.acme\.example" \(was "host: orders/,
    );
    assert.match(says(null)[0] ?? '', /adds "host: orders-db\.acme\.example" in config\/app\.yml:3/);
  });
});
