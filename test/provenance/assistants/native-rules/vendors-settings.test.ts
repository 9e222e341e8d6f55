/** What `install --enforce` writes, against what each vendor publishes of its settings (`test/fixtures/vendors-settings.json`). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { parse as parseYaml } from 'yaml';
import { DIALECTS, writeRules } from '../../../../src/provenance/assistants/native-rules';
import { readToml } from '../../../../src/provenance/assistants/permissions/read-toml';
import { known, Machine, rulesOf } from '../../../support/native-rules';

interface Published {
  readonly assistant: string;
  /** The files that it is about, as a pattern. */
  readonly files: string;
  readonly schema: AnySchema;
}

const PUBLISHED = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../../fixtures/vendors-settings.json'), 'utf8'),
) as readonly Published[]; // our own file

/** Beginnings of commands, each with its answer: `prefix_rule(pattern = ["a", "b"], decision = "prompt")`. */
const RULES_LINE = /^(?:#.*|prefix_rule\(pattern = \["[^"]*"(?:, "[^"]*")*\], decision = "(?:forbidden|prompt)"\)|)$/;

function valueOf(file: string, text: string): unknown {
  if (file.endsWith('.toml')) return JSON.parse(JSON.stringify(readToml(text).value));
  return file.endsWith('.yaml') ? parseYaml(text) : JSON.parse(text);
}

/** What is wrong with a file, as its vendor says what may be in it; undefined where nothing is said of it. */
function wrongIn(assistant: string, file: string, text: string): readonly unknown[] | undefined {
  if (file.endsWith('.rules')) return text.split('\n').filter((line) => !RULES_LINE.test(line));
  const published = PUBLISHED.find((one) => one.assistant === assistant && new RegExp(one.files).test(file));
  if (published === undefined) return undefined;
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strict: true, strictRequired: false }).compile(
    published.schema,
  );
  return validate(valueOf(file, text)) ? [] : (validate.errors ?? []);
}

describe('the rules of a policy and what vendors publish of their settings', () => {
  for (const { id, scopes } of DIALECTS)
    for (const scope of scopes) {
      // there, the administrator's place is for hooks alone
      if (id === 'cursor' && scope === 'managed') continue;
      for (const sandbox of [false, true])
        it(`${id}, ${scope}${sandbox ? ', with its sandbox' : ''}: is valid when rules of every kind are written`, () => {
          using machine = new Machine();
          const { assistant, dialect } = known(id);
          const rules = rulesOf(machine.root, { askedTools: ['staging__deploy'] });
          const { files } = writeRules(assistant, dialect, rules, machine.options(scope, { sandbox }));
          const judged = files.flatMap((file) => {
            const wrong = wrongIn(id, file, readFileSync(file, 'utf8'));
            return wrong === undefined ? [] : [{ file, wrong }];
          });
          assert.ok(judged.length > 0, files.join(', '));
          for (const { file, wrong } of judged) assert.deepEqual(wrong, [], file);
        });
    }
});
