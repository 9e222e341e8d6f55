import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { judgeSql, type SqlOptions } from '../../../src/danger/sql';

/** `expect`: rules without `destructive/`, with their lines, in order: `sql-drop@1`. */
interface Case {
  readonly title: string;
  readonly sql: string;
  readonly expect?: readonly string[];
  readonly options?: SqlOptions;
}

const CASES: readonly Case[] = [
  { title: 'a table is dropped', sql: 'drop table if exists "public"."Users" cascade', expect: ['sql-drop@1'] },
  { title: 'comments hide nothing', sql: '/* a /* b */ c */ DROP/**/TABLE -- x\n t;', expect: ['sql-drop@1'] },
  { title: 'a comment within the word, as some servers read it', sql: 'DR/**/OP TABLE users', expect: ['sql-drop@1'] },
  { title: 'a comment that MySQL runs', sql: '/*!40000 DROP TABLE users */;', expect: ['sql-drop@1'] },
  { title: 'a hint is a comment', sql: 'SELECT /*+ DROP TABLE x */ 1;' },
  {
    title: 'what is in a string is no statement',
    sql: "SELECT 'DROP TABLE users; DELETE FROM t'; INSERT INTO log VALUES ('it''s; DROP TABLE x')",
  },
  {
    title: 'a backslash before the end of a string',
    sql: "INSERT INTO t VALUES ('C:\\'); DROP TABLE users; -- '",
    expect: ['sql-drop@1'],
  },
  { title: 'an escaped quote', sql: "INSERT INTO t VALUES ('it\\'s'); DELETE FROM users;", expect: ['sql-no-where@1'] },
  {
    title: 'names in every quoting',
    sql: 'DROP TABLE [dbo].[Users]\nGO\nDROP TABLE `a`.`b`;\nDROP TABLE db..t',
    expect: ['sql-drop@1', 'sql-drop@3', 'sql-drop@4'],
  },
  {
    title: 'database, schema, user, owned, partition',
    sql: 'DROP DATABASE x;\nDROP SCHEMA x CASCADE;\nDROP USER x;\nDROP OWNED BY x;\nALTER TABLE t DROP PARTITION p1;',
    expect: ['sql-drop@1', 'sql-drop@2', 'sql-drop@3', 'sql-drop@4', 'sql-drop@5'],
  },
  {
    title: 'keyspace, tablespace and materialized view',
    sql: 'DROP KEYSPACE k; \nDROP TABLESPACE ts INCLUDING CONTENTS;\nDROP MATERIALIZED VIEW IF EXISTS mv;',
    expect: ['sql-drop@1', 'sql-drop@2', 'sql-drop@3'],
  },
  {
    title: 'TRUNCATE',
    sql: 'TRUNCATE orders;\nTRUNCATE TABLE a, b RESTART IDENTITY CASCADE',
    expect: ['sql-drop@1', 'sql-drop@2'],
  },
  { title: 'the function TRUNCATE', sql: 'SELECT TRUNCATE(1.5, 0); TRUNCATE(1.5)' },
  {
    title: 'temporary tables',
    sql: 'CREATE TEMP TABLE x AS SELECT 1; DELETE FROM x; TRUNCATE x; DROP TABLE x; DROP TABLE #y; DROP TEMPORARY TABLE z; SELECT 1 AS a INTO #q; DELETE FROM #q; DROP TABLE pg_temp.z',
  },
  {
    title: 'temporary tables that are dropped before they are made',
    sql: 'DROP TABLE IF EXISTS gone; CREATE TEMP TABLE gone AS WITH del AS (SELECT id FROM t) SELECT id FROM del; SELECT * FROM gone',
  },
  { title: 'what another file of the change made', sql: 'DROP TABLE Invoices', options: { created: ['invoices'] } },
  {
    title: 'a table that is dropped before it is made has rows',
    sql: 'DROP TABLE t;\nCREATE TABLE t (a int);',
    expect: ['sql-drop@1'],
  },
  {
    title: 'but not in a dump of the schema',
    sql: 'DROP TABLE IF EXISTS t;\nCREATE TABLE t (a int);\nDROP TABLE u;',
    options: { dump: true },
    expect: ['sql-drop@3'],
  },
  {
    title: 'a view, an index, a trigger and a function that are made again',
    sql: 'DROP VIEW v; CREATE VIEW v AS SELECT 1; DROP INDEX i; CREATE INDEX i ON t (a); DROP TRIGGER g ON t; CREATE TRIGGER g AFTER DELETE ON t EXECUTE FUNCTION f(); DROP FUNCTION f; CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$',
  },
  {
    title: 'a table that is built again under its name',
    sql: 'CREATE TABLE new_t (a int);\nINSERT INTO new_t SELECT a FROM t;\nDROP TABLE t;\nALTER TABLE new_t RENAME TO t;',
  },
  {
    title: 'CREATE OR REPLACE TABLE',
    sql: 'CREATE OR REPLACE TABLE t (a int); CREATE OR REPLACE VIEW v AS SELECT 1',
    expect: ['sql-drop@1'],
  },
  { title: 'DELETE without WHERE', sql: 'DELETE FROM sessions', expect: ['sql-no-where@1'] },
  {
    title: 'its condition in a comment',
    sql: 'DELETE FROM users -- WHERE id = 1\n;DELETE FROM users /* WHERE id=1 */;',
    expect: ['sql-no-where@1', 'sql-no-where@2'],
  },
  {
    title: 'conditions that limit nothing',
    sql: [
      'DELETE FROM t WHERE 1=1',
      'DELETE FROM t WHERE true',
      "UPDATE t SET a=1 WHERE ('x' = 'x')",
      'DELETE FROM t WHERE a = 1 OR 1=1',
      'DELETE FROM t WHERE id = id',
      'DELETE FROM t WHERE 2 > 1',
      'DELETE FROM t WHERE id > 0',
      'DELETE FROM t WHERE NOT false',
    ].join(';\n'),
    expect: [1, 2, 3, 4, 5, 6, 7, 8].map((line) => `sql-no-where@${String(line)}`),
  },
  {
    title: 'conditions that limit',
    sql: 'DELETE FROM t WHERE a = 1; UPDATE t SET a = 1 WHERE 1=1 AND b = 2; DELETE FROM t WHERE 1=0; DELETE FROM t\nWHERE (a = 1\n OR b = 2); DELETE FROM t WHERE id = ?; DELETE FROM t WHERE $1 = a; DELETE FROM t WHERE a BETWEEN 1 AND 1',
  },
  {
    title: 'limits other than WHERE',
    sql: 'DELETE FROM t LIMIT 10; DELETE TOP (5) FROM t; UPDATE a SET x = 1 FROM a JOIN b ON a.id = b.id; DELETE a FROM a INNER JOIN b ON a.id = b.id',
  },
  {
    title: 'a WHERE inside a subquery is no limit',
    sql: 'UPDATE t SET a = (SELECT b FROM u WHERE u.id = t.id)',
    expect: ['sql-no-where@1'],
  },
  {
    title: 'a new column is filled',
    sql: 'ALTER TABLE users ADD COLUMN nick text, ADD active boolean;\nUPDATE users SET nick = name, active = true;',
  },
  {
    title: 'DELETE in a common table expression',
    sql: 'WITH gone AS (DELETE FROM users RETURNING *) INSERT INTO archive SELECT * FROM gone',
    expect: ['sql-no-where@1'],
  },
  {
    title: 'a common table expression that limits',
    sql: 'WITH d AS (SELECT *, row_number() OVER (PARTITION BY a) n FROM t) DELETE FROM d WHERE n > 1; WITH d AS (SELECT TOP 5 * FROM t) DELETE FROM d',
  },
  {
    title: 'a clause that looks like a statement',
    sql: 'CREATE TABLE a (b int REFERENCES c ON DELETE CASCADE ON UPDATE SET NULL); INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 1; INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1; SELECT * FROM t FOR UPDATE; CREATE TRIGGER x AFTER DELETE OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING',
  },
  {
    title: 'EXPLAIN plans',
    sql: 'EXPLAIN DELETE FROM users;\nEXPLAIN (FORMAT json) UPDATE t SET a = 1;\nEXPLAIN ANALYZE DELETE FROM users',
    expect: ['sql-no-where@3'],
  },
  {
    title: 'what is rolled back',
    sql: 'BEGIN;\nDELETE FROM users;\nROLLBACK;\nBEGIN;\nDELETE FROM users;\nCOMMIT;',
    expect: ['sql-no-where@5'],
  },
  {
    title: 'columns that go',
    sql: 'ALTER TABLE t DROP COLUMN a;\nALTER TABLE t DROP b;\nALTER TABLE t\n  ADD COLUMN c int,\n  DROP COLUMN IF EXISTS d CASCADE;\nALTER TABLE t DROP (e, f);\nALTER TABLE t SET UNUSED (g);',
    expect: [1, 2, 5, 6, 7].map((line) => `sql-drop-column@${String(line)}`),
  },
  {
    title: 'a column that came with the text',
    sql: 'ALTER TABLE t ADD COLUMN a int; ALTER TABLE t ALTER COLUMN a SET NOT NULL; ALTER TABLE t DROP COLUMN a',
  },
  {
    title: 'what loosens a column',
    sql: 'ALTER TABLE t ALTER COLUMN a DROP DEFAULT, ALTER COLUMN a DROP NOT NULL; ALTER TABLE t ALTER a SET DEFAULT 1; ALTER TABLE t ALTER COLUMN a DROP IDENTITY',
  },
  {
    title: 'narrowing',
    sql: 'ALTER TABLE t ALTER COLUMN a TYPE varchar(20);\nALTER TABLE t ALTER a SET DATA TYPE smallint USING a::smallint;\nALTER TABLE t MODIFY a VARCHAR(10);\nALTER TABLE t MODIFY COLUMN a tinyint;\nALTER TABLE dbo.t ALTER COLUMN a nvarchar(50) NULL;\nALTER TABLE t CHANGE a a char(3);\nALTER TABLE t MODIFY (a NUMBER(5));',
    expect: [1, 2, 3, 4, 5, 6, 7].map((line) => `sql-narrowing@${String(line)}`),
  },
  {
    title: 'widening',
    sql: "ALTER TABLE t ALTER COLUMN a TYPE text; ALTER TABLE t ALTER a TYPE bigint; ALTER TABLE t MODIFY a LONGTEXT; ALTER TABLE t ALTER COLUMN a TYPE varchar(500); ALTER TABLE t ALTER COLUMN a nvarchar(max); ALTER TABLE t ALTER COLUMN a TYPE numeric(20,4); ALTER TABLE t ALTER COLUMN a TYPE timestamptz USING a AT TIME ZONE 'UTC'",
  },
  {
    title: 'renames',
    sql: "ALTER TABLE t RENAME COLUMN a TO b;\nALTER TABLE t RENAME TO u;\nRENAME TABLE a TO b;\nALTER TABLE t CHANGE a b int;\nEXEC sp_rename 'dbo.t.a', 'b', 'COLUMN';\nALTER TABLE t RENAME a TO b;",
    expect: [1, 2, 3, 4, 5, 6].map((line) => `sql-rename@${String(line)}`),
  },
  {
    title: 'renames of what no code names',
    sql: 'ALTER INDEX a RENAME TO b; ALTER TABLE t RENAME CONSTRAINT a TO b; ALTER TABLE t RENAME INDEX a TO b',
  },
  {
    title: 'NOT NULL',
    sql: 'ALTER TABLE t ADD COLUMN a int NOT NULL;\nALTER TABLE t ALTER COLUMN b SET NOT NULL;\nALTER TABLE t MODIFY c text NOT NULL;',
    expect: [1, 2, 3].map((line) => `sql-not-null@${String(line)}`),
  },
  {
    title: 'NOT NULL with a value',
    sql: 'ALTER TABLE t ADD a int NOT NULL DEFAULT 0; ALTER TABLE t ADD b int GENERATED ALWAYS AS IDENTITY NOT NULL; UPDATE t SET c = 1 WHERE c IS NULL; ALTER TABLE t ALTER c SET NOT NULL',
  },
  {
    title: 'constraints and indexes that go',
    sql: 'ALTER TABLE t DROP CONSTRAINT c;\nDROP INDEX CONCURRENTLY IF EXISTS i;\nALTER TABLE t DROP FOREIGN KEY f;\nALTER TABLE t DROP PRIMARY KEY;\nDROP TRIGGER g ON t;',
    expect: [1, 2, 3, 4, 5].map((line) => `sql-drop-constraint@${String(line)}`),
  },
  { title: 'a constraint that is made again', sql: 'ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 0)' },
  {
    title: 'grants to everybody',
    sql: 'GRANT SELECT ON t TO PUBLIC;\nALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT ALL ON TABLES TO public;\nGRANT ALL ON ALL TABLES IN SCHEMA public TO anon, app',
    expect: ['permissions/db-grant@1', 'permissions/db-grant@2', 'permissions/db-grant@3'],
  },
  {
    title: 'administrators',
    sql: "GRANT ALL PRIVILEGES ON *.* TO 'a'@'%' WITH GRANT OPTION;\nALTER ROLE app WITH SUPERUSER;\nCREATE USER x LOGIN SUPERUSER;\nGRANT rds_superuser TO app;\nALTER SERVER ROLE sysadmin ADD MEMBER bob;\nEXEC sp_addsrvrolemember 'bob', 'sysadmin'",
    expect: [1, 2, 3, 4, 5, 6].map((line) => `permissions/iam-admin@${String(line)}`),
  },
  {
    title: 'everyday grants',
    sql: 'GRANT SELECT, INSERT ON t TO app; GRANT reader TO bob; CREATE ROLE x NOSUPERUSER; REVOKE ALL ON t FROM PUBLIC; GRANT ALL ON TABLE t TO app',
  },
  {
    title: 'row level security off',
    sql: 'ALTER TABLE t DISABLE ROW LEVEL SECURITY;\nALTER ROLE app BYPASSRLS;\nALTER TABLE u ENABLE ROW LEVEL SECURITY',
    expect: ['permissions/db-grant@1', 'permissions/db-grant@2'],
  },
  {
    title: 'a block that runs at once',
    sql: "DO $$\nBEGIN\n  IF true THEN\n    DROP TABLE users;\n  END IF;\n  EXECUTE 'DROP TABLE orders';\nEND $$;",
    expect: ['sql-drop@4', 'sql-drop@6'],
  },
  {
    title: 'strings that are run',
    sql: "EXEC sp_executesql N'DROP TABLE users';\nEXECUTE IMMEDIATE 'DELETE FROM t';\nPREPARE s FROM 'TRUNCATE t'",
    expect: ['sql-drop@1', 'sql-no-where@2', 'sql-drop@3'],
  },
  {
    title: 'definitions are not run',
    sql: 'CREATE FUNCTION f() RETURNS void AS $$ BEGIN DELETE FROM t; END $$ LANGUAGE plpgsql;\nCREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END;\nDROP TABLE x;\nDELIMITER //\nCREATE PROCEDURE p()\nBEGIN\n  DELETE FROM t;\n  IF a THEN TRUNCATE t; END IF;\nEND //\nDELIMITER ;\nDROP TABLE y;',
    expect: ['sql-drop@3', 'sql-drop@11'],
  },
  {
    title: 'a procedure of T-SQL goes to GO',
    sql: 'CREATE PROCEDURE p AS\nDELETE FROM t;\nDELETE FROM u;\nGO\nDELETE FROM v\nGO',
    expect: ['sql-no-where@5'],
  },
  {
    title: 'T-SQL without separators',
    sql: "IF OBJECT_ID('x') IS NOT NULL DROP TABLE x\nDELETE FROM a\nDELETE FROM b WHERE c = 1\nUPDATE d SET e = 1\nPRINT 'done'",
    expect: ['sql-drop@1', 'sql-no-where@2', 'sql-no-where@4'],
  },
  {
    title: 'commands of psql',
    sql: '\\d users\n\\echo DROP TABLE x\n\\connect app\nDROP TABLE y;',
    expect: ['sql-drop@4'],
  },
  {
    title: 'templates',
    sql: 'DELETE FROM ${schema}.users;\nDELETE FROM t ${where};\nDELETE FROM {{ table }} WHERE a = 1',
    expect: ['sql-no-where@1'],
  },
  {
    title: 'words in names',
    sql: 'CREATE TABLE drop_points (truncated boolean, "DROP TABLE x" int); CREATE VIEW update_log AS SELECT * FROM drop_points WHERE truncated; SELECT deleted_at FROM t; INSERT INTO t (update, delete) VALUES (1, 2)',
  },
  { title: 'several tables in one sentence', sql: 'DROP TABLE a, b, c', expect: ['sql-drop@1'] },
];

const judged = (sql: string, options?: SqlOptions): readonly string[] =>
  judgeSql(sql, options).map(({ rule, line }) => `${rule.replace('destructive/', '')}@${String(line)}`);

describe('judgeSql', () => {
  for (const { title, sql, expect, options } of CASES) {
    it(title, () => assert.deepEqual(judged(sql, options), expect ?? []));
  }

  it('describes a DELETE without WHERE and a DROP in one plain sentence', () => {
    assert.equal(
      judgeSql('DELETE FROM users')[0]?.message,
      'Every row of users is deleted: the statement has no WHERE.',
    );
    assert.equal(judgeSql('DROP TABLE a, b')[0]?.message, 'Dropped, with every row: the table a and one other.');
  });

  it('shortens a name, and keeps it on one line', () => {
    const [found] = judgeSql(`DROP TABLE "a\n${'x'.repeat(5000)}\u202e"`);
    assert.ok(found !== undefined && found.message.length < 200 && !/[\n\u202e]/.test(found.message));
  });

  it('reads hostile texts without an error', () => {
    const many = 200_000;
    const texts = [
      '('.repeat(many),
      '/*'.repeat(many),
      "'".repeat(many + 1),
      `$a${'$'.repeat(many)}`,
      Array.from({ length: many / 10 }, (_, n) => `$a${String(n)}$`).join(' '),
      'DELETE FROM t WHERE '.concat('('.repeat(many)),
      'DROP '.repeat(many),
      'a.'.repeat(many),
      'BEGIN '.repeat(many),
      'WITH a AS ('.repeat(many / 10),
      `DELETE FROM t WHERE ${'1=1 OR '.repeat(many / 10)}`,
      '\\'.repeat(many),
      '[a'.repeat(many),
      '{{'.repeat(many),
      'ALTER TABLE t '.concat('DROP a,'.repeat(many / 10)),
      '-- \n'.repeat(many),
      `E'${'\\'.repeat(many)}`,
      'DELIMITER x\n'.repeat(many / 20),
      'CREATE FUNCTION '.repeat(many / 20),
    ];
    for (const text of texts) assert.ok(Array.isArray(judgeSql(text)), text.slice(0, 20));
  });
});

describe('a dropped index:', () => {
  it('low when its name does not end as that of a unique one does', () => {
    const of = (name: string) => judgeSql(`DROP INDEX ${name};`).map(({ severity }) => severity);
    assert.deepEqual(of('releases_sort_key_desc_index'), ['low']);
    assert.deepEqual(of('releases_name_key'), [undefined]);
  });
});
