/** Ten more of the same kinds, written with the others. */
import { edit } from './edits';
import type { ScriptedIncident } from './outages';

export const MARKET_LATER: readonly ScriptedIncident[] = [
  {
    shape: 'a value of the configuration',
    subject: 'Sensible sizes',
    edits: [edit('api/config/production.yaml', 'max_bytes: 26214400', 'max_bytes: 262144')],
    text: `sellers can't upload photos: POST /photos 413, "http: request body too large"
it was fine below 25 MB until this morning; a picture of 300 kB is refused now, max_bytes=262144`,
  },
  {
    shape: 'a missing migration',
    subject: 'Payouts know their currency',
    edits: [
      edit(
        'jobs/settle.py',
        'for payout in due_payouts(state="due"):',
        'for payout in due_payouts(state="due", columns="id, iban, amount, currency"):',
      ),
    ],
    text: `psycopg.errors.UndefinedColumn: column "currency" does not exist
LINE 1: SELECT id, iban, amount, currency FROM payouts WHERE state = $1`,
  },
  {
    shape: "a flag's default",
    subject: 'Ready for everybody',
    edits: [edit('api/internal/flags/defaults.go', '"invoices.pdf-v2":     false', '"invoices.pdf-v2":     true')],
    text: `invoices are blank pages. The renderer's log: pdf-v2: font "Inter" not found, 1,204 times since the roll-out`,
  },
  {
    shape: 'a retry that went away',
    subject: 'Let the scheduler try again',
    edits: [
      edit('jobs/settle.py', '@retry(stop=stop_after_attempt(5), wait=wait_exponential(max=60))\ndef pay', 'def pay'),
    ],
    text: `job settlement failed: requests.exceptions.HTTPError: 503 Server Error: Service Unavailable for url: https://bank.example/transfers
  File "/app/jobs/settle.py", line 11, in pay
the bank answers 503 now and then, as agreed; 212 payouts were not made`,
  },
  {
    shape: 'a lower timeout',
    subject: 'Stock answers quickly',
    edits: [
      edit(
        'api/config/production.yaml',
        'url: http://stock.internal:9000\n    timeout: 2s',
        'url: http://stock.internal:9000\n    timeout: 200ms',
      ),
    ],
    text: `level=error msg="stock check failed" err="Get \\"http://stock.internal:9000/levels?sku=8812\\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
stock itself answers in 400 ms at the 95th percentile, as last week`,
  },
  {
    shape: 'a permission',
    subject: 'Fewer rights for settlement',
    edits: [edit('k8s/rbac.yaml', '["secrets", "configmaps"]', '["configmaps"]')],
    text: `Error from server (Forbidden): secrets "bank" is forbidden: User "system:serviceaccount:market:settlement" cannot get resource "secrets" in API group "" in the namespace "market"`,
  },
  {
    shape: 'a newer dependency',
    subject: 'Updates of the web shop',
    edits: [edit('web/package.json', '"date-fns": "2.30.0"', '"date-fns": "4.1.0"')],
    text: `RangeError: Invalid time value
    at format (/app/node_modules/date-fns/format.cjs:358:11)
    at Receipt (/app/.next/server/chunks/receipt.js:1:2210)
every receipt page is white`,
  },
  {
    shape: 'a wrong index',
    subject: 'An index for the new report',
    edits: [
      edit(
        'db/migrations/0041_orders.sql',
        'CREATE INDEX orders_by_customer ON orders (customer_id, placed_at DESC)',
        'CREATE INDEX orders_by_day ON orders (placed_at DESC)',
      ),
    ],
    text: `"my orders" takes 11 s. pg_stat_statements: SELECT id, total FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT 50, mean 10,982 ms, was 2 ms
CPU of the primary is at 98 %`,
  },
  {
    shape: 'a variable with another name',
    subject: 'Names as the bank has them',
    edits: [edit('docker-compose.yml', 'BANK_API_KEY: ${BANK_API_KEY}', 'BANK_KEY: ${BANK_API_KEY}')],
    text: `Traceback (most recent call last):
  File "<frozen os>", line 685, in __getitem__
KeyError: 'BANK_API_KEY'`,
  },
  {
    shape: 'another schedule',
    subject: 'Less load by day',
    edits: [
      edit(
        'jobs/crontab',
        '*/10 * * * * /usr/local/bin/python -m jobs.sync_stock',
        '10 * * * * /usr/local/bin/python -m jobs.sync_stock',
      ),
    ],
    text: `stock levels in the shop are up to an hour old, goods were sold twice
last start of sync_stock 09:10, before that 08:10`,
  },
];
