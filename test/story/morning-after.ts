/** The command that an agent ran, and what people do about it the morning after. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { SshKeys } from '../support/ssh-keys';
import type { Place } from './clones';

/** What June asks Claude Code, and how it goes about it. */
export const TIDY_UP = {
  prompt: 'Take the old stack away.',
  command: '(cd infra/prod && terraform destroy -auto-approve)',
  reason: 'the old stack is gone',
} as const;

/** What Claude Code leaves in the repository in that session. */
export const NOTE = {
  path: 'docs/stacks.md',
  content: '# Stacks\n\nThere is one stack. The old one is gone.\n',
  subject: 'Say that the old stack is gone',
} as const;
/** What Ben writes down the morning after. */
export const LESSON = 'Name the stack in the command, and look at the plan before anybody signs.';

/** All that Terraform says in the end: it names nothing. */
export const DESTROYED = 'Destroy complete! Resources: 14 destroyed.';
export const WRONG_STACK = 'The service is gone';

/** Keys of the people who sign; the same ones each time. */
export const keysOf = (place: Place): SshKeys => new SshKeys(place.outside('.'));

/** A folder with a program that stands in for Terraform: the story has no cloud to destroy anything in. */
export function standInForTerraform(place: Place): string {
  const folder = place.outside('terraform');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'terraform'), `#!/bin/sh\necho "${DESTROYED}"\n`, { mode: 0o755 });
  return folder;
}

/** What a terminal shows, without the codes that move its cursor. */
export const plain = (shown: string): string => stripVTControlCharacters(shown);

/** Rows that belong together, on one line. */
export const flat = (text: string): string => text.replace(/\n +/g, ' ');
