import assert from 'node:assert/strict';
import { policyJsonSchema } from '../../../src/policy/file/schema';
import { matchesGolden } from '../../support/golden';

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

describe('the JSON Schema of the policy', () => {
  it('equals media/policy.schema.json', () => {
    matchesGolden('media/policy.schema.json', `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
  });

  it('has a description for every key', () => {
    const bare: string[] = [];
    const visit = (node: unknown, name: string): void => {
      if (!isNode(node)) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === 'properties' && isNode(value)) {
          for (const [property, schema] of Object.entries(value))
            if (isNode(schema) && typeof schema['description'] !== 'string') bare.push(`${name}.${property}`);
        }
        visit(value, `${name}.${key}`);
      }
    };
    visit(policyJsonSchema(), '');
    assert.deepEqual(bare, []);
  });

  it('allows no unknown keys', () => {
    const open: string[] = [];
    const visit = (node: unknown, name: string): void => {
      if (!isNode(node)) return;
      if ('properties' in node && node['additionalProperties'] !== false) open.push(name);
      for (const [key, value] of Object.entries(node)) visit(value, `${name}.${key}`);
    };
    visit(policyJsonSchema(), '');
    assert.deepEqual(open, []);
  });
});
