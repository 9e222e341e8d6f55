/**
 * Calls of tools that public MCP servers have, with arguments made for this: what destroys is stopped whatever the tool
 * is called, and text for people is silent.
 */
import assert from 'node:assert/strict';
import { toolCallOf } from '../../../src/provenance/assistants/hook-payloads/server-and-tool-of-call';
import type { GuardAnswer } from '../../../src/guard';
import { judge, ROOT, WATCHING } from '../../support/guard';

const call = (name: string, input: unknown): GuardAnswer =>
  judge({ call: toolCallOf(name, input, {}, 'SERVER_TOOL') }, { rules: WATCHING });

const DANGEROUS: readonly (readonly [name: string, input: unknown, rule: string])[] = [
  // SQL under any key, whatever the tool is called
  ['mcp__postgres__query', { sql: 'DROP TABLE orders' }, 'sql-drop'],
  ['mcp__supabase__execute_sql', { project_id: 'p', query: 'delete from users' }, 'sql-no-where'],
  [
    'mcp__supabase__apply_migration',
    { name: 'clean', query: 'alter table a add b int;\ndrop table invoices cascade;' },
    'sql-drop',
  ],
  ['mcp__sqlite__read_query', { query: 'TRUNCATE customers' }, 'sql-drop'],
  ['mcp__mysql__mysql_query', { sql: 'UPDATE accounts SET balance = 0' }, 'sql-no-where'],
  ['mcp__neon__run_sql_transaction', { params: { sqlStatements: ['begin', 'DROP SCHEMA app CASCADE'] } }, 'sql-drop'],
  ['mcp__dbhub__execute_sql', { sql: '/* tidy up */ DROP DATABASE shop;' }, 'sql-drop'],
  ['mcp__bigquery__execute-query', { statement: 'DROP TABLE `acme.sales.orders`' }, 'sql-drop'],
  ['mcp__clickhouse__run_select_query', { q: 'ALTER TABLE events DROP COLUMN user_id' }, 'sql-drop-column'],
  ['mcp__snowflake__run_snowflake_query', { input: { text_of_query: 'DROP WAREHOUSE reporting' } }, 'sql-drop'],
  ['mcp__neo4j__write_neo4j_cypher', { query: 'MATCH (n) DETACH DELETE n' }, 'store-flush'],
  // by the tool's own name
  ['mcp__MongoDB__drop-collection', { database: 'shop', collection: 'orders' }, 'store-flush'],
  ['mcp__MongoDB__drop-database', { database: 'shop' }, 'sql-drop'],
  ['mcp__MongoDB__delete-many', { database: 'shop', collection: 'orders', filter: {} }, 'store-flush'],
  ['mcp__chroma__chroma_delete_collection', { collection_name: 'docs' }, 'store-flush'],
  ['mcp__confluent__delete-topics', { topicNames: ['orders'] }, 'store-flush'],
  ['mcp__neon__delete_project', { projectId: 'calm-sea' }, 'cloud-delete'],
  ['mcp__cloudflare__kv_namespace_delete', { namespace_id: 'a1' }, 'cloud-delete'],
  ['mcp__cloudflare__r2_bucket_delete', { name: 'backups' }, 'cloud-delete'],
  ['mcp__dynamodb__delete_table', { table_name: 'orders' }, 'sql-drop'],
  ['mcp__railway__service_delete', { serviceId: 's' }, 'cloud-delete'],
  ['mcp__digitalocean__droplet-delete', { ID: 12 }, 'cloud-delete'],
  ['mcp__terraform__delete_workspace_safely', { workspace_name: 'prod' }, 'cloud-delete'],
  ['mcp__argocd__delete_application', { applicationName: 'shop' }, 'k8s-delete'],
  ['mcp__prisma__migrate-reset', { projectCWD: '/srv/app' }, 'orm-reset'],
  ['mcp__aws-ec2__terminateInstances', { instanceIds: ['i-1'] }, 'cloud-delete'],
  ['mcp__github__delete_repository', { owner: 'acme', repo: 'shop' }, 'forge-delete'],
  ['mcp__docker__remove_volume', { volume_name: 'pgdata' }, 'container-volumes'],
  ['mcp__supabase__pause_project', { project_id: 'p' }, 'cloud-stop'],
  ['mcp__redis__flushdb', {}, 'store-flush'],
  // a cluster
  ['mcp__kubernetes__resources_delete', { apiVersion: 'v1', kind: 'Namespace', name: 'prod' }, 'k8s-delete'],
  ['mcp__kubernetes__kubectl_delete', { resourceType: 'deployment', name: 'api', namespace: 'prod' }, 'k8s-delete'],
  ['mcp__kubernetes__kubectl_generic', { command: 'delete', resourceType: 'pvc', name: 'data' }, 'k8s-delete'],
  ['mcp__kubernetes__uninstall_helm_chart', { name: 'shop', namespace: 'prod' }, 'helm-uninstall'],
  ['mcp__kubernetes__kubectl_scale', { name: 'api', replicas: 0 }, 'k8s-scale-zero'],
  ['mcp__eks__manage_k8s_resource', { operation: 'delete', kind: 'Namespace', name: 'prod' }, 'k8s-delete'],
  ['mcp__k8s__call_kubectl', { command: 'delete ns prod' }, 'k8s-delete'],
  // a sub-command, and whole command lines
  ['mcp__terraform__ExecuteTerraformCommand', { command: 'destroy', working_directory: '/srv/infra' }, 'tf-destroy'],
  ['mcp__aws-api__call_aws', { cli_command: 'aws s3 rb s3://backups --force' }, 'cloud-delete'],
  [
    'mcp__aws__use_aws',
    { service_name: 'rds', operation_name: 'delete_db_instance', parameters: { DBInstanceIdentifier: 'orders' } },
    'cloud-delete',
  ],
  ['mcp__desktop-commander__start_process', { command: 'rm -rf /srv/data', timeout_ms: 5000 }, 'fs-recursive-delete'],
  [
    'mcp__runner__run',
    { program: 'bash', args: ['-c', 'terraform destroy -auto-approve'], task_line: 'gcloud sql instances delete main' },
    'cloud-delete',
  ],
  ['mcp__gcloud__run_gcloud_command', { args: ['sql', 'instances', 'delete', 'main'] }, 'cloud-delete'],
  ['mcp__git__git_reset', { mode: 'hard', target: 'HEAD~3' }, 'git-discard'],
  ['mcp__git__git_push', { force: true, remote: 'origin', branch: 'main' }, 'git-force-push'],
  ['mcp__python__run_python_code', { code: "import shutil\nshutil.rmtree('/srv/data')" }, 'fs-recursive-delete'],
  // requests and mutations
  ['mcp__railway-api__graphql', { query: 'mutation { volumeDelete(volumeId: "v-1") }' }, 'cloud-delete'],
  [
    'mcp__github-graphql__execute',
    { document: 'mutation Gone($id: ID!) { deleteRepository(input: {id: $id}) { clientMutationId } }' },
    'cloud-delete|forge-delete',
  ],
  ['mcp__http__request', { method: 'DELETE', url: 'https://api.example.com/v1/databases/d-1' }, 'cloud-delete'],
  ['mcp__postman__send_request', { method: 'delete', path: '/v2/droplets/12' }, 'cloud-delete'],
  ['mcp__rest__http_delete', { url: 'https://api.example.com/v1/customers/c-1' }, 'cloud-delete'],
];

const HARMLESS: readonly (readonly [name: string, input: unknown])[] = [
  ['mcp__postgres__query', { sql: 'select count(*) from orders where deleted_at is null' }],
  ['mcp__supabase__execute_sql', { query: "update users set nick = 'a' where id = 4" }],
  ['mcp__supabase__apply_migration', { name: 'add', query: 'create table invoices (id bigint primary key)' }],
  ['mcp__supabase__list_tables', { schemas: ['public'] }],
  ['mcp__supabase__search_docs', { graphql_query: '{ searchDocs(query: "drop table") { nodes { title } } }' }],
  ['mcp__neon__describe_table_schema', { params: { tableName: 'users' } }],
  ['mcp__sqlite__write_query', { query: "INSERT INTO notes (text) VALUES ('we should DROP TABLE users')" }],
  ['mcp__MongoDB__find', { database: 'shop', collection: 'orders', filter: { state: 'deleted' } }],
  ['mcp__MongoDB__aggregate', { pipeline: [{ $match: { drop: true } }] }],
  ['mcp__redis__delete', { key: 'session:4' }],
  ['mcp__redis__hdel', { name: 'h', key: 'k' }],
  [
    'mcp__github__create_issue',
    { title: 'Drop database support', body: 'We run `DROP TABLE users;` and then rm -rf /srv/data. Why?' },
  ],
  ['mcp__github__add_issue_comment', { body: 'git push --force origin main is what broke it', issue_number: 4 }],
  [
    'mcp__github__create_pull_request',
    { title: 'Delete the old namespace', body: 'kubectl delete ns old', head: 'a', base: 'main' },
  ],
  ['mcp__github__search_code', { query: 'DROP TABLE users' }],
  ['mcp__github__search_issues', { q: 'terraform destroy -auto-approve' }],
  ['mcp__github__get_file_contents', { path: 'scripts/drop.sql' }],
  [
    'mcp__github__create_or_update_file',
    { path: 'db/1.sql', content: 'DROP TABLE users;', message: 'drop table users' },
  ],
  ['mcp__github__push_files', { branch: 'a', files: [{ path: 'x.sh', content: 'rm -rf /' }], message: 'clean' }],
  ['mcp__github__dismiss_notification', { threadID: '1', state: 'done' }],
  ['mcp__github__pull_request_review_write', { method: 'delete_pending', body: '' }],
  ['mcp__github__remove_sub_issue', { issue_number: 1, sub_issue_id: 2 }],
  ['mcp__github__list_branches', { owner: 'acme' }],
  [
    'mcp__git__git_commit',
    { message: 'Delete everything: rm -rf / and git reset --hard', repo_path: '/home/dev/proj' },
  ],
  ['mcp__git__git_diff', { target: 'main' }],
  ['mcp__git__git_log', { max_count: 5 }],
  ['mcp__git__git_push', { remote: 'origin', branch: 'topic' }],
  ['mcp__git__git_reset', { repo_path: '/home/dev/proj' }],
  ['mcp__git__git_status', {}],
  ['mcp__slack__slack_post_message', { channel_id: 'C1', text: 'Please DROP TABLE users; and run terraform destroy' }],
  ['mcp__slack__conversations_history', { channel_id: 'C1' }],
  ['mcp__linear__create_comment', { issueId: '1', body: 'DELETE FROM users;' }],
  ['mcp__linear__update_issue', { id: '1', description: 'mutation { projectDelete(id: "x") }' }],
  ['mcp__atlassian__createJiraIssue', { summary: 'Remove the bucket', description: 'aws s3 rb s3://x --force' }],
  ['mcp__atlassian__addCommentToJiraIssue', { commentBody: 'we can drop table a' }],
  ['mcp__notion__API-post-page', { children: [{ paragraph: 'rm -rf /' }] }],
  ['mcp__notion__API-delete-a-block', { block_id: 'b' }],
  ['mcp__context7__resolve-library-id', { libraryName: 'terraform', query: 'terraform destroy' }],
  ['mcp__context7__query-docs', { libraryId: '/a/b', query: 'drop table' }],
  ['mcp__deepwiki__ask_question', { question: 'What does git push --force do?' }],
  ['mcp__brave__brave_web_search', { query: 'kubectl delete namespace stuck' }],
  ['mcp__tavily__tavily-search', { query: 'delete from users without where' }],
  ['mcp__fetch__fetch', { url: 'https://example.com/delete' }],
  ['mcp__http__request', { method: 'GET', url: 'https://api.example.com/v1/databases/d-1' }],
  ['mcp__http__request', { method: 'POST', url: 'https://api.example.com/v1/databases', body: '{"name":"a"}' }],
  ['mcp__http__request', { method: 'DELETE', url: 'http://localhost:3000/items/4' }],
  ['mcp__graphql__query', { query: 'query { deletedProjects { id } }' }],
  ['mcp__graphql__mutate', { query: 'mutation { createProject(input: {name: "delete"}) { id } }' }],
  ['mcp__github-graphql__execute', { query: 'mutation { deleteIssueComment(input: {id: "1"}) { clientMutationId } }' }],
  ['mcp__kubernetes__pods_list', { namespace: 'prod' }],
  ['mcp__kubernetes__pods_delete', { name: 'api-5c', namespace: 'dev' }],
  ['mcp__kubernetes__kubectl_get', { resourceType: 'pods', namespace: 'prod' }],
  ['mcp__kubernetes__kubectl_generic', { command: 'get', resourceType: 'pods' }],
  ['mcp__kubernetes__kubectl_scale', { name: 'api', replicas: 3 }],
  ['mcp__kubernetes__helm_list', {}],
  ['mcp__terraform__ExecuteTerraformCommand', { command: 'plan', working_directory: '/srv/infra' }],
  ['mcp__terraform__search_modules', { module_query: 'destroy' }],
  ['mcp__aws-api__call_aws', { cli_command: 'aws s3 ls s3://backups' }],
  ['mcp__aws-api__suggest_aws_commands', { query: 'delete all buckets that are empty' }],
  ['mcp__aws-docs__search_documentation', { search_phrase: 'aws s3 rb --force' }],
  ['mcp__docker__list_containers', {}],
  ['mcp__docker__remove_container', { container_id: 'web' }],
  ['mcp__memory__delete_entities', { entityNames: ['a'] }],
  ['mcp__memory__add_observations', { observations: [{ entityName: 'db', contents: ['DROP TABLE users;'] }] }],
  ['mcp__memory__delete_relations', { relations: [] }],
  [
    'mcp__sequential-thinking__sequentialthinking',
    { thought: 'First I delete from the list what nobody needs', thoughtNumber: 1 },
  ],
  ['mcp__filesystem__write_file', { path: '/home/dev/proj/db/1.sql', content: 'DROP TABLE users;' }],
  ['mcp__filesystem__edit_file', { path: '/home/dev/proj/a.sh', edits: [{ oldText: 'ls', newText: 'rm -rf /srv' }] }],
  ['mcp__filesystem__read_text_file', { path: '/home/dev/proj/a' }],
  ['mcp__playwright__browser_click', { element: 'Delete project', ref: 'e4' }],
  ['mcp__playwright__browser_type', { text: 'DROP TABLE users', ref: 'e2' }],
  ['mcp__playwright__browser_close', {}],
  ['mcp__chrome__clear_console', {}],
  ['mcp__figma__delete_node', { nodeId: '1:2' }],
  ['mcp__sentry__search_issues', { naturalLanguageQuery: 'errors after we drop table users' }],
  ['mcp__sentry__update_issue', { issueId: 'A-1', status: 'resolved' }],
  ['mcp__stripe__list_customers', { limit: 3 }],
  ['mcp__gmail__draft_email', { to: ['a@example.com'], subject: 'kubectl delete ns prod', body: 'see subject' }],
  ['mcp__gmail__remove_label', { label: 'x' }],
  ['mcp__google-calendar__delete-event', { eventId: '1' }],
  ['mcp__todoist__delete_task', { task_id: '1' }],
  ['mcp__elasticsearch__search', { index: 'orders', query_body: { query: { match: { verb: 'delete' } } } }],
  ['mcp__grafana__query_prometheus', { expr: 'rate(deletes_total[5m])' }],
  ['mcp__python__run_python_code', { code: 'print(1 + 1)' }],
  ['mcp__desktop-commander__start_process', { command: 'ls -la', timeout_ms: 100 }],
  ['mcp__time__convert_time', { time: '12:00' }],
];

describe('the danger rules for tool calls', () => {
  for (const [name, input, rule] of DANGEROUS)
    it(`${name} ${JSON.stringify(input)}: stopped`, () => {
      const answer = call(name, input);
      assert.ok(answer.verdict !== 'allow', 'allowed');
      assert.match(answer.reason, new RegExp(`\\((?:destructive|permissions)/(?:${rule})\\)`));
    });

  for (const [name, input] of HARMLESS)
    it(`${name} ${JSON.stringify(input)}: passes`, () => {
      assert.deepEqual(call(name, input), { verdict: 'allow' });
    });

  it('a tool that declares destructiveHint is asked about, unless the policy allows it', () => {
    const says = { tool_annotations: { destructiveHint: true } };
    const one = toolCallOf('mcp__shop__rotate', { id: 1 }, says);
    assert.equal(judge({ call: one }, { rules: WATCHING }).verdict, 'ask');
    const tools = { deny: [], ask: [], allow: ['shop__*'], others: 'allow' as const };
    assert.equal(judge({ call: one }, { rules: { ...WATCHING, tools } }).verdict, 'allow');
    const carries = toolCallOf('mcp__shop__run', { sql: 'DROP TABLE a' }, says);
    assert.equal(judge({ call: carries }, { rules: { ...WATCHING, tools } }).verdict, 'deny');
  });

  it('of tools that empty or move files: as the commands that do it', () => {
    const there = { rules: WATCHING, texts: { [`${ROOT}/infra/dev/main.tf`]: 'a = 1\n' } };
    const on = (name: string, input: unknown): string => judge({ call: toolCallOf(name, input, {}) }, there).verdict;
    assert.equal(on('mcp__filesystem__write_file', { path: 'infra/dev/main.tf', content: '' }), 'deny');
    assert.equal(on('mcp__filesystem__write_file', { path: 'infra/dev/new.tf', content: '' }), 'allow');
    assert.equal(on('mcp__filesystem__write_file', { path: 'infra/dev/main.tf', content: 'a = 2\n' }), 'allow');
    assert.equal(on('mcp__filesystem__move_file', { source: 'infra/dev', destination: '/srv/old' }), 'deny');
    assert.equal(on('mcp__filesystem__move_file', { source: 'src/a.ts', destination: 'src/b.ts' }), 'allow');
    assert.equal(on('mcp__filesystem__delete_directory', { path: "/srv/it's; x" }), 'deny');
  });
});
