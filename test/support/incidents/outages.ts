/**
 * Forty outages of the shop, of more than twenty shapes that public reports of outages have: what somebody would paste, and the
 * change that caused it.
 */

import { edit, manifestOf as k8s, type ScriptedChange } from './edits';

export interface ScriptedIncident extends ScriptedChange {
  readonly shape: string;
  /** What is pasted. */
  readonly text: string;
}

export const INCIDENTS: readonly ScriptedIncident[] = [
  {
    shape: 'out of memory',
    subject: 'Trim requests for the node pool',
    edits: [edit(k8s('orders'), 'memory: 512Mi', 'memory: 160Mi')],
    text: `Warning  BackOff  2m (x31 over 14m)  kubelet  Back-off restarting failed container orders in pod orders-7c9d_shop(5a0e)
    Last State:  Terminated
      Reason:    OOMKilled
      Exit Code: 137`,
  },
  {
    shape: 'out of memory',
    subject: 'Right-size the chart',
    edits: [edit('charts/shop/values.yaml', '      memory: 1Gi', '      memory: 300Mi')],
    text: 'kernel: Memory cgroup out of memory: Killed process 48120 (java) total-vm:3145728kB\nevent: pod/shop-billing-6f7d9c8b5-k2x8p OOMKilling',
  },
  {
    shape: 'configuration that is missing',
    subject: 'Name secrets by what they hold',
    edits: [edit(k8s('checkout'), 'key: url', 'key: dsn')],
    text: `Error: CreateContainerConfigError
  couldn't find key dsn in Secret shop/checkout-db
  pod: checkout-5d4f7b9c6d-qr8zt`,
  },
  {
    shape: 'configuration that is missing',
    subject: 'Tidy the environment of inventory',
    edits: [
      edit(
        k8s('inventory'),
        '            - name: PAYMENTS_URL\n              value: http://payments.shop.svc:8080\n',
        '',
      ),
    ],
    text: `inventory exited: Error: required setting PAYMENTS_URL is not set
    at requireEnv (/usr/src/app/node_modules/envalid/dist/core.js:31:9)`,
  },
  {
    shape: 'a probe that fails',
    subject: 'Check health where the framework puts it',
    edits: [edit(k8s('inventory'), 'path: /healthz', 'path: /actuator/health', 1)],
    text: 'Warning  Unhealthy  11s  kubelet  Liveness probe failed: HTTP probe failed with statuscode: 404 (pod inventory-74cbd8f7f9-9hm2w)',
  },
  {
    shape: 'a probe that fails',
    subject: 'Restart recommendations sooner',
    edits: [edit('overlays/production/kustomization.yaml', 'value: 90', 'value: 5')],
    text: 'Killing container recommendations: Liveness probe failed: Get "http://10.4.2.9:8080/healthz": connect: connection refused\nBack-off restarting failed container recommendations',
  },
  {
    shape: 'an image that can not be pulled',
    subject: 'Move to the new tag scheme',
    edits: [
      edit(
        'overlays/production/kustomization.yaml',
        'name: registry.example/shop/checkout\n    newTag: 2.4.1',
        'name: registry.example/shop/checkout\n    newTag: v2.4.2',
      ),
    ],
    text: 'Failed to pull image "registry.example/shop/checkout:v2.4.2": manifest unknown\nImagePullBackOff',
  },
  {
    shape: 'an image that can not be pulled',
    subject: 'Release mailer',
    edits: [edit('charts/shop/values.yaml', 'tag: 1.9.3', 'tag: 1.10.0-rc')],
    text: 'shop-mailer-77c6f9d5b8-wl4vx   0/1   ErrImagePull   0   3m',
  },
  {
    shape: 'a permission of the cloud',
    subject: 'Least privilege for invoices',
    edits: [edit('infra/iam/invoices.tf', '      "s3:GetObject",\n', '')],
    text: 'User: arn:aws:sts::111122223333:assumed-role/invoice-reader/i-0abc is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::acme-invoices/2026/11/7.pdf because no identity-based policy allows the s3:GetObject action',
  },
  {
    shape: 'a permission of the cloud',
    subject: 'Narrow what exports may do',
    edits: [edit('infra/iam/exports.tf', '      "sqs:SendMessage",\n', '')],
    text: 'ClientError: An error occurred (AccessDenied) when calling the SendMessage operation: access to the resource is denied. Action sqs:SendMessage, principal export-orders',
  },
  {
    shape: 'a permission of a cluster or another cloud',
    subject: 'Only the verbs that are needed',
    edits: [edit('k8s/rbac.yaml', 'verbs: [get, list, watch]', 'verbs: [get]')],
    text: 'endpoints is forbidden: User "system:serviceaccount:shop:recommendations" cannot list resource "endpoints" in API group "" in the namespace "shop"',
  },
  {
    shape: 'a permission of a cluster or another cloud',
    subject: 'Use the finer role',
    edits: [edit('infra/gcp/bindings.tf', 'roles/storage.objectViewer', 'roles/storage.bucketViewer')],
    text: "403 analytics@acme-shop.iam.gserviceaccount.com does not have storage.objects.get access. Permission 'storage.objects.get' denied on resource (or it may not exist).",
  },
  {
    shape: 'a library of Node.js',
    subject: 'Update the database driver',
    edits: [
      edit('package.json', '"pg": "^8.11.3"', '"pg": "^8.12.0"'),
      edit('package-lock.json', '"version": "8.11.3"', '"version": "8.12.0"'),
    ],
    text: `TypeError: Cannot read properties of undefined (reading 'getTypeParser')
    at Result.parseRow (/srv/app/node_modules/pg/lib/result.js:66:31)
    at Query.handleDataRow (/srv/app/node_modules/pg/lib/query.js:91:24)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
  },
  {
    shape: 'a library of Node.js',
    subject: 'Refresh the lock file',
    edits: [edit('package-lock.json', '"version": "6.10.1"', '"version": "6.19.0"')],
    text: `UND_ERR_SOCKET other side closed
    at Socket.onSocketEnd (/app/node_modules/undici/lib/dispatcher/client-h1.js:883:22)
    at endReadableNT (node:internal/streams/readable:1359:12)`,
  },
  {
    shape: 'a library of another language',
    subject: 'Update analytics',
    edits: [edit('analytics/requirements.txt', 'pandas==2.1.4', 'pandas==3.0.0')],
    text: `Traceback (most recent call last):
  File "/usr/local/lib/python3.12/site-packages/pandas/core/frame.py", line 9183, in groupby
    raise TypeError("unsupported key")`,
  },
  {
    shape: 'a library of another language',
    subject: 'Update the driver of the ledger',
    edits: [edit('ledger/pom.xml', '<version>42.6.0</version>', '<version>42.7.4</version>')],
    text: `Exception in thread "main" java.lang.IllegalStateException: prepared statement is closed
	at org.postgresql.jdbc.PgStatement.checkClosed(PgStatement.java:694)
	at org.postgresql.jdbc.PgPreparedStatement.executeQuery(PgPreparedStatement.java:130)`,
  },
  {
    shape: 'a module or a symbol that is missing',
    subject: 'Call refunds what they are',
    edits: [edit('src/refunds/issue.ts', 'export function issueRefund', 'export function createRefund')],
    text: 'TypeError: (0 , refunds_1.issueRefund) is not a function\n    at handler (/srv/dist/worker.js:1:20441)',
  },
  {
    shape: 'a module or a symbol that is missing',
    subject: 'Drop what nobody imports',
    edits: [edit('analytics/requirements.txt', 'pyyaml==6.0.1\n', '')],
    text: "ModuleNotFoundError: No module named 'yaml'",
  },
  {
    shape: 'a request that is not found, or has no answer',
    subject: 'Version the vouchers',
    edits: [edit('src/http/routes.ts', "'/api/v1/vouchers/redeem'", "'/api/v2/vouchers/redeem'")],
    text: '10.1.0.7 - - [24/Nov/2026:10:02:11 +0000] "POST /api/v1/vouchers/redeem HTTP/1.1" 404 22 "-" "ShopApp/7.1"',
  },
  {
    shape: 'a request that is not found, or has no answer',
    subject: 'Fail faster on partners',
    edits: [edit('config/nginx.conf', 'proxy_read_timeout 30s', 'proxy_read_timeout 3s')],
    text: '[error] 31#31: *881 upstream timed out (110: Connection timed out) while reading response header from upstream, request: "GET /partners/feed HTTP/1.1", upstream: "http://10.0.3.4:8080/partners/feed"',
  },
  {
    shape: 'a login or an origin that is refused',
    subject: 'List only live origins',
    edits: [
      edit('src/http/cors.ts', "'https://shop.example', 'https://partners.example', ", "'https://shop.example', "),
    ],
    text: "Access to fetch at 'https://api.shop.example/feed' from origin 'https://partners.example' has been blocked by CORS policy: no 'Access-Control-Allow-Origin' header is present",
  },
  {
    shape: 'a login or an origin that is refused',
    subject: 'One audience for all',
    edits: [edit('src/http/tokens.ts', "audience: 'shop-api'", "audience: 'acme-api'")],
    text: 'JsonWebTokenError: jwt audience invalid. expected: acme-api\n"GET /api/v1/stores HTTP/1.1" 401',
  },
  {
    shape: 'a table or a column',
    subject: 'Drop the old discount code',
    edits: [edit('db/migrations/0043_discounts.sql', null, 'ALTER TABLE order_items DROP COLUMN discount_code;\n')],
    text: 'ERROR: column "discount_code" does not exist at character 41\nSTATEMENT: select sku, discount_code from order_items where order_id = $1',
  },
  {
    shape: 'a table or a column',
    subject: 'Shorter names for tables',
    edits: [edit('db/migrations/0044_addresses.sql', null, 'ALTER TABLE customer_addresses RENAME TO addresses;\n')],
    text: 'org.hibernate.exception.SQLGrammarException\nCaused by: ERROR: relation "customer_addresses" does not exist',
  },
  {
    shape: 'connections and locks of a database',
    subject: 'Use fewer connections',
    edits: [edit('src/db/pool.ts', 'max: 40', 'max: 4')],
    text: 'Error: timeout exceeded when trying to connect\nunable to acquire a connection: connection pool exhausted (4 in use, 212 waiting)\n    at Pool.connect (/srv/app/src/db/pool.ts:3:9)',
  },
  {
    shape: 'connections and locks of a database',
    subject: 'Find events faster',
    edits: [
      edit(
        'db/migrations/0045_events.sql',
        null,
        'CREATE INDEX page_events_visitor ON page_events (visitor_id, seen_at);\n',
      ),
    ],
    text: 'ERROR: canceling statement due to lock wait timeout\nprocess 911 waits for AccessExclusiveLock on relation "page_events"; insert into page_events values ($1)',
  },
  {
    shape: 'a host that can not be reached',
    subject: 'Point orders at the new primary',
    edits: [edit('config/orders.properties', 'orders-primary.internal.example', 'orders-primary-b.internal.example')],
    text: 'Caused by: java.net.UnknownHostException: orders-primary-b.internal.example\njdbc:postgresql://orders-primary-b.internal.example:5432/orders',
  },
  {
    shape: 'a host that can not be reached',
    subject: 'Rename records of search',
    edits: [edit('infra/dns.tf', 'name    = "search-cluster.internal.example"', 'name    = "search.internal.example"')],
    text: 'getaddrinfo ENOTFOUND search-cluster.internal.example',
  },
  {
    shape: 'a network that is closed',
    subject: 'Close ranges that nobody uses',
    edits: [
      edit('infra/network/database.tf', 'cidr_blocks       = ["10.20.0.0/16"]', 'cidr_blocks       = ["10.20.4.0/24"]'),
    ],
    text: 'dial tcp 10.30.1.7:5432: i/o timeout; connecting to database orders',
  },
  {
    shape: 'a network that is closed',
    subject: 'Let only the gateway in',
    edits: [
      edit(
        'k8s/network/policies.yaml',
        '        - podSelector:\n            matchLabels:\n              app: checkout\n',
        '',
      ),
    ],
    text: 'checkout: POST http://inventory.shop.svc/reserve failed: connect ETIMEDOUT 10.8.11.2:8080 (service inventory)',
  },
  {
    shape: 'a flag',
    subject: 'Turn on the new checkout for all',
    edits: [
      edit(
        'config/flags.yaml',
        '  new-checkout:\n    enabled: false\n    rollout: 0',
        '  new-checkout:\n    enabled: true\n    rollout: 100',
      ),
    ],
    text: 'conversion fell to 0.2% since 10:00; all failing sessions have feature flag "new-checkout" = true',
  },
  {
    shape: 'a flag',
    subject: 'Begin with split shipments',
    edits: [
      edit('config/flags.yaml', '  split-shipments:\n    enabled: false', '  split-shipments:\n    enabled: true'),
    ],
    text: 'ShipmentError: two labels for one parcel (flags: {"split_shipments":true}); evaluated flag split_shipments',
  },
  {
    shape: 'a job that did not run',
    subject: 'Move the report out of the backup window',
    edits: [edit('k8s/jobs/nightly-report.yaml', 'schedule: "15 2 * * *"', 'schedule: "15 2 * * 1"')],
    text: 'CronJob nightly-report: last successful run 51 hours ago, expected every 24 hours',
  },
  {
    shape: 'a job that did not run',
    subject: 'Pause the sync during the migration',
    edits: [edit('k8s/jobs/stock-sync.yaml', 'suspend: false', 'suspend: true')],
    text: 'alert: stock is stale. cronjob/stock-sync did not run since 06:10, stock levels differ by 4,210 units',
  },
  {
    shape: 'time that is not enough',
    subject: 'Save on idle functions',
    edits: [edit('infra/lambda/exports.tf', 'timeout       = 120', 'timeout       = 12')],
    text: '/aws/lambda/export-orders 2026-11-24T10:02:44Z 7f1c Task timed out after 12.01 seconds',
  },
  {
    shape: 'calls that are not let through',
    subject: 'Protect us from partners',
    edits: [edit('config/limits.yaml', 'requestsPerMinute: 6000', 'requestsPerMinute: 60')],
    text: 'partners report HTTP status 429 too many requests from our rate limiter since noon: "GET /partners/feed HTTP/1.1" 429',
  },
  {
    shape: 'calls that are not let through',
    subject: 'Right-size the carts table',
    edits: [edit('infra/tables.tf', 'write_capacity = 80', 'write_capacity = 8')],
    text: 'ProvisionedThroughputExceededException: The level of configured provisioned throughput for the table was exceeded. table: carts',
  },
  {
    shape: 'a certificate',
    subject: 'One name is enough',
    edits: [edit('k8s/certificates.yaml', '    - api.shop.example\n', '')],
    text: 'x509: certificate is valid for shop.example, not api.shop.example',
  },
  {
    shape: 'a line of our own',
    subject: 'Skip the check that never fails',
    edits: [
      edit(
        'src/prices/convert.ts',
        '  if (value === undefined) return null;\n',
        '  if (value === undefined) throw new Error(`no rate for the currency ${String(input)}`);\n',
        1,
      ),
    ],
    text: `Error: no rate for the currency CHF
    at roundPrice (/srv/app/build/src/prices/convert.ts:13:34)
    at total (/srv/app/build/src/main.js:1:9912)`,
  },
  {
    shape: 'a queue that is not worked off',
    subject: 'Retry shipments sooner',
    edits: [edit('infra/queues.tf', 'visibility_timeout_seconds = 300', 'visibility_timeout_seconds = 10')],
    text: 'queue shipments: messages redelivered 14 times on average, backlog 90,112, max receive count reached, moved to the dead-letter queue',
  },
];
