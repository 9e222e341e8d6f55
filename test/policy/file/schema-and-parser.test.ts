/** The JSON Schema that editors use and the parser that decides say the same of a policy. */
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { parsePolicy } from '../../../src/policy/file/parse';
import { policyJsonSchema } from '../../../src/policy/file/schema';

const TIERS = 'tiers: [{ name: standard, paths: ["**"] }]\n';
const tier = (parts: string): string => `tiers: [{ name: standard, paths: ["**"], ${parts} }]\n`;

const VALID: Readonly<Record<string, string>> = {
  'unknown in one word': `unknown: human\n${TIERS}`,
  'unknown by cause': `unknown: { default: ai, no-recorder: ask }\n${TIERS}`,
  'unknown by cause, the rest left out': `unknown: { no-recorder: human }\n${TIERS}`,
  'runs with their details': `runs: { keep: redacted, time: minute, reason: true, for: 365d }\n${TIERS}`,
  'runs without end': `runs: { keep: digest }\n${TIERS}`,
  'prompts for a time': `prompts: { keep: digest, for: 90d }\n${TIERS}`,
  'trailers of ours only': `trailers: { others: ours-only, session: true }\n${TIERS}`,
  'suggestions whose authors may sign': `co-authors: { of-suggestions: may-sign }\n${TIERS}`,
  'signers of vendored policies': `policy-signers: [.github/policy_signers]\n${TIERS}`,
  'levels of their own': `levels: [author, reviewer]\nunlisted: author\npeople: { reviewer: [ada@example.com] }\n${tier('review: { any: { from: reviewer }, ai: { author: { from: reviewer } } }')}`,
  'one level': `levels: [colleague]\n${tier('review: { any: { approvals: 1 } }')}`,
  'a freeze': `freeze: [{ from: 2026-12-19, to: 2027-01-04, tiers: [standard], only: ai, except: [emergency] }]\n${TIERS}`,
  'requirements beside approvals': tier(
    'review: { requires: { checks: [plan], plan: true, ai-lines: { at-most: 400 }, tested: ai-lines } }',
  ),
  'a signed requirement': tier('review: { any: { from: mid, signed: true, code-owner: true } }'),
  'a policy that observes': `mode: observe\n${TIERS}`,
};

const INVALID: Readonly<Record<string, string>> = {
  'a word that unknown does not have': `unknown: ask\n${TIERS}`,
  'a key that unknown does not have': `unknown: { otherwise: ai }\n${TIERS}`,
  'runs for a number': `runs: { keep: digest, for: 365 }\n${TIERS}`,
  'runs by the second': `runs: { keep: digest, time: second }\n${TIERS}`,
  'prompts for ever': `prompts: { keep: digest, for: ever }\n${TIERS}`,
  'other trailers': `trailers: { others: theirs }\n${TIERS}`,
  'signers outside of the repository': `policy-signers: [../signers]\n${TIERS}`,
  'signers in one word': `policy-signers: signers\n${TIERS}`,
  'a level with a capital': `levels: [Author]\n${TIERS}`,
  'a freeze without an end': `freeze: [{ from: 2026-12-19 }]\n${TIERS}`,
  'an unknown mode': `mode: watch\n${TIERS}`,
};

describe('the JSON Schema and the parser of a policy', () => {
  const isBySchema = new Ajv({ strict: false }).compile(policyJsonSchema());
  const isByParser = (text: string): boolean => parsePolicy(text).ok;

  for (const [name, rest] of Object.entries(VALID))
    it(`${name}: is valid for both when an editor and check read it`, () => {
      const text = `version: 1\n${rest}`;
      assert.deepEqual([isBySchema(parse(text)), isByParser(text)], [true, true], JSON.stringify(isBySchema.errors));
    });
  for (const [name, rest] of Object.entries(INVALID))
    it(`${name}: is refused by both when an editor and check read it`, () => {
      const text = `version: 1\n${rest}`;
      assert.deepEqual([isBySchema(parse(text)), isByParser(text)], [false, false]);
    });
});
