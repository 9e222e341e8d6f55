/** Django's migrations beside the models that they were made from. */
import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';

const migration = (operations: string): Parameters<typeof findInChanges>[0][number] => ({
  path: 'shop/migrations/0002_state.py',
  from: null,
  before: null,
  after: `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
${operations}
    ]
`,
});
const models = (before: string, after: string): Parameters<typeof findInChanges>[0][number] => {
  const file = (field: string): string =>
    `from django.db import models\n\n\nclass Order(models.Model):\n    ${field}\n    note = models.TextField()\n`;
  return { path: 'shop/models.py', from: null, before: file(before), after: file(after) };
};
const rules = async (...changes: Parameters<typeof findInChanges>[0]): Promise<readonly string[]> =>
  (await findInChanges(changes, TOOLS)).map(({ rule }) => rule);

describe("a Django migration's AlterField", () => {
  const altered = migration(
    '        migrations.AlterField(model_name="order", name="state", field=models.CharField(choices=[("a", "A")], max_length=20)),',
  );

  it('no finding when the models show that the column keeps its size or grows', async () => {
    const was = 'state = models.CharField(max_length=20)';
    const is = 'state = models.CharField(\n        choices=[("a", "A")],\n        max_length=20,\n    )';
    assert.deepEqual(await rules(altered, models(was, is)), []);
    assert.deepEqual(await rules(altered, models('state = models.CharField(max_length=10)', is)), []);
  });

  it('one finding when the models show that the column gets narrower or another type', async () => {
    for (const was of ['state = models.CharField(max_length=200)', 'state = models.TextField()'])
      assert.deepEqual(await rules(altered, models(was, 'state = models.CharField(max_length=20)')), [
        'destructive/sql-narrowing',
      ]);
  });

  it('one finding of low severity for all fields when no model shows what they were', async () => {
    const two = migration(
      ['state', 'note']
        .map(
          (name) =>
            `        migrations.AlterField(name="${name}", model_name="order", field=models.CharField(max_length=20)),`,
        )
        .join('\n'),
    );
    const found = await findInChanges([two], TOOLS);
    assert.deepEqual(
      found.map(({ rule, severity, alsoIn }) => [rule, severity, alsoIn?.length]),
      [['destructive/sql-narrowing', 'low', 1]],
    );
  });

  it('no finding when the change has models, but not this one', async () => {
    const other = { ...models('state = models.TextField()', 'state = models.CharField(max_length=20)') };
    const named = (text: string | null): string => (text ?? '').replace('class Order', 'class Basket');
    const basket = { ...other, before: named(other.before), after: named(other.after) };
    assert.deepEqual(await rules(altered, basket), []);
    assert.deepEqual(await rules(altered, other), ['destructive/sql-narrowing']);
  });
});

describe("a Django migration's SeparateDatabaseAndState", () => {
  const removal = 'migrations.RemoveField(model_name="order", name="state")';

  it('no finding when only the state changes', async () => {
    for (const operations of [
      `        migrations.SeparateDatabaseAndState(state_operations=[${removal}]),`,
      `        migrations.SeparateDatabaseAndState(\n            database_operations=[],\n            state_operations=[\n                ${removal},\n            ],\n        ),`,
    ])
      assert.deepEqual(await rules(migration(operations)), [], operations);
  });

  it('one finding when the database changes', async () => {
    for (const operations of [
      `        migrations.SeparateDatabaseAndState(database_operations=[${removal}]),`,
      `        migrations.SeparateDatabaseAndState(\n            state_operations=[],\n            database_operations=[\n                ${removal},\n            ],\n        ),`,
      `        migrations.SeparateDatabaseAndState([${removal}]),`,
      `        ${removal},`,
    ])
      assert.deepEqual(await rules(migration(operations)), ['destructive/orm-drop'], operations);
  });
});
