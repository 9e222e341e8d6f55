/** Where a command acts that changes to another folder by an option. */
import assert from 'node:assert/strict';
import { actsIn } from '../../src/guard/folders-of-command';
import { stepsOf } from '../../src/danger/shell';
import { NO_FILES } from '../support/no-files';

const foldersOf = (command: string): readonly (readonly string[])[] =>
  [...stepsOf(command, { cwd: '/repo', home: '/home/ada', root: '/repo', files: NO_FILES })].map(
    ({ invocation, folders }) => actsIn(invocation, folders),
  );

describe('the folder that a command acts in', () => {
  for (const [command, folder] of [
    ['terraform destroy', '/repo'],
    ['terraform -chdir=prod destroy -auto-approve', '/repo/prod'],
    ['terraform -chdir=prod -chdir=eu destroy', '/repo/prod/eu'],
    ['cd infra && tofu -chdir=../prod destroy', '/repo/prod'],
    ['make -C prod destroy', '/repo/prod'],
    ['make --directory=prod destroy', '/repo/prod'],
    ['pulumi --cwd prod destroy', '/repo/prod'],
    ['echo -chdir=prod', '/repo'],
    ['terraform -chdir="$WHERE" destroy', '/repo'],
  ] as const)
    it(`is ${folder} for ${command}`, () => {
      assert.deepEqual(foldersOf(command).at(-1), [folder]);
    });
});
