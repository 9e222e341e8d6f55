/**
 * Ten outages of the courier, of everyday shapes that neither the shop nor the clinic has: written from public reports of
 * outages before what reads their texts was looked at.
 */
import { edit, type ScriptedChange } from './edits';
import type { ScriptedIncident } from './outages';

export const COURIER_INCIDENTS: readonly ScriptedIncident[] = [
  {
    shape: 'a service without endpoints',
    subject: 'Name tiers by what they do',
    edits: [edit('deploy/tracking.yaml', '        tier: backend\n', '        tier: api\n')],
    text: `tracking is down for everybody since 09:55, its pods are Running and Ready
$ kubectl -n courier get endpoints tracking
NAME       ENDPOINTS   AGE
tracking   <none>      311d`,
  },
  {
    shape: 'a script that the browser refuses',
    subject: 'Only origins that we know',
    edits: [edit('site/next.config.mjs', "'self' https://js.pay.example https://maps", "'self' https://maps")],
    text: `nobody can pay; browser console:
Refused to load the script 'https://js.pay.example/v3/' because it violates the following Content Security Policy directive: "script-src 'self' https://maps.tiles.example".`,
  },
  {
    shape: 'a redirect without end',
    subject: 'Always speak https',
    edits: [edit('site/middleware.ts', "get('x-forwarded-proto') === 'http'", "get('x-forwarded-proto') !== 'https'")],
    text: `courier.example redirected you too many times. ERR_TOO_MANY_REDIRECTS
curl -sI https://courier.example/ | head -2
HTTP/1.1 308 Permanent Redirect
location: https://courier.example/`,
  },
  {
    shape: 'a query that became slow',
    subject: 'Indexes that statistics call unused',
    edits: [
      edit('database/changes/0102_unused.sql', null, 'DROP INDEX shipments_by_code;\nDROP INDEX scans_by_device;\n'),
    ],
    text: `LOG:  duration: 48211.310 ms  execute <unnamed>: SELECT id, delivered_at FROM shipments WHERE tracking_code = $1
DETAIL:  Seq Scan on shipments (rows removed by filter: 91422817)
CPU of the database at 100 % since ten`,
  },
  {
    shape: 'a field that clients still ask for',
    subject: 'Say when it arrives in one way',
    edits: [
      edit('graph/schema.graphql', '  eta: String\n', '  arrival: String\n'),
      edit('graph/resolvers.ts', 'eta: (it: { eta?: Date })', 'arrival: (it: { eta?: Date })'),
    ],
    text: `driver app 4.12 shows no shipment at all
{"errors":[{"message":"Cannot query field \\"eta\\" on type \\"Shipment\\".","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`,
  },
  {
    shape: 'a task that no worker knows',
    subject: 'Tasks are named by their module',
    edits: [edit('worker/tasks.py', 'name="courier.notify_driver"', 'name="worker.tasks.notify_driver"')],
    text: `[ERROR/MainProcess] Received unregistered task of type 'courier.notify_driver'.
The message has been ignored and discarded.
Did you remember to import the module containing this task?`,
  },
  {
    shape: 'a folder that may not be written',
    subject: 'Nothing runs as root',
    edits: [edit('deploy/proofs.yaml', 'runAsUser: 0', 'runAsUser: 10001')],
    text: `drivers can't store proofs of delivery
proofs-6c5d8f9b7-4jx2p: Error: EACCES: permission denied, mkdir '/data/2026/11/24'
    at async Object.mkdir (node:internal/fs/promises:860:10)`,
  },
  {
    shape: 'a program for another processor',
    subject: 'Build where it is cheaper',
    edits: [edit('docker/labels.Dockerfile', 'GOARCH=amd64', 'GOARCH=arm64')],
    text: `labels1 labels[1]: exec /labels: exec format error
labels1 systemd[1]: courier-labels.service: Main process exited, code=exited, status=1/FAILURE`,
  },
  {
    shape: 'servers that a proxy takes for dead',
    subject: 'One path for health everywhere',
    edits: [edit('haproxy/haproxy.cfg', 'option httpchk GET /ready', 'option httpchk GET /up')],
    text: `haproxy[7]: Server labels/labels1 is DOWN, reason: Layer7 wrong status, code: 404, info: "Not Found", check duration: 3ms. 1 active and 0 backup servers left.
haproxy[7]: Server labels/labels2 is DOWN, reason: Layer7 wrong status, code: 404
haproxy[7]: backend labels has no server available!`,
  },
  {
    shape: 'logs that are too many',
    subject: 'See what drivers see',
    edits: [edit('observability/vector.toml', '.level != "debug"', 'true')],
    text: `vector: HTTP 429 from loki: ingestion rate limit exceeded for user courier (limit: 4194304 bytes/sec), 94 % of lines are level=debug
no logs of the last hour can be found, alerts that read logs are silent`,
  },
];

/** Changes of the courier that broke nothing: near the others, often in the same files. */
export const COURIER_INNOCENT: readonly ScriptedChange[] = [
  { subject: 'Release tracking', edits: [edit('deploy/tracking.yaml', 'tracking:1.8.0', 'tracking:1.9.0')] },
  { subject: 'Release quotes', edits: [edit('deploy/quotes.yaml', 'quotes:1.8.0', 'quotes:1.8.3')] },
  { subject: 'Release proofs', edits: [edit('deploy/proofs.yaml', 'proofs:1.8.0', 'proofs:1.8.1')] },
  { subject: 'Release drivers', edits: [edit('deploy/drivers.yaml', 'drivers:1.8.0', 'drivers:2.0.0')] },
  { subject: 'More of tracking', edits: [edit('deploy/tracking.yaml', 'replicas: 3', 'replicas: 4')] },
  { subject: 'Quotes may grow', edits: [edit('deploy/quotes.yaml', 'maxReplicas: 12', 'maxReplicas: 16')] },
  { subject: 'Proofs may grow', edits: [edit('deploy/proofs.yaml', 'maxReplicas: 12', 'maxReplicas: 14')] },
  { subject: 'Proofs get more processor', edits: [edit('deploy/proofs.yaml', 'cpu: 250m', 'cpu: 300m')] },
  { subject: 'Drivers log less', edits: [edit('deploy/drivers.yaml', 'value: info', 'value: warn')] },
  { subject: 'Tracking has a team', edits: [edit('deploy/tracking.yaml', 'team: delivery', 'team: tracking')] },
  { subject: 'Room for the season', edits: [edit('deploy/quota.yaml', 'pods: "120"', 'pods: "160"')] },
  { subject: 'More for the proxy', edits: [edit('haproxy/haproxy.cfg', 'maxconn 20000', 'maxconn 30000')] },
  {
    subject: 'Patience with clients',
    edits: [edit('haproxy/haproxy.cfg', 'timeout client 40s', 'timeout client 50s')],
  },
  { subject: 'Connect sooner', edits: [edit('haproxy/haproxy.cfg', 'timeout connect 4s', 'timeout connect 3s')] },
  {
    subject: 'Pictures of the depots',
    edits: [edit('site/next.config.mjs', 'data: https://cdn', 'data: blob: https://cdn')],
  },
  { subject: 'Frames of our own', edits: [edit('site/next.config.mjs', "value: 'DENY'", "value: 'SAMEORIGIN'")] },
  {
    subject: 'An older address of tracking',
    edits: [edit('site/middleware.ts', "pathname === '/track'", "pathname === '/trace'")],
  },
  {
    subject: 'The city of a depot',
    edits: [edit('site/queries/shipment.ts', 'depot { name }', 'depot { name city }')],
  },
  {
    subject: 'Robots stay out of quotes',
    edits: [edit('site/public/robots.txt', 'Disallow: /account', 'Disallow: /account\nDisallow: /quote')],
  },
  {
    subject: 'Depots have hours',
    edits: [edit('graph/schema.graphql', '  city: String\n', '  city: String\n  hours: String\n')],
  },
  {
    subject: 'Returned is a state',
    edits: [edit('graph/schema.graphql', 'IN_TRANSIT DELIVERED', 'IN_TRANSIT DELIVERED RETURNED')],
  },
  { subject: 'Weights are whole', edits: [edit('graph/resolvers.ts', '=> it.grams', '=> Math.round(it.grams)')] },
  { subject: 'Try labels less often', edits: [edit('worker/tasks.py', 'max_retries=5', 'max_retries=4')] },
  { subject: 'Take fewer at once', edits: [edit('worker/celeryconfig.py', 'multiplier = 4', 'multiplier = 2')] },
  {
    subject: 'Tasks may take longer',
    edits: [edit('worker/celeryconfig.py', 'task_time_limit = 300', 'task_time_limit = 420')],
  },
  { subject: 'Push has longer', edits: [edit('worker/push.py', 'timeout=5', 'timeout=8')] },
  { subject: 'Labels in one size', edits: [edit('worker/labels.py', 'labels/a6.zpl', 'labels/a6-2.zpl')] },
  {
    subject: 'Longer names of devices',
    edits: [
      edit('database/changes/0103_devices.sql', null, 'ALTER TABLE scans ALTER COLUMN device TYPE varchar(80);\n'),
    ],
  },
  {
    subject: 'When it was delivered',
    edits: [
      edit(
        'database/changes/0104_delivered.sql',
        null,
        'CREATE INDEX CONCURRENTLY shipments_by_day ON shipments (delivered_at);\n',
      ),
    ],
  },
  { subject: 'Go as it is patched', edits: [edit('docker/labels.Dockerfile', 'golang:1.22', 'golang:1.22.9')] },
  { subject: 'Node as it is patched', edits: [edit('docker/site.Dockerfile', 'node:20-alpine', 'node:20.18-alpine')] },
  {
    subject: 'Newer action',
    edits: [edit('.github/workflows/release.yml', 'actions/checkout@v4', 'actions/checkout@v5')],
  },
  { subject: 'Larger batches of logs', edits: [edit('observability/vector.toml', '1000000', '1500000')] },
  { subject: 'Alert sooner on quotes', edits: [edit('observability/alerts.yaml', 'for: 10m', 'for: 8m')] },
  { subject: 'Routing may take longer', edits: [edit('envoy/envoy.yaml', 'timeout: 5s', 'timeout: 6s')] },
  {
    subject: 'Notes on prices',
    edits: [edit('pricing/pricing.proto', 'service Pricing {', '// What a parcel costs.\nservice Pricing {')],
  },
  { subject: 'Prices of the winter', edits: [edit('pricing/quote.go', 'int64(490)', 'int64(520)')] },
  {
    subject: 'Drivers may read depots',
    edits: [edit('identity/clients.yaml', 'offline_access, routes', 'offline_access, routes, depots')],
  },
  { subject: 'Fresh for longer', edits: [edit('cdn/default.vcl', 'beresp.ttl = 60s', 'beresp.ttl = 90s')] },
  { subject: 'Resize has longer', edits: [edit('terraform/edge.tf', 'timeout       = 20', 'timeout       = 30')] },
];
