import { edit, manifestOf as k8s, type ScriptedChange } from './edits';

/** Changes that broke nothing: near the others, often in the same files, and some newer. */
export const INNOCENT: readonly ScriptedChange[] = [
  { subject: 'More memory for checkout', edits: [edit(k8s('checkout'), 'memory: 512Mi', 'memory: 640Mi')] },
  { subject: 'Label the team', edits: [edit(k8s('orders'), 'team: shop', 'team: orders')] },
  { subject: 'One more of orders', edits: [edit(k8s('orders'), 'replicas: 3', 'replicas: 4')] },
  { subject: 'Less noise from inventory', edits: [edit(k8s('inventory'), 'value: info', 'value: warn')] },
  { subject: 'Release inventory', edits: [edit(k8s('inventory'), 'inventory:2.4.1', 'inventory:2.4.2')] },
  { subject: 'Release orders', edits: [edit(k8s('orders'), 'orders:2.4.1', 'orders:2.5.0')] },
  { subject: 'More processor for recommendations', edits: [edit(k8s('recommendations'), 'cpu: "1"', 'cpu: "2"')] },
  {
    subject: 'More memory for recommendations',
    edits: [edit(k8s('recommendations'), 'memory: 768Mi', 'memory: 896Mi')],
  },
  {
    subject: 'Larger uploads',
    edits: [edit('k8s/gateway/ingress.yaml', 'proxy-body-size: 20m', 'proxy-body-size: 32m')],
  },
  {
    subject: 'Gateway waits longer',
    edits: [edit('k8s/gateway/ingress.yaml', 'proxy-read-timeout: "60"', 'proxy-read-timeout: "90"')],
  },
  {
    subject: 'Two billings more',
    edits: [edit('charts/shop/values.yaml', 'billing:\n  replicaCount: 2', 'billing:\n  replicaCount: 4')],
  },
  { subject: 'Billing in francs', edits: [edit('charts/shop/values.yaml', 'currency: EUR', 'currency: CHF')] },
  { subject: 'Release search', edits: [edit('charts/shop/values.yaml', 'tag: 3.0.2', 'tag: 3.1.0')] },
  { subject: 'Release billing', edits: [edit('charts/shop/values.yaml', 'tag: 5.1.0', 'tag: 5.1.1')] },
  { subject: 'Search caches longer', edits: [edit('charts/shop/values.yaml', 'ttlSeconds: 300', 'ttlSeconds: 420')] },
  { subject: 'More for mailer', edits: [edit('charts/shop/values.yaml', 'memory: 256Mi', 'memory: 320Mi')] },
  { subject: 'More gateways', edits: [edit('overlays/production/kustomization.yaml', 'value: 6', 'value: 8')] },
  {
    subject: 'Release gateway',
    edits: [
      edit(
        'overlays/production/kustomization.yaml',
        'name: registry.example/shop/gateway\n    newTag: 2.4.1',
        'name: registry.example/shop/gateway\n    newTag: 2.4.3',
      ),
    ],
  },
  {
    subject: 'Thumbnails need more',
    edits: [edit('infra/lambda/thumbnails.tf', 'memory_size   = 1024', 'memory_size   = 1536')],
  },
  {
    subject: 'Thumbnails take longer',
    edits: [edit('infra/lambda/thumbnails.tf', 'timeout       = 30', 'timeout       = 45')],
  },
  {
    subject: 'Exports keep their stage',
    edits: [edit('infra/lambda/exports.tf', 'STAGE  = "production"', 'STAGE  = "live"')],
  },
  {
    subject: 'Deployer may describe tasks',
    edits: [
      edit('infra/iam/deployer.json', '"ecs:DescribeServices"', '"ecs:DescribeServices",\n        "ecs:DescribeTasks"'),
    ],
  },
  {
    subject: 'Invoices may be listed by version',
    edits: [
      edit('infra/iam/invoices.tf', '      "s3:ListBucket",', '      "s3:ListBucket",\n      "s3:ListBucketVersions",'),
    ],
  },
  {
    subject: 'Analytics may read more jobs',
    edits: [edit('infra/gcp/bindings.tf', 'roles/bigquery.jobUser', 'roles/bigquery.user')],
  },
  { subject: 'The office moved', edits: [edit('infra/network/database.tf', '10.99.0.0/24', '10.98.0.0/24')] },
  {
    subject: 'Receipts stay for two days',
    edits: [edit('infra/queues.tf', 'message_retention_seconds  = 86400', 'message_retention_seconds  = 172800')],
  },
  {
    subject: 'Receipts are seen later',
    edits: [edit('infra/queues.tf', 'visibility_timeout_seconds = 60', 'visibility_timeout_seconds = 90')],
  },
  { subject: 'Carts are read more', edits: [edit('infra/tables.tf', 'read_capacity  = 200', 'read_capacity  = 260')] },
  {
    subject: 'A new replica of the ledger',
    edits: [edit('infra/dns.tf', 'pg-7.internal.example', 'pg-9.internal.example')],
  },
  {
    subject: 'Fast search for most',
    edits: [
      edit(
        'config/flags.yaml',
        '    enabled: true\n    rollout: 100\n  split',
        '    enabled: true\n    rollout: 95\n  split',
      ),
    ],
  },
  { subject: 'A higher burst for the public', edits: [edit('config/limits.yaml', 'burst: 100', 'burst: 140')] },
  { subject: 'Wait longer for inventory', edits: [edit('config/limits.yaml', 'inventory: 2000', 'inventory: 2500')] },
  {
    subject: 'More connections for orders',
    edits: [edit('config/orders.properties', 'maximum-pool-size=30', 'maximum-pool-size=36')],
  },
  {
    subject: 'Larger bodies',
    edits: [edit('config/nginx.conf', 'client_max_body_size 20m', 'client_max_body_size 32m')],
  },
  {
    subject: 'Downloads take longer',
    edits: [edit('config/nginx.conf', 'proxy_read_timeout 120s', 'proxy_read_timeout 180s')],
  },
  { subject: 'Keep the audit log longer', edits: [edit('config/logging.yaml', 'keep: 30', 'keep: 60')] },
  {
    subject: 'Update pino',
    edits: [
      edit('package.json', '"pino": "^8.20.0"', '"pino": "^8.21.0"'),
      edit('package-lock.json', '"version": "8.20.0"', '"version": "8.21.0"'),
    ],
  },
  {
    subject: 'Update zod',
    edits: [
      edit('package.json', '"zod": "^3.22.4"', '"zod": "^3.23.8"'),
      edit('package-lock.json', '"version": "3.22.4"', '"version": "3.23.8"'),
    ],
  },
  {
    subject: 'Update express',
    edits: [
      edit('package.json', '"express": "^4.19.2"', '"express": "^4.21.0"'),
      edit('package-lock.json', '"version": "4.19.2"', '"version": "4.21.0"'),
    ],
  },
  { subject: 'Update numpy', edits: [edit('analytics/requirements.txt', 'numpy==1.26.4', 'numpy==2.0.1')] },
  { subject: 'Update requests', edits: [edit('analytics/requirements.txt', 'requests==2.31.0', 'requests==2.32.3')] },
  {
    subject: 'Update jackson',
    edits: [edit('ledger/pom.xml', '<version>2.15.3</version>', '<version>2.17.2</version>')],
  },
  {
    subject: 'Update micrometer',
    edits: [edit('ledger/pom.xml', '<version>1.12.0</version>', '<version>1.13.4</version>')],
  },
  { subject: 'Update rack', edits: [edit('admin/Gemfile.lock', 'rack (2.2.8)', 'rack (2.2.9)')] },
  { subject: 'Count carts anew', edits: [edit('src/carts/merge.ts', 'normalize(input, 2)', 'normalize(input, 3)')] },
  {
    subject: 'Void labels by number',
    edits: [edit('src/shipping/labels.ts', 'normalize(input, 1)', 'normalize(input, 7)')],
  },
  {
    subject: 'Format prices with a space',
    edits: [edit('src/prices/convert.ts', 'normalize(input, 2)', 'normalize(input, 4)')],
  },
  {
    subject: 'Cancel refunds by day',
    edits: [edit('src/refunds/issue.ts', 'normalize(input, 1)', 'normalize(input, 5)')],
  },
  { subject: 'Rank by stock', edits: [edit('src/search/query.ts', 'normalize(input, 2)', 'normalize(input, 9)')] },
  {
    subject: 'Wishlists answer with 200',
    edits: [
      edit(
        'src/http/routes.ts',
        "router.post('/api/v1/wishlists', (request, response) => response.json({}));",
        "router.post('/api/v1/wishlists', (request, response) => response.status(200).json({}));",
      ),
    ],
  },
  { subject: 'Allow PATCH', edits: [edit('src/http/cors.ts', "'PUT']", "'PUT', 'PATCH']")] },
  { subject: 'Tolerate slow clocks', edits: [edit('src/http/tokens.ts', 'clockTolerance: 30', 'clockTolerance: 60')] },
  { subject: 'Idle longer', edits: [edit('src/db/pool.ts', 'idleTimeoutMillis: 30_000', 'idleTimeoutMillis: 60_000')] },
  {
    subject: 'Longer postcodes',
    edits: [
      edit('db/migrations/0046_postcodes.sql', null, 'ALTER TABLE customers ALTER COLUMN postcode TYPE varchar(16);\n'),
    ],
  },
  {
    subject: 'Note who orders gifts',
    edits: [edit('db/migrations/0047_gifts.sql', null, 'ALTER TABLE order_gifts ADD COLUMN note text;\n')],
  },
  {
    subject: 'Say what to do first',
    edits: [
      edit(
        'docs/runbook.md',
        'What to do when it is down.',
        'What to do when it is down: look at memory, probes, certificates and the pool of connections first.',
      ),
    ],
  },
  { subject: 'Report in new image', edits: [edit('k8s/jobs/nightly-report.yaml', 'report:1.4.0', 'report:1.4.1')] },
  { subject: 'Sync in new image', edits: [edit('k8s/jobs/stock-sync.yaml', 'sync:1.1.0', 'sync:1.2.0')] },
  {
    subject: 'Load the events of the day before',
    edits: [edit('analytics/jobs/daily.py', 'events = load_events(day)', 'events = load_events(day - 1)')],
  },
  {
    subject: 'Reports for partners',
    edits: [edit('src/partners/report.ts', null, "export const report = 'partners';\n")],
  },
];
