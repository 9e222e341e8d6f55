import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asAda } from '../after-merge';
import type { Place } from '../clones';
import { keysOf } from '../morning-after';

const DETECT = '    detect: [destructive, permissions, secrets]\n';
const VERSION = 'version: 1\n';
const PROMPTS = 'prompts: redacted # kept with the commits that they led to\n';
const RUNS = 'runs: { keep: digest, time: minute, reason: true } # when an agent ran something, and why\n';
const AGENTS = '    agents: deny-destructive # one may run with a signature of a senior\n';

export const forbidden = {
  title: 'Ada keeps destructive commands from agents, and lists the keys whose signatures count',
  play(place: Place): Promise<string[]> {
    const { git, root } = asAda(place);
    const policy = path.join(root, '.linekeeper.yml');
    const text = readFileSync(policy, 'utf8');
    assert.ok(text.includes(DETECT), text);
    assert.ok(text.startsWith(VERSION), text);
    writeFileSync(policy, text.replace(VERSION, `${VERSION}${PROMPTS}${RUNS}`).replace(DETECT, `${DETECT}${AGENTS}`));
    writeFileSync(path.join(root, '.github', 'allowed_signers'), keysOf(place).allowed(['ada', 'ben']));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Keep destructive commands from agents');
    git('push', '--quiet', 'origin', 'main');
    return Promise.resolve([
      `.linekeeper.yml, tier critical: ${AGENTS.trim()}`,
      '.github/allowed_signers: ada@example.com, ben@example.com',
    ]);
  },
};
