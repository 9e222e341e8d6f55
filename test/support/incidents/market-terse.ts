/** Ten more of the same kinds, told as people tell them who know little yet. */
import { edit } from './edits';
import type { ScriptedIncident } from './outages';

export const MARKET_TERSE: readonly ScriptedIncident[] = [
  {
    shape: 'a value of the configuration',
    subject: 'Close what is idle',
    edits: [edit('api/config/production.yaml', 'idle_timeout: 120s', 'idle_timeout: 5s')],
    text: `random 502s at the edge, a few per second, any page
upstream prematurely closed connection while reading response header (keepalive)`,
  },
  {
    shape: 'a missing migration',
    subject: 'Recent orders with their notes',
    edits: [
      edit(
        'api/internal/orders/store.go',
        'SELECT id, total FROM orders WHERE',
        'SELECT id, total FROM orders LEFT JOIN order_notes USING (id) WHERE',
      ),
    ],
    text: `pq: relation "order_notes" does not exist`,
  },
  {
    shape: "a flag's default",
    subject: 'Defaults for the winter',
    edits: [edit('api/internal/flags/defaults.go', '"checkout.gift-cards": true', '"checkout.gift-cards": false')],
    text: `Gift cards can't be used at the checkout any more, the field is gone. 140 tickets since noon. Nothing in the logs.`,
  },
  {
    shape: 'a retry that went away',
    subject: 'Pricing is stable now',
    edits: [edit('api/config/production.yaml', 'timeout: 5s\n    retries: 3', 'timeout: 5s\n    retries: 0')],
    text: `pricing: EOF
every hiccup of pricing is an error page now, we used to try again`,
  },
  {
    shape: 'a lower timeout',
    subject: 'Notice dead pods sooner',
    edits: [edit('edge/nginx.conf', 'proxy_connect_timeout 5s', 'proxy_connect_timeout 50ms')],
    text: `upstream timed out (110: Connection timed out) while connecting to upstream, host: "market.example"
504 whenever pods start`,
  },
  {
    shape: 'a permission',
    subject: 'A smaller image',
    edits: [edit('api/Dockerfile', 'COPY --chown=nonroot:nonroot spool', 'COPY spool')],
    text: `api: open /var/spool/market/out.1: permission denied`,
  },
  {
    shape: 'a newer dependency',
    subject: 'The driver with pipelines',
    edits: [edit('jobs/requirements.txt', 'psycopg==3.1.18', 'psycopg==3.2.1')],
    text: `psycopg.OperationalError: sending prepared query failed: another command is already in progress`,
  },
  {
    shape: 'a wrong index',
    subject: 'Free some space',
    edits: [
      edit('db/migrations/0043_space.sql', null, 'DROP INDEX orders_by_customer;\nDROP TABLE IF EXISTS carts_2019;\n'),
    ],
    text: `database at 100 % CPU since nine. Everybody who opens "my orders" waits.`,
  },
  {
    shape: 'a variable with another name',
    subject: 'Tokens named by what they open',
    edits: [edit('api/internal/pricing/client.go', 'os.Getenv("PRICING_TOKEN")', 'os.Getenv("PRICING_API_TOKEN")')],
    text: `all quotes fail: pricing answered 401 {"error":"no bearer token"}. The secret was not touched.`,
  },
  {
    shape: 'another schedule',
    subject: 'Close the month on its last day',
    edits: [edit('jobs/crontab', '15 1 1 * *', '15 1 31 * *')],
    text: `Finance: the books of November are not closed. close_month didn't start on the 1st.`,
  },
];
