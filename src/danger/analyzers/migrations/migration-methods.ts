/** What the methods of migration tools do. Names are compared in lower case and without `_`. */
import { anyOf, wordSet } from '../../../base/patterns';
import type { Sentence } from '../../rule-rows/facts-from-sentences';

const DROP = 'destructive/orm-drop: The {what}{name}{owner} is dropped{how}.';
const RENAME = 'destructive/sql-rename: A {what} is renamed{name}: running code still uses the old name.';

interface Operation {
  readonly fact: Sentence;
  /** What it removes, for the message. */
  readonly what: 'table' | 'column' | 'constraint' | 'view' | 'database' | 'type' | 'collection';
  readonly does: 'dropped' | 'renamed';
}

const of = (
  fact: Sentence,
  what: Operation['what'],
  does: Operation['does'],
  names: string,
): readonly (readonly [string, Operation])[] => [...wordSet(names)].map((name) => [name, { fact, what, does }]);

/**
 * Rails, Django, Alembic, Knex, Sequelize, TypeORM, Laravel, Phinx, Doctrine, Yii, GORM, EF Core, node-pg-migrate,
 * MongoDB.
 */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ...of(
    DROP,
    'table',
    'dropped',
    `
      droptable droptables droptableifexists deletemodel dropjointable dropalltables deletetable dropiftableexists
    `,
  ),
  ...of(DROP, 'database', 'dropped', 'dropdatabase dropdatabaseifexists dropschema dropschemaifexists'),
  ...of(
    DROP,
    'view',
    'dropped',
    `
      dropview dropviewifexists dropmaterializedview droprefreshablematerializedview
    `,
  ),
  ...of(
    DROP,
    'type',
    'dropped',
    `
      dropenum droptype dropdomain dropsequence dropextension dropextensionifexists disableextension
    `,
  ),
  ...of(DROP, 'collection', 'dropped', 'dropcollection'),
  ...of(
    DROP,
    'column',
    'dropped',
    `
      dropcolumn dropcolumns dropcolumnifexists removecolumn removecolumns removefield removereference
      removebelongsto removereferences removetimestamps removeattribute droptimestamps droptimestampstz
      dropsoftdeletes dropsoftdeletestz dropremembertoken dropmorphs dropconstrainedforeignid
      dropconstrainedforeignidfor dropfields deletecolumn
    `,
  ),
  ...of(
    RENAME,
    'table',
    'renamed',
    `
      renametable altermodeltable renamemodel renameview renamecollection
    `,
  ),
  ...of(RENAME, 'column', 'renamed', 'renamecolumn renamefield renameattribute'),
  ...of(
    'destructive/sql-drop-constraint: The constraint or index{name}{owner} is dropped.',
    'constraint',
    'dropped',
    `
      dropforeignkey removeforeignkey dropforeignkeys dropforeign dropindex dropindices removeindex
      removeindexconcurrently dropunique dropuniqueconstraint dropprimary dropprimarykey dropconstraint
      removeconstraint removecheckconstraint dropcheckconstraint dropcheck droptrigger removeuniqueconstraint
      dropuniquekey dropspatialindex dropfulltext removeuniqueindex dropexclusionconstraint
    `,
  ),
]);

/** Creates a table; the first string is its name. */
export const CREATES = wordSet(`
  createtable createtableifnotexists createmodel create createjointable createview createcollection createmodel
`);
/** Creates a column: table and column, or only the column in a block of its table. */
export const ADDS = new Set(['addcolumn', 'addfield', 'addreference', 'addcolumns', 'addbelongsto']);
/** Calls whose string is SQL. */
export const RUNS_SQL = /* @__PURE__ */ anyOf(
  String.raw`addbatch addsql all batchupdate copy_expert createnativequery createquery db_execute delete do
  exec(?:context|sql|_query|_update|_params)? exec_driver_sql exec_query
  execute(?:script|update|query|batch|many|sql|largeupdate|raw|rawunsafe|nonquery)?
  \$?(?:execute|query)raw(?:unsafe)? fetch(?:all|one|row|val)? get mustexec(?:context)? mysqli_query nativequery
  pg_exec pg_query prepare(?:statement|context)? query(?:context|row|rowcontext|raw|_and_fetch)? raw run runsql
  safe_execute select_all selectall sql sqlquery statement text unprepared update`,
  { flags: 'i' },
);

export const plain = (name: string): string => name.toLowerCase().replaceAll('_', '').replace(/[!?]$/, '');
