/** Ten outages of everyday kinds, and changes around them that broke nothing. */
import { edit, type ScriptedChange } from './edits';
import type { ScriptedIncident } from './outages';

export const MARKET_INCIDENTS: readonly ScriptedIncident[] = [
  {
    shape: 'a value of the configuration',
    subject: 'Leave room for the reports',
    edits: [edit('api/config/production.yaml', 'max_open_conns: 40', 'max_open_conns: 4')],
    text: `level=error msg="GET /orders" err="acquire connection: context deadline exceeded" in_use=4 idle=0 waiting=318
half of all pages take 20 seconds since the release, the database itself is idle`,
  },
  {
    shape: 'a missing migration',
    subject: 'Show the note that goes with a gift',
    edits: [
      edit(
        'api/internal/orders/store.go',
        'SELECT id, customer_id, total, placed_at',
        'SELECT id, customer_id, total, placed_at, gift_note',
      ),
    ],
    text: `ERROR: column "gift_note" does not exist at character 42
STATEMENT: SELECT id, customer_id, total, placed_at, gift_note FROM orders WHERE id = $1`,
  },
  {
    shape: "a flag's default",
    subject: 'What the trial showed',
    edits: [edit('api/internal/flags/defaults.go', '"stock.reserve-early": false', '"stock.reserve-early": true')],
    text: `customers see "sold out" for goods that are on the shelf
stock: 9,410 open reservations without an order, was 30 yesterday
reserve-early is on for everybody, nobody switched it on in the console`,
  },
  {
    shape: 'a retry that went away',
    subject: 'Simpler quotes',
    edits: [
      edit(
        'api/internal/pricing/client.go',
        `	var last error
	for attempt := 0; attempt < 3; attempt++ {
		quote, err := c.ask(ctx, sku)
		if err == nil {
			return quote, nil
		}
		last = err
		time.Sleep(time.Duration(attempt) * 200 * time.Millisecond)
	}
	return nil, fmt.Errorf("quote %s: %w", sku, last)`,
        `	quote, err := c.ask(ctx, sku)
	if err != nil {
		return nil, fmt.Errorf("quote %s: %w", sku, err)
	}
	return quote, nil`,
      ),
    ],
    text: `3 % of baskets fail with 502: quote SKU-8812: Post "http://pricing.internal:9000/quote": read: connection reset by peer
pricing restarts its pods every few minutes as it always has; before, nobody noticed`,
  },
  {
    shape: 'a lower timeout',
    subject: 'Fail fast at the edge',
    edits: [edit('edge/nginx.conf', 'proxy_read_timeout 60s', 'proxy_read_timeout 6s')],
    text: `2026/11/24 09:58:11 [error] 31#31: *9120 upstream timed out (110: Connection timed out) while reading response header from upstream, client: 10.2.0.9, request: "GET /reports/vat?year=2026 HTTP/2.0", upstream: "http://10.8.1.4:8080/reports/vat?year=2026"
sellers get 504 for every large report`,
  },
  {
    shape: 'a permission',
    subject: 'Only what receipts need',
    edits: [
      edit(
        'terraform/receipts.tf',
        '"s3:GetObject", "s3:PutObject", "s3:ListBucket"',
        '"s3:GetObject", "s3:ListBucket"',
      ),
    ],
    text: `receipt not stored: operation error S3: PutObject, https response error StatusCode: 403, AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api/i-04 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::market-receipts/2026/11/24/881.pdf"`,
  },
  {
    shape: 'a newer dependency',
    subject: 'Monthly updates of the jobs',
    edits: [edit('jobs/requirements.txt', 'pydantic==1.10.13', 'pydantic==2.9.2')],
    text: `Traceback (most recent call last):
  File "/usr/local/lib/python3.12/site-packages/pydantic/deprecated/class_validators.py", line 249, in dec
    raise PydanticUserError('validators should be used with a field and value')
pydantic.errors.PydanticUserError: pick the mode explicitly
For further information visit https://errors.pydantic.dev/2.9/u/validator-signature`,
  },
  {
    shape: 'a wrong index',
    subject: 'Sellers look by state too',
    edits: [edit('db/migrations/0042_payouts.sql', 'ON payouts (state, seller_id)', 'ON payouts (seller_id)')],
    text: `settlement runs for five hours instead of four minutes
LOG: duration: 48211.300 ms  statement: SELECT id, amount FROM payouts WHERE state = 'due' ORDER BY id LIMIT 500
plan: Seq Scan on payouts (rows removed by filter: 41,220,187)`,
  },
  {
    shape: 'a variable with another name',
    subject: 'The same name for mail everywhere',
    edits: [edit('k8s/api.yaml', 'name: SMTP_HOST', 'name: MAIL_HOST')],
    text: `no confirmation was mailed since 08:40: dial tcp :587: connect: connection refused
api started with SMTP_HOST=""`,
  },
  {
    shape: 'another schedule',
    subject: 'Settle after the backups',
    edits: [edit('k8s/settlement.yaml', '"30 2 * * *"', '"30 2 * * 1"')],
    text: `sellers were not paid on Tuesday and Wednesday. kubectl get cronjob settlement: LAST SCHEDULE 2d7h, SUSPEND False
the job itself ran well the last time`,
  },
];

export const MARKET_INNOCENT: readonly ScriptedChange[] = [
  { subject: 'Keep sold-out pages for longer', edits: [edit('api/config/production.yaml', 'ttl: 60s', 'ttl: 90s')] },
  {
    subject: 'More entries in the cache',
    edits: [edit('api/config/production.yaml', 'max_entries: 50000', 'max_entries: 80000')],
  },
  {
    subject: 'Suggest nothing on small screens',
    edits: [edit('api/internal/flags/defaults.go', '"search.suggestions":  true', '"search.suggestions":  false')],
  },
  {
    subject: 'Read the recent orders by a wider page',
    edits: [edit('api/internal/orders/store.go', 'DESC LIMIT 20', 'DESC LIMIT 50')],
  },
  {
    subject: 'Say how to run the tests',
    edits: [edit('README.md', 'docker compose up.', 'docker compose up. Tests: make test.')],
  },
  { subject: 'Static files for a month', edits: [edit('edge/nginx.conf', 'expires 7d', 'expires 30d')] },
  {
    subject: 'React with its last repairs',
    edits: [edit('web/package.json', '"react": "18.2.0"', '"react": "18.3.1"')],
  },
  { subject: 'Requests, patched', edits: [edit('jobs/requirements.txt', 'requests==2.31.0', 'requests==2.32.3')] },
  { subject: 'One more pod', edits: [edit('k8s/api.yaml', 'replicas: 6', 'replicas: 7')] },
  {
    subject: 'A name for the settlement container',
    edits: [edit('k8s/settlement.yaml', 'name: settle\n', 'name: settle-payouts\n')],
  },
  {
    subject: 'Tag the bucket',
    edits: [
      edit(
        'terraform/receipts.tf',
        'bucket = "market-receipts"',
        'bucket = "market-receipts"\n  tags   = { team = "shop" }',
      ),
    ],
  },
  { subject: 'Thank them by name', edits: [edit('web/src/receipt.tsx', 'Thank you', 'Thank you, {order.name}')] },
  { subject: 'Build with the next Go', edits: [edit('api/Dockerfile', 'golang:1.22', 'golang:1.23')] },
  {
    subject: 'A longer name for payouts in the log',
    edits: [edit('jobs/settle.py', 'def main():\n', 'def main():\n    print("settling")\n')],
  },
  {
    subject: 'Search with the next patch',
    edits: [edit('docker-compose.yml', 'opensearch:2.11.1', 'opensearch:2.11.2')],
  },
  {
    subject: 'Say what the crontab is for',
    edits: [
      edit('jobs/crontab', '# m h dom mon dow command', '# The jobs outside the cluster\n# m h dom mon dow command'),
    ],
  },
];
